"""Dossiers for tests: start from one that lacks nothing, take away what the test is about."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from dossier import (
    Budget,
    Commitment,
    CommitmentLetter,
    CoverLetter,
    Dossier,
    Duration,
    Element,
    FormField,
    Place,
    ProposalForm,
    SummaryRow,
    SummaryTable,
    Task,
    TaskKind,
    Unit,
    UnitKind,
    Unread,
    UnreadCause,
)

TITLE = "Xây dựng mô hình điểm áp dụng 5S tại Công ty TNHH Minh An"
FIELDS = {
    "ten": TITLE,
    "can_cu": "Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ",
    "cap_thiet": "Năng suất của doanh nghiệp may trên địa bàn còn thấp",
    "muc_tieu": "Giảm 20% thời gian tìm kiếm, hình thành một mô hình điểm",
    "ket_qua": "01 mô hình điểm, 01 bộ tài liệu hướng dẫn",
    "noi_dung": "Khảo sát, đào tạo, tư vấn tại chỗ, đánh giá",
    "dia_chi": "Công ty TNHH Minh An",
    "thoi_gian": "24 tháng, từ 01/2025 đến 12/2026",
    "kinh_phi": "1.500 triệu đồng, trong đó đối ứng 500 triệu đồng",
}
COLUMNS = ("stt", "ten", "muc_tieu", "noi_dung", "ket_qua", "thoi_gian", "kinh_phi")


def a_form(task: str = TITLE, file: str = "Phieu 1.docx", **fields: str) -> ProposalForm:
    """An A1 form with every field filled; fields given replace those of the same key."""
    at = Place(file)
    return ProposalForm(
        at=at,
        task=task,
        kind=TaskKind.PILOT_MODEL,
        template="A1",
        fields={
            key: FormField(key=key, at=at, value=value) for key, value in (FIELDS | fields).items()
        },
        duration=Duration(
            at=at, stated_months=24, start_year=2025, start_month=1, end_year=2026, end_month=12
        ),
        budget=Budget(at=at, total=Decimal(1500), state=Decimal(1000), other=Decimal(500)),
        proposer="UBND xã Mỹ Hà",
        signatory="Trần Văn An",
    )


def a_commitment_letter(*elements: Element, file: str = "Cam ket.docx") -> CommitmentLetter:
    """A letter of an enterprise that says these things; all four when none is given."""
    at = Place(file)
    return CommitmentLetter(
        at=at,
        enterprise="Công ty TNHH Minh An",
        tax_code="0600000001",
        commitments=tuple(Commitment(element=one, at=at) for one in elements or Element),
        signatory="Lê Thị Bình",
    )


def a_row(title: str = TITLE, order: int = 1) -> SummaryRow:
    """A row of the summary table that agrees with `a_form`."""
    at = Place("Bang tong hop.xlsx", f"Sheet1!B{order + 3}")
    return SummaryRow(
        at=at,
        title=title,
        order=order,
        duration=Duration(at=at, stated_months=24, start_year=2025),
        budget=Budget(at=at, total=Decimal(1500)),
    )


def a_complete_dossier() -> Dossier:
    """One pilot-model task, every paper the call asks for, three days early."""
    row = a_row()
    return Dossier(
        code="1322-2025-0001",
        unit=Unit(name="UBND xã Mỹ Hà", kind=UnitKind.COMMUNE, register_id="xa-my-ha"),
        received_at=datetime.fromisoformat("2024-03-20T08:00:00+07:00"),
        tasks=(
            Task(
                title=TITLE,
                kind=TaskKind.PILOT_MODEL,
                priority=1,
                row=row,
                forms=(a_form(),),
                letters=(a_commitment_letter(),),
            ),
        ),
        cover_letters=(
            CoverLetter(
                at=Place("CV 25.pdf"),
                number="25/UBND-VP",
                issued=date(2024, 3, 19),
                subject="V/v đề xuất nhiệm vụ KH&CN cấp quốc gia thuộc Chương trình 1322",
                issuer="UBND xã Mỹ Hà",
                addressee="UBND huyện Mỹ Lộc (qua phòng Kinh tế và Hạ tầng)",
                signatory="Trần Văn An",
                contact="0912 000 000",
                tasks_stated=1,
            ),
        ),
        summary_tables=(
            SummaryTable(at=Place("Bang tong hop.xlsx"), rows=(row,), columns=COLUMNS),
        ),
        contact="0912 000 000",
        files=4,
    )


def a_nil_return() -> Dossier:
    """A letter that says there is nothing to propose."""
    letter = replace(
        a_complete_dossier().cover_letters[0], says_nothing_to_propose=True, tasks_stated=None
    )
    return replace(
        a_complete_dossier(),
        tasks=(),
        summary_tables=(),
        cover_letters=(letter,),
        nothing_to_propose=True,
        nil_words=Place("CV 25.pdf", words="không có nhiệm vụ đề xuất"),
    )


def an_unread(cause: UnreadCause = UnreadCause.SCAN, file: str = "scan0001.pdf") -> Unread:
    """A file nobody has read."""
    return Unread(at=Place(file), cause=cause, reason="không đọc được")


def without(dossier: Dossier, **changes: object) -> Dossier:
    """The dossier with its only task changed: `without(dossier, letters=())`."""
    [task] = dossier.tasks
    return replace(dossier, tasks=(replace(task, **changes),))  # type: ignore[arg-type]  # -- names are checked at run time by `replace`
