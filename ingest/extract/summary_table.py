"""Bảng tổng hợp đề xuất: one row a task, whatever the layout of the table."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from dossier import CERTAIN, Budget, Call, Place, SummaryRow, SummaryTable
from dossier.vietnamese import fold, key
from ingest.content import Table
from ingest.extract import money, summary_header
from ingest.extract.duration import duration
from ingest.extract.grid import Grid, grid, turned
from ingest.extract.passage import Origin, Passage, clip, without_leaders, words
from ingest.extract.summary_header import MONEY, TITLE, Header

_TOTAL = re.compile(
    r"^\W*(?:tong(?: cong| so| kinh phi)?|cong)\b\W*(?:\(.*\))?\W*(?:\d+ nhiem vu)?\W*$"
)
_FOOT = re.compile(
    r"^(?:noi nhan|nguoi lap|thu truong|ghi chu\s*:|\(ghi chu|t/?m\.|kt\.|giam doc|chu tich"
    r"|ky ten)|ngay .{0,12}thang .{0,12}nam"
)
_GROUP = re.compile(r"^\W*(?:[ivx]{1,5}|[a-h])\W*$")
_PRIORITY = re.compile(r"(?:uu tien\s*(?:so|thu)?\s*)?(\d{1,2})\b")
_FEW = 3
"""A heading or a foot fills no more cells than this."""
_TITLE_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One table's grid with the header that tells its columns, its own or the one before it."""

    grid: Grid
    header: Header
    start: int
    """The last row that is not a task's: the header's, or none where a table only goes on."""
    table: Table
    on_its_side: bool = False
    """Its fields stand one below another, a column a task."""


def extract(
    tables: Sequence[Table], lines: Sequence[Passage], call: Call, origin: Origin
) -> SummaryTable | None:
    """Read the summary table among these tables, parts broken over pages put together.

    None when no table has the header of one; a table with a header and no task has no rows.
    """
    parts = tuple(_parts(tables, lines, call))
    if not parts:
        return None
    rows: list[SummaryRow] = []
    for part in parts:
        _add_rows(rows, part, origin.file)
    title = next((line for line in lines if "tong hop" in line.folded), None)
    return SummaryTable(
        at=title.place(origin.file) if title else Place(origin.file, parts[0].table.spot),
        rows=tuple(_with_priorities(rows)),
        columns=tuple(parts[0].header.columns),
        unknown_headers=parts[0].header.unknown,
        text=origin.text,
        confidence=CERTAIN - 0.1 if any(map(_is_doubtful, parts)) else 1.0,
    )


def _parts(tables: Sequence[Table], lines: Sequence[Passage], call: Call) -> Iterator[_Part]:
    above = summary_header.unit_above(lines)
    titled = any("tong hop" in line.folded for line in lines[:20])
    last: _Part | None = None
    for table in tables:
        upright = grid(table)
        part: _Part | None = None
        if table.hidden:
            continue
        if header := summary_header.find(upright, call, above):
            part = _Part(grid=upright, header=header, start=header.last_row, table=table)
        elif last and not last.on_its_side and len(upright.columns) == len(last.grid.columns):
            part = _Part(grid=upright, header=last.header, start=-1, table=table)
        elif titled and (last is None or last.on_its_side):
            pieces = list(_on_its_side(table, call, above))
            last = pieces[-1] if pieces else last
            yield from pieces
        if part:
            last = part
            yield part


def _on_its_side(table: Table, call: Call, above: Decimal | None) -> Iterator[_Part]:
    """A table with its fields one below another; a part a task where its labels begin anew."""
    sides = [turned(grid(piece)) for piece in _pieces(table)]
    headers = [summary_header.find(side, call, above) for side in sides]
    if not all(headers):
        sides = [turned(grid(table))]
        headers = [summary_header.find(sides[0], call, above)]
    for side, header in zip(sides, headers, strict=True):
        if header:
            yield _Part(
                grid=side, header=header, start=header.last_row, table=table, on_its_side=True
            )


def _pieces(table: Table) -> Iterator[Table]:
    upright = grid(table)
    labels = {row: key(upright.text(row, upright.columns[0])) for row in upright.rows}
    counts = Counter(label for label in labels.values() if not label.isdigit())
    opening = next((label for label in labels.values() if label and counts[label] > 1), None)
    starts = [row for row, label in labels.items() if label == opening]
    edges = (0, *starts[1:], max(upright.rows, default=0) + 1)
    for low, high in pairwise(edges):
        yield replace(table, cells=tuple(one for one in table.cells if low <= one.row < high))


def _add_rows(rows: list[SummaryRow], part: _Part, file: str) -> None:
    """Add a table's tasks, or go on with the last task where a page broke it."""
    for row in part.grid.rows:
        if row <= part.start:
            continue
        said = [
            text
            for column in part.grid.columns
            if (cell := part.grid.starts(row, column))
            and cell.column == column
            and _is_said(text := part.grid.text(row, column))
        ]
        if said and len(said) <= _FEW and _FOOT.search(fold(said[0])):
            break
        texts = _texts(part, row)
        title = _title(texts[TITLE])
        if _is_no_task(part, row, said, texts):
            continue
        if rows and _continues(title, texts, part.header):
            rows[-1] = _joined(rows[-1], texts, title, part.header)
        elif len(words(title)) >= _TITLE_WORDS:
            rows.append(_row(_place(part, row, file, title), texts, part.header, len(rows) + 1))


def _is_no_task(part: _Part, row: int, said: list[str], texts: Mapping[str, str]) -> bool:
    """Blank rows of a template, sums, group headings, and the header again on a new page."""
    if not said or any(_TOTAL.match(fold(text)) for text in said[:2]):
        return True
    number = fold(texts.get("stt", ""))
    if len(said) <= _FEW and _GROUP.match(number):
        return True
    if len(said) == 1 and not re.match(r"\d", number) and len(part.grid.columns) > _FEW:
        return True
    return key(part.grid.text(row, part.header.columns[TITLE])) == key(part.header.title)


def _texts(part: _Part, row: int) -> dict[str, str]:
    texts = {name: _cell(part.grid, row, column) for name, column in part.header.columns.items()}
    for name, columns in part.header.more.items():
        ends = [said for column in columns if (said := _cell(part.grid, row, column))]
        texts[name] = " đến ".join(ends) or texts.get(name, "")
    return texts


def _place(part: _Part, row: int, file: str, title: str) -> tuple[Place, str, bool]:
    cell = part.grid.starts(row, part.header.columns[TITLE])
    spot = cell.spot if cell else f"dòng {row}"
    return Place(file, spot, clip(title)), title, row in part.table.hidden_rows


def _cell(grid: Grid, row: int, column: int) -> str:
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


def _continues(title: str, texts: Mapping[str, str], header: Header) -> bool:
    """A row broken over pages goes on without a number, in the middle of a sentence."""
    if texts.get("stt") or texts.get("uu_tien"):
        return False
    if not title:
        return any(text for name, text in texts.items() if name not in MONEY)
    return "stt" in header.columns and title[0].islower()


def _joined(before: SummaryRow, texts: Mapping[str, str], title: str, header: Header) -> SummaryRow:
    cells = {
        name: f"{before.cells.get(name, '')} {texts.get(name, '')}".strip()
        for name in dict.fromkeys((*before.cells, *texts))
    }
    whole = f"{before.title} {title}".strip()
    at = replace(before.at, words=clip(whole))
    return _row((at, whole, before.hidden), cells, header, before.order)


def _row(
    found: tuple[Place, str, bool], texts: Mapping[str, str], header: Header, order: int
) -> SummaryRow:
    at, title, hidden = found
    cells = {name: text for name, text in texts.items() if text}
    time = cells.get("thoi_gian", "")
    return SummaryRow(
        at=at,
        title=title,
        order=order,
        priority=_priority(texts.get("uu_tien", "")),
        cells=cells,
        duration=duration(time, replace(at, words=clip(time))) if time else None,
        budget=_budget(cells, header, at),
        hidden=hidden,
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
    quoted = "; ".join(cells[name] for name in MONEY if name in cells)
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


def _is_doubtful(part: _Part) -> bool:
    """A title that is a formula nobody has calculated yet: a person looks."""
    return any(
        cell.column == part.header.columns[TITLE]
        and cell.row > part.header.last_row
        and cell.spot in part.table.stale
        for cell in part.table.cells
    )
