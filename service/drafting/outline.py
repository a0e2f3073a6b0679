"""A letter as its writer set it out: whole paragraphs, headings, items of a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from dossier.vietnamese import fold, tidy
from ingest.extract.passage import Passage

BULLET = re.compile(r"^\s*(?:[-–+•*●▪]|\(?\d{1,2}[.)]|\(?[a-zđ][.)])\s*")
_HEADING = re.compile(
    r"^(?P<mark>[IVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*(?:[.)]|(?<=\d)/)\s*(?P<words>[^\W\d].*)$"
)


class Level(IntEnum):
    """How deep a heading stands: I, then 1, then a."""

    ROMAN = 0
    FIGURE = 1
    LETTER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A numbered paragraph; what it is about stands folded."""

    level: Level
    mark: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A whole paragraph, where it stands in the file, and under which headings."""

    text: str
    spot: str
    clause: str = ""
    """“II.3.b”; empty above the first heading."""
    cell: tuple[int, int, int] | None = None

    @property
    def folded(self) -> str:
        """The text for comparing."""
        return fold(self.text)

    @property
    def heading(self) -> Heading | None:
        """Its number and words, when it has a number."""
        found = _HEADING.match(self.text)
        if found is None:
            return None
        mark = found["mark"]
        level = (
            Level.FIGURE if mark[0].isdigit() else Level.ROMAN if mark.isupper() else Level.LETTER
        )
        return Heading(level=level, mark=mark, words=fold(found["words"]))


def paragraphs(lines: Sequence[Passage]) -> Iterator[Paragraph]:
    """The letter's paragraphs: one that was broken inside a sentence is whole again."""
    above: dict[Level, str] = {}
    for one in _whole(lines):
        if heading := one.heading:
            above = {level: mark for level, mark in above.items() if level < heading.level}
            above[heading.level] = heading.mark
        yield replace(one, clause=".".join(above.values()))


def _whole(lines: Sequence[Passage]) -> Iterator[Paragraph]:
    held: Paragraph | None = None
    for line in lines:
        text = tidy(line.text.replace("*", ""))
        if not re.search(r"\w", text):
            continue
        if held is not None and held.cell == line.cell and _goes_on(held.text, text):
            held = replace(held, text=f"{held.text} {text}")
            continue
        if held is not None:
            yield held
        held = Paragraph(text=text, spot=line.spot, cell=line.cell)
    if held is not None:
        yield held


def _goes_on(before: str, text: str) -> bool:
    return (
        text[0].islower() and not BULLET.match(fold(text)) and not re.search(r"[.;:!?]\W*$", before)
    )
