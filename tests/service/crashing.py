"""One life of the service, started as a process that dies at a named point.

    python -m tests.service.crashing LIFE [POINT | everywhere]

It visits the mailbox, does everything that is due until nothing is, and ends. At a point that is
named the process is gone at once, as when the power fails; with “everywhere” steps fail with an
exception, once at every point.
Time does not pass by itself: each life begins an hour after the last, and a life that finds
nothing due goes on to the moment when something is.
"""

import dataclasses
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ingest.mailbox import Account, connect
from service import log
from service.clock import SystemClock
from service.points import Point
from service.prepare import prepare

if TYPE_CHECKING:
    from service.collecting import Collector

LIFE = timedelta(hours=1)
LONGEST = timedelta(minutes=50)
TICK = timedelta(milliseconds=1)


class Hands:
    """A clock moved by hand; it ticks a little at every look, as no two moments are one."""

    def __init__(self, at: datetime) -> None:
        """Stand still at this moment."""
        self.at = at

    def now(self) -> datetime:
        """Where the hands stand."""
        self.at += TICK
        return self.at


def killed_at(point: str) -> Callable[[Point], None]:
    """Make what ends the process when a point is reached."""

    def reached(here: Point) -> None:
        if here == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def failing_everywhere() -> Callable[[Point], None]:
    """Make what lets a step fail at every point, the first time it is reached."""
    left = set(Point)

    def reached(here: Point) -> None:
        if here in left:
            left.remove(here)
            message = f"stopped at {here}"
            raise RuntimeError(message)

    return reached


def live(life: int, reached: Callable[[Point], None] | None) -> None:
    """Visit, and do what is due until nothing is."""
    settings = prepare()
    log.set_up()
    from ledger import migrating, work  # noqa: PLC0415 -- rows need `prepare` first
    from service.collecting import Collector  # noqa: PLC0415 -- rows need `prepare` first
    from service.stages import do_step  # noqa: PLC0415 -- rows need `prepare` first
    from service.wiring import account, wire  # noqa: PLC0415 -- rows need `prepare` first

    migrating.bring_up()
    hands = Hands(SystemClock().now() + life * LIFE)
    office = wire(settings, hands)
    if reached is not None:
        office = dataclasses.replace(office, reached=reached)
    mailbox = account(settings.mailboxes[0])
    work.release(hands.now())
    end = hands.now() + LONGEST
    with office.cage:
        while hands.now() < end:
            came = _visit(Collector(office, mailbox), mailbox)
            while due := work.due(hands.now()):
                came += do_step(*due[0], office)
                work.bury(hands.now())
            waiting = soonest(hands.now())
            if waiting is None and not came:
                return
            hands.at = waiting or hands.at


def _visit(collector: "Collector", mailbox: Account) -> int:
    with connect(mailbox) as opened:
        try:
            return collector.visit(opened)
        except RuntimeError:
            return 1


def soonest(now: datetime) -> datetime | None:
    """When the next row is due."""
    from django.db.models import Min  # noqa: PLC0415 -- rows need `prepare` first

    from ledger.models import Dossier, Incoming, Outgoing  # noqa: PLC0415 -- rows need `prepare` first

    times = [
        rows.objects.exclude(stage="").filter(set_aside="").aggregate(at=Min("due_at"))["at"]
        for rows in (Incoming, Dossier, Outgoing)
    ]
    found = min((at for at in times if at), default=None)
    return max(found, now + timedelta(seconds=1)) if found else None


def main(life: str, death: str = "") -> None:
    """Live one life, and die in it when a death is named."""
    if death == "everywhere":
        live(int(life), failing_everywhere())
    else:
        live(int(life), killed_at(death) if death else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
