"""E05: a task answers a need of organisations or enterprises, and a paper says so."""

from collections.abc import Iterator

from dossier import Call, Dossier, Element, Task
from rules.evidence import cues, telling
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_NEED = cues(
    "nhu cầu", "đề nghị của", "đơn đề nghị", "đăng ký tham gia", "khảo sát", "kiến nghị của",
    "mong muốn", "yêu cầu của",
)  # fmt: skip
_WHO = cues(
    "công ty", "doanh nghiệp", "CTCP", "hợp tác xã", "HTX", "hộ kinh doanh", "cơ sở sản xuất",
    "cơ sở", "trường", "hiệp hội", "làng nghề", "trung tâm", "xí nghiệp", "tổ hợp tác", "đơn vị",
)  # fmt: skip


@rule(
    "E05",
    Severity.OFFICER,
    title="Nhiệm vụ xuất phát từ nhu cầu của tổ chức, doanh nghiệp",
    cites=(
        Citation(
            "cong-van",
            "I",
            "Các đề xuất nhiệm vụ phải xuất phát từ nhu cầu của tổ chức, doanh nghiệp; phục vụ, hỗ "
            "trợ doanh nghiệp nâng cao năng suất, chất lượng sản phẩm, hàng hóa;",
        ),
    ),
    after=("S17", "C03"),
)
def need_unsaid(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Văn bản cam kết nêu nhu cầu, hoặc phiếu nêu nhu cầu hay nơi sẽ dùng kết quả, là đủ dấu hiệu.

    Không thấy dấu hiệu nào thì cán bộ đọc phiếu; không yêu cầu đơn vị gửi thêm văn bản.
    """
    for task, form in forms(dossier):
        if not is_plain(form) or _has_letter(task):
            continue
        if telling(form, ("can_cu", "cap_thiet"), _NEED) or telling(form, ("dia_chi",), _WHO):
            continue
        yield unknown(
            at=form.at,
            says=f"Phiếu “{short(task.title)}” chưa cho thấy nhu cầu của tổ chức, doanh nghiệp "
            "nào.",
            remedy="Cán bộ xem nhiệm vụ có xuất phát từ nhu cầu thực tế hay không.",
        )


def _has_letter(task: Task) -> bool:
    needs = (letter.commitment(Element.NEED) for letter in task.letters)
    return any(one and not one.negated for one in needs)
