"""The words of papers as units write them; take away or change what a test is about."""

from ingest.content import Table
from tests.ingest.extract.contents import table

FIRST = "Áp dụng 5S và Kaizen tại doanh nghiệp cơ khí"
SECOND = "Đào tạo chuyên gia năng suất chất lượng cho làng nghề"

_FORM = """
Mẫu A1-ĐXNV
03/2017/TT-BKHCN
PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ
KHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA
(Dùng cho đề tài hoặc đề án)
1. Tên Đề tài/Đề án: {ten}
2. Căn cứ đề xuất: {can_cu}
3. Tính cấp thiết; tầm quan trọng phải thực hiện ở tầm quốc gia; tác động và ảnh hưởng đến đời \
sống kinh tế - xã hội của đất nước v.v...:
{cap_thiet}
4. Mục tiêu: {muc_tieu}
5. Yêu cầu các kết quả chính và các chỉ tiêu cần đạt: {ket_qua}
6. Kiến nghị các nội dung cần thực hiện để đạt kết quả: {noi_dung}
7. Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra: {dia_chi}
8. Yêu cầu đối với thời gian để đạt được các kết quả: {thoi_gian}
9. Dự kiến nhu cầu kinh phí: {kinh_phi}
{ngay}
TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT
(Họ, tên và chữ ký - đóng dấu đối với tổ chức)
{ky}
Ghi chú: Phiếu đề xuất được trình bày không quá 4 trang giấy khổ A4.
"""
FILLED = {
    "ten": FIRST,
    "can_cu": "Quyết định 1322/QĐ-TTg của Thủ tướng",
    "cap_thiet": "Doanh nghiệp trong huyện có năng suất thấp, cần cải tiến.",
    "muc_tieu": "Giảm 20% lãng phí tại 05 doanh nghiệp",
    "ket_qua": "05 doanh nghiệp áp dụng; 01 sổ tay",
    "noi_dung": "Khảo sát; tập huấn; áp dụng; đánh giá.",
    "dia_chi": "Các doanh nghiệp cơ khí huyện Mỹ Lộc",
    "thoi_gian": "24 tháng, từ 01/2025 đến 12/2026",
    "kinh_phi": "1.500 triệu đồng",
    "ngay": "Mỹ Hà, ngày 18 tháng 3 năm 2024",
    "ky": "UBND xã Mỹ Hà\nĐặng Văn Vượng",
}
BLANK = {
    "ten": "……………",
    "can_cu": (
        "(giải trình căn cứ theo quy định tại Điều 3 của Thông tư 03/2017/TT-BKHCN Quy định "
        "trình tự thủ tục xác định nhiệm vụ khoa học và công nghệ cấp quốc gia sử dụng ngân sách "
        "nhà nước)"
    ),
    "cap_thiet": "................................",
    "muc_tieu": "_____________",
    "ket_qua": "…",
    "noi_dung": ". . . . . . . . .",
    "dia_chi": "-",
    "thoi_gian": "…… tháng, từ …… đến ……",
    "kinh_phi": "............... triệu đồng",
    "ngay": "..., ngày ... tháng... năm 20...",
    "ky": "",
}


def form(**changes: str) -> str:
    """A filled A1; `changes` replaces the answer of a field."""
    return _FORM.format(**{**FILLED, **changes})


def blank_form(**changes: str) -> str:
    """The template as it is printed; `changes` fills fields in."""
    return _FORM.format(**{**BLANK, **changes})


LETTER = f"""
UBND HUYỆN MỸ LỘC
UBND XÃ MỸ HÀ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 25/UBND-VP
V/v đề xuất nhiệm vụ KH&CN
cấp quốc gia năm 2025
Mỹ Hà, ngày 20 tháng 3 năm 2024
Kính gửi: UBND huyện Mỹ Lộc (qua phòng Kinh tế và Hạ tầng)
Thực hiện Công văn của UBND huyện, UBND xã Mỹ Hà đề xuất 02 nhiệm vụ như sau:
1. {FIRST};
2. {SECOND}.
Hồ sơ gửi kèm gồm: Bảng tổng hợp; 02 phiếu đề xuất.
Liên hệ: bà Trần Thị Lan, ĐT 0912 345 678./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đặng Văn Vượng
"""


def letter(
    body: str,
    *,
    head: str = "CÔNG TY TNHH MAY LỘC AN",
    number: str = "Số: 12/CV-LA",
    subject: str = "V/v đề xuất nhiệm vụ KH&CN",
    foot: str = "GIÁM ĐỐC\nNgô Thị Lành",
) -> str:
    """An official letter with this text."""
    return f"""
{head}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{number}
{subject}
Mỹ Lộc, ngày 20 tháng 3 năm 2024
Kính gửi: UBND huyện Mỹ Lộc
{body}
Nơi nhận:
- Như trên;
- Lưu: VT.
{foot}
"""


def commitment(
    promises: str = (
        "1. Phối hợp thực hiện, cử 04 cán bộ kỹ thuật.\n"
        "2. Đối ứng kinh phí 600 triệu đồng.\n"
        "3. Tiếp nhận, ứng dụng kết quả."
    ),
    *,
    need: str = f"có nhu cầu tham gia nhiệm vụ “{FIRST}”",
    name: str = "Công ty TNHH Cơ khí Hà Phát",
    title: str = "GIẤY CAM KẾT",
) -> str:
    """An enterprise's commitment letter."""
    return f"""
{name.upper()}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 05/CK-HP
Mỹ Lộc, ngày 19 tháng 3 năm 2024
{title}
Kính gửi: UBND xã Mỹ Hà
{name} (MST 0600724156) {need}.
Công ty cam kết:
{promises}
GIÁM ĐỐC
Lã Văn Thuận
"""


TABLE_TITLE = "BẢNG TỔNG HỢP ĐỀ XUẤT NHIỆM VỤ"
HEADER = (
    "STT",
    "Tên nhiệm vụ",
    "Mục tiêu",
    "Nội dung",
    "Kết quả",
    "Thời gian",
    "Kinh phí (triệu đồng)",
)
ROWS = (
    ("1", FIRST, "Giảm lãng phí", "Khảo sát", "Sổ tay", "24 tháng (01/2025-12/2026)", "1.500"),
    ("2", SECOND, "60 người", "Khóa học", "Chứng chỉ", "12 tháng (năm 2025)", "500"),
)


def summary(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Table:
    """A summary table; the two tasks of the letter unless other rows are given."""
    return table(header, *(rows or ROWS))
