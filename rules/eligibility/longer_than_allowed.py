"""E06: a task lasts no longer than the programme's circular allows."""

from collections.abc import Iterator

from dossier import CERTAIN, Call, Dossier, Duration, Task, Text
from rules.papers import form_of, table_of
from rules.rule import Citation, Finding, Outcome, Severity, fail, rule, unknown

_BY_HAND = "Cán bộ đọc thời gian thực hiện trong phiếu."
_SLIP = 1
"""Months by which people count a span of dates differently: 01/2025 to 01/2028 is “3 năm”."""


@rule(
    "E06",
    Severity.GAP,
    title="Thời gian thực hiện không quá 36 tháng",
    cites=(
        Citation(
            "tt-15-2022",
            "Điều 5 khoản 4",
            "Thời gian thực hiện nhiệm vụ khoa học và công nghệ cấp quốc gia thuộc Chương trình "
            "tối đa là 36 tháng.",
        ),
    ),
)
def longer_than_allowed(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Đây là giới hạn duy nhất bằng số trong thông tư; đơn vị được đề nghị rà soát, điều chỉnh.

    Số tháng ghi rõ là căn cứ. Khi chỉ có mốc đầu và mốc cuối, vượt một tháng có thể do cách đếm
    nên cán bộ xem. Khi số tháng và hai mốc mâu thuẫn nhau, hoặc chỉ có các năm, máy không chọn
    thay đơn vị.
    """
    for task in dossier.tasks:
        duration = _duration(task)
        if duration is None:
            continue
        found = _judged(task, duration, call.max_months)
        if found and found.outcome is Outcome.FAIL and not _is_typed(dossier, task, duration):
            yield unknown(at=found.at, says=found.says, remedy=_BY_HAND)
        elif found:
            yield found


def _duration(task: Task) -> Duration | None:
    """What the form says; the table only where the form says nothing."""
    form = form_of(task)
    if form and form.duration and _says_how_long(form.duration):
        return form.duration
    return task.row.duration if task.row else None


def _says_how_long(duration: Duration) -> bool:
    return bool(duration.months or duration.contradicts_itself or duration.end_year)


def _judged(task: Task, duration: Duration, most: int) -> Finding | None:
    named = f"Nhiệm vụ “{task.title}”"
    if duration.contradicts_itself:
        return unknown(
            at=duration.at,
            says=f"{named} ghi {duration.stated_months} tháng nhưng khoảng thời gian nêu là "
            f"{duration.span_months} tháng.",
            remedy=_BY_HAND,
        )
    months = duration.months
    if months is None:
        return _by_years(named, duration, most)
    if months <= most:
        return None
    if duration.stated_months is None and months <= most + _SLIP:
        return unknown(
            at=duration.at,
            says=f"{named} nêu khoảng thời gian tính được {months} tháng, vượt {months - most} "
            "tháng theo cách đếm cả tháng đầu và tháng cuối.",
            remedy=_BY_HAND,
        )
    return _too_long(named, f"{months} tháng", duration, most)


def _by_years(named: str, duration: Duration, most: int) -> Finding | None:
    """Only years are known: from December of the first to January of the last it may be short."""
    first, last = duration.start_year, duration.end_year
    if not first or not last or (last - first + 1) * 12 <= most:
        return None
    if (last - first - 1) * 12 + 2 > most + _SLIP:
        return _too_long(named, f"từ năm {first} đến năm {last}", duration, most)
    return unknown(
        at=duration.at,
        says=f"{named} ghi từ năm {first} đến năm {last}, không rõ bao nhiêu tháng.",
        remedy=_BY_HAND,
    )


def _too_long(named: str, said: str, duration: Duration, most: int) -> Finding:
    return fail(
        at=duration.at,
        says=f"{named} đề xuất {said}; thời gian thực hiện tối đa là {most} tháng.",
        remedy="Rà soát, điều chỉnh thời gian thực hiện.",
    )


def _is_typed(dossier: Dossier, task: Task, duration: Duration) -> bool:
    """A figure recognised from a picture may be another figure."""
    form = form_of(task)
    if form and form.duration is duration:
        return form.text is Text.NATIVE and form.confidence >= CERTAIN
    table = table_of(dossier, task.row) if task.row else None
    return table is None or (table.text is Text.NATIVE and table.confidence >= CERTAIN)
