"""D03: a mail written before the deadline and received after it."""

from collections.abc import Iterator
from datetime import timedelta

from dossier import Call, Dossier
from rules.rule import Finding, Severity, fail, rule
from rules.wording import moment

_LONG = timedelta(hours=2)


@rule("D03", Severity.OFFICER, title="Thư không bị chậm trên đường qua thời hạn")
def delayed_on_the_way(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Giờ ghi trong thư do máy người gửi đặt nên không quyết định, nhưng thư có thể bị giữ lại.

    Khi giờ ghi trong thư trước thời hạn mà thư vào hộp thư sau thời hạn hơn hai giờ, cán bộ cân
    nhắc.
    """
    sent, received = dossier.sent_at, dossier.received_at
    if sent and sent < call.closes_at <= received and received - sent > _LONG:
        yield fail(
            says=f"Thư ghi gửi lúc {moment(sent, call)} nhưng vào hộp thư lúc "
            f"{moment(received, call)}.",
            remedy="Cán bộ xem nguyên nhân chậm khi quyết định về thời hạn.",
        )
