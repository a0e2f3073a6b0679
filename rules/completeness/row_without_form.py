"""C04: every task of the summary table has its form."""

from collections.abc import Iterator

from dossier import CERTAIN, Call, Dossier, Task
from rules.papers import alike, form_of, forms, is_plain, rows_without_form, table_of
from rules.rule import Citation, Finding, Severity, missing, rule, unknown

_SURELY_ANOTHER = 0.6
"""Below this likeness of names a form without a row is another task's, not this row's."""


@rule(
    "C04",
    Severity.GAP,
    title="Mỗi nhiệm vụ trong bảng tổng hợp có phiếu đề xuất",
    cites=(
        Citation(
            "cong-van",
            "II.3.b",
            "Bảng tổng hợp đề xuất nhiệm vụ của đơn vị theo mẫu đính kèm",
        ),
        Citation("cong-van", "II.3.b", "Các phiếu đề xuất nhiệm vụ theo mẫu"),
    ),
    after=("C02", "C03"),
)
def row_without_form(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Nhiệm vụ chỉ có tên trong bảng thì chưa được trình bày; mỗi nhiệm vụ cần một phiếu.

    Dòng và phiếu được ghép theo tên nhiệm vụ, không kể dấu và cách viết hoa. Khi tên chỉ gần giống
    nhau, hoặc tên đọc từ bản quét, cán bộ xem trước khi báo thiếu. Dòng bị ẩn trong bảng tính có
    thể là bản nháp còn sót lại: cán bộ hỏi đơn vị, máy không báo thiếu.
    """
    for task in rows_without_form(dossier):
        yield _absent(dossier, task)
    for task in dossier.tasks:
        form = form_of(task)
        if task.row and form and task.likeness < CERTAIN:
            yield unknown(
                at=form.at,
                says=f"Chưa chắc phiếu “{form.task}” là phiếu của nhiệm vụ “{task.row.title}”.",
                remedy="Cán bộ đối chiếu bảng tổng hợp với phiếu.",
                confidence=task.likeness,
            )


def _absent(dossier: Dossier, task: Task) -> Finding:
    row = task.row
    if row is not None and row.hidden:
        return unknown(
            at=row.at,
            says=f"Nhiệm vụ “{row.title}” ở dòng bị ẩn của Bảng tổng hợp và chưa có phiếu.",
            remedy="Cán bộ hỏi đơn vị: dòng bị ẩn còn đề xuất hay đã bỏ.",
        )
    title, order, at = (row.title, row.order, row.at) if row else (task.title, 0, None)
    says = f"Nhiệm vụ “{title}” (dòng {order} của Bảng tổng hợp) chưa có Phiếu đề xuất kèm theo."
    table = table_of(dossier, row) if row else None
    if _may_be_here(dossier, title) or (table and not is_plain(table)):
        return unknown(at=at, says=says, remedy="Cán bộ đối chiếu bảng tổng hợp với các phiếu.")
    return missing(dossier, at=at, says=says, remedy="Gửi bổ sung phiếu của nhiệm vụ này.")


def _may_be_here(dossier: Dossier, title: str) -> bool:
    """A form nobody found a row for may be this row's under another name."""
    return any(
        not form.task.strip() or not is_plain(form) or alike(form.task, title) >= _SURELY_ANOTHER
        for task, form in forms(dossier)
        if not task.row
    )
