"""S08: a scan, a photo or a file beyond our readers is read by a person, not asked for again."""

from collections.abc import Iterator

from dossier import Call, Dossier, Paper, Text, Unread, UnreadCause
from rules.papers import is_sure, read_twin
from rules.rule import Finding, Severity, rule, unknown

_SAYS = {
    UnreadCause.SCAN: "Tệp “{file}” là bản quét hoặc ảnh chụp chưa đọc được chữ.",
    UnreadCause.UNSUPPORTED: "Tệp “{file}” thuộc loại máy chưa đọc được ({reason}).",
    UnreadCause.OURS: "Máy chưa đọc xong tệp “{file}” ({reason}).",
}
_REMEDY = "Cán bộ mở tệp và đọc trực tiếp; đơn vị chưa cần gửi lại."


@rule("S08", Severity.OFFICER, title="Mọi tệp đều đọc được chữ")
def text_not_read(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Bản quét, ảnh chụp và loại tệp máy chưa đọc được là giới hạn của máy, không phải lỗi đơn vị.

    Cán bộ đọc trực tiếp trước khi trả lời. Khi một tệp khác cùng tên trong cùng thư mục đã đọc
    được (bản Word của bản quét có dấu) thì chỉ ghi nhận.
    """
    for unread in dossier.unread:
        if unread.cause in _SAYS:
            yield _unread(dossier, unread)
    papers: tuple[Paper, ...] = (
        *dossier.cover_letters,
        *dossier.summary_tables,
        *dossier.proposal_forms,
        *dossier.commitment_letters,
    )
    for paper in papers:
        if paper.text is not Text.NATIVE and not is_sure(paper):
            yield unknown(
                at=paper.at,
                says=f"Chữ nhận dạng từ bản quét “{paper.at.file}” chưa đủ tin cậy.",
                remedy=_REMEDY,
                confidence=paper.confidence,
            )


def _unread(dossier: Dossier, unread: Unread) -> Finding:
    says = _SAYS[unread.cause].format(file=unread.at.file, reason=unread.reason)
    twin = read_twin(dossier, unread)
    if twin:
        says = f"{says} Nội dung đã đọc được ở tệp “{twin}”."
    weighs = Severity.INFO if twin else None
    return unknown(at=unread.at, says=says, remedy=_REMEDY, weighs=weighs)
