"""F12: the summary table has the columns the consolidated one needs."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import filled_tables, is_plain
from rules.rule import Citation, Finding, Severity, blank, rule

_UNDERSTOOD = 3


@rule(
    "F12",
    Severity.WARNING,
    title="Bảng tổng hợp có đủ các cột cần cho việc tổng hợp",
    cites=(
        Citation(
            "cong-van",
            "II.3.b",
            "Bảng tổng hợp đề xuất nhiệm vụ của đơn vị theo mẫu đính kèm",
        ),
    ),
    after=("C02",),
)
def column_absent(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Các cột này được chép sang bảng tổng hợp chung; thiếu cột chỉ là nội dung lưu ý.

    Không nêu khi bảng có cột mà máy không hiểu tiêu đề: cột đó có thể chính là cột tưởng thiếu.
    """
    tables = filled_tables(dossier)
    columns = {key for table in tables for key in table.columns}
    surely_read = all(is_plain(table) and not table.unknown_headers for table in tables)
    whole = {key.rpartition("_")[0] for key in columns}  # “kinh_phi_nsnn” is a part of “kinh_phi”
    absent = [one.header for one in call.columns if one.needed and one.key not in columns | whole]
    if absent and surely_read and len(columns) >= _UNDERSTOOD:
        yield blank(
            dossier,
            at=tables[0].at,
            says=f"Bảng tổng hợp chưa có cột: {'; '.join(absent)}.",
            remedy="Bổ sung theo mẫu.",
        )
