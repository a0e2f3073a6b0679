"""A mailbox and a mail server for the demo: both real, both on this machine only."""

import imaplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HERE = "127.0.0.1"
USER, PASSWORD = "van-thu", "mat-khau-hop-thu-mau"
_STARTING = 30.0


def free_port(wished: int = 0) -> int:
    """A port nobody listens on: the one wished for when it is free."""
    for port in (wished, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HERE, port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    message = "no free port"
    raise OSError(message)


@contextmanager
def mailbox() -> Iterator[int]:
    """Run an IMAP server with one empty mailbox; gives its port."""
    port = free_port()
    server = subprocess.Popen(  # noqa: S603 -- our own interpreter and fixed words
        [
            *(sys.executable, "-c", "from pymap.main import main; main()"),
            *("--host", HERE, "--port", str(port), "--no-tls"),
            *("dict", "--demo-user", USER, "--demo-password", PASSWORD),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def put(port: int, raw: bytes, received_at: datetime) -> None:
    """Lay a mail into the mailbox as the server would that received it then."""
    box = imaplib.IMAP4(HERE, port)
    try:
        box.login(USER, PASSWORD)
        answer, said = box.append(
            "INBOX", "", imaplib.Time2Internaldate(received_at), _with_crlf(raw)
        )
        if answer != "OK":
            message = f"the mailbox refused a mail: {said!r}"
            raise OSError(message)
    finally:
        box.logout()


class PostOffice:
    """Takes letters: the office's own copy goes into its mailbox, all others into a folder."""

    def __init__(self, folder: Path, office: str, imap_port: int) -> None:
        """Keep letters to strangers in `folder`, numbered in order of arrival."""
        self._folder, self._office, self._imap = folder, office.casefold(), imap_port
        self._lock, self._count = Lock(), 0
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Deliver before saying so, as a mail server must."""
        raw = bytes(envelope.original_content or b"")
        await server.loop.run_in_executor(None, self._deliver, raw, envelope.rcpt_tos)
        return "250 2.0.0 Ok"

    def _deliver(self, raw: bytes, recipients: list[str]) -> None:
        strangers = [one for one in recipients if one.casefold() != self._office]
        with self._lock:
            for one in strangers:
                self._count += 1
                self._keep(raw, f"{self._count:02d}-{_plain(one)}")
            if len(strangers) < len(recipients):
                put(self._imap, raw, datetime.now().astimezone())  # noqa: TID251 -- a server has its own clock

    def _keep(self, raw: bytes, name: str) -> None:
        (self._folder / f"{name}.eml").write_bytes(raw)
        letter = message_from_bytes(raw, policy=policy.default)
        head = "".join(f"{field}: {letter[field]}\n" for field in ("From", "To", "Subject"))
        for subtype, ending in (("plain", "txt"), ("html", "html")):
            part: Any = letter.get_body((subtype,))
            if part is not None:
                text = str(part.get_content())
                shown = f"{head}\n{text}" if subtype == "plain" else text
                (self._folder / f"{name}.{ending}").write_text(shown, encoding="utf-8")


@contextmanager
def post_office(folder: Path, office: str, imap_port: int) -> Iterator[int]:
    """Run an SMTP server that delivers at once; gives its port."""
    port = free_port()
    server = Controller(PostOffice(folder, office, imap_port), hostname=HERE, port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + _STARTING
    while monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((HERE, port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    message = "the demo's mailbox did not start"
    raise OSError(message)


def _with_crlf(raw: bytes) -> bytes:
    """IMAP literals end their lines with CRLF (RFC 3501 §6.3.11)."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _plain(address: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "@.-_" else "_" for sign in address)
