"""Times, money and lengths as a letter in Vietnamese writes them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from dossier import Call, Duration


def moment(at: datetime, call: Call) -> str:
    """“09:05 ngày 23/03/2024”, in the call's own time zone."""
    return f"{at.astimezone(call.closes_at.tzinfo):%H:%M ngày %d/%m/%Y}"


def million(amount: Decimal) -> str:
    """“1.500 triệu đồng”, “1.500,5 triệu đồng”."""
    plain = f"{amount.normalize():,f}"
    return f"{plain.translate(str.maketrans(',.', '.,'))} triệu đồng"


def length(duration: Duration) -> str:
    """“24 tháng”, “từ năm 2025”, or both, as far as it is known."""
    months = f"{duration.months} tháng" if duration.months else ""
    start = f"từ năm {duration.start_year}" if duration.start_year else ""
    return ", ".join(part for part in (months, start) if part)


def short(text: str, most: int = 90) -> str:
    """The text on one line, cut after a whole word when it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[: most - 1].rsplit(' ', 1)[0].rstrip(' ,.;:-–')}…"


def listed(names: Iterable[str]) -> str:
    """“A”; “B”: names one after the other, each in its own quotation marks."""
    return "; ".join(f"“{name}”" for name in names)
