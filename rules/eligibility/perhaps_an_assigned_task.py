"""E20: campaigns, courses and laboratories may be assigned tasks, not tasks of science."""

from collections.abc import Iterator

from dossier import Call, Dossier, ProposalForm, Task, TaskKind
from rules.evidence import cues, has, opening, words_in, words_of
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_SCIENCE = cues("nghiên cứu", "thử nghiệm mô hình", "mô hình điểm", "thí điểm", "xây dựng TCVN")
"""What makes a course or a laboratory part of something larger."""
_CAMPAIGN = cues("truyền thông", "tuyên truyền", "hội thi", "cuộc thi", "phóng sự")
_LABORATORY = cues("thử nghiệm", "phòng thí nghiệm", "kiểm nghiệm", "kiểm định")
_SAYS = {
    TaskKind.TRAINING: "gồm các khóa đào tạo, bồi dưỡng",
    TaskKind.CAPACITY: "tăng cường năng lực thử nghiệm",
}


@rule(
    "E20",
    Severity.OFFICER,
    title="Nhiệm vụ KH&CN, không phải “nhiệm vụ được cấp có thẩm quyền giao”",
    cites=(
        Citation(
            "cong-van",
            "I",
            "Các đề xuất nhiệm vụ phải đáp ứng các yêu cầu đối với nhiệm vụ KH&CN cấp quốc gia "
            "được quy định tại Thông tư số 15/2022/TT-BKHCN.",
        ),
    ),
    after=("S17", "C03"),
)
def perhaps_an_assigned_task(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Truyền thông, khóa đào tạo, năng lực thử nghiệm có thể là việc được giao, không phải KH&CN.

    Cách hiểu: Thông tư số 15/2022/TT-BKHCN xếp các việc này vào “nhiệm vụ được cấp có thẩm quyền
    giao”, còn công văn vẫn nêu đào tạo trong định hướng. Không bao giờ báo đơn vị; cán bộ xem.
    """
    for task, form in forms(dossier):
        if says := _assigned(task, form):
            said = opening(form, ("noi_dung", "ket_qua"))
            yield unknown(
                at=said.at if said else form.at,
                says=f"Phiếu “{short(task.title)}” {says}.",
                remedy="Cán bộ xem đây là nhiệm vụ KH&CN hay nhiệm vụ được cấp có thẩm quyền giao.",
                confidence=form.confidence,
            )


def _assigned(task: Task, form: ProposalForm) -> str:
    whole = words_of(form).only(task.title, ("muc_tieu", "noi_dung"))
    if has(whole, _SCIENCE):
        return ""
    if task.kind is TaskKind.CAPACITY and not has(whole, _LABORATORY):
        return ""
    if task.kind not in _SAYS and has(words_in(task.title), _CAMPAIGN):
        return "là hoạt động truyền thông"
    return _SAYS.get(task.kind, "")
