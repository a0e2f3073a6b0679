"""C07: a task that builds a pilot model comes with the enterprise's commitment."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier, Element, KindAsked, Place, Role, Task, TaskKind
from dossier.vietnamese import fold
from rules.papers import SELF_PROPOSERS, form_of, is_plain, is_sure
from rules.rule import Citation, Finding, Severity, missing, rule, unknown

_AN_ELEMENT = {
    Element.NEED: "nhu cầu",
    Element.COOPERATE: "phối hợp thực hiện",
    Element.CO_FUND: "đối ứng kinh phí",
    Element.TAKE_UP: "tiếp nhận hoặc ứng dụng kết quả",
}


@rule(
    "C07",
    Severity.GAP,
    title="Nhiệm vụ xây dựng mô hình điểm có văn bản cam kết của doanh nghiệp",
    cites=(
        Citation(
            "cong-van",
            "II.3.b",
            "kèm theo các văn bản thể hiện nhu cầu và cam kết của doanh nghiệp trong việc",
        ),
        Citation("cong-van", "II.3.b", "(đối với nhiệm vụ xây dựng mô hình điểm)"),
    ),
    after=("C03",),
)
def commitment_letter_missing(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Mô hình điểm làm ngay tại doanh nghiệp, nên cần doanh nghiệp cam kết trước khi đề xuất.

    Cách hiểu: công văn đặt điều kiện “đối với nhiệm vụ xây dựng mô hình điểm” ở cuối câu; chúng
    tôi hiểu điều kiện này áp dụng cho toàn bộ các văn bản cam kết. Chỉ đúng chữ “mô hình điểm”
    trong tên hoặc mục tiêu mới là mô hình điểm; “mô hình 5S”, “mô hình quản lý” thì không. Khi
    phiếu viết “mô hình mẫu”, “mô hình thí điểm”, cán bộ xác định.

    Doanh nghiệp tự đề xuất cho mình có thể cam kết ngay trong công văn hoặc phiếu của mình.
    """
    for task in dossier.tasks:
        if call.needs_commitment(task.kind):
            yield from _for_one_that_needs_it(dossier, task, call)
        elif not task.letters and _may_need_it(task, call):
            named = " hoặc ".join(_called(one) for one in call.kinds if one.needs_commitment)
            yield unknown(
                at=_place(task),
                says=f"Không rõ nhiệm vụ “{task.title}” có {named} hay không.",
                remedy="Cán bộ đọc phiếu và xác định loại nhiệm vụ.",
            )


def _for_one_that_needs_it(dossier: Dossier, task: Task, call: Call) -> Iterator[Finding]:
    asked, kind = call.paper(Role.COMMITMENT_LETTER), call.kind(task.kind)
    if not task.letters and dossier.loose_letters:
        yield unknown(
            at=dossier.loose_letters[0].at,
            says=f"Không rõ {asked.briefly} nào là của nhiệm vụ “{task.title}”.",
            remedy=f"Cán bộ đọc {asked.briefly} và ghép với nhiệm vụ.",
        )
    elif not task.letters:
        own = dossier.unit.kind in SELF_PROPOSERS
        whose = "của chính doanh nghiệp" if own else "của từng doanh nghiệp tham gia"
        yield missing(
            dossier,
            at=_place(task),
            says=f"Nhiệm vụ {_called(kind)} “{task.title}” chưa có {asked.name}.",
            remedy=asked.remedy or f"Gửi văn bản {whose}, nêu rõ: {_elements(call)}.",
        )
    elif not any(is_sure(letter) for letter in task.letters):
        letter = task.letters[0]
        yield unknown(
            at=letter.at,
            says=f"Chưa chắc tệp “{letter.at.file}” là {asked.briefly} cho nhiệm vụ "
            f"“{task.title}”.",
            remedy="Cán bộ đọc và xác định.",
            confidence=letter.confidence,
        )


def _called(kind: KindAsked | None) -> str:
    """The kind in the middle of a sentence; nothing when the call names it no other way."""
    return kind.called or kind.name if kind else ""


def _elements(call: Call) -> str:
    return "; ".join(_AN_ELEMENT.get(one, one) for one in call.commitment_cues)


def _may_need_it(task: Task, call: Call) -> bool:
    """Words close to the kind's own, or a form we could not read well enough to see them."""
    needing = [kind for kind in call.kinds if kind.needs_commitment]
    form = form_of(task)
    said = fold(f"{task.title}\n{form.value('muc_tieu') if form else ''}")
    if any(re.search(cue, said) for kind in needing for cue in kind.perhaps):
        return True
    return (
        bool(needing) and task.kind is TaskKind.UNKNOWN and form is not None and not is_plain(form)
    )


def _place(task: Task) -> Place | None:
    form = form_of(task)
    if form:
        return form.at
    return task.row.at if task.row else None
