"""What a reader gives back: the words of a file in reading order, and where each stood."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossier import Text, UnreadCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph (or one line of a PDF page), automatic number included."""

    text: str
    spot: str
    """In Vietnamese, where a person would look: “đoạn 4”, “trang 2, dòng 7”."""
    page: int | None = None
    new_page: bool = False
    """The line opens a page or a section (an explicit break or a PDF page)."""
    hidden: bool = False
    """Word's hidden text or a place holder of a content control: shown to nobody as an answer."""
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; a merged cell stands once, at its top left, with its spans."""

    text: str
    """Paragraphs inside are separated by line breaks."""
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    spot: str = ""


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
    stale: tuple[str, ...] = ()
    """Spots of formulas without a cached value: their results are not known."""

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells by row; rows without a cell are left out."""
        grid: dict[int, list[Cell]] = {}
        for cell in self.cells:
            grid.setdefault(cell.row, []).append(cell)
        return tuple(tuple(grid[row]) for row in sorted(grid))


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
    legacy: tuple[str, ...] = ()
    """Legacy encodings met and converted: “tcvn3”, “vni”."""
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Every line in order, a table's cells each as a line of its own."""
        for item in self.items:
            if isinstance(item, Line):
                yield item
                continue
            for cell in item.cells:
                for text in cell.text.split("\n"):
                    if text.strip():
                        yield Line(text=text, spot=cell.spot, page=item.page)

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
