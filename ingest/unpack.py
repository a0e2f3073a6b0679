"""From the parts of a mail to plain files: archives and enclosed mails opened, names made safe.

A name is shown and compared, never used as a path. What cannot be opened is `Unread` with its
reason; nothing that came is left out.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dossier import Attachment, Place, ReceivedSource, Unread, UnreadCause
from ingest.cage import Budget, Cage
from ingest.charset import unstacked
from ingest.content import UnreadableError
from ingest.message import parse
from ingest.parts import IN_PARTS, is_part, joined, reasons
from ingest.readers import OPENERS, Kind, sniff
from ingest.readers.archive import Entry

NAMELESS = "tệp không tên"
_BODY = "nội dung thư"
_MAX_DEPTH = 3
_MAX_FILES = 2_000
_MAX_BYTES = 200 << 20
_MAX_NAME = 120
_MAX_EXTENSION = 12
_NO_TIME = datetime.fromtimestamp(0, UTC)
_MARKS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]+"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(r"^[=+@\-]+(?=[^\d\s])")
_DRIVE = re.compile(r"^[A-Za-z]:")
_DANGEROUS = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|ps1|psm1|msi|msp|jar|lnk|url|reg|"
    r"cpl|dll|chm|iso|img|vhdx?|application|gadget|inf|scf|settingcontent-ms)$",
    re.IGNORECASE,
)
_WORDS = frozenset({Kind.TEXT, Kind.HTML, Kind.UNKNOWN, Kind.OLE, Kind.OLE_BROKEN})
_MAILS = frozenset({Kind.MSG, Kind.TNEF})
"""Wrappings of a mail; they may hold nothing but its words."""
_IN_MIME = re.compile(rb"\s*(?:content-[a-z-]+|mime-version):", re.IGNORECASE)
"""How what was signed begins when it is the body of a mail (RFC 8551, 3.1)."""
_WRAPPED = re.compile(r"(?i)\.(?:p7m|gz)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainFile:
    """One file that is no archive, wherever it lay."""

    name: str
    """With the way to it: “Ho so.zip/CV 25.pdf”; clean, so that it can be shown anywhere."""
    raw: bytes
    digest: str
    """sha256, hex."""
    kind: str
    """By its content (`ingest.readers.kinds`); “script” also for words in a script's name."""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What the attachments of a mail held."""

    files: tuple[PlainFile, ...] = ()
    """In order; equal files under two names are both here, lock files and the like as well."""
    unread: tuple[Unread, ...] = ()
    """Archives, or files in them, that could not be opened."""
    hostile: tuple[str, ...] = ()
    """What looked like an attack, for the officer."""


def unpack(
    attachments: Sequence[Attachment], cage: Cage, *, budget: Budget | None = None
) -> Unpacked:
    """Open every archive and enclosed mail, three deep, within one allowance for the whole mail."""
    whole = joined(attachments)
    unpacking = _Unpacking(cage, budget, reasons(whole))
    for attachment in whole:
        unpacking.place(attachment.name, attachment.raw, _Way(), inline=attachment.inline)
    return Unpacked(
        files=tuple(unpacking.files),
        unread=tuple(unpacking.unread),
        hostile=tuple(dict.fromkeys(unpacking.hostile)),
    )


def clean_name(name: str) -> str:
    """A name as a person may safely read it: one line, left to right, no path, no formula.

    Only what does harm is replaced (by “_”), so that its sender still knows the file.
    """
    whole = _SURROGATES.sub("_", unicodedata.normalize("NFC", unstacked(name)))
    steps = _DRIVE.sub("", _MARKS.sub("_", whole).replace("\\", "/")).split("/")
    kept = [_short(step) for one in steps if (step := one.strip()) not in {"", ".", ".."}]
    return "/".join(_FORMULA.sub("_", step) for step in kept) or NAMELESS


def _short(name: str) -> str:
    """A name of bearable length that keeps its extension."""
    if len(name) <= _MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > _MAX_EXTENSION:
        return f"{name[: _MAX_NAME - 1]}…"
    return f"{stem[: _MAX_NAME - len(extension) - 2]}….{extension}"


@dataclass(frozen=True, slots=True)
class _Way:
    """How we came to a file: through which archives, and how many."""

    names: str = ""
    depth: int = 0

    def to(self, name: str) -> str:
        return self.names + clean_name(name)

    def inside(self, name: str) -> "_Way":
        return _Way(f"{self.to(name)}/", self.depth + 1)


@dataclass(slots=True)
class _Unpacking:
    """One mail's files as they come out."""

    cage: Cage
    budget: Budget | None
    parts: Mapping[str, str]
    """Why a part of an archive stays unread, by its name."""
    files: list[PlainFile] = field(default_factory=list[PlainFile])
    unread: list[Unread] = field(default_factory=list[Unread])
    hostile: list[str] = field(default_factory=list[str])
    bytes_left: int = _MAX_BYTES

    def place(self, name: str, raw: bytes, way: _Way, *, inline: bool = False) -> None:
        """Put a file among the others, or open it and put what it holds."""
        if way.depth and _is_hostile(name):
            reason = "tên tệp trong tệp nén có dấu hiệu tấn công"
            self.hostile.append(f"“{way.to(name)}”: {reason}")
        kind = sniff(raw)
        if kind == Kind.UNKNOWN and is_part(name):
            self._miss(way.to(name), UnreadCause.UNSUPPORTED, self.parts.get(name, IN_PARTS))
        elif kind not in OPENERS and kind != Kind.EML:
            self._keep(way.to(name), raw, kind, inline=inline)
        elif way.depth >= _MAX_DEPTH:
            reason = f"tệp nén lồng nhau quá {_MAX_DEPTH} lớp"
            self._miss(way.to(name), UnreadCause.TOO_LARGE, reason)
        elif kind == Kind.EML:
            self._open_mail(raw, way.inside(name))
        else:
            self._open(kind, name, raw, way)

    def _keep(self, name: str, raw: bytes, kind: Kind, *, inline: bool) -> None:
        if kind in _WORDS and _DANGEROUS.search(name):
            kind = Kind.SCRIPT
        digest = hashlib.sha256(raw).hexdigest()
        self.files.append(
            PlainFile(name=name, raw=raw, digest=digest, kind=kind.value, inline=inline)
        )

    def _miss(self, name: str, cause: UnreadCause, reason: str) -> None:
        self.unread.append(Unread(at=Place(name), cause=cause, reason=reason))
        if cause is UnreadCause.UNSAFE:
            self.hostile.append(f"“{name}”: {reason}")

    def _open(self, kind: Kind, name: str, raw: bytes, way: _Way) -> None:
        try:
            entries = self.cage.open(
                kind,
                raw,
                max_entries=max(0, _MAX_FILES - len(self.files)),
                max_bytes=max(0, self.bytes_left),
                budget=self.budget,
            )
        except UnreadableError as error:
            is_broken_part = error.cause is UnreadCause.BROKEN and is_part(name)
            if is_broken_part or error.reason == IN_PARTS:
                reason = self.parts.get(name, IN_PARTS)
                self._miss(way.to(name), UnreadCause.UNSUPPORTED, reason)
            else:
                self._miss(way.to(name), error.cause, error.reason)
            return
        if not entries and kind == Kind.P7M:
            self._keep(way.to(name), raw, Kind.P7S, inline=False)
        elif not entries and kind not in _MAILS:
            self._miss(way.to(name), UnreadCause.EMPTY, "tệp nén không có tệp nào bên trong")
        inner = way.inside(name)
        for entry in entries:
            if entry.cause is not None:
                at = inner.to(entry.name) if entry.name else way.to(name)
                self._miss(at, entry.cause, entry.reason)
                continue
            self.bytes_left -= len(entry.raw)
            self._place_entry(kind, name, entry, inner)

    def _place_entry(self, kind: Kind, name: str, entry: Entry, inner: _Way) -> None:
        """Put what came out of an archive or a wrapping where it belongs."""
        if kind == Kind.P7M and _IN_MIME.match(entry.raw):
            self._open_mail(entry.raw, inner)
        elif kind in _MAILS and entry.name.rpartition("/")[2] == _BODY:
            self._keep(inner.to(entry.name), entry.raw, Kind.TEXT, inline=False)
        else:
            self.place(entry.name or _unwrapped(name), entry.raw, inner, inline=entry.inline)

    def _open_mail(self, raw: bytes, way: _Way) -> None:
        """A mail kept as a file: its attachments, and its own words as a file of text."""
        message = parse(raw, received_at=_NO_TIME, source=ReceivedSource.GIVEN)
        if message.envelope.body.strip():
            words = f"{message.envelope.subject}\n\n{message.envelope.body}"
            self._keep(way.to(_BODY), words.encode(), Kind.TEXT, inline=False)
        for attachment in message.attachments:
            self.bytes_left -= len(attachment.raw)
            self.place(attachment.name, attachment.raw, way, inline=attachment.inline)
        for reason in message.envelope.unread:
            self._miss(way.to(_BODY), UnreadCause.OURS, reason)


def _unwrapped(name: str) -> str:
    """What a file was called before it was signed or packed alone: “CV.pdf” of “CV.pdf.p7m”."""
    return _WRAPPED.sub("", name.replace("\\", "/").rpartition("/")[2])


def _is_hostile(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or name.startswith("/") or bool(_MARKS.search(name))
