"""Versions and copies of one paper: which of them counts.

What a later mail brings replaces the earlier one; in one mail the certain and the editable copy
goes first, and two that do not agree are a doubt.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from dossier import (
    CERTAIN,
    CommitmentLetter,
    CoverLetter,
    Paper,
    ProposalForm,
    Reading,
    SummaryTable,
)
from dossier.vietnamese import fold, key
from ingest.assemble.file_names import core
from ingest.assemble.sent import Sent
from ingest.likeness import SAME, best, likeness, pairs
from ingest.unitnames import same_unit

_REPLACES = re.compile(
    r"\bthay (?:the|cho|ban)\b|\bban (?:moi|sua|chinh sua|cuoi|dung)\b|\bsua lai\b|"
    r"\bdinh chinh\b|\bfinal\b"
)
_VERY_ALIKE = 0.93


def newest_covers(sent: Sequence[Sent]) -> tuple[CoverLetter, ...]:
    """Cover letters, the one to judge first; a letter sent again in a better version goes."""
    kept: list[Sent] = []
    for one in sorted(sent, key=lambda entry: (-entry.mail, _rank(entry))):
        if not any(_same_cover(one, other) for other in kept):
            kept.append(one)
    kept.sort(key=lambda entry: (entry.mail, _rank(entry)))
    return tuple(one.paper for one in kept if isinstance(one.paper, CoverLetter))


def _same_cover(one: Sent, other: Sent) -> bool:
    """Whether two letters are one: the same number, or a draft of it without a number."""
    first, second = one.paper, other.paper
    if not isinstance(first, CoverLetter) or not isinstance(second, CoverLetter):
        return False
    if first.issuer and second.issuer and not same_unit(first.issuer, second.issuer):
        return False
    if first.number and second.number:
        return key(first.number) == key(second.number)
    subjects_agree = (
        not first.subject or not second.subject or (likeness(first.subject, second.subject) >= SAME)
    )
    return subjects_agree and bool(first.subject or second.subject or one.mail != other.mail)


def newest_tables(
    sent: Sequence[Sent], readings: Sequence[Reading]
) -> tuple[tuple[SummaryTable, ...], tuple[str, ...]]:
    """Tables that count, oldest first; a table sent again replaces the one before."""
    tables = [one for one in sent if isinstance(one.paper, SummaryTable)]
    filled = [one for one in tables if _titles(one)] or tables[:1]
    kept: list[Sent] = []
    doubts: list[str] = []
    for one in filled:
        rivals = [other for other in kept if _same_table(one, other, readings)]
        beside = [other for other in rivals if other.mail == one.mail]
        doubts += (
            f"Một thư có hai Bảng tổng hợp khác nhau: “{other.paper.at.file}” và "
            f"“{one.paper.at.file}”; cán bộ xác định bản sử dụng."
            for other in beside
            if _shared(one, other) < min(len(_titles(one)), len(_titles(other)))
        )
        if not any(_table_rank(other) <= _table_rank(one) for other in beside):
            kept = [*(other for other in kept if other not in rivals), one]
    return tuple(one.paper for one in kept if isinstance(one.paper, SummaryTable)), tuple(doubts)


def _table_rank(one: Sent) -> tuple[int, bool, bool]:
    """Sort the fuller table first, then as other papers."""
    return (-len(_titles(one)), *_rank(one))


def _same_table(one: Sent, other: Sent, readings: Sequence[Reading]) -> bool:
    """Whether a table is another's newer version or copy."""
    if _shared(one, other):
        return True
    return one.mail > other.mail and _replaces(readings[one.mail], one.paper)


def _shared(one: Sent, other: Sent) -> int:
    """How many rows two tables have in common."""
    made = pairs(_titles(one), _titles(other))
    return sum(score >= SAME for _, score in made.values())


def _titles(one: Sent) -> tuple[str, ...]:
    paper = one.paper
    return tuple(row.title for row in paper.rows) if isinstance(paper, SummaryTable) else ()


def _replaces(reading: Reading, paper: Paper) -> bool:
    """Whether the mail or the file says that a new version takes the old one's place."""
    envelope = reading.envelope
    words = fold(f"{envelope.subject}\n{envelope.body}\n{paper.at.file}")
    return bool(_REPLACES.search(words))


def newest_forms(
    sent: Sequence[Sent],
) -> tuple[tuple[tuple[ProposalForm, ...], ...], tuple[str, ...]]:
    """Forms by task: for each task the newest, an editable copy before a signed one."""
    groups: list[list[Sent]] = []
    for one in sent:
        if not isinstance(one.paper, ProposalForm):
            continue
        group = next((group for group in groups if _same_form(one, group[0])), None)
        if group is None:
            groups.append([one])
        elif one.mail > group[0].mail:
            group[:] = [one]
        else:
            group.append(one)
    doubts = tuple(
        f"Một thư có hai bản khác nhau của phiếu “{group[0].paper.at.file}”; "
        "cán bộ xác định bản sử dụng."
        for group in groups
        if _differs(group)
    )
    ranked = (sorted(group, key=_rank) for group in groups)
    forms = tuple(
        tuple(one.paper for one in group if isinstance(one.paper, ProposalForm)) for group in ranked
    )
    return forms, doubts


def _same_form(one: Sent, other: Sent) -> bool:
    """Whether two forms are one task's: the same name, or the same file sent again."""
    first, second = one.paper, other.paper
    if not isinstance(first, ProposalForm) or not isinstance(second, ProposalForm):
        return False
    same_file = core(first.at.file) == core(second.at.file) and bool(core(first.at.file))
    if not first.task or not second.task:
        return same_file and (one.mail != other.mail or first.at.file != second.at.file)
    alike = likeness(first.task, second.task)
    if one.mail == other.mail and first.at.file == second.at.file:
        return alike == 1
    return alike >= _VERY_ALIKE or (same_file and alike >= SAME)


def _differs(group: Sequence[Sent]) -> bool:
    """Whether one mail brings two copies of a kind that do not say the same (edge case 29)."""
    for _, same_kind in groupby(sorted(group, key=lambda one: one.kind), lambda one: one.kind):
        said = {
            tuple((name, key(entry.value)) for name, entry in sorted(one.paper.fields.items()))
            for one in same_kind
            if isinstance(one.paper, ProposalForm)
        }
        if len(said) > 1:
            return True
    return False


def newest_letters(sent: Sequence[Sent]) -> tuple[CommitmentLetter, ...]:
    """Commitment letters once each, the newest of a firm's letters on the same matter."""
    kept: list[Sent] = []
    for one in sorted(sent, key=lambda entry: (-entry.mail, _rank(entry))):
        if isinstance(one.paper, CommitmentLetter) and not any(
            _same_letter(one, other) for other in kept
        ):
            kept.append(one)
    order = {id(one): place for place, one in enumerate(sent)}
    kept.sort(key=lambda one: order[id(one)])
    return tuple(one.paper for one in kept if isinstance(one.paper, CommitmentLetter))


def _same_letter(one: Sent, other: Sent) -> bool:
    """Whether a letter is an older version, or the signed copy, of another."""
    first, second = one.paper, other.paper
    if not isinstance(first, CommitmentLetter) or not isinstance(second, CommitmentLetter):
        return False
    same_firm = (
        first.tax_code == second.tax_code
        if first.tax_code and second.tax_code
        else bool(first.enterprise and same_unit(first.enterprise, second.enterprise))
    )
    if not same_firm:
        return False
    if one.mail == other.mail:
        copies = one.kind != other.kind and core(first.at.file) == core(second.at.file)
        return copies and len(first.commitments) <= len(second.commitments)
    if not first.tasks or not second.tasks:
        return True
    return any(best(title, second.tasks)[1] >= SAME for title in first.tasks)


def _rank(one: Sent) -> tuple[bool, bool]:
    """Sort certain papers first, then those that can be edited."""
    return (one.paper.confidence < CERTAIN, not one.editable)
