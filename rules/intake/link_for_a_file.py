"""S06: papers come as files, not as links to a store we never open."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import lacks, proposes_nothing
from rules.rule import Finding, Severity, State, fail, rule, unknown

_REMEDY = "Đính kèm tệp trực tiếp vào thư, có thể chia thành nhiều thư."


@rule(
    "S06",
    Severity.GAP,
    title="Tài liệu được đính kèm, không gửi bằng liên kết",
    concludes=State.RESEND,
)
def link_for_a_file(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Hệ thống không tải tệp từ liên kết: liên kết có thể hết hạn, đổi nội dung hoặc không an toàn.

    Chỉ đề nghị gửi lại khi hồ sơ còn thiếu văn bản mà liên kết có thể chứa; hồ sơ đã đủ tệp đính
    kèm thì liên kết chỉ được ghi nhận. Văn bản nằm sau liên kết không bị báo là thiếu.
    """
    if not dossier.links or proposes_nothing(dossier):
        return
    at = dossier.links[0].at
    absent = lacks(dossier, call)
    if not absent:
        yield fail(
            at=at,
            says="Thư có liên kết tải tệp; hồ sơ được xét theo các tệp đính kèm.",
            remedy="Không cần gửi lại.",
            weighs=Severity.INFO,
        )
    elif len(absent) <= len(dossier.unread):
        yield unknown(
            at=at,
            says="Thư có liên kết tải tệp, và văn bản chưa thấy có thể nằm trong tệp chưa đọc "
            "được.",
            remedy="Cán bộ đọc tệp trước khi đề nghị đơn vị gửi lại.",
        )
    else:
        yield fail(
            at=at,
            says="Thư chứa liên kết tải tệp; hệ thống không tải tệp từ liên kết.",
            remedy=_REMEDY,
        )
