"""E17: whether a task repeats another is found in databases we have not; its words are shown."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.council import Question, ask
from rules.evidence import cues, telling
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown

_FIELDS = ("cap_thiet", "can_cu", "xuat_xu", "noi_dung")
_BEFORE = cues(
    "chưa có", "lần đầu", "kế thừa", "đã thực hiện", "đã triển khai", "tương tự", "trùng lặp",
    "đã được nghiên cứu", "đề tài trước", "giai đoạn trước",
)  # fmt: skip


@rule(
    "E17",
    Severity.OFFICER,
    title="Không trùng nhiệm vụ đã, đang thực hiện",
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
def not_done_before(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Cơ quan quản lý cấp trên tra cứu cơ sở dữ liệu nhiệm vụ; máy không có dữ liệu này.

    Máy chỉ dẫn câu phiếu nói về những gì đã làm hoặc chưa ai làm, mỗi hồ sơ một lần.
    """
    proposed = forms(dossier)
    told = [found for _, form in proposed if (found := telling(form, _FIELDS, _BEFORE))]
    if proposed:
        yield unknown(
            at=told[0].at if told else proposed[0][1].at,
            says=f"Có {len(told)}/{len(proposed)} phiếu nói về những gì đã hoặc chưa được làm.",
            remedy=ask(Question.NO_DUPLICATION),
        )
