"""Mail files put into a folder become mails of the ledger, as if a server had delivered them."""

from collections.abc import Callable
from threading import Event
from typing import TypeAlias

from config.settings import MailboxKind, MailboxSettings
from ingest.dropped import DropFolder
from ledger import intake, troubles, work
from ledger.models import Way
from service.collecting import Collector, most_raw_bytes
from service.log import logger
from service.points import Point
from service.wiring import Wired

LOOK_SECONDS = 3.0
"""Between two looks at the folder: a file that did not change meanwhile is whole."""
FOLDER = "thư mục"
"""What stands for a folder of a mailbox in the ledger."""


class Picker:
    """Takes the files of one folder in, for as long as the service runs."""

    def __init__(
        self, office: Wired, mailbox: MailboxSettings, nudge: Callable[[], None] = lambda: None
    ) -> None:
        """Take files from the folder of `mailbox`; `nudge` is called when one came.

        Raises ValueError when it has none.
        """
        if mailbox.path is None:
            message = f"mailbox {mailbox.name} is no folder"
            raise ValueError(message)
        self._office = office
        self._name = mailbox.name
        self._nudge = nudge
        most = most_raw_bytes(office.call_of(mailbox.name).max_mail_megabytes)
        self._folder = DropFolder(mailbox.path, most)

    def run(self, stop: Event) -> None:
        """Look until told to stop; what fails becomes a trouble people see."""
        while not stop.is_set():
            try:
                if self.visit():
                    self._nudge()
            except Exception as error:  # noqa: BLE001 -- a dead thread would be silence for ever
                reason = f"Không nhận được tệp trong thư mục ({type(error).__name__}: {error})."
                troubles.begin("mailbox", self._name, reason, self._office.clock.now())
            stop.wait(LOOK_SECONDS)
        work.let_go()

    def visit(self) -> int:
        """Take in every file that lies still. Gives how many mails were new."""
        came = 0
        for found in self._folder.look():
            if found.refused:
                self._folder.refuse(found.path, found.refused)
                logger().warning("file_refused", account=self._name)
                continue
            self._office.reached(Point.FETCHED)
            now = self._office.clock.now()
            given = intake.Given(way=Way.DROPPED, folder=FOLDER)
            _row, is_new = intake.record_given(
                self._office.store, self._name, found.raw, now, given
            )
            self._office.reached(Point.RECORDED)
            # Only now: a crash before this line finds the file, and its row, again.
            self._folder.take(found.path)
            came += is_new
        now = self._office.clock.now()
        intake.visited(self._name, FOLDER, 0, 0, now)
        troubles.end("mailbox", self._name, now)
        return came


Watcher: TypeAlias = Collector | Picker
"""Whoever brings a mailbox's mails in: `run(stop)` until told to stop."""


def watcher(
    office: Wired, mailbox: MailboxSettings, nudge: Callable[[], None] = lambda: None
) -> Watcher:
    """Give what brings the mails of a mailbox in, on a server or in a folder."""
    if mailbox.kind is MailboxKind.FOLDER:
        return Picker(office, mailbox, nudge)
    return Collector(office, office.account(mailbox), nudge)
