"""S18: we do not know whose dossier this is."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Finding, Severity, fail, rule


@rule("S18", Severity.OFFICER, title="Xác định được đơn vị gửi hồ sơ")
def unit_unknown(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Đơn vị được xác định từ công văn, phiếu hoặc địa chỉ thư đã biết; tên hộp thư thì chưa đủ."""
    if not dossier.unit.name.strip():
        yield fail(
            says="Chưa xác định được đơn vị gửi hồ sơ.",
            remedy="Cho biết tên đầy đủ của đơn vị và người liên hệ (họ tên, điện thoại).",
        )
