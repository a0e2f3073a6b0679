"""Contents as readers give them, made from plain lines and rows."""

from collections.abc import Sequence

from config.load import load_call
from dossier import Call
from ingest.content import Cell, Content, Line, Table

CALL: Call = load_call("1322-2025")


def word(*parts: str | Table) -> Content:
    r"""A .docx: a string is its paragraphs (line by line), “\\f” before a line opens a page."""
    items: list[Line | Table] = []
    for part in parts:
        if isinstance(part, Table):
            items.append(part)
            continue
        for text in part.strip("\n").splitlines():
            spot = f"đoạn {len(items) + 1}"
            items.append(
                Line(text=text.lstrip("\f").strip(" "), spot=spot, new_page=text.startswith("\f"))
            )
    return Content(items=tuple(item for item in items if isinstance(item, Table) or item.text))


def pdf(*pages: str) -> Content:
    """A PDF: one string a page, one line a line."""
    items = [
        Line(
            text=text.strip(),
            spot=f"trang {number}, dòng {place}",
            page=number,
            new_page=place == 1,
        )
        for number, page in enumerate(pages, start=1)
        for place, text in enumerate(page.strip().splitlines(), start=1)
        if text.strip()
    ]
    return Content(items=tuple(items), pages=len(pages))


def table(*rows: Sequence[str], number: int = 1, sheet: str = "", hidden: bool = False) -> Table:
    """A table, a sequence a row; “<” is covered by the cell to its left, “^” by the one above."""
    cells: list[Cell] = []
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            if text in {"<", "^"}:
                continue
            span = 1
            while column - 1 + span < len(texts) and texts[column - 1 + span] == "<":
                span += 1
            down = 1
            while row - 1 + down < len(rows) and rows[row - 1 + down][column - 1 : column] == ["^"]:
                down += 1
            spot = (
                f"{sheet}!{chr(64 + column)}{row}"
                if sheet
                else f"bảng {number}, dòng {row}, cột {column}"
            )
            cells.append(
                Cell(
                    text=text,
                    row=row,
                    column=column,
                    column_span=span,
                    row_span=down,
                    spot=spot,
                )
            )
    return Table(cells=tuple(cells), spot=f"bảng {number}", sheet=sheet, hidden=hidden)
