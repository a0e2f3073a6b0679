"""Lay a sheet out so that every cell can be read on paper.

As it came, a long text is cut off by its neighbour and by the height of its row, and columns that
do not fit stand on another page. In the copy long texts wrap, rows are as high as they need, and
all columns share one page's width. Widths a person chose are never made smaller.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import ceil

from lxml import etree
from lxml.etree import _Element as Element

from ingest.readers.ooxml import attribute, child, local, whole

_BEFORE_SETUP = frozenset(
    (
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
        *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter"),
        *("sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
        *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    )
)
"""What stands before `pageSetup` in a sheet (ECMA-376, 18.3.1.99)."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_USUAL_WIDTH = 9.0
"""Letters of a column nobody made wider."""
_WIDEST = 30.0
"""Letters of the widest column that is made by us."""
_LINES = 8
"""A text is given a column in which it takes about so many lines."""
_SPARE = 3
"""Letters a number may grow by its format."""
_LINE = 16.0
"""Points."""
_MOST_COLUMNS = 100
_HIGHEST = 400.0
_MARGIN = "0.4"
"""Inches."""


@dataclass(slots=True)
class _Cell:
    """One cell that says something."""

    element: Element
    row: int
    column: int
    text: str
    is_number: bool
    rows: int = 1
    columns: int = 1
    wraps: bool = False


def add_wrapped_styles(sheet_styles: Element) -> None:
    """A twin of every cell style that wraps its text, in the same order behind them."""
    styles = child(sheet_styles, "cellXfs")
    if styles is None:
        return
    for style in list(styles):
        twin = deepcopy(style)
        alignment = child(twin, "alignment")
        if alignment is None:
            alignment = etree.Element(f"{_namespace(twin)}alignment")
            twin.insert(0, alignment)
        alignment.set("wrapText", "1")
        twin.set("applyAlignment", "1")
        styles.append(twin)
    styles.set("count", str(len(styles)))


def lay_out(sheet: Element, texts: Sequence[str], styles: int) -> None:
    """Widen columns, wrap texts, raise rows, and fit all to a page's width.

    `texts` are the shared ones; `styles` is how many cell styles there are without their twins.
    """
    cells = list(_cells(sheet, texts))
    widths = _widths(sheet, cells)
    _write_widths(sheet, widths)
    taken = {(cell.row, cell.column) for cell in cells}
    for cell in cells:
        shown = sum(widths.get(cell.column + n, _USUAL_WIDTH) for n in range(cell.columns))
        is_hemmed_in = cell.columns > 1 or (cell.row, cell.column + 1) in taken
        cell.wraps = not cell.is_number and is_hemmed_in and len(cell.text) > shown
        if cell.wraps and styles:
            cell.element.set("s", str(whole(attribute(cell.element, "s")) % styles + styles))
    _raise_rows(sheet, cells, widths)
    _fit(sheet)


def _cells(sheet: Element, texts: Sequence[str]) -> Iterator[_Cell]:
    spans: dict[str, tuple[int, int]] = {}
    for area in sheet.iter("{*}mergeCell"):
        first, _, last = (attribute(area, "ref") or "").partition(":")
        if (begin := _position(first)) and (end := _position(last)):
            spans[first] = (end[0] - begin[0] + 1, end[1] - begin[1] + 1)
    for element in sheet.iter("{*}c"):
        name = attribute(element, "r") or ""
        position, text = _position(name), _text(element, texts)
        if position and text and position[1] <= _MOST_COLUMNS:
            rows, columns = spans.get(name, (1, 1))
            is_number = (attribute(element, "t") or "n") == "n"
            yield _Cell(element, *position, text, is_number, rows, columns)


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _text(element: Element, texts: Sequence[str]) -> str:
    held = child(element, "v")
    stored = "" if held is None else held.text or ""
    match attribute(element, "t"):
        case "s":
            at = whole(stored, -1)
            return texts[at] if 0 <= at < len(texts) else ""
        case "inlineStr":
            return "".join(one.text or "" for one in element.iter("{*}t"))
        case _:
            return stored


def _widths(sheet: Element, cells: Sequence[_Cell]) -> dict[int, float]:
    """Letters a column needs, and never fewer than it has."""
    widths: dict[int, float] = {}
    for column in sheet.iter("{*}col"):
        first, last = whole(attribute(column, "min")), whole(attribute(column, "max"))
        for number in range(first, min(last, _MOST_COLUMNS) + 1):
            widths[number] = _decimal(attribute(column, "width"))
    taken = {(cell.row, cell.column) for cell in cells}
    for cell in cells:
        if cell.columns > 1:
            continue
        stands_free = (cell.row, cell.column + 1) not in taken and not cell.is_number
        wanted = 0.0 if stands_free else _wanted(cell)
        has = widths.get(cell.column, _USUAL_WIDTH)
        widths[cell.column] = max(has, min(wanted, _WIDEST))
    return widths


def _wanted(cell: _Cell) -> float:
    if cell.is_number:
        return len(cell.text.partition(".")[0]) + _SPARE
    longest = max(map(len, cell.text.split()), default=0)
    return max(longest + 1.0, len(cell.text) / _LINES)


def _write_widths(sheet: Element, widths: dict[int, float]) -> None:
    namespace = _namespace(sheet)
    old = child(sheet, "cols")
    known: dict[int, Element] = {}
    for column in () if old is None else old:
        first, last = whole(attribute(column, "min")), whole(attribute(column, "max"))
        known |= dict.fromkeys(range(first, min(last, _MOST_COLUMNS) + 1), column)
    columns = etree.Element(f"{namespace}cols")
    for number, width in sorted(widths.items()):
        column = deepcopy(known[number]) if number in known else etree.Element(f"{namespace}col")
        for name, value in (("min", number), ("max", number), ("width", width)):
            column.set(name, str(value))
        column.set("customWidth", "1")
        columns.append(column)
    stored = child(sheet, "sheetData")
    if old is not None:
        sheet.remove(old)
    if len(columns) and stored is not None:
        stored.addprevious(columns)


def _raise_rows(sheet: Element, cells: Sequence[_Cell], widths: dict[int, float]) -> None:
    needed: dict[int, float] = {}
    for cell in cells:
        shown = sum(widths.get(cell.column + n, _USUAL_WIDTH) for n in range(cell.columns))
        lines = cell.text.split("\n")
        count = sum(max(1, ceil(len(line) * 1.1 / shown)) for line in lines) if cell.wraps else 1
        high = min(_HIGHEST, max(count, len(lines)) * _LINE / cell.rows)
        for number in range(cell.row, cell.row + min(cell.rows, _MOST_COLUMNS)):
            needed[number] = max(needed.get(number, 0.0), high)
    for row in sheet.iter("{*}row"):
        high = needed.get(whole(attribute(row, "r")), 0.0)
        if high > max(_decimal(attribute(row, "ht")), _LINE):
            row.set("ht", f"{high:.1f}")
            row.set("customHeight", "1")


def _decimal(text: str | None) -> float:
    try:
        return min(max(float(text or 0), 0.0), 1_000.0)
    except ValueError:
        return 0.0


def _fit(sheet: Element) -> None:
    """All columns on one page's width, as many pages long as it takes."""
    namespace = _namespace(sheet)
    properties = child(sheet, "sheetPr")
    if properties is None:
        properties = etree.Element(f"{namespace}sheetPr")
        sheet.insert(0, properties)
    setup = child(properties, "pageSetUpPr")
    if setup is None:
        setup = etree.SubElement(properties, f"{namespace}pageSetUpPr")
    setup.set("fitToPage", "1")
    page = child(sheet, "pageSetup")
    if page is None:
        page = etree.Element(f"{namespace}pageSetup")
        before = [n for n, one in enumerate(sheet) if local(one) in _BEFORE_SETUP]
        sheet.insert(max(before, default=-1) + 1, page)
        page.set("orientation", "landscape")
    page.set("paperSize", "9")
    page.set("fitToWidth", "1")
    page.set("fitToHeight", "0")
    page.attrib.pop("scale", "")
    for margins in sheet.iter("{*}pageMargins"):
        for side in ("left", "right", "top", "bottom"):
            margins.set(side, _MARGIN)


def _namespace(element: Element) -> str:
    return str(element.tag).rpartition("}")[0] + "}"
