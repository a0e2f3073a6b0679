"""Summary tables, as workbooks and as tables in Word or PDF, with the traps of domain.md §1.4."""

# ruff: noqa: E501 -- a sentence of a paper stays whole

from dataclasses import dataclass, replace

from service.demo.blocks import Blocks, Cell, Formula, Grid, PageBreak, Para, Sheet, centered
from service.demo.draw import Draw
from service.demo.facts import Money, Plan, TaskFacts
from service.demo.sheets import letter

_HEADERS = {
    "stt": ("TT", "STT", "Số TT"),
    "uu_tien": ("Thứ tự ưu tiên", "Ưu tiên", "Mức độ ưu tiên"),
    "ten": ("Tên nhiệm vụ", "Tên nhiệm vụ KH&CN", "Tên đề tài/dự án/đề án", "Nhiệm vụ đề xuất"),
    "loai": ("Loại hình nhiệm vụ", "Loại hình", "Hình thức thực hiện"),
    "muc_tieu": ("Mục tiêu", "Định hướng mục tiêu", "Mục tiêu chính"),
    "noi_dung": ("Nội dung chính", "Các nội dung chủ yếu", "Nội dung thực hiện"),
    "ket_qua": (
        "Dự kiến kết quả, sản phẩm",
        "Kết quả dự kiến",
        "Sản phẩm dự kiến",
        "Dự kiến kết quả",
    ),
    "thoi_gian": ("Thời gian thực hiện", "Dự kiến thời gian", "Thời gian bắt đầu - kết thúc"),
    "dia_chi": (
        "Địa chỉ ứng dụng",
        "Tổ chức ứng dụng",
        "Doanh nghiệp tham gia",
        "Đơn vị thụ hưởng",
    ),
    "don_vi": ("Tổ chức đề xuất", "Đơn vị đề xuất"),
    "ghi_chu": ("Ghi chú",),
}
_MONEY = ("Dự kiến kinh phí", "Kinh phí dự kiến", "Nhu cầu kinh phí")
_PARTS = (
    ("Tổng", "NSNN", "Khác"),
    ("Tổng số", "NSNN", "Đối ứng"),
    ("Tổng cộng", "SNKH", "Nguồn khác"),
)
_TITLES = (
    "BẢNG TỔNG HỢP ĐỀ XUẤT NHIỆM VỤ KH&CN CẤP QUỐC GIA",
    "BẢNG TỔNG HỢP ĐỀ XUẤT NHIỆM VỤ CỦA ĐƠN VỊ",
    "BẢNG TỔNG HỢP DANH MỤC ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ\nKHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA",
    "TỔNG HỢP ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA",
)  # fmt: skip
_GROUPS = ("I. Lĩnh vực công nghiệp", "II. Lĩnh vực nông nghiệp và dịch vụ")
_PARTS_OF_MONEY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """How a table is laid out."""

    two_rows: bool = True
    """“Kinh phí” above “Tổng | NSNN | Khác”, merged; one column with the total otherwise."""
    unit_above: bool = False
    """“ĐVT: triệu đồng” in a line above the table, not in the header."""
    priority: bool = True
    totals: bool = True
    groups: bool = False
    """Roman group rows between the tasks."""
    blanks: int = 0
    """Pre-numbered empty rows left from the template."""
    formulas: bool = False
    hidden_row: int | None = None
    """The task whose row a filter hides, counted from 0 (workbooks only)."""
    second_sheet: bool = False
    """The table stands on a second sheet, after one with other matter (workbooks only)."""
    extra: tuple[str, ...] = ("loai", "dia_chi")


def table_look(draw: Draw) -> TableLook:
    """A look at random."""
    return TableLook(
        two_rows=draw.chance(60),
        unit_above=draw.chance(40),
        priority=draw.chance(60),
        totals=draw.chance(70),
        groups=draw.chance(15),
        blanks=draw.one((0, 0, 0, 0, 3, 5)),
        formulas=draw.chance(40),
        second_sheet=draw.chance(15),
        extra=draw.some(("loai", "dia_chi", "don_vi", "ghi_chu"), draw.number(1, 3)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task's row: what the table says, which may differ from the form."""

    task: TaskFacts
    title: str
    priority: int
    money: Money
    time: str
    total: int | None = None
    """What stands under “Tổng” when it is not the sum of the parts."""


def rows_of(draw: Draw, tasks: tuple[TaskFacts, ...]) -> tuple[Row, ...]:
    """Rows that say what the forms say."""
    return tuple(
        Row(
            task=task,
            title=task.title,
            priority=n,
            money=task.money,
            time=_time(draw, task),
        )
        for n, task in enumerate(tasks, start=1)
    )


def _time(draw: Draw, task: TaskFacts) -> str:
    span = task.period
    year, month = span.last
    first, last = f"{span.month:02d}/{span.year}", f"{month:02d}/{year}"
    return draw.one(
        (
            f"{span.months} tháng ({first}-{last})",
            f"{span.months} tháng, {first} - {last}",
            f"{span.months} tháng (từ tháng {first} đến tháng {last})",
        )
    )


@dataclass(frozen=True, slots=True)
class _Matrix:
    head: tuple[tuple[str, ...], ...]
    merges: tuple[tuple[int, int, int, int], ...]
    body: tuple[tuple[Cell, ...], ...]
    task_rows: tuple[int, ...]
    """Where in the body the tasks stand."""
    lines: tuple[str, ...]
    """Title and further lines above."""


def _matrix(draw: Draw, plan: Plan, rows: tuple[Row, ...], look: TableLook) -> _Matrix:
    keys = ["stt", "ten", "muc_tieu", "noi_dung", "ket_qua", "thoi_gian", "kinh_phi", *look.extra]
    if "loai" in look.extra:
        keys.remove("loai")
        keys.insert(2, "loai")
    if look.priority and len(rows) > 1:
        keys.insert(draw.one((1, len(keys))), "uu_tien")
    unit = "" if look.unit_above else " (triệu đồng)"
    money, parts = draw.one(_MONEY) + unit, draw.one(_PARTS)
    names = {key: draw.one(_HEADERS[key]) for key in keys if key != "kinh_phi"}
    head, merges = _head(keys, names, money, parts, two_rows=look.two_rows)
    width = len(head[0])
    top = len(head)
    body: list[tuple[Cell, ...]] = []
    task_rows: list[int] = []
    for n, row in enumerate(rows):
        if look.groups and n < len(_GROUPS):
            body.append(
                (_GROUPS[n].split(". ")[0], _GROUPS[n].split(". ")[1], *("",) * (width - 2))
            )
        task_rows.append(len(body))
        body.append(_cells(keys, plan, row, n + 1, two_rows=look.two_rows))
    body += [(str(len(rows) + n), *("",) * (width - 1)) for n in range(1, look.blanks + 1)]
    if look.totals:
        body.append(_totals(keys, rows, width, top, task_rows, look))
    title = draw.one(_TITLES)
    lines = [
        *title.split("\n"),
        f"Đơn vị: {plan.house.name}"
        if draw.chance(60)
        else "dự kiến thực hiện từ năm 2025 thuộc Chương trình 1322",
    ]
    lines += ["ĐVT: triệu đồng"] if look.unit_above else []
    return _Matrix(head, merges, tuple(body), tuple(task_rows), tuple(lines))


def _head(
    keys: list[str], names: dict[str, str], money: str, parts: tuple[str, ...], *, two_rows: bool
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[int, int, int, int], ...]]:
    if not two_rows:
        return (tuple(money if key == "kinh_phi" else names[key] for key in keys),), ()
    upper: list[str] = []
    lower: list[str] = []
    merges: list[tuple[int, int, int, int]] = []
    for key in keys:
        if key == "kinh_phi":
            merges.append((0, len(upper), 0, len(upper) + _PARTS_OF_MONEY - 1))
            upper += [money, *("",) * (_PARTS_OF_MONEY - 1)]
            lower += parts
        else:
            merges.append((0, len(upper), 1, len(upper)))
            upper.append(names[key])
            lower.append("")
    return (tuple(upper), tuple(lower)), tuple(merges)


def _cells(
    keys: list[str], plan: Plan, row: Row, number: int, *, two_rows: bool
) -> tuple[Cell, ...]:
    task = row.task
    texts: dict[str, Cell] = {
        "stt": number,
        "uu_tien": row.priority,
        "ten": row.title,
        "loai": task.sort,
        "muc_tieu": task.goal,
        "noi_dung": task.content,
        "ket_qua": task.result,
        "thoi_gian": row.time,
        "dia_chi": task.users,
        "don_vi": plan.house.name,
        "ghi_chu": "",
    }
    total = row.total if row.total is not None else row.money.total
    cells: list[Cell] = []
    for key in keys:
        if key != "kinh_phi":
            cells.append(texts[key])
        elif two_rows:
            cells += [total, row.money.state, row.money.counterpart]
        else:
            cells.append(total)
    return tuple(cells)


def _totals(  # noqa: PLR0913, PLR0917 -- the sums stand where the head put the columns
    keys: list[str],
    rows: tuple[Row, ...],
    width: int,
    top: int,
    task_rows: list[int],
    look: TableLook,
) -> tuple[Cell, ...]:
    cells: list[Cell] = [""] * width
    cells[keys.index("ten")] = "Tổng cộng"
    column = keys.index("kinh_phi")
    sums = [
        sum(row.total if row.total is not None else row.money.total for row in rows),
        sum(row.money.state for row in rows),
        sum(row.money.counterpart for row in rows),
    ]
    for n, amount in enumerate(sums if look.two_rows else sums[:1]):
        at = letter(column + n)
        cells[column + n] = (
            Formula(f"SUM({at}{{{top + task_rows[0]}}}:{at}{{{top + task_rows[-1]}}})", amount)
            if look.formulas
            else amount
        )
    return tuple(cells)


def _width(cells: tuple[Cell, ...]) -> int:
    """A width that suits the longest of a column's cells: money and dates never break."""
    longest = max(len(_grouped(cell)) for cell in cells)
    return 16 if longest < 7 else 18 if longest < 12 else 26 if longest < 40 else 36  # noqa: PLR2004 -- millimetres by eye


def _grouped(cell: Cell) -> str:
    if isinstance(cell, Formula):
        return _grouped(cell.value)
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".")
    return cell or ""


def as_workbook(
    draw: Draw, plan: Plan, rows: tuple[Row, ...], look: TableLook
) -> tuple[Sheet, ...]:
    """The table as the sheets of a workbook."""
    matrix = _matrix(draw, plan, rows, look)
    width = len(matrix.head[0])
    above: list[tuple[Cell, ...]] = [(line, *(None,) * (width - 1)) for line in matrix.lines]
    above.append((None,) * width)
    start = len(above)
    first = start + len(matrix.head)

    def placed(cell: Cell) -> Cell:
        if not isinstance(cell, Formula):
            return cell
        text = cell.text
        for row in range(len(matrix.head) + len(matrix.body)):
            text = text.replace(f"{{{row}}}", str(start + row + 1))
        return replace(cell, text=text)

    body = tuple(tuple(placed(cell) for cell in row) for row in matrix.body)
    merges = tuple(
        (top + start, left, bottom + start, right) for top, left, bottom, right in matrix.merges
    )
    hidden = frozenset(
        () if look.hidden_row is None else (first + matrix.task_rows[look.hidden_row],)
    )
    wide = tuple(
        40 if name.startswith("Tên") or "iệm vụ" in name else 18 for name in matrix.head[0]
    )
    table = Sheet(
        draw.one(("Tong hop", "Sheet1", "Bảng tổng hợp", "BTH")),
        (*above, *matrix.head, *body),
        ((0, 0, 0, width - 1), *merges),
        hidden,
        widths=wide,
    )
    if not look.second_sheet:
        return (table,)
    note = Sheet(
        "Huong dan",
        (("Hướng dẫn điền bảng",), ("Mỗi nhiệm vụ một dòng, sắp xếp theo thứ tự ưu tiên.",)),
    )
    return (note, replace(table, name="Bieu tong hop"))


def as_blocks(
    draw: Draw, plan: Plan, rows: tuple[Row, ...], look: TableLook, number: str = ""
) -> Blocks:
    """The table as a paper of its own: title, lines, grid, signature."""
    matrix = _matrix(draw, plan, rows, look)
    attached = (
        (
            centered(
                f"(Kèm theo Công văn {number[0].lower() + number[1:]} ngày {plan.signed.day:02d} tháng {plan.signed.month} năm {plan.signed.year} của {plan.house.name})",
                size=11,
            ),
        )
        if number and draw.chance(60)
        else ()
    )
    grid = Grid(
        (*matrix.head, *(tuple(_grouped(cell) for cell in row) for row in matrix.body)),
        head=len(matrix.head),
        merges=matrix.merges,
        widths=tuple(_width(cells) for cells in zip(*matrix.body, strict=True)) if rows else (),
    )
    lines = tuple(
        Para(line) if line.startswith("ĐVT") else centered(line, bold=True) for line in matrix.lines
    )
    return (*lines, *attached, grid)


def as_appendix(draw: Draw, plan: Plan, rows: tuple[Row, ...], look: TableLook) -> Blocks:
    """The table on a turned page behind a letter."""
    return (
        PageBreak(landscape=True),
        centered("Phụ lục", bold=True),
        *as_blocks(draw, plan, rows, look),
    )
