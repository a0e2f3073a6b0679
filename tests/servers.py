"""Real servers for tests, on loopback and free ports: Dovecot (IMAP, LMTP) and an SMTP sink."""

import asyncio
import grp
import os
import pwd
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from string import Template
from typing import IO

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from imapclient import IMAPClient

from ingest.mailbox import Account, Security

USER = "phongktht"
PASSWORD = "mat-khau-thu"  # noqa: S105 -- of a server that lives for one test
_TEMPLATE = Path(__file__).with_name("dovecot.conf")
_BINARIES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot")
_READY_SECONDS = 15.0

# ------------------------------------------------------------------ IMAP


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer:
    """A running Dovecot; any user name has a mailbox of its own under the one password."""

    host: str
    port: int
    lmtp_port: int
    place: Path
    ca_file: str = ""
    security: Security = Security.NONE

    def account(self, user: str = USER, *, folder: str = "INBOX") -> Account:
        """The account by which our own code opens a mailbox here."""
        return Account(
            name=user,
            host=self.host,
            port=self.port,
            user=user,
            password=PASSWORD,
            security=self.security,
            folder=folder,
            ca_file=self.ca_file,
        )

    def deliver(self, raw: bytes, user: str = USER, *, sender: str = "a@example.vn") -> None:
        """Deliver as a mail server would: over LMTP, INTERNALDATE becomes now."""
        with smtplib.LMTP(self.host, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [user], raw)

    @contextmanager
    def visit(self, user: str = USER) -> Iterator[IMAPClient]:
        """A colleague's mail program at the same mailbox, for arranging and looking."""
        with IMAPClient(self.host, port=self.port, ssl=False) as client:
            client.login(user, PASSWORD)
            yield client

    def append(
        self, raw: bytes, user: str = USER, *, folder: str = "INBOX", at: datetime | None = None
    ) -> None:
        """Put a mail into a folder by hand, with any date."""
        with self.visit(user) as client:
            client.append(folder, raw, msg_time=at)


@contextmanager
def dovecot(*, security: Security = Security.NONE, introspection: str = "") -> Iterator[ImapServer]:
    """Run Dovecot, as root (mail then belongs to nobody) or as an ordinary user.

    Skips where Dovecot is not installed, but fails in CI, where nothing may be missing. Its folder
    is one of its own below /tmp: sockets need a short path, and another user must reach it.
    With an address of an OAuth2 provider's introspection it takes tokens as well as the password.
    """
    binary = _found_dovecot()
    with tempfile.TemporaryDirectory(prefix="dc-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        place.chmod(0o755)
        imap, imaps, lmtp = (free_port() for _ in range(3))
        oauth = _write_oauth(place, introspection) if introspection else ""
        _write_config(place, imap=imap, imaps=imaps, lmtp=lmtp, is_secure=security, oauth=oauth)
        log = (place / "start.log").open("wb")
        with log, _running([binary, "-F", "-c", str(place / "dovecot.conf")], log) as process:
            _await_greeting(imap, process, place)
            yield ImapServer(
                host="localhost",
                port=imaps if security is Security.TLS else imap,
                lmtp_port=lmtp,
                place=place,
                ca_file=str(place / "cert.pem") if security is not Security.NONE else "",
                security=security,
            )


def _found_dovecot() -> str:
    found = shutil.which("dovecot") or next((one for one in _BINARIES if Path(one).exists()), "")
    if found:
        return found
    reason = "Dovecot is not installed (apt-get install dovecot-imapd dovecot-lmtpd)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _write_oauth(place: Path, introspection: str) -> str:
    """Ask the provider of every token whether it holds, and whose it is (RFC 7662)."""
    path = place / "oauth2.conf"
    path.write_text(
        "introspection_mode = post\n"
        f"introspection_url = {introspection}\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n",
        encoding="ascii",
    )
    return f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {path}\n}}"


def _write_config(  # noqa: PLR0913 -- each is one fact of the server, and all are named
    place: Path, *, imap: int, imaps: int, lmtp: int, is_secure: Security, oauth: str
) -> None:
    me = pwd.getpwuid(os.getuid())
    owner = pwd.getpwnam("nobody") if me.pw_uid == 0 else me
    mail = place / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    if is_secure is not Security.NONE:
        make_certificate(place)
    text = Template(_TEMPLATE.read_text(encoding="ascii")).substitute(
        place=place,
        user=owner.pw_name,
        group=_group_of(owner.pw_gid),
        imap=imap,
        imaps=imaps if is_secure is not Security.NONE else 0,
        lmtp=lmtp,
        ssl="no" if is_secure is Security.NONE else "yes",
        certificate="" if is_secure is Security.NONE else f"ssl_cert = <{place}/cert.pem",
        key="" if is_secure is Security.NONE else f"ssl_key = <{place}/key.pem",
        password=PASSWORD,
        mechanisms=" xoauth2 oauthbearer" if oauth else "",
        oauth=oauth,
    )
    (place / "dovecot.conf").write_text(text, encoding="ascii")


def _group_of(gid: int) -> str:
    return grp.getgrgid(gid).gr_name


def make_certificate(place: Path) -> None:
    """Make a key and a certificate for localhost that nobody else trusts."""
    openssl = shutil.which("openssl") or "openssl"
    command = (
        f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost,IP:127.0.0.1"
    )
    files = ["-keyout", str(place / "key.pem"), "-out", str(place / "cert.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)  # noqa: S603 -- our words


@contextmanager
def _running(command: list[str], log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603 -- our words
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_greeting(port: int, process: subprocess.Popen[bytes], place: Path) -> None:
    ends = time.monotonic() + _READY_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if line.recv(64).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.02)
    log = "\n".join(path.read_text(errors="replace") for path in place.glob("*.log"))
    pytest.fail(f"Dovecot did not start:\n{log}")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


# ------------------------------------------------------------------ SMTP


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A mail the sink took."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass(slots=True)
class Sink:
    """A server that takes every mail, unless told otherwise; change its answers while it runs."""

    host: str = "127.0.0.1"
    port: int = 0
    mails: list[Accepted] = field(default_factory=list)
    answer_to_recipient: Callable[[str], str] = lambda _address: "250 OK"
    """“450 later” or “550 no such user” refuses one recipient."""
    answer_to_mail: Callable[[Accepted], str] = lambda _mail: "250 OK"
    """“451 later” or “554 refused”; anything but 250 does not take the mail."""
    hangs_up_at_recipient: bool = False
    """Drop the line before any text."""
    hangs_up_after_mail: bool = False
    """Take the mail and drop the line before saying so: the sender cannot know."""
    falls_silent: bool = False
    """Take the mail, then never answer."""
    reports: bool = False
    """Offer delivery reports (RFC 3461)."""
    asked: list[str] = field(default_factory=list)
    """What was asked of reports: of the mail, then of each recipient."""
    connections: int = 0
    on_mail: Callable[[Accepted], None] = lambda _mail: None
    """Called with every mail taken, such as a delivery into a mailbox."""


@contextmanager
def smtp_sink(
    sink: Sink | None = None, *, tls: Path | None = None, log_in: bool = False
) -> Iterator[Sink]:
    """Run an SMTP server that records what it is given; it answers as `sink` says.

    `tls` is a folder with `cert.pem` and `key.pem`, which makes STARTTLS a duty; with `log_in` it
    asks for the one password.
    """
    sink = sink or Sink()
    options: dict[str, object] = {}
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls / "cert.pem", tls / "key.pem")
        options |= {"tls_context": context, "require_starttls": True}
    if log_in:
        options |= {
            "authenticator": _knows,
            "auth_required": tls is not None,
            "auth_require_tls": tls is not None,
        }
    controller = _OnAnyPort(_Handler(sink), hostname=sink.host, port=0, **options)  # type: ignore[arg-type]  # -- its options are of many types
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


class _OnAnyPort(Controller):
    """Listens where the system likes; the stock controller knocks at port 0 and gives up."""

    def factory(self) -> SMTP:
        return _WithReports(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # -- aiosmtpd


class _WithReports(SMTP):
    """Takes what RFC 3461 adds to MAIL and RCPT, which aiosmtpd does not know."""

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 -- aiosmtpd's name
        await super().smtp_MAIL(self._noted(arg))

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 -- aiosmtpd's name
        await super().smtp_RCPT(self._noted(arg))

    def _noted(self, arg: str | None) -> str | None:
        sink: Sink = self.event_handler.sink
        if arg is None or not sink.reports:
            return arg
        words = arg.split(" ")
        asked = [word for word in words if word.startswith(("RET=", "NOTIFY="))]
        sink.asked.append(" ".join(asked))
        return " ".join(word for word in words if word not in asked)


def _knows(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, login: object
) -> AuthResult:
    right = isinstance(login, LoginPassword) and login.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.sink.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-DSN", responses[-1]] if self.sink.reports else responses

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.sink.hangs_up_at_recipient:
            _hang_up(server)
        answer = self.sink.answer_to_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        mail = Accepted(
            sender=envelope.mail_from or "", recipients=tuple(envelope.rcpt_tos), raw=raw
        )
        answer = self.sink.answer_to_mail(mail)
        if answer.startswith("250"):
            self.sink.mails.append(mail)
            self.sink.on_mail(mail)
        if self.sink.hangs_up_after_mail:
            _hang_up(server)
        if self.sink.falls_silent:
            await asyncio.Event().wait()
        return answer


def _hang_up(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()
