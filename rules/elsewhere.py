"""Requirements that no rule here can judge, and who does: nothing of the call is left without one.

Some are decided at the door, before a dossier exists; some on a calendar; some by a person, who
gets the evidence but no opinion of ours.
"""

from dataclasses import dataclass
from enum import StrEnum


class Decider(StrEnum):
    """Who decides what no rule decides."""

    DOOR = "door"  # on the mail, before a dossier exists
    CALENDAR = "calendar"  # by the date, whatever a dossier holds
    OFFICER = "officer"  # by a person's judgement, never by a machine
    REGISTER = "register"  # by comparing with other dossiers, registers, the file itself

    @property
    def label(self) -> str:
        """Head the group in the published page."""
        return _LABELS[self]


_LABELS = {
    Decider.DOOR: "Quyết định ngay khi thư đến, trước khi thành hồ sơ",
    Decider.CALENDAR: "Theo lịch, cán bộ thực hiện",
    Decider.OFFICER: "Chỉ cán bộ xem xét, máy không kết luận",
    Decider.REGISTER: "Chưa kiểm tra tự động, cán bộ đối chiếu",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One requirement, and what is done about it in place of a rule."""

    id: str
    title: str
    why: str
    decider: Decider


DECIDED_ELSEWHERE = (
    Elsewhere(
        "S01",
        "Thư không phải hồ sơ",
        "Thư không có tệp, không có liên kết và không có dấu hiệu nào của hồ sơ được ghi vào danh "
        "sách “thư khác”, không trả lời tự động. Thư hỏi về đợt đề xuất được chuyển cán bộ.",
        Decider.DOOR,
    ),
    Elsewhere(
        "S02",
        "Thư tự động, vòng lặp",
        "Thư do máy gửi (báo không gửi được, trả lời tự động, danh sách thư) được nhận biết qua "
        "phần đầu thư và không bao giờ được trả lời (RFC 3834).",
        Decider.DOOR,
    ),
    Elsewhere(
        "S14",
        "Dấu hiệu tài liệu bí mật nhà nước",
        "Thư có dấu chỉ độ mật được cô lập ngay, không đưa vào hồ sơ, không hiện nội dung, không "
        "trả lời tự động; cán bộ được báo ngay.",
        Decider.DOOR,
    ),
    Elsewhere(
        "D04",
        "Nhắc thời hạn",
        "Máy chưa tự gửi thư nhắc. Cán bộ xem danh sách đơn vị chưa gửi và nhắc trước thời hạn; "
        "đơn vị đã báo cáo không có đề xuất thì không nhắc.",
        Decider.CALENDAR,
    ),
    Elsewhere(
        "D05",
        "Hạn báo cáo cấp trên",
        "Cán bộ theo dõi; không liên quan đến đơn vị nộp.",
        Decider.CALENDAR,
    ),
    Elsewhere(
        "E03",
        "Phù hợp thẩm quyền quản lý",
        "Công văn yêu cầu đề xuất phù hợp thẩm quyền quản lý của cấp mời; đây là nhận định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E04",
        "Phù hợp mục tiêu, nhiệm vụ, giải pháp của Chương trình",
        "Quyết định số 1322/QĐ-TTg; khoản 1 Điều 5 Thông tư số 15/2022/TT-BKHCN. Đây là nhận định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E08",
        "Khả năng duy trì, nhân rộng kết quả",
        "Khoản 3 Điều 5 Thông tư số 15/2022/TT-BKHCN. Đây là nhận định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E09",
        "Kết quả áp dụng thực tiễn",
        "Khoản 2 Điều 5 Thông tư số 15/2022/TT-BKHCN. Đây là nhận định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E13",
        "Các trường cùng khối ngành",
        "Máy đếm số trường (E12); có cùng khối ngành hay không do cán bộ xem xét.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E15",
        "Tính khả thi, cụ thể",
        "Máy chỉ kiểm tra phiếu có trình bày hay không; trình bày có khả thi hay không là nhận "
        "định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E16",
        "Tiêu chí nhiệm vụ cấp quốc gia",
        "Khoản 1 Điều 25 Nghị định số 08/2014/NĐ-CP. Đây là nhận định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E17",
        "Không trùng nhiệm vụ đã, đang thực hiện",
        "Cơ quan quản lý cấp trên tra cứu cơ sở dữ liệu; máy không có dữ liệu này.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E19",
        "TCVN phục vụ trực tiếp năng suất chất lượng",
        "Máy nhận ra nhiệm vụ xây dựng TCVN; có phục vụ trực tiếp hay không là nhận định.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "F08",
        "Chữ ký, dấu, chữ ký số",
        "Chữ ký và dấu có thể là ảnh, mực hoặc chữ ký số; máy không kết luận một văn bản chưa ký.",
        Decider.OFFICER,
    ),
    Elsewhere(
        "E01",
        "Đối tượng được mời",
        "Đối chiếu với danh sách đơn vị được mời.",
        Decider.REGISTER,
    ),
    Elsewhere("E02", "Trên địa bàn", "Đối chiếu địa chỉ của đơn vị.", Decider.REGISTER),
    Elsewhere(
        "E05",
        "Xuất phát từ nhu cầu của tổ chức, doanh nghiệp",
        "Cán bộ đọc phiếu; riêng mô hình điểm đã có C08.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "E10",
        "Doanh nghiệp thành lập, hoạt động hợp pháp",
        "Khoản 5 Điều 5 Thông tư số 15/2022/TT-BKHCN; máy không tra cứu mã số qua mạng.",
        Decider.REGISTER,
    ),
    Elsewhere("E11", "Ưu tiên doanh nghiệp nhỏ và vừa", "Chỉ để tham khảo.", Decider.REGISTER),
    Elsewhere("E14", "Nội dung ưu tiên", "Chỉ để tham khảo.", Decider.REGISTER),
    Elsewhere(
        "E18",
        "Dự án sản xuất thử nghiệm: xuất xứ công nghệ, nguồn ngoài ngân sách",
        "Máy kiểm tra các mục này có được điền hay không (C22, C23); nội dung do cán bộ đọc.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "E20",
        "Thuộc “nhiệm vụ được cấp có thẩm quyền giao”",
        "Đề xuất chỉ gồm truyền thông hoặc khóa đào tạo có thể không phải nhiệm vụ KH&CN.",
        Decider.REGISTER,
    ),
    Elsewhere("F05", "Trích yếu công văn", "Không thông báo.", Decider.REGISTER),
    Elsewhere("F06", "Nơi nhận công văn", "Cán bộ xem phần “Kính gửi”.", Decider.REGISTER),
    Elsewhere(
        "F09",
        "Thể thức, phông chữ, lề",
        "Không bao giờ thông báo; doanh nghiệp không thuộc đối tượng của Nghị định 30/2020/NĐ-CP.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "F10", "Tên tệp", "Không thông báo; tệp được đặt tên lại khi tổng hợp.", Decider.REGISTER
    ),
    Elsewhere("F11", "Chữ ký số không hợp lệ", "Cán bộ kiểm tra chữ ký số.", Decider.REGISTER),
    Elsewhere(
        "N06",
        "Mức đối ứng trong phiếu và cam kết",
        "Cán bộ so sánh khi có nhiều doanh nghiệp cùng đối ứng.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "N08",
        "Loại phiếu phù hợp loại hình nhiệm vụ",
        "Cùng một ký hiệu mẫu có nghĩa khác nhau giữa hai thông tư, nên cán bộ xem xét.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "N09",
        "Đơn vị ký, đơn vị đề xuất và đơn vị gửi",
        "Văn thư của một đơn vị có thể gửi thay đơn vị khác, nên cán bộ xem xét.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "N12",
        "Nhiệm vụ trùng giữa các đơn vị",
        "Chỉ thấy được khi so các hồ sơ với nhau; giữ cả hai, cán bộ trao đổi với các đơn vị.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "N13",
        "Đúng chương trình, đúng đợt",
        "Dấu hiệu của chương trình khác được nêu ở S13; phần còn lại cán bộ đọc.",
        Decider.REGISTER,
    ),
    Elsewhere(
        "N14",
        "Bản ký và bản mềm khác nhau",
        "Cán bộ so sánh bản PDF có chữ ký với bản Word.",
        Decider.REGISTER,
    ),
)
"""Ids are never reused: when one of these becomes a rule, its line here goes."""
