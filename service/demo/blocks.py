"""What a paper is made of before it becomes Word or PDF: paragraphs, tables, boxes, breaks."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Align(StrEnum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


class Mark(StrEnum):
    """What a paragraph carries in front that is not typed text."""

    NONE = "none"
    NUMBER = "number"
    """Word's automatic number: “1.” stands in the numbering part, not in the text."""
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; newlines are line breaks within it."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    size: int = 13
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. A cell that a merge covers is given as an empty string."""

    rows: tuple[tuple[str, ...], ...]
    border: bool = True
    head: int = 0
    """How many rows at the top are set bold."""
    merges: tuple[tuple[int, int, int, int], ...] = ()
    """(row, column, last row, last column), counted from 0, both ends within."""
    widths: tuple[int, ...] = ()
    """Millimetres a column; even when empty."""
    centered: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A label and a value typed into a Word content control."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Box:
    """Lines in a floating text box."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows stands on a new page, turned when `landscape`."""

    landscape: bool = False


Block: TypeAlias = Para | Grid | Control | Box | PageBreak
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; a cell is text, a number, a formula with its value, or empty."""

    name: str
    rows: tuple[tuple["Cell", ...], ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden: bool = False
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value the program last saw; no value when it was never calculated."""

    text: str
    value: int | None


Cell: TypeAlias = str | int | Formula | None


def centered(text: str, *, bold: bool = False, italic: bool = False, size: int = 13) -> Para:
    """A centred paragraph."""
    return Para(text, Align.CENTER, bold=bold, italic=italic, size=size)
