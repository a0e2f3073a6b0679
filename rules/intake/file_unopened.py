"""S03, S04, S05, S07: a file of theirs that we could not or would not open is sent again."""

from collections.abc import Iterator

from dossier import Call, Dossier, UnreadCause
from rules.papers import read_twin
from rules.rule import Finding, Rule, Severity, State, fail, rule

_WHY = """
    {reason}

    Khi một tệp khác cùng tên trong cùng thư mục đã đọc được (bản Word của bản PDF hỏng) thì chỉ
    ghi nhận, không đề nghị gửi lại.
"""


def _unopened(  # noqa: PLR0913 -- each is one fact of a rule, and all are named
    rule_id: str,
    severity: Severity,
    *,
    causes: frozenset[UnreadCause],
    name: str,
    title: str,
    reason: str,
    says: str,
    remedy: str,
    concludes: State | None = None,
) -> Rule:
    @rule(
        rule_id,
        severity,
        title=title,
        name=name,
        why=_WHY.format(reason=reason),
        concludes=concludes,
    )
    def check(dossier: Dossier, _call: Call) -> Iterator[Finding]:
        for unread in dossier.unread:
            if unread.cause not in causes:
                continue
            said = says.format(file=unread.at.file, reason=unread.reason)
            if twin := read_twin(dossier, unread):
                yield fail(
                    at=unread.at,
                    says=f"{said} Nội dung đã đọc được ở tệp “{twin}”.",
                    remedy="Không cần gửi lại.",
                    weighs=Severity.INFO,
                )
            else:
                yield fail(at=unread.at, says=said, remedy=remedy)
        if UnreadCause.UNSAFE in causes:
            yield from _macros(dossier)

    return check


def _macros(dossier: Dossier) -> Iterator[Finding]:
    """Its words were read, its macros were not run: nothing to ask, something to know."""
    for place in dossier.macros:
        yield fail(
            at=place,
            says=f"Tệp “{place.file}” có macro; máy chỉ đọc chữ, không chạy macro.",
            remedy="Cán bộ không bật macro khi mở tệp.",
            weighs=Severity.INFO,
        )


file_broken = _unopened(
    "S03",
    Severity.GAP,
    causes=frozenset({UnreadCause.BROKEN, UnreadCause.EMPTY}),
    name="file-broken",
    title="Tệp gửi đến mở được",
    reason="Tệp hỏng hoặc rỗng thì không ai đọc được nội dung; chỉ đơn vị gửi lại được.",
    says="Tệp “{file}” không mở được ({reason}).",
    remedy="Gửi lại tệp Word, Excel hoặc PDF.",
    concludes=State.RESEND,
)
file_encrypted = _unopened(
    "S04",
    Severity.GAP,
    causes=frozenset({UnreadCause.ENCRYPTED}),
    name="file-encrypted",
    title="Tệp gửi đến không đặt mật khẩu",
    reason="Tệp đặt mật khẩu không mở được, và mật khẩu không nên gửi qua thư điện tử.",
    says="Tệp “{file}” có đặt mật khẩu.",
    remedy="Gửi lại tệp không đặt mật khẩu (không gửi mật khẩu qua thư).",
    concludes=State.RESEND,
)
file_unsafe = _unopened(
    "S05",
    Severity.WARNING,
    causes=frozenset({UnreadCause.UNSAFE}),
    name="file-unsafe",
    title="Không có tệp thực thi, macro hoặc phần mở rộng giả",
    reason="Tệp có thể chạy lệnh không được mở trên máy tiếp nhận, dù tên tệp là gì.",
    says="Tệp “{file}” không được mở vì lý do an toàn ({reason}).",
    remedy="Gửi lại dưới dạng .docx, .xlsx hoặc .pdf.",
)
file_too_large = _unopened(
    "S07",
    Severity.GAP,
    causes=frozenset({UnreadCause.TOO_LARGE}),
    name="file-too-large",
    title="Tệp trong giới hạn kích thước và giải nén",
    reason="Tệp quá lớn, quá nhiều lớp nén hoặc phình to khi giải nén bị dừng lại để giữ máy chạy.",
    says="Tệp “{file}” vượt giới hạn tiếp nhận ({reason}).",
    remedy="Chia nhỏ hoặc giảm dung lượng rồi gửi lại.",
    concludes=State.RESEND,
)
