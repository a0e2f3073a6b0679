"""F09: how a state body's letter is laid out, as far as its text shows; told to nobody outside."""

from collections.abc import Iterator

from dossier import Call, CoverLetter, Dossier, UnitKind
from rules.papers import is_plain
from rules.rule import Citation, Finding, Severity, fail, rule

_BOUND = frozenset({UnitKind.COMMUNE, UnitKind.DEPARTMENT})
"""Decree 30/2020, Điều 2: mass organisations follow it as it suits them, companies not at all."""


@rule(
    "F09",
    Severity.INFO,
    title="Thể thức công văn của cơ quan nhà nước",
    cites=(
        Citation(
            "nd-30-2020",
            "Phụ lục I",
            "bộ mã ký tự Unicode theo Tiêu chuẩn Việt Nam TCVN 6909:2001",
        ),
    ),
    after=("S17",),
)
def layout_of_a_state_letter(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Chỉ để thống kê, không bao giờ thông báo; phông chữ, lề, khoảng cách dòng không xét.

    Máy xem ba điều thấy được qua chữ: tên cơ quan ban hành, nơi nhận (Kính gửi) và bộ mã ký tự.
    Doanh nghiệp và đoàn thể không thuộc đối tượng bắt buộc của Nghị định.
    """
    if dossier.unit.kind not in _BOUND:
        return
    legacy = {place.file for place in dossier.legacy}
    for letter in dossier.cover_letters:
        lacks = tuple(_lacks(letter, legacy)) if is_plain(letter) else ()
        if lacks:
            yield fail(
                at=letter.at,
                says=f"Công văn (tệp “{letter.at.file}”) {'; '.join(lacks)}.",
                remedy="Không cần làm gì.",
            )


def _lacks(letter: CoverLetter, legacy: set[str]) -> Iterator[str]:
    if not letter.issuer:
        yield "chưa thấy tên cơ quan ban hành"
    if not letter.addressee:
        yield "chưa thấy nơi nhận (Kính gửi)"
    if letter.at.file in legacy:
        yield "gõ bằng bộ mã ký tự cũ, không phải Unicode"
