"""A mailbox that people, servers and bad luck do anything to, against a model: no mail is lost.

`tests.benchmarks.mailbox_walk` is the command.

Every step is one thing that happens: a mail is delivered, put in by hand, moved, deleted, read by a
colleague; a folder is numbered anew; the line breaks after some bytes; our own side dies at a named
point; our side visits. While it visits, a colleague may move or delete under it. After every visit
that went through undisturbed the ledger must hold every mail of the watched folders exactly once.
"""

import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imapclient import IMAPClient

from ingest.mailbox import Account, Mailbox, MailboxError, connect
from ledger import intake
from ledger.models import Incoming
from service.collecting import Collector
from service.points import Point
from service.wiring import Wired
from tests.benchmarks.line import Line, line_to
from tests.ledgers import fresh_ledger
from tests.servers import ImapServer
from tests.service.office import Office

INBOX, JUNK, ALSO, ELSEWHERE = "INBOX", "Thung rac", "Bo sung", "Da xu ly"
WATCHED = (INBOX, JUNK, ALSO)
LARGE = 400_000
SIZES = (200, 200, 200, 3_000, 30_000)


class WalkError(AssertionError):
    """The ledger and the model do not agree; the message says after which step of which seed."""


class _CrashError(BaseException):
    """Our side is gone, whatever it was at."""


@dataclass(slots=True)
class Model:
    """What must be true."""

    delivered: set[str] = field(default_factory=set)
    owed: set[str] = field(default_factory=set)
    """Mails that lay in a watched folder when a visit ended undisturbed."""
    read: set[str] = field(default_factory=set)
    """Mails a colleague marked as read."""


@dataclass(slots=True)
class Walk:
    """One walk through one mailbox."""

    server: ImapServer
    office: Wired
    line: Line
    chance: random.Random
    user: str
    model: Model = field(default_factory=Model)
    done: Counter[str] = field(default_factory=Counter)
    """How often what happened."""
    under_us: bool = False
    """A colleague does something between two of our mails."""
    dies_at: Point | None = None
    disturbed: bool = False
    _collector: Collector | None = None
    _colleague: IMAPClient | None = None
    _ours: Mailbox | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    # ------------------------------------------------------------------ the colleague

    @contextmanager
    def colleague(self) -> Iterator[IMAPClient]:
        """Somebody else's mail program at the same mailbox; kept, for logging in takes a while."""
        if self._colleague is None:
            client = IMAPClient(self.server.host, port=self.server.port, ssl=False)
            client.login(self.user, self.server.account().password)
            client._imap.debug = 0  # noqa: SLF001 -- as in ours
            self._colleague = client
        yield self._colleague

    def prepare(self) -> None:
        """Make the folders."""
        with self.colleague() as client:
            for name in (JUNK, ALSO, ELSEWHERE):
                client.create_folder(name)

    def ids_in(self, folder: str) -> dict[int, str]:
        """UIDs of a folder, and which mail each is."""
        with self.colleague() as client:
            client.select_folder(folder, readonly=True)
            uids = client.search()
            if not uids:
                return {}
            found = client.fetch(uids, ["BODY.PEEK[HEADER.FIELDS (X-WALK)]"])
        return {
            uid: next(v for k, v in one.items() if k.startswith(b"BODY[")).decode().split()[1]
            for uid, one in found.items()
        }

    def some_mail(self) -> tuple[str, int, str] | None:
        """A folder, and a mail in it, by chance."""
        folder = self.chance.choice((*WATCHED, INBOX, INBOX, ELSEWHERE))
        there = self.ids_in(folder)
        if not there:
            return None
        uid = self.chance.choice(sorted(there))
        return folder, uid, there[uid]

    # ------------------------------------------------------------------ what may happen

    def deliver(self) -> None:
        """A server delivers a mail."""
        raw, name = self.new_mail()
        self.model.delivered.add(name)
        self.server.deliver(raw, self.user)

    def put_in(self) -> None:
        """A person, or a filter, puts a mail into a folder, with any date."""
        raw, name = self.new_mail()
        self.model.delivered.add(name)
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=self.chance.randrange(20_000))
        folder = self.chance.choice((*WATCHED, ELSEWHERE))
        with self.colleague() as client:
            client.append(folder, raw, msg_time=at if self.chance.random() < 0.5 else None)

    def copy(self) -> None:
        """A person copies a mail into another folder."""
        if found := self.some_mail():
            folder, uid, _name = found
            with self.colleague() as client:
                client.select_folder(folder)
                client.copy([uid], self.chance.choice((*WATCHED, ELSEWHERE)))

    def move(self) -> None:
        """A person moves a mail."""
        if found := self.some_mail():
            folder, uid, _name = found
            others = [one for one in (*WATCHED, ELSEWHERE) if one != folder]
            with self.colleague() as client:
                client.select_folder(folder)
                client.move([uid], self.chance.choice(others))

    def delete(self) -> None:
        """A person deletes a mail for good."""
        if found := self.some_mail():
            folder, uid, _name = found
            with self.colleague() as client:
                client.select_folder(folder)
                client.delete_messages([uid])
                client.uid_expunge([uid])

    def read(self) -> None:
        """A colleague reads a mail before us."""
        if found := self.some_mail():
            folder, uid, name = found
            with self.colleague() as client:
                client.select_folder(folder)
                client.add_flags([uid], [b"\\Seen"], silent=True)
            self.model.read.add(name)

    def number_anew(self) -> None:
        """The server gives a folder another numbering, as after a move to another machine."""
        self.leave_all()
        folder = self.chance.choice(WATCHED)
        doveadm = shutil.which("doveadm") or "doveadm"
        conf = str(self.server.place / "dovecot.conf")
        numbering = str(self.chance.randrange(1, 2**31))
        words = ["mailbox", "update", "--uid-validity", numbering, "-u", self.user, folder]
        subprocess.run([doveadm, "-c", conf, *words], check=True, capture_output=True)  # noqa: S603 -- our words

    def make_anew(self) -> None:
        """A person deletes a folder and makes it again: its UIDs begin at 1."""
        self._leave()
        with self.colleague() as client:
            client.select_folder(INBOX)
            client.delete_folder(ALSO)
            client.create_folder(ALSO)

    def die(self) -> None:
        """Our side dies at a named point of its next visit."""
        self.dies_at = self.chance.choice((Point.FETCHED, Point.RECORDED))
        self.visit()

    def lose_the_line(self) -> None:
        """The line breaks after some bytes, mostly in the middle of a mail."""
        self.line.breaks_after = int(10 ** self.chance.uniform(1.5, 5.5))
        self.visit()
        self.line.breaks_after = 0

    def visit_under_hands(self) -> None:
        """We visit while a colleague works in the same folders."""
        self.under_us = True
        try:
            self.visit()
        finally:
            self.under_us = False

    def start_anew(self) -> None:
        """Our side is stopped and started: what it remembered is gone."""
        self._leave()
        self._collector = None

    # ------------------------------------------------------------------ our side

    def reached(self, point: Point) -> None:
        """Called by our side at every durable step."""
        if self.dies_at is point:
            self.dies_at = None
            raise _CrashError
        if self.under_us and point is Point.FETCHED and self.chance.random() < 0.5:
            self.disturbed = True
            self.chance.choice((self.move, self.delete, self.deliver, self.copy))()

    def visit(self) -> None:
        """Our side looks once, on the line it has or on a new one."""
        self.disturbed = False
        if self._collector is None:
            self._collector = Collector(self.office, self.account())
        try:
            if self._ours is None:
                self._ours = self._open.enter_context(connect(self.account(), read_seconds=20))
            self._collector.visit(self._ours)
        except MailboxError:
            self.done["line lost"] += 1
            self._leave()
        except _CrashError:
            self.done["died"] += 1
            self._leave()
            self._collector = None
        else:
            self.check()

    def account(self) -> Account:
        """The mailbox as our side reaches it: over the line that breaks."""
        there = self.server.account(self.user)
        return replace(there, port=self.line.port, also_folders=(ALSO,), reads_junk=True)

    def _leave(self) -> None:
        self._open.close()
        self._ours = None

    def leave_all(self) -> None:
        """Hang up: our side, and the colleague."""
        self._leave()
        if self._colleague is not None:
            self._colleague.logout()
            self._colleague = None

    # ------------------------------------------------------------------ what must hold

    def check(self) -> None:
        """Compare the ledger with the model after a visit that went through."""
        if not self.disturbed:
            for folder in WATCHED:
                self._accounted(folder)
        recorded = Counter(
            self._name_of(digest)
            for digest in Incoming.objects.filter(duplicate_of=None).values_list(
                "digest", flat=True
            )
        )
        if twice := {name for name, count in recorded.items() if count > 1}:
            self._fail(f"worked on more than once: {sorted(twice)}")
        if lost := self.model.owed - recorded.keys():
            self._fail(f"lost: {sorted(lost)}")
        if invented := recorded.keys() - self.model.delivered:
            self._fail(f"never delivered: {sorted(invented)}")

    def _accounted(self, folder: str) -> None:
        with self.colleague() as client:
            numbering = int(client.select_folder(folder, readonly=True)[b"UIDVALIDITY"])
            client.noop()
        there = self.ids_in(folder)
        self.model.owed |= set(there.values())
        rows = dict(
            Incoming.objects.filter(
                account=self.user, folder=folder, uidvalidity=numbering
            ).values_list("uid", "digest")
        )
        if without := there.keys() - rows.keys():
            self._fail(f"no row in {folder}: {sorted(without)}")
        wrong = [uid for uid, name in there.items() if self._name_of(rows[uid]) != name]
        if wrong:
            self._fail(f"another mail's row in {folder}: {wrong}")
        if count := intake.unaccounted():
            self._fail(f"{count} mails said to be unaccounted")

    def end(self) -> None:
        """Let everything settle, and look at the flags: nobody's mail was marked as read by us."""
        self.visit()
        for folder in (*WATCHED, ELSEWHERE):
            there = self.ids_in(folder)
            with self.colleague() as client:
                client.select_folder(folder, readonly=True)
                seen = set(client.search("SEEN"))
            if ours := {there[uid] for uid in seen} - self.model.read:
                self._fail(f"marked as read, not by a colleague: {sorted(ours)}")

    # ------------------------------------------------------------------ mails

    def new_mail(self) -> tuple[bytes, str]:
        """A mail that was never seen, with a Message-ID, none, another's, or an absurd one."""
        name = f"{len(self.model.delivered) + 1:06}"
        size = LARGE if self.chance.random() < 0.01 else self.chance.choice(SIZES)
        ids = (f"<{name}@x.vn>", "", "<1@localhost>", "<>", "không phải mã", "<" + "x" * 900 + ">")
        known = self.chance.choice(ids)
        head = f"From: a@x.vn\r\nX-Walk: {name}\r\nSubject: {name}\r\n"
        head += f"Message-ID: {known}\r\n" if known else ""
        return f"{head}\r\n".encode() + b"x" * size + b"\r\n", name

    def _name_of(self, digest: str) -> str:
        raw = self.office.store.get(digest)
        return raw.partition(b"X-Walk: ")[2][:6].decode()

    def _fail(self, said: str) -> None:
        raise WalkError(said)


STEPS: dict[Callable[[Walk], None], int] = {
    Walk.deliver: 16,
    Walk.put_in: 10,
    Walk.copy: 4,
    Walk.move: 12,
    Walk.delete: 6,
    Walk.read: 4,
    Walk.number_anew: 2,
    Walk.make_anew: 1,
    Walk.die: 5,
    Walk.lose_the_line: 8,
    Walk.visit_under_hands: 10,
    Walk.start_anew: 3,
    Walk.visit: 19,
}
"""What may happen, and how often."""


def walk(server: ImapServer, folder: Path, seed: int, steps: int) -> Counter[str]:
    """Walk so many steps. Gives how often what happened. Raises `WalkError`."""
    with fresh_ledger(folder), line_to(server.port) as line:
        chance = random.Random(seed)  # noqa: S311 -- a seed makes it the same walk again
        office = Office(folder).wired
        one = Walk(server=server, office=office, line=line, chance=chance, user=f"walk{seed}")
        one.office = replace(office, reached=one.reached)
        try:
            one.prepare()
            _walk(one, seed, steps)
        finally:
            one.leave_all()
        one.done["mails"] = len(one.model.delivered)
        one.done["rows"] = Incoming.objects.count()
        return one.done


def _walk(one: Walk, seed: int, steps: int) -> None:
    ways, weights = zip(*STEPS.items(), strict=True)
    for number in range(steps):
        step = one.chance.choices(ways, weights)[0]
        one.done[step.__name__] += 1
        try:
            step(one)
        except WalkError as error:
            message = f"seed {seed}, step {number} ({step.__name__}): {error}"
            raise WalkError(message) from error
    one.end()
