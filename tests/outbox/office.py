"""One office, one call, one unit and its dossier for the tests here. Invented people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from config.load import load_call
from dossier import (
    Address,
    Budget,
    Call,
    Commitment,
    CommitmentLetter,
    CoverLetter,
    Dossier,
    Duration,
    Element,
    Envelope,
    FormField,
    KindAsked,
    Office,
    OtherPaper,
    Place,
    ProposalForm,
    Role,
    SummaryRow,
    SummaryTable,
    Task,
    TaskKind,
    Unit,
    UnitKind,
)
from outbox.render import Letters
from rules import Citation, Finding, Judged, Outcome, Severity, State, Verdict

LETTERS_FOLDER = Path(__file__).parents[2] / "config" / "letters"
LETTERS = Letters(LETTERS_FOLDER)
VIETNAM = timezone(timedelta(hours=7))

OFFICE = Office(
    name="Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc",
    superior="UBND huyện Mỹ Lộc",
    district="Mỹ Lộc",
    mailbox="phongkthtmyloc@namdinh.gov.vn",
    addresses=("phongkthtmyloc@namdinh.gov.vn",),
    phone="0228 3810 000",
    contact="Bà Trần Thị Hạnh, chuyên viên",
    forwards_to="Sở Khoa học và Công nghệ tỉnh Nam Định",
)
TM = Unit(name="UBND xã Mỹ Thắng", kind=UnitKind.COMMUNE, addresses=("ubndmythang@example.vn",))
HA = Unit(name="UBND xã Mỹ Hà", kind=UnitKind.COMMUNE, addresses=("ubndmyha@example.vn",))
CALL = Call(
    id="1322-2025",
    title="Đề xuất nhiệm vụ KH&CN cấp quốc gia dự kiến thực hiện từ năm 2025 "
    "thuộc Chương trình 1322",
    programme="Chương trình 1322",
    basis="điểm b khoản 3 Mục II Công văn số 285/UBND-KTHT ngày 15/3/2024 của UBND huyện Mỹ Lộc",
    closes_at=datetime(2024, 3, 23, tzinfo=VIETNAM),
    closes_in_words="trước ngày 23/3/2024",
    office=OFFICE,
    words=load_call("1322-2025").words,
    sources=load_call("1322-2025").sources,
    papers=load_call("1322-2025").papers,
    first_year=2025,
    max_months=36,
    min_schools=3,
    kinds=(
        KindAsked(kind=TaskKind.PILOT_MODEL, name="Xây dựng mô hình điểm", needs_commitment=True),
        KindAsked(kind=TaskKind.TRAINING, name="Đào tạo, bồi dưỡng"),
    ),
    units=(HA, TM),
)
GROUNDS = {
    "C02": (Citation("cong-van", "II.3.b", "Bảng tổng hợp đề xuất nhiệm vụ của đơn vị"),),
    "C07": (
        Citation(
            "cong-van",
            "II.3.b",
            "kèm theo các văn bản thể hiện nhu cầu và cam kết của doanh nghiệp trong việc",
        ),
        Citation("cong-van", "II.3.b", "(đối với nhiệm vụ xây dựng mô hình điểm)"),
    ),
    "C19": (Citation("cong-van", "I", "trong khoảng thời gian cụ thể"),),
}

MODEL = "Xây dựng mô hình điểm áp dụng 5S và Kaizen tại Công ty TNHH Cơ khí Mỹ Hà"
COURSE = "Đào tạo chuyên gia năng suất chất lượng cho doanh nghiệp ngành may"


MAIL = Envelope(
    message_id="<a1@example.vn>",
    sender=Address("ubndmyha@example.vn", "UBND xã Mỹ Hà"),
    subject="Gửi hồ sơ đề xuất",
    received_at=datetime(2024, 3, 20, 2, 12, tzinfo=UTC),
)


def form(file: str, task: str, kind: TaskKind) -> ProposalForm:
    """A filled form."""
    at = Place(file, "trang 1")
    fields = {
        "muc_tieu": "Tăng năng suất lao động 15 %",
        "noi_dung": "Khảo sát; đào tạo; áp dụng; đánh giá",
        "ket_qua": "01 mô hình điểm; báo cáo đánh giá",
        "dia_chi": "Công ty TNHH Cơ khí Mỹ Hà",
    }
    return ProposalForm(
        at=at,
        task=task,
        kind=kind,
        template="A1",
        fields={
            key: FormField(key=key, at=Place(file, "mục 4"), label=key, value=value)
            for key, value in fields.items()
        },
        duration=Duration(
            at=Place(file, "mục 8"),
            stated_months=24,
            start_year=2025,
            start_month=1,
            end_year=2026,
            end_month=12,
        ),
        budget=Budget(at=Place(file, "mục 9"), total=Decimal(1500), state=Decimal(1000)),
        proposer="UBND xã Mỹ Hà",
    )


def letter() -> CommitmentLetter:
    """An enterprise's letter with its four elements."""
    at = Place("Cam ket.pdf", "trang 1")
    return CommitmentLetter(
        at=at,
        enterprise="Công ty TNHH Cơ khí Mỹ Hà",
        tax_code="0600123456",
        number="12/CV-CK",
        issued=date(2024, 3, 18),
        commitments=(
            Commitment(element=Element.NEED, at=at),
            Commitment(element=Element.COOPERATE, at=at),
            Commitment(element=Element.CO_FUND, at=at, million=Decimal(500)),
            Commitment(element=Element.TAKE_UP, at=at),
        ),
    )


def row(order: int, title: str) -> SummaryRow:
    """A row of the unit's table."""
    file = "Bang tong hop.xlsx"
    return SummaryRow(
        at=Place(file, f"Sheet1, dòng {order + 4}"),
        title=title,
        order=order,
        cells={"loai": "Dự án KH&CN"},
        budget=Budget(at=Place(file, f"Sheet1!G{order + 4}"), total=Decimal(1500)),
    )


ROWS = (row(1, MODEL), row(2, COURSE))
DOSSIER = Dossier(
    code="1322-2025-0007",
    unit=HA,
    received_at=datetime(2024, 3, 20, 2, 12, tzinfo=UTC),
    cover_letters=(
        CoverLetter(
            at=Place("CV 25.pdf", "trang 1"),
            number="25/UBND-VP",
            issued=date(2024, 3, 20),
            subject="V/v đề xuất nhiệm vụ KH&CN cấp quốc gia",
            signatory="Nguyễn Văn Bình",
            pages=2,
        ),
    ),
    summary_tables=(SummaryTable(at=Place("Bang tong hop.xlsx"), rows=ROWS),),
    tasks=(
        Task(
            title=MODEL,
            kind=TaskKind.PILOT_MODEL,
            row=ROWS[0],
            forms=(form("Phieu 1.docx", MODEL, TaskKind.PILOT_MODEL),),
            letters=(letter(),),
        ),
        Task(
            title=COURSE,
            kind=TaskKind.TRAINING,
            row=ROWS[1],
            forms=(form("Phieu 2.docx", COURSE, TaskKind.TRAINING),),
        ),
    ),
    other_papers=(
        OtherPaper(at=Place("Cong van 285.pdf"), role=Role.CALL_LETTER, title="Công văn 285"),
    ),
    files=6,
)
"""Nothing missing: two tasks, one a pilot model with its letter."""


def found(rule: str, says: str, remedy: str, at: Place | None = None) -> Judged:
    """A gap a rule found."""
    finding = Finding(outcome=Outcome.FAIL, says=says, remedy=remedy, at=at)
    return Judged(rule=rule, severity=Severity.GAP, finding=finding)


def question(judged: Judged) -> Judged:
    """The same, but the machine cannot tell."""
    return replace(judged, finding=replace(judged.finding, outcome=Outcome.UNKNOWN))


LATE = replace(
    found("D01", "Hồ sơ đến sau thời hạn.", "Cán bộ quyết định."),
    severity=Severity.OFFICER,
    holds=False,
)


def verdict(*judged: Judged, late: bool = False) -> Verdict:
    """What the rules concluded."""
    return Verdict(judged=(*judged, *((LATE,) if late else ())), passed=())


NO_TABLE = found(
    "C02",
    "Thiếu Bảng tổng hợp đề xuất nhiệm vụ của đơn vị.",
    "Lập theo mẫu gửi kèm Công văn (tệp Excel hoặc Word), sắp xếp các nhiệm vụ theo "
    "thứ tự ưu tiên.",
)
NO_TIME = found(
    "C19",
    "Phiếu đề xuất “Đào tạo chuyên gia năng suất chất lượng”: mục 8 “Yêu cầu đối với thời gian để "
    "đạt được các kết quả” còn để trống.",
    "Ghi rõ số tháng và thời điểm bắt đầu, kết thúc (bắt đầu từ năm 2025, tối đa 36 tháng).",
    at=Place("Phieu 2.docx", "mục 8"),
)
NO_COMMITMENT = found(
    "C07",
    f"Nhiệm vụ “{MODEL}” chưa có văn bản thể hiện nhu cầu và cam kết của doanh nghiệp.",
    "Gửi văn bản của từng doanh nghiệp tham gia, nêu rõ: nhu cầu; phối hợp thực hiện; đối ứng kinh "
    "phí; tiếp nhận hoặc ứng dụng kết quả.",
)
NO_SIGNATURE = replace(
    found(
        "C26",
        "Phần ký của phiếu còn để trống.",
        "Nên gửi bản có chữ ký và dấu của đơn vị.",
        at=Place("Phieu 1.docx", "trang 3"),
    ),
    severity=Severity.WARNING,
)
LOCKED = replace(
    found(
        "S04",
        "Tệp “Ho so.zip” có đặt mật khẩu.",
        "Đề nghị gửi lại tệp không đặt mật khẩu (không gửi mật khẩu qua thư).",
        at=Place("Ho so.zip"),
    ),
    concludes=State.RESEND,
)
