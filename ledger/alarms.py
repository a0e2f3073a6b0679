"""Troubles of the service itself, of which a person must hear even while nobody is at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ledger import intake, troubles
from ledger.models import Mailbox, Trouble

WHAT = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """One thing that keeps the service from its work."""

    where: str
    reason: str


def silent(accounts: Iterable[str], span: timedelta, since: datetime, now: datetime) -> list[str]:
    """Accounts no visit to which has seen everything for so long; `since` the service runs."""
    found = []
    for account in accounts:
        seen = Mailbox.objects.filter(account=account).exclude(visited_at=None)
        last = seen.order_by("-visited_at").values_list("visited_at", flat=True).first()
        if now - max(last or since, since) > span:
            found.append(account)
    return found


def unaccounted() -> int:
    """How many mails lie in a watched folder and have no row."""
    return intake.unaccounted()


def ring(ringing: Iterable[Ringing], now: datetime) -> None:
    """Write down what rings now; what rang and rings no more is over."""
    kept = {one.where: one.reason for one in ringing}
    for trouble in Trouble.objects.filter(what=WHAT, until=None):
        if trouble.where not in kept:
            troubles.end(WHAT, trouble.where, now)
    for where, reason in kept.items():
        troubles.begin(WHAT, where, reason, now)


def untold() -> QuerySet[Trouble]:
    """Alarms that ring and nobody was told of."""
    return Trouble.objects.filter(what=WHAT, until=None, told_at=None).order_by("since")


def over_untold() -> QuerySet[Trouble]:
    """Alarms somebody was told of, and that are over."""
    over = Trouble.objects.filter(what=WHAT, over_told_at=None).exclude(until=None)
    return over.exclude(told_at=None).order_by("since")


def told(trouble: Trouble, now: datetime) -> None:
    """Write down that the mail about it was taken by a server."""
    Trouble.objects.filter(pk=trouble.pk, told_at=None).update(told_at=now)


def told_over(trouble: Trouble, now: datetime) -> None:
    """Write down that the note of its end was taken by a server."""
    Trouble.objects.filter(pk=trouble.pk, over_told_at=None).update(over_told_at=now)
