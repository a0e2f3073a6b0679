"""Read plain text and .csv: a line each, a table where every line has the same columns."""

import csv

from dossier import UnreadCause
from ingest.charset import decode
from ingest.content import Cell, Content, Line, Table, UnreadableError
from ingest.readers.legacy import Run, prevailing
from ingest.readers.legacy import decode as from_legacy
from ingest.readers.words import neat

_SEPARATORS = ("\t", ";", ",")
_MIN_COLUMNS = 3
_MIN_ROWS = 2
_MAX_LINES = 50_000


def read(raw: bytes) -> Content:
    """Read text in whatever character set it turns out to be in."""
    written = decode(raw).splitlines()[:_MAX_LINES]
    met: set[str] = set()
    texts: list[str] = []
    assumed = prevailing(written)
    for line in written:
        text, schemes = from_legacy([Run(line)], assumed)
        texts.append(text)
        met |= schemes
    if not any(map(neat, texts)):
        raise UnreadableError(UnreadCause.EMPTY, "tệp không có chữ nào")
    table = _table(texts)
    items: tuple[Line | Table, ...] = (
        (table,)
        if table
        else tuple(
            Line(text=words, spot=f"dòng {number}")
            for number, text in enumerate(texts, start=1)
            if (words := neat(text))
        )
    )
    return Content(items=items, legacy=tuple(sorted(met)))


def _table(texts: list[str]) -> Table | None:
    lines = [text for text in texts if text.strip()]
    for separator in _SEPARATORS:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:  # a quotation mark opened and never closed: no table of this separator
            continue
        widths = {len(row) for row in rows}
        if len(rows) >= _MIN_ROWS and len(widths) == 1 and widths.pop() >= _MIN_COLUMNS:
            return Table(cells=tuple(_cells(rows)), spot="bảng 1")
    return None


def _cells(rows: list[list[str]]) -> list[Cell]:
    return [
        Cell(text=text, row=row, column=column, spot=f"dòng {row}, cột {column}")
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if (text := neat(cell))
    ]
