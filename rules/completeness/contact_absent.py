"""C28: somebody can be phoned."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Finding, Severity, missing, rule


@rule("C28", Severity.WARNING, title="Hồ sơ cho biết người liên hệ", after=("S17",))
def contact_absent(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Có số điện thoại của người đầu mối thì vướng mắc nhỏ được hỏi ngay, không phải trả lại thư.

    Được xét trong công văn, phiếu và chữ ký của thư.
    """
    nobody = not any(letter.contact for letter in dossier.cover_letters)
    if dossier.contact == "" and nobody:
        yield missing(
            dossier,
            says="Hồ sơ chưa có thông tin người liên hệ.",
            remedy="Cho biết họ tên, điện thoại của cán bộ đầu mối.",
        )
