"""Pictures that unpack to more than a machine holds, and those that are cut off or lie."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from dossier import UnreadCause
from tests.ingest.hostile.archives import nothing
from tests.ingest.hostile.trap import Trap
from tests.papers.scanned import scan

_LARGE, _BROKEN, _SCAN = UnreadCause.TOO_LARGE, UnreadCause.BROKEN, UnreadCause.SCAN
_REFUSED = (_LARGE, _BROKEN, _SCAN)


def traps() -> Iterator[Trap]:
    """Every picture."""
    yield Trap(name="png of 65,535 squared", file="CV.png", make=_png, causes=_REFUSED)
    yield Trap(name="png with a gigabyte of words", file="CV.png", make=_png_words, causes=_REFUSED)
    yield Trap(name="jpeg of 65,535 squared", file="CV.jpg", make=_jpeg, causes=_REFUSED)
    yield Trap(name="tiff of 65,535 squared", file="CV.tif", make=_tiff, causes=_REFUSED)
    yield Trap(name="tiff whose pages go in circles", file="CV.tif", make=_ring, causes=_REFUSED)
    yield Trap(name="tiff of 401 pages", file="CV.tif", make=_pages, causes=_REFUSED)
    yield Trap(name="gif of 300 frames", file="CV.gif", make=_film, causes=_REFUSED)
    yield Trap(name="heic of 65,535 squared", file="CV.heic", make=_heic, causes=_REFUSED)
    yield Trap(name="bmp of two milliard squared", file="CV.bmp", make=_bmp, causes=_REFUSED)
    yield Trap(name="webp of nothing", file="CV.webp", make=_webp, causes=_REFUSED)
    yield Trap(name="jpeg with a broken EXIF", file="CV.jpg", make=_exif, causes=_REFUSED)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(*more: bytes, side: int = 65_535) -> bytes:
    raw, _ = nothing(64)
    head = struct.pack(">2I5B", side, side, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), *more, _chunk(b"IDAT", b"\x78\x9c" + raw), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _png_words() -> bytes:
    raw, _ = nothing(1_024)
    return _png(_chunk(b"zTXt", b"a\0\0\x78\x9c" + raw), side=1_200)


def _saved(form: str, side: int = 1_000, **options: object) -> bytes:
    held = BytesIO()
    Image.new("L", (side, side), 255).save(held, form, **options)
    return held.getvalue()


def _jpeg() -> bytes:
    raw = bytearray(_saved("JPEG"))
    at = raw.index(b"\xff\xc0") + 5
    raw[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(raw)


def _tiff() -> bytes:
    raw = bytearray(_saved("TIFF"))
    first = struct.unpack_from("<I", raw, 4)[0]
    for number in range(struct.unpack_from("<H", raw, first)[0]):
        at = first + 2 + number * 12
        if struct.unpack_from("<H", raw, at)[0] in {0x100, 0x101, 0x116}:
            struct.pack_into("<HI", raw, at + 2, 4, 1)
            struct.pack_into("<I", raw, at + 8, 65_535)
    return bytes(raw)


def _ring() -> bytes:
    raw = bytearray(_saved("TIFF"))
    first = struct.unpack_from("<I", raw, 4)[0]
    count = struct.unpack_from("<H", raw, first)[0]
    struct.pack_into("<I", raw, first + 2 + count * 12, first)
    return bytes(raw)


def _pages() -> bytes:
    held = BytesIO()
    page = Image.new("1", (1_000, 1_400), 1)
    page.save(held, "TIFF", compression="group4", save_all=True, append_images=[page] * 400)
    return held.getvalue()


def _film() -> bytes:
    held = BytesIO()
    frames = [Image.new("P", (1_000, 1_400), number % 250) for number in range(300)]
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:])
    return held.getvalue()


def _heic() -> bytes:
    raw = bytearray(scan("phieu_L4_photo.heic"))
    at = -1
    while (at := raw.find(b"ispe", at + 1)) >= 0:
        raw[at + 8 : at + 16] = b"\0\0\xff\xff\0\0\xff\xff"
    return bytes(raw)


def _bmp() -> bytes:
    raw = bytearray(_saved("BMP"))
    struct.pack_into("<ii", raw, 18, 0x7FFFFFFF, 0x7FFFFFFF)
    return bytes(raw)


def _webp() -> bytes:
    return b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\x10\0\0\0\xff\xff\xff\xff\xff\xff" + bytes(
        20_000
    )


def _exif() -> bytes:
    turned = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\0\x03\xff\xff\xff\xff\0\x06\0\0" * 400
    return _saved("JPEG", exif=turned)
