"""From the mailbox into the ledger: commit A for every mail, oldest first, and never a flag before.

One thread a mailbox. It waits for the server to announce a mail, and looks anyway every minute;
after every look the folder and the ledger are reconciled: no mail lies there without its row.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event

from ingest.mailbox import (
    MOST_BYTES_TOGETHER,
    MOST_TOGETHER,
    Account,
    Fetched,
    Folder,
    FolderError,
    LoginRefusedError,
    Mailbox,
    MailboxError,
)
from ledger import intake, troubles, work
from ledger.models import Way
from ledger.store import AT_ONCE
from service.log import logger
from service.points import Point
from service.wiring import Wired

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
JITTER = 0.25
"""A pause is so much longer or shorter by chance: many offices must not come back at once."""
AFTER_REFUSED_LOGIN = 1800.0
"""Seconds; `service.doors` may let it wait longer still."""
LONGEST_STAY = timedelta(hours=2)
"""A line is made anew now and then: some servers let an old one go deaf."""
COMPARED_EVERY = timedelta(hours=6)
"""How often a folder is compared with the ledger mail by mail, whatever the counts say."""
MOST_FALLS = 3
"""How often the line may be lost over one mail before the others go ahead without it."""
_IN_BASE64 = 78 / 76 * 4 / 3
"""What a file weighs more in a mail (RFC 2045 section 6.8)."""
_FOR_WORDS = 262_144
"""What a mail may weigh besides its files."""


def most_raw_bytes(megabytes: int) -> int:
    """What a mail may weigh on the server when its files may weigh so many megabytes."""
    return int(megabytes * 1_048_576 * _IN_BASE64) + _FOR_WORDS


class Collector:
    """Brings one mailbox's mails in, for as long as the service runs."""

    def __init__(
        self, office: Wired, account: Account, nudge: Callable[[], None] = lambda: None
    ) -> None:
        """Bring mails of `account` in; `nudge` is called when there is something to read."""
        self._office = office
        self._account = account
        self._nudge = nudge
        self._falls: Counter[tuple[str, int]] = Counter()
        self._begun: dict[tuple[str, int], dict[int, bytearray]] = {}
        self._pause = FIRST_PAUSE
        self._most_bytes = most_raw_bytes(office.call_of(account.name).max_mail_megabytes)

    def run(self, stop: Event) -> None:
        """Visit until told to stop; whatever the server does becomes a trouble people see."""
        while not stop.is_set():
            try:
                with self._office.doors.open(self._account) as mailbox:
                    self._stay(mailbox, stop)
            except LoginRefusedError as error:
                self._failed(error)
                self._pause = AFTER_REFUSED_LOGIN
            except MailboxError as error:
                self._failed(error)
            except Exception as error:  # noqa: BLE001 -- a dead thread would be silence for ever
                self._failed(MailboxError(f"Nhận thư bị lỗi ({type(error).__name__}: {error})."))
            stop.wait(self._pause * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 -- no secret
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        work.let_go()

    def visit(self, mailbox: Mailbox) -> int:
        """Bring in everything that has no row yet, of every folder. Gives how many mails came.

        A folder that cannot be opened costs no other.
        """
        came = 0
        for folder in mailbox.folders():
            try:
                mailbox.open(folder.name)
            except FolderError as error:
                if folder.name == self._account.folder:
                    raise
                where = self._where(folder)
                troubles.begin("folder", where, error.reason, self._office.clock.now())
            else:
                came += self._visit_folder(mailbox, folder)
        troubles.end("mailbox", self._account.name, self._office.clock.now())
        return came

    def _stay(self, mailbox: Mailbox, stop: Event) -> None:
        leave_at = self._office.clock.now() + LONGEST_STAY
        while not stop.is_set() and self._office.clock.now() < leave_at:
            came = self.visit(mailbox)
            self._pause = FIRST_PAUSE
            if came:
                self._nudge()
            mailbox.wait(self._office.settings.poll_seconds, stop.wait)

    # ------------------------------------------------------------------ one folder

    def _visit_folder(self, mailbox: Mailbox, folder: Folder) -> int:
        """Bring in what is new, and whatever else the ledger turns out not to know."""
        account, numbering = self._account.name, mailbox.uidvalidity
        self._mind_restored(mailbox, folder)
        whole = intake.is_due_for_comparison(
            account, folder.name, numbering, self._office.clock.now(), COMPARED_EVERY
        )
        came, missing = self._catch_up(mailbox, folder, whole=whole)
        rows = intake.standing(account, folder.name, numbering)
        if not whole and mailbox.size > rows + missing:
            # More mails lie there than the ledger knows: one below the floor was passed over.
            more, missing = self._catch_up(mailbox, folder, whole=True)
            came += more
        self._reconciled(folder, missing)
        return came

    def _catch_up(self, mailbox: Mailbox, folder: Folder, *, whole: bool) -> tuple[int, int]:
        """Record what has no row, above the floor or in the whole folder.

        Gives how many mails came and how many could not be had. The floor rises only over mails
        that stand in the ledger: one that the server does not hand out is asked for at every visit.
        """
        account, numbering = self._account.name, mailbox.uidvalidity
        floor = 0 if whole else intake.floor(account, folder.name, numbering)
        there = mailbox.new_uids(floor)
        wanted = intake.unseen(account, folder.name, numbering, there)
        missing = self._bring_in(mailbox, folder, wanted)
        reached = max(there, default=floor)
        if whole:
            reached = max(reached, intake.floor(account, folder.name, numbering))
        up_to = min(missing) - 1 if missing else reached
        intake.visited(
            account,
            folder.name,
            numbering,
            up_to,
            self._office.clock.now(),
            unaccounted=len(missing),
            compared=whole,
        )
        return len(wanted) - len(missing), len(missing)

    def _mind_restored(self, mailbox: Mailbox, folder: Folder) -> None:
        """Notice a server that counts from an earlier UID again; its new mails are not ours yet."""
        account, numbering = self._account.name, mailbox.uidvalidity
        if 0 < mailbox.following <= intake.floor(account, folder.name, numbering):
            now = self._office.clock.now()
            retired = intake.retire(account, folder.name, numbering, mailbox.following, now)
            logger().warning("numbering_went_back", account=account, rows=retired)

    def _reconciled(self, folder: Folder, missing: int) -> None:
        now, where = self._office.clock.now(), self._where(folder)
        troubles.end("folder", where, now)
        if missing:
            reason = f"{missing} thư trong thư mục “{folder.name}” chưa vào sổ được."
            troubles.begin("unaccounted", where, reason, now)
        else:
            troubles.end("unaccounted", where, now)

    # ------------------------------------------------------------------ its mails

    def _bring_in(self, mailbox: Mailbox, folder: Folder, wanted: Sequence[int]) -> list[int]:
        """Record each mail as it comes. Gives those that must be asked for again."""
        falls = {uid: self._falls[folder.name, uid] for uid in wanted}
        sound = [uid for uid in wanted if not falls[uid]]
        missing = [uid for uid in wanted if falls[uid] >= MOST_FALLS]
        hopeful = [uid for uid in wanted if 0 < falls[uid] < MOST_FALLS]
        hopeful.sort(key=falls.__getitem__)  # the likely culprit last
        begun = self._begun.setdefault((folder.name, mailbox.uidvalidity), {})
        before = {uid: len(piece) for uid, piece in begun.items()}
        try:
            missing += self._record(mailbox, folder, sound)
            missing += self._record(mailbox, folder, hopeful, together=1)
        except MailboxError as error:
            stuck = [uid for uid in error.uids if len(begun.get(uid, b"")) <= before.get(uid, 0)]
            self._fell(folder, stuck, error.reason)
            raise
        return missing

    def _fell(self, folder: Folder, uids: Sequence[int], reason: str) -> None:
        """Count a lost line against the mails under way, but for one that came a good part."""
        for uid in uids:
            self._falls[folder.name, uid] += 1
            if self._falls[folder.name, uid] >= MOST_FALLS:
                self._stumbled(folder, uid, reason)

    def _record(
        self, mailbox: Mailbox, folder: Folder, uids: Sequence[int], **how: int
    ) -> list[int]:
        begun = self._begun[folder.name, mailbox.uidvalidity]
        missing: list[int] = []
        heap = _Heap()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="store") as disk:
            try:
                for one in mailbox.fetch(uids, most_bytes=self._most_bytes, begun=begun, **how):
                    if isinstance(one, Fetched):
                        # The disk is waited for while the next mails come.
                        heap.add(one, disk.submit(self._office.store.put, one.raw))
                        if heap.is_enough:
                            self._take(heap, folder, mailbox.uidvalidity)
                    elif not one.is_gone:
                        self._stumbled(folder, one.uid, one.reason)
                        missing.append(one.uid)
            except MailboxError:
                self._take(heap, folder, mailbox.uidvalidity)  # what came before is good
                raise
            self._take(heap, folder, mailbox.uidvalidity)
        return missing

    def _take(self, heap: "_Heap", folder: Folder, uidvalidity: int) -> None:
        """Commit A for what has come so far, and begin a new heap."""
        mails, digests = heap.emptied()
        if not mails:
            return
        account = self._account.name
        for _mail in mails:
            self._office.reached(Point.FETCHED)
        now = self._office.clock.now()
        way = Way.JUNK if folder.is_junk else Way.MAILBOX
        arrivals = [
            intake.Arrival(
                spot=intake.Spot(
                    account=account, folder=folder.name, uidvalidity=uidvalidity, uid=mail.uid
                ),
                raw=mail.raw,
                internaldate=mail.internal_date,
                way=way,
                too_large=mail.too_large,
            )
            for mail in mails
        ]
        intake.record_all(self._office.store, arrivals, now, digests)
        troubles.end_all("mail", [f"{self._where(folder)}/{mail.uid}" for mail in mails], now)
        for mail in mails:
            self._office.reached(Point.RECORDED)
            logger().info("recorded", account=account, uid=mail.uid, size=len(mail.raw))

    def _where(self, folder: Folder) -> str:
        return f"{self._account.name}/{folder.name}"

    def _stumbled(self, folder: Folder, uid: int, reason: str) -> None:
        where = f"{self._where(folder)}/{uid}"
        troubles.begin("mail", where, reason, self._office.clock.now())

    def _failed(self, error: MailboxError) -> None:
        logger().warning("mailbox_failed", account=self._account.name, error=str(type(error)))
        troubles.begin("mailbox", self._account.name, error.reason, self._office.clock.now())


class _Heap:
    """Mails that came and whose bytes are on their way to the disk: one transaction for many."""

    def __init__(self) -> None:
        self._mails: list[tuple[Fetched, Future[str]]] = []
        self._size = 0

    def add(self, mail: Fetched, kept: Future[str]) -> None:
        """One more mail, and the digest it will have."""
        self._mails.append((mail, kept))
        self._size += len(mail.raw)

    @property
    def is_enough(self) -> bool:
        """Whether it is put into the ledger: no transaction is long."""
        return len(self._mails) >= MOST_TOGETHER or self._size >= MOST_BYTES_TOGETHER

    def emptied(self) -> tuple[tuple[Fetched, ...], tuple[str, ...]]:
        """Every mail with its digest, once its bytes survive a power cut; the heap is new."""
        taken, self._mails, self._size = self._mails, [], 0
        digests = tuple(kept.result() for _, kept in taken)
        return tuple(mail for mail, _ in taken), digests
