"""A table as a grid: what stands at a row and a column, merged cells included."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dossier.vietnamese import tidy
from ingest.content import Cell, Table

_MOST_ROWS = 500
_MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Every place of a table with the cell that covers it."""

    cells: Mapping[tuple[int, int], Cell]
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    def text(self, row: int, column: int) -> str:
        """The words at a place on one line; a merged cell's stand at every place it covers."""
        cell = self.cells.get((row, column))
        return tidy(cell.text.replace("\n", " ")) if cell else ""

    def starts(self, row: int, column: int) -> Cell | None:
        """The cell when it begins in this row; one merged downwards belongs to its first."""
        cell = self.cells.get((row, column))
        return cell if cell and cell.row == row else None

    def below(self, row: int) -> int | None:
        """The next row that has cells."""
        return next((one for one in self.rows if one > row), None)


def grid(table: Table) -> Grid:
    """Spread merged cells over the places they cover; absurd spans are cut."""
    cells: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        down, across = min(cell.row_span, _MOST_ROWS), min(cell.column_span, _MOST_COLUMNS)
        for row in range(cell.row, cell.row + max(1, down)):
            for column in range(cell.column, cell.column + max(1, across)):
                cells.setdefault((row, column), cell)
    return Grid(
        cells=cells,
        rows=tuple(sorted({row for row, _ in cells})),
        columns=tuple(sorted({column for _, column in cells})),
    )


def turned(upright: Grid) -> Grid:
    """Exchange rows and columns: for a table with its fields one below another."""
    cells = {
        (column, row): replace(
            cell,
            row=cell.column,
            column=cell.row,
            row_span=cell.column_span,
            column_span=cell.row_span,
        )
        for (row, column), cell in upright.cells.items()
    }
    return Grid(cells=cells, rows=upright.columns, columns=upright.rows)
