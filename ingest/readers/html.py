"""Read .html files, and the “.doc” and “.xls” files that are web pages inside."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html
from lxml.etree import _Element as Element

from dossier import UnreadCause
from ingest.charset import decode
from ingest.content import Cell, Content, Line, Table, UnreadableError
from ingest.readers.ooxml import attribute, local
from ingest.readers.words import neat_lines

_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template"})
_LINES = frozenset(
    re.findall(
        r"\S+",
        """
    address article blockquote body br caption dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table tbody td th thead tr ul
    """,
    )
)
_CELLS = frozenset({"td", "th"})
_MAX_SPAN = 200


def read(raw: bytes) -> Content:
    """Read the page as a reader would see it: lines and tables in order."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(decode(raw).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(UnreadCause.EMPTY, "tệp không có chữ nào") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        reason = "trang lồng nhau quá sâu, vượt giới hạn an toàn"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)
    items: list[Line | Table] = []
    for block in _blocks(root):
        if isinstance(block, str):
            items += (
                Line(text=line, spot=f"dòng {len(items) + 1}")
                for line in neat_lines(block).split("\n")
                if line
            )
        elif cells := tuple(_cells(block, name := f"bảng {_tables(items) + 1}")):
            items.append(Table(cells=cells, spot=name))
    if not items:
        raise UnreadableError(UnreadCause.EMPTY, "tệp không có chữ nào")
    return Content(items=tuple(items))


def _tables(items: list[Line | Table]) -> int:
    return sum(isinstance(item, Table) for item in items)


def _blocks(root: Element) -> Iterator[str | Element]:
    """Stretches of text between tables, and the tables."""
    words: list[str] = []
    for piece in _pieces(root):
        if isinstance(piece, str):
            words.append(piece)
            continue
        yield "".join(words)
        words = []
        yield piece
    yield "".join(words)


def _pieces(element: Element) -> Iterator[str | Element]:
    name = local(element).lower()
    if name in _SILENT:
        return
    if name in _LINES:
        yield "\n"
    yield _flat(element.text)
    for one in element:
        if local(one).lower() == "table":
            yield one
        else:
            yield from _pieces(one)
        yield _flat(one.tail)
    if name in _LINES:
        yield "\n"


def _flat(text: str | None) -> str:
    return " ".join((text or "").split("\n"))


def _words(element: Element) -> str:
    """The words of a cell, those of inner tables included."""
    pieces = (one if isinstance(one, str) else f"\n{_words(one)}\n" for one in _pieces(element))
    return neat_lines("".join(pieces))


def _cells(table: Element, name: str) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(_rows(table), start=1):
        column = 1
        for cell in line:
            if local(cell).lower() not in _CELLS:
                continue
            while (row, column) in taken:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            taken |= {(row + y, column + x) for y in range(height) for x in range(width)}
            if text := _words(cell):
                yield Cell(
                    text=text,
                    row=row,
                    column=column,
                    row_span=height,
                    column_span=width,
                    spot=f"{name}, dòng {row}, cột {column}",
                )
            column += width


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if local(one).lower() == "tr":
            yield one
        elif local(one).lower() in {"thead", "tbody", "tfoot"}:
            yield from _rows(one)


def _span(cell: Element, name: str) -> int:
    said = attribute(cell, name) or ""
    return max(1, min(int(said), _MAX_SPAN)) if said.isdecimal() else 1
