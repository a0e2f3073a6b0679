"""Open .msg: a mail that Outlook saved as a file (MS-OXMSG)."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.properties import Properties

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers import html
from ingest.readers.archive import Allowance, Entry, cut_off, refuse_bombs, refuse_crowds
from ingest.readers.office import is_ole_cut

if TYPE_CHECKING:
    from oxmsg.storage import Storage

BODY = "nội dung thư"
"""What the mail's own words are called among its files, as in an enclosed .eml."""

_MAX_DEPTH = 3
_EMBEDDED = "__substg1.0_3701000D"
"""The storage of a mail attached to a mail ([MS-OXMSG] 2.2.2.1)."""
_EMBEDDED_HEADER = 24
_SUBJECT, _SHORT_NAME, _LONG_NAME, _DISPLAY_NAME = 0x0037, 0x3704, 0x3707, 0x3001
_CONTENT_ID = 0x3712
_TRANSPORT_HEADER, _MESSAGE_ID = 0x007D, 0x1035
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_HTML = 0x1013
_UNREADABLE = "tệp hỏng trong thư Outlook"


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """The mail's words as a file of text, then its attachments in order, three mails deep.

    Raises:
        UnreadableError: it is no mail, or broken.

    """
    try:
        found = list(_of_mail(Message.load(raw), "", 0))
    except RecursionError:
        raise
    except Exception as error:
        raise UnreadableError(UnreadCause.BROKEN, "thư Outlook hỏng, không mở được") from error
    refuse_crowds(len(found), allowed)
    refuse_bombs(sum(len(one.raw) for one in found), len(raw), allowed)
    return [*found, cut_off()] if is_ole_cut(raw) else found


def header(raw: bytes) -> str:
    """The header the mail came with, or one made of what Outlook kept of it.

    Raises:
        UnreadableError: it is no mail, or broken.

    """
    try:
        mail = Message.load(raw)
        kept = mail.properties.str_prop_value(_TRANSPORT_HEADER)
        return kept or _made_header(mail)
    except RecursionError:
        raise
    except Exception as error:
        raise UnreadableError(UnreadCause.BROKEN, "thư Outlook hỏng, không mở được") from error


def _made_header(mail: Message) -> str:
    """A draft or a mail inside one house has no header of its own."""
    asked = mail.properties.str_prop_value
    address = asked(_SENDER_SMTP) or asked(_SENDER_ADDRESS) or ""
    name = " ".join((asked(_SENDER_NAME) or "").replace('"', "").split())
    subject = " ".join((mail.subject or "").split())
    fields = {
        "From": f'"{name}" <{address}>' if "@" in address else name,
        "Subject": subject,
        "Message-ID": asked(_MESSAGE_ID) or "",
    }
    return "".join(f"{field}: {value}\r\n" for field, value in fields.items() if value)


def _of_mail(mail: Message, way: str, depth: int) -> Iterator[Entry]:
    if words := _words(mail):
        yield Entry(f"{way}{BODY}", f"{mail.subject}\n\n{words}".encode("utf-8", "replace"))
    for number, attachment in enumerate(mail.attachments, start=1):
        yield from _of_attachment(attachment, way, number, depth)


def _of_attachment(attachment: Attachment, way: str, number: int, depth: int) -> Iterator[Entry]:
    properties = attachment.properties
    name = way + (_name(properties) or f"tệp {number}")
    embedded = _embedded(attachment)
    if embedded is None:
        raw = attachment.file_bytes
        if raw is None:  # a link to a file elsewhere, or damage
            yield Entry(name, b"", UnreadCause.BROKEN, _UNREADABLE)
        else:
            inline = bool(properties.str_prop_value(_CONTENT_ID))
            yield Entry(name, raw, inline=inline)
    elif depth >= _MAX_DEPTH:
        reason = f"thư lồng nhau quá {_MAX_DEPTH} lớp"
        yield Entry(name, b"", UnreadCause.TOO_LARGE, reason)
    else:
        yield from _of_mail(embedded, f"{name}/", depth + 1)


def _embedded(attachment: Attachment) -> Message | None:
    held = cast("Storage", attachment._storage)  # noqa: SLF001 -- oxmsg has no public way to an enclosed mail
    storage = next((one for one in held.storages if one.name == _EMBEDDED), None)
    return _Enclosed(storage) if storage else None


class _Enclosed(Message):
    """A mail inside a mail; its table of properties has a shorter header ([MS-OXMSG] 2.4.1.2)."""

    @property
    def properties(self) -> Properties:
        return Properties(self._storage, properties_header_offset=_EMBEDDED_HEADER)


def _name(properties: Properties) -> str:
    names = (
        properties.str_prop_value(tag) for tag in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _SUBJECT)
    )
    return unicodedata.normalize("NFC", next(filter(None, names), "").strip("\0").strip())


def _words(mail: Message) -> str:
    """The plain words, or those of the page."""
    if plain := (mail.body or "").strip():
        return plain
    page = mail.properties.binary_prop_value(_HTML) or (mail.html_body or "").encode()
    if not page:
        return ""
    try:
        return html.read(page).plain()
    except UnreadableError:
        return ""
