"""S09: text in a legacy Vietnamese encoding was converted; nothing is asked."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Citation, Finding, Severity, fail, rule


@rule(
    "S09",
    Severity.INFO,
    title="Văn bản dùng bộ mã Unicode",
    cites=(
        Citation(
            "nd-30-2020",
            "Phụ lục I",
            "bộ mã ký tự Unicode theo Tiêu chuẩn Việt Nam TCVN 6909:2001",
        ),
    ),
)
def legacy_encoding(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Văn bản gõ bằng phông TCVN3 hoặc VNI được tự chuyển sang Unicode rồi mới kiểm tra."""
    if dossier.legacy:
        files = ", ".join(dict.fromkeys(f"“{place.file}”" for place in dossier.legacy))
        yield fail(
            at=dossier.legacy[0],
            says=f"Tệp {files} dùng phông TCVN3/VNI, đã được tự chuyển sang Unicode.",
            remedy="Lần sau nên dùng phông Unicode (Times New Roman).",
        )
