"""S17: a unit that says it has nothing to propose has answered."""

from collections.abc import Iterator

from dossier import Call, CoverLetter, Dossier
from rules.papers import proposes_nothing
from rules.rule import Finding, Severity, State, fail, rule, unknown


@rule(
    "S17",
    Severity.INFO,
    title="Báo cáo không có đề xuất được ghi nhận",
    concludes=State.NIL_RETURN,
)
def nothing_to_propose(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Trả lời “không có đề xuất” là câu trả lời trọn vẹn, không phải hồ sơ thiếu ba văn bản.

    Chỉ kết luận khi không có nhiệm vụ nào và mọi tệp đã đọc được; nếu còn tệp chưa đọc được, thư
    có liên kết hoặc chưa rõ đơn vị thì cán bộ xem trước.
    """
    if not proposes_nothing(dossier):
        return
    doubtful = any(not _says_nothing(one) for one in dossier.could_hide_a_paper)
    if doubtful or dossier.links or dossier.doubts or dossier.units_seen or not dossier.unit.name:
        yield unknown(
            at=dossier.nil_words,
            says="Đơn vị báo không có đề xuất, nhưng thư còn phần máy chưa đọc chắc chắn.",
            remedy="Cán bộ đọc thư và xác nhận.",
            weighs=Severity.OFFICER,
        )
    else:
        yield fail(
            at=dossier.nil_words,
            says="Đơn vị báo không có đề xuất nhiệm vụ.",
            remedy="Không cần gửi thêm.",
        )


def _says_nothing(one: object) -> bool:
    """A short letter is hard to recognise; what it says settles what it is."""
    return isinstance(one, CoverLetter) and one.says_nothing_to_propose
