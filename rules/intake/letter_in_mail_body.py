"""S19: a mail that reads like the cover letter does not replace it."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Citation, Finding, Severity, missing, rule


@rule(
    "S19",
    Severity.WARNING,
    title="Công văn là một văn bản riêng, không chỉ nằm trong thân thư",
    cites=(Citation("cong-van", "II.3.b", "Công văn đề xuất nhiệm vụ của đơn vị"),),
    after=("S17",),
)
def letter_in_mail_body(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Thân thư không có số, ngày, chữ ký và dấu, nên không thay được công văn.

    Việc thiếu công văn do C01 nêu; ở đây chỉ cho đơn vị biết phần thân thư đã được đọc.
    """
    if dossier.body_reads_as_letter and not dossier.cover_letters:
        yield missing(
            dossier,
            says="Nội dung đề xuất mới có trong thân thư.",
            remedy="Gửi công văn của đơn vị (bản có số, ngày, chữ ký, dấu hoặc ký số).",
        )
