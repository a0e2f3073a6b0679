"""A section of a file, looked at once: its head, its title and its words."""

import re
from dataclasses import dataclass

from dossier import Call, Place
from dossier.vietnamese import tidy
from ingest.content import Content
from ingest.extract import names
from ingest.extract.head import Head, head
from ingest.extract.passage import Origin, clip, row_of
from ingest.split import Cue, Section, Title, title_of, titles_in

_TOP = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRead:
    """A section with what every recogniser asks of it, worked out once."""

    section: Section
    head: Head
    title: Title | None
    title_line: str
    title_words: str
    """The title with the lines it goes on over, for cues against."""
    text: str
    """Folded, all of it."""
    origin: Origin
    call: Call

    def place(self) -> Place:
        """Where the section stands, with its title or its first line."""
        lines = self.section.lines
        where = self.section.where or lines[0].spot
        return Place(
            self.origin.file,
            where if not self.section.whole else "",
            clip(self.title_line or lines[0].text),
        )


def look(name: str, section: Section, content: Content, call: Call) -> SectionRead:
    """Look at a section of the file `name`; it must have lines."""
    top = head(section.lines, call)
    title, place = _title(section, top, titles_in(call))
    return SectionRead(
        section=section,
        head=top,
        title=title,
        title_line=_whole_title(section, place) if title else "",
        title_words=_title_words(section, place) if title else "",
        text="\n".join(one.folded for one in section.lines),
        origin=Origin(
            file=name,
            text=content.text,
            pages=len(section.pages) or None,
            margins="\n".join(one.text for one in content.margins),
            pictured=frozenset(map(row_of, content.pictured)),
        ),
        call=call,
    )


def paper_place(read: SectionRead, at: Place) -> Place:
    """Where a paper stands: its section of the file, rather than its first line."""
    return Place(at.file, read.section.where, at.words)


def _title(section: Section, top: Head, own: tuple[Cue, ...] = ()) -> tuple[Title | None, int]:
    """The first line of the head that is a title; the national heading and “Phụ lục” are none."""
    best: tuple[Title | None, int] = (None, 0)
    for place, line in enumerate(section.lines[: max(_TOP, top.body)]):
        if place >= top.body and top.addressee and place > top.body + 2:
            break
        title = title_of(line.text, own)
        if title in {None, Title.NATION, Title.ANNEX}:
            continue
        if not (names.is_capital(line.text) or line.bold or place < 12):  # noqa: PLR2004 -- the top of a page
            continue
        if title is Title.FORM and re.match(r"^mau", line.folded):
            best = (title, place) if best[0] is None else best
            continue
        return title, place
    return best


def _whole_title(section: Section, place: int) -> str:
    """The title with the lines it goes on over, down to a bracket or the text."""
    parts = [section.lines[place].text]
    for line in section.lines[place + 1 : place + 5]:
        if (
            line.cell != section.lines[place].cell
            or not names.is_capital(line.text)
            or line.folded.startswith(("(", "kinh gui", "so"))
            or re.match(r"^[\W_]*$", line.text)
        ):
            break
        parts.append(line.text)
    return tidy(" ".join(parts))


def _title_words(section: Section, place: int) -> str:
    """The title and its next lines, folded, down to the first field or the text."""
    kept: list[str] = []
    for line in section.lines[place : place + 5]:
        if kept and re.match(r"^(?:\W*\d|kinh gui)", line.folded):
            break
        kept.append(line.folded)
    return " ".join(kept)
