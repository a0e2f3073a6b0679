"""Hand a letter to the mail server: the only module that knows SMTP.

What happened is a value. Only the time between the end of DATA and the server's answer leaves a
doubt; everything before it is certainly not taken.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

_HEADER_ONLY = ["RET=HDRS"]
_TELL_FAILURE = ["NOTIFY=FAILURE,DELAY"]
_TELL_NOTHING = ["NOTIFY=NEVER"]
"""Delivery reports where a server offers them (RFC 3461): a failed or late letter comes back with
its header, by which we know it; our own copy is no news."""
LETTERS_PER_CONNECTION = 50
_READY_FOR_TEXT = 354
_TAKEN = range(200, 300)
_FOR_NOW = range(400, 500)
_FOR_GOOD = range(500, 600)
_CLOSING = 421
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Security(StrEnum):
    """How the connection is protected; certificates are always verified."""

    TLS = "tls"  # port 465
    STARTTLS = "starttls"  # port 587
    NONE = "none"  # a relay on this machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The server that takes our letters."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    token: Callable[[bool], str] | None = field(default=None, repr=False)
    """Gives an OAuth2 access token, used instead of the password; True asks for a new one.

    Raises `NoTokenError`."""
    security: Security = Security.TLS
    timeout: float = 60.0
    """Seconds, for each answer of the server."""
    authorities: Path | None = None
    """Certificates to trust instead of the system's."""

    def __post_init__(self) -> None:
        """Refuse to send a password in the clear."""
        if self.user and self.security is Security.NONE and self.host not in _LOOPBACK:
            message = f"no password goes to {self.host} without TLS"
            raise ValueError(message)


class NoTokenError(Exception):
    """There is no token to sign in with; the message is a Vietnamese sentence."""


class Stage(StrEnum):
    """How far a letter came before it was refused."""

    CONNECT = "connect"
    LOG_IN = "log_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The server took the letter for the submitter."""

    copied: bool
    """It took the copy for our own mailbox too, so that the proof will arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The server certainly did not take the letter."""

    stage: Stage
    code: int
    """The server's answer; 0 when it gave none."""
    text: str
    permanent: bool
    """To try again is useless; a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """The letter went out whole and no answer came: taken or not, only the proof can tell."""

    reason: str
    copied: bool
    """Our own mailbox is among the recipients, so a proof can arrive."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The caller no longer held the letter when it was about to go; nothing was sent."""


Sending: TypeAlias = Sent | Refused | InDoubt | Withdrawn


class Moment(StrEnum):
    """How far the dialogue has come; between the last of these and the answer lies the doubt."""

    SENDER_ACCEPTED = "sender_accepted"
    RECIPIENTS_ACCEPTED = "recipients_accepted"
    TEXT_ASKED_FOR = "text_asked_for"
    TEXT_SENT = "text_sent"


def _nowhere(_moment: Moment) -> None:
    """Nobody watches."""


class Decision(StrEnum):
    """What becomes of a letter in doubt."""

    SENT = "sent"
    WAIT = "wait"
    SEND_AGAIN = "send_again"
    ASK_OFFICER = "ask_officer"


def settle(
    *, proof_found: bool, age: timedelta, grace: timedelta, later_proof_seen: bool, sent_again: bool
) -> Decision:
    """Decide about a letter in doubt (stack.md §2.3).

    `grace` is longer than a letter takes to reach our own mailbox. Only when a later letter's copy
    has arrived do we know that this one's absence means something; and then only once.
    """
    if proof_found:
        return Decision.SENT
    if age < grace:
        return Decision.WAIT
    if later_proof_seen and not sent_again:
        return Decision.SEND_AGAIN
    return Decision.ASK_OFFICER


def _always() -> bool:
    return True


class _RefusedError(Exception):
    """Carries a refusal out of the dialogue."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.text)
        self.refused = refused


class Session:
    """One connection for several letters; made when first needed, made again when it broke."""

    def __init__(self, relay: Relay, watch: Callable[[Moment], None] = _nowhere) -> None:
        """Connect later: a session nobody sends with opens no socket."""
        self._relay = relay
        self._watch = watch
        self._server: smtplib.SMTP | None = None
        self._sent = 0

    def send(
        self,
        raw: bytes,
        *,
        sender: str,
        to: str,
        self_copy_to: str,
        before_data: Callable[[], bool] = _always,
    ) -> Sending:
        """Send one letter to the submitter and to ourselves in one transaction.

        `before_data` is asked when both recipients are accepted, just before the text goes: does
        the caller still hold this letter?
        """
        try:
            server, copied = self._begin(sender, to, self_copy_to, len(raw))
            self._watch(Moment.RECIPIENTS_ACCEPTED)
            if not before_data():
                self._reset()
                return Withdrawn()
            self._open_text(server)
            self._watch(Moment.TEXT_ASKED_FOR)
        except _RefusedError as error:
            self._reset()
            return error.refused
        return self._finish(server, raw, copied=copied)

    def close(self) -> None:
        """Say goodbye; a server that is gone does not matter any more."""
        server, self._server, self._sent = self._server, None, 0
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _begin(
        self, sender: str, to: str, self_copy_to: str, size: int
    ) -> tuple[smtplib.SMTP, bool]:
        for address, stage in ((sender, Stage.SENDER), (to, Stage.RECIPIENT)):
            if not _ADDRESS.fullmatch(address):
                raise _refused(stage, 0, "địa chỉ thư không dùng được", permanent=True)
        if self._sent >= LETTERS_PER_CONNECTION:
            self.close()
        kept = self._server is not None
        try:
            return self._recipients(sender, to, self_copy_to, size)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            if not kept:
                raise _lost(Stage.SENDER, error) from error
        try:  # a kept connection had simply gone stale; nothing was sent on it
            return self._recipients(sender, to, self_copy_to, size)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise _lost(Stage.SENDER, error) from error

    def _recipients(
        self, sender: str, to: str, self_copy_to: str, size: int
    ) -> tuple[smtplib.SMTP, bool]:
        server = self._connected()
        reports = server.has_extn("dsn")
        options = [f"SIZE={size}"] if server.has_extn("size") else []
        options += _HEADER_ONLY if reports else []
        _accepted(Stage.SENDER, server.mail(sender, options))
        self._watch(Moment.SENDER_ACCEPTED)
        _accepted(Stage.RECIPIENT, server.rcpt(to, _TELL_FAILURE if reports else []))
        if self_copy_to.casefold() == to.casefold():
            return server, True
        if not _ADDRESS.fullmatch(self_copy_to):
            return server, False
        code, _text = server.rcpt(self_copy_to, _TELL_NOTHING if reports else [])
        return server, code in _TAKEN

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = _connect(self._relay)
        return self._server

    def _open_text(self, server: smtplib.SMTP) -> None:
        try:
            code, text = server.docmd("DATA")
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise _lost(Stage.CONTENT, error) from error
        if code != _READY_FOR_TEXT:
            raise _answered(Stage.CONTENT, code, text)

    def _finish(self, server: smtplib.SMTP, raw: bytes, *, copied: bool) -> Sending:
        try:
            server.send(_stuffed(raw))
            self._watch(Moment.TEXT_SENT)
            code, text = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return InDoubt(reason=_named(error), copied=copied)
        if code in _TAKEN:
            self._sent += 1
            return Sent(copied=copied)
        if code == _CLOSING:
            self.close()
        if code in _FOR_NOW or code in _FOR_GOOD:
            return _answered(Stage.CONTENT, code, text).refused
        self.close()
        return InDoubt(reason=f"máy chủ trả lời không hiểu được ({code})", copied=copied)

    def _reset(self) -> None:
        if self._server is None:
            return
        try:
            self._server.rset()
        except (smtplib.SMTPException, OSError):
            self.close()


@contextmanager
def session(relay: Relay, watch: Callable[[Moment], None] = _nowhere) -> Iterator[Session]:
    """A connection for several letters, closed at the end."""
    opened = Session(relay, watch)
    try:
        yield opened
    finally:
        opened.close()


def send(  # noqa: PLR0913 -- an envelope, a letter and a server
    raw: bytes,
    *,
    sender: str,
    to: str,
    self_copy_to: str,
    relay: Relay,
    before_data: Callable[[], bool] = _always,
    watch: Callable[[Moment], None] = _nowhere,
) -> Sending:
    """Send one letter on a connection of its own."""
    with session(relay, watch) as opened:
        return opened.send(
            raw, sender=sender, to=to, self_copy_to=self_copy_to, before_data=before_data
        )


def _connect(relay: Relay) -> smtplib.SMTP:
    authorities = str(relay.authorities) if relay.authorities else None
    context = ssl.create_default_context(cafile=authorities)
    server: smtplib.SMTP | None = None
    stage = Stage.CONNECT
    try:
        if relay.security is Security.TLS:
            server = smtplib.SMTP_SSL(
                relay.host, relay.port, timeout=relay.timeout, context=context
            )
        else:
            server = smtplib.SMTP(relay.host, relay.port, timeout=relay.timeout)
        if relay.security is Security.STARTTLS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if relay.user:
            stage = Stage.LOG_IN
            _log_in(server, relay)
    except NoTokenError as error:
        _drop(server)
        raise _refused(stage, 0, str(error), permanent=False) from error
    except smtplib.SMTPResponseException as error:
        _drop(server)
        # A wrong password or a busy server is no fault of this letter: it may go later.
        raise _refused(stage, error.smtp_code, _said(error.smtp_error), permanent=False) from error
    except (smtplib.SMTPException, OSError) as error:
        _drop(server)
        raise _lost(stage, error) from error
    return server


def _log_in(server: smtplib.SMTP, relay: Relay) -> None:
    if relay.token is None:
        server.login(relay.user, relay.password)
        return
    try:
        _by_token(server, relay, relay.token(False))  # noqa: FBT003 -- a known token will do
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code not in _FOR_GOOD:
            raise
        # The server may have withdrawn a token before its time: one fresh one, never a third.
        _by_token(server, relay, relay.token(True))  # noqa: FBT003 -- a fresh token


def _by_token(server: smtplib.SMTP, relay: Relay, token: str) -> None:
    """XOAUTH2 is what Google and Microsoft speak; OAUTHBEARER (RFC 7628) is the standard."""
    offered = server.esmtp_features.get("auth", "").upper().split()
    mechanism, then = "XOAUTH2", ""
    said = f"user={relay.user}\x01auth=Bearer {token}\x01\x01"
    if "XOAUTH2" not in offered and "OAUTHBEARER" in offered:
        mechanism, then = "OAUTHBEARER", "\x01"
        name = relay.user.replace("=", "=3D").replace(",", "=2C")
        said = f"n,a={name},\x01auth=Bearer {token}\x01\x01"
    # A refusal is explained in a challenge, which wants an answer that says nothing.
    server.auth(mechanism, lambda challenge=None: said if challenge is None else then)


def _drop(server: smtplib.SMTP | None) -> None:
    if server is not None:
        server.close()


def _accepted(stage: Stage, answer: tuple[int, bytes]) -> None:
    code, text = answer
    if code not in _TAKEN:
        raise _answered(stage, code, text)


def _answered(stage: Stage, code: int, text: bytes) -> _RefusedError:
    return _refused(stage, code, _said(text), permanent=code in _FOR_GOOD)


def _lost(stage: Stage, error: Exception) -> _RefusedError:
    return _refused(stage, 0, _named(error), permanent=False)


def _refused(stage: Stage, code: int, text: str, *, permanent: bool) -> _RefusedError:
    return _RefusedError(Refused(stage=stage, code=code, text=text, permanent=permanent))


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _said(text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(words.split())


def _stuffed(raw: bytes) -> bytes:
    """RFC 5321 §4.5.2: CRLF line ends, a dot at the start of a line doubled, a dot to end."""
    lines = _LINE_END.split(raw.removesuffix(b"\r\n"))
    stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join((*stuffed, b".", b""))
