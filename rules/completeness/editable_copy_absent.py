"""C27: table and forms come in a form that can be copied from."""

from collections.abc import Iterator

from dossier import Call, Dossier, Text
from rules.papers import filled_tables, forms
from rules.rule import Finding, Severity, fail, rule


@rule("C27", Severity.WARNING, title="Có bản mềm của bảng tổng hợp và phiếu")
def editable_copy_absent(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Bản quét phải gõ lại khi tổng hợp; bản Word, Excel tránh được sai sót khi gõ lại."""
    tables = filled_tables(dossier)
    scanned = []
    if tables and all(table.text is not Text.NATIVE for table in tables):
        scanned.append("Bảng tổng hợp")
    if any(all(one.text is not Text.NATIVE for one in task.forms) for task, _ in forms(dossier)):
        scanned.append("Phiếu đề xuất")
    if scanned:
        yield fail(
            says=f"{' và '.join(scanned)} mới có bản quét hoặc ảnh.",
            remedy="Gửi kèm bản mềm (Word, Excel) để thuận tiện tổng hợp.",
        )
