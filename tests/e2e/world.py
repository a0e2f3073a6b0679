"""A small office with real servers, the mails of one day, and what must be true at its end."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ledger import intake, invariants, troubles
from ledger.models import Act, Dossier, Incoming, Outgoing, Package, Verdict, Waiver
from ledger.store import Store
from service.demo.cases import make
from service.demo.recipes import complete, gaps
from tests.ledgers import Where, a_ledger, ledger_at
from tests.servers import PASSWORD, ImapServer, dovecot
from tests.service.house import OFFICE, a_nil_return, message_id_of

SETTLING = ("send_again", "letter_arrived")
"""What an officer does about the last letters of a day that a crash left in doubt."""
_QUIET_SECONDS = 30.0
_numbers = count(1)


class PostOffice:
    """Takes every letter, and lays the office's copy into the mailbox before it says so."""

    def __init__(self, imap: ImapServer) -> None:
        """Deliver into this server, to the user of the moment."""
        self._imap = imap
        self.user = ""
        self.taken: list[tuple[str, str]] = []
        """(submitter, Message-ID) of every letter, in order."""
        self.hangs_up = False
        """Take the next letters and drop the line before saying so: the sender cannot know."""
        self.lines = 0
        """Connections that stand."""

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Deliver, then answer, as a mail server must."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        for to in envelope.rcpt_tos:
            if to == OFFICE:
                self._imap.deliver(raw, self.user, sender=OFFICE)
            else:
                self.taken.append((to, message_id_of(raw)))
        if self.hangs_up and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 OK"


class _Counting(SMTP):
    """Knows how many lines stand, so that a test can wait for what a dead sender left behind."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.lines += 1
        super().connection_made(transport)  # type: ignore[no-untyped-call, unused-ignore]  # -- aiosmtpd

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.lines -= 1
        super().connection_lost(error)  # type: ignore[no-untyped-call, unused-ignore]  # -- aiosmtpd


class _OnAnyPort(Controller):
    def factory(self) -> SMTP:
        return _Counting(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call, unused-ignore]  # -- aiosmtpd


@dataclass(slots=True, kw_only=True)
class Town:
    """The servers; every day has a mailbox and a ledger of its own."""

    imap: ImapServer
    post: PostOffice
    port: int
    folder: Path

    @contextmanager
    def day(self, kind: str, mails: Sequence[bytes], **settings: str | int) -> Iterator["Day"]:
        """An empty ledger of this kind, and a mailbox with these mails."""
        number = next(_numbers)
        user = f"ngay{number}"
        folder = self.folder / user
        folder.mkdir()
        config = folder / "vanthu.toml"
        config.write_text(self._toml(user, settings), encoding="utf-8")
        self.post.user = user
        self.post.taken = []
        for position, raw in enumerate(mails):
            self.imap.deliver(raw, user, sender=f"xa{position}@xa.example")
        with a_ledger(folder, kind) as where:
            yield Day(town=self, config=config, ledger=where)

    def settle(self) -> None:
        """Wait until the post office has done with whatever a dead sender gave it."""
        ends = time.monotonic() + _QUIET_SECONDS
        while self.post.lines and time.monotonic() < ends:
            time.sleep(0.01)

    def _toml(self, user: str, settings: dict[str, str | int]) -> str:
        top = {"mode": "automatic", "quiet_seconds": 0, "poll_seconds": 1, **settings}
        lines = [f"{key} = {json.dumps(value)}" for key, value in top.items()]
        lines += [
            "[[mailboxes]]",
            f'name = "hop-thu"\nhost = "{self.imap.host}"\nport = {self.imap.port}',
            f'security = "none"\nuser = "{user}"\npassword = "{PASSWORD}"',
            f'[smtp]\nhost = "127.0.0.1"\nport = {self.port}\nsecurity = "none"',
            "[caps]\naddress_ten_minutes = 50\naddress_day = 50\ndossier_day = 50",
            "all_ten_minutes = 500",
            "a_minute = 500",
        ]
        return "\n".join(lines) + "\n"


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    """Run Dovecot and a post office until the block ends."""
    with dovecot() as imap:
        post = PostOffice(imap)
        controller = _OnAnyPort(post, hostname="127.0.0.1", port=0)
        controller.start()
        try:
            yield Town(imap=imap, post=post, port=controller.port, folder=folder)
        finally:
            controller.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One ledger, one mailbox, and the letters that went out."""

    town: Town
    config: Path
    ledger: Where

    def found(self) -> dict[str, object]:
        """Everything a person would count: the ledger, the store, the mailbox, the letters."""
        user = self.config.parent.name
        with self.town.imap.visit(user) as colleague:
            lying = colleague.select_folder("INBOX")[b"EXISTS"]
        with ledger_at(self.ledger):
            return {
                "broken": list(invariants.broken(Store(self._store), whole=True)),
                "lasting": [str(one) for one in troubles.lasting()],
                "mails without a row": lying - Incoming.objects.count(),
                "unaccounted": intake.accounted()["unaccounted"],
                "waiting": [
                    f"{rows.__name__} {one} {one.stage}"
                    for rows in (Incoming, Dossier, Outgoing)
                    for one in rows.objects.exclude(stage="")
                ],
                "their mails": Counter(
                    Incoming.objects.filter(copy_of=None).values_list("triage", flat=True)
                ),
                "dossiers": sorted(Dossier.objects.values_list("unit_name", "version", "state")),
                "verdicts": Verdict.objects.count(),
                "letters": Counter(Outgoing.objects.values_list("to", "kind", "state")),
                "waivers": Waiver.objects.count(),
                "packages": Package.objects.count(),
                "acts": Counter(
                    Act.objects.exclude(verb__in=SETTLING).values_list("verb", flat=True)
                ),
            }

    def wrong(self) -> list[str]:
        """What was lost, and what was said twice."""
        with ledger_at(self.ledger):
            sent = Counter(Outgoing.objects.filter(state="sent").values_list("to", "message_id"))
            copies = Counter(
                Incoming.objects.exclude(copy_of=None).values_list(
                    "copy_of__to", "copy_of__message_id"
                )
            )
        taken = Counter(self.town.post.taken)
        faults = [f"doubled: {one} ×{times}" for one, times in taken.items() if times > 1]
        faults += [f"lost letter: {one}" for one in sent - taken]
        faults += [f"unknown letter: {one}" for one in taken - sent]
        faults += [f"copy without a row: {one}" for one in taken - copies]
        return faults

    @property
    def _store(self) -> Path:
        return self.config.parent / "var" / "store"


def mails_of_a_day() -> list[bytes]:
    """Small and complete: two nil returns, a complete dossier, one with gaps, a bounce, a copy."""
    first = a_nil_return(1)
    return [
        first,
        make(complete.one_docx, "a").mails[0].raw,
        make(gaps.blank_three_fields, "a").mails[0].raw,
        a_bounce(),
        a_nil_return(2),
        first,
    ]


def mails_without_files() -> list[bytes]:
    """The same without papers: a life then costs a fifth, and dies five times as often an hour."""
    first = a_nil_return(1)
    return [first, a_bounce(), a_nil_return(2), first, a_nil_return(3)]


def a_bounce() -> bytes:
    """A mail server says that it could not deliver something."""
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <postmaster@xa.example>\r\nTo: {OFFICE}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce@xa.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        "MIME-Version: 1.0\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; xa.example\r\n\r\n"
        "Final-Recipient: rfc822; x@xa.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()
