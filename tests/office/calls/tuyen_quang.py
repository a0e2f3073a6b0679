"""Dossiers for the provincial call: its own forms, list, kinds and papers."""

from collections.abc import Sequence
from dataclasses import replace

from service.demo.blocks import Blocks
from tests.office.calls.case import Case
from tests.office.calls.papers import curriculum_vitae, docx, form, letter, pdf, plain, table

_TO = "dexuat@skhcn-tuyenquang.example"
_TEA = "Bảo tồn và phát triển giống chè Shan tuyết cổ thụ xã Hồng Thái"
_HERITAGE = "Số hóa di sản văn hóa của đồng bào Dao xã Hồng Thái"
_PILOT = "Sản xuất thử nghiệm trà hòa tan từ chè Sông Lô"
_STUDY = {
    "Tên đề tài, đề án": _TEA,
    "Lĩnh vực": "Nông nghiệp",
    "Lý do đề xuất": "Diện tích chè cổ thụ giảm nhanh, chưa có vườn giống gốc để nhân giống.",
    "Mục tiêu cần đạt": "Bảo tồn 200 cây chè cổ thụ và lập được vườn giống 0,5 ha.",
    "Nội dung thực hiện": "Điều tra, tuyển chọn cây đầu dòng; nhân giống; lập vườn giống.",
    "Sản phẩm dự kiến": "01 bộ hồ sơ cây đầu dòng, 01 quy trình nhân giống, 0,5 ha vườn giống.",
    "Nơi ứng dụng sản phẩm": "Các hợp tác xã chè trên địa bàn xã Hồng Thái.",
    "Tổ chức, cá nhân dự kiến chủ trì": "Trường Đại học Tân Trào",
    "Thời gian thực hiện": "24 tháng, từ tháng 01/2027 đến tháng 12/2028",
    "Dự kiến kinh phí": "900 triệu đồng, trong đó ngân sách nhà nước 900 triệu đồng",
}
_PROJECT = {
    "Tên dự án sản xuất thử nghiệm": _PILOT,
    "Lĩnh vực": "Công nghiệp",
    "Lý do đề xuất": "Chè búp tươi của vùng chưa có sản phẩm chế biến sâu, giá bán thấp.",
    "Xuất xứ công nghệ": "Kết quả đề tài cơ sở nghiệm thu năm 2024.",
    "Mục tiêu cần đạt": "Hoàn thiện công nghệ và làm ra 05 tấn trà hòa tan đạt tiêu chuẩn.",
    "Nội dung thực hiện": "Lắp đặt dây chuyền; hoàn thiện công nghệ; sản xuất thử; bán thử.",
    "Sản phẩm và quy mô sản xuất": "05 tấn trà hòa tan, 01 dây chuyền 100 kg mỗi ngày.",
    "Nơi ứng dụng sản phẩm": "Công ty Cổ phần Chè Sông Lô và hợp tác xã trong tỉnh.",
    "Thời gian thực hiện": "18 tháng, từ tháng 01/2027 đến tháng 6/2028",
    "Kinh phí và nguồn vốn": "Tổng 2.000 triệu đồng; ngân sách nhà nước 1.200 triệu đồng; "
    "đối ứng 800 triệu đồng",
}
_COLUMNS = ("TT", "Tên nhiệm vụ đề xuất", "Lĩnh vực", "Sản phẩm", "Thời gian", "Kinh phí")


def _form(fields: dict[str, str], **changes: str) -> Blocks:
    template = "Mẫu 02" if "Xuất xứ công nghệ" in fields else "Mẫu 01"
    used_for = "dự án sản xuất thử nghiệm" if template == "Mẫu 02" else "đề tài, đề án"
    title = (
        template,
        "PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP TỈNH",
        f"(Dùng cho {used_for})",
    )
    return form(title, list((fields | changes).items()), "TS. Lê Văn Bình")


def _cover(issuer: str, number: str, place: str, signed: tuple[str, str], tasks: int = 1) -> Blocks:
    proposes = (
        "Thực hiện Công văn số 412/SKHCN-QLKH của Sở Khoa học và Công nghệ, đơn vị đề xuất "
        f"{tasks:02d} nhiệm vụ khoa học và công nghệ cấp tỉnh thực hiện từ năm 2027."
    )
    return letter(
        issuer,
        number,
        f"{place}, ngày 08 tháng 6 năm 2026",
        subject="đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh thực hiện từ năm 2027",
        to="Sở Khoa học và Công nghệ tỉnh Tuyên Quang",
        body=[
            proposes,
            "Hồ sơ kèm theo gồm: Danh mục nhiệm vụ đề xuất; Phiếu đề xuất đặt hàng.",
            "Đầu mối liên hệ: bà Hoàng Thị Mai, điện thoại 0912 345 678.",
        ],
        signed=signed,
    )


def _list(*rows: Sequence[str | int]) -> bytes:
    return table("DANH MỤC NHIỆM VỤ ĐỀ XUẤT", _COLUMNS, rows)


def _pledge(firm: str, code: str, task: str) -> Blocks:
    return plain(
        "VĂN BẢN CAM KẾT",
        [
            f"Tên đơn vị: {firm}",
            f"Mã số doanh nghiệp: {code}",
            f"Đơn vị chúng tôi tham gia nhiệm vụ “{task}” và cam kết:",
            "1. Bố trí vốn đối ứng 400 triệu đồng để thực hiện dự án.",
            "2. Tiếp nhận kết quả của dự án và ứng dụng vào sản xuất.",
            "GIÁM ĐỐC",
            "Nguyễn Văn Thái",
        ],
    )


_TEA_ROW = (1, _TEA, "Nông nghiệp", "Quy trình nhân giống, vườn giống", "24 tháng, 2027-2028", 900)
_PILOT_ROW = (1, _PILOT, "Công nghiệp", "05 tấn trà hòa tan", "18 tháng, 2027-2028", 2000)
_COMMUNE = docx(
    _cover(
        "ỦY BAN NHÂN DÂN\nXÃ HỒNG THÁI", "45/UBND-VHXH", "Hồng Thái", ("CHỦ TỊCH", "Bàn Văn Minh")
    )
)
_FIRM = docx(
    _cover("CÔNG TY CỔ PHẦN CHÈ SÔNG LÔ", "12/CV-SL", "Tuyên Quang", ("GIÁM ĐỐC", "Đỗ Thị Hằng"))
)
_ROLES = {
    "1 CV": "cover_letter",
    "2 Danh muc": "summary_table",
    "3 Phieu": "proposal_form",
    "4 Ly lich": "other",
}
_COMPLETE = Case(
    name="01-xa-du-thanh-phan",
    why="Every paper the call asks for, the scientist's record among them.",
    sender="vhxh.hongthai@tuyenquang.example",
    sender_name="UBND xa Hong Thai",
    to=_TO,
    subject="UBND xã Hồng Thái gửi hồ sơ đề xuất nhiệm vụ KH&CN cấp tỉnh",
    body="UBND xã Hồng Thái xin gửi hồ sơ đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh.\n",
    received="2026-06-09T09:00:00+07:00",
    files={
        "1 CV 45.docx": _COMMUNE,
        "2 Danh muc.xlsx": _list(_TEA_ROW),
        "3 Phieu.docx": docx(_form(_STUDY)),
        "4 Ly lich TS Binh.docx": docx(curriculum_vitae("TS. Lê Văn Bình")),
    },
    unit="UBND xã Hồng Thái",
    state="complete",
    reply="complete",
    roles=_ROLES,
    tasks={_TEA: "de_tai"},
)
_FIRM_COMPLETE = replace(
    _COMPLETE,
    name="06-cong-ty-du-an-du",
    why="An enterprise's trial production: two partners, its registration, the state's share 60 %.",
    sender="vanphong@chesonglo.example",
    sender_name="Cong ty CP Che Song Lo",
    subject="Công ty Cổ phần Chè Sông Lô đề xuất dự án sản xuất thử nghiệm cấp tỉnh",
    body="Công ty Cổ phần Chè Sông Lô xin gửi hồ sơ đề xuất nhiệm vụ KH&CN cấp tỉnh.\n",
    files={
        "1 CV 12.docx": _FIRM,
        "2 Danh muc.xlsx": _list(_PILOT_ROW),
        "3 Phieu Mau 02.docx": docx(_form(_PROJECT)),
        "4 Ly lich.pdf": pdf(curriculum_vitae("ThS. Đỗ Thị Hằng", _PILOT)),
        "5 Cam ket HTX Hong Thai.docx": docx(
            _pledge("Hợp tác xã Chè Hồng Thái", "5000123456", _PILOT)
        ),
        "6 Cam ket Na Hang.docx": docx(_pledge("Công ty TNHH Trà Na Hang", "5000777111", _PILOT)),
        "7 Dang ky kinh doanh.pdf": pdf(
            plain(
                "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
                ["Mã số doanh nghiệp: 5000654321", "Tên công ty: Công ty Cổ phần Chè Sông Lô"],
            )
        ),
    },
    unit="Công ty Cổ phần Chè Sông Lô",
    roles={
        **_ROLES,
        "5 Cam ket": "commitment_letter",
        "6 Cam ket": "commitment_letter",
        "7 Dang ky": "other",
    },
    tasks={_PILOT: "du_an"},
)


def _without(case: Case, *starts: str) -> dict[str, bytes]:
    return {name: raw for name, raw in case.files.items() if not name.startswith(starts)}


def _roles_without(case: Case, *starts: str) -> dict[str, str]:
    return {name: role for name, role in case.roles.items() if not name.startswith(starts)}


CASES: Sequence[Case] = (
    _COMPLETE,
    replace(
        _COMPLETE,
        name="02-thieu-ly-lich",
        why="The record of the principal investigator, a paper only this call asks for, lacks.",
        files=_without(_COMPLETE, "4"),
        roles=_roles_without(_COMPLETE, "4"),
        state="gaps",
        reply="gaps",
        must_fail=["X01"],
    ),
    replace(
        _COMPLETE,
        name="03-trong-san-pham-sai-linh-vuc",
        why="One field of the form is blank, another is none of the answers the letter lists.",
        files=_COMPLETE.files
        | {
            "3 Phieu.docx": docx(
                _form(_STUDY, **{"Sản phẩm dự kiến": "……………………", "Lĩnh vực": "Thể thao"})
            )
        },
        state="gaps",
        reply="gaps",
        must_fail=["X03", "X04"],
    ),
    replace(
        _COMPLETE,
        name="04-qua-24-thang",
        why="36 months: within the first call's limit, beyond this one's.",
        files=_COMPLETE.files
        | {
            "2 Danh muc.xlsx": _list((*_TEA_ROW[:4], "36 tháng, 2027-2029", 900)),
            "3 Phieu.docx": docx(
                _form(_STUDY, **{"Thời gian thực hiện": "36 tháng, từ 01/2027 đến 12/2029"})
            ),
        },
        state="gaps",
        reply="gaps",
        must_fail=["E06"],
    ),
    replace(
        _COMPLETE,
        name="05-tep-nen-khong-mo-duoc",
        why="The record may lie in the archive nobody can open: asked again, never called missing.",
        files=_without(_COMPLETE, "4") | {"4 Ly lich.zip": b"PK\x03\x04" + b"\x00" * 40},
        roles=_roles_without(_COMPLETE, "4"),
        state="resend",
        reply="resend",
        must_fail=["S03"],
        must_ask=["X01"],
    ),
    _FIRM_COMPLETE,
    replace(
        _FIRM_COMPLETE,
        name="07-cong-ty-thieu-ba-thu",
        why="One partner of two, no registration, 80 % from the state: three gaps in one letter.",
        files=_without(_FIRM_COMPLETE, "6", "7")
        | {
            "3 Phieu Mau 02.docx": docx(
                _form(
                    _PROJECT,
                    **{
                        "Kinh phí và nguồn vốn": "Tổng 2.000 triệu đồng; ngân sách nhà nước "
                        "1.600 triệu đồng; đối ứng 400 triệu đồng"
                    },
                )
            )
        },
        roles=_roles_without(_FIRM_COMPLETE, "6", "7"),
        state="gaps",
        reply="gaps",
        must_fail=["X02", "X05", "X06"],
    ),
    replace(
        _COMPLETE,
        name="08-hai-nhiem-vu-mot-ly-lich-sau-han-cu",
        why="Between the first deadline and the extended one: in time; one record names its task.",
        received="2026-07-10T10:00:00+07:00",
        files={
            "1 CV 45.docx": docx(
                _cover(
                    "ỦY BAN NHÂN DÂN\nXÃ HỒNG THÁI",
                    "61/UBND-VHXH",
                    "Hồng Thái",
                    ("CHỦ TỊCH", "Bàn Văn Minh"),
                    2,
                )
            ),
            "2 Danh muc.xlsx": _list(
                _TEA_ROW,
                (2, _HERITAGE, "Xã hội và nhân văn", "01 kho dữ liệu", "24 tháng, 2027-2028", 700),
            ),
            "3 Phieu 1.docx": docx(_form(_STUDY)),
            "3 Phieu 2.docx": docx(
                _form(
                    _STUDY,
                    **{
                        "Tên đề tài, đề án": _HERITAGE,
                        "Lĩnh vực": "Xã hội và nhân văn",
                        "Mục tiêu cần đạt": "Số hóa 100 tư liệu của đồng bào Dao.",
                        "Sản phẩm dự kiến": "01 kho dữ liệu số, 01 trang thông tin.",
                        "Dự kiến kinh phí": "700 triệu đồng từ ngân sách nhà nước",
                    },
                )
            ),
            "4 Ly lich TS Binh.docx": docx(curriculum_vitae("TS. Lê Văn Bình", _TEA)),
        },
        roles={
            "1 CV": "cover_letter",
            "2 Danh": "summary_table",
            "3 Phieu 1": "proposal_form",
            "3 Phieu 2": "proposal_form",
            "4 Ly lich": "other",
        },
        state="gaps",
        reply="gaps",
        must_fail=["X01"],
        tasks={_TEA: "de_tai", _HERITAGE: "de_tai"},
    ),
    replace(
        _COMPLETE,
        name="09-bo-sung-ly-lich",
        why="The missing record comes alone, in answer to our letter, and completes the dossier.",
        files=_without(_COMPLETE, "4"),
        then={"4 Ly lich TS Binh.docx": _COMPLETE.files["4 Ly lich TS Binh.docx"]},
        first_reply="gaps",
    ),
)
