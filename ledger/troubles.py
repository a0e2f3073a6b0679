"""What fails stands in the ledger until it is over, for `vanthu doctor` and the desk to show."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from ledger import values
from ledger.models import Trouble

_LONGEST_WHERE = 255


def begin(what: str, where: str, reason: str, now: datetime) -> None:
    """Write down that something fails; what fails already is counted, not listed again."""
    where, reason = values.text(where)[:_LONGEST_WHERE], values.text(reason)
    if _is_counted(what, where, reason, now):
        return
    try:
        with transaction.atomic():
            Trouble.objects.create(what=what, where=where, reason=reason, since=now, last_at=now)
    except IntegrityError:  # another process wrote it down meanwhile
        _is_counted(what, where, reason, now)


def end(what: str, where: str, now: datetime) -> None:
    """Write down that it is over; nothing happens when nothing failed."""
    where = values.text(where)[:_LONGEST_WHERE]
    Trouble.objects.filter(what=what, where=where, until=None).update(until=now)


def end_all(what: str, places: Iterable[str], now: datetime) -> None:
    """The same for many places at once."""
    named = [values.text(where)[:_LONGEST_WHERE] for where in places]
    Trouble.objects.filter(what=what, where__in=named, until=None).update(until=now)


def lasting() -> tuple[Trouble, ...]:
    """What fails now, the newest first."""
    return tuple(Trouble.objects.filter(until=None).order_by("-since"))


def _is_counted(what: str, where: str, reason: str, now: datetime) -> bool:
    lasting = Trouble.objects.filter(what=what, where=where, until=None)
    return bool(lasting.update(reason=reason, last_at=now, times=F("times") + 1))
