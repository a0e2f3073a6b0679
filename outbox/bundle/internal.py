"""What stays in the house (NOI-BO): every finding with its evidence, and every file's digest."""

from collections.abc import Iterable
from datetime import datetime

from dossier import Call
from outbox.bundle.released import Released
from outbox.bundle.sheet import Heading, Sheet, Value, workbook
from outbox.wording import day_in_words, local

_FINDING_HEADINGS = (
    Heading(name="Mã hồ sơ", width=16),
    Heading(name="Đơn vị", width=20),
    Heading(name="Quy tắc", width=8, centred=True),
    Heading(name="Mức", width=14),
    Heading(name="Kết quả", width=13),
    Heading(name="Nội dung", width=38),
    Heading(name="Cách xử lý", width=30),
    Heading(name="Tệp", width=24),
    Heading(name="Vị trí", width=16),
    Heading(name="Nguyên văn", width=28),
    Heading(name="Ý kiến cán bộ", width=24),
)
_FILE_HEADINGS = (
    Heading(name="Mã hồ sơ", width=16),
    Heading(name="Đơn vị", width=22),
    Heading(name="Ngày, giờ nhận", width=16, centred=True),
    Heading(name="Thư", width=40),
    Heading(name="Tệp", width=44),
    Heading(name="sha256", width=36),
    Heading(name="Người cho vào hồ sơ tổng hợp", width=20),
)


def findings_book(released: Iterable[Released], call: Call, stamp: datetime) -> bytes:
    """The workbook for the officers; it never leaves the house."""
    kept = list(released)
    sheets = (
        Sheet(
            tab="Kết quả kiểm tra",
            title="KẾT QUẢ KIỂM TRA HỒ SƠ (NỘI BỘ, KHÔNG GỬI)",
            headings=_FINDING_HEADINGS,
            rows=[row for one in kept for row in _findings(one)],
        ),
        Sheet(
            tab="Nhật ký tệp",
            title="TỆP ĐÃ NHẬN (NỘI BỘ, KHÔNG GỬI)",
            headings=_FILE_HEADINGS,
            rows=[row for one in kept for row in _files(one, call)],
        ),
    )
    return workbook(sheets, title="Kết quả kiểm tra", stamp=stamp)


def _findings(released: Released) -> list[tuple[Value, ...]]:
    dossier = released.dossier
    return [
        (
            dossier.code,
            dossier.unit.name,
            judged.rule,
            judged.severity.label,
            judged.finding.outcome.label,
            judged.finding.says,
            judged.finding.remedy,
            judged.finding.at.file if judged.finding.at else "",
            judged.finding.at.spot if judged.finding.at else "",
            judged.finding.at.words if judged.finding.at else "",
            released.decisions.get(judged.key, ""),
        )
        for judged in (*released.verdict.judged, *released.waived)
    ]


def _files(released: Released, call: Call) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for one in released.originals:
        arrived = local(one.received_at or released.dossier.received_at, call)
        rows.append(
            (
                released.dossier.code,
                released.dossier.unit.name,
                f"{arrived:%H:%M} {day_in_words(arrived)}",
                one.mail,
                one.name,
                one.digest,
                released.released_by,
            )
        )
    return rows
