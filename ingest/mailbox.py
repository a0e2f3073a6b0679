"""The door to a mailbox over IMAP; the only module that imports imapclient.

Nothing here marks a mail as read or trusts anybody's flag: staff read the same mailbox. What was
taken in is the ledger's to know, by (UIDVALIDITY, UID). One connection serves one thread.
"""

import imaplib
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, cast

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from dossier.vietnamese import fold

MOST_TOGETHER = 25
MOST_BYTES_TOGETHER = 8_000_000
PIECE = 1_048_576
"""Mails larger than a batch come in pieces of this size."""
MOST_PLANNED = 100
"""UIDs asked about in one command."""
LONGEST_IDLE = 240.0
"""Seconds of one IDLE: servers and routers drop a line that stays silent longer."""
_SLICE = 1.0
_TOO_EARLY = 0.9
_MOST_UIDS_AT_ONCE = 50_000
"""Answers longer than a megabyte break the connection: seven bytes a UID."""
_SEQUENCE_WINDOW = 20_000
_MOST_LOOKS = 3
_SENT = b"\\Sent"
_SENT_NAMES = frozenset(
    {"sent", "sent items", "sent mail", "sent messages", "da gui", "thu da gui", "muc da gui"}
)
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 60.0

_IMAP_FAULTS = (imaplib.IMAP4.error, OSError, ValueError, KeyError, IndexError, TypeError)
"""What imapclient raises for a broken line or an answer it cannot read."""
_LOST_LINE = (imaplib.IMAP4.abort, OSError)


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One folder of one mailbox, and how to reach it."""

    name: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security = Security.TLS
    folder: str = "INBOX"
    ca_file: str = ""
    """A certificate to trust besides the system's: an office's own authority."""

    def __post_init__(self) -> None:
        if any(ord(one) < ord(" ") for one in self.user + self.password):
            message = f"user or password of mailbox {self.name} holds a control character"
            raise ValueError(message)


class MailboxError(Exception):
    """The mailbox cannot be used now; the message is a Vietnamese sentence for the desk.

    `uids` are those being fetched when the line was lost: one of them may be the cause.
    """

    def __init__(self, reason: str, uids: Sequence[int] = ()) -> None:
        """Keep the sentence and what was under way."""
        super().__init__(reason)
        self.reason = reason
        self.uids = tuple(uids)


class LoginRefusedError(MailboxError):
    """The server refuses name or password. Never try again unasked: it locks the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A mail as it lies in the mailbox."""

    uid: int
    raw: bytes
    internal_date: datetime | None
    """Aware; None when the server gives none that can be read."""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """A mail the server does not hand out, and why, in Vietnamese."""

    uid: int
    reason: str
    is_gone: bool = False
    """Somebody deleted or moved it before we had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    uid: int
    size: int
    """A hint only: some servers are wrong about it."""
    internal_date: datetime | None
    flags: tuple[str, ...]


@contextmanager
def connect(
    account: Account,
    *,
    connect_seconds: float = _CONNECT_SECONDS,
    read_seconds: float = _READ_SECONDS,
) -> Iterator["Mailbox"]:
    """Open the account's folder; after any `MailboxError` leave and connect anew.

    Raises:
        LoginRefusedError: name or password are wrong; wait for a person.
        MailboxError: the server cannot be reached, or the line was lost.

    """
    with _said_of(account):
        client = _client(account, SocketTimeout(connect_seconds, read_seconds))
    try:
        with _said_of(account):
            if account.security is Security.STARTTLS:
                client.starttls(_trust(account))
                _no_delay(client)
        _log_in(client, account)
        with _said_of(account):
            mailbox = Mailbox(client, account)
        yield mailbox
    finally:
        _leave(client)


def _client(account: Account, timeout: SocketTimeout) -> IMAPClient:
    is_tls = account.security is Security.TLS
    client = IMAPClient(
        account.host,
        port=account.port,
        ssl=is_tls,
        ssl_context=_trust(account) if is_tls else None,
        timeout=timeout,
    )
    # Shipped as 5: imaplib then formats every literal for a log nobody reads, six times slower.
    if not hasattr(client._imap, "debug"):  # noqa: SLF001 -- no public switch; see above
        message = "imapclient has no debug level any more: measure its speed anew"
        raise AttributeError(message)
    client._imap.debug = 0  # noqa: SLF001 -- no public switch; see above
    # Otherwise times come back naive, in whatever zone this machine happens to be.
    client.normalise_times = False
    _no_delay(client)
    return client


def _no_delay(client: IMAPClient) -> None:
    """Send small commands at once: some servers acknowledge them 40 ms late."""
    client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _trust(account: Account) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=account.ca_file or None)


def _log_in(client: IMAPClient, account: Account) -> None:
    is_plain = account.user.isascii() and account.password.isascii()
    try:
        if is_plain:
            client.login(account.user, account.password)
        else:
            client.plain_login(account.user, account.password)
    except LoginError as error:
        # imapclient calls a line lost during login a refusal, too; that one may be tried again.
        if isinstance(error.__context__, _LOST_LINE) or _is_passing(str(error)):
            raise MailboxError(_sentence(account, error)) from error
        message = (
            f"Máy chủ thư {account.host} từ chối đăng nhập “{account.user}”; "
            "hãy kiểm tra tên và mật khẩu của hộp thư."
        )
        raise LoginRefusedError(message) from error
    except _IMAP_FAULTS as error:
        raise MailboxError(_sentence(account, error)) from error


def _is_passing(answer: str) -> bool:
    """A refusal for now (RFC 5530), not of the password."""
    codes = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]", "[CONTACTADMIN]")
    return any(code in answer.upper() for code in codes)


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except _IMAP_FAULTS:  # the line is lost already; what is left is to close our end
        with suppress(*_IMAP_FAULTS):
            client.shutdown()


@contextmanager
def _said_of(account: Account, uids: Sequence[int] = ()) -> Iterator[None]:
    try:
        yield
    except _IMAP_FAULTS as error:
        raise MailboxError(_sentence(account, error), uids) from error


def _sentence(account: Account, error: Exception) -> str:
    where = f"{account.host}:{account.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Chứng chỉ của máy chủ thư {where} không hợp lệ ({error.verify_message})."
    if isinstance(error, socket.gaierror):
        return f"Không tìm thấy máy chủ thư {account.host}; hãy kiểm tra tên máy chủ và mạng."
    if isinstance(error, ConnectionRefusedError):
        return f"Máy chủ thư {where} không nhận kết nối; hãy kiểm tra cổng và máy chủ."
    if isinstance(error, TimeoutError):
        return f"Máy chủ thư {where} không trả lời trong thời gian chờ."
    if isinstance(error, _LOST_LINE):
        return f"Mất kết nối với máy chủ thư {where} ({error})."
    return f"Máy chủ thư {where} trả lời sai quy cách ({type(error).__name__}: {error})."


class Mailbox:
    """One open folder."""

    def __init__(self, client: IMAPClient, account: Account) -> None:
        """Open the folder of the account; use `connect`."""
        self._client = client
        self.account = account
        self._selected = _select(client, account.folder)
        self.can_idle = bool(client.has_capability("IDLE"))

    @property
    def uidvalidity(self) -> int:
        """Which numbering of UIDs holds; 0 when the server does not say."""
        return int(self._selected.get(b"UIDVALIDITY", 0))

    def new_uids(self, after: int) -> tuple[int, ...]:
        """UIDs above `after`, oldest first; 0 lists the whole folder.

        Costs a few bytes when nothing is new, however large the folder is.
        """
        found: list[int] = []
        with _said_of(self.account):
            for _again in range(_MOST_LOOKS):
                # A search looks at the folder as the last command left it; a mail that came since
                # is announced with its answer, and would be announced to nobody else again.
                self._announced().pop("EXISTS", None)
                found = self._listed(after)
                if "EXISTS" not in self._announced():
                    break
        return tuple(sorted({uid for uid in found if uid > after}))

    def _announced(self) -> dict[str, Any]:
        unasked = self._client._imap.untagged_responses  # noqa: SLF001 -- no public way to see them
        return cast("dict[str, Any]", unasked)

    def _listed(self, after: int) -> list[int]:
        following = int(self._selected.get(b"UIDNEXT", 0))
        exists = int(self._selected.get(b"EXISTS", 0))
        if following - after <= _MOST_UIDS_AT_ONCE or exists <= _SEQUENCE_WINDOW:
            # “n:*” names the last mail even when its UID is below n (RFC 3501 section 6.4.8).
            return list(self._client.search(["UID", f"{after + 1}:*"]))
        return list(self._windows(after, exists))

    def _windows(self, after: int, last: int) -> Iterator[int]:
        """The folder in windows, the newest first.

        A mail deleted meanwhile moves the later ones down, into windows still to come.
        """
        for end in range(last, 0, -_SEQUENCE_WINDOW):
            start = max(1, end - _SEQUENCE_WINDOW + 1)
            window = f"{start}:{'*' if end == last else end}"
            yield from self._client.search([window, "UID", f"{after + 1}:*"])

    def fetch(
        self, uids: Iterable[int], *, together: int = MOST_TOGETHER
    ) -> Iterator[Fetched | Unfetched]:
        """Hand out mails in the order asked, a few in memory at a time.

        One mail the server stumbles over does not cost the others: it comes as `Unfetched`.
        When the line is lost, `MailboxError.uids` names what was under way; what came before is
        good. `together=1` finds the culprit.
        """
        asked = iter(uids)
        while some := list(islice(asked, MOST_PLANNED)):
            for batch in _batches(self._plan(some), together):
                if isinstance(batch, Unfetched):
                    yield batch
                elif len(batch) == 1 and batch[0].size > MOST_BYTES_TOGETHER:
                    yield self._in_pieces(batch[0])
                else:
                    yield from self._whole(batch)

    def _plan(self, uids: list[int]) -> list[_Plan | Unfetched]:
        items = ["RFC822.SIZE", "INTERNALDATE", "FLAGS"]
        try:
            found = self._ask(uids, items)
        except _RefusedError:
            found = self._plan_one_by_one(uids, items)
        return [_planned(uid, found.get(uid)) for uid in uids]

    def _plan_one_by_one(self, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        found: dict[int, dict[bytes, Any]] = {}
        for uid in uids:
            try:
                found |= self._ask([uid], items)
            except _RefusedError:
                found[uid] = {}  # without size and date; the mail itself may still come
        return found

    def _whole(self, batch: list[_Plan]) -> Iterator[Fetched | Unfetched]:
        try:
            found = self._ask([plan.uid for plan in batch], ["BODY.PEEK[]"])
        except _RefusedError as error:
            if len(batch) == 1:
                yield Unfetched(uid=batch[0].uid, reason=error.reason)
                return
            for plan in batch:
                yield from self._whole([plan])
            return
        for plan in batch:
            yield _fetched(plan, _body(found.get(plan.uid)))

    def _in_pieces(self, plan: _Plan) -> Fetched | Unfetched:
        raw = bytearray()
        while True:
            try:
                found = self._ask([plan.uid], [f"BODY.PEEK[]<{len(raw)}.{PIECE}>"])
            except _RefusedError as error:
                return Unfetched(uid=plan.uid, reason=error.reason)
            piece = _body(found.get(plan.uid))
            if piece is None:
                return _fetched(plan, None)
            if not piece:
                return _fetched(plan, bytes(raw))
            raw += piece

    def _ask(self, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        try:
            found = self._client.fetch(uids, items)
        except _LOST_LINE as error:
            raise MailboxError(_sentence(self.account, error), uids) from error
        except _IMAP_FAULTS as error:
            raise _RefusedError(error) from error
        return cast("dict[int, dict[bytes, Any]]", found)

    def wait(self, seconds: float, pause: Callable[[float], bool]) -> bool:
        """Wait until a new mail is announced (True) or the seconds are over (False).

        `pause` sleeps and tells whether to stop (`threading.Event.wait` fits). A server may
        forget to announce: look with `new_uids` after every wait, whatever it answered.

        Raises:
            MailboxError: the line is dead; connect anew.

        """
        if not self.can_idle:
            pause(seconds)
            return False
        with _said_of(self.account):
            self._client.idle()
            has_news = self._listen(min(seconds, LONGEST_IDLE), pause)
            _text, late = self._client.idle_done()
        return has_news or _announces(late)

    def _listen(self, seconds: float, pause: Callable[[float], bool]) -> bool:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0 and not pause(0):
            asked = min(_SLICE, left)
            began = time.monotonic()
            heard = self._client.idle_check(asked)
            if not heard and time.monotonic() - began < asked * _TOO_EARLY:
                # A closed line answers “nothing” at once, for ever.
                message = "line closed while waiting"
                raise ConnectionResetError(message)
            if any(one[0] == b"BYE" for one in heard):
                message = "server said BYE"
                raise ConnectionResetError(message)
            if _announces(heard):
                return True
        return False

    def find(self, message_id: str, folders: Sequence[str] = ()) -> tuple[str, ...]:
        """In which folders a mail with this Message-ID lies: this one, Sent, and `folders`.

        It proves that a letter of ours was accepted. This folder is open again afterwards.
        """
        bare = message_id.strip("<>")
        with _said_of(self.account):
            named = dict.fromkeys((self.account.folder, *folders, *self._sent_folders()))
            found = tuple(folder for folder in named if self._has(folder, bare))
            self._selected = _select(self._client, self.account.folder)
        return found

    def _sent_folders(self) -> Iterator[str]:
        for flags, delimiter, name in self._client.list_folders():
            last = str(name).rpartition((delimiter or b"/").decode())[2]
            if _SENT in flags or fold(last) in _SENT_NAMES:
                yield str(name)

    def _has(self, folder: str, message_id: str) -> bool:
        try:
            self._client.select_folder(folder, readonly=True)
        except _LOST_LINE:
            raise
        except imaplib.IMAP4.error:  # no such folder here: the mail is not in it
            return False
        return bool(self._client.search(["HEADER", "Message-ID", message_id]))

    def mark(self, uids: Sequence[int], keyword: str = "VanThu") -> bool:
        """Put a keyword on mails for people to see; False where the server keeps none.

        Nothing depends on it: the ledger knows what was taken in.
        """
        kept = {flag.lower() for flag in self._selected.get(b"PERMANENTFLAGS", ())}
        if not uids or not {b"\\*", keyword.lower().encode()} & kept:
            return False
        try:
            self._client.add_flags(list(uids), [keyword], silent=True)
        except _LOST_LINE as error:
            raise MailboxError(_sentence(self.account, error)) from error
        except imaplib.IMAP4.error:  # refused: the mark is an ornament
            return False
        return True


class _RefusedError(Exception):
    """The server refuses one command and the line still stands."""

    def __init__(self, error: Exception) -> None:
        self.reason = f"máy chủ thư không giao được thư này ({error})"
        super().__init__(self.reason)


def _select(client: IMAPClient, folder: str) -> dict[bytes, Any]:
    return cast("dict[bytes, Any]", client.select_folder(folder))


def _batches(
    plans: Iterable[_Plan | Unfetched], together: int
) -> Iterator[list[_Plan] | Unfetched]:
    batch: list[_Plan] = []
    for plan in plans:
        full = batch and isinstance(plan, _Plan) and not _fits(batch, plan, together)
        if batch and (full or isinstance(plan, Unfetched)):
            yield batch
            batch = []
        if isinstance(plan, Unfetched):
            yield plan
        else:
            batch.append(plan)
    if batch:
        yield batch


def _fits(batch: Sequence[_Plan], plan: _Plan, together: int) -> bool:
    size = sum(one.size for one in batch) + plan.size
    return len(batch) < together and size <= MOST_BYTES_TOGETHER


def _planned(uid: int, found: dict[bytes, Any] | None) -> _Plan | Unfetched:
    if found is None:
        return Unfetched(
            uid=uid, reason="thư đã bị xóa hoặc chuyển đi trước khi nhận", is_gone=True
        )
    size, date, flags = (found.get(key) for key in (b"RFC822.SIZE", b"INTERNALDATE", b"FLAGS"))
    return _Plan(
        uid=uid,
        size=size if isinstance(size, int) else 0,
        internal_date=date.astimezone(UTC) if isinstance(date, datetime) and date.tzinfo else None,
        flags=tuple(flag.decode("ascii", "replace") for flag in flags or ()),
    )


def _body(found: dict[bytes, Any] | None) -> bytes | None:
    """The octets of a BODY[] answer; servers word the key of a piece differently."""
    if found is None:
        return None
    bodies = (value for key, value in found.items() if key.startswith(b"BODY["))
    body = next(bodies, None)
    return body if isinstance(body, bytes) else None


def _fetched(plan: _Plan, raw: bytes | None) -> Fetched | Unfetched:
    if raw is None:
        reason = "thư đã bị xóa hoặc chuyển đi trong khi nhận"
        return Unfetched(uid=plan.uid, reason=reason, is_gone=True)
    return Fetched(uid=plan.uid, raw=raw, internal_date=plan.internal_date, flags=plan.flags)


def _announces(heard: Iterable[tuple[Any, ...]]) -> bool:
    return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in heard)
