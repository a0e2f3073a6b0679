"""Bảng tổng hợp đề xuất: header rows by their aliases, one row a task."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from rapidfuzz import fuzz

from dossier import Budget, Call, Column, Place, SummaryRow, SummaryTable, Text
from dossier.vietnamese import fold, key, tidy
from ingest.content import Cell, Table
from ingest.extract import money
from ingest.extract.duration import duration
from ingest.extract.passage import Passage, clip, without_leaders, words

_HEADER_ROWS = 30
_ALIKE = 86
_TITLE = "ten"
_MONEY = ("kinh_phi", "kinh_phi_nsnn", "kinh_phi_khac")
_TOTAL = re.compile(
    r"^\W*(?:tong(?: cong| so| kinh phi)?|cong)\b\W*(?:\(.*\))?\W*(?:\d+ nhiem vu)?\W*$"
)
_FOOT = re.compile(
    r"^(?:noi nhan|nguoi lap|thu truong|ghi chu\s*:|\(ghi chu|t/?m\.|kt\.|giam doc|chu tich|ky ten)|ngay .{0,12}thang .{0,12}nam"
)
_GROUP = re.compile(r"^\W*(?:[ivx]{1,5}|[a-h])\W*$")
_COUNTING = re.compile(r"^\W*\(?\d{1,2}\)?(?:\s*=.*)?\W*$")
_PRIORITY = re.compile(r"(?:uu tien\s*(?:so|thu)?\s*)?(\d{1,2})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    cells: Mapping[tuple[int, int], Cell]
    """Every place, those a merged cell covers included."""
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return tidy(cell.text.replace("\n", " ")) if cell else ""

    def starts(self, row: int, column: int) -> Cell | None:
        """The cell, when it begins in this row (a cell merged downwards belongs to its first)."""
        cell = self.cells.get((row, column))
        return cell if cell and cell.row == row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the header stands and which column each key is."""

    row: int
    last_row: int
    columns: Mapping[str, int]
    units: Mapping[str, Decimal | None] = field(default_factory=dict[str, Decimal | None])
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """Further columns under the same header: beginning and end under “Thời gian”."""


def find_header(table: Table, call: Call, unit_above: str = "") -> Header | None:
    """The header of a summary table: at least a title column and two more of the call's."""
    return _header(_grid(table), call, unit_above)


def extract(
    tables: Sequence[Table], lines: Sequence[Passage], call: Call, file: str, text: Text
) -> SummaryTable | None:
    """Read the summary table among these tables, parts broken over pages put together.

    None when no table has the header of one; a table with a header and no task has no rows.
    """
    above = _unit_above(lines)
    header: Header | None = None
    width: tuple[int, ...] = ()
    rows: list[SummaryRow] = []
    first: Table | None = None
    doubtful = False
    for table in tables:
        if table.hidden:
            continue
        grid = _grid(table)
        own = _header(grid, call, f"{above}\n{_unit_in(table)}")
        if own is not None:
            header, width = own, grid.columns
            start = own.last_row
        elif header is not None and len(grid.columns) == len(width):
            start = -1
        else:
            turned = _turned(grid)
            own = _header(turned, call, above) if header is None and _is_titled(lines) else None
            if own is None:
                continue
            grid, header, width, start = turned, own, turned.columns, own.last_row
        first = first or table
        rows = _rows(grid, start, header, rows, call, file)
        rows = _marked(rows, table, header)
        doubtful = doubtful or _is_doubtful(table, header)
    if header is None or first is None:
        return None
    title = next((line for line in lines if "tong hop" in line.folded), None)
    at = title.place(file) if title else Place(file, first.spot)
    return SummaryTable(
        at=at,
        rows=tuple(_with_priorities(rows)),
        columns=tuple(header.columns),
        text=text,
        confidence=0.7 if doubtful else 1.0,
    )


def column_of(header: str, call: Call) -> str:
    """The key of the column a header names; empty when it names none we know."""
    words_only = re.sub(r"\([^)]*\)?", " ", header)
    said = key(words_only) or key(header)
    if not said:
        return ""
    exact = [column.key for column in call.columns if said in _aliases(column)]
    if exact:
        return exact[0]
    best: tuple[float, str] = (0, "")
    for column in call.columns:
        for alias in _aliases(column):
            score = _alike(said, alias)
            if score > best[0]:
                best = (score, column.key)
    return best[1]


def _aliases(column: Column) -> tuple[str, ...]:
    return tuple(key(alias) for alias in (column.header, *column.aliases))


def _alike(said: str, alias: str) -> float:
    """A longer alias found whole beats a shorter one; one word must be the whole header."""
    if " " not in alias:
        return 0
    if f" {alias} " in f" {said} ":
        early = 20 if said.startswith(alias) else 0
        return 100 + early + len(alias)
    likeness = fuzz.ratio(said, alias)
    return likeness if likeness >= _ALIKE else 0


def _grid(table: Table) -> _Grid:
    cells: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + max(1, min(cell.row_span, 500))):
            for column in range(cell.column, cell.column + max(1, min(cell.column_span, 100))):
                cells.setdefault((row, column), cell)
    return _Grid(
        cells=cells,
        rows=tuple(sorted({row for row, _ in cells})),
        columns=tuple(sorted({column for _, column in cells})),
    )


def _turned(grid: _Grid) -> _Grid:
    """The same grid with rows and columns exchanged: a table whose fields stand one below the other."""
    cells = {
        (column, row): replace(
            cell,
            row=cell.column,
            column=cell.row,
            row_span=cell.column_span,
            column_span=cell.row_span,
        )
        for (row, column), cell in grid.cells.items()
    }
    return _Grid(cells=cells, rows=grid.columns, columns=grid.rows)


def _header(grid: _Grid, call: Call, above: str) -> Header | None:
    best: Header | None = None
    for place, row in enumerate(grid.rows[:_HEADER_ROWS]):
        found = _mapped(grid, row, call)
        if _TITLE not in found or len(found) < 3:  # noqa: PLR2004 -- a title column and two more
            continue
        below = grid.rows[place + 1] if place + 1 < len(grid.rows) else None
        header = _with_second_row(grid, row, below, found, call)
        if best is None or len(header.columns) > len(best.columns):
            best = header
        break
    return None if best is None else replace(best, units=_units(grid, best, above))


def _mapped(grid: _Grid, row: int, call: Call) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in grid.columns:
        text = grid.text(row, column)
        if len(text) > 160:  # noqa: PLR2004 -- an answer, not a header
            continue
        name = column_of(text, call)
        if name and name not in found:
            found[name] = column
    return found


def _with_second_row(
    grid: _Grid, row: int, below: int | None, found: dict[str, int], call: Call
) -> Header:
    """Take in a second header row: Tổng, NSNN, Khác below “Kinh phí”."""
    columns = dict(found)
    more: dict[str, tuple[int, ...]] = {}
    last = max(
        (cell.row + cell.row_span - 1 for (place, _), cell in grid.cells.items() if place == row),
        default=row,
    )
    if below is not None and (last > row or _is_second_row(grid, below, found)):
        last = max(last, below)
        for column in grid.columns:
            cell = grid.starts(below, column)
            text = grid.text(below, column) if cell else ""
            parent = column_of(grid.text(row, column), call) or _parent(
                grid, row, column, found, call
            )
            if not text:
                continue
            name = column_of(text, call)
            if name in _MONEY and (parent == "kinh_phi" or not parent):
                columns[name] = column
            elif name and name not in columns:
                columns[name] = column
            elif parent and re.search(r"bat dau|ket thuc|tu\b|den\b", fold(text)):
                more[parent] = (*more.get(parent, ()), column)
        sums = [name for name in _MONEY if name in columns]
        if (
            "kinh_phi" in columns
            and len(sums) > 1
            and columns["kinh_phi"] in {columns[name] for name in sums if name != "kinh_phi"}
        ):
            del columns["kinh_phi"]
    counting = [one for one in grid.rows if one > last][:1]
    if (
        counting
        and all(
            _COUNTING.match(grid.text(counting[0], column))
            for column in grid.columns
            if grid.text(counting[0], column)
        )
        and len([column for column in grid.columns if grid.text(counting[0], column)]) >= 3
    ):  # noqa: PLR2004 -- a row that counts the columns
        last = counting[0]
    return Header(row=row, last_row=last, columns=columns, more=more)


def _parent(grid: _Grid, row: int, column: int, found: dict[str, int], call: Call) -> str:
    """The header a column stands under when the merged cell was written as one and blanks."""
    del call
    if grid.text(row, column):
        return ""
    left = [(place, name) for name, place in found.items() if place < column]
    return max(left)[1] if left else ""


def _is_second_row(grid: _Grid, below: int, found: dict[str, int]) -> bool:
    title = grid.starts(below, found[_TITLE])
    text = grid.text(below, found[_TITLE]) if title else ""
    said = [key(grid.text(below, column)) for column in grid.columns if grid.starts(below, column)]
    return not text and any(
        one
        in {
            "tong",
            "tong so",
            "tong cong",
            "nsnn",
            "snkh",
            "khac",
            "doi ung",
            "nguon khac",
            "bat dau",
            "ket thuc",
            "ngan sach nha nuoc",
            "ngan sach",
        }
        for one in said
    )


def _units(grid: _Grid, header: Header, above: str) -> dict[str, Decimal | None]:
    default = money.unit_of(above)
    units: dict[str, Decimal | None] = {}
    shared: Decimal | None = None
    for name in _MONEY:
        if name not in header.columns:
            continue
        said = " ".join(
            grid.text(row, header.columns[name]) for row in range(header.row, header.last_row + 1)
        )
        own = money.unit_of(said)
        shared = shared or own
        units[name] = own
    return {name: unit or shared or default for name, unit in units.items()}


def _unit_above(lines: Sequence[Passage]) -> str:
    return "\n".join(
        line.text
        for line in lines
        if re.search(r"\b(?:dvt|don vi tinh|don vi)\b.{0,20}(?:dong|trieu|ty|vnd)", line.folded)
    )


def _unit_in(table: Table) -> str:
    return "\n".join(
        cell.text
        for cell in table.cells
        if re.search(r"\b(?:dvt|don vi tinh|don vi)\b.{0,20}(?:dong|trieu|ty|vnd)", fold(cell.text))
    )


def _is_titled(lines: Sequence[Passage]) -> bool:
    return any("tong hop" in line.folded for line in lines[:20])


def _rows(
    grid: _Grid, start: int, header: Header, rows: list[SummaryRow], call: Call, file: str
) -> list[SummaryRow]:
    kept = list(rows)
    for row in grid.rows:
        if row <= start:
            continue
        texts = {name: _cell(grid, row, column) for name, column in header.columns.items()}
        for name, columns in header.more.items():
            texts[name] = (
                " ".join(_cell(grid, row, column) for column in columns)
                if not texts.get(name)
                else texts[name]
            )
        everything = [grid.text(row, column) for column in grid.columns if grid.starts(row, column)]
        filled = [text for text in everything if _is_said(text)]
        if not filled:
            continue
        if _FOOT.search(fold(filled[0])) and len(filled) <= 3:  # noqa: PLR2004 -- a foot, not a task
            break
        if any(_TOTAL.match(fold(text)) for text in filled[:2]) or _repeats_header(
            grid, row, header, call
        ):
            continue
        title = _title(texts[_TITLE])
        number = texts.get("stt", "")
        if _GROUP.match(fold(number)) and len(filled) <= 3:  # noqa: PLR2004 -- “I. Lĩnh vực công nghiệp”
            continue
        if kept and _continues(title, number, texts, header):
            kept[-1] = _joined(kept[-1], texts, title, header)
            continue
        if len(words(title)) < 2 or (
            len(filled) == 1 and not re.match(r"\d", number) and len(grid.columns) > 3
        ):  # noqa: PLR2004 -- blank row of a template, or a heading
            continue
        spot = _spot(grid, row, header)
        kept.append(_row(file, spot, title, texts, header, len(kept) + 1))
    return kept


def _cell(grid: _Grid, row: int, column: int) -> str:
    cell = grid.starts(row, column)
    if cell is None:
        return ""
    text = "\n".join(part for line in cell.text.splitlines() if (part := without_leaders(line)))
    return text if _is_said(text) else ""


def _is_said(text: str) -> bool:
    return bool(re.search(r"[^\W_]", text))


def _title(text: str) -> str:
    flat = " ".join(text.split())
    flat = re.sub(r"^\d{1,2}\s*[.)]\s+(?=\D)", "", flat)
    whole = re.fullmatch(r"[“«\"](.+)[”»\"]\.?", flat)
    return (whole[1] if whole else flat).strip(" .;")


def _repeats_header(grid: _Grid, row: int, header: Header, call: Call) -> bool:
    mapped = _mapped(grid, row, call)
    return mapped.get(_TITLE) == header.columns[_TITLE] and len(mapped) >= 3  # noqa: PLR2004 -- the header again, on a new page


def _continues(title: str, number: str, texts: Mapping[str, str], header: Header) -> bool:
    """A row broken over pages goes on without a number, in the middle of a sentence."""
    if number or texts.get("uu_tien"):
        return False
    if not title:
        return any(text for name, text in texts.items() if name not in _MONEY)
    return "stt" in header.columns and title[0].islower()


def _joined(before: SummaryRow, texts: Mapping[str, str], title: str, header: Header) -> SummaryRow:
    cells = {
        name: f"{before.cells.get(name, '')} {text}".strip() if text else before.cells.get(name, "")
        for name, text in {**before.cells, **texts}.items()
    }
    whole = f"{before.title} {title}".strip()
    return _row(before.at.file, before.at.spot, whole, cells, header, before.order)


def _row(
    file: str, spot: str, title: str, texts: Mapping[str, str], header: Header, order: int
) -> SummaryRow:
    at = Place(file, spot, clip(title))
    cells = {name: text for name, text in texts.items() if text}
    return SummaryRow(
        at=at,
        title=title,
        order=order,
        priority=_priority(texts.get("uu_tien", "")),
        cells=cells,
        duration=duration(cells["thoi_gian"], Place(file, spot, clip(cells["thoi_gian"])))
        if "thoi_gian" in cells
        else None,
        budget=_budget(cells, header, Place(file, spot)),
    )


def _budget(cells: Mapping[str, str], header: Header, at: Place) -> Budget | None:
    state, other = (
        money.amount(cells[name], header.units.get(name)) if name in cells else None
        for name in ("kinh_phi_nsnn", "kinh_phi_khac")
    )
    said = cells.get("kinh_phi", "")
    total = money.amount(said, header.units.get("kinh_phi")) if said else None
    if said and state is None and other is None:
        whole = money.budget(said, at, header.units.get("kinh_phi"))
        if whole is not None:
            return replace(whole, at=Place(at.file, at.spot, clip(said)))
    if (
        total is None
        and "kinh_phi" not in header.columns
        and (state is not None or other is not None)
    ):
        total = (state or Decimal(0)) + (other or Decimal(0))
    if total is None and state is None and other is None:
        return None
    quoted = "; ".join(cells[name] for name in _MONEY if name in cells)
    return Budget(at=Place(at.file, at.spot, clip(quoted)), total=total, state=state, other=other)


def _priority(text: str) -> int | None:
    match = _PRIORITY.search(fold(text))
    return int(match[1]) if match else None


def _with_priorities(rows: Sequence[SummaryRow]) -> list[SummaryRow]:
    """Take ranks from the notes (“Ưu tiên 2”) when every row bears one."""
    if any(row.priority is not None for row in rows):
        return list(rows)
    noted = [
        re.search(r"uu tien\s*(?:so|thu)?\s*(\d{1,2})\b", fold(row.cells.get("ghi_chu", "")))
        for row in rows
    ]
    if rows and all(noted):
        return [
            replace(row, priority=int(match[1]))
            for row, match in zip(rows, noted, strict=True)
            if match
        ]
    return list(rows)


def _spot(grid: _Grid, row: int, header: Header) -> str:
    cell = grid.starts(row, header.columns[_TITLE])
    return cell.spot if cell else f"dòng {row + 1}"


def _marked(rows: list[SummaryRow], table: Table, header: Header) -> list[SummaryRow]:
    """Mark the rows that a filter or a person hid in the sheet."""
    title = header.columns[_TITLE]
    spots = {
        cell.spot for cell in table.cells if cell.column == title and cell.row in table.hidden_rows
    }
    return [replace(row, hidden=True) if row.at.spot in spots else row for row in rows]


def _is_doubtful(table: Table, header: Header) -> bool:
    """A title that is a formula nobody has calculated yet: a person looks."""
    title = header.columns[_TITLE]
    return any(
        cell.column == title and cell.row > header.last_row and cell.spot in table.stale
        for cell in table.cells
    )
