"""A mail that Outlook saved as a file (.msg), read as the mail it was; opened in the cage only."""

from dataclasses import replace
from datetime import datetime

from dossier import Attachment, Message, ReceivedSource, UnreadCause
from ingest.cage import Cage
from ingest.content import UnreadableError
from ingest.message import parse
from ingest.readers import Kind, sniff

_BODY = "nội dung thư"
"""What `ingest.readers.msg` calls the mail's own words."""
_AS_TEXT = b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
_STRUCTURE = ("content-type:", "content-transfer-encoding:", "mime-version:")


def is_outlook(raw: bytes) -> bool:
    """Tell whether bytes are such a file."""
    return sniff(raw) == Kind.MSG


def parse_outlook(
    raw: bytes, cage: Cage, *, received_at: datetime, source: ReceivedSource
) -> Message:
    """Read a .msg as `ingest.message.parse` reads an .eml; one that is broken is its own file."""
    try:
        header = str(cage.look("msg_header", Kind.MSG, raw)[0])
        entries = cage.open(Kind.MSG, raw)
    except UnreadableError as error:
        if error.cause is UnreadCause.OURS:
            raise
        header, entries = "", []
    words = next((one.raw for one in entries if one.name == _BODY), b"")
    whole = _flat(header).encode() + _AS_TEXT + words.partition(b"\n\n")[2]
    message = parse(whole, received_at=received_at, source=source)
    if not entries:
        return replace(message, attachments=(Attachment(name="thư.msg", raw=raw),))
    return replace(
        message,
        attachments=tuple(
            Attachment(name=one.name, raw=one.raw, inline=one.inline)
            for one in entries
            if one.name != _BODY
        ),
    )


def _flat(header: str) -> str:
    """The header's lines without those about its parts, which are not there any more."""
    kept: list[str] = []
    dropping = False
    for line in header.replace("\r\n", "\n").split("\n"):
        if not line.startswith((" ", "\t")):
            dropping = line.lower().startswith(_STRUCTURE)
        if line.strip() and not dropping:
            kept.append(f"{line}\r\n")
    return "".join(kept)
