"""N02: the cover letter announces as many tasks as the table lists."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import filled_tables, forms, is_plain
from rules.rule import Finding, Severity, missing, rule


@rule("N02", Severity.WARNING, title="Số nhiệm vụ thống nhất", after=("S17",))
def task_count_differs(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Công văn nêu số nhiệm vụ khác với bảng tổng hợp thì có thể một nhiệm vụ chưa được gửi.

    Khi công văn và bảng khớp nhau mà thiếu phiếu thì C04 đã nêu, ở đây không nhắc lại.
    """
    stated = next(
        (one for one in dossier.cover_letters if one.tasks_stated is not None and is_plain(one)),
        None,
    )
    if stated is None or not all(map(is_plain, filled_tables(dossier))):
        return
    rows = sum(1 for task in dossier.tasks if task.row)
    filled = len(forms(dossier))
    if (rows or filled) and stated.tasks_stated != (rows or filled):
        table = f"Bảng tổng hợp có {rows}, " if rows else ""
        yield missing(
            dossier,
            at=stated.at,
            says=f"Công văn nêu {stated.tasks_stated} nhiệm vụ, {table}số Phiếu là {filled}.",
            remedy="Kiểm tra lại số nhiệm vụ đề xuất.",
        )
