"""What a file holds: its papers, each with the role it plays and how sure we are of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossier import CERTAIN, Call, OtherPaper, Paper, Place, Role, SummaryTable, Unread, UnreadCause
from ingest.content import Content
from ingest.extract import summary_table
from ingest.legible import weighed
from ingest.recognise.forms import form_papers, reads_as_form, table_paper
from ingest.recognise.letters import is_letter, letter_papers
from ingest.recognise.others import other, own_paper
from ingest.recognise.section import SectionRead, look
from ingest.recognise.sent_back import is_own_letter
from ingest.split import Title, split, title_of, titles_in

__all__ = ["Recognised", "recognise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """One file's papers, as far as it could be read."""

    papers: tuple[Paper, ...] = ()
    roles: tuple[Role, ...] = ()
    """Each role once, in the order of the papers."""
    where: str = ""
    """What the roles rest on when it is not the whole file: “trang 1-2”."""
    note: str = ""
    """Why the roles were chosen, or what was not understood; for the officer."""
    unread: tuple[Unread, ...] = ()
    """Pages that are pictures: what they say nobody has read."""


def recognise(name: str, content: Content, call: Call) -> Recognised:
    """Recognise the papers of one file; `name` is the file with the way to it.

    A role is decided by a title where there is one, else by cues whose weights add up; two roles
    within four points of each other are a guess, and a guess has a confidence below `CERTAIN`.
    """
    sections = split(content, titles_in(call))
    unread = tuple(_unread(name, content))
    papers: list[Paper] = []
    spots: list[str] = []
    for section in sections:
        if not section.lines:
            continue
        read = look(name, section, content, call)
        found = tuple(weighed(paper, section, call) for paper in _papers(read))
        papers += found
        if found and any(paper.role is not Role.OTHER for paper in found):
            spots.append(section.where)
    unread = (*unread, *_pictured_table(name, content, papers))
    if not papers and not unread:
        reason = "tệp không có chữ nào đọc được"
        unread = (Unread(at=Place(name), cause=UnreadCause.EMPTY, reason=reason),)
    papers = _without_needless_others(papers)
    return Recognised(
        papers=tuple(papers),
        roles=tuple(dict.fromkeys(paper.role for paper in papers)),
        where="; ".join(spot for spot in dict.fromkeys(spots) if spot),
        note="; ".join(_doubts(papers)),
        unread=unread,
    )


def _papers(read: SectionRead) -> Iterator[Paper]:
    """Every paper of one section; a letter that proposes and commits is two."""
    if is_own_letter(read):
        yield other(read, Role.CALL_LETTER, "Văn bản của cơ quan mời đề xuất")
        return
    if read.title is Title.OWN:
        yield own_paper(read)
        return
    if read.title is Title.FORM or (read.title is None and reads_as_form(read)):
        yield from form_papers(read)
        return
    table = summary_table.extract(read.section.tables, read.section.lines, read.call, read.origin)
    if read.title is Title.TABLE or (
        table is not None and table.rows and not is_letter(read) and read.title is None
    ):
        yield table_paper(read, table)
        return
    yield from letter_papers(read)
    if table is not None and table.rows:
        yield table


def _without_needless_others(papers: list[Paper]) -> list[Paper]:
    """A cover sheet or a stray page says nothing beside papers that were recognised.

    Nor does the title of a table repeated on its next page.
    """
    if all(paper.role is Role.OTHER for paper in papers):
        return papers
    tabled = any(isinstance(paper, SummaryTable) for paper in papers)
    return [paper for paper in papers if not _is_needless(paper, tabled=tabled)]


def _is_needless(paper: Paper, *, tabled: bool) -> bool:
    if not isinstance(paper, OtherPaper):
        return False
    if paper.role is Role.BLANK_TEMPLATE:
        return tabled and title_of(paper.title) is Title.TABLE
    return paper.role is Role.OTHER and not paper.title and paper.confidence >= CERTAIN


def _doubts(papers: list[Paper]) -> Iterator[str]:
    for paper in papers:
        if paper.confidence < CERTAIN:
            yield f"chưa chắc chắn: {paper.at}"


def _unread(name: str, content: Content) -> Iterator[Unread]:
    """What the reader could not see, pages that are pictures among it."""
    for one in content.unseen:
        yield Unread(at=Place(name, one.spot), cause=one.cause, reason=one.reason)
    seen = {one.spot for one in content.unseen}
    for page in content.scanned_pages:
        if f"trang {page}" not in seen:
            reason = "là ảnh quét, máy chưa đọc được chữ"
            yield Unread(at=Place(name, f"trang {page}"), cause=UnreadCause.SCAN, reason=reason)


def _pictured_table(name: str, content: Content, papers: list[Paper]) -> Iterator[Unread]:
    """A summary table's title with no table below it, and a picture: the picture is the table."""
    blank = any(
        isinstance(paper, OtherPaper)
        and paper.role is Role.BLANK_TEMPLATE
        and title_of(paper.title) is Title.TABLE
        for paper in papers
    )
    if blank and content.pictures and not content.unseen:
        reason = "bảng tổng hợp ở dạng ảnh, máy chưa đọc được"
        yield Unread(at=Place(name), cause=UnreadCause.SCAN, reason=reason)
