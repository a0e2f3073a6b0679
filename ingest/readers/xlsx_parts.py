"""A workbook as its XML stores it: sheets, cells with their fonts, merged areas, comments.

The only reader that imports openpyxl. The cells are read straight from the parts, because openpyxl
builds every style, border and theme of the book into objects first, and loads the book twice where
there are formulas: that was nine tenths of the time of a small sheet. What a number means stays
openpyxl's word: which formats are dates, what the built-in ones are, when day 45,000 was.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from lxml.etree import _Element as Element
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.header_footer import HeaderFooterItem

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.legacy import Run
from ingest.readers.ooxml import Package, attribute, attributes, child, local, whole
from ingest.readers.xlsx_values import shown

MAX_ROWS = 5_000
MAX_COLUMNS = 100
_GENERAL = "General"
_ERROR = "e"
_TALL = 64
"""Merged areas of more rows are looked through one by one, not listed row by row."""
_SHEETS = frozenset({"worksheet", "dialogsheet", "xlMacrosheet"})
_Spot = tuple[int, int]
_Area = tuple[int, int, int, int]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Stored:
    """One cell that a sheet stores: its text by font, what a formula gave included."""

    runs: tuple[Run, ...]
    is_formula: bool = False
    is_stale: bool = False
    """A formula whose result was never stored, or is an error."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell's style says of its value."""

    font: str | None = None
    form: str = _GENERAL
    is_date: bool = False
    is_duration: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet; rows and columns count from 1."""

    title: str
    part: str
    is_hidden: bool
    cells: dict[_Spot, Stored] = field(default_factory=dict[_Spot, Stored])
    beyond: int = 0
    """How many cells with a value lie outside `MAX_ROWS` and `MAX_COLUMNS`: nobody reads them."""
    spans: dict[_Spot, _Spot] = field(default_factory=dict[_Spot, _Spot])
    """How many rows and columns a merged cell covers."""
    hidden_rows: list[int] = field(default_factory=list[int])
    margins: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Headers and footers: which, and what it says."""


def coordinate(spot: _Spot) -> str:
    """What people call a cell: “B4”."""
    return f"{get_column_letter(spot[1])}{spot[0]}"


class Book:
    """The parts of one workbook, each opened when it is asked for."""

    def __init__(self, package: Package) -> None:
        """Find the sheets.

        Raises:
            UnreadableError: there is no workbook in the package.

        """
        self._package = package
        self._main = package.main_part("xl/workbook.xml")
        root = package.tree(self._main)
        if root is None:
            raise UnreadableError(UnreadCause.BROKEN, "tệp Excel hỏng, không mở được")
        self._root = root
        self._styles: dict[str | None, Style] = {}
        self._strings: dict[int, tuple[Run, ...]] = {}

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in the order of their tabs; charts on sheets of their own hold no cells."""
        targets = {one.id: one for one in self._package.relations(self._main)}
        for entry in self._root.iter("{*}sheet"):
            relation = targets.get(_relation_id(entry))
            if relation is None or relation.external or relation.kind not in _SHEETS:
                continue
            root = self._package.tree(relation.target)
            if root is None:
                continue
            sheet = Sheet(
                title=attribute(entry, "name") or "",
                part=relation.target,
                is_hidden=attribute(entry, "state") not in {None, "visible"},
            )
            self._fill(sheet, root)
            yield sheet

    def comments(self, sheet: Sheet) -> Iterator[tuple[str, tuple[Run, ...]]]:
        """What people noted on cells: where, and their words."""
        for relation in self._package.relations(sheet.part):
            root = None
            if relation.kind == "comments" and not relation.external:
                root = self._package.tree(relation.target)
            for comment in () if root is None else root.iter("{*}comment"):
                text = child(comment, "text")
                if text is not None:
                    yield attribute(comment, "ref") or "", _pieces(text)

    # -- the parts that all sheets share

    @cached_property
    def _epoch(self) -> object:
        is_mac = attribute(child(self._root, "workbookPr"), "date1904") in {"1", "true"}
        return MAC_EPOCH if is_mac else WINDOWS_EPOCH

    @cached_property
    def _string_table(self) -> list[Element]:
        root = self._shared("sharedStrings")
        return [] if root is None else list(root.iterchildren("{*}si"))

    def _string(self, index: int) -> tuple[Run, ...]:
        if index not in self._strings:
            item = _at(self._string_table, index)
            self._strings[index] = () if item is None else _pieces(item)
        return self._strings[index]

    @cached_property
    def _style_sheet(self) -> tuple[list[Element], list[Element], Mapping[str, str]]:
        root = self._shared("styles")
        formats = child(root, "numFmts")
        own = {
            attribute(one, "numFmtId") or "": attribute(one, "formatCode") or _GENERAL
            for one in (() if formats is None else formats)
        }
        return _list(child(root, "cellXfs")), _list(child(root, "fonts")), own

    def _shared(self, kind: str) -> Element | None:
        found = (one.target for one in self._package.relations(self._main) if one.kind == kind)
        target = next(found, None)
        return None if target is None else self._package.tree(target)

    def _style(self, index: str | None) -> Style:
        if index not in self._styles:
            self._styles[index] = self._read_style(whole(index))
        return self._styles[index]

    def _read_style(self, index: int) -> Style:
        entries, fonts, own = self._style_sheet
        entry = _at(entries, index)
        font = _at(fonts, whole(attribute(entry, "fontId")))
        number = attribute(entry, "numFmtId") or "0"
        form = own.get(number) or builtin_format_code(whole(number)) or _GENERAL
        return Style(
            font=attribute(child(font, "name"), "val") or None,
            form=form,
            is_date=is_date_format(form),
            is_duration=is_timedelta_format(form),
        )

    # -- one sheet

    def _fill(self, sheet: Sheet, root: Element) -> None:
        rows = child(root, "sheetData")
        row = 0
        for entry in () if rows is None else rows.iterchildren("{*}row"):
            row = whole((entry.get("r") or "").partition(".")[0], row + 1)
            if entry.get("hidden") in {"1", "true"}:
                sheet.hidden_rows.append(row)
            column = 0
            for cell in entry.iterchildren("{*}c"):
                column = _column(cell.get("r")) or column + 1
                if row > MAX_ROWS or column > MAX_COLUMNS:
                    sheet.beyond += len(cell) > 0
                elif (stored := self._cell(cell)) is not None:
                    sheet.cells[row, column] = stored
        merged = child(root, "mergeCells")
        if merged is not None:
            _merge(sheet, [_area(attribute(one, "ref") or "") for one in merged])
        header = child(root, "headerFooter")
        for which, name in (("oddHeader", "đầu trang"), ("oddFooter", "chân trang")):
            sheet.margins += ((name, text) for text in _margin(child(header, which)))

    def _cell(self, cell: Element) -> Stored | None:
        kind = cell.get("t", "n")
        is_formula = False
        stored: Element | None = None
        for one in cell:
            name = local(one)
            if name == "f":
                is_formula = True
            elif name == "v" or (name == "is" and kind == "inlineStr"):
                stored = one
        style = self._style(cell.get("s"))
        has_result = stored is not None and bool(stored.text or kind == "str")
        is_stale = is_formula and (not has_result or kind == _ERROR)
        runs = () if stored is None else self._runs(stored, kind, style)
        return Stored(runs, is_formula, is_stale) if runs or is_formula else None

    def _runs(self, stored: Element, kind: str, style: Style) -> tuple[Run, ...]:
        if kind == "inlineStr":
            pieces = _pieces(stored)
        elif kind == "s":
            pieces = self._string(whole(stored.text, -1))
        else:
            pieces = (Run(self._shown(stored.text or "", kind, style)),)
        if style.font is None:
            return pieces
        return tuple(run if run.font else Run(run.text, style.font) for run in pieces)

    def _shown(self, text: str, kind: str, style: Style) -> str:
        """A number, a date or a truth as a person sees it; what is none of them as it stands."""
        try:
            if kind == "n":
                return shown(self._number(text, style), style.form) if text else ""
            if kind == "b":
                return shown(bool(int(text)), style.form) if text else ""
            if kind == "d":
                return shown(_from_iso(text), style.form)
        except (ValueError, OverflowError):
            return text
        return unescape(text)

    def _number(self, text: str, style: Style) -> object:
        is_whole = "." not in text and "E" not in text and "e" not in text
        number = int(text) if is_whole else float(text)
        if not style.is_date:
            return number
        return from_excel(number, self._epoch, timedelta=style.is_duration)


def _from_iso(text: str) -> object:
    """A moment written as ISO 8601 has it; openpyxl's stubs know no type for the function."""
    return cast("Callable[[str], object]", from_ISO8601)(text)


def _pieces(item: Element) -> tuple[Run, ...]:
    """A string's pieces with their own fonts; how it is pronounced is left out."""
    found: list[Run] = []
    for one in item:
        name = local(one)
        if name == "t":
            found.append(Run(unescape(one.text or "")))
        elif name == "r":
            font = attribute(child(one, "rPr", "rFont"), "val")
            text = child(one, "t")
            found.append(Run(unescape(("" if text is None else text.text) or ""), font))
    return tuple(run for run in found if run.text)


def _column(reference: str | None) -> int:
    return _column_of(reference.rstrip("0123456789")) if reference else 0


@lru_cache(1024)
def _column_of(letters: str) -> int:
    try:
        return int(column_index_from_string(letters.replace("$", "")))
    except ValueError:
        return 0


def _area(reference: str) -> _Area | None:
    """The first and last row and column of a range such as “A1:B2”."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    if left is None or top is None or right is None or bottom is None:
        return None
    return top, left, bottom, right


def _merge(sheet: Sheet, areas: list[_Area | None]) -> None:
    """Keep a merged area's first cell, with its spans; what the area covers is not shown."""
    by_row: dict[int, list[_Area]] = {}
    tall: list[_Area] = []
    for area in filter(None, areas):
        top, left, bottom, right = area
        sheet.spans[top, left] = (bottom - top + 1, right - left + 1)
        if bottom - top > _TALL:
            tall.append(area)
        else:
            for row in range(top, bottom + 1):
                by_row.setdefault(row, []).append(area)
    for spot in [one for one in sheet.cells if _is_covered(one, [*by_row.get(one[0], ()), *tall])]:
        del sheet.cells[spot]


def _is_covered(spot: _Spot, areas: list[_Area]) -> bool:
    row, column = spot
    return any(
        top <= row <= bottom and left <= column <= right and (top, left) != spot
        for top, left, bottom, right in areas
    )


def _margin(item: Element | None) -> Iterator[str]:
    if item is None or not item.text:
        return
    found = HeaderFooterItem.from_tree(cast("Any", item))
    for part in () if found is None else (found.left, found.center, found.right):
        if part is not None and part.text:
            yield str(part.text)


def _list(holder: Element | None) -> list[Element]:
    return [] if holder is None else list(holder)


def _at(entries: list[_T], index: int) -> _T | None:
    return entries[index] if 0 <= index < len(entries) else None


def _relation_id(sheet: Element) -> str:
    """The relationship's `id`, not the sheet's own `sheetId`."""
    return next((found for key, found in attributes(sheet) if key.endswith("}id")), "")
