"""Archives and wrappings as people's programs make them: zip, rar, OLE, RTF."""

import unicodedata
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from service.demo.blocks import Blocks, Box, Control, Grid, PageBreak, Para
from service.demo.draw import Draw
from service.demo.papers import ZIP, Paper

_WHEN = (2024, 3, 20, 8, 0, 0)
_UTF8_FLAG = 0x800
_TONES = "\u0300\u0301\u0303\u0309\u0323"
RAR = "application/x-rar-compressed"
RTF = "application/rtf"


class _RawName(ZipInfo):
    """A member whose name is written as the octets given, with or without the UTF-8 flag."""

    octets: bytes
    flag: int

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 -- zipfile asks for this name
        return self.octets, self.flag


def cp1258(text: str) -> bytes:
    """The text in Windows' Vietnamese code page, which writes tones as letters of their own."""
    letters = ""
    for one in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", one)
        tone = "".join(part for part in parts if part in _TONES)
        letters += (
            unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
            + tone
        )
    return letters.encode("cp1258", "replace")


def zipped(
    name: str,
    papers: tuple[Paper, ...],
    *,
    folder: str = "",
    coding: str = "utf-8",
    flag: bool = True,
) -> Paper:
    """The papers in one zip; `coding` and `flag` say how its names are written."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for n, paper in enumerate(papers):
            full = f"{folder}/{paper.name}" if folder else paper.name
            member = _RawName(f"member {n}", _WHEN)
            member.octets = cp1258(full) if coding == "cp1258" else full.encode(coding, "replace")
            member.flag = _UTF8_FLAG if flag else 0
            archive.writestr(member, paper.raw, ZIP_DEFLATED)
    return Paper(name=name, raw=out.getvalue(), media=ZIP, roles=())


class _Keys:
    """The three running keys of the old zip encryption (APPNOTE 6.1)."""

    def __init__(self, password: bytes) -> None:
        self._keys = [0x12345678, 0x23456789, 0x34567890]
        for octet in password:
            self._turn(octet)

    def _turn(self, octet: int) -> None:
        keys = self._keys
        keys[0] = _crc(keys[0], octet)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    def hide(self, raw: bytes) -> bytes:
        """The octets encrypted."""
        out = bytearray()
        for octet in raw:
            mask = (self._keys[2] | 2) & 0xFFFF
            out.append(octet ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
            self._turn(octet)
        return bytes(out)


def _crc(key: int, octet: int) -> int:
    return (zlib.crc32(bytes((octet,)), key ^ 0xFFFFFFFF) ^ 0xFFFFFFFF) & 0xFFFFFFFF


_ENCRYPTED: Final = 1


def zipped_with_password(draw: Draw, name: str, papers: tuple[Paper, ...], password: str) -> Paper:
    """The papers, stored, in a zip that asks for a password."""
    body, directory = b"", b""
    for paper in papers:
        octets, check = paper.name.encode(), zlib.crc32(paper.raw)
        secret = _Keys(password.encode()).hide(draw.octets(11) + bytes((check >> 24,)) + paper.raw)
        common = b"".join(
            (
                (20).to_bytes(2, "little"),
                (_ENCRYPTED | _UTF8_FLAG).to_bytes(2, "little"),
                bytes(2),
                (0x4000).to_bytes(2, "little"),
                (0x5874).to_bytes(2, "little"),
                check.to_bytes(4, "little"),
                len(secret).to_bytes(4, "little"),
                len(paper.raw).to_bytes(4, "little"),
                len(octets).to_bytes(2, "little"),
                bytes(2),
            )
        )
        directory += (
            b"PK\x01\x02\x14\x00" + common + bytes(10) + len(body).to_bytes(4, "little") + octets
        )
        body += b"PK\x03\x04" + common + octets + secret
    count = len(papers).to_bytes(2, "little")
    end = (
        b"PK\x05\x06"
        + bytes(4)
        + count * 2
        + len(directory).to_bytes(4, "little")
        + len(body).to_bytes(4, "little")
        + bytes(2)
    )
    return Paper(name=name, raw=body + directory + end, media=ZIP, roles=())


def rared(name: str, papers: tuple[Paper, ...]) -> Paper:
    """The papers, stored without compression, in a RAR 4 archive; their names must be ASCII."""

    def block(kind: int, flags: int, inside: bytes) -> bytes:
        size = 7 + len(inside)
        head = bytes((kind,)) + flags.to_bytes(2, "little") + size.to_bytes(2, "little") + inside
        return (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + head

    raw = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for paper in papers:
        octets = paper.name.encode("ascii", "replace")
        size = len(paper.raw).to_bytes(4, "little")
        inside = (
            size
            + size
            + b"\x02"
            + zlib.crc32(paper.raw).to_bytes(4, "little")
            + (0x58744000).to_bytes(4, "little")
        )
        inside += (
            b"\x14\x30" + len(octets).to_bytes(2, "little") + (0x20).to_bytes(4, "little") + octets
        )
        raw += block(0x74, 0x8000, inside) + paper.raw
    return Paper(name=name, raw=raw + block(0x7B, 0x4000, b""), media=RAR, roles=())


_SECTOR: Final = 512
_FREE, _END, _FAT = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xfd\xff\xff\xff"
_SMALL: Final = 4096


def ole(streams: tuple[tuple[str, bytes], ...]) -> bytes:
    """Streams in an OLE compound file (MS-CFB 3); short ones are filled up to 4,096 octets."""
    full = [(name, raw.ljust(_SMALL, b"\0")) for name, raw in streams]
    sizes = [-(-len(raw) // _SECTOR) for _, raw in full]
    directory = -(-(len(full) + 1) // 4)
    fats = 1
    while fats * (_SECTOR // 4) < fats + directory + sum(sizes):
        fats += 1
    chains = [_FAT] * fats
    chains += _chain(fats, directory)
    starts = []
    for size in sizes:
        starts.append(len(chains))
        chains += _chain(len(chains), size)
    table = b"".join(chains).ljust(fats * _SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, _END, 0, child=1)
    for n, ((name, raw), start) in enumerate(zip(full, starts, strict=True), start=1):
        following = n + 1 if n < len(full) else None
        entries += _entry(name, 2, start.to_bytes(4, "little"), len(raw), right=following)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
        + bytes(10)
    )
    head += (
        fats.to_bytes(4, "little")
        + fats.to_bytes(4, "little")
        + bytes(4)
        + _SMALL.to_bytes(4, "little")
    )
    head += _END + bytes(4) + _END + bytes(4)
    head += b"".join(n.to_bytes(4, "little") for n in range(fats))
    body = b"".join(
        raw.ljust(size * _SECTOR, b"\0") for (_, raw), size in zip(full, sizes, strict=True)
    )
    return head.ljust(_SECTOR, b"\xff") + table + entries.ljust(directory * _SECTOR, b"\0") + body


def _chain(start: int, count: int) -> list[bytes]:
    return [(start + n + 1).to_bytes(4, "little") for n in range(count - 1)] + [_END]


def _entry(  # noqa: PLR0913 -- the fields of a directory entry
    name: str,
    kind: int,
    start: bytes,
    size: int,
    *,
    child: int | None = None,
    right: int | None = None,
) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"

    def link(to: int | None) -> bytes:
        return _FREE if to is None else to.to_bytes(4, "little")

    head = letters.ljust(64, b"\0") + len(letters).to_bytes(2, "little") + bytes((kind, 1))
    return (
        head
        + _FREE
        + link(right)
        + link(child)
        + bytes(36)
        + start
        + size.to_bytes(4, "little")
        + bytes(4)
    )


_ENCRYPTION = (
    b"\x04\x00\x04\x00\x40\x00\x00\x00"
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption">'
    b'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
    b'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" '
    b'saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/>'
    b"</encryption>"
)


def with_password(draw: Draw, paper: Paper) -> Paper:
    """The paper as Office saves it under a password: an OLE file with an encrypted package."""
    package = len(paper.raw).to_bytes(8, "little") + draw.octets(len(paper.raw) // 16 * 16)
    raw = ole((("EncryptionInfo", _ENCRYPTION), ("EncryptedPackage", package)))
    return Paper(name=paper.name, raw=raw, media=paper.media, roles=("unreadable",))


def rich_text(blocks: Blocks) -> bytes:
    """The blocks as RTF, which people also save under the name .doc."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Para() | Box():
                lines += block.text.split("\n")
            case Control():
                lines += [block.label, *block.value.split("\n")]
            case Grid():
                lines += [line for row in block.rows for cell in row for line in cell.split("\n")]
            case PageBreak():
                lines.append("\f")
    body = "".join("\\page\n" if line == "\f" else f"\\pard {_rtf(line)}\\par\n" for line in lines)
    head = "{\\rtf1\\ansi\\ansicpg1258\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs26\n"
    return f"{head}{body}}}".encode("ascii")


def _rtf(text: str) -> str:
    out = ""
    for one in text:
        if one in "\\{}":
            out += f"\\{one}"
        elif one.isascii():
            out += one
        else:
            out += f"\\u{ord(one) if ord(one) < 0x8000 else ord(one) - 0x10000}?"  # noqa: PLR2004 -- RTF counts in signed words
    return out
