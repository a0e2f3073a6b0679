"""C07: a task that builds a pilot model comes with the enterprise's commitment."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier, Place, Task, TaskKind
from dossier.vietnamese import fold
from rules.papers import SELF_PROPOSERS, form_of, is_plain, is_sure
from rules.rule import Citation, Finding, Severity, missing, rule, unknown

_LIKE_A_PILOT = re.compile(
    r"\bmo hinh (mau|thi diem|trinh dien|dien hinh)\b|\b(thi diem|lam diem)( \w+){0,2} mo hinh\b"
)
_ELEMENTS = "nhu cầu; phối hợp thực hiện; đối ứng kinh phí; tiếp nhận hoặc ứng dụng kết quả"


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
def commitment_letter_missing(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Mô hình điểm làm ngay tại doanh nghiệp, nên cần doanh nghiệp cam kết trước khi đề xuất.

    Cách hiểu: công văn đặt điều kiện “đối với nhiệm vụ xây dựng mô hình điểm” ở cuối câu; chúng
    tôi hiểu điều kiện này áp dụng cho toàn bộ các văn bản cam kết. Chỉ đúng chữ “mô hình điểm”
    trong tên hoặc mục tiêu mới là mô hình điểm; “mô hình 5S”, “mô hình quản lý” thì không. Khi
    phiếu viết “mô hình mẫu”, “mô hình thí điểm”, cán bộ xác định.

    Doanh nghiệp tự đề xuất cho mình có thể cam kết ngay trong công văn hoặc phiếu của mình.
    """
    for task in dossier.tasks:
        if task.kind is TaskKind.PILOT_MODEL:
            yield from _for_a_pilot_model(dossier, task)
        elif not task.letters and _may_be_a_pilot_model(task):
            yield unknown(
                at=_place(task),
                says=f"Không rõ nhiệm vụ “{task.title}” có xây dựng mô hình điểm hay không.",
                remedy="Cán bộ đọc phiếu và xác định loại nhiệm vụ.",
            )


def _for_a_pilot_model(dossier: Dossier, task: Task) -> Iterator[Finding]:
    if not task.letters and dossier.loose_letters:
        yield unknown(
            at=dossier.loose_letters[0].at,
            says=f"Không rõ văn bản cam kết nào là của nhiệm vụ “{task.title}”.",
            remedy="Cán bộ đọc văn bản cam kết và ghép với nhiệm vụ.",
        )
    elif not task.letters:
        own = dossier.unit.kind in SELF_PROPOSERS
        whose = "của chính doanh nghiệp" if own else "của từng doanh nghiệp tham gia"
        yield missing(
            dossier,
            at=_place(task),
            says=f"Nhiệm vụ xây dựng mô hình điểm “{task.title}” chưa có văn bản thể hiện nhu cầu "
            "và cam kết của doanh nghiệp.",
            remedy=f"Gửi văn bản {whose}, nêu rõ: {_ELEMENTS}.",
        )
    elif not any(is_sure(letter) for letter in task.letters):
        letter = task.letters[0]
        yield unknown(
            at=letter.at,
            says=f"Chưa chắc tệp “{letter.at.file}” là văn bản cam kết cho nhiệm vụ "
            f"“{task.title}”.",
            remedy="Cán bộ đọc và xác định.",
            confidence=letter.confidence,
        )


def _may_be_a_pilot_model(task: Task) -> bool:
    """Words close to “mô hình điểm”, or a form we could not read well enough to see them."""
    form = form_of(task)
    objective = form.value("muc_tieu") if form else ""
    if _LIKE_A_PILOT.search(fold(f"{task.title}\n{objective}")):
        return True
    return task.kind is TaskKind.UNKNOWN and form is not None and not is_plain(form)


def _place(task: Task) -> Place | None:
    form = form_of(task)
    if form:
        return form.at
    return task.row.at if task.row else None
