"""How many letters may leave by themselves: the last fence against loops. It holds, never drops."""

from datetime import datetime, timedelta

from config.settings import CapSettings, WatchSettings
from ledger import letters, pen, troubles
from ledger.verdicts import Caps
from ledger.watch import Limit

_TOO_MANY = "Đã có {count} thư trong {span}, vượt mức tự gửi {to}; cán bộ duyệt."


def limit_of(watch: WatchSettings) -> Limit:
    """How many dossiers may newly fail one rule before letters wait."""
    return Limit(share=watch.share, at_least=watch.at_least, span=timedelta(hours=watch.hours))


def caps(limits: CapSettings, now: datetime) -> Caps:
    """Count in the ledger, in the transaction that writes the letter."""

    def reasons(to: str, dossier: int) -> tuple[str, ...]:
        pen.hold("caps")
        recent, today = now - letters.TEN_MINUTES, now - letters.DAY
        counts = (
            (
                letters.made_since(recent, to=to),
                limits.address_ten_minutes,
                "10 phút",
                "một địa chỉ",
            ),
            (letters.made_since(today, to=to), limits.address_day, "24 giờ", "một địa chỉ"),
            (letters.made_since(today, dossier=dossier), limits.dossier_day, "24 giờ", "một hồ sơ"),
        )
        found = [
            _TOO_MANY.format(count=count, span=span, to=f"cho {whom}")
            for count, most, span, whom in counts
            if count >= most
        ]
        if (count := letters.made_since(recent)) >= limits.all_ten_minutes:
            found.append(_TOO_MANY.format(count=count, span="10 phút", to="của cả phòng"))
            troubles.begin("caps", "", found[-1], now)
        return tuple(found)

    return reasons
