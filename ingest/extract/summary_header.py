"""The header of a summary table: which column is which, over one row or two, and its units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from dossier import Call, Column
from dossier.vietnamese import fold, key
from ingest.extract import money
from ingest.extract.grid import Grid
from ingest.extract.passage import Passage

TITLE = "ten"
MONEY = ("kinh_phi", "kinh_phi_nsnn", "kinh_phi_khac")
ENOUGH = 3
"""A title column and two more make a header."""
_FIRST_ROWS = 30
_ALIKE = 86
_LONGEST = 160
"""A longer cell is an answer, not a header."""
_COUNTING = re.compile(r"^\W*\(?\d{1,2}\)?(?:\s*=.*)?\W*$")
_SECOND = frozenset(
    {
        "tong", "tong so", "tong cong", "nsnn", "snkh", "khac", "doi ung", "nguon khac",
        "bat dau", "ket thuc", "ngan sach nha nuoc", "ngan sach",
    }
)  # fmt: skip
_UNIT_LINE = re.compile(
    r"\b(?:dvt|don vi(?: tinh)?)\s*:?\s*\(?\s*(?P<unit>(?:1[.,]000|nghin|ngan|trieu|tr|ty|ti)?"
    r"[ .]*(?:dong|vnd|d)\b|trieu|ty)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the header stands and which column each key is."""

    row: int
    last_row: int
    columns: Mapping[str, int]
    units: Mapping[str, Decimal | None] = field(default_factory=dict[str, Decimal | None])
    """What one is worth in million đồng, for the columns of money; None when nobody wrote it."""
    title: str = ""
    """What the title column is headed, to know the header when a new page repeats it."""
    unknown: tuple[str, ...] = ()
    """Headers of columns nobody understood."""
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """Further columns under the same header: beginning and end under “Thời gian”."""


def find(grid: Grid, call: Call, unit_above: Decimal | None = None) -> Header | None:
    """The first row that names a title column and two more of the call's; None without one."""
    for row in grid.rows[:_FIRST_ROWS]:
        found = mapped(grid, row, call)
        if TITLE in found and len(found) >= ENOUGH:
            header = _past_counting(grid, _with_second_row(grid, row, found, call))
            title = grid.text(row, found[TITLE])
            return replace(
                header,
                title=title,
                units=_units(grid, header, unit_above),
                unknown=_unknown(grid, header, call),
            )
    return None


def mapped(grid: Grid, row: int, call: Call) -> dict[str, int]:
    """Which columns one row names, the first column of a key winning."""
    found: dict[str, int] = {}
    for column in grid.columns:
        text = grid.text(row, column)
        name = column_of(text, call) if len(text) <= _LONGEST else ""
        if name:
            found.setdefault(name, column)
    return found


def column_of(header: str, call: Call) -> str:
    """The key of the column a header names; empty when it names none we know."""
    said = key(re.sub(r"\([^)]*\)?", " ", header)) or key(header)
    if not said:
        return ""
    likest = ("", 0.0)
    inside = {key(text) for text in re.findall(r"\(([^()]*)\)", header)}
    for column in call.columns:
        if column.key == TITLE and inside & set(_aliases(column)):
            return TITLE
        for alias in _aliases(column):
            if said == alias:
                return column.key
            likest = max(likest, (column.key, _alike(said, alias)), key=lambda one: one[1])
    return likest[0]


def unit_above(lines: Sequence[Passage]) -> Decimal | None:
    """The unit of a line such as “ĐVT: triệu đồng”."""
    for line in lines:
        if match := _UNIT_LINE.search(line.folded):
            return money.unit_of(match["unit"])
    return None


@lru_cache(maxsize=256)
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


def _with_second_row(grid: Grid, row: int, found: dict[str, int], call: Call) -> Header:
    """Take in a second header row: Tổng, NSNN, Khác below “Kinh phí”."""
    below = grid.below(row)
    last = max(cell.row + cell.row_span - 1 for (at, _), cell in grid.cells.items() if at == row)
    if below is None or not (last > row or _is_second_row(grid, below, found)):
        return Header(row=row, last_row=last, columns=found)
    columns = dict(found)
    more: dict[str, tuple[int, ...]] = {}
    for column in grid.columns:
        text = grid.text(below, column) if grid.starts(below, column) else ""
        if not text:
            continue
        parent = column_of(grid.text(row, column), call) or _parent(grid, row, column, found)
        name = column_of(text, call)
        if name and (name not in columns or (name in MONEY and parent in {"kinh_phi", ""})):
            columns[name] = column
        elif parent and re.search(r"bat dau|ket thuc|tu\b|den\b", fold(text)):
            more[parent] = (*more.get(parent, ()), column)
    parts = {columns[name] for name in MONEY[1:] if name in columns}
    if columns.get(MONEY[0]) in parts:
        del columns[MONEY[0]]
    return Header(row=row, last_row=max(last, below), columns=columns, more=more)


def _is_second_row(grid: Grid, below: int, found: dict[str, int]) -> bool:
    """Below a title there is nothing yet, below the money its sources."""
    title = grid.starts(below, found[TITLE])
    if title is not None and title.text.strip():
        return False
    return any(
        key(grid.text(below, column)) in _SECOND
        for column in grid.columns
        if grid.starts(below, column)
    )


def _parent(grid: Grid, row: int, column: int, found: dict[str, int]) -> str:
    """The header a column stands under when the merged cell was written as one and blanks."""
    if grid.text(row, column):
        return ""
    left = [(place, name) for name, place in found.items() if place < column]
    return max(left)[1] if left else ""


def _past_counting(grid: Grid, header: Header) -> Header:
    """Step over a row that only counts the columns: (1), (2), (3) …."""
    below = grid.below(header.last_row)
    if below is None:
        return header
    said = [text for column in grid.columns if (text := grid.text(below, column))]
    counts = len(said) >= ENOUGH and all(_COUNTING.match(text) for text in said)
    return replace(header, last_row=below) if counts else header


def _unknown(grid: Grid, header: Header, call: Call) -> tuple[str, ...]:
    """Headers of the first row that name no column; one over named parts is understood."""
    taken = {*header.columns.values(), *(one for more in header.more.values() for one in more)}
    said = {
        column: text
        for column in grid.columns
        if column not in taken and (text := grid.text(header.row, column))
    }
    return tuple(dict.fromkeys(text for text in said.values() if not column_of(text, call)))


def _units(grid: Grid, header: Header, above: Decimal | None) -> dict[str, Decimal | None]:
    """Each money column's own unit, else the one another of them names, else the line above."""
    own = {
        name: money.unit_of(
            " ".join(grid.text(row, column) for row in range(header.row, header.last_row + 1))
        )
        for name, column in header.columns.items()
        if name in MONEY
    }
    shared = next((unit for unit in own.values() if unit is not None), above)
    return {name: unit or shared for name, unit in own.items()}
