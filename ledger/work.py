"""Which row is due, who holds it, and what becomes of one that keeps failing. Knows no engine."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from types import MappingProxyType
from typing import Any, TypeAlias

from django.db import close_old_connections, connections, transaction
from django.db.models import F, QuerySet

from ledger import troubles, values
from ledger.models import Dossier, Incoming, Outgoing, Stage, Work

MOST_STRIKES = 3
_TOKEN = 32
"""Signs of a claim."""
ROWS: Mapping[Stage, type[Work]] = MappingProxyType(
    {
        Stage.READ: Incoming,
        Stage.PLACE: Incoming,
        Stage.JUDGE: Dossier,
        Stage.SEND: Outgoing,
    }
)
LEASES: Mapping[Stage, timedelta] = MappingProxyType(
    {
        Stage.READ: timedelta(minutes=15),
        Stage.PLACE: timedelta(minutes=5),
        Stage.JUDGE: timedelta(minutes=10),
        Stage.SEND: timedelta(minutes=10),
    }
)
"""How long a step may hold a row: longer than the step's own limits, or it would be taken twice."""


Offer: TypeAlias = Callable[[Stage, int], None]
"""An engine that hears of a row the moment it is due."""
_told: list[Offer] = []


class LostClaimError(Exception):
    """The row is no longer ours: somebody else took it, or its work changed meanwhile.

    Raised inside the transaction of the result, which it undoes.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to do one step of one row, until its lease ends."""

    stage: Stage
    row: int
    token: str
    strikes: int
    """This try included."""


def tell(offer: Offer) -> None:
    """Let an engine hear of every row that becomes due, from now on and in this process."""
    if offer not in _told:
        _told.append(offer)


@contextmanager
def told(offer: Offer) -> Iterator[None]:
    """Let an engine hear of every row that becomes due, until the block ends."""
    tell(offer)
    try:
        yield
    finally:
        _told.remove(offer)


def announce(stage: Stage, row: int) -> None:
    """Say that a row is due; called inside the transaction that makes it so."""
    for offer in _told:
        offer(stage, row)


def after_commit(call: Callable[[], None]) -> None:
    """Call when the transaction under way stands; at once when there is none."""
    transaction.on_commit(call, robust=True)


def apart() -> AbstractContextManager[None]:
    """A part of the transaction under way that may fail alone."""
    return transaction.atomic()


def due(now: datetime, limit: int = 100) -> tuple[tuple[Stage, int], ...]:
    """What may be claimed now, the longest due first within a stage, the stages in turn.

    No stage stands behind another: a flood of mails to read would keep letters from going, and
    dossiers that wait for a mail to be read would keep it from being read.
    """
    found: list[list[tuple[Stage, int]]] = []
    for stage in (Stage.SEND, Stage.PLACE, Stage.READ, Stage.JUDGE):
        rows = _open(stage).filter(due_at__lte=now, strikes__lt=MOST_STRIKES)
        ids = rows.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]
        found.append([(stage, pk) for pk in ids])
    in_turn = chain.from_iterable(zip_longest(*found))
    return tuple(one for one in in_turn if one is not None)


def claim(stage: Stage, row: int, now: datetime, by: str = "") -> Claim | None:
    """Take a due row in one UPDATE that counts the strike first; None when it is not to be had.

    The strike counts before the work, so that work which takes the process down counts too. `by`
    names the holder, short, for `free`.
    """
    token = f"{by}{secrets.token_hex(16)}"[:_TOKEN]
    taken = (
        _open(stage)
        .filter(pk=row, due_at__lte=now, strikes__lt=MOST_STRIKES)
        .update(claim=token, strikes=F("strikes") + 1, due_at=now + LEASES[stage])
    )
    if not taken:
        return None
    strikes = _all(stage).values_list("strikes", flat=True).get(pk=row)
    return Claim(stage=stage, row=row, token=token, strikes=strikes)


@contextmanager
def finishing(claimed: Claim) -> Iterator[None]:
    """Make the results of a step one transaction that stands only while the claim is ours.

    The check is the transaction's last write: what happened meanwhile undoes everything.
    """
    with transaction.atomic():
        yield
        if not _held(claimed).update(claim="", strikes=0, last_error=""):
            raise LostClaimError


def hand_on(claimed: Claim, stage: Stage | None, due_at: datetime | None = None) -> None:
    """Say, inside `finishing`, which step comes next; None when nothing is left to be done."""
    if not _held(claimed).update(stage=stage or "", due_at=due_at):
        raise LostClaimError
    if stage is not None:
        announce(stage, claimed.row)


def postpone(claimed: Claim, until: datetime, why: str = "") -> None:
    """Put the step off without a strike: nothing was wrong with the row."""
    _held(claimed).update(claim="", strikes=0, due_at=until, last_error=values.text(why))


def failed(claimed: Claim, why: str, now: datetime) -> None:
    """Write down why a try failed, and try again a little later until the third strike."""
    again = now + timedelta(seconds=5 * 4 ** (claimed.strikes - 1))
    _held(claimed).update(claim="", due_at=again, last_error=values.text(why))
    if claimed.strikes >= MOST_STRIKES:
        bury(now=again)


def release(now: datetime) -> None:
    """Make everything a dead process held due now; only for who holds the lock of the house."""
    for stage in ROWS:
        _open(stage).exclude(claim="").update(claim="", due_at=now)


def free(stage: Stage, row: int, by: str, now: datetime) -> bool:
    """Make a row due now that somebody held who is known to be dead."""
    return bool(_open(stage).filter(pk=row, claim__startswith=by).update(claim="", due_at=now))


def bury(now: datetime) -> int:
    """Set aside, with a reason a person sees, what failed three times. Gives how many."""
    buried = 0
    for stage in ROWS:
        for row in _open(stage).filter(strikes__gte=MOST_STRIKES, due_at__lte=now):
            reason = row.last_error or "Chương trình dừng đột ngột mỗi lần làm việc này."
            with transaction.atomic():
                if (
                    _open(stage)
                    .filter(pk=row.pk, strikes__gte=MOST_STRIKES)
                    .update(set_aside=reason, claim="", due_at=None)
                ):
                    troubles.begin("set_aside", f"{stage.value}:{row.pk}", reason, now)
                    buried += 1
    return buried


def retry(stage: Stage, row: int, now: datetime) -> bool:
    """Take up again what was set aside. False when it was not."""
    with transaction.atomic():
        taken = (
            _all(stage)
            .filter(pk=row, stage=stage)
            .exclude(set_aside="")
            .update(set_aside="", strikes=0, claim="", due_at=now)
        )
        if taken:
            troubles.end("set_aside", f"{stage.value}:{row}", now)
    return bool(taken)


def set_aside() -> Iterator[tuple[Stage, Work]]:
    """Everything that waits for a person because it kept failing."""
    for stage in ROWS:
        found = _all(stage).filter(stage=stage).exclude(set_aside="")
        yield from ((stage, row) for row in found)


def let_go() -> None:
    """Give back this thread's connection, for threads that end."""
    connections.close_all()


def refresh() -> None:
    """Drop a connection that has died, between two steps of a thread that goes on."""
    close_old_connections()


def _all(stage: Stage) -> QuerySet[Any]:
    return QuerySet[Any](ROWS[stage])


def _open(stage: Stage) -> QuerySet[Any]:
    return _all(stage).filter(stage=stage, set_aside="")


def _held(claimed: Claim) -> QuerySet[Any]:
    return _all(claimed.stage).filter(pk=claimed.row, claim=claimed.token)
