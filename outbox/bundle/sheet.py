"""One printed table in a workbook: the only place that writes cells."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from outbox.bundle.packing import settled

Value: TypeAlias = "str | int | Decimal | None"

LONGEST_CELL = 4000
_TYPEFACE = "Times New Roman"
_LINE = Side(style="thin", color="FF444444")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="FFE8EEF4")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_FORMULA_LEADS = frozenset("=+-@\t\r")
_WHOLE, _BROKEN = "#,##0", "#,##0.0##"
_A4 = 9
_LINE_POINTS = 14.5
_LONGEST_ROW = 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column: its name, its width in characters, and the name it shares with its neighbours."""

    name: str
    width: float
    group: str = ""
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one sheet shows."""

    tab: str
    title: str
    subtitle: str = ""
    headings: tuple[Heading, ...]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] = ()
    """A last row, bold; empty for none."""
    note: str = ""
    """A line below the table."""


def workbook(sheets: Sequence[Sheet], *, title: str, stamp: datetime) -> bytes:
    """An .xlsx, A4 landscape, its headings repeated on every page; same sheets, same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = ""
    book.properties.title = title
    for sheet in sheets:
        _draw(book.create_sheet(sheet.tab), sheet)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), stamp)


def first_row(sheet: Sheet) -> int:
    """The number of the first row under the headings."""
    return (3 if sheet.subtitle else 2) + 1 + (2 if _is_grouped(sheet) else 1)


def _draw(page: Worksheet, sheet: Sheet) -> None:
    last = len(sheet.headings)
    for column, heading in enumerate(sheet.headings, start=1):
        page.column_dimensions[get_column_letter(column)].width = heading.width
    _banner(page, 1, last, sheet.title, Font(name=_TYPEFACE, size=14, bold=True))
    if sheet.subtitle:
        _banner(page, 2, last, sheet.subtitle, Font(name=_TYPEFACE, size=12, italic=True))
    top = first_row(sheet)
    _head(page, sheet, top)
    for number, row in enumerate(sheet.rows, start=top):
        _row(page, number, row, sheet.headings)
    end = top + len(sheet.rows)
    if sheet.total:
        _row(page, end, sheet.total, sheet.headings, bold=True)
        page.row_dimensions[end].height = _LINE_POINTS + 6
        _widen_label(page, end, sheet.total)
        end += 1
    if sheet.note:
        _banner(page, end + 1, last, sheet.note, Font(name=_TYPEFACE, size=11, italic=True))
        _cell(page, end + 1, 1).alignment = Alignment(wrap_text=True, vertical="top")
    _set_up_print(page, sheet, top)


def _banner(page: Worksheet, row: int, last: int, words: str, font: Font) -> None:
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    cell = _cell(page, row, 1)
    _write(cell, words)
    cell.font = font
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    wide = sum(page.column_dimensions[get_column_letter(n)].width for n in range(1, last + 1))
    lines = max(1, -(-len(words) // max(int(wide), 60)))
    page.row_dimensions[row].height = 21.0 * lines


def _is_grouped(sheet: Sheet) -> bool:
    return any(heading.group for heading in sheet.headings)


def _head(page: Worksheet, sheet: Sheet, top: int) -> None:
    first = top - (2 if _is_grouped(sheet) else 1)
    for column, heading in enumerate(sheet.headings, start=1):
        for row in range(first, top):
            _style(_cell(page, row, column), bold=True, centred=True, across="center")
            _cell(page, row, column).fill = _SHADE
        named = _cell(page, top - 1 if heading.group else first, column)
        _write(named, heading.name)
        if not heading.group and first < top - 1:
            page.merge_cells(
                start_row=first, start_column=column, end_row=top - 1, end_column=column
            )
    for start, end, group in _groups(sheet.headings):
        _write(_cell(page, first, start), group)
        page.merge_cells(start_row=first, start_column=start, end_row=first, end_column=end)
    longest = max(len(one.name) / max(one.width - 1, 1) for one in sheet.headings)
    page.row_dimensions[top - 1].height = _LINE_POINTS * min(max(2.0, longest + 1.0), 5.0)


def _groups(headings: Sequence[Heading]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for column, heading in enumerate(headings, start=1):
        if not heading.group:
            continue
        if found and found[-1][1] == column - 1 and found[-1][2] == heading.group:
            found[-1] = (found[-1][0], column, heading.group)
        else:
            found.append((column, column, heading.group))
    return found


def _row(
    page: Worksheet,
    number: int,
    values: Sequence[Value],
    headings: Sequence[Heading],
    *,
    bold: bool = False,
) -> None:
    lines = 1.0
    for column, (value, heading) in enumerate(zip(values, headings, strict=True), start=1):
        cell = _cell(page, number, column)
        _write(cell, value)
        _style(cell, bold=bold, centred=heading.centred or isinstance(value, int))
        lines = max(lines, _lines(str(value or ""), heading.width))
    page.row_dimensions[number].height = min(_LINE_POINTS * lines + 4, _LONGEST_ROW)


def _lines(words: str, width: float) -> float:
    """How many lines the words will take: not every viewer grows a row by itself."""
    fits = max(width * 1.2, 4.0)
    return sum(max(1.0, -(-len(line) // fits)) for line in words.split("\n"))


def _widen_label(page: Worksheet, row: int, total: Sequence[Value]) -> None:
    """Let the label of the last row run up to its first figure."""
    figures = (n for n, value in enumerate(total[1:], start=2) if value is not None)
    if (last := next(figures, len(total)) - 1) > 1:
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)


def _style(cell: Cell, *, bold: bool, centred: bool, across: str = "top") -> None:
    cell.font = Font(name=_TYPEFACE, size=11, bold=bold)
    cell.border = _BOX
    cell.alignment = Alignment(
        horizontal="center" if centred else None, vertical=across, wrap_text=True
    )


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        message = f"{page.title}: row {row}, column {column} lies inside a merged cell"
        raise TypeError(message)
    return cell


def _write(cell: Cell, value: Value) -> None:
    """Numbers as numbers, words as words: nothing a stranger wrote is ever a formula."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        words = clean(value)
        cell.value = words
        cell.data_type = "s"
        cell.quotePrefix = words[:1] in _FORMULA_LEADS
        return
    cell.value = value
    if isinstance(value, Decimal):
        cell.number_format = _WHOLE if value == value.to_integral_value() else _BROKEN


def clean(text: str) -> str:
    """Words for a cell: line ends stay, whatever cannot be seen goes, no essay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    lines = re.sub(r"\n{2,}", "\n", "\n".join(" ".join(line.split()) for line in seen.split("\n")))
    whole = lines.strip("\n")
    return whole if len(whole) <= LONGEST_CELL else f"{whole[: LONGEST_CELL - 1]}…"


def _set_up_print(page: Worksheet, sheet: Sheet, top: int) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{top - (2 if _is_grouped(sheet) else 1)}:{top - 1}"
    page.freeze_panes = f"A{top}"
    margins = page.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
    if (footer := page.oddFooter) is not None and footer.center is not None:
        footer.center.text = "Trang &P/&N"
