"""The door to a mailbox over IMAP; the only package that imports imapclient.

Nothing here marks a mail as read or trusts anybody's flag: staff read the same mailbox. What was
taken in is the ledger's to know, by (UIDVALIDITY, UID). One connection serves one thread.
"""

from ingest.mailbox.account import (
    Account,
    FolderError,
    LoginRefusedError,
    MailboxError,
    Security,
)
from ingest.mailbox.box import Folder, Mailbox
from ingest.mailbox.fetching import MOST_BYTES_TOGETHER, MOST_TOGETHER, Fetched, Unfetched
from ingest.mailbox.opening import connect

__all__ = [
    "MOST_BYTES_TOGETHER",
    "MOST_TOGETHER",
    "Account",
    "Fetched",
    "Folder",
    "FolderError",
    "LoginRefusedError",
    "Mailbox",
    "MailboxError",
    "Security",
    "Unfetched",
    "connect",
]
