"""One life of the service in a process of its own, which may end at any moment of it.

The moments are the named points of `service.points`, and below them every single thing that
outlives a process, whoever does it: each statement that changes a row, each commit, each file
synced or named, each word to the mail server, each change in the mailbox. Loaded once by the
process that all lives are forked from.
"""

import imaplib
import os
import signal
import smtplib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Min

from tests.ledgers import Where, ledger_at, set_up_django

set_up_django()

from config import settings as office_settings  # noqa: E402 -- rows need Django first
from config.load import load_call  # noqa: E402 -- as above
from desk import verbs  # noqa: E402 -- as above
from dossier import Dossier as Assembled  # noqa: E402 -- as above
from dossier import Reading  # noqa: E402 -- as above
from ledger import acts, values, work  # noqa: E402 -- as above
from ledger.models import Dossier, Finding, Incoming, Outgoing, Package, Waiver  # noqa: E402 -- as above
from outbox.render import Letters  # noqa: E402 -- as above
from rules import Verdict  # noqa: E402 -- as above
from service import cluster, embedded, log, wiring  # noqa: E402 -- as above
from service.collecting import Collector  # noqa: E402 -- as above
from service.points import Point  # noqa: E402 -- as above
from service.stages import do_step  # noqa: E402 -- as above
from service.versions import versions  # noqa: E402 -- as above
from service.wiring import Wired, wire  # noqa: E402 -- as above
from tests.service.office import Hands  # noqa: E402 -- as above

STEPS, EMBEDDED, CLUSTER = "steps", "embedded", "cluster"
FASTER = 20
"""How much faster than the sun the clock of a real engine goes here."""
_LIFE = timedelta(hours=1)
_LONGEST_LIFE = timedelta(minutes=50)
_OFFICER = "an"
_LOOK_SECONDS = 0.1
_CHANGES = ("INSERT", "UPDATE", "DELETE")
_MAILBOX_CHANGES = frozenset({"STORE", "COPY", "MOVE", "APPEND", "EXPUNGE", "CREATE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to live, and where to die."""

    config: Path
    ledger: Where
    engine: str = STEPS
    life: int = 0
    """How many there were before."""
    mails: int = 0
    """How many come that day."""
    point: str = ""
    """Die at this point …"""
    moment: int = 0
    """… or at this moment, whatever it is, counted from 1."""
    fails: bool = False
    """Let a step fail at every point once, instead of dying."""
    officer: bool = True
    """Whether the officer of the day works at this machine: waives a gap, makes the package."""
    words: str = "last-words"
    began: float = 0.0
    """When the day began (seconds since 1970), for the clock of a real engine."""

    @property
    def last_words(self) -> Path:
        """Where a life writes the moment it dies at."""
        return self.config.with_name(self.words)


class Watch:
    """Counts moments, and ends the process at the one it was told."""

    def __init__(self, order: Order) -> None:
        """Die where the order says."""
        self._order = order
        self._lock = threading.Lock()
        # Between DATA and the text no code of ours runs that could fail; the server would wait.
        self._left = set(Point) - {Point.TEXT_ASKED_FOR} if order.fails else set()
        self.moments = 0

    def reached(self, point: Point) -> None:
        """A named point of the service."""
        if point == self._order.point:
            self._die(point)
        if point in self._left:
            self._left.remove(point)
            message = f"stopped at {point}"
            raise RuntimeError(message)
        self(f"point {point}")

    def __call__(self, name: str) -> None:
        """Any moment."""
        with self._lock:
            self.moments += 1
            if self.moments == self._order.moment:
                self._die(name)

    def _die(self, name: str) -> None:
        self._order.last_words.write_text(f"{self.moments} {name}", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)


def _know_by_heart() -> None:
    """Read once, before any life begins, what every life reads at its beginning."""
    known, letters = cache(load_call), Letters(wiring.LETTERS)
    setattr(wiring, "load_call", known)  # noqa: B010 -- for all lives
    setattr(verbs, "office_call", known)  # noqa: B010 -- as above
    setattr(wiring, "Letters", lambda _folder: letters)  # noqa: B010 -- as above
    chosen = office_settings.Settings()
    for environment in (letters._plain, letters._html):  # noqa: SLF001 -- to have them compiled
        for name in environment.list_templates(extensions=["j2"]):
            environment.get_template(name)
    for call in chosen.calls:
        versions(known(call))
    for kind in (Reading, Assembled, Verdict):
        values._adapter(kind)  # noqa: SLF001 -- as above


def live(order: Order) -> None:
    """Do everything that is due until nothing is, the officer's acts of the day included."""
    os.environ["VANTHU_CONFIG"] = str(order.config)
    settings = office_settings.load()
    settings.data_folder.mkdir(exist_ok=True)
    log.set_up(order.config.with_name("service.log"))
    watch = Watch(order)
    with ledger_at(order.ledger):
        if order.moment or not order.point:
            _watch_everything(watch)
        if order.engine == STEPS:
            hands = Hands(datetime.now(UTC) + order.life * _LIFE)  # noqa: TID251 -- a machine's clock
            _live_by_hand(wire(settings, hands, watch.reached), hands, order)
        else:
            _live_for_real(wire(settings, _Hurrying(order.began), watch.reached), order)
    order.last_words.write_text(f"{watch.moments} the end", encoding="utf-8")


# ------------------------------------------------------------------ by hand


def _live_by_hand(office: Wired, hands: Hands, order: Order) -> None:
    """Without beats or threads: time stands still while there is something to do."""
    mailbox = office.settings.mailboxes[0]
    work.release(hands.now())
    end = hands.now() + _LONGEST_LIFE
    with office.cage:
        while hands.now() < end:
            came = _visit(office, mailbox)
            while due := work.due(hands.now()):
                came += do_step(*due[0], office)
                work.bury(hands.now())
            came += _ask_about_doubts(office) + _have_tried_again(hands.now())
            waiting = soonest(hands.now())
            acted = order.officer and waiting is None and not came and _act(office)
            if waiting is None and not came and not acted:
                return
            hands.at = waiting or hands.at


def soonest(now: datetime) -> datetime | None:
    """When the next row is due; None when none will be."""
    times = (
        rows.objects.exclude(stage="").filter(set_aside="").aggregate(at=Min("due_at"))["at"]
        for rows in (Incoming, Dossier, Outgoing)
    )
    found = min((at for at in times if at), default=None)
    return max(found, now + timedelta(seconds=1)) if found else None


def _visit(office: Wired, mailbox: office_settings.MailboxSettings) -> int:
    with office.doors.open(office.account(mailbox)) as opened:
        try:
            return Collector(office, office.account(mailbox)).visit(opened)
        except RuntimeError:  # told to fail
            return 1


# ------------------------------------------------------------------ for real


class _Hurrying:
    """A clock that goes faster and does not stop between two lives."""

    def __init__(self, began: float) -> None:
        self._began = began

    def now(self) -> datetime:
        """Later than it is."""
        return datetime.fromtimestamp(self._began + FASTER * (time.time() - self._began), UTC)


def _live_for_real(office: Wired, order: Order) -> None:
    """With beats and threads, as an office runs it, until the day is over."""
    stop = threading.Event()
    runs = embedded.Engine(office) if order.engine == EMBEDDED else _impatient(office)
    officer = threading.Thread(target=_watch_the_day, args=(office, stop, order))
    with office.cage:
        officer.start()
        runs.run(stop)
    officer.join()


def _impatient(office: Wired) -> cluster.Engine:
    """A machine of a cluster that takes others for dead sooner than an office would."""
    cluster.SWEEP = cluster.BURY = timedelta(seconds=0.5)
    cluster.HEARTBEAT, cluster.DEAD = timedelta(seconds=0.3), timedelta(seconds=3)
    return cluster.Engine(office)


def _watch_the_day(office: Wired, stop: threading.Event, order: Order) -> None:
    """Be the officer: act when nothing is left to be done, and end the day."""
    while not stop.wait(_LOOK_SECONDS):
        if order.officer:
            _ask_about_doubts(office)
        if not is_over(order.mails):
            continue
        acted = order.officer and _act(office)
        if not acted and Package.objects.exists():
            stop.set()
    work.let_go()


def is_over(mails: int) -> bool:
    """Every mail came, nothing waits, and every letter's copy came back."""
    if Incoming.objects.filter(copy_of=None).count() < mails:
        return False
    waits = (Incoming, Dossier, Outgoing)
    if not Incoming.objects.exists() or any(
        row.objects.exclude(stage="").exists() for row in waits
    ):
        return False
    copies = Incoming.objects.exclude(copy_of=None).count()
    return copies == Outgoing.objects.filter(state="sent").count()


# ------------------------------------------------------------------ the officer


def _have_tried_again(now: datetime) -> int:
    """Take up what failed three times."""
    return sum(work.retry(stage, row.pk, now) for stage, row in tuple(work.set_aside()))


def _ask_about_doubts(office: Wired) -> int:
    """Ask the units whose letters nobody knows of: here, what is not in our mailbox never came.

    Only the last letters of a day come so far: the copy of a later one settles the others.
    """
    doubtful = Outgoing.objects.filter(state="in_doubt").values_list("pk", "message_id")
    for letter, message_id in doubtful:
        arrived = office.proof_of(message_id)
        acts.settle_doubt(letter, _OFFICER, office.clock.now(), arrived=arrived)
    return len(doubtful)


def _act(office: Wired) -> bool:
    """Waive a gap, then make the package, each once. False when both were done."""
    now = office.clock.now()
    gap = Finding.objects.filter(severity="gap", outcome="fail").order_by("pk").first()
    if gap is not None and not Waiver.objects.exists():
        acts.waive(gap.pk, _OFFICER, now, "Đã có văn bản giấy.")
        return True
    if not Package.objects.exists():
        verbs.make_package(_OFFICER, now)
        return True
    return False


# ------------------------------------------------------------------ every moment


def _watch_everything(moment: Callable[[str], None]) -> None:
    """Put a moment before and one after everything that outlives the process."""

    def around(owner: Any, name: str, says: Callable[..., str | None]) -> None:  # noqa: ANN401 -- modules and classes alike
        plain = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:  # noqa: ANN401 -- whatever it takes and gives
            words = says(*args)
            if words is None:
                return plain(*args, **options)
            moment(f"before {words}")
            given = plain(*args, **options)
            moment(f"after {words}")
            return given

        setattr(owner, name, watched)

    around(os, "fsync", lambda _handle: "fsync")
    around(Path, "replace", lambda *_: "rename")
    around(BaseDatabaseWrapper, "_commit", lambda _line: "commit")
    around(smtplib.SMTP, "putcmd", lambda _line, verb, *_: f"smtp {verb.split(' ')[0].lower()}")
    around(smtplib.SMTP, "send", lambda _line, sent: None if len(sent) < 200 else "smtp text")
    around(imaplib.IMAP4, "_command", _mailbox_change)
    connection_created.connect(
        lambda connection, **_: _watch_statements(connection, moment), weak=False
    )


def _mailbox_change(_line: object, verb: str, *arguments: object) -> str | None:
    named = str(arguments[0]).upper() if verb == "UID" and arguments else verb
    return f"imap {named.lower()}" if named in _MAILBOX_CHANGES else None


def _watch_statements(connection: BaseDatabaseWrapper, moment: Callable[[str], None]) -> None:
    def statement(execute: Any, sql: Any, *rest: Any) -> Any:  # noqa: ANN401 -- Django's hook
        if not str(sql).startswith(_CHANGES):
            return execute(sql, *rest)
        words = " ".join(str(sql).replace('"', "").split()[:3]).lower()
        moment(f"before {words}")
        done = execute(sql, *rest)
        moment(f"after {words}")
        return done

    connection.execute_wrappers.append(statement)


_know_by_heart()
