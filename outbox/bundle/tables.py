"""The tables of the package, and where every cell of them came from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils import get_column_letter

from dossier import (
    Budget,
    Call,
    Commitment,
    CommitmentLetter,
    Duration,
    Element,
    OwnLetter,
    Place,
    Task,
)
from dossier.vietnamese import key
from outbox.bundle.released import Answer, Original, Released, Standing
from outbox.bundle.sheet import Heading, Sheet, Value, first_row
from outbox.wording import counted, day_in_words, local

_FIRST_READ_COLUMN = 3
"""The running number and the common order are ours, not the units'."""
_BEFORE = (
    Heading(name="TT", width=4, centred=True),
    Heading(name="Thứ tự ưu tiên chung", width=7, centred=True),
    Heading(name="Tên nhiệm vụ", width=21),
    Heading(name="Loại hình", width=10),
    Heading(name="Nhóm nội dung", width=11),
    Heading(name="Tổ chức đề xuất", width=12),
)
"""The call's own columns stand between these and those (`Call.layout`)."""
_AFTER = (
    Heading(name="Thời gian thực hiện", width=10),
    Heading(name="Tổng", width=8, group="Dự kiến kinh phí (triệu đồng)"),
    Heading(name="NSNN", width=8, group="Dự kiến kinh phí (triệu đồng)"),
    Heading(name="Đối ứng, khác", width=8, group="Dự kiến kinh phí (triệu đồng)"),
    Heading(name="Văn bản cam kết kèm theo (số, ngày, doanh nghiệp)", width=15),
    Heading(name="Ghi chú", width=11),
)
_LAST = 10**6
_ENTERPRISE_HEADINGS = (
    Heading(name="TT", width=5, centred=True),
    Heading(name="Nhiệm vụ", width=36),
    Heading(name="Doanh nghiệp", width=28),
    Heading(name="Mã số doanh nghiệp", width=15, centred=True),
    Heading(name="Văn bản (số, ngày)", width=18),
    Heading(name="Nhu cầu", width=9, centred=True),
    Heading(name="Phối hợp", width=9, centred=True),
    Heading(name="Đối ứng (triệu đồng)", width=13, centred=True),
    Heading(name="Tiếp nhận, ứng dụng", width=11, centred=True),
    Heading(name="Tệp, trang", width=28),
)
_REGISTER_HEADINGS = (
    Heading(name="TT", width=5, centred=True),
    Heading(name="Số đến", width=9, centred=True),
    Heading(name="Ngày, giờ nhận", width=13, centred=True),
    Heading(name="Đơn vị gửi", width=20),
    Heading(name="Số, ký hiệu văn bản", width=14),
    Heading(name="Ngày văn bản", width=11, centred=True),
    Heading(name="Trích yếu", width=26),
    Heading(name="Người ký", width=16),
    Heading(name="Số nhiệm vụ", width=8, centred=True),
    Heading(name="Số phiếu", width=8, centred=True),
    Heading(name="Số văn bản cam kết", width=9, centred=True),
    Heading(name="Số trang công văn", width=8, centred=True),
    Heading(name="Tệp", width=30),
    Heading(name="Tình trạng", width=14),
    Heading(name="Ghi chú", width=14),
)
_UNIT_HEADINGS = (
    Heading(name="TT", width=6, centred=True),
    Heading(name="Đơn vị", width=44),
    Heading(name="Tình trạng", width=34),
    Heading(name="Mã hồ sơ", width=20, centred=True),
    Heading(name="Ngày, giờ nhận", width=20, centred=True),
)
_SOURCE_HEADINGS = (
    Heading(name="Trang tính", width=18),
    Heading(name="Ô", width=7, centred=True),
    Heading(name="Cột", width=22),
    Heading(name="Mã hồ sơ", width=17),
    Heading(name="Thư", width=34),
    Heading(name="Tệp", width=34),
    Heading(name="Vị trí", width=24),
    Heading(name="Nguyên văn", width=40),
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A cell's value and where the unit wrote it."""

    value: Value
    at: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task of one unit, each cell with its source."""

    released: Released
    cells: tuple[Sourced, ...]


def task_headings(call: Call) -> tuple[Heading, ...]:
    """The consolidated table's columns, those of the call's layout among them."""
    own = (Heading(name=one.name, width=one.width) for one in call.layout.columns)
    return (*_BEFORE, *own, *_AFTER)


def _money_columns(call: Call) -> tuple[int, int, int]:
    first = len(_BEFORE) + len(call.layout.columns) + 1  # behind the time a task takes
    return (first, first + 1, first + 2)


def in_order(released: Iterable[Released]) -> list[Released]:
    """Units by name; which unit's task comes first in the district is the office's decision."""
    return sorted(released, key=lambda one: (key(one.dossier.unit.name), one.dossier.code))


def task_rows(released: Iterable[Released], call: Call) -> list[TaskRow]:
    """Every task, the units in order and each unit's tasks in its own order of priority."""
    rows: list[TaskRow] = []
    for one in released:
        tasks = sorted(enumerate(one.dossier.tasks), key=_priority)
        rows += (
            TaskRow(released=one, cells=tuple(_task_cells(task, one, call))) for _n, task in tasks
        )
    return rows


def _priority(numbered: tuple[int, Task]) -> tuple[int, int]:
    position, task = numbered
    if task.priority is not None:
        return task.priority, position
    return (task.row.order if task.row else _LAST), position


def _task_cells(task: Task, released: Released, call: Call) -> Iterator[Sourced]:
    form, dossier = task.form, released.dossier
    yield Sourced(task.title, _named_at(task))
    yield _form_kind(task, call)
    yield Sourced(call.kind_name(task.kind), form.kind_words if form else None)
    covers = (letter.at for letter in dossier.cover_letters)
    yield Sourced(dossier.unit.name, next(covers, form.at if form else None))
    for column in call.layout.columns:
        yield _field(task, column.key)
    yield _duration(task)
    yield from _money(task)
    yield _letters(task)
    note = [released.note] if released.note else []
    if task.priority is not None:
        note.insert(0, f"Ưu tiên {task.priority} của đơn vị")
    if released.belongs_in_annex:
        note.append(released.status[:1].upper() + released.status[1:])
    yield Sourced("; ".join(note))


def _named_at(task: Task) -> Place | None:
    """Where the unit wrote the task's name: its field, else its form, else its row."""
    if task.form:
        field = task.form.fields.get("ten")
        return field.at if field and field.value else task.form.at
    return task.row.at if task.row else None


def _form_kind(task: Task, call: Call) -> Sourced:
    if task.row and task.row.cells.get("loai"):
        return Sourced(task.row.cells["loai"], task.row.at)
    form = task.form
    asked = (
        next(
            (a for a in call.forms if (a.template, a.family) == (form.template, form.family)), None
        )
        if form
        else None
    )
    if form is None or asked is None or not asked.used_for:
        return Sourced(None)
    words = asked.used_for[0]
    return Sourced(words[:1].upper() + words[1:], form.at)


def _field(task: Task, name: str) -> Sourced:
    if task.form and (found := task.form.fields.get(name)) and found.value:
        return Sourced(found.value, found.at)
    if task.row and task.row.cells.get(name):
        return Sourced(task.row.cells[name], task.row.at)
    return Sourced(None)


def _duration(task: Task) -> Sourced:
    for paper in (task.form, task.row):
        if paper and (said := paper.duration) and (words := _span(said)):
            return Sourced(words, said.at)
    return _field(task, "thoi_gian")


def _span(duration: Duration) -> str:
    if duration.contradicts_itself:
        return ""
    words = [f"{duration.months} tháng"] if duration.months else []
    start = _month(duration.start_month, duration.start_year)
    end = _month(duration.end_month, duration.end_year)
    if start or end:
        words.append(" ".join(filter(None, (start and f"từ {start}", end and f"đến {end}"))))
    return "; ".join(words)


def _month(month: int | None, year: int | None) -> str:
    if year is None:
        return ""
    return f"{month:02d}/{year}" if month else str(year)


def _money(task: Task) -> Iterator[Sourced]:
    """From the form, else from the table; a sum nobody is sure of stays empty."""
    budget = _budget(task)
    for amount in (budget.total, budget.state, budget.other) if budget else (None, None, None):
        yield Sourced(amount, budget.at if budget and amount is not None else None)


def _budget(task: Task) -> Budget | None:
    if task.form and task.form.budget:
        return task.form.budget
    return task.row.budget if task.row else None


def _letters(task: Task) -> Sourced:
    words = [", ".join(filter(None, (_signed(one), one.enterprise))) for one in task.letters]
    return Sourced("\n".join(words), task.letters[0].at if task.letters else None)


def _signed(letter: CommitmentLetter) -> str:
    number = f"số {letter.number}" if letter.number else ""
    issued = f"ngày {day_in_words(letter.issued)}" if letter.issued else ""
    return " ".join(filter(None, (number, issued)))


def task_sheet(rows: Sequence[TaskRow], call: Call, *, tab: str, title: str) -> Sheet:
    """The consolidated table; money is added up only where it is known."""
    body: list[tuple[Value, ...]] = [
        (number, None, *(cell.value for cell in row.cells))
        for number, row in enumerate(rows, start=1)
    ]
    headings, money = task_headings(call), _money_columns(call)
    known = [sum(1 for row in body if isinstance(row[n], Decimal)) for n in money]
    total: list[Value] = []
    note = "Không có nhiệm vụ đề xuất." if not rows else ""
    if known[0]:
        total = [None] * len(headings)
        total[0] = f"Tổng cộng ({counted(known[0])}/{counted(len(rows))} nhiệm vụ có số liệu)"
        for column in money:
            amounts = [one for row in body if isinstance(one := row[column], Decimal)]
            total[column] = sum(amounts, Decimal(0)) if amounts else None
        note = "Thứ tự ưu tiên chung do cơ quan tổng hợp ghi; nguồn của từng ô: trang tính “Nguồn”."
    return Sheet(
        tab=tab,
        title=title,
        subtitle=enclosed_with(call),
        headings=headings,
        rows=body,
        total=total,
        note=note,
    )


def enclosed_with(call: Call) -> str:
    """The line under an appendix's title; number and day are left to the clerk."""
    return (
        f"(Kèm theo Công văn số …/{symbol(call)} ngày … tháng … năm {call.closes_at.year} "
        f"của {call.office.superior})"
    )


def symbol(call: Call) -> str:
    """The letters after the number of the office's own dispatches: “UBND-KTHT”."""
    own = own_letter(call)
    return own.numbers[0].rpartition("/")[2] if own and own.numbers else "…"


def own_letter(call: Call) -> OwnLetter | None:
    """The letter that announced the call."""
    return next((one for one in call.letters if one.issuer == call.office.superior), None)


def enterprise_sheet(released: Iterable[Released]) -> Sheet:
    """Who committed to what, one line a letter and task."""
    rows: list[tuple[Value, ...]] = []
    for one in released:
        tied = [(task.title, letter) for task in one.dossier.tasks for letter in task.letters]
        loose = [("", letter) for letter in one.dossier.loose_letters]
        for title, letter in (*tied, *loose):
            rows.append(
                (
                    len(rows) + 1,
                    title or "; ".join(letter.tasks),
                    letter.enterprise,
                    letter.tax_code,
                    _signed(letter),
                    _mark(letter.commitment(Element.NEED)),
                    _mark(letter.commitment(Element.COOPERATE)),
                    _promised(letter.commitment(Element.CO_FUND)),
                    _mark(letter.commitment(Element.TAKE_UP)),
                    str(letter.at),
                )
            )
    return Sheet(
        tab="Doanh nghiệp cam kết",
        title="DANH SÁCH DOANH NGHIỆP CÓ VĂN BẢN THỂ HIỆN NHU CẦU VÀ CAM KẾT",
        headings=_ENTERPRISE_HEADINGS,
        rows=rows,
        note="" if rows else "Không có văn bản cam kết.",
    )


def _mark(commitment: Commitment | None) -> Value:
    return "x" if commitment and not commitment.negated else None


def _promised(commitment: Commitment | None) -> Value:
    if commitment is None or commitment.negated:
        return None
    return commitment.million if commitment.million is not None else "x"


def source_sheet(sheets: Mapping[str, tuple[Sheet, Sequence[TaskRow]]]) -> Sheet:
    """Where every cell of the task tables was read: mail, file, spot and the words there."""
    rows: list[tuple[Value, ...]] = []
    for tab, (sheet, tasks) in sheets.items():
        top = first_row(sheet)
        for offset, task in enumerate(tasks):
            mails = {one.name: one for one in task.released.originals}
            for column, cell in enumerate(task.cells, start=_FIRST_READ_COLUMN):
                if cell.at is None or cell.value in (None, ""):
                    continue
                rows.append(
                    (
                        tab,
                        f"{get_column_letter(column)}{top + offset}",
                        sheet.headings[column - 1].name,
                        task.released.dossier.code,
                        _mail(mails.get(cell.at.file)),
                        cell.at.file,
                        cell.at.spot,
                        cell.at.words,
                    )
                )
    return Sheet(
        tab="Nguồn", title="NGUỒN CỦA TỪNG Ô SỐ LIỆU", headings=_SOURCE_HEADINGS, rows=rows
    )


def _mail(original: Original | None) -> str:
    return original.mail if original else ""


def register_sheet(released: Iterable[Released], call: Call) -> Sheet:
    """The register of what came (Decree 30/2020), one line a dossier."""
    return Sheet(
        tab="Danh mục hồ sơ",
        title="DANH MỤC HỒ SƠ KÈM THEO",
        subtitle=enclosed_with(call),
        headings=_REGISTER_HEADINGS,
        rows=[_registered(n, one, call) for n, one in enumerate(released, start=1)],
    )


def _registered(number: int, released: Released, call: Call) -> tuple[Value, ...]:
    dossier = released.dossier
    letters = dossier.cover_letters
    pages = [letter.pages for letter in letters]
    return (
        number,
        released.register_number,
        _moment(dossier.received_at, call),
        dossier.unit.name,
        "\n".join(letter.number for letter in letters),
        "\n".join(_day(letter.issued) for letter in letters),
        "\n".join(letter.subject for letter in letters),
        "\n".join(letter.signatory for letter in letters),
        len(dossier.tasks),
        sum(1 for task in dossier.tasks if task.forms),
        len(dossier.commitment_letters),
        sum(page for page in pages if page) if letters and all(pages) else None,
        "\n".join(dict.fromkeys(one.name for one in released.originals)),
        released.status[:1].upper() + released.status[1:],
        released.note,
    )


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""


def _moment(moment: datetime | None, call: Call) -> str:
    if moment is None:
        return ""
    here = local(moment, call)
    return f"{here:%H:%M} {day_in_words(here)}"


def unit_sheet(standings: Sequence[Standing], call: Call) -> Sheet:
    """Every invited unit and how it answered: the next office always asks."""
    rows = [
        (number, one.unit.name, str(one.answer), one.code, _moment(one.received_at, call))
        for number, one in enumerate(standings, start=1)
    ]
    counts = [(answer, sum(1 for one in standings if one.answer is answer)) for answer in Answer]
    said = "; ".join(f"{answer}: {counted(count)}" for answer, count in counts if count)
    return Sheet(
        tab="Tình hình phản hồi",
        title="TÌNH HÌNH PHẢN HỒI CỦA CÁC ĐƠN VỊ",
        headings=_UNIT_HEADINGS,
        rows=rows,
        note=f"{said}." if said else "",
    )
