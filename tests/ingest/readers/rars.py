"""Build .rar archives (RAR 5) without the program nobody may ship: headers as its notes say.

Packed files hold one block whose code gives every byte its own eight bits, so that the packed
bytes are the bytes themselves; only a real unpacker of RAR makes anything of the block.
"""

import hashlib
import zlib
from dataclasses import dataclass

_MARK = b"Rar!\x1a\x07\x01\x00"
_MAIN, _FILE, _END = 1, 2, 5
_HAS_EXTRA, _HAS_BODY, _SPLIT_BEFORE, _SPLIT_AFTER = 1, 2, 8, 16
_HAS_CHECKSUM = 4
_METHOD_3 = 3 << 7
_SALT = bytes(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file to put into an archive."""

    name: str
    raw: bytes
    packed: bool = True
    locked: bool = False
    more_follows: bool = False
    """Its end lies in the next part of the archive."""
    follows: bool = False
    """Its beginning lies in the part before."""
    checksum: int | None = None
    """Another than the true one."""
    size: int | None = None
    """Another than the true one."""
    links_to: str = ""


def rar(*files: File) -> bytes:
    """An archive of these files."""
    parts = (_file(file) for file in files)
    return b"".join((_MARK, _header(_MAIN, 0, b"\0"), *parts, _header(_END, 0, b"\0")))


def locked_rar() -> bytes:
    """An archive whose list of names is encrypted as well."""
    check = hashlib.sha256(bytes(8)).digest()[:4]
    inside = _number(0) + _number(1) + b"\x0f" + _SALT + bytes(8) + check
    return _MARK + _header(4, 0, inside) + bytes(64)


def _file(file: File) -> bytes:
    body = _block(file.raw) if file.packed else file.raw
    extra = b""
    if file.locked:
        record = _number(1) + _number(0) + _number(0) + b"\x0f" + _SALT + _SALT
        extra = _number(len(record)) + record
    if file.links_to:
        target = file.links_to.encode()
        record = _number(5) + _number(1) + _number(0) + _number(len(target)) + target
        extra = _number(len(record)) + record
        body = b""
    checksum = zlib.crc32(file.raw) if file.checksum is None else file.checksum
    name = file.name.encode()
    inside = b"".join(
        (
            _number(_HAS_CHECKSUM),
            _number(len(file.raw) if file.size is None else file.size),
            _number(0o100644),
            checksum.to_bytes(4, "little"),
            _number(_METHOD_3 if file.packed else 0),
            _number(1),
            _number(len(name)),
            name,
        )
    )
    sizes = (_number(len(extra)) if extra else b"") + _number(len(body))
    flags = _HAS_BODY | (_HAS_EXTRA if extra else 0)
    flags |= (_SPLIT_AFTER if file.more_follows else 0) | (_SPLIT_BEFORE if file.follows else 0)
    return _header(_FILE, flags, sizes + inside + extra) + body


def _header(kind: int, flags: int, inside: bytes) -> bytes:
    whole = _number(kind) + _number(flags) + inside
    sized = _number(len(whole)) + whole
    return zlib.crc32(sized).to_bytes(4, "little") + sized


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the top bit says that more follow."""
    made = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        made.append(low | (0x80 if value else 0))
        if not value:
            return bytes(made)


def _block(raw: bytes) -> bytes:
    """One whole block: its table of code lengths, then the bytes in that code."""
    lengths = [1, *[0] * 7, 1, *[0] * 11]  # lengths 0 and 8 take one bit each: “0” and “1”
    bits = "".join(f"{length:04b}" for length in lengths)
    bits += "1" * 256 + "0" * (306 - 256 + 64 + 16 + 44)
    bits += "".join(f"{byte:08b}" for byte in raw)
    in_last = (len(bits) - 1) % 8 + 1
    body = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))
    size = len(body).to_bytes(3, "little")
    flags = 0xC0 | (2 << 3) | (in_last - 1)
    check = 0x5A ^ flags ^ size[0] ^ size[1] ^ size[2]
    return bytes((flags, check)) + size + body
