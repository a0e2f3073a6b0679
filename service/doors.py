"""Who may knock at a mail server: a refused login is not tried again before its time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from ingest.mailbox import Account, LoginRefusedError, Mailbox, connect
from service.clock import Clock

FIRST_WAIT = timedelta(minutes=30)
"""A server locks an account that keeps knocking with a wrong password."""
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    reason: str
    times: int
    until: datetime


class Doors:
    """Opens mailboxes for every thread of the process; what one was refused, none tries again."""

    def __init__(self, clock: Clock, patience: float) -> None:
        """Wait `patience` seconds for a silent server.

        Nothing was refused yet: whoever starts the service anew may have mended the password.
        """
        self._clock = clock
        self._patience = patience
        self._refusals: dict[str, _Refusal] = {}
        self._lock = Lock()

    @contextmanager
    def open(self, account: Account) -> Iterator[Mailbox]:
        """Open a mailbox (`ingest.mailbox.connect`), unless its login was refused lately.

        Raises:
            LoginRefusedError: the server refuses the login, or refused it a while ago.
            MailboxError: the server cannot be reached, or the line was lost.

        """
        self._wait_over(account.name)
        try:
            with connect(account, read_seconds=self._patience) as mailbox:
                with self._lock:
                    self._refusals.pop(account.name, None)
                yield mailbox
        except LoginRefusedError as error:
            self._refused(account.name, error.reason)
            raise

    def _wait_over(self, name: str) -> None:
        with self._lock:
            refusal = self._refusals.get(name)
        if refusal is not None and self._clock.now() < refusal.until:
            raise LoginRefusedError(refusal.reason)

    def _refused(self, name: str, reason: str) -> None:
        with self._lock:
            before = self._refusals.get(name)
            times = before.times + 1 if before else 1
            wait = min(FIRST_WAIT * 2 ** min(times - 1, 8), LONGEST_WAIT)
            self._refusals[name] = _Refusal(
                reason=reason, times=times, until=self._clock.now() + wait
            )
