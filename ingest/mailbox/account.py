"""Who a mailbox belongs to, how it is reached, and why it could not be."""

import imaplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

IMAP_FAULTS = (imaplib.IMAP4.error, OSError, ValueError, KeyError, IndexError, TypeError)
"""What imapclient raises for a broken line or an answer it cannot read."""
LOST_LINE = (imaplib.IMAP4.abort, OSError)


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One mailbox: how to reach it, and which of its folders are read."""

    name: str
    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    token: Callable[[bool], str] | None = field(default=None, repr=False)
    """Gives an OAuth2 access token, used instead of the password; True asks for a new one.

    Raises `MailboxError` when there is none."""
    security: Security = Security.TLS
    folder: str = "INBOX"
    also_folders: tuple[str, ...] = ()
    """Folders read like the first; one that is not there is passed over."""
    reads_junk: bool = False
    """Whether the folder for junk is read, too: filters put dossiers there."""
    ca_file: str = ""
    """A certificate to trust besides the system's: an office's own authority."""

    def __post_init__(self) -> None:
        """Refuse what would end a line of the dialogue."""
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


class FolderError(MailboxError):
    """The server does not open this folder; the line still stands."""


class RefusedError(Exception):
    """The server refuses one command and the line still stands."""

    def __init__(self, error: Exception) -> None:
        """Keep why, as a clause for the row of the mail."""
        self.reason = f"máy chủ thư không giao được thư này ({error})"
        super().__init__(self.reason)


@contextmanager
def said_of(account: Account, uids: Sequence[int] = ()) -> Iterator[None]:
    """Turn whatever the line or the library dies of into a sentence about this account."""
    try:
        yield
    except IMAP_FAULTS as error:
        raise MailboxError(sentence(account, error), uids) from error


def sentence(account: Account, error: Exception) -> str:
    """What happened to the line, in Vietnamese, for the desk."""
    where = f"{account.host}:{account.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Chứng chỉ của máy chủ thư {where} không hợp lệ ({error.verify_message})."
    if isinstance(error, socket.gaierror):
        return f"Không tìm thấy máy chủ thư {account.host}; hãy kiểm tra tên máy chủ và mạng."
    if isinstance(error, ConnectionRefusedError):
        return f"Máy chủ thư {where} không nhận kết nối; hãy kiểm tra cổng và máy chủ."
    if isinstance(error, TimeoutError):
        return f"Máy chủ thư {where} không trả lời trong thời gian chờ."
    if isinstance(error, LOST_LINE):
        return f"Mất kết nối với máy chủ thư {where} ({error})."
    return f"Máy chủ thư {where} trả lời sai quy cách ({type(error).__name__}: {error})."
