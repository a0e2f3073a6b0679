"""F13: a summary table that came only as a picture."""

from collections.abc import Iterator

from dossier import Call, Dossier, Text
from rules.papers import filled_tables
from rules.rule import Finding, Severity, fail, rule


@rule("F13", Severity.WARNING, title="Bảng tổng hợp không chỉ là ảnh", after=("C02",))
def table_as_a_picture(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Số liệu trong ảnh phải đối chiếu bằng mắt; tệp Excel hoặc Word thì chép được.

    C27 đã đề nghị gửi bản mềm, nên ở đây chỉ ghi nhận để cán bộ thấy tệp nào.
    """
    tables = filled_tables(dossier)
    if tables and all(table.text is not Text.NATIVE for table in tables):
        yield fail(
            at=tables[0].at,
            says="Bảng tổng hợp đang ở dạng ảnh hoặc bản quét.",
            remedy="Gửi thêm tệp Excel hoặc Word.",
            weighs=Severity.INFO,
        )
