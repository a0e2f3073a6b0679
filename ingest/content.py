"""What a reader gives back: the words of a file in reading order, and where each stood."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossier import Ink, Signature, Text, UnreadCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a paragraph (cut at its own line breaks) or a line of a PDF page.

    NFC, the automatic number included, tidied; a tab between two words stays a tab, because it
    is what keeps the two halves of a letter's head apart.
    """

    text: str
    spot: str
    """In Vietnamese, where a person would look: “đoạn 4”, “trang 2, dòng 7”."""
    page: int | None = None
    new_page: bool = False
    """The line opens a page or a section (an explicit break or a PDF page)."""
    hidden: bool = False
    """Word's hidden text or a place holder of a content control: shown to nobody as an answer."""
    bold: bool = False
    confidence: float = 1.0
    """How surely its letters were recognised in a picture, 0 to 1; typed words are certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; a merged cell stands once, at its top left, with its spans.

    Rows and columns count from 1, as spots and spreadsheets do.
    """

    text: str
    """Paragraphs inside are separated by line breaks."""
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    spot: str = ""
    confidence: float = 1.0
    """As of a `Line`; an empty cell is certain."""
    tables: "tuple[Table, ...]" = ()
    """Tables inside the cell; their words stand in `text` as well, a row a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, cells in reading order; a spreadsheet's sheet is one table."""

    cells: tuple[Cell, ...]
    spot: str
    page: int | None = None
    new_page: bool = False
    sheet: str = ""
    """The sheet's name, for a spreadsheet."""
    hidden: bool = False
    """A hidden sheet."""
    hidden_rows: tuple[int, ...] = ()
    """Rows a filter or a person hid; their cells are read like any other."""
    stale: tuple[str, ...] = ()
    """Spots of formulas without a cached value: their results are not known."""

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells by row; rows without a cell are left out."""
        grid: dict[int, list[Cell]] = {}
        for cell in self.cells:
            grid.setdefault(cell.row, []).append(cell)
        return tuple(tuple(grid[row]) for row in sorted(grid))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A part of an otherwise readable file that nobody has read, such as a picture of a page."""

    spot: str
    cause: UnreadCause
    reason: str
    """In Vietnamese, a clause that follows the spot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything legible in one file, in reading order."""

    items: tuple[Line | Table, ...]
    margins: tuple[Line, ...] = ()
    """Headers, footers, footnotes, comments: read for cues, never as an answer to a field."""
    text: Text = Text.NATIVE
    pages: int | None = None
    """How many pages, where the format knows (PDF); None for .docx and sheets."""
    scanned_pages: tuple[int, ...] = ()
    """Pages that are pictures without a text layer: what they say is unread."""
    pictures: int = 0
    pictured: tuple[str, ...] = ()
    """Spots that pictures too small for a page stand at or follow: one may be an answer."""
    legacy: tuple[str, ...] = ()
    """Legacy encodings met and converted: “tcvn3”, “vni”."""
    unseen: tuple[Unseen, ...] = ()
    """Parts that could hold a paper and were not read, scanned pages among them."""
    notes: tuple[str, ...] = ()
    """For the officer, in Vietnamese: macros, references to other files."""
    signatures: tuple[Signature, ...] = ()
    """Digital signatures; their places name no file, which a reader does not know."""
    inks: tuple[Ink, ...] = ()
    """Marks that may be seals or handwritten signatures; places as of signatures."""
    has_macros: bool = False

    def tables(self) -> Iterator[Table]:
        """Every table, outer before inner, in order."""
        waiting = [item for item in reversed(self.items) if isinstance(item, Table)]
        while waiting:
            table = waiting.pop()
            yield table
            waiting += [inner for cell in reversed(table.cells) for inner in reversed(cell.tables)]

    def lines(self) -> Iterator[Line]:
        """Every line in order, a table's cells each as a line of its own.

        The lines of a hidden sheet are hidden.
        """
        for item in self.items:
            if isinstance(item, Line):
                yield item
                continue
            for cell in item.cells:
                for text in cell.text.split("\n"):
                    if text.strip():
                        hidden = item.hidden
                        yield Line(text=text, spot=cell.spot, page=item.page, hidden=hidden)

    def plain(self) -> str:
        """All words, a line each."""
        return "\n".join(line.text for line in self.lines() if not line.hidden)


class UnreadableError(Exception):
    """The file cannot be read; the reason is Vietnamese and follows the file's name."""

    def __init__(self, cause: UnreadCause, reason: str) -> None:
        """Keep the cause for the rules and the reason for people."""
        super().__init__(reason)
        self.cause = cause
        self.reason = reason
