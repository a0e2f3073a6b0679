"""One life of the service, started as a process that dies at a named point.

    python -m tests.service.crashing LIFE [POINT NTH HOW]

It visits the mailbox, does everything that is due until nothing is, and ends. HOW is “kill” (the
process is gone at once, as when the power fails) or “raise” (the step fails with an exception).
Time does not pass by itself: each life begins an hour after the last, and a life that finds
nothing due goes on to the moment when something is.
"""

import dataclasses
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from service import log
from service.clock import SystemClock
from service.points import Point
from service.prepare import prepare

LIFE = timedelta(hours=1)
LONGEST = timedelta(minutes=50)


class Hands:
    """A clock moved by hand."""

    def __init__(self, at: datetime) -> None:
        """Stand still at this moment."""
        self.at = at

    def now(self) -> datetime:
        """Where the hands stand."""
        return self.at


def dies(point: str, nth: int, how: str) -> Callable[[Point], None]:
    """Make what stops the world when a point is reached for the nth time."""
    left = [nth]

    def reached(here: Point) -> None:
        left[0] -= here == point
        if left[0] == 0 and here == point:
            if how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            message = f"stopped at {point}"
            raise RuntimeError(message)

    return reached


def live(life: int, reached: Callable[[Point], None] | None) -> None:
    """Visit, and do what is due until nothing is."""
    settings = prepare()
    log.set_up()
    from ingest.mailbox import connect  # noqa: PLC0415 -- rows need `prepare` first
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
            with connect(mailbox) as opened:
                try:
                    Collector(office, mailbox).visit(opened)
                except RuntimeError:
                    continue
            while due := work.due(hands.now()):
                do_step(*due[0], office)
                work.bury(hands.now())
            hands.at = soonest(hands.now()) or end


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


if __name__ == "__main__":
    chosen = dies(sys.argv[2], int(sys.argv[3]), sys.argv[4]) if len(sys.argv) > 2 else None
    live(int(sys.argv[1]), chosen)
