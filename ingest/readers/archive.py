"""Open .zip archives, however hostile, without ever making a path of a name.

The name a zip shows depends on who packed it: a flag, an extra field, plain UTF-8 from a Mac, or
the code page of a Vietnamese Windows, which only the words themselves tell apart.
"""

import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.legacy import from_tcvn3, from_vni
from ingest.readers.syllables import share_of_syllables

MAX_ENTRIES = 2_000
MAX_BYTES = 200 << 20
_MAX_RATIO = 150
_RATIO_MATTERS = 30 << 20
_LOCAL_HEADER = 30
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075
_LINK = 0o120000
_FORMAT = 0o170000
_BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    IndexError,
    OSError,
    ValueError,
    struct.error,
)
_CODE_PAGES: tuple[Callable[[bytes], str], ...] = (
    lambda raw: raw.decode("cp1258"),
    lambda raw: from_tcvn3(raw.decode("latin-1")),
    lambda raw: from_vni(raw.decode("cp1252")),
    lambda raw: raw.decode("cp437"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in an archive: its bytes, or why there are none."""

    name: str
    """As the archive says, decoded and NFC, with its folders; shown, never used as a path.

    Without one, the archive does not name it; with a cause, it is the archive that is meant.
    """
    raw: bytes = b""
    cause: UnreadCause | None = None
    reason: str = ""
    inline: bool = False
    """Shown inside a mail's own words, as a signature's picture is."""
    sealed: str = ""
    """Of what only an outside program unpacks: its size and checksum, to know it by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much may come out of one archive."""

    entries: int = MAX_ENTRIES
    size: int = MAX_BYTES


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """Every file in a zip archive, in its own order.

    Raises:
        UnreadableError: the archive is broken, encrypted throughout, or made to do harm.

    """
    try:
        archive = ZipFile(BytesIO(raw))
    except (*_BROKEN, NotImplementedError) as error:
        raise UnreadableError(UnreadCause.BROKEN, "tệp nén hỏng, không mở được") from error
    # Not `is_dir()`, which stumbles over an entry without a name.
    listed = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    refuse_crowds(len(listed), allowed)
    _refuse_overlaps(listed)
    refuse_bombs(sum(entry.file_size for entry in listed), len(raw), allowed)
    if listed and all(entry.flag_bits & _ENCRYPTED_FLAG for entry in listed):
        raise UnreadableError(UnreadCause.ENCRYPTED, "tệp nén đặt mật khẩu")
    return [_entry(archive, entry) for entry in listed if not _is_link(entry)]


def cut_off() -> Entry:
    """What stands for the files that an archive which was cut off may have held."""
    return Entry("", b"", UnreadCause.BROKEN, "tệp nén bị cắt ngang, có thể thiếu tệp bên trong")


def refuse_crowds(count: int, allowed: Allowance) -> None:
    """Raise `UnreadableError` when an archive says it holds too many files."""
    if count > allowed.entries:
        reason = f"tệp nén có quá nhiều tệp bên trong (trên {allowed.entries} tệp)"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)


def refuse_bombs(total: int, packed: int, allowed: Allowance) -> None:
    """Raise `UnreadableError` when an archive says it grows beyond measure, or beyond bearing."""
    if total > max(_RATIO_MATTERS, _MAX_RATIO * packed):
        reason = "tệp nén bất thường (bung ra quá lớn) nên không mở"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)
    if total > allowed.size:
        reason = f"tệp nén bung ra quá lớn (trên {allowed.size >> 20} MB)"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)


def _refuse_overlaps(listed: list[ZipInfo]) -> None:
    spans = sorted(
        (entry.header_offset, entry.header_offset + _LOCAL_HEADER + entry.compress_size)
        for entry in listed
    )
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        reason = "tệp nén bất thường (các phần chồng lên nhau) nên không mở"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)


def _is_link(entry: ZipInfo) -> bool:
    """A symbolic link holds a path, not a paper."""
    return (entry.external_attr >> 16) & _FORMAT == _LINK


def _entry(archive: ZipFile, entry: ZipInfo) -> Entry:
    name = real_name(entry)
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return Entry(name, b"", UnreadCause.ENCRYPTED, "tệp nén đặt mật khẩu")
    try:
        with archive.open(entry) as part:
            raw = part.read(entry.file_size)
            if len(raw) < entry.file_size or part.read(1):
                return Entry(name, b"", UnreadCause.BROKEN, "tệp hỏng trong tệp nén")
    except NotImplementedError:
        reason = "kiểu nén này chưa mở tự động được, cán bộ sẽ mở xem"
        return Entry(name, b"", UnreadCause.UNSUPPORTED, reason)
    except (*_BROKEN, RuntimeError):
        return Entry(name, b"", UnreadCause.BROKEN, "tệp hỏng trong tệp nén")
    return Entry(name, raw)


def real_name(entry: ZipInfo) -> str:
    """The name as its author saw it: flag, 0x7075 field, UTF-8, then code pages by syllables."""
    if entry.flag_bits & _UTF8_FLAG:
        return unicodedata.normalize("NFC", entry.orig_filename)
    raw = entry.orig_filename.encode("cp437", "replace")
    if stored := _unicode_path(entry.extra, raw):
        return unicodedata.normalize("NFC", stored)
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """A name with no sign of its code page: UTF-8, or what gives the most Vietnamese syllables."""
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return max(_readings(raw), key=share_of_syllables)


def _readings(raw: bytes) -> Iterator[str]:
    for decode in _CODE_PAGES:
        try:
            yield unicodedata.normalize("NFC", decode(raw))
        except UnicodeDecodeError:
            continue


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The Info-ZIP Unicode path field (APPNOTE.TXT 4.6.9), when it belongs to this very name."""
    while len(extra) >= 4:  # noqa: PLR2004 -- a field's own header
        tag, length = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if (
            tag == _UNICODE_PATH
            and body[:1] == b"\1"
            and body[1:5] == zlib.crc32(raw).to_bytes(4, "little")
        ):
            return body[5:].decode("utf-8", "replace")
    return ""
