"""A line to a mail server: made with a verified certificate, logged in, and let go."""

import imaplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from ingest.mailbox.account import (
    IMAP_FAULTS,
    LOST_LINE,
    Account,
    LoginRefusedError,
    MailboxError,
    Security,
    said_of,
    sentence,
)
from ingest.mailbox.box import Mailbox

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 60.0


@contextmanager
def connect(
    account: Account,
    *,
    connect_seconds: float = _CONNECT_SECONDS,
    read_seconds: float = _READ_SECONDS,
) -> Iterator[Mailbox]:
    """Open the account's folder; after any `MailboxError` leave and connect anew.

    Raises:
        LoginRefusedError: name or password are wrong; wait for a person.
        MailboxError: the server cannot be reached, or the line was lost.

    """
    with said_of(account):
        client = _client(account, SocketTimeout(connect_seconds, read_seconds))
    try:
        with said_of(account):
            if account.security is Security.STARTTLS:
                client.starttls(_trust(account))
                _no_delay(client)
        _log_in(client, account)
        with said_of(account):
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
    log_in = _by_password if account.token is None else _by_token
    try:
        _try(log_in(client, account), account)
    except LoginRefusedError:
        if account.token is None:
            raise
        # The server may have withdrawn a token before its time: one fresh one, never a third.
        _try(_by_token(client, account, fresh=True), account)


def _by_password(client: IMAPClient, account: Account) -> Callable[[], object]:
    if account.user.isascii() and account.password.isascii():
        return lambda: client.login(account.user, account.password)
    return lambda: client.plain_login(account.user, account.password)


def _by_token(client: IMAPClient, account: Account, *, fresh: bool = False) -> Callable[[], object]:
    """XOAUTH2 is what Google and Microsoft speak; OAUTHBEARER (RFC 7628) is the standard."""
    token = account.token(fresh) if account.token else ""
    bearer = not client.has_capability("AUTH=XOAUTH2") and client.has_capability("AUTH=OAUTHBEARER")
    if bearer:
        name = account.user.replace("=", "=3D").replace(",", "=2C")
        where = f"host={account.host}\x01port={account.port}"
        said = f"n,a={name},\x01{where}\x01auth=Bearer {token}\x01\x01"
        return _authenticate(client, "OAUTHBEARER", said, b"\x01")
    said = f"user={account.user}\x01auth=Bearer {token}\x01\x01"
    return _authenticate(client, "XOAUTH2", said, b"")


def _authenticate(
    client: IMAPClient, mechanism: str, said: str, then: bytes
) -> Callable[[], object]:
    """Say the token once: a refusal is explained in a challenge, which wants `then`.

    imapclient's own way would say the token again.
    """
    left = [said.encode()]

    def answer(_challenge: bytes) -> bytes:
        return left.pop() if left else then

    return lambda: client._command_and_check("authenticate", mechanism, answer)  # noqa: SLF001 -- see above


def _try(way: Callable[[], object], account: Account) -> None:
    try:
        way()
    except LOST_LINE as error:
        raise MailboxError(sentence(account, error)) from error
    except (LoginError, imaplib.IMAP4.error) as error:
        # imapclient calls a line lost during login a refusal, too; that one may be tried again.
        if isinstance(error.__context__, LOST_LINE) or _is_passing(str(error)):
            raise MailboxError(sentence(account, error)) from error
        raise LoginRefusedError(_refusal(account)) from error
    except IMAP_FAULTS as error:
        raise MailboxError(sentence(account, error)) from error


def _refusal(account: Account) -> str:
    said = f"Máy chủ thư {account.host} từ chối đăng nhập “{account.user}”; "
    if account.token is None:
        return said + "hãy kiểm tra tên và mật khẩu của hộp thư."
    return said + f"hãy cho phép lại bằng lệnh: vanthu login {account.name}."


def _is_passing(answer: str) -> bool:
    """A refusal for now (RFC 5530), not of the password."""
    codes = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]", "[CONTACTADMIN]")
    return any(code in answer.upper() for code in codes)


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except IMAP_FAULTS:  # the line is lost already; what is left is to close our end
        with suppress(*IMAP_FAULTS):
            client.shutdown()
