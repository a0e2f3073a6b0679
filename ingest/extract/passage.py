"""The smallest piece of a paper: one line, in the order a person reads, with its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from dossier import Place, Text
from dossier.vietnamese import fold, tidy
from ingest.content import Line, Table

_QUOTED = 160
_PAGE_OR_COLUMN = re.compile(r"\btrang \d+, |, cột \d+$")
_LEADER = re.compile(r"[.…_]{4,}|(?:\. ){4,}|…+")
_NEW_PARAGRAPH = re.compile(
    r"(?:\(?\d{1,2}(?:\.\d{1,2})*\s*[.)/:]|\(?(?:[a-zđ]|[ivx]{1,4})[.)]|[-–—+•*●▪]|\()\s*\S"
    r"|(?:kinh gui|noi nhan|so\s*:|v/v|can cu|gui kem|ho so|lien he|dau moi|tran trong|tm\.|kt\."
    r"|tl\.)",
)
_ENUMERATOR = re.compile(
    r"[-–—+•*●▪(]?\s*(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[a-zA-ZđĐ])?\s*[.)/:]?"
)
_SENTENCE_END = re.compile(r"[.;:!?]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One line of a paper."""

    text: str
    spot: str
    page: int | None = None
    new_page: bool = False
    bold: bool = False
    cell: tuple[int, int, int] | None = None
    """Which table of the section, which row, which column; None outside tables."""

    @property
    def folded(self) -> str:
        """The text for comparing."""
        return _fold(self.text)

    def place(self, file: str, words: str = "") -> Place:
        """Where it stands, with words short enough to quote."""
        return Place(file, self.spot, clip(words or self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file a paper lies in, and where its words come from."""

    file: str
    text: Text = Text.NATIVE
    pages: int | None = None
    margins: str = ""
    """Headers and footers: cues, never answers."""
    pictured: frozenset[str] = frozenset()
    """Spots that pictures stand at or follow, of tables the row alone (`row_of`)."""


_fold = lru_cache(maxsize=4096)(fold)
"""A line is compared many times; folding it once is enough."""


def row_of(spot: str) -> str:
    """The paragraph or the row of a table a spot names, without its page."""
    return _PAGE_OR_COLUMN.sub("", spot)


def clip(text: str) -> str:
    """Shorten what is quoted to what a person reads at a glance."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"


def passages(items: Iterable[Line | Table]) -> Iterator[Passage]:
    """Every legible line in order, a table cell by cell; hidden text is nobody's answer."""
    table = -1
    for item in items:
        if item.hidden:
            continue
        if isinstance(item, Line):
            whole = Passage(
                text="", spot=item.spot, page=item.page, new_page=item.new_page, bold=item.bold
            )
            yield from _cut(item.text, whole)
            continue
        table += 1
        opens = item.new_page
        for cell in item.cells:
            place = (table, cell.row, cell.column)
            whole = Passage(
                text="", spot=cell.spot or item.spot, page=item.page, new_page=opens, cell=place
            )
            found = tuple(_cut(cell.text, whole))
            opens = opens and not found
            yield from found


def _cut(text: str, whole: Passage) -> Iterator[Passage]:
    """A passage a line; a tab keeps two halves of a head apart, but not a number from its text."""
    for line in text.splitlines():
        halves = [tidy(half) for half in line.split("\t")]
        joined: list[str] = []
        for half in filter(None, halves):
            if joined and _ENUMERATOR.fullmatch(joined[-1]):
                joined[-1] = f"{joined[-1]} {half}"
            else:
                joined.append(half)
        for half in joined:
            yield replace(whole, text=half)
            whole = replace(whole, new_page=False)


def paragraphs(lines: Iterable[Passage]) -> tuple[Passage, ...]:
    """Put together again what a PDF broke over lines; other formats keep their paragraphs."""
    joined: list[Passage] = []
    width = 0
    kept = tuple(lines)
    widest = max((len(line.text) for line in kept if line.page is not None), default=0)
    for line in kept:
        if joined and _goes_on(joined[-1], width, line, widest):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
        width = len(line.text)
    return tuple(joined)


def _goes_on(before: Passage, width: int, line: Passage, widest: int) -> bool:
    """Tell whether a PDF's line continues the one before it."""
    if line.page is None or before.page is None or line.cell != before.cell:
        return False
    if line.cell is not None:
        return not _NEW_PARAGRAPH.match(line.folded)
    if _NEW_PARAGRAPH.match(line.folded):
        return False
    if _SENTENCE_END.search(before.text) and not (width >= widest * 0.9 and line.text[0].islower()):
        return (
            width >= widest * 0.85
            and line.page == before.page
            and not before.text.endswith(("./.", ":", ";"))
        )
    return line.text[0].islower() or width >= widest * 0.7


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text into clauses at full stops, semicolons and line ends; “1.200” stays whole."""
    parts = re.split(
        r"(?<=[^\d\W])\.(?=\s|$)|(?<=[\d)”\"%])\.(?=\s+[^\W\d]|$)|[;\n]|(?<=/)\./?", text
    )
    return tuple(part.strip() for part in parts if part and re.search(r"\w", part))


def without_leaders(text: str) -> str:
    """Take off the dots and underscores a template leaves for the answer."""
    return tidy(_LEADER.sub(" ", text))


def words(text: str) -> tuple[str, ...]:
    """The real words and numbers in a text."""
    return tuple(re.findall(r"[^\W_]+", text))
