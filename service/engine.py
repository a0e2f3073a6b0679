"""What the two engines have in common: the steps do not know which of them they run in."""

from threading import Event
from typing import Protocol

from ledger.models import Stage


class Engine(Protocol):
    """Says when and where a due row is worked on; the ledger alone says what is due."""

    def offer(self, stage: Stage, row: int) -> None:
        """Hear that a row is due, inside the transaction that makes it so.

        An offer that is lost costs seconds: the sweep finds the row.
        """

    def run(self, stop: Event) -> None:
        """Work until told to stop, and let what is under way come to its end."""
