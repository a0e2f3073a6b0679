"""Look into .rar archives (rarfile): names, sizes, locks, and what is stored without packing.

What is packed only an outside program can unpack (`ingest.unrar`); it is known again by its size
and its checksum, so that no name from the archive ever becomes a path of ours.
"""

import unicodedata
from io import BytesIO

import rarfile

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.parts import IN_PARTS
from ingest.readers.archive import Allowance, Entry, cut_off, decoded, refuse_bombs, refuse_crowds

_BROKEN = "tệp nén hỏng, không mở được"
_LOCKED = "tệp nén đặt mật khẩu"
_NOT_MASTERED = "máy chưa mở được tệp nén .rar, cán bộ sẽ mở xem"
_LINKED = "tệp nén chứa liên kết tới nơi khác nên không mở"


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """Every file in a .rar archive, in its own order; packed ones are `sealed`.

    Raises:
        UnreadableError: the archive is broken, encrypted, one of several parts, or hostile.

    """
    try:
        headers: list[rarfile.RarInfo] = []
        archive = rarfile.RarFile(BytesIO(raw), part_only=True, info_callback=headers.append)
        listed = [one for one in archive.infolist() if not one.is_dir()]
        locked = archive.needs_password()
    except Exception as error:
        raise UnreadableError(UnreadCause.BROKEN, _BROKEN) from error
    if locked and all(one.needs_password() for one in listed):
        raise UnreadableError(UnreadCause.ENCRYPTED, _LOCKED)
    if any(map(_is_split, headers)):
        raise UnreadableError(UnreadCause.UNSUPPORTED, IN_PARTS)
    if not listed and archive.strerror():
        raise UnreadableError(UnreadCause.BROKEN, _BROKEN)
    if any(one.is_symlink() or one.file_redir for one in listed):
        raise UnreadableError(UnreadCause.UNSAFE, _LINKED)
    refuse_crowds(len(listed), allowed)
    refuse_bombs(sum(one.file_size for one in listed), len(raw), allowed)
    found = [_entry(archive, one, len(raw)) for one in listed]
    # Where the list of files breaks off nobody knows what else there was.
    is_whole = any(one.type == rarfile.RAR_BLOCK_ENDARC for one in headers)
    return found if is_whole else [*found, cut_off()]


def _is_split(info: rarfile.RarInfo) -> bool:
    """A file that goes on in another part, in this part of an archive or in its list of files."""
    parts = rarfile.RAR_FILE_SPLIT_BEFORE | rarfile.RAR_FILE_SPLIT_AFTER
    return info.type == rarfile.RAR_BLOCK_FILE and bool(info.flags & parts)


def _entry(archive: rarfile.RarFile, info: rarfile.RarInfo, size: int) -> Entry:
    name = _name(info)
    if info.needs_password():
        return Entry(name, b"", UnreadCause.ENCRYPTED, _LOCKED)
    if info.data_offset + info.compress_size > size:
        return Entry(name, b"", UnreadCause.BROKEN, "tệp nén bị cắt ngang")
    if info.compress_type == rarfile.RAR_M0:
        try:
            return Entry(name, archive.read(info))
        except Exception:  # noqa: BLE001 -- as above
            return Entry(name, b"", UnreadCause.BROKEN, "tệp hỏng trong tệp nén")
    sealed = seal(info.file_size, _checksum(info))
    return Entry(name, b"", UnreadCause.UNSUPPORTED, _NOT_MASTERED, sealed=sealed)


def _name(info: rarfile.RarInfo) -> str:
    """As its author saw it: RAR 5 and a flag of RAR 3 say Unicode, else the words must tell."""
    says_unicode = isinstance(info, rarfile.Rar5Info) or info.flags & rarfile.RAR_FILE_UNICODE
    if says_unicode or not isinstance(info.orig_filename, bytes):
        return unicodedata.normalize("NFC", info.filename)
    return decoded(info.orig_filename).replace("\\", "/")


def seal(size: int, checksum: str) -> str:
    """What a file is known by once it is unpacked."""
    return f"{size}:{checksum}"


def _checksum(info: rarfile.RarInfo) -> str:
    if info.CRC is not None:
        return f"{info.CRC:08x}"
    return bytes(info.blake2sp_hash or b"").hex()
