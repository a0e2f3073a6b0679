"""Numbers a dossier states, and how far each may be trusted: what limits and counts compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossier import Budget, Counted, Dossier, Duration, Measure, Paper, Place, Task
from rules.papers import form_of, is_plain, is_sure, own_words, table_of

_NAMES = {
    Measure.MONTHS: "thời gian thực hiện",
    Measure.START_YEAR: "năm bắt đầu",
    Measure.BUDGET: "tổng kinh phí",
    Measure.STATE_BUDGET: "kinh phí từ ngân sách nhà nước",
    Measure.OTHER_BUDGET: "kinh phí từ nguồn khác",
    Measure.STATE_SHARE: "tỷ lệ ngân sách nhà nước",
    Measure.PAGES: "số trang của phiếu",
}
_COUNTED = {
    Counted.SCHOOLS: "số trường tham gia",
    Counted.ENTERPRISES: "số doanh nghiệp tham gia",
    Counted.TASKS: "số nhiệm vụ",
    Counted.ROWS: "số dòng của bảng tổng hợp",
    Counted.LETTERS: "số văn bản cam kết",
}
_TIME = frozenset({Measure.MONTHS, Measure.START_YEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A number and where it stands; `value` is None when something stands there we cannot read."""

    name: str
    value: Decimal | None
    at: Place
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are; None when nobody can tell."""

    name: str
    value: int | None
    certain: bool
    at: Place | None = None


def measured(dossier: Dossier, task: Task, of: Measure) -> Measured | None:
    """What the form says, the table only where the form says nothing; None when neither does."""
    form, row = form_of(task), task.row
    if of is Measure.PAGES:
        if form is None or form.pages is None:
            return None
        pages = Decimal(form.pages)
        return Measured(name=_NAMES[of], value=pages, at=form.at, certain=is_sure(form))
    key = "thoi_gian" if of in _TIME else "kinh_phi"
    if form and form.value(key).strip():
        value = _value(of, form.duration, form.budget)
        at = form.fields[key].at
        return Measured(name=_NAMES[of], value=value, at=at, certain=is_plain(form))
    told = (row.duration if of in _TIME else row.budget) if row else None
    if row is None or told is None:
        return None
    table = table_of(dossier, row)
    certain = table is None or is_plain(table)
    value = _value(of, row.duration, row.budget)
    return Measured(name=_NAMES[of], value=value, at=told.at, certain=certain)


def _value(of: Measure, duration: Duration | None, budget: Budget | None) -> Decimal | None:
    if of in _TIME:
        number = duration and (duration.months if of is Measure.MONTHS else duration.start_year)
        return Decimal(number) if number else None
    if budget is None:
        return None
    if of is Measure.STATE_SHARE:
        whole = budget.total or Decimal(0)
        return budget.state * 100 / whole if budget.state is not None and whole else None
    amounts = {
        Measure.BUDGET: budget.total,
        Measure.STATE_BUDGET: budget.state,
        Measure.OTHER_BUDGET: budget.other,
    }
    return amounts[of]


def count_of(dossier: Dossier, task: Task | None, of: str, papers: Sequence[Paper] | None) -> Count:
    """Count the things named, in the dossier or for one task.

    `papers` are those of the role `of` names, when it names one.
    """
    if papers is not None:
        at = papers[0].at if papers else None
        return Count(
            name="số tài liệu", value=len(papers), certain=all(map(is_sure, papers)), at=at
        )
    counted = Counted(of)
    if counted is Counted.SCHOOLS:
        return _schools((task,) if task else dossier.tasks)
    if counted in {Counted.LETTERS, Counted.ENTERPRISES}:
        return _letters(dossier, task, counted)
    if counted is Counted.ROWS:
        tables = dossier.summary_tables
        rows = sum(len(table.rows) for table in tables)
        at = tables[0].at if tables else None
        return Count(name=_COUNTED[counted], value=rows, certain=all(map(is_plain, tables)), at=at)
    certain = all(form is None or is_plain(form) for form in map(form_of, dossier.tasks))
    return Count(name=_COUNTED[counted], value=len(dossier.tasks), certain=certain)


def _schools(tasks: Sequence[Task]) -> Count:
    name = _COUNTED[Counted.SCHOOLS]
    forms = [form for task in tasks if (form := form_of(task))]
    told = [form for form in forms if form.schools is not None]
    if not told:
        return Count(name=name, value=None, certain=False)
    total = sum(form.schools or 0 for form in told)
    at = told[0].schools_at or told[0].at
    return Count(name=name, value=total, certain=all(map(is_plain, forms)), at=at)


def _letters(dossier: Dossier, task: Task | None, counted: Counted) -> Count:
    """Letters, or the enterprises that wrote them; a letter without a name may be anybody's."""
    letters = task.letters if task else dossier.commitment_letters
    loose = dossier.loose_letters if task else ()
    certain = all(map(is_sure, letters)) and not loose
    at = letters[0].at if letters else None
    name = _COUNTED[counted]
    if counted is Counted.LETTERS:
        return Count(name=name, value=len(letters), certain=certain, at=at)
    firms = {frozenset(own_words(one.enterprise)) for one in letters if one.enterprise}
    certain = certain and all(one.enterprise for one in letters)
    return Count(name=name, value=len(firms), certain=certain, at=at)
