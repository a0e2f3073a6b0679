"""One folder of a mailbox at a time: what lies in it, what is new, waiting for more."""

import imaplib
import time
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from imapclient import IMAPClient

from dossier.vietnamese import fold
from ingest.mailbox.account import (
    IMAP_FAULTS,
    LOST_LINE,
    Account,
    FolderError,
    MailboxError,
    RefusedError,
    said_of,
    sentence,
)
from ingest.mailbox.fetching import MOST_TOGETHER, Fetched, Fetching, Unfetched

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
_JUNK = b"\\Junk"
_JUNK_NAMES = frozenset(
    {"junk", "junk email", "junk e-mail", "spam", "bulk mail", "thu rac", "hop thu rac"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that is read for new mails."""

    name: str
    is_junk: bool = False
    """A filter put its mails there: people look before anything is answered."""


class Mailbox:
    """A line to one account, with one of its folders open."""

    def __init__(self, client: IMAPClient, account: Account) -> None:
        """Open the first folder of the account; use `connect`."""
        self._client = client
        self._listing: tuple[tuple[Sequence[bytes], bytes | None, str], ...] | None = None
        self._selected: dict[bytes, Any] = {}
        self.account = account
        self.folder = account.folder
        self._select(account.folder)
        self.can_idle = bool(client.has_capability("IDLE"))

    # ------------------------------------------------------------------ folders

    def folders(self) -> tuple[Folder, ...]:
        """The folders that are read and are there; the account's first one comes last.

        Waiting happens in the open folder, so that one is looked at just before.
        """
        wanted = self.account.also_folders
        junk: tuple[str, ...] = ()
        if self.account.reads_junk or wanted:
            with said_of(self.account):
                junk = tuple(self._named(_JUNK, _JUNK_NAMES))
                there = {name for _, _, name in self._listed_folders()}
            wanted = tuple(one for one in wanted if one in there)
        names = dict.fromkeys((*(junk if self.account.reads_junk else ()), *wanted))
        names.pop(self.account.folder, None)
        return tuple(
            Folder(name=name, is_junk=name in junk) for name in (*names, self.account.folder)
        )

    def open(self, folder: str) -> None:
        """Open a folder, or look anew at the open one: its numbering may have changed.

        Raises:
            FolderError: it is not there, or not for us.
            MailboxError: the line is dead; connect anew.

        """
        with said_of(self.account):
            try:
                self._select(folder)
            except LOST_LINE:
                raise
            except imaplib.IMAP4.error as error:
                said = f"Không mở được thư mục “{folder}” của hộp thư ({error})."
                raise FolderError(said) from error

    def _select(self, folder: str) -> None:
        # Only the folder that people's marks may go into is opened for writing.
        readonly = folder != self.account.folder
        found = self._client.select_folder(folder, readonly=readonly)
        self._selected = cast("dict[bytes, Any]", found)
        self.folder = folder

    def _listed_folders(self) -> tuple[tuple[Sequence[bytes], bytes | None, str], ...]:
        if self._listing is None:
            self._listing = tuple(
                (flags, delimiter, str(name))
                for flags, delimiter, name in self._client.list_folders()
            )
        return self._listing

    def _named(self, mark: bytes, names: frozenset[str]) -> Iterator[str]:
        """Folders the server marks so (RFC 6154), else those people call so."""
        for flags, delimiter, name in self._listed_folders():
            last = name.rpartition((delimiter or b"/").decode())[2]
            if mark in flags or fold(last) in names:
                yield name

    # ------------------------------------------------------------------ what lies there

    @property
    def uidvalidity(self) -> int:
        """Which numbering of UIDs holds; 0 when the server does not say."""
        return int(self._selected.get(b"UIDVALIDITY", 0))

    @property
    def following(self) -> int:
        """The UID the next mail will get, as of the opening; 0 when the server does not say."""
        return int(self._selected.get(b"UIDNEXT", 0))

    @property
    def size(self) -> int:
        """How many mails lay in the folder when it was opened."""
        return int(self._selected.get(b"EXISTS", 0))

    def new_uids(self, after: int) -> tuple[int, ...]:
        """UIDs above `after`, oldest first; 0 lists the whole folder.

        Costs a few bytes when nothing is new, however large the folder is.
        """
        found: list[int] = []
        with said_of(self.account):
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
        if self.following - after <= _MOST_UIDS_AT_ONCE or self.size <= _SEQUENCE_WINDOW:
            # “n:*” names the last mail even when its UID is below n (RFC 3501 section 6.4.8).
            return list(self._client.search(["UID", f"{after + 1}:*"]))
        return list(self._windows(after, self.size))

    def _windows(self, after: int, last: int) -> Iterator[int]:
        """The folder in windows, the newest first.

        A mail deleted meanwhile moves the later ones down, into windows still to come.
        """
        for end in range(last, 0, -_SEQUENCE_WINDOW):
            start = max(1, end - _SEQUENCE_WINDOW + 1)
            window = f"{start}:{'*' if end == last else end}"
            yield from self._client.search([window, "UID", f"{after + 1}:*"])

    # ------------------------------------------------------------------ mails

    def fetch(
        self,
        uids: Iterable[int],
        *,
        together: int = MOST_TOGETHER,
        most_bytes: int = 0,
        begun: MutableMapping[int, bytearray] | None = None,
    ) -> Iterator[Fetched | Unfetched]:
        """Hand out mails in the order asked, a few in memory at a time.

        One mail the server stumbles over does not cost the others: it comes as `Unfetched`.
        When the line is lost, `MailboxError.uids` names what was under way; what came before is
        good. `together=1` finds the culprit. Of mails above `most_bytes` only the header comes.
        `begun` keeps what came of a large mail, for this folder, until the line stands again.
        """
        return Fetching(
            ask=self._ask,
            together=together,
            most_bytes=most_bytes,
            begun={} if begun is None else begun,
        ).fetch(uids)

    def _ask(self, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        try:
            found = self._client.fetch(uids, items)
        except LOST_LINE as error:
            raise MailboxError(sentence(self.account, error), uids) from error
        except IMAP_FAULTS as error:
            raise RefusedError(error) from error
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
        with said_of(self.account):
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
        with said_of(self.account):
            sent = self._named(_SENT, _SENT_NAMES)
            named = dict.fromkeys((self.account.folder, *folders, *sent))
            found = tuple(folder for folder in named if self._has(folder, bare))
            self._select(self.account.folder)
        return found

    def _has(self, folder: str, message_id: str) -> bool:
        try:
            self._client.select_folder(folder, readonly=True)
        except LOST_LINE:
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
        except LOST_LINE as error:
            raise MailboxError(sentence(self.account, error)) from error
        except imaplib.IMAP4.error:  # refused: the mark is an ornament
            return False
        return True


def _announces(heard: Iterable[tuple[Any, ...]]) -> bool:
    return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in heard)
