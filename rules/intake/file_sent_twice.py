"""S10: a file that came twice is counted once."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Finding, Severity, fail, rule


@rule("S10", Severity.INFO, title="Mỗi tệp gửi một lần")
def file_sent_twice(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Tệp gửi hai lần được ghi một lần trong danh sách; không cần làm gì."""
    if dossier.duplicates:
        files = ", ".join(dict.fromkeys(f"“{place.file}”" for place in dossier.duplicates))
        yield fail(
            at=dossier.duplicates[0],
            says=f"Tệp {files} trùng với tệp đã nhận và được tính một lần.",
            remedy="Không cần làm gì.",
        )
