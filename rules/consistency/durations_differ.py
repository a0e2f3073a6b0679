"""N04: table and form give a task the same time."""

from collections.abc import Iterator

from dossier import Call, Dossier, Duration
from rules.papers import both_plain
from rules.rule import Finding, Severity, fail, rule
from rules.wording import length


@rule("N04", Severity.WARNING, title="Thời gian thống nhất giữa bảng tổng hợp và phiếu")
def durations_differ(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """So số tháng và năm bắt đầu khi cả hai nơi đều nêu; chênh một tháng là do cách đếm."""
    for task in dossier.tasks:
        pair = both_plain(dossier, task)
        if pair is None:
            continue
        row, form = pair
        if row.duration and form.duration and _differ(row.duration, form.duration):
            yield fail(
                at=form.duration.at,
                says=f"Nhiệm vụ “{task.title}”: thời gian trong Bảng tổng hợp "
                f"({length(row.duration)}) khác Phiếu đề xuất ({length(form.duration)}).",
                remedy="Thống nhất thời gian ở hai nơi.",
            )


def _differ(one: Duration, other: Duration) -> bool:
    if one.contradicts_itself or other.contradicts_itself:
        return False
    if one.months and other.months and abs(one.months - other.months) > 1:
        return True
    return bool(one.start_year and other.start_year and one.start_year != other.start_year)
