"""A mail as it came in, and what reading it found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dossier.marks import Ink, Signature
from dossier.papers import Link, Paper, Role, Text, Unread
from dossier.place import Place


class Triage(StrEnum):
    """What a mail is to us (contract.md)."""

    SUBMISSION = "submission"
    SUPPLEMENT = "supplement"
    NIL_RETURN = "nil_return"
    QUERY = "query"  # a person asks; a person answers
    AUTOMATIC = "automatic"  # machine mail: never answered
    OTHER = "other"  # not for this call
    QUARANTINED = "quarantined"  # state-secret marking, hostile


class ReceivedSource(StrEnum):
    """Which clock the time of receipt was read from (mail.md §6)."""

    INTERNALDATE = "internaldate"
    RECEIVED_HEADER = "received_header"
    FIRST_SEEN = "first_seen"
    GIVEN = "given"  # a person or a `.received` file said so


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address with the name its owner shows."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part after the @, lower case."""
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Everything about a mail but its files. Text is NFC; header values are decoded, one line."""

    message_id: str = ""
    """With its angle brackets; empty when the mail has none."""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address
    """From; a placeholder with an empty address when the mail names none."""
    reply_to: Address | None = None
    return_path: str | None = None
    """“” is the null sender `<>` of a machine; None when the header is absent."""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    """The `Date:` header, aware; shown, never decides."""
    received_at: datetime
    received_source: ReceivedSource = ReceivedSource.INTERNALDATE
    headers: tuple[tuple[str, str], ...] = ()
    """Names lower case, in order, values decoded and unfolded."""
    content_type: str = "text/plain"
    part_types: tuple[str, ...] = ()
    """Content types of all parts: tells a delivery report."""
    body: str = ""
    """What the sender wrote, quoted trail taken off."""
    quoted: str = ""
    """The trail below: earlier mails, ours or the call itself."""
    notes: tuple[str, ...] = ()
    """Repairs the mail needed, in Vietnamese."""
    unread: tuple[str, ...] = ()
    """Why a part of the mail may have stayed unread, in Vietnamese: the mail was cut short, a limit
    was reached. While any stands, nothing may be called missing."""

    def header(self, name: str) -> str:
        """The first header of that name, empty when absent."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Every header of that name, topmost first."""
        return tuple(value for key, value in self.headers if key == name.lower())

    @property
    def answer_to(self) -> Address:
        """Where a reply goes: Reply-To, else From, never more than one address."""
        return self.reply_to or self.sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file in a mail, as its part carries it."""

    name: str
    """Decoded, NFC; may be empty, absurd or hostile: it is shown, never used as a path."""
    raw: bytes
    content_type: str = "application/octet-stream"
    part: str = ""
    """Where in the tree of parts: “1.2.1”."""
    inline: bool = False
    """Shown inside the text by its sender (a logo, a signature picture, or a page)."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A whole mail."""

    envelope: Envelope
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """One file of a mail, wherever it lay, and what it was taken for."""

    name: str
    """With the way to it: “Ho so.zip/CV 25.pdf”."""
    digest: str
    """sha256 of its bytes, hex."""
    size: int
    kind: str
    """What it is by its content: “docx”, “pdf”, “zip”, “png” …; never by its name."""
    roles: tuple[Role, ...] = ()
    where: str = ""
    """The part of the file the roles rest on, when it is not the whole: “trang 1-2”."""
    text: Text = Text.NONE
    pages: int | None = None
    minor: bool = False
    """A logo or a signature picture: kept and listed, never counted as a paper."""
    legacy: bool = False
    """Typed in a legacy encoding (TCVN3, VNI) and converted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one mail held, read and recognised; stored whole, made again at any time."""

    envelope: Envelope
    digest: str
    """sha256 of the raw mail, hex."""
    files: tuple[FileSeen, ...] = ()
    papers: tuple[Paper, ...] = ()
    unread: tuple[Unread, ...] = ()
    links: tuple[Link, ...] = ()
    secret: bool = False
    """A state-secret marking was seen (S14): isolate, show no content."""
    hostile: tuple[str, ...] = ()
    """Why a file was refused for safety: shown to the officer."""
    call_cues: tuple[str, ...] = ()
    """Words of this call met in the mail or its papers (`Call.programme_cues`)."""
    other_cues: tuple[str, ...] = ()
    """Words of other programmes met there (`Call.other_programmes`)."""
    contact: str = ""
    """The first telephone number the unit gives in the mail or in its letter or forms."""
    signatures: tuple[Signature, ...] = ()
    """Digital signatures in the files."""
    inks: tuple[Ink, ...] = ()
    """Marks on scanned pages that may be seals or handwritten signatures."""
    macros: tuple[Place, ...] = ()
    """Files that were read and hold macros."""
    notes: tuple[str, ...] = ()
