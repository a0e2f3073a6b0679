"""What fails stands in the ledger until it is over, for `vanthu doctor` and the desk to show."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ledger.models import Trouble


def begin(what: str, where: str, reason: str, now: datetime) -> None:
    """Write down that something fails; what fails already is counted, not listed again."""
    with transaction.atomic():
        if not Trouble.objects.filter(what=what, where=where, until=None).update(
            reason=reason, last_at=now, times=F("times") + 1
        ):
            Trouble.objects.create(what=what, where=where, reason=reason, since=now, last_at=now)


def end(what: str, where: str, now: datetime) -> None:
    """Write down that it is over; nothing happens when nothing failed."""
    Trouble.objects.filter(what=what, where=where, until=None).update(until=now)


def lasting() -> tuple[Trouble, ...]:
    """What fails now, the newest first."""
    return tuple(Trouble.objects.filter(until=None).order_by("-since"))
