"""D01: a dossier arrives before the call closes."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.rule import Citation, Finding, Severity, fail, rule
from rules.wording import moment


@rule(
    "D01",
    Severity.OFFICER,
    title="Hồ sơ đến trước khi hết hạn",
    cites=(Citation("cong-van", "II.4", "trước ngày 23/3/2024"),),
)
def received_late(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Hồ sơ được tổng hợp và báo cáo ngay khi hết hạn, nên hồ sơ đến sau có thể không kịp đưa vào.

    Cách hiểu: “trước ngày 23/3” là hết ngày 22/3; tính theo lúc thư vào hộp thư, lần nhận đầu
    tiên. Máy không tự từ chối và vẫn kiểm tra thành phần hồ sơ; cán bộ quyết định.
    """
    if dossier.received_at >= call.closes_at:
        yield fail(
            says=f"Hồ sơ nhận lúc {moment(dossier.received_at, call)}, sau thời hạn.",
            remedy="Cán bộ quyết định có tổng hợp hồ sơ hay không.",
        )
