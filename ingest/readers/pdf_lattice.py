"""Tables from their ruled lines: where cells are closed on all sides, whatever spans they have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.pdf_page import Box, Page, Rule

_TOUCH = 3.0
"""Points within which two lines meet, or are one line."""
_COVERED = 0.7
_MIN_SIDE = 6.0
_MAX_LINES = 400


@dataclass(frozen=True, slots=True)
class Frame:
    """One cell's place in the grid and on the page."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """One ruled table, without its words."""

    box: Box
    columns: tuple[float, ...]
    """Where the upright lines stand."""
    frames: tuple[Frame, ...]


def lattices(page: Page) -> list[Lattice]:
    """The ruled tables of a page, from the top; a frame around a single cell is none."""
    level, upright = _joined(page.level), _joined(page.upright)
    found = [_lattice(*group) for group in _groups(level, upright)]
    return sorted(
        (one for one in found if one is not None), key=lambda one: (one.box.top, one.box.left)
    )


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if lines and rule.at - lines[-1][-1].at <= _TOUCH / 2:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [joined for line in lines for joined in _spliced(line)]


def _spliced(line: Sequence[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in line) / len(line)
    start = end = None
    for rule in sorted(line, key=lambda one: one.start):
        if start is None or end is None:
            start, end = rule.start, rule.end
        elif rule.start <= end + _TOUCH:
            end = max(end, rule.end)
        else:
            yield Rule(at, start, end)
            start, end = rule.start, rule.end
    if start is not None and end is not None:
        yield Rule(at, start, end)


def _groups(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another, directly or through others."""
    waiting_level, waiting_upright = level[:_MAX_LINES], upright[:_MAX_LINES]
    while waiting_level:
        rows, columns, fresh = [waiting_level.pop()], [], True
        while fresh:
            met = [one for one in waiting_upright if any(_meet(row, one) for row in rows)]
            columns += met
            waiting_upright = [one for one in waiting_upright if one not in met]
            more = [one for one in waiting_level if any(_meet(one, column) for column in columns)]
            rows += more
            waiting_level = [one for one in waiting_level if one not in more]
            fresh = bool(met or more)
        if len(rows) > 1 and len(columns) > 1:
            yield rows, columns


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _TOUCH <= upright.at <= level.end + _TOUCH
        and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where lines stand, and the lines, which need not run all the way."""

    xs: list[float]
    ys: list[float]
    level: list[Rule]
    upright: list[Rule]

    def neighbours(self, row: int, column: int) -> Iterator[tuple[tuple[int, int], bool]]:
        """The four squares around one, and whether a line parts them from it."""
        left, right = self.xs[column], self.xs[column + 1]
        top, bottom = self.ys[row], self.ys[row + 1]
        yield (row - 1, column), _covers(self.level, top, left, right)
        yield (row + 1, column), _covers(self.level, bottom, left, right)
        yield (row, column - 1), _covers(self.upright, left, top, bottom)
        yield (row, column + 1), _covers(self.upright, right, top, bottom)


def _lattice(level: list[Rule], upright: list[Rule]) -> Lattice | None:
    grid = _Grid(_places(upright), _places(level), level, upright)
    frames = [_frame(region, grid) for region in _regions(grid)]
    frames = [one for one in frames if min(one.box.width, one.box.height) >= _MIN_SIDE]
    if len(frames) < 2:  # noqa: PLR2004 -- a table has at least two cells
        return None
    box = frames[0].box
    for frame in frames[1:]:
        box = box.with_(frame.box)
    frames.sort(key=lambda one: (one.row, one.column))
    return Lattice(box, tuple(grid.xs), tuple(frames))


def _places(rules: Iterable[Rule]) -> list[float]:
    places: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if places and at - places[-1][-1] <= _TOUCH:
            places[-1].append(at)
        else:
            places.append([at])
    return [sum(group) / len(group) for group in places]


def _regions(grid: _Grid) -> Iterator[list[tuple[int, int]]]:
    """Squares of the grid put together where no line parts them; those open outside left out."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    seen: set[tuple[int, int]] = set()
    for square in ((row, column) for row in range(rows) for column in range(columns)):
        if square in seen:
            continue
        region: list[tuple[int, int]] = []
        waiting, is_open = [square], False
        seen.add(square)
        while waiting:
            region.append(waiting.pop())
            for (row, column), is_parted in grid.neighbours(*region[-1]):
                if is_parted:
                    continue
                if not (0 <= row < rows and 0 <= column < columns):
                    is_open = True
                elif (row, column) not in seen:
                    seen.add((row, column))
                    waiting.append((row, column))
        if not is_open:
            yield region


def _covers(rules: Iterable[Rule], at: float, start: float, end: float) -> bool:
    drawn = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start))
        for rule in rules
        if abs(rule.at - at) <= _TOUCH
    )
    return drawn >= _COVERED * (end - start)


def _frame(region: list[tuple[int, int]], grid: _Grid) -> Frame:
    rows, columns = [square[0] for square in region], [square[1] for square in region]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    return Frame(
        box=Box(grid.xs[left], grid.ys[top], grid.xs[right], grid.ys[bottom]),
        row=top + 1,
        column=left + 1,
        row_span=bottom - top,
        column_span=right - left,
    )
