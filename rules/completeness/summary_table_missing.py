"""C02: the unit's tasks stand in one summary table."""

from collections.abc import Iterator

from dossier import Call, Dossier, Role
from rules.papers import filled_tables, is_sure
from rules.rule import Citation, Finding, Severity, missing, rule, unknown

_REMEDY = "Lập theo mẫu, mỗi nhiệm vụ một dòng (tệp Excel hoặc Word)."


@rule(
    "C02",
    Severity.GAP,
    title="Hồ sơ có bảng tổng hợp đề xuất nhiệm vụ",
    cites=(
        Citation(
            "cong-van",
            "II.3.b",
            "Bảng tổng hợp đề xuất nhiệm vụ của đơn vị theo mẫu đính kèm",
        ),
    ),
    after=("S17",),
)
def summary_table_missing(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Bảng tổng hợp cho biết đơn vị đề xuất những nhiệm vụ nào, theo thứ tự ưu tiên nào.

    Bảng có thể là tệp riêng, nằm trong công văn hoặc trong phụ lục; một nhiệm vụ cũng cần bảng.
    """
    tables = filled_tables(dossier)
    asked = call.paper(Role.SUMMARY_TABLE)
    if tables and not any(is_sure(table) for table in tables):
        yield unknown(
            at=tables[0].at,
            says=f"Chưa chắc bảng trong tệp “{tables[0].at.file}” là {asked.briefly}.",
            remedy="Cán bộ đọc và xác định.",
            confidence=tables[0].confidence,
        )
    elif not tables and dossier.summary_tables:
        empty = dossier.summary_tables[0]
        yield missing(
            dossier,
            at=empty.at,
            says=f"Bảng tổng hợp trong tệp “{empty.at.file}” chưa có nhiệm vụ nào.",
            remedy="Ghi tên và thông tin các nhiệm vụ vào bảng, theo thứ tự ưu tiên.",
        )
    elif not tables:
        yield missing(
            dossier,
            says=f"Thiếu {asked.name}.",
            remedy=asked.remedy or _REMEDY,
        )
