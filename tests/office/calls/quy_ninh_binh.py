"""Dossiers for the 2025 procedure: an application, an outline, a partner's commitment."""

from collections.abc import Sequence
from dataclasses import replace

from service.demo.blocks import Blocks, centered
from tests.office.calls.case import Case
from tests.office.calls.papers import docx, form, pdf, plain

_TO = "hoso@quykhcn-ninhbinh.example"
_ORCHID = "Nghiên cứu nhân giống lan bản địa bằng nuôi cấy mô"
_HERB = "Hoàn thiện quy trình chế biến cao dược liệu phối hợp với doanh nghiệp"
_FIELDS = {
    "Tên nhiệm vụ": _ORCHID,
    "Tổ chức đăng ký chủ trì": "Viện Nghiên cứu Cây trồng Tam Điệp",
    "Mã số định danh của tổ chức": "2700123456",
    "Chủ nhiệm nhiệm vụ": "TS. Vũ Thị Lan, điện thoại 0913 222 333",
    "Mục tiêu của nhiệm vụ": "Nhân được 10.000 cây giống lan bản địa sạch bệnh.",
    "Kết quả dự kiến": "01 quy trình nuôi cấy mô, 10.000 cây giống, 02 bài báo.",
    "Tổ chức phối hợp": "Không có tổ chức phối hợp",
    "Thời gian thực hiện": "24 tháng, từ tháng 6/2026 đến tháng 5/2028",
    "Kinh phí đề nghị": "1.800 triệu đồng",
}
_WITH_A_PARTNER = _FIELDS | {
    "Tên nhiệm vụ": _HERB,
    "Tổ chức đăng ký chủ trì": "Trường Đại học Hoa Lư",
    "Mã số định danh của tổ chức": "2700654321",
    "Chủ nhiệm nhiệm vụ": "PGS.TS. Trần Quốc Huy, điện thoại 0913 444 555",
    "Mục tiêu của nhiệm vụ": "Hoàn thiện quy trình chế biến cao từ 03 loài dược liệu.",
    "Kết quả dự kiến": "01 quy trình, 500 kg cao dược liệu đạt tiêu chuẩn cơ sở.",
    "Tổ chức phối hợp": "Công ty TNHH Dược liệu Tràng An",
}
_OF_A_FIRM = _FIELDS | {
    "Tổ chức đăng ký chủ trì": "Công ty TNHH Dược liệu Tràng An",
    "Mã số định danh của tổ chức": "2700777888",
}


def _application(fields: dict[str, str], signer: str, **changes: str) -> Blocks:
    title = (
        "BM-09",
        "ĐƠN ĐĂNG KÝ NHIỆM VỤ KHOA HỌC, CÔNG NGHỆ VÀ ĐỔI MỚI SÁNG TẠO",
        "Kính gửi: Quỹ Phát triển khoa học và công nghệ tỉnh Ninh Bình",
    )
    return form(title, list((fields | changes).items()), signer)


def _outline(task: str) -> Blocks:
    return (
        centered("THUYẾT MINH NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ", bold=True),
        *plain(
            "I. THÔNG TIN CHUNG",
            [
                f"Tên nhiệm vụ: {task}",
                "Tổng quan tình hình nghiên cứu: các công trình trong nước chưa đề cập đầy đủ.",
                "Phương pháp nghiên cứu: bố trí thí nghiệm, xử lý số liệu thống kê.",
            ],
        )[1:],
    )


def _bm12(*lines: str) -> Blocks:
    return plain(
        "VĂN BẢN CAM KẾT PHỐI HỢP/ĐỒNG TÀI TRỢ",
        [
            "Tên tổ chức: Công ty TNHH Dược liệu Tràng An",
            "Mã số doanh nghiệp: 2700777888",
            f"Nhiệm vụ: “{_HERB}”",
            *lines,
            "GIÁM ĐỐC",
            "Phạm Thị Ngân",
        ],
    )


_COMPLETE = Case(
    name="01-vien-du-thanh-phan",
    why="An application and its outline: no cover letter, no table is asked for here.",
    sender="khoahoc@viencaytrong.example",
    sender_name="Vien Cay trong Tam Diep",
    to=_TO,
    subject="Viện Nghiên cứu Cây trồng Tam Điệp đăng ký nhiệm vụ xét tài trợ năm 2026",
    body="Viện Nghiên cứu Cây trồng Tam Điệp gửi đơn đăng ký nhiệm vụ theo mẫu BM-09.\n",
    received="2026-03-10T14:00:00+07:00",
    files={
        "BM-09 Don dang ky.docx": docx(_application(_FIELDS, "TS. Vũ Thị Lan")),
        "Thuyet minh.docx": docx(_outline(_ORCHID)),
    },
    unit="Viện Nghiên cứu Cây trồng Tam Điệp",
    state="complete",
    reply="complete",
    roles={"BM-09": "proposal_form", "Thuyet minh": "other"},
    tasks={_ORCHID: "doc_lap"},
)
_PARTNERED = replace(
    _COMPLETE,
    name="02-truong-co-phoi-hop-du",
    why="A task with a partner, and the partner's BM-12.",
    sender="qlkh@hoalu.example",
    sender_name="Truong Dai hoc Hoa Lu",
    subject="Trường Đại học Hoa Lư đăng ký nhiệm vụ xét tài trợ năm 2026",
    body="Trường Đại học Hoa Lư gửi đơn đăng ký nhiệm vụ theo mẫu BM-09 và văn bản BM-12.\n",
    files={
        "BM-09.docx": docx(_application(_WITH_A_PARTNER, "PGS.TS. Trần Quốc Huy")),
        "Thuyet minh.docx": docx(_outline(_HERB)),
        "BM-12 Trang An.docx": docx(
            _bm12(
                "1. Cam kết phối hợp thực hiện nhiệm vụ trong toàn bộ thời gian.",
                "2. Đồng tài trợ 500 triệu đồng bằng tiền và nguyên liệu.",
            )
        ),
    },
    unit="Trường Đại học Hoa Lư",
    roles={"BM-09": "proposal_form", "Thuyet minh": "other", "BM-12": "commitment_letter"},
    tasks={_HERB: "phoi_hop"},
)


def _without(case: Case, *starts: str) -> dict[str, bytes]:
    return {name: raw for name, raw in case.files.items() if not name.startswith(starts)}


def _roles_without(case: Case, *starts: str) -> dict[str, str]:
    return {name: role for name, role in case.roles.items() if not name.startswith(starts)}


CASES: Sequence[Case] = (
    _COMPLETE,
    _PARTNERED,
    replace(
        _PARTNERED,
        name="03-thieu-bm-12",
        why="The partner's commitment lacks.",
        files=_without(_PARTNERED, "BM-12"),
        roles=_roles_without(_PARTNERED, "BM-12"),
        state="gaps",
        reply="gaps",
        must_fail=["C07"],
    ),
    replace(
        _PARTNERED,
        name="04-bm-12-khong-dong-tai-tro",
        why="The partner promises to work along and says nothing of money.",
        files=_PARTNERED.files
        | {
            "BM-12 Trang An.docx": docx(
                _bm12("1. Cam kết phối hợp thực hiện nhiệm vụ trong toàn bộ thời gian.")
            )
        },
        state="gaps",
        reply="gaps",
        must_fail=["C10"],
    ),
    replace(
        _COMPLETE,
        name="05-trong-chu-nhiem-sai-ma-so",
        why="A blank field, and a number of nine digits where ten are asked.",
        files=_COMPLETE.files
        | {
            "BM-09 Don dang ky.docx": docx(
                _application(
                    _FIELDS,
                    "TS. Vũ Thị Lan",
                    **{
                        "Chủ nhiệm nhiệm vụ": "………………",
                        "Mã số định danh của tổ chức": "270012345",
                    },
                )
            )
        },
        state="gaps",
        reply="gaps",
        must_fail=["X03", "X04"],
    ),
    replace(
        _COMPLETE,
        name="06-vuot-kinh-phi-va-thoi-gian",
        why="3.500 triệu and 36 months: beyond both limits of this call.",
        files=_COMPLETE.files
        | {
            "BM-09 Don dang ky.docx": docx(
                _application(
                    _FIELDS,
                    "TS. Vũ Thị Lan",
                    **{
                        "Kinh phí đề nghị": "3.500 triệu đồng",
                        "Thời gian thực hiện": "36 tháng, từ tháng 6/2026 đến tháng 5/2029",
                    },
                )
            )
        },
        state="gaps",
        reply="gaps",
        must_fail=["X05", "X06"],
    ),
    replace(
        _COMPLETE,
        name="07-cong-ty-thieu-bao-cao-tai-chinh-nop-muon",
        why="An enterprise owes its financial statement; it came on the first day too late.",
        sender="vp@trangan.example",
        sender_name="Cong ty TNHH Duoc lieu Trang An",
        subject="Công ty TNHH Dược liệu Tràng An đăng ký nhiệm vụ năm 2026",
        body="Công ty TNHH Dược liệu Tràng An gửi đơn đăng ký nhiệm vụ theo mẫu BM-09.\n",
        received="2026-04-01T00:00:00+07:00",
        files={
            "BM-09.pdf": pdf(_application(_OF_A_FIRM, "Phạm Thị Ngân")),
            "Thuyet minh.docx": docx(_outline(_ORCHID)),
        },
        unit="Công ty TNHH Dược liệu Tràng An",
        roles={"BM-09": "proposal_form", "Thuyet minh": "other"},
        state="gaps",
        reply="gaps",
        must_fail=["D01", "X02"],
        late=True,
    ),
    replace(
        _COMPLETE,
        name="08-thuyet-minh-hong",
        why="The outline cannot be opened: it is asked for again, not called missing.",
        files=_without(_COMPLETE, "Thuyet minh") | {"Thuyet minh.docx": b"PK\x03\x04hong"},
        roles=_roles_without(_COMPLETE, "Thuyet minh"),
        state="resend",
        reply="resend",
        must_fail=["S03"],
        must_ask=["X01"],
    ),
)
