"""Open .7z archives in memory (py7zr)."""

import unicodedata
from io import BytesIO

from py7zr import SevenZipFile, WriterFactory
from py7zr.exceptions import (
    ArchiveError,
    DecompressionBombError,
    PasswordRequired,
    UnsupportedCompressionMethodError,
)
from py7zr.io import Py7zIO

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry, refuse_bombs, refuse_crowds

_BROKEN = "tệp nén hỏng, không mở được"
_LOCKED = "tệp nén đặt mật khẩu"
_CLIMBING = "tên tệp trong tệp nén có dấu hiệu tấn công nên không mở"
_NOT_MASTERED = "kiểu nén này chưa mở tự động được, cán bộ sẽ mở xem"


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """Every file in a .7z archive, in its own order.

    Raises:
        UnreadableError: the archive is broken, encrypted, or made to do harm.

    """
    try:
        return _entries(raw, allowed)
    except PasswordRequired as error:
        raise UnreadableError(UnreadCause.ENCRYPTED, _LOCKED) from error
    except UnsupportedCompressionMethodError as error:
        raise UnreadableError(UnreadCause.UNSUPPORTED, _NOT_MASTERED) from error
    except DecompressionBombError as error:
        reason = f"tệp nén bung ra quá lớn (trên {allowed.size >> 20} MB)"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason) from error
    except (UnreadableError, MemoryError):
        raise
    except ArchiveError as error:
        raise UnreadableError(UnreadCause.BROKEN, _BROKEN) from error
    except Exception as error:
        raise UnreadableError(UnreadCause.BROKEN, _BROKEN) from error


def _entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    with SevenZipFile(BytesIO(raw), max_extract_size=allowed.size) as archive:
        listed = [one for one in archive.list() if one.is_file]
        if any(map(_climbs, archive.namelist())):  # py7zr gives up on all of it
            raise UnreadableError(UnreadCause.UNSAFE, _CLIMBING)
        refuse_crowds(len(listed), allowed)
        refuse_bombs(sum(one.uncompressed for one in listed), len(raw), allowed)
        if archive.needs_password():
            raise PasswordRequired
        shelf = _Shelf()
        archive.extractall(factory=shelf)
    # Two files of one name come out one after the other; each is its own.
    return [Entry(unicodedata.normalize("NFC", one.name), one.getvalue()) for one in shelf.files]


def _climbs(name: str) -> bool:
    """Tell a name that leads out of the folder it is unpacked in."""
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or not steps[0] or ":" in steps[0]


class _File(Py7zIO):
    """One unpacked file, in memory."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._held = BytesIO()

    def write(self, s: bytes | bytearray) -> int:
        return self._held.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._held.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._held.seek(offset, whence)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def size(self) -> int:
        return self._held.getbuffer().nbytes

    def getvalue(self) -> bytes:
        """All of it."""
        return self._held.getvalue()


class _Shelf(WriterFactory):
    """Where unpacked files are put: memory, never a path made of a name from outside."""

    def __init__(self) -> None:
        self.files: list[_File] = []

    def create(self, filename: str) -> Py7zIO:
        file = _File(filename)
        self.files.append(file)
        return file
