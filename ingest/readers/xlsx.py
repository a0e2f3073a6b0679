"""Read .xlsx and .xlsm; the only reader that imports openpyxl.

Full mode, because only it knows fonts and merged cells; the stored cells are walked as they are,
never the rectangle around them, which a 5 KB file can make a million rows long.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from lxml.etree import _Element as Element
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dossier import UnreadCause
from ingest.content import Cell, Content, Line, Table, UnreadableError, Unseen
from ingest.readers.legacy import Run, decode
from ingest.readers.ooxml import BROKEN_ZIP, Package, attribute, child, whole
from ingest.readers.words import neat, neat_lines
from ingest.readers.xlsx_values import shown

MAX_ROWS = 5_000
MAX_COLUMNS = 100
_EMU_PER_CM = 360_000
_PAGE_LIKE = 220.0
_FORMULA = "f"
_BROKEN = UnreadableError(UnreadCause.BROKEN, "tệp Excel hỏng, không mở được")
_SpotKey = tuple[int, int]


def read(raw: bytes) -> Content:
    """Read every sheet as one table, hidden ones flagged; formulas by their stored results."""
    package = Package(raw)
    package.refuse_entities()
    workbook = _load(raw, results=False)
    reading = _Workbook(package, workbook)
    if reading.has_formulas:
        reading.results = _load(raw, results=True)
    items = tuple(reading.items())
    if not items:
        _refuse_wordless(reading)
    macros = any(name.lower().endswith("vbaproject.bin") for name in package.names)
    return Content(
        items=items,
        margins=tuple(reading.margins()),
        pictures=reading.pictures,
        legacy=tuple(sorted(reading.legacy)),
        unseen=tuple(reading.unseen),
        notes=("tệp có macro (không được chạy)",) if macros else (),
    )


def _load(raw: bytes, *, results: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it would not write back
            return load_workbook(BytesIO(raw), data_only=results, rich_text=True, keep_links=False)
    except (
        SyntaxError,
        KeyError,
        *BROKEN_ZIP,
    ) as error:  # every XML parser's error is a SyntaxError
        raise _BROKEN from error


def _refuse_wordless(reading: "_Workbook") -> None:
    if reading.pictures:
        raise UnreadableError(UnreadCause.SCAN, "tệp Excel chỉ có ảnh, không có chữ đọc được")
    if reading.unseen:
        raise UnreadableError(UnreadCause.UNSUPPORTED, "tệp Excel chỉ có tệp nhúng bên trong")
    raise UnreadableError(UnreadCause.EMPTY, "bảng tính không có ô nào có chữ")


class _Workbook:
    """One walk through one workbook."""

    def __init__(self, package: Package, workbook: Workbook) -> None:
        self._package = package
        self._sheets = workbook.worksheets
        self._parts = _sheet_parts(package)
        self.results: Workbook | None = None
        self.legacy: set[str] = set()
        self.pictures = 0
        self.unseen: list[Unseen] = []

    @property
    def has_formulas(self) -> bool:
        return any(
            cell.data_type == _FORMULA for sheet in self._sheets for cell in _stored(sheet).values()
        )

    def items(self) -> Iterator[Line | Table]:
        for sheet in self._sheets:
            if (table := self._table(sheet)) is not None:
                yield table
            part = self._parts.get(sheet.title, "")
            yield from self._drawn(part, sheet.title)

    def margins(self) -> Iterator[Line]:
        """Comments of cells, headers and footers of sheets."""
        for sheet in self._sheets:
            for cell in _stored(sheet).values():
                if cell.comment is not None and (text := neat(cell.comment.text or "")):
                    yield Line(text=text, spot=f"nhận xét ở {sheet.title}!{cell.coordinate}")
            for place, name in ((sheet.oddHeader, "đầu trang"), (sheet.oddFooter, "chân trang")):
                for part in () if place is None else (place.left, place.center, place.right):
                    if part is not None and (text := neat(part.text or "")):
                        yield Line(text=text, spot=f"{name} {sheet.title}")

    def _table(self, sheet: Worksheet) -> Table | None:
        spans = {
            (area.min_row, area.min_col): (area.size["rows"], area.size["columns"])
            for area in sheet.merged_cells.ranges
        }
        results = self._results(sheet)
        cells: list[Cell] = []
        beyond = 0
        for key, cell in sorted(_stored(sheet).items()):
            text = self._text(cell, results)
            if not text:
                continue
            if key[0] > MAX_ROWS or key[1] > MAX_COLUMNS:
                beyond += 1
                continue
            height, width = spans.get(key, (1, 1))
            cells.append(
                Cell(
                    text=text,
                    row=key[0],
                    column=key[1],
                    row_span=height,
                    column_span=width,
                    spot=f"{sheet.title}!{cell.coordinate}",
                )
            )
        if beyond:
            reason = f"{beyond} ô ngoài {MAX_ROWS} dòng × {MAX_COLUMNS} cột chưa đọc"
            self._miss(f"trang tính {sheet.title}", UnreadCause.TOO_LARGE, reason)
        stale = self._stale(sheet)
        if not cells and not stale:
            return None
        return Table(
            cells=tuple(cells),
            spot=f"trang tính {sheet.title}",
            new_page=True,
            sheet=sheet.title,
            hidden=sheet.sheet_state != "visible",
            hidden_rows=_hidden_rows(sheet),
            stale=stale,
        )

    def _results(self, sheet: Worksheet) -> Mapping[_SpotKey, SheetCell]:
        return {} if self.results is None else _stored(self.results[sheet.title])

    def _text(self, cell: SheetCell, results: Mapping[_SpotKey, SheetCell]) -> str:
        if cell.data_type == _FORMULA:
            result = results.get((cell.row, cell.column))
            return "" if result is None else self._text(result, {})
        runs = list(_runs(cell))
        text, schemes = decode(runs)
        self.legacy |= schemes
        return neat_lines(text)

    def _stale(self, sheet: Worksheet) -> tuple[str, ...]:
        """Formulas whose result was never stored, or is an error."""
        formulas = [
            key for key, cell in sorted(_stored(sheet).items()) if cell.data_type == _FORMULA
        ]
        if not formulas:
            return ()
        results = self._results(sheet)
        computed = _computed(self._package, self._parts.get(sheet.title, ""))
        return tuple(
            f"{sheet.title}!{spot}"
            for key in formulas
            if (spot := f"{get_column_letter(key[1])}{key[0]}") not in computed
            or (key in results and results[key].data_type == "e")
        )

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
                    runs = [_drawn_run(run) for run in paragraph.iter("{*}r")]
                    text, schemes = decode(runs)
                    self.legacy |= schemes
                    if words := neat(text):
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


def _stored(sheet: Worksheet) -> Mapping[_SpotKey, SheetCell]:
    """The cells a sheet stores, those that only fill a merged area left out."""
    cells = sheet._cells  # noqa: SLF001 -- every public way walks the empty rectangle as well
    return {key: cell for key, cell in cells.items() if isinstance(cell, SheetCell)}


def _hidden_rows(sheet: Worksheet) -> tuple[int, ...]:
    hidden = (row for row, size in sheet.row_dimensions.items() if size.hidden)
    return tuple(sorted(row for row in hidden if row <= MAX_ROWS))


def _runs(cell: SheetCell) -> Iterator[Run]:
    """A cell's text by font."""
    font = cell.font.name if cell.has_style else None
    if isinstance(cell.value, CellRichText):
        for piece in cell.value:
            if isinstance(piece, TextBlock):
                yield Run(piece.text or "", piece.font.rFont or font)
            else:
                yield Run(str(piece), font)
        return
    yield Run(shown(cell.value, cell.number_format), font)


def _drawn_run(run: Element) -> Run:
    font = attribute(child(run, "rPr", "latin"), "typeface")
    return Run("".join(text.text or "" for text in run.iter("{*}t")), font)


def _sheet_parts(package: Package) -> dict[str, str]:
    """Which part holds which sheet."""
    main = package.main_part("xl/workbook.xml")
    root = package.tree(main)
    targets = {relation.id: relation.target for relation in package.relations(main)}
    sheets: Iterable[Element] = () if root is None else root.iter("{*}sheet")
    return {
        attribute(sheet, "name") or "": targets.get(_relation_id(sheet), "") for sheet in sheets
    }


def _relation_id(sheet: Element) -> str:
    """The relationship's `id`, not the sheet's own `sheetId`."""
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _computed(package: Package, part: str) -> frozenset[str]:
    """Formulas that store a result, be it an empty text, which openpyxl cannot tell from none."""
    root = package.tree(part) if part else None
    if root is None:
        return frozenset()
    return frozenset(
        attribute(cell, "r") or ""
        for cell in root.iter("{*}c")
        if child(cell, "f") is not None and _has_result(cell)
    )


def _has_result(cell: Element) -> bool:
    result = child(cell, "v")
    return result is not None and bool(result.text or attribute(cell, "t") == "str")
