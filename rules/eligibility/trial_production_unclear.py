"""E18: a trial-production project says where its technology comes from and who else pays."""

from collections.abc import Iterator

from dossier import Call, Dossier, FormFamily, ProposalForm
from rules.council import Question, ask
from rules.evidence import cues, has, opening, words_in
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_ORIGINS = cues(
    "kết quả", "đề tài", "dự án", "sáng chế", "giải pháp hữu ích", "bằng độc quyền",
    "chuyển giao", "nước ngoài", "nghiệm thu", "sáng kiến",
)  # fmt: skip


@rule(
    "E18",
    Severity.OFFICER,
    title="Dự án sản xuất thử nghiệm: xuất xứ công nghệ và nguồn ngoài ngân sách",
    cites=(
        Citation(
            "phieu-a2-2017",
            "Mục 2",
            "Từ một trong các nguồn sau: kết quả của các đề tài; kết quả khai thác sáng chế, giải "
            "pháp hữu ích; kết quả KH&CN chuyển giao từ nước ngoài",
        ),
        Citation(
            "phieu-a2-2017",
            "Mục 10",
            "Phương án huy động các nguồn lực của tổ chức dự kiến ứng dụng kết quả tạo ra",
        ),
    ),
    after=("S17", "C03"),
)
def trial_production_unclear(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Mẫu nêu các nguồn công nghệ và hỏi cách huy động nguồn lực; chưa rõ thì cán bộ xem.

    Mục để trống do C22, C23 nhắc; ở đây chỉ nói với cán bộ.
    """
    for task, form in forms(dossier):
        unclear = list(_unclear(form)) if _is_trial(form) and is_plain(form) else []
        if unclear:
            said = opening(form, ("xuat_xu", "huy_dong"))
            yield unknown(
                at=said.at if said else form.at,
                says=f"Phiếu dự án SXTN “{short(task.title)}” {' và '.join(unclear)}.",
                remedy=ask(Question.OUTSIDE_MONEY),
            )


def _is_trial(form: ProposalForm) -> bool:
    return form.template == "A2" and form.family is FormFamily.TT03_2017


def _unclear(form: ProposalForm) -> Iterator[str]:
    if not has(words_in(form.value("xuat_xu")), _ORIGINS):
        yield "chưa rõ xuất xứ công nghệ"
    if not form.value("huy_dong"):
        yield "chưa nêu nguồn lực ngoài ngân sách"
