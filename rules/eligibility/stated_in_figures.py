"""E15: whether a task is feasible and concrete is a judgement; its figures are shown for it."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier, FormField, ProposalForm
from rules.evidence import Said, opening, sentences
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_FIGURE = re.compile(r"\d")
_ASKED = (("muc_tieu", "mục tiêu"), ("ket_qua", "kết quả"))


@rule(
    "E15",
    Severity.OFFICER,
    title="Tính khả thi; mục tiêu, kết quả cụ thể, rõ ràng",
    cites=(
        Citation(
            "cong-van",
            "I",
            "Các nhiệm vụ đề xuất phải đảm bảo tính khả thi; phải trình bày cụ thể, rõ ràng về mục "
            "tiêu, nội dung và kết quả dự kiến đạt được",
        ),
    ),
    after=("S17", "C03"),
)
def stated_in_figures(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Khả thi hay không là nhận định; máy chỉ nêu mục tiêu, kết quả có con số hay không.

    Mục để trống do C16, C18 nêu.
    """
    for task, form in forms(dossier):
        told = [
            (name, _in_figures(form.fields[key]))
            for key, name in _ASKED
            if key in form.fields and form.fields[key].value
        ]
        if not told:
            continue
        stated = [f"{name} {'có' if said else 'không có'} con số" for name, said in told]
        first = next((said for _, said in told if said), None) or _opening(form)
        yield unknown(
            at=first.at if first else form.at,
            says=f"Phiếu “{short(task.title)}”: {', '.join(stated)}.",
            remedy="Cán bộ xem nhiệm vụ có khả thi, cụ thể, rõ ràng không.",
            confidence=form.confidence,
        )


def _in_figures(field: FormField) -> Said | None:
    """The first sentence of a field that holds a figure."""
    found = (one for one in sentences(field.value) if _FIGURE.search(one))
    return next((Said(field, one) for one in found), None)


def _opening(form: ProposalForm) -> Said | None:
    return opening(form, (key for key, _ in _ASKED))
