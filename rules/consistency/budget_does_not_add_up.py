"""N05: the sources of a budget add up to its total."""

from collections.abc import Iterator
from decimal import Decimal

from dossier import Budget, Call, Dossier, Task
from rules.papers import form_of, is_plain, table_of
from rules.rule import Finding, Severity, fail, rule
from rules.wording import million

_ROUNDING = Decimal("0.005")


@rule("N05", Severity.WARNING, title="Tổng kinh phí bằng tổng các nguồn")
def budget_does_not_add_up(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Chỉ cộng khi tổng, ngân sách và nguồn khác đều có số rõ đơn vị tính; làm tròn 0,5%."""
    for task in dossier.tasks:
        for budget in _budgets(dossier, task):
            if budget.total is None or budget.state is None or budget.other is None:
                continue
            parts = budget.state + budget.other
            if abs(budget.total - parts) > _ROUNDING * max(budget.total, parts):
                yield fail(
                    at=budget.at,
                    says=f"Nhiệm vụ “{task.title}”: tổng kinh phí ({million(budget.total)}) chưa "
                    f"bằng tổng các nguồn ({million(parts)}).",
                    remedy="Kiểm tra lại số tiền các nguồn.",
                )
                break


def _budgets(dossier: Dossier, task: Task) -> Iterator[Budget]:
    form, row = form_of(task), task.row
    if form and form.budget and is_plain(form):
        yield form.budget
    table = table_of(dossier, row) if row else None
    if row and row.budget and (table is None or is_plain(table)):
        yield row.budget
