"""S11: a dossier that grew over several mails; a person confirms what we are not sure of."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Finding, Severity, fail, rule, unknown
from rules.wording import moment


@rule("S11", Severity.INFO, title="Phần bổ sung ghép đúng hồ sơ đã nộp")
def supplement_to_confirm(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Hồ sơ có thể đến trong nhiều thư; bản mới nhất của một văn bản được dùng, bản cũ vẫn giữ.

    Việc ghép được nêu để đơn vị thấy. Khi máy không chắc thư thuộc hồ sơ nào, hoặc thư báo trước
    còn phần chưa đến, cán bộ xác nhận rồi mới trả lời.
    """
    for doubt in dossier.doubts:
        yield unknown(
            says=doubt,
            remedy="Cán bộ xác nhận trước khi trả lời.",
            weighs=Severity.OFFICER,
        )
    if dossier.parts_received < dossier.parts_announced:
        yield unknown(
            says=f"Đơn vị báo gửi {dossier.parts_announced} phần, "
            f"mới nhận {dossier.parts_received} phần.",
            remedy="Cán bộ chờ các phần còn lại hoặc hỏi đơn vị.",
            weighs=Severity.OFFICER,
        )
    if dossier.supplemented_at:
        yield fail(
            says=f"Hồ sơ có phần bổ sung nhận lúc {moment(dossier.supplemented_at, call)}.",
            remedy="Các tài liệu đã nhận trước đó được giữ nguyên.",
        )
