"""N11: no two tasks share a rank, and no rank is left out."""

from collections.abc import Iterator

from dossier import Call, Dossier, SummaryTable
from rules.papers import filled_tables, is_plain
from rules.rule import Citation, Finding, Severity, fail, rule


@rule(
    "N11",
    Severity.WARNING,
    title="Thứ tự ưu tiên không trùng, không thiếu",
    cites=(Citation("cong-van", "II.3.b", "(lưu ý sắp xếp các nhiệm vụ theo thứ tự ưu tiên)"),),
    after=("C02",),
)
def ranks_repeat(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Hai nhiệm vụ cùng thứ tự ưu tiên thì không rõ nhiệm vụ nào trước.

    Chỉ xét cột thứ tự ưu tiên ghi bằng số; ô ghi chữ (“cao”, “thấp”) không xét.
    """
    for table in filled_tables(dossier):
        ranks = [row.priority for row in table.rows if row.priority is not None]
        complete = len(ranks) == len(table.rows)
        if complete and is_plain(table) and sorted(ranks) != list(range(1, len(ranks) + 1)):
            yield fail(
                at=table.at,
                says="Thứ tự ưu tiên trong Bảng tổng hợp bị trùng hoặc thiếu "
                f"({_in_words(table)}).",
                remedy="Đánh số lại thứ tự ưu tiên.",
            )


def _in_words(table: SummaryTable) -> str:
    return ", ".join(str(row.priority) for row in table.rows)
