"""N10: a cover letter is not dated after it arrived, nor before the call."""

from collections.abc import Iterator
from datetime import date, timedelta

from dossier import Call, Dossier
from rules.papers import is_plain
from rules.rule import Finding, Severity, fail, rule

_SLIP = timedelta(days=1)


@rule("N10", Severity.WARNING, title="Ngày của công văn hợp lý")
def letter_date_odd(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Ngày sau khi thư đã đến, hoặc trước khi có đợt đề xuất, thường là gõ nhầm năm hoặc tháng."""
    zone = call.closes_at.tzinfo
    arrived = (dossier.supplemented_at or dossier.received_at).astimezone(zone).date()
    for letter in dossier.cover_letters:
        odd = _odd(letter.issued, arrived, call) if is_plain(letter) else ""
        if letter.issued and odd:
            yield fail(
                at=letter.at,
                says=f"Công văn (tệp “{letter.at.file}”) ghi ngày {letter.issued:%d/%m/%Y}, {odd}.",
                remedy="Kiểm tra lại ngày văn bản.",
            )


def _odd(issued: date | None, arrived: date, call: Call) -> str:
    if issued is None:
        return ""
    if issued > arrived + _SLIP:
        return "sau thời điểm gửi thư"
    if call.announced and issued < call.announced:
        return "trước khi có thông báo đề xuất"
    return ""
