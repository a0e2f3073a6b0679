"""From the mailbox into the ledger: commit A for every mail, oldest first, and never a flag before.

One thread a mailbox. It waits for the server to announce a mail, and looks anyway every minute.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event

from ingest.mailbox import Account, Fetched, LoginRefusedError, Mailbox, MailboxError, connect
from ledger import intake, troubles, work
from service.log import logger
from service.points import Point
from service.wiring import Wired

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
AFTER_REFUSED_LOGIN = 1800.0
"""Seconds; a server locks an account that keeps knocking with a wrong password."""
LONGEST_STAY = timedelta(hours=2)
"""A line is made anew now and then: some servers let an old one go deaf."""
MOST_FALLS = 3
"""How often the line may be lost over one mail before the others go ahead without it."""


class Collector:
    """Brings one mailbox's mails in, for as long as the service runs."""

    def __init__(
        self, office: Wired, account: Account, nudge: Callable[[], None] = lambda: None
    ) -> None:
        """Bring mails of `account` in; `nudge` is called when there is something to read."""
        self._office = office
        self._account = account
        self._nudge = nudge
        self._falls: Counter[int] = Counter()
        self._pause = FIRST_PAUSE
        self._patience = float(office.settings.timeout_seconds)

    def run(self, stop: Event) -> None:
        """Visit until told to stop; whatever the server does becomes a trouble people see."""
        while not stop.is_set():
            try:
                with connect(self._account, read_seconds=self._patience) as mailbox:
                    self._stay(mailbox, stop)
            except LoginRefusedError as error:
                self._failed(error)
                self._pause = AFTER_REFUSED_LOGIN
            except MailboxError as error:
                self._failed(error)
            except Exception as error:  # noqa: BLE001 -- a dead thread would be silence for ever
                self._failed(MailboxError(f"Nhận thư bị lỗi ({type(error).__name__}: {error})."))
            stop.wait(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        work.let_go()

    def visit(self, mailbox: Mailbox) -> int:
        """Bring in everything that has no row yet. Gives how many mails came.

        The floor rises only over mails that stand in the ledger: one that the server does not
        hand out is asked for again at every visit.
        """
        account, folder = self._account.name, self._account.folder
        floor = intake.floor(account, folder, mailbox.uidvalidity)
        there = mailbox.new_uids(floor)
        wanted = intake.unseen(account, folder, mailbox.uidvalidity, there)
        missing = self._bring_in(mailbox, wanted)
        up_to = min(missing) - 1 if missing else max(there, default=floor)
        now = self._office.clock.now()
        intake.visited(account, folder, mailbox.uidvalidity, up_to, now)
        troubles.end("mailbox", account, now)
        return len(wanted) - len(missing)

    def _stay(self, mailbox: Mailbox, stop: Event) -> None:
        leave_at = self._office.clock.now() + LONGEST_STAY
        while not stop.is_set() and self._office.clock.now() < leave_at:
            came = self.visit(mailbox)
            self._pause = FIRST_PAUSE
            if came:
                self._nudge()
            mailbox.wait(self._office.settings.poll_seconds, stop.wait)

    def _bring_in(self, mailbox: Mailbox, wanted: Sequence[int]) -> list[int]:
        """Record each mail as it comes. Gives those that must be asked for again."""
        suspects = [uid for uid in wanted if self._falls[uid]]
        sound = [uid for uid in wanted if not self._falls[uid]]
        missing = [uid for uid in suspects if self._falls[uid] >= MOST_FALLS]
        hopeful = [uid for uid in suspects if self._falls[uid] < MOST_FALLS]
        hopeful.sort(key=self._falls.__getitem__)  # the likely culprit last
        try:
            missing += self._record(mailbox, sound)
            missing += self._record(mailbox, hopeful, together=1)
        except MailboxError as error:
            for uid in error.uids:
                self._falls[uid] += 1
                if self._falls[uid] >= MOST_FALLS:
                    self._stumbled(uid, error.reason)
            raise
        return missing

    def _record(self, mailbox: Mailbox, uids: Sequence[int], **how: int) -> list[int]:
        missing = []
        for one in mailbox.fetch(uids, **how):
            if isinstance(one, Fetched):
                self._take(one, mailbox.uidvalidity)
            elif not one.is_gone:
                self._stumbled(one.uid, one.reason)
                missing.append(one.uid)
        return missing

    def _take(self, mail: Fetched, uidvalidity: int) -> None:
        account, folder = self._account.name, self._account.folder
        spot = intake.Spot(account=account, folder=folder, uidvalidity=uidvalidity, uid=mail.uid)
        now = self._office.clock.now()
        self._office.reached(Point.FETCHED)
        intake.record(self._office.store, spot, mail.raw, mail.internal_date, now)
        self._office.reached(Point.RECORDED)
        troubles.end("mail", f"{account}/{folder}/{mail.uid}", now)
        logger().info("recorded", account=account, uid=mail.uid, size=len(mail.raw))

    def _stumbled(self, uid: int, reason: str) -> None:
        where = f"{self._account.name}/{self._account.folder}/{uid}"
        troubles.begin("mail", where, reason, self._office.clock.now())

    def _failed(self, error: MailboxError) -> None:
        logger().warning("mailbox_failed", account=self._account.name, error=str(type(error)))
        troubles.begin("mailbox", self._account.name, error.reason, self._office.clock.now())
