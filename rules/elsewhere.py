"""Requirements that no rule can judge, and what does: nothing of the call is left without one.

A rule reads one dossier. What is settled before a dossier exists, on a calendar, between several
dossiers, or in a file's signature, is settled by the part of the service named here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Decider(StrEnum):
    """Who decides what no rule decides."""

    DOOR = "door"  # on the mail, before a dossier exists
    CALENDAR = "calendar"  # by the date, whatever a dossier holds
    OFFICE = "office"  # across dossiers, by a person with our tables before them
    FILE = "file"  # in the file itself, before its words

    @property
    def label(self) -> str:
        """Head the group in the published page."""
        return _LABELS[self]


_LABELS = {
    Decider.DOOR: "Quyết định ngay khi thư đến, trước khi thành hồ sơ",
    Decider.CALENDAR: "Theo lịch",
    Decider.OFFICE: "Khi tổng hợp, so nhiều hồ sơ với nhau",
    Decider.FILE: "Ở chính tệp, không ở lời văn",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One requirement, and what is done about it in place of a rule."""

    id: str
    title: str
    why: str
    decider: Decider
    done_by: str
    """The part that does it, as Python names it: “ingest.courtesy”, “desk.views.mails”."""


DECIDED_ELSEWHERE = (
    Elsewhere(
        "S01",
        "Thư không phải hồ sơ",
        "Thư không có tệp, không có liên kết và không có dấu hiệu nào của hồ sơ được ghi vào danh "
        "sách “thư khác”, không trả lời tự động. Thư hỏi về đợt đề xuất được chuyển cán bộ. Quy "
        "tắc đọc hồ sơ, mà thư này không thành hồ sơ.",
        Decider.DOOR,
        "ingest.triage.triage",
    ),
    Elsewhere(
        "S02",
        "Thư tự động, vòng lặp",
        "Thư do máy gửi (báo không gửi được, trả lời tự động, danh sách thư) được nhận biết qua "
        "phần đầu thư và không bao giờ được trả lời (RFC 3834). Có trả lời hay không phải biết "
        "trước khi đọc hồ sơ.",
        Decider.DOOR,
        "ingest.courtesy.courtesy",
    ),
    Elsewhere(
        "S14",
        "Dấu hiệu tài liệu bí mật nhà nước",
        "Thư có dấu chỉ độ mật được cô lập ngay, không đưa vào hồ sơ, không hiện nội dung, không "
        "trả lời tự động; cán bộ được báo ngay. Không có hồ sơ nào để quy tắc đọc.",
        Decider.DOOR,
        "ingest.triage.triage",
    ),
    Elsewhere(
        "D04",
        "Nhắc thời hạn",
        "Thư nhắc gửi đến đơn vị chưa gửi gì, hoặc còn nội dung phải bổ sung, theo số ngày làm "
        "việc trước thời hạn ghi trong đợt; đơn vị đã báo không có đề xuất thì không nhắc. Đơn vị "
        "chưa gửi thì chưa có hồ sơ để quy tắc đọc.",
        Decider.CALENDAR,
        "service.reminding.remind_units",
    ),
    Elsewhere(
        "D05",
        "Hạn báo cáo cấp trên",
        "Thời hạn của cơ quan tổng hợp, không liên quan đến hồ sơ nào; cán bộ lập bộ hồ sơ gửi cấp "
        "trên ở trang tổng hợp.",
        Decider.CALENDAR,
        "desk.views.packages",
    ),
    Elsewhere(
        "N12",
        "Nhiệm vụ trùng giữa các đơn vị",
        "Chỉ thấy được khi so các hồ sơ với nhau, còn quy tắc đọc từng hồ sơ. Cả hai được giữ; "
        "Bảng tổng hợp chung đặt các nhiệm vụ cạnh nhau để cán bộ trao đổi với các đơn vị.",
        Decider.OFFICE,
        "outbox.bundle.tables.task_rows",
    ),
)
"""Ids are never reused: when one of these becomes a rule, its line here goes."""
