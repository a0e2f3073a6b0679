"""C03: a dossier proposes at least one task, on a form of an accepted family."""

from collections.abc import Iterator

from dossier import Call, Dossier, Role
from rules.papers import forms, is_sure, look_alikes
from rules.rule import Citation, Finding, Severity, missing, rule, unknown

_REMEDY = "Lập mỗi nhiệm vụ một phiếu theo mẫu của đợt này."


@rule(
    "C03",
    Severity.GAP,
    title="Hồ sơ có phiếu đề xuất nhiệm vụ",
    cites=(
        Citation(
            "cong-van",
            "II.3.b",
            "Các phiếu đề xuất nhiệm vụ theo mẫu quy định tại Thông tư số 03/2017/TT-BKHHCN",
        ),
    ),
    after=("S16", "S17"),
)
def proposal_form_missing(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Mỗi nhiệm vụ được trình bày trong một phiếu; không có phiếu thì không có gì để xét.

    Cách hiểu: Thông tư số 06/2023/TT-BKHCN đã thay thế Thông tư số 03/2017/TT-BKHCN mà công văn
    dẫn, nên phiếu theo mẫu của cả hai thông tư đều được nhận. Phiếu của thủ tục khác (đề tài cấp
    tỉnh, thuyết minh, đơn đăng ký chủ trì) thì không, và câu trả lời nêu tên văn bản đã nhận.
    """
    found = [form for _, form in forms(dossier)]
    asked = call.paper(Role.PROPOSAL_FORM)
    if found and not any(is_sure(form) for form in found):
        yield unknown(
            at=found[0].at,
            says=f"Chưa chắc tệp “{found[0].at.file}” là {asked.briefly}.",
            remedy="Cán bộ đọc và xác định.",
            confidence=found[0].confidence,
        )
    elif not found:
        others = ", ".join(f"“{title}”" for title in look_alikes(dossier))
        named = f" Văn bản nhận được là {others}, không phải mẫu của đợt này." if others else ""
        says = f"Chưa có {asked.name}.{named}"
        yield missing(dossier, says=says, remedy=asked.remedy or _REMEDY)
