"""D02: a late supplement does not make an early dossier late."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Citation, Finding, Severity, fail, rule
from rules.wording import moment


@rule(
    "D02",
    Severity.OFFICER,
    title="Phần bổ sung đến trước khi hết hạn",
    cites=(Citation("cong-van", "II.4", "trước ngày 23/3/2024"),),
    after=("D01",),
)
def supplemented_late(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Hồ sơ nộp đúng hạn vẫn là đúng hạn; phần bổ sung đến sau do cán bộ quyết định."""
    later = dossier.supplemented_at
    if later and later >= call.closes_at:
        yield fail(
            says=f"Phần bổ sung nhận lúc {moment(later, call)}, sau thời hạn; thời điểm nộp hồ sơ "
            f"vẫn tính theo lần nhận đầu ({moment(dossier.received_at, call)}).",
            remedy="Cán bộ quyết định có nhận phần bổ sung hay không.",
        )
