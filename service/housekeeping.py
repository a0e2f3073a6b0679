"""Once a day: what crashes left half-written is swept up."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from service.log import logger
from service.wiring import Wired

KEPT = timedelta(days=7)
"""How long half-written files stay, in case somebody wants to know what happened."""


def sweep_up(office: Wired) -> None:
    """Remove half-written files that are old enough."""
    before = office.clock.now() - KEPT
    gone = 0
    for path in office.store.leftovers():
        with suppress(FileNotFoundError):  # another machine sweeps too
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink()
                gone += 1
    logger().info("swept_up", leftovers=gone)
