"""Open winmail.dat: the files Outlook wrapped when it sent “rich text” (MS-OXTNEF)."""

import logging
import struct
import unicodedata
from collections.abc import Iterator

from tnefparse import TNEF
from tnefparse.tnef import TNEFAttachment

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry, cut_off, decoded, refuse_bombs, refuse_crowds

BODY = "nội dung thư"
_MAX_DEPTH = 3
_CONTENT_ID = 0x3712
_FIRST = 6
_HEAD = struct.Struct("<BHHI")
_CHECKSUM = 2


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
    return [*found, cut_off()] if _is_cut(raw) else found


def _is_cut(raw: bytes) -> bool:
    """Tell whether an attribute says it is longer than what came ([MS-OXTNEF] 2.1.3.1)."""
    at = _FIRST
    while at + _HEAD.size <= len(raw):
        at += _HEAD.size + _HEAD.unpack_from(raw, at)[3] + _CHECKSUM
    return at > len(raw)


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
