"""Open .tar, .tar.gz and .gz in memory (standard library)."""

import gzip
import tarfile
import unicodedata
import zlib
from io import BytesIO

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry, cut_off, refuse_bombs, refuse_crowds

_TAR_MARK = slice(257, 262)
_NAMED = 0x08
"""The flag of a gzip header that carries the file's name (RFC 1952, 2.3.1)."""
_EXTRA = 0x04
_HEADER = 10
_BROKEN = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError, ValueError)


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """Every plain file in a tar archive, or the one file that was gzipped.

    Raises:
        UnreadableError: it is broken or grows beyond what is allowed.

    """
    try:
        plain = _inflated(raw, allowed) if raw.startswith(b"\x1f\x8b") else raw
        if plain[_TAR_MARK] != b"ustar":
            return [Entry(_name(raw), plain)]
        return _in_tar(plain, allowed)
    except _BROKEN as error:
        raise UnreadableError(UnreadCause.BROKEN, "tệp nén hỏng, không mở được") from error


def _inflated(raw: bytes, allowed: Allowance) -> bytes:
    with gzip.open(BytesIO(raw)) as packed:
        plain = packed.read(allowed.size + 1)
    refuse_bombs(len(plain), len(raw), allowed)
    return plain


def _in_tar(plain: bytes, allowed: Allowance) -> list[Entry]:
    found: list[Entry] = []
    with tarfile.open(fileobj=BytesIO(plain), mode="r:") as archive:
        for member in archive:
            if not member.isreg():  # a link or a device holds no paper
                continue
            refuse_crowds(len(found) + 1, allowed)
            part = archive.extractfile(member)
            name = member.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            body = part.read() if part else b""
            found.append(Entry(unicodedata.normalize("NFC", name), body))
        ends_at = archive.offset
    return found if len(plain) > ends_at else [*found, cut_off()]


def _name(raw: bytes) -> str:
    """The name a gzip header may carry, in Latin-1 as RFC 1952 says or UTF-8 as people write."""
    if not raw[3] & _NAMED or raw[3] & _EXTRA:
        return ""
    name = raw[_HEADER : raw.find(b"\0", _HEADER)]
    try:
        return unicodedata.normalize("NFC", name.decode("utf-8"))
    except UnicodeDecodeError:
        return name.decode("latin-1")
