"""Read .xlsx and .xlsm: every sheet as one table.

The stored cells are walked as they are, never the rectangle around them, which a 5 KB file can make
a million rows long.
"""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from dossier import UnreadCause
from ingest.content import Cell, Content, Line, Table, UnreadableError, Unseen
from ingest.readers.legacy import Run, decode, scheme_of
from ingest.readers.ooxml import Package, attribute, child, whole
from ingest.readers.words import neat, neat_lines
from ingest.readers.xlsx_parts import MAX_COLUMNS, MAX_ROWS, Book, Sheet, Stored, coordinate

_EMU_PER_CM = 360_000
_PAGE_LIKE = 220.0


def read(raw: bytes) -> Content:
    """Read every sheet as one table, hidden ones flagged; formulas by their stored results."""
    package = Package(raw)
    reading = _Workbook(package)
    items = tuple(reading.items())
    if not items:
        _refuse_wordless(reading)
    macros = any(name.lower().endswith("vbaproject.bin") for name in package.names)
    return Content(
        items=items,
        margins=tuple(reading.margins),
        pictures=reading.pictures,
        legacy=tuple(sorted(reading.legacy)),
        unseen=tuple(reading.unseen),
        notes=("tệp có macro (không được chạy)",) if macros else (),
    )


def _refuse_wordless(reading: "_Workbook") -> None:
    if reading.pictures:
        raise UnreadableError(UnreadCause.SCAN, "tệp Excel chỉ có ảnh, không có chữ đọc được")
    if reading.unseen:
        raise UnreadableError(UnreadCause.UNSUPPORTED, "tệp Excel chỉ có tệp nhúng bên trong")
    raise UnreadableError(UnreadCause.EMPTY, "bảng tính không có ô nào có chữ")


class _Workbook:
    """One walk through one workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._book = Book(package)
        self._texts: dict[tuple[Run, ...], str] = {}
        self.legacy: set[str] = set()
        self.margins: list[Line] = []
        self.pictures = 0
        self.unseen: list[Unseen] = []

    def items(self) -> Iterator[Line | Table]:
        """Every sheet's table, then what is drawn on it; `margins` is filled on the way."""
        for sheet in self._book.sheets():
            if (table := self._table(sheet)) is not None:
                yield table
            self.margins += self._margins(sheet)
            yield from self._drawn(sheet.part, sheet.title)

    def _margins(self, sheet: Sheet) -> Iterator[Line]:
        """Comments of cells, headers and footers."""
        for spot, runs in self._book.comments(sheet):
            if text := neat(self._decoded(runs)):
                yield Line(text=text, spot=f"nhận xét ở {sheet.title}!{spot}")
        for name, words in sheet.margins:
            if text := neat(words):
                yield Line(text=text, spot=f"{name} {sheet.title}")

    def _table(self, sheet: Sheet) -> Table | None:
        cells: list[Cell] = []
        stale: list[str] = []
        for key, stored in sorted(sheet.cells.items()):
            spot = f"{sheet.title}!{coordinate(key)}"
            if stored.is_stale:
                stale.append(spot)
            text = self._text(stored)
            if not text:
                continue
            height, width = sheet.spans.get(key, (1, 1))
            cells.append(
                Cell(
                    text=text,
                    row=key[0],
                    column=key[1],
                    row_span=height,
                    column_span=width,
                    spot=spot,
                )
            )
        if sheet.beyond:
            reason = f"{sheet.beyond} ô ngoài {MAX_ROWS} dòng × {MAX_COLUMNS} cột chưa đọc"
            self._miss(f"trang tính {sheet.title}", UnreadCause.TOO_LARGE, reason)
        if not cells and not stale:
            return None
        return Table(
            cells=tuple(cells),
            spot=f"trang tính {sheet.title}",
            new_page=True,
            sheet=sheet.title,
            hidden=sheet.is_hidden,
            hidden_rows=tuple(sorted(row for row in sheet.hidden_rows if row <= MAX_ROWS)),
            stale=tuple(stale),
        )

    def _text(self, stored: Stored) -> str:
        """A cell's words; most cells of a sheet say what another one says too."""
        if stored.runs not in self._texts:
            self._texts[stored.runs] = neat_lines(self._decoded(stored.runs))
        return self._texts[stored.runs]

    def _decoded(self, runs: tuple[Run, ...]) -> str:
        if all(run.text.isascii() and scheme_of(run.font) is None for run in runs):
            return "".join(run.text for run in runs)
        text, schemes = decode(runs)
        self.legacy |= schemes
        return text

    def _drawn(self, part: str, title: str) -> Iterator[Line]:
        """Text boxes of a sheet; its pictures and embedded files are counted."""
        for relation in self._package.relations(part) if part else ():
            if relation.kind in {"oleObject", "package"}:
                reason = "tệp nhúng trong bảng tính chưa đọc tự động được"
                self._miss(f"trang tính {title}", UnreadCause.UNSUPPORTED, reason)
            if relation.kind != "drawing" or relation.external:
                continue
            root = self._package.tree(relation.target)
            if root is None:
                continue
            for picture in root.iter("{*}pic"):
                self._see(picture, title)
            for number, box in enumerate(root.iter("{*}txBody"), start=1):
                for paragraph in box.iter("{*}p"):
                    runs = tuple(_drawn_run(run) for run in paragraph.iter("{*}r"))
                    if words := neat(self._decoded(runs)):
                        yield Line(text=words, spot=f"trang tính {title}, khung chữ {number}")

    def _see(self, picture: Element, title: str) -> None:
        self.pictures += 1
        size = child(picture, "spPr", "xfrm", "ext")
        sides = [whole(attribute(size, side)) / _EMU_PER_CM for side in ("cx", "cy")]
        if sides[0] * sides[1] >= _PAGE_LIKE:
            reason = "ảnh lớn, có thể là ảnh chụp trang giấy"
            self._miss(f"trang tính {title}", UnreadCause.SCAN, reason)

    def _miss(self, spot: str, cause: UnreadCause, reason: str) -> None:
        self.unseen.append(Unseen(spot=spot, cause=cause, reason=reason))


def _drawn_run(run: Element) -> Run:
    font = attribute(child(run, "rPr", "latin"), "typeface")
    return Run("".join(text.text or "" for text in run.iter("{*}t")), font)
