"""C05: every form has its row in the summary table."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import alike, filled_tables, forms, is_plain, rows_without_form
from rules.rule import Citation, Finding, Severity, missing, rule

_PERHAPS_THE_SAME = 0.6


@rule(
    "C05",
    Severity.WARNING,
    title="Mỗi phiếu đề xuất có trong bảng tổng hợp",
    cites=(
        Citation(
            "cong-van",
            "II.3.b",
            "Bảng tổng hợp đề xuất nhiệm vụ của đơn vị theo mẫu đính kèm",
        ),
    ),
    after=("C02", "C03"),
)
def form_without_row(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Nhiệm vụ không có trong bảng tổng hợp thì không rõ thứ tự ưu tiên.

    Không nêu khi phiếu có thể là của một dòng mang tên gần giống (C04 đã giao cán bộ), hoặc khi
    phiếu hay bảng là bản quét.
    """
    if not all(map(is_plain, filled_tables(dossier))):
        return
    orphans = [task.row.title for task in rows_without_form(dossier) if task.row]
    for task, form in forms(dossier):
        if task.row or not form.task.strip() or not is_plain(form):
            continue
        if any(alike(form.task, title) >= _PERHAPS_THE_SAME for title in orphans):
            continue
        yield missing(
            dossier,
            at=form.at,
            says=f"Phiếu “{form.task}” chưa có trong Bảng tổng hợp.",
            remedy="Bổ sung vào Bảng tổng hợp và ghi thứ tự ưu tiên.",
        )
