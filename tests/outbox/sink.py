"""A real SMTP server on loopback that takes, refuses or drops as a test asks."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from outbox.send import Relay, Security

TLS = Path(__file__).parent / "tls"
"""A certificate for “localhost” and its key, both for tests only."""
CERTIFICATE = TLS / "cert.pem"
PASSWORD = "secret"  # noqa: S105 -- a test's


@dataclass
class Sink:
    """Whom it refuses, what it answers, what it took."""

    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    vanish: bool = False
    """Take the mail, then drop the line without an answer."""
    silent: bool = False
    """Take the mail, then never answer."""
    vanish_at_rcpt: bool = False
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    connections: int = 0
    reports: bool = False
    """Offer delivery reports (RFC 3461)."""
    asked: list[str] = field(default_factory=list)
    """What was asked of reports: of the mail, then of each recipient."""

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Count who came."""
        self.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-DSN", responses[-1]] if self.reports else responses

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Refuse whom the test refuses."""
        if self.vanish_at_rcpt:
            _drop(server)
        elif address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail, and answer as the test says."""
        if self.answer.startswith("2"):
            self.taken.append((list(envelope.rcpt_tos), envelope.original_content or b""))
        if self.vanish:
            _drop(server)
        if self.silent:
            await asyncio.Event().wait()
        return self.answer


class _WithReports(SMTP):
    """Takes what RFC 3461 adds to MAIL and RCPT, which aiosmtpd does not know."""

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 -- aiosmtpd's name
        """Note and take off what is asked of reports."""
        await super().smtp_MAIL(self._noted(arg))

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 -- aiosmtpd's name
        """As for the mail."""
        await super().smtp_RCPT(self._noted(arg))

    def _noted(self, arg: str | None) -> str | None:
        words = (arg or "").split(" ")
        asked = [word for word in words if word.startswith(("RET=", "NOTIFY="))]
        self.event_handler.asked.append(" ".join(asked))
        return " ".join(word for word in words if word not in asked)


class _OnAnyPort(Controller):
    """Listens where the system likes; the stock controller knocks at port 0 and gives up."""

    def factory(self) -> SMTP:
        """A server for one line."""
        if isinstance(self.handler, Sink) and self.handler.reports:
            return _WithReports(self.handler, **self.SMTP_kwargs)
        made: SMTP = super().factory()  # type: ignore[no-untyped-call]  # -- aiosmtpd
        return made

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # -- aiosmtpd


@contextmanager
def listening(sink: Sink, *, tls: bool = False, log_in: bool = False) -> Iterator[Relay]:
    """Serve until the block ends; the relay given back speaks without TLS."""
    options: dict[str, object] = {}
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
        options |= {"tls_context": context, "require_starttls": True}
    if log_in:
        options |= {"authenticator": _knows, "auth_required": tls, "auth_require_tls": tls}
    controller = _OnAnyPort(sink, hostname="127.0.0.1", port=0, **options)  # type: ignore[arg-type]  # -- its options are of many types
    controller.start()
    try:
        yield Relay(host="127.0.0.1", port=controller.port, security=Security.NONE, timeout=5)
    finally:
        controller.stop()


def _drop(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()


def _knows(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, login: object
) -> AuthResult:
    right = isinstance(login, LoginPassword) and login.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)
