"""S12: one mail with the dossiers of several units is taken apart by a person."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Finding, Severity, fail, rule


@rule("S12", Severity.OFFICER, title="Hồ sơ của một đơn vị")
def several_units(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Một đơn vị có thể chuyển hồ sơ của nhiều đơn vị khác; cán bộ tách rồi thông báo riêng.

    Máy không tự tách: gửi nhầm kết quả của đơn vị này cho đơn vị khác là điều phải tránh.
    """
    if dossier.units_seen:
        names = "; ".join(f"“{name}”" for name in dossier.units_seen)
        yield fail(
            says=f"Hồ sơ của “{dossier.unit.name}” còn có công văn của đơn vị khác: {names}.",
            remedy="Cán bộ tách hồ sơ và thông báo riêng từng đơn vị.",
        )
