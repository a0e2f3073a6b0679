"""Archives made to fill a disk, to climb out of their folder, or to hide what they hold."""

import gzip
import struct
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from py7zr import FILTER_LZMA2, SevenZipFile

from dossier import UnreadCause
from tests.ingest.hostile.trap import Trap
from tests.ingest.readers.rars import File, locked_rar, rar

_MEGABYTE = bytes(1 << 20)
_LARGE, _BROKEN, _LOCKED = UnreadCause.TOO_LARGE, UnreadCause.BROKEN, UnreadCause.ENCRYPTED
_EMPTY, _OURS_LIMIT = UnreadCause.EMPTY, UnreadCause.UNSUPPORTED
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_END = struct.Struct("<4s4H2IH")


def traps() -> Iterator[Trap]:
    """Every archive."""
    yield Trap(name="zip of a gigabyte of nothing", file="HS.zip", make=_ratio, causes=(_LARGE,))
    yield Trap(name="zip whose files overlap", file="HS.zip", make=_overlap, causes=(_LARGE,))
    yield Trap(name="zip in zip, ten deep", file="HS.zip", make=_nested, causes=(_LARGE,))
    yield Trap(name="zip of zips of zips", file="HS.zip", make=_tree, causes=(_LARGE,))
    yield Trap(name="zip of 70,000 files", file="HS.zip", make=_crowd, causes=(_LARGE,))
    yield Trap(name="zip that lies about a size", file="HS.zip", make=_liar, causes=(_BROKEN,))
    yield Trap(name="zip of a petabyte", file="HS.zip", make=_petabyte, causes=(_LARGE, _BROKEN))
    yield Trap(name="zip with a password", file="HS.zip", make=_locked, causes=(_LOCKED,))
    yield Trap(
        name="zip of an unknown packing", file="HS.zip", make=_strange, causes=(_OURS_LIMIT,)
    )
    yield Trap(name="zip of links only", file="HS.zip", make=_links, causes=(_EMPTY,))
    yield Trap(name="zip whose names climb", file="HS.zip", make=partial(_named, _CLIMBING))
    yield Trap(name="zip whose names inject", file="HS.zip", make=partial(_named, _INJECTING))
    yield Trap(name="zip with a name of 60,000 letters", file="HS.zip", make=partial(_named, _LONG))
    yield Trap(name="gzip of a gigabyte", file="HS.gz", make=_gzip, causes=(_LARGE,))
    yield Trap(name="gzip in gzip, ten deep", file="HS.gz", make=_gzips, causes=(_LARGE,))
    yield Trap(name="tar whose names climb", file="HS.tar", make=_tar_climbing)
    yield Trap(name="tar of links and devices", file="HS.tar", make=_tar_links, causes=(_EMPTY,))
    yield Trap(
        name="tar of a sparse terabyte", file="HS.tar", make=_sparse, causes=(_LARGE, _BROKEN)
    )
    yield Trap(name="7z of nothing, packed", file="HS.7z", make=_seven, causes=(_LARGE,))
    yield Trap(name="7z that asks for gigabytes", file="HS.7z", make=_dictionary, causes=(_LARGE,))
    yield Trap(name="7z with a password", file="HS.7z", make=_seven_locked, causes=(_LOCKED,))
    yield Trap(
        name="7z whose names climb",
        file="HS.7z",
        make=_seven_climbing,
        causes=(UnreadCause.UNSAFE,),
    )
    yield Trap(name="rar of a gigabyte", file="HS.rar", make=_rar_bomb, causes=(_LARGE,))
    yield Trap(name="rar of 3,000 files", file="HS.rar", make=_rar_crowd, causes=(_LARGE,))
    yield Trap(name="rar with a password", file="HS.rar", make=_rar_locked, causes=(_LOCKED,))
    yield Trap(name="rar whose names are locked", file="HS.rar", make=locked_rar, causes=(_LOCKED,))
    yield Trap(
        name="rar with a link out", file="HS.rar", make=_rar_link, causes=(UnreadCause.UNSAFE,)
    )
    yield Trap(name="rar whose names climb", file="HS.rar", make=_rar_climbing)
    yield Trap(
        name="one part of three of a rar",
        file="HS.part2.rar",
        make=_rar_part,
        causes=(_OURS_LIMIT,),
    )


CANARY = "vanthu-canary"
"""What the traps call the files that must never appear."""
_CLIMBING = (
    f"../../../../../../tmp/{CANARY}.txt",
    f"/tmp/{CANARY}.txt",  # noqa: S108 -- the very place an attack would write to
    f"..\\..\\..\\{CANARY}.txt",
    f"C:\\{CANARY}.txt",
    f"\\\\server\\share\\{CANARY}.txt",
    f"ho so/./../../{CANARY}.txt",
)
_INJECTING = (
    "CV.txt\r\nBcc: ai@do.vn",
    "=HYPERLINK(1).txt",
    "+cmd.txt",
    "de xuat\u202etxt.exe.txt",
    "CV\x00.exe.txt",
    "CV\u200b\u200d.txt",
    "<script>alert(1)</script>.txt",
    "{{ 7*7 }}.txt",
    "%s%n.txt",
)
_LONG = ("x" * 60_000 + ".txt", f"{'a/' * 20_000}b.txt")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A plain archive of these files."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        for name, raw in files.items():
            packed.writestr(name, raw)
    return held.getvalue()


def nothing(megabytes: int) -> tuple[bytes, int]:
    """A deflate stream of zeros, and their checksum, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(_MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(_MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(_MEGABYTE, checksum)
    return one + again * (megabytes - 1) + packer.flush(), checksum


def by_hand(*entries: tuple[bytes, bytes, int, int], shared: bool = False) -> bytes:
    """A zip of (name, deflated body, checksum, size as declared); `shared` is one body for all."""
    body, listed = b"", b""
    for name, packed, checksum, size in entries:
        at = 0 if shared else len(body)
        local = _LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, 0, checksum, len(packed), size, len(name), 0)
        if not shared or not body:
            body += local + name + packed
        listed += name_in_list(name, at, (checksum, len(packed), size))
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(listed), len(body), 0)
    return body + listed + end


def name_in_list(name: bytes, at: int, sizes: tuple[int, int, int], flags: int = 0) -> bytes:
    """One line of the list at a zip's end."""
    head = _CENTRAL.pack(b"PK\1\2", 20, 20, flags, 8, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, at)
    return head + name


def _ratio() -> bytes:
    packed, checksum = nothing(1_024)
    return by_hand((b"CV.docx", packed, checksum, 1 << 30))


def _overlap() -> bytes:
    packed, checksum = nothing(8)
    names = (f"CV {number}.docx".encode() for number in range(500))
    return by_hand(*((name, packed, checksum, 8 << 20) for name in names), shared=True)


def _nested() -> bytes:
    raw = b"x"
    for depth in range(10):
        raw = zipped({f"{depth}.zip": raw})
    return raw


def _tree() -> bytes:
    """A small 42.zip: each layer ten times the one below, four gigabytes at the bottom."""
    raw = zipped({"x.txt": _MEGABYTE * 4})
    for _ in range(2):
        raw = zipped({f"{number}.zip": raw for number in range(10)})
    return zipped({f"{number}.zip": raw for number in range(10)})


def _crowd() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_STORED) as packed:
        for number in range(70_000):
            packed.writestr(ZipInfo(f"{number}"), b"")
    return held.getvalue()


def _liar() -> bytes:
    packed, checksum = nothing(200)
    return by_hand((b"CV.docx", packed, checksum, 1_000))


def _petabyte() -> bytes:
    packed, checksum = nothing(1)
    return by_hand((b"CV.docx", packed, checksum, 0xFFFFFFFE))


def _locked() -> bytes:
    raw = bytearray(zipped({"CV.docx": b"x" * 200}))
    raw[6] |= 1
    raw[raw.index(b"PK\1\2") + 8] |= 1
    return bytes(raw)


def _strange() -> bytes:
    raw = bytearray(zipped({"CV.docx": b"x" * 200}))
    raw[8:10] = raw[raw.index(b"PK\1\2") + 10 : raw.index(b"PK\1\2") + 12] = b"\x62\0"
    at = raw.index(b"PK\1\2") + 10
    raw[at : at + 2] = b"\x62\0"
    return bytes(raw)


def _links() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        link = ZipInfo("CV.docx")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return held.getvalue()


def _named(names: tuple[str, ...]) -> bytes:
    return zipped(
        {name: f"Kính gửi Phòng, nội dung {at}".encode() for at, name in enumerate(names)}
    )


def _gzip() -> bytes:
    packed, checksum = nothing(1_024)
    tail = struct.pack("<2I", checksum, 1 << 30)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed + tail


def _gzips() -> bytes:
    raw = b"x" * 100
    for _ in range(10):
        raw = gzip.compress(raw)
    return raw


def _tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for member, raw in members:
            member.size = len(raw)
            archive.addfile(member, BytesIO(raw))
    return held.getvalue()


def _tar_climbing() -> bytes:
    return _tarred(*((tarfile.TarInfo(name), b"Kinh gui Phong") for name in _CLIMBING))


def _tar_links() -> bytes:
    members: list[tuple[tarfile.TarInfo, bytes]] = []
    for kind in (
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
    ):
        member = tarfile.TarInfo(f"{CANARY}-{kind!r}")
        member.type, member.linkname = kind, "/etc/passwd"
        members.append((member, b""))
    return _tarred(*members)


def _sparse() -> bytes:
    """GNU's old form: one block of data, the rest of a terabyte only said to be there."""
    member = tarfile.TarInfo("CV.docx")
    member.size = 512
    head = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    head[156:157] = tarfile.GNUTYPE_SPARSE
    head[386:410] = b"00000000000\0" + b"00000001000\0"
    head[482] = 0
    head[483:495] = b"\x80" + (1 << 40).to_bytes(11, "big")
    head[148:156] = b" " * 8
    head[148:156] = f"{sum(head):06o}\0 ".encode()
    return bytes(head) + bytes(512) + bytes(1_024)


def _seven(
    raw: bytes = _MEGABYTE * 64, name: str = "CV.docx", password: str | None = None
) -> bytes:
    held = BytesIO()
    quick = None if password else [{"id": FILTER_LZMA2, "preset": 0}]
    with SevenZipFile(held, "w", filters=quick, password=password) as archive:
        archive.set_encoded_header_mode(False)
        archive.writestr(raw, name)
    return held.getvalue()


def _dictionary() -> bytes:
    """The one byte that says how large a dictionary reading takes: four gigabytes."""
    raw = bytearray(_seven(b"x" * 1_000))
    start = 32 + int.from_bytes(raw[12:20], "little")
    header = raw[start:]
    at = header.index(b"\x21\x21\x01") + 3
    header[at] = 40
    raw[start:] = header
    raw[28:32] = zlib.crc32(header).to_bytes(4, "little")
    raw[8:12] = zlib.crc32(raw[12:32]).to_bytes(4, "little")
    return bytes(raw)


def _seven_locked() -> bytes:
    return _seven(b"x" * 1_000, password="bi mat")  # noqa: S106 -- of a trap


def _seven_climbing() -> bytes:
    plain = _seven(b"Kinh gui Phong", name=f"aaaaaa{CANARY}.txt")
    raw = bytearray(plain.replace("aaaaaa".encode("utf-16-le"), "../../".encode("utf-16-le")))
    start = 32 + int.from_bytes(raw[12:20], "little")
    raw[28:32] = zlib.crc32(raw[start:]).to_bytes(4, "little")
    raw[8:12] = zlib.crc32(raw[12:32]).to_bytes(4, "little")
    return bytes(raw)


def _rar_bomb() -> bytes:
    return rar(File(name="CV.docx", raw=b"x" * 100, size=1 << 30))


def _rar_crowd() -> bytes:
    return rar(*(File(name=f"{number}", raw=b"", packed=False) for number in range(3_000)))


def _rar_locked() -> bytes:
    return rar(File(name="CV.docx", raw=b"x" * 100, locked=True))


def _rar_link() -> bytes:
    return rar(File(name="CV.docx", raw=b"", links_to="/etc/passwd"))


def _rar_climbing() -> bytes:
    return rar(*(File(name=name, raw=b"Kinh gui Phong", packed=False) for name in _CLIMBING[:2]))


def _rar_part() -> bytes:
    return rar(File(name="CV.docx", raw=b"x" * 100, packed=False, follows=True, more_follows=True))
