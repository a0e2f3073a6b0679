"""N03: table and form ask for the same money."""

from collections.abc import Iterator
from decimal import Decimal

from dossier import Call, Dossier
from rules.papers import both_plain
from rules.rule import Finding, Severity, fail, rule
from rules.wording import million

_ROUNDING = Decimal("0.005")
"""Half a percent: amounts rounded to the nearest million differ by so much."""


@rule("N03", Severity.WARNING, title="Kinh phí thống nhất giữa bảng tổng hợp và phiếu")
def budgets_differ(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Chỉ so khi cả hai nơi đều có số tiền rõ đơn vị tính; chênh không quá 0,5% là do làm tròn."""
    for task in dossier.tasks:
        pair = both_plain(dossier, task)
        if pair is None:
            continue
        row, form = pair
        listed = row.budget.total if row.budget else None
        asked = form.budget.total if form.budget else None
        if listed and asked and abs(listed - asked) > _ROUNDING * max(listed, asked):
            yield fail(
                at=form.budget.at if form.budget else form.at,
                says=f"Nhiệm vụ “{task.title}”: kinh phí trong Bảng tổng hợp ({million(listed)}) "
                f"khác Phiếu đề xuất ({million(asked)}).",
                remedy="Thống nhất kinh phí ở hai nơi.",
            )
