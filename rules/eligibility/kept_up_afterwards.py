"""E08: whether results last and spread is a judgement; the form's own words are shown."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.evidence import cues, telling
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_FIELDS = ("ket_qua", "muc_tieu", "noi_dung", "dia_chi", "hieu_qua", "cap_thiet")
_LASTING = cues(
    "duy trì", "nhân rộng", "lan tỏa", "phổ biến", "tiếp tục áp dụng", "mở rộng", "chuyển giao",
    "bàn giao", "sau khi kết thúc", "tài liệu hướng dẫn", "sổ tay",
)  # fmt: skip


@rule(
    "E08",
    Severity.OFFICER,
    title="Khả năng duy trì, nhân rộng kết quả",
    cites=(
        Citation(
            "tt-15-2022",
            "Điều 5 khoản 3",
            "Có khả năng duy trì, nhân rộng kết quả sau khi kết thúc.",
        ),
    ),
    after=("S17", "C03"),
)
def kept_up_afterwards(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Đây là nhận định; máy chỉ dẫn câu của phiếu nói về việc duy trì, nhân rộng."""
    for task, form in forms(dossier):
        found = telling(form, _FIELDS, _LASTING)
        named = f"Phiếu “{short(task.title)}”"
        yield unknown(
            at=found.at if found else form.at,
            says=f"{named} nói về duy trì, nhân rộng ở {found.where}."
            if found
            else f"{named} không có câu nào nói về duy trì, nhân rộng.",
            remedy="Cán bộ xem kết quả có khả năng duy trì, nhân rộng sau khi kết thúc không.",
            confidence=form.confidence,
        )
