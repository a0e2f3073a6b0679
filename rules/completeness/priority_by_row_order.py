"""C06: where no column ranks the tasks, the order of the rows does."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import filled_tables
from rules.rule import Citation, Finding, Severity, fail, rule

_COLUMN = "uu_tien"


@rule(
    "C06",
    Severity.INFO,
    title="Bảng tổng hợp cho biết thứ tự ưu tiên",
    cites=(Citation("cong-van", "II.3.b", "(lưu ý sắp xếp các nhiệm vụ theo thứ tự ưu tiên)"),),
    after=("C02",),
)
def priority_by_row_order(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Công văn chỉ nhắc “sắp xếp”, nên thứ tự dòng là thứ tự ưu tiên khi bảng không có cột riêng.

    Đơn vị được cho biết cách hiểu này để phản hồi nếu chưa đúng.
    """
    for table in filled_tables(dossier)[:1]:
        ranked = _COLUMN in table.columns or any(row.priority is not None for row in table.rows)
        if len(table.rows) > 1 and not ranked:
            yield fail(
                at=table.at,
                says="Thứ tự ưu tiên được ghi nhận theo thứ tự dòng trong Bảng tổng hợp.",
                remedy="Phản hồi nếu thứ tự này chưa đúng.",
            )
