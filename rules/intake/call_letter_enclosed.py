"""S15: the office's own call sent back is not the unit's letter."""

from collections.abc import Iterator

from dossier import Call, Dossier, Role
from rules.rule import Finding, Severity, fail, rule


@rule("S15", Severity.INFO, title="Văn bản của cơ quan mời không tính là công văn của đơn vị")
def call_letter_enclosed(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Nhiều đơn vị gửi kèm lại chính công văn mời, có đủ mọi từ khóa mà không đề xuất gì.

    Chỉ ghi nhận để thấy tệp đã được nhận ra, không yêu cầu gì.
    """
    for paper in dossier.other_papers:
        if paper.role is Role.CALL_LETTER:
            yield fail(
                at=paper.at,
                says=f"Tệp “{paper.at.file}” là văn bản của cơ quan mời, "
                "không tính là công văn đề xuất của đơn vị.",
                remedy="Không cần làm gì.",
                confidence=paper.confidence,
            )
