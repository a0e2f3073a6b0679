"""E07: a task starts in the call's first year or later."""

from collections.abc import Iterator

from dossier import Call, Dossier, Duration, Task
from rules.papers import form_of, is_plain, table_of
from rules.rule import Citation, Finding, Severity, fail, rule, unknown

_BY_HAND = "Cán bộ đọc thời gian bắt đầu trong phiếu."


@rule(
    "E07",
    Severity.GAP,
    title="Nhiệm vụ bắt đầu thực hiện từ năm của đợt đề xuất",
    cites=(Citation("cong-van", "mở đầu", "dự kiến bắt đầu thực hiện từ năm 2025"),),
)
def starts_too_early(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Đợt đề xuất dành cho nhiệm vụ bắt đầu từ năm đã nêu; bắt đầu muộn hơn thì vẫn phù hợp.

    Bắt đầu muộn hơn chỉ nêu để cán bộ biết. Khi phiếu và bảng ghi khác nhau, hoặc số đọc từ bản
    quét, máy không kết luận.
    """
    for task in dossier.tasks:
        stated = tuple(_starts(dossier, task))
        if not stated:
            continue
        duration, typed = stated[0]
        year = duration.start_year or call.first_year
        named = f"Nhiệm vụ “{task.title}” ghi bắt đầu năm {year}"
        agreed = all(one.start_year == year for one, _ in stated)
        if year < call.first_year and typed and agreed:
            yield fail(
                at=duration.at,
                says=f"{named}; đợt đề xuất này dành cho nhiệm vụ bắt đầu thực hiện từ năm "
                f"{call.first_year}.",
                remedy="Điều chỉnh thời gian bắt đầu.",
            )
        elif year < call.first_year:
            yield unknown(at=duration.at, says=f"{named}, nhưng chưa chắc.", remedy=_BY_HAND)
        elif year > call.first_year:
            yield fail(
                at=duration.at,
                says=f"{named}, sau năm {call.first_year}.",
                remedy="Cán bộ cân nhắc khi tổng hợp.",
                weighs=Severity.OFFICER,
            )


def _starts(dossier: Dossier, task: Task) -> Iterator[tuple[Duration, bool]]:
    """Durations that state a start, the form's first, and whether they were typed."""
    form, row = form_of(task), task.row
    if form and form.duration and form.duration.start_year:
        yield form.duration, is_plain(form)
    if row and row.duration and row.duration.start_year:
        table = table_of(dossier, row)
        yield row.duration, table is None or is_plain(table)
