"""Open winmail.dat: the files Outlook wrapped when it sent “rich text” (MS-OXTNEF)."""

import logging
import unicodedata
from collections.abc import Iterator

from tnefparse import TNEF
from tnefparse.tnef import TNEFAttachment

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry, decoded, refuse_bombs, refuse_crowds

BODY = "nội dung thư"
_MAX_DEPTH = 3
_CONTENT_ID = 0x3712


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """Every file in a winmail.dat; of a mail inside it, its words and its files.

    The words of the mail itself are left out: they stand in the mail as well.

    Raises:
        UnreadableError: it is broken.

    """
    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # it would write names into the log
    try:
        found = list(_files(TNEF(raw, do_checksum=False), ""))
    except Exception as error:
        raise UnreadableError(UnreadCause.BROKEN, "winmail.dat hỏng, không mở được") from error
    refuse_crowds(len(found), allowed)
    refuse_bombs(sum(len(one.raw) for one in found), len(raw), allowed)
    return found


def _files(mail: TNEF, way: str, depth: int = 0) -> Iterator[Entry]:
    for number, attachment in enumerate(mail.attachments, start=1):
        name = way + (_name(attachment) or f"tệp {number}")
        embedded = getattr(attachment, "embed", None)
        if embedded is None:
            attributes = {one.name for one in attachment.mapi_attrs}
            yield Entry(name, bytes(attachment.data), inline=_CONTENT_ID in attributes)
        elif depth >= _MAX_DEPTH:
            reason = f"thư lồng nhau quá {_MAX_DEPTH} lớp"
            yield Entry(name, b"", UnreadCause.TOO_LARGE, reason)
        else:
            if words := _words(embedded.body):
                yield Entry(f"{name}/{BODY}", words.encode())
            yield from _files(embedded, f"{name}/", depth + 1)


def _name(attachment: TNEFAttachment) -> str:
    try:
        name = attachment.long_filename()
    except UnicodeDecodeError:
        name = attachment._name  # noqa: SLF001 -- the short name in an old code page, as it came
    return unicodedata.normalize("NFC", _words(name).strip("\0").strip())


def _words(text: str | bytes | None) -> str:
    if isinstance(text, bytes):
        return decoded(text)
    return text or ""
