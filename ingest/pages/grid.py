"""Where the short cells of a sheet stand, by the rows and columns of the long ones.

A sheet's preview is not drawn in the order of reading, and “24 tháng” or “1” stands in many places:
long texts are found by their letters, and what lies where their rows and columns meet is the rest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.pages.drawing import Rect

_CELL = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_SLACK = 0.004
"""Share of the page a word may reach beyond its column."""


class _Placed(Protocol):
    """A word on a page."""

    @property
    def text(self) -> str: ...

    @property
    def page(self) -> int: ...

    @property
    def box(self) -> Rect: ...


@dataclass(frozen=True, slots=True)
class _Name:
    """A cell's."""

    sheet: str
    column: str
    row: int


@dataclass(slots=True)
class _Band:
    """From where to where something reaches on a page."""

    start: float
    end: float

    def widen(self, start: float, end: float) -> None:
        self.start, self.end = min(self.start, start), max(self.end, end)

    def holds(self, first: float, last: float) -> bool:
        return self.start - _SLACK <= (first + last) / 2 <= self.end + _SLACK


def cells_between(
    cells: Iterable[tuple[str, str]],
    words: Sequence[_Placed],
    found: Mapping[str, tuple[int, int]],
) -> Iterator[tuple[str, int, int]]:
    """The first word and the one after the last, of cells not found yet.

    `cells` are spots and texts; spots that name no cell of a sheet are passed over. `found` counts
    words. In a column of short cells only, the very text must stand in the row.
    """
    rows: dict[tuple[str, int, int], _Band] = {}
    columns: dict[tuple[str, str], _Band] = {}
    taken: set[int] = set()
    for spot, (first, last) in found.items():
        if (name := _named(spot)) is None:
            continue
        taken.update(range(first, last))
        for word in words[first:last]:
            left, top, right, bottom = word.box
            rows.setdefault((name.sheet, name.row, word.page), _Band(top, bottom)).widen(
                top, bottom
            )
            columns.setdefault((name.sheet, name.column), _Band(left, right)).widen(left, right)
    for spot, text in cells:
        name = _named(spot)
        if name is None or spot in found:
            continue
        across = columns.get((name.sheet, name.column), _Band(0.0, 1.0))
        inside = [
            number
            for number, word in enumerate(words)
            if number not in taken
            and (band := rows.get((name.sheet, name.row, word.page))) is not None
            and band.holds(word.box[1], word.box[3])
            and across.holds(word.box[0], word.box[2])
        ]
        if (name.sheet, name.column) not in columns:
            inside = _saying(text.split(), inside, words)
        if inside:
            yield spot, inside[0], _end_of_run(inside)


def _named(spot: str) -> _Name | None:
    cell = _CELL.fullmatch(spot)
    return cell and _Name(cell["sheet"], cell["column"], int(cell["row"]))


def _saying(text: list[str], numbers: Sequence[int], words: Sequence[_Placed]) -> list[int]:
    """Those that say this text, word for word."""
    for at in range(len(numbers) - len(text) + 1):
        run = list(numbers[at : at + len(text)])
        if [words[number].text for number in run] == text:
            return run
    return []


def _end_of_run(numbers: Sequence[int]) -> int:
    """The number after the last of those that follow one another from the first."""
    end = numbers[0] + 1
    while end in numbers:
        end += 1
    return end
