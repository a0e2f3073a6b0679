"""Every letter we can write, by name. `python -m tests.outbox.letters` writes the golden ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dossier import (
    Address,
    CommitmentLetter,
    CoverLetter,
    Dossier,
    OtherPaper,
    Place,
    Reply,
    ReplyKind,
    Role,
    Unit,
    UnitKind,
    Unread,
    UnreadCause,
)
from outbox.compose import Previous, compose
from outbox.render import render
from rules import Verdict
from tests.outbox.office import (
    CALL,
    DOSSIER,
    GROUNDS,
    LETTERS,
    LOCKED,
    MAIL,
    NO_COMMITMENT,
    NO_SIGNATURE,
    NO_TABLE,
    NO_TIME,
    found,
    verdict,
)

GOLDEN = Path(__file__).parent / "golden"
IN_TIME = datetime(2024, 3, 20, 3, tzinfo=UTC)
AFTER = datetime(2024, 3, 22, 18, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a letter is made of."""

    kind: ReplyKind
    verdict: Verdict
    dossier: Dossier = DOSSIER
    previous: Previous | None = None
    written_at: datetime = IN_TIME


BARE = replace(
    DOSSIER,
    summary_tables=(),
    tasks=tuple(replace(task, row=None, letters=()) for task in DOSSIER.tasks),
    other_papers=(),
    files=3,
)
LATE = replace(DOSSIER, received_at=datetime(2024, 3, 23, 1, 5, tzinfo=UTC))
SUPPLEMENTED = replace(DOSSIER, supplemented_at=datetime(2024, 3, 21, 7, 30, tzinfo=UTC))
ZIP = Unread(at=Place("Ho so.zip"), cause=UnreadCause.ENCRYPTED, reason="tệp nén đặt mật khẩu")
EMPTY = Unread(at=Place("Phieu 2.doc"), cause=UnreadCause.EMPTY, reason="tệp trống, 0 KB")
SCAN = Unread(at=Place("scan001.pdf"), cause=UnreadCause.SCAN, reason="bản quét")
OURS = Unread(at=Place("CV.pdf"), cause=UnreadCause.OURS, reason="bộ đọc dừng giữa chừng")
COMPANY = replace(
    BARE,
    unit=Unit(name="Công ty TNHH Dược liệu Thiên Trường", kind=UnitKind.ENTERPRISE),
    cover_letters=(),
)
HOSTILE_NAME = "<script>alert(1)</script>\r\nBcc: x@evil.com \u202egnp.exe https://evil.com/a"
HOSTILE = replace(
    BARE,
    unit=Unit(name=f"UBND xã {HOSTILE_NAME}"),
    cover_letters=(CoverLetter(at=Place(f"=HYPERLINK({HOSTILE_NAME}).pdf"), number=HOSTILE_NAME),),
    loose_letters=(CommitmentLetter(at=Place("a.pdf"), enterprise=HOSTILE_NAME),),
    other_papers=(OtherPaper(at=Place("www.evil.com.docx"), role=Role.OTHER, title=HOSTILE_NAME),),
)
HOSTILE_GAP = found(
    "C19", f"Phiếu “{HOSTILE_NAME}” thiếu thời gian.", "Ghi rõ.", Place(HOSTILE_NAME, HOSTILE_NAME)
)

CASES: Mapping[str, Case] = {
    "T1 đủ thành phần": Case(kind=ReplyKind.COMPLETE, verdict=verdict()),
    "T1 đủ thành phần, có lưu ý": Case(kind=ReplyKind.COMPLETE, verdict=verdict(NO_SIGNATURE)),
    "T2 đề nghị bổ sung": Case(
        kind=ReplyKind.GAPS,
        verdict=verdict(NO_TABLE, NO_TIME, NO_COMMITMENT, NO_SIGNATURE),
        dossier=BARE,
    ),
    "T2 một nội dung": Case(
        kind=ReplyKind.GAPS, verdict=verdict(NO_TABLE), dossier=replace(DOSSIER, summary_tables=())
    ),
    "T2 công ty, sau khi hết hạn": Case(
        kind=ReplyKind.GAPS, verdict=verdict(NO_TABLE), dossier=COMPANY, written_at=AFTER
    ),
    "T2 tên có mã độc": Case(kind=ReplyKind.GAPS, verdict=verdict(HOSTILE_GAP), dossier=HOSTILE),
    "T3 cán bộ đang kiểm tra": Case(
        kind=ReplyKind.HELD, verdict=verdict(), dossier=replace(DOSSIER, unread=(OURS,))
    ),
    "T3 bản quét": Case(
        kind=ReplyKind.HELD, verdict=verdict(), dossier=replace(BARE, unread=(SCAN,), files=4)
    ),
    "T3 phần bổ sung, cán bộ đang kiểm tra": Case(
        kind=ReplyKind.HELD,
        verdict=verdict(),
        dossier=SUPPLEMENTED,
        previous=Previous(dossier=BARE, verdict=verdict(NO_TABLE)),
    ),
    "T4 trễ hạn, đủ thành phần": Case(
        kind=ReplyKind.COMPLETE, verdict=verdict(late=True), dossier=LATE, written_at=AFTER
    ),
    "T4 trễ hạn, đề nghị bổ sung": Case(
        kind=ReplyKind.GAPS, verdict=verdict(NO_TIME, late=True), dossier=LATE, written_at=AFTER
    ),
    "T4 trễ hạn, cán bộ đang kiểm tra": Case(
        kind=ReplyKind.HELD, verdict=verdict(late=True), dossier=LATE, written_at=AFTER
    ),
    "T5 gửi lại tệp": Case(
        kind=ReplyKind.RESEND,
        verdict=verdict(),
        dossier=replace(BARE, unread=(ZIP, EMPTY, OURS), files=6),
    ),
    "T5 gửi lại tệp và bổ sung": Case(
        kind=ReplyKind.RESEND,
        verdict=verdict(LOCKED, NO_TIME),
        dossier=replace(BARE, unread=(ZIP,), files=4),
    ),
    "T6 mới nhận một phần": Case(
        kind=ReplyKind.PARTIAL,
        verdict=verdict(),
        dossier=replace(BARE, parts_announced=3, parts_received=1),
    ),
    "T7 không có đề xuất": Case(
        kind=ReplyKind.NIL_RETURN,
        verdict=verdict(),
        dossier=replace(
            BARE, tasks=(), nothing_to_propose=True, cover_letters=DOSSIER.cover_letters
        ),
    ),
    "T8 bổ sung, đủ thành phần": Case(
        kind=ReplyKind.COMPLETE,
        verdict=verdict(),
        dossier=SUPPLEMENTED,
        previous=Previous(dossier=BARE, verdict=verdict(NO_TABLE, NO_COMMITMENT)),
    ),
    "T8 bổ sung, còn nội dung": Case(
        kind=ReplyKind.GAPS,
        verdict=verdict(NO_TIME),
        dossier=SUPPLEMENTED,
        previous=Previous(dossier=BARE, verdict=verdict(NO_TABLE, NO_TIME, NO_COMMITMENT)),
    ),
}


def reply(case: Case) -> Reply:
    """The letter as it would be sent."""
    letter = compose(
        case.dossier,
        case.verdict,
        CALL,
        kind=case.kind,
        answering=MAIL,
        written_at=case.written_at,
        grounds=GROUNDS,
        previous=case.previous,
    )
    return render(letter, CALL, LETTERS)


def golden(name: str) -> str:
    """The letter as a person proofreads it."""
    letter = reply(CASES[name])
    to = Address(letter.to.address, letter.to.name)
    return f"Đến: {to.name} <{to.address}>\nTiêu đề: {letter.subject}\n\n{letter.text}"


if __name__ == "__main__":
    for each in CASES:
        (GOLDEN / f"{each}.txt").write_text(golden(each), encoding="utf-8")
