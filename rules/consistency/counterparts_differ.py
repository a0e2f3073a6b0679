"""N06: what enterprises promise to pay adds up to what the form says they pay."""

from collections.abc import Iterator
from decimal import Decimal

from dossier import Call, Dossier, Element, ProposalForm, Task
from rules.papers import forms, is_plain
from rules.rule import Finding, Severity, fail, rule
from rules.wording import million, short

_ROUNDING = Decimal("0.005")
"""Half a per cent: “1,5 tỷ” for 1.495 triệu."""


@rule(
    "N06",
    Severity.OFFICER,
    title="Mức đối ứng trong phiếu và trong văn bản cam kết",
    after=("S17",),
)
def counterparts_differ(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Chỉ so phiếu với chính các văn bản cam kết; không văn bản nào quy định tỷ lệ đối ứng.

    Chỉ so khi mọi văn bản của nhiệm vụ đều nêu số tiền và mỗi văn bản chỉ cho một nhiệm vụ; nguồn
    khác trong phiếu có thể gồm cả tiền của nơi khác nên cán bộ xem.
    """
    shared = _shared(dossier)
    for task, form in forms(dossier):
        stated, promised = _stated(task, form), _promised(task, shared)
        if stated is None or promised is None:
            continue
        if abs(stated - promised) > _ROUNDING * max(stated, promised):
            yield fail(
                at=form.budget.at if form.budget else form.at,
                says=f"Nhiệm vụ “{short(task.title)}”: mức đối ứng trong phiếu ({million(stated)}) "
                f"khác tổng mức cam kết của doanh nghiệp ({million(promised)}).",
                remedy="Cán bộ kiểm tra lại mức đối ứng.",
            )


def _shared(dossier: Dossier) -> frozenset[str]:
    """Files of letters that serve more than one task: their money cannot be told apart."""
    files = [at for task in dossier.tasks for at in {letter.at.file for letter in task.letters}]
    return frozenset(file for file in files if files.count(file) > 1)


def _stated(task: Task, form: ProposalForm) -> Decimal | None:
    budget = form.budget if is_plain(form) else None
    return budget.other if budget and task.letters else None


def _promised(task: Task, shared: frozenset[str]) -> Decimal | None:
    amounts = []
    for letter in task.letters:
        promise = letter.commitment(Element.CO_FUND)
        if promise is None or promise.negated or promise.million is None:
            return None
        if letter.at.file in shared or not is_plain(letter):
            return None
        amounts.append(promise.million)
    return sum(amounts, Decimal(0)) if amounts else None
