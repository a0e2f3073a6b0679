"""Octets of a part with its transfer encoding taken off, as far as it was one."""

import base64
import binascii
import copy
import quopri
import re
from collections.abc import Iterator
from email.message import Message

from ingest.charset import decode, decode_words, one_line


def content(node: Message, encoding: str) -> bytes:
    """The octets of a leaf with its transfer encoding taken off, as far as it was one."""
    raw = octets(node)
    if raw.startswith(_KNOWN_STARTS):
        return raw  # declared as encoded, sent as it is
    if encoding == "base64" or (encoding in _PLAIN and _is_hidden_base64(raw)):
        return unbase64(raw)
    if encoding in ("quotedprintable", "qp"):
        return quopri.decodestring(raw)
    if encoding in ("uuencode", "xuuencode", "uue", "xuue"):
        return next((file for _, file in uudecoded(raw)[1]), raw)
    return raw


_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_KNOWN_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!\x1a",
    b"7z\xbc\xaf",
    b"\xff\xd8\xff",
)
_ENCODED_STARTS = (b"JVBERi0", b"UEsDB", b"0M8R4K", b"UmFyIR", b"N3q8ry", b"/9j/4")


def octets(node: Message) -> bytes:
    """The octets of a leaf as they were sent.

    The library hands 8-bit octets over unchanged only where it knows of no encoding, and stumbles
    over hostile names of character sets; the bare copy names neither.
    """
    bare = copy.copy(node)
    del bare["content-transfer-encoding"]
    del bare["content-type"]
    raw = bare.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def as_octets(text: object) -> bytes:
    """The octets behind a text the parser made of them; none for anything else."""
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else b""


def _is_hidden_base64(raw: bytes) -> bool:
    """A file in base64 whose part forgot to say so."""
    head = raw[:4096].strip()
    return head.startswith(_ENCODED_STARTS) and not re.search(rb"[^A-Za-z0-9+/=\s]", head)


def unbase64(raw: bytes) -> bytes:
    """Decode base64, as far as it is some: breaks, footers and lost padding included."""
    try:
        return base64.b64decode(raw.translate(None, b"\r\n \t"), validate=True)
    except binascii.Error:
        return b"".join(_loose_base64(segment) for segment in _segments(raw))


def _segments(raw: bytes) -> Iterator[bytes]:
    """The text up to each padding; a footer behind the file ends it.

    A list server or a virus scanner writes below the padding, or below a blank line.
    """
    held: list[bytes] = []
    may_end = False
    for line in map(bytes.strip, raw.splitlines()):
        if may_end and re.search(rb"[^A-Za-z0-9+/=]", line):
            break
        kept = re.sub(rb"[^A-Za-z0-9+/=]", b"", line)
        held.append(kept)
        may_end = not line or kept.endswith(b"=")
        if kept.endswith(b"="):
            yield b"".join(held)
            held = []
    yield b"".join(held)


def _loose_base64(text: bytes) -> bytes:
    text = text.replace(b"=", b"")
    text = text[:-1] if len(text) % 4 == 1 else text
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def uudecoded(raw: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """Split a text from the files written in it as `begin` … `end` blocks."""
    if b"begin " not in raw:
        return raw, ()
    text: list[bytes] = []
    files: list[tuple[str, bytes]] = []
    block: list[bytes] | None = None
    for line in raw.splitlines(keepends=True):
        if block is None and _BEGIN.match(line):
            block = [line]
        elif block is None:
            text.append(line)
        elif line.strip() == b"end":
            files.append((_begun_name(block[0]), b"".join(map(_uu_line, block[1:]))))
            block = None
        else:
            block.append(line)
    return b"".join((*text, *(block or ()))), tuple(files)


_BEGIN = re.compile(rb"begin [0-7]{3,4} (\S[^\r\n]*)")


def _begun_name(line: bytes) -> str:
    begun = _BEGIN.match(line)
    return one_line(decode_words(decode(begun[1].strip()))) if begun else ""


def _uu_line(line: bytes) -> bytes:
    line = line.rstrip(b"\r\n")
    if not line.strip():
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # trailing characters some encoders add
        meant = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:meant])
    except binascii.Error:
        return b""
