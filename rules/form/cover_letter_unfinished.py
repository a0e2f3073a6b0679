"""F03, F04, F07: a state body's cover letter has its number, its date and its signatory."""

import re
from collections.abc import Callable, Iterator

from dossier import Call, CoverLetter, Dossier, UnitKind
from rules.papers import is_plain
from rules.rule import Finding, Rule, Severity, blank, rule

_FREE = frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE, UnitKind.PERSON})
"""Decree 30/2020 does not bind companies; nobody asks them for a number."""


def _unfinished(  # noqa: PLR0913 -- each is one fact of a rule, and all but two are named
    rule_id: str,
    has: Callable[[CoverLetter], bool],
    *,
    name: str,
    title: str,
    says: str,
    remedy: str,
    ground: str,
    must_be_typed: bool = True,
) -> Rule:
    @rule(
        rule_id,
        Severity.WARNING,
        title=title,
        name=name,
        why=f"""
            {ground} Chỉ nhắc cơ quan nhà nước và đoàn thể; doanh nghiệp không thuộc đối tượng của
            Nghị định số 30/2020/NĐ-CP. Chưa rõ đơn vị thuộc loại nào thì chỉ ghi nhận.

            Khi có cả bản Word và bản đã phát hành thì chỉ cần một bản có.
        """,
        after=("S17",),
    )
    def check(dossier: Dossier, _call: Call) -> Iterator[Finding]:
        letters = dossier.cover_letters
        if dossier.unit.kind in _FREE or not letters or any(map(has, letters)):
            return
        letter = letters[0]
        if all(map(is_plain, letters)):
            says_so = f"Công văn (tệp “{letter.at.file}”) {says}."
            unsure = dossier.unit.kind is UnitKind.UNKNOWN or (
                _went_out(letter) and not must_be_typed
            )
            weighs = Severity.INFO if unsure else None
            yield blank(dossier, at=letter.at, says=says_so, remedy=remedy, weighs=weighs)

    return check


def _went_out(letter: CoverLetter) -> bool:
    """A letter with number and date was issued; its signatory may stand in a picture."""
    return bool(re.search(r"\d", letter.number)) and letter.issued is not None


number_absent = _unfinished(
    "F03",
    lambda letter: bool(re.search(r"\d", letter.number)),
    name="number-absent",
    title="Công văn có số, ký hiệu",
    says="chưa có số",
    remedy="Gửi bản đã phát hành.",
    ground="Công văn đã phát hành có số và ký hiệu (Nghị định số 30/2020/NĐ-CP, Phụ lục I).",
)
date_absent = _unfinished(
    "F04",
    lambda letter: letter.issued is not None,
    name="date-absent",
    title="Công văn ghi ngày, tháng",
    says="chưa ghi ngày, tháng",
    remedy="Gửi bản đã phát hành.",
    ground="Công văn ghi địa danh và thời gian ban hành (Nghị định số 30/2020/NĐ-CP, Phụ lục I).",
)
signatory_absent = _unfinished(
    "F07",
    lambda letter: bool(letter.signatory.strip()),
    name="signatory-absent",
    title="Công văn có chức vụ, họ tên người ký",
    says="chưa thể hiện người ký",
    remedy="Gửi bản có chữ ký, dấu hoặc ký số.",
    ground="Công văn ghi chức vụ, họ tên người ký (Nghị định số 30/2020/NĐ-CP, Phụ lục I); khi đã "
    "có số và ngày thì tên người ký có thể nằm trong ảnh chữ ký, nên chỉ ghi nhận.",
    must_be_typed=False,
)
