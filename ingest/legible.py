"""How far a paper that was read from a picture may be trusted: never further than its letters.

Recognised words say surely what they say, and unsurely what they do not: a line lost, a row not
framed, dots read as letters. Whatever looks like one of these makes the paper a doubt
(domain.md §6.2), which holds the dossier for a person and keeps every absence from being told.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from dossier import (
    CERTAIN,
    Call,
    OtherPaper,
    Paper,
    ProposalForm,
    Role,
    SummaryTable,
    Text,
)
from dossier.vietnamese import fold
from ingest.content import Cell, Line, Table
from ingest.readers.syllables import WORD, is_syllable
from ingest.split import Section

DOUBT = 0.6
_SURE_LETTERS = 0.9
"""Mean confidence of letters where nine words in ten are whole; below it a person must read."""
_STEEP = (1.0 - CERTAIN) / (1.0 - _SURE_LETTERS)
_POOR_LINE = 0.75
"""A line less sure than this is handwriting, a leader of dots, or lies under a seal."""
_LONG_LINE = 8
"""Letters; shorter lines are a stroke of a pen."""
_SHARE_OF_WORDS = 0.6
"""An answer of which less is Vietnamese, a number or a name in capitals is dots read as letters."""
_LIKE = 84
"""`partial_ratio` from here on may be the words misread: one letter in twelve."""
_COLUMNS = 3


def weighed(paper: Paper, section: Section, call: Call) -> Paper:
    """The paper, no surer than the letters it was read from; typed papers as they are."""
    if paper.text is not Text.OCR or paper.role is Role.CALL_LETTER:
        return paper
    sure = letters(section)
    if sure == 1.0:  # a scanner's own text layer tells nothing of its letters
        return paper
    sure = max(0.0, 1.0 - _STEEP * (1.0 - sure))
    if any(_doubts(paper, section, call)):
        sure = min(sure, DOUBT)
    return replace(paper, confidence=min(paper.confidence, sure))


def letters(section: Section) -> float:
    """The mean confidence over a section's letters."""
    counted = [(len(one.text), one.confidence) for one in _pieces(section)]
    count = sum(size for size, _ in counted)
    return sum(size * sure for size, sure in counted) / count if count else 1.0


def _pieces(section: Section) -> Iterator[Line | Cell]:
    for item in section.items:
        if isinstance(item, Table):
            yield from item.cells
        else:
            yield item


def _doubts(paper: Paper, section: Section, call: Call) -> Iterator[bool]:
    """What a picture may have kept from us, paper by paper."""
    if isinstance(paper, OtherPaper):
        yield True  # one of ours whose title was lost, or a form filled in by hand
    if isinstance(paper, SummaryTable):
        yield not any(section.tables)
        yield any(_rows_left_over(paper, section))
        yield any(_is_poor(one) for table in section.tables for one in table.cells)
    if isinstance(paper, ProposalForm):
        yield any(map(_is_poor, _pieces(section)))
        yield any(not _is_answer(field.value) for field in paper.fields.values() if field.value)
        yield not call.needs_commitment(paper.kind) and _may_need_a_commitment(section, call)


def _is_poor(one: Line | Cell) -> bool:
    return len(one.text) >= _LONG_LINE and one.confidence < _POOR_LINE


def _is_answer(value: str) -> bool:
    """Tell words from a leader of dots that was read as letters."""
    if re.search(r"\d", value):
        return True
    words = WORD.findall(value)
    told = sum(is_syllable(word) or (word.isupper() and len(word) > 1) for word in words)
    return bool(words) and told >= _SHARE_OF_WORDS * len(words)


def _may_need_a_commitment(section: Section, call: Call) -> bool:
    """Tell whether “mô hình điểm” may stand there with a letter misread."""
    literal = (fold(one) for asked in call.kinds if asked.needs_commitment for one in asked.literal)
    return any(
        said not in line.folded and fuzz.partial_ratio(said, line.folded) >= _LIKE
        for said in literal
        for line in section.lines
        if len(line.text) > len(said)
    )


def _rows_left_over(paper: SummaryTable, section: Section) -> Iterator[bool]:
    """Rows, or words beside one another, below the first task that became no task."""
    known = {row.at.spot for row in paper.rows}
    begun = False
    for item in section.items:
        if isinstance(item, Line):
            yield begun and item.text.count("\t") >= _COLUMNS - 1
            continue
        for row in item.rows():
            is_known = any(cell.spot in known for cell in row)
            begun = begun or is_known
            said = [cell.text for cell in row if cell.text.strip()]
            is_sum = any(fold(text).startswith(("tong", "cong")) for text in said[:2])
            yield begun and not is_known and len(said) >= _COLUMNS and not is_sum
