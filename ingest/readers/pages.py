"""Pages to lines and tables in reading order, whether their words were printed or recognised."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from ingest.content import Cell, Line, Table
from ingest.readers.legacy import prevailing
from ingest.readers.pdf_lattice import Lattice, lattices
from ingest.readers.pdf_lines import (
    Stretch,
    Written,
    cell_text,
    in_order,
    rows,
    stretches,
)
from ingest.readers.pdf_page import Box, Page, Word

_MARGIN = 48.0
"""Points at a page's top and bottom where headers and footers stand.

No more: two letters in one file begin with the same words at the same height, and are no header.
"""
_NUMBER_MARGIN = 80.0
"""Points at a page's top and bottom where a number alone is the page's."""
_MARGIN_SHIFT = 4.0
_PAGE_NUMBER = re.compile(
    r"(?:trang|page)?[\s\-–]*\d{1,3}(?:\s*[/|]\s*\d{1,3})?[\s\-–]*", re.IGNORECASE
)
_PADDING = 11.0
"""What a cell's width loses to its paddings, in points; Word and Calc leave about this."""
_SAME_COLUMN = 4.0


@dataclass(slots=True)
class _Part:
    """A table on one page, before pages are joined."""

    lattice: Lattice
    rows: list[list[Cell]]
    page: int
    is_last: bool = False
    """Nothing but margins stands below it on its page."""


class Layout:
    """One walk through all pages; `items` first, the rest is known after it."""

    def __init__(self, pages: list[Page]) -> None:
        """Put the words of every page into lines, tables among them."""
        self.pages = pages
        self.lines = [rows(stretches(page.words)) for page in pages]
        self.written = Written(prevailing(map(_raw, chain(*self.lines))))
        self.margins: list[Line] = []
        self.tables = 0

    def items(self) -> Iterator[Line | Table]:
        """Lines and tables, a table that runs over pages once, where it begins."""
        repeated = _repeated(self.pages, self.lines)
        open_part: _Part | None = None
        waiting: list[Line | Table | _Part] = []
        for number, page in enumerate(self.pages, start=1):
            blocks = list(self._blocks(page, number, repeated))
            if open_part and blocks and isinstance(blocks[0], _Part):
                part = blocks[0]
                if _continues(open_part, part):
                    self._join(open_part, part)
                    open_part.is_last = len(blocks) == 1
                    del blocks[0]
            waiting += blocks
            last = blocks[-1] if blocks else None
            if blocks or not (open_part and open_part.is_last):
                open_part = last if isinstance(last, _Part) else None
        opened = 0
        for block in waiting:
            item = self._table(block) if isinstance(block, _Part) else block
            page_number = item.page or 0
            yield replace(item, new_page=page_number > opened)
            opened = max(opened, page_number)

    def _blocks(
        self, page: Page, number: int, repeated: set[tuple[str, int]]
    ) -> Iterator[Line | _Part]:
        grids = [
            one for one in lattices(page) if any(one.box.holds(word.box) for word in page.words)
        ]
        outer = [
            one
            for one in grids
            if not any(other is not one and other.box.holds(one.box) for other in grids)
        ]
        lines = self.lines[number - 1]
        if outer:
            lines = rows(
                stretches(
                    word
                    for word in page.words
                    if not any(one.box.holds(word.box, 1.0) for one in outer)
                )
            )
        lines = self._without_margins(lines, page, number, repeated)
        counter = 0
        for grid in (*outer, None):
            top = grid.box.top if grid else page.height * 2
            above = [line for line in lines if line[0].box.middle < top]
            lines = lines[len(above) :]
            for line in in_order(above):
                counter += 1
                text = "\t".join(filter(None, (self.written.text(one.words) for one in line)))
                if text:
                    bold = all(one.bold for one in line)
                    spot = f"trang {number}, dòng {counter}"
                    yield Line(
                        text=text,
                        spot=spot,
                        page=number,
                        bold=bold,
                        confidence=_confidence(word for one in line for word in one.words),
                    )
            if grid:
                inner = [one for one in grids if one is not grid and grid.box.holds(one.box)]
                yield self._part(grid, page, number, inner)

    def _without_margins(
        self,
        lines: list[list[Stretch]],
        page: Page,
        number: int,
        repeated: set[tuple[str, int]],
    ) -> list[list[Stretch]]:
        """Take out what stands at the same height on other pages too, and page numbers."""
        kept: list[list[Stretch]] = []
        for line in lines:
            words = _raw(line)
            is_number = _PAGE_NUMBER.fullmatch(words) and _is_in_margin(line, page, _NUMBER_MARGIN)
            if is_number or (_is_in_margin(line, page) and _mark(words, line) in repeated):
                text = self.written.text(word for one in line for word in one.words)
                self.margins.append(Line(text=text, spot=f"lề trang {number}", page=number))
            else:
                kept.append(line)
        return kept

    def _part(self, grid: Lattice, page: Page, number: int, inner: list[Lattice]) -> _Part:
        cells: dict[int, list[Cell]] = {}
        written = [word for word in page.words if grid.box.holds(word.box)]
        for frame in grid.frames:
            words = [word for word in written if frame.box.holds(word.box)]
            nested = [one for one in inner if frame.box.holds(one.box)]
            parts = [self._part(one, page, number, []) for one in nested]
            cells.setdefault(frame.row, []).append(
                Cell(
                    text=self._cell_text(frame.box, words, nested, parts),
                    row=frame.row,
                    column=frame.column,
                    row_span=frame.row_span,
                    column_span=frame.column_span,
                    confidence=_confidence(words),
                    tables=tuple(
                        Table(
                            cells=tuple(cell for row in part.rows for cell in row),
                            spot=f"trang {number}, bảng trong ô",
                            page=number,
                        )
                        for part in parts
                    ),
                )
            )
        return _Part(grid, [cells[row] for row in sorted(cells)], number)

    def _cell_text(
        self, box: Box, words: list[Word], nested: list[Lattice], parts: list[_Part]
    ) -> str:
        """The words of a cell, an inner table's rows a line each."""
        texts: list[str] = []
        for one, part in zip(nested, parts, strict=True):
            above = [word for word in words if word.box.middle < one.box.top]
            words = [word for word in words if word.box.middle > one.box.bottom]
            texts.append(cell_text(above, box.width - _PADDING, self.written))
            texts += ("\t".join(_flat(cell.text) for cell in row) for row in part.rows)
        texts.append(cell_text(words, box.width - _PADDING, self.written))
        return "\n".join(filter(None, texts))

    def _join(self, part: _Part, more: _Part) -> None:
        """Rows of the next page: a repeated head goes, a row cut by the page is made whole."""
        following = more.rows
        while following and [one.text for one in following[0]] in (
            [one.text for one in row] for row in part.rows[:3]
        ):
            following = following[1:]
        if following and _is_rest(following[0]):
            part.rows[-1] = _mended(part.rows[-1], following[0])
            following = following[1:]
        part.rows += following

    def _table(self, part: _Part) -> Table:
        self.tables += 1
        name = f"bảng {self.tables}"
        shift, last = 0, 0
        cells: list[Cell] = []
        for row in part.rows:
            number = row[0].row + shift
            if number <= last:
                shift += last + 1 - number
                number = last + 1
            last = number
            cells += (
                replace(
                    cell,
                    row=number,
                    spot=f"trang {part.page}, {name}, dòng {number}, cột {cell.column}",
                )
                for cell in row
            )
        spot = f"trang {part.page}, {name}"
        return Table(cells=tuple(cells), spot=spot, page=part.page)


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _confidence(words: Iterable[Word]) -> float:
    """How surely words were read: the mean over their letters; 1 where there are none."""
    counted = [(len(word.text), word.confidence) for word in words]
    letters = sum(count for count, _ in counted)
    return sum(count * sure for count, sure in counted) / letters if letters else 1.0


def _raw(line: list[Stretch]) -> str:
    """A line as it stands in the file, undecoded."""
    return " ".join(word.text for one in line for word in one.words)


def _is_in_margin(line: list[Stretch], page: Page, margin: float = _MARGIN) -> bool:
    return not margin < line[0].box.middle < page.height - margin


def _mark(words: str, line: list[Stretch]) -> tuple[str, int]:
    """What a header looks like on every page: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", words), round(line[0].box.middle / _MARGIN_SHIFT)


def _repeated(pages: list[Page], lines: list[list[list[Stretch]]]) -> set[tuple[str, int]]:
    marks = Counter[tuple[str, int]]()
    for page, on_page in zip(pages, lines, strict=True):
        marks.update({_mark(_raw(line), line) for line in on_page if _is_in_margin(line, page)})
    return {mark for mark, count in marks.items() if count > 1}


def _continues(part: _Part, more: _Part) -> bool:
    """Tell whether two tables are one: the same columns at the same places."""
    ours, theirs = part.lattice.columns, more.lattice.columns
    return len(ours) == len(theirs) and all(
        abs(one - other) <= _SAME_COLUMN for one, other in zip(ours, theirs, strict=True)
    )


def _is_rest(row: list[Cell]) -> bool:
    """A row without a number in front goes on with the row above the page break."""
    return not row[0].text and any(cell.text for cell in row)


def _mended(row: list[Cell], rest: list[Cell]) -> list[Cell]:
    more = {cell.column: cell.text for cell in rest}
    return [
        replace(cell, text=" ".join(filter(None, (cell.text, more.get(cell.column, "")))))
        for cell in row
    ]
