"""Proposal forms and summary tables, and the sections that only look like one."""

from collections.abc import Iterator
from dataclasses import replace

from dossier import Paper, Role, SummaryTable
from ingest.extract import form_headings, proposal_form, table_in_lines
from ingest.extract.passage import words
from ingest.recognise.cues import DOUBT, MARGIN, TITLED, says, score
from ingest.recognise.letters import is_letter, letter_papers
from ingest.recognise.others import other
from ingest.recognise.section import SectionRead, paper_place
from ingest.split import Title

_LONGEST_FORM = 1500
"""No form has more lines; a report that quotes labels may."""
_ENOUGH_LABELS = 5
"""So many labels of a form are no chance, and one that is missing is missing."""
_HEADER_WORDS = 60
"""More words than a blank table's header has: there are rows we could not take apart."""


def reads_as_form(read: SectionRead) -> bool:
    """A form that lost its title: labels enough, numbered or with the form's marks."""
    if len(read.section.lines) > _LONGEST_FORM:
        return False
    found = form_headings.headings(read.section.lines, read.call)
    keys = {one.asked.key for one in found}
    numbered = sum(bool(one.number) for one in found)
    marked = numbered >= MARGIN or score(read, Role.PROPOSAL_FORM) > MARGIN
    return len(keys) >= _ENOUGH_LABELS and "muc_tieu" in keys and marked


def form_papers(read: SectionRead) -> Iterator[Paper]:
    """The form; or what it is when it asks for another programme, or nobody filled it in."""
    title = read.title_line
    if says(read.call.look_alikes, read.title_words) and not says(
        read.call.own_level, read.title_words
    ):
        yield other(read, Role.OTHER, title)
        return
    result = proposal_form.extract(read.section.lines, read.call, read.origin, title)
    if result.labels == 0:
        yield from (
            letter_papers(read)
            if is_letter(read)
            else iter([other(read, Role.OTHER, title, DOUBT)])
        )
        return
    if result.filled < 3 and not result.form.task:  # noqa: PLR2004 -- domain.md §3.2: three answers are a form
        yield other(read, Role.BLANK_TEMPLATE, title or "Phiếu đề xuất nhiệm vụ")
        return
    sure = result.labels >= 5 or (result.labels >= 3 and read.title is Title.FORM)  # noqa: PLR2004 -- enough labels to trust an absence
    yield replace(
        result.form, at=paper_place(read, result.form.at), confidence=TITLED if sure else DOUBT
    )


def table_paper(read: SectionRead, table: SummaryTable | None) -> Paper:
    """The table, one told in lines among them; or its blank template."""
    if table is not None and table.rows:
        return replace(table, confidence=min(table.confidence, TITLED))
    lines = read.section.lines
    if table is None and (told := table_in_lines.extract(lines, read.call, read.origin)):
        return told
    title = read.title_line or "Bảng tổng hợp đề xuất nhiệm vụ"
    below = [line for line in lines if line.text not in title]
    if table is None and len(words(" ".join(line.text for line in below))) > _HEADER_WORDS:
        return SummaryTable(at=read.place(), text=read.origin.text, confidence=DOUBT)
    return other(read, Role.BLANK_TEMPLATE, title)
