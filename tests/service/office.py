"""An office without a mailbox: mails are put into its ledger by hand, letters go to a sink."""

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import CapSettings, Security, Settings, SmtpSettings
from dossier import Mode
from ledger import intake, work
from ledger.models import Dossier, Incoming, Outgoing, Way
from service.clock import SystemClock
from service.stages import do_step
from service.wiring import Wired, wire
from tests.servers import Sink


class Hands:
    """A clock moved by hand; it ticks a little at every look, as no two moments are one."""

    def __init__(self, at: datetime) -> None:
        """Stand still at this moment."""
        self.at = at

    def now(self) -> datetime:
        """Where the hands stand."""
        self.at += timedelta(milliseconds=1)
        return self.at


class Office:
    """The service, driven by a test instead of by beats."""

    def __init__(
        self,
        folder: Path,
        sink: Sink | None = None,
        mode: Mode = Mode.AUTOMATIC,
        caps: CapSettings | None = None,
        call: str = "1322-2025",
    ) -> None:
        """Set up in an empty folder."""
        self.hands = Hands(SystemClock().now())
        self.in_mailbox: set[str] = set()
        (folder / "var").mkdir(exist_ok=True)
        relay = None
        if sink is not None:
            relay = SmtpSettings(host=sink.host, port=sink.port, security=Security.NONE)
        settings = Settings(
            data_folder=folder / "var",
            calls=(call,),
            mode=mode,
            quiet_seconds=60,
            doubt_seconds=600,
            caps=caps or CapSettings(),
            smtp=relay,
        )
        self.wired: Wired = dataclasses.replace(
            wire(settings, self.hands), proof_of=self.in_mailbox.__contains__
        )

    def receive(self, raw: bytes, *, way: Way = Way.MAILBOX, too_large: int = 0) -> Incoming:
        """Take a mail in, as a visit to the mailbox would."""
        uid = Incoming.objects.count() + 1
        spot = intake.Spot(account="hop-thu", folder="INBOX", uidvalidity=1, uid=uid)
        now = self.hands.now()
        intake.record(
            self.wired.store, spot, _delivered(raw, now), now, now, way=way, too_large=too_large
        )
        return Incoming.objects.get(uid=uid)

    def work(self, passing: timedelta = timedelta()) -> None:
        """Let time pass, and do everything that is due."""
        self.hands.at += passing
        for _ in range(200):
            due = work.due(self.hands.now())
            if not due:
                return
            do_step(*due[0], self.wired)
            work.bury(self.hands.now())

    def judge(self) -> Dossier:
        """Read what came, wait until it has been quiet, and judge the newest dossier."""
        self.work()
        self.work(timedelta(minutes=2))
        return Dossier.objects.latest("pk")


def letters() -> list[tuple[str, str]]:
    """(kind, state) of every letter, oldest first."""
    return list(Outgoing.objects.order_by("pk").values_list("kind", "state"))


def _delivered(raw: bytes, now: datetime) -> bytes:
    """As our mail server hands it over: with its stamp on top."""
    stamp = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    return f"Received: from a.example by mail.example; {stamp}\r\n".encode() + raw
