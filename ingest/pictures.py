"""Which pictures in a mail are logos and signatures, and which could be a photographed page."""

import re
import struct
from collections.abc import Callable

from dossier.vietnamese import fold

PICTURES = frozenset(("png", "jpg", "tiff", "heic", "gif", "webp", "bmp", "metafile"))
"""Kinds of file that are one picture."""

_LOGO = re.compile(r"logo|banner|signature|chu ?ky|icon|facebook|zalo|youtube|footer|header|avatar")
_NUMBERED = re.compile(r"^(?:image|img|ole|picture|pastedgraphic)[-_ ]?\d{1,3}\.(?:png|gif|jpe?g)$")
"""What mail programs call the pictures they show inside the text."""

_PAGE_LONG_SIDE = 900
"""Pixels: a page photographed to be read has at least these on its long side."""
_PAGE_SHORT_SIDE = 600
_PAGE_RATIO = 2.0
"""A page (1.41) and a photo of one (1.33, 1.78) are no longer than this; a banner is."""
_SQUARE = 1.12
"""Logos and QR codes are square; a page never is."""
_TINY_SIDE = 320
_TINY_BYTES = 12_000
_LARGE_BYTES = 150_000


def is_minor_picture(name: str, kind: str, raw: bytes, *, inline: bool) -> bool:
    """Tell a logo or a signature picture from what could be a page.

    In doubt it is a page: a person then looks at it, and nothing is called missing meanwhile.
    """
    bare = fold(name.rpartition("/")[2])
    named_as_logo = bool(_LOGO.search(bare))
    shown_in_text = inline or bool(_NUMBERED.match(bare))
    size = picture_size(kind, raw)
    if size is None:
        return (shown_in_text or named_as_logo) and len(raw) < _LARGE_BYTES
    short, long = sorted(size)
    if long <= _TINY_SIDE or (named_as_logo and long < _PAGE_LONG_SIDE):
        return True
    if not shown_in_text:
        return len(raw) < _TINY_BYTES and long < _PAGE_LONG_SIDE
    ratio = long / max(short, 1)
    could_be_page = (
        long >= _PAGE_LONG_SIDE and short >= _PAGE_SHORT_SIDE and _SQUARE < ratio < _PAGE_RATIO
    )
    return not could_be_page


def picture_size(kind: str, raw: bytes) -> tuple[int, int] | None:
    """Width and height in pixels from the file's header; None when it does not say."""
    measure = _SIZES.get(kind)
    if measure is None:
        return None
    try:
        return measure(raw)
    except (struct.error, IndexError):
        return None


def _png(raw: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack(">II", raw[16:24])
    return (width, height)


def _gif(raw: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack("<HH", raw[6:10])
    return (width, height)


def _bmp(raw: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack("<ii", raw[18:26])
    return (width, abs(height))


def _jpg(raw: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (ITU T.81, B.2.2)."""
    spot = 2
    while spot + 9 < len(raw):
        if raw[spot] != _MARK:
            spot += 1
            continue
        marker = raw[spot + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", raw[spot + 5 : spot + 9])
            return (width, height)
        if marker == _MARK or marker in _BARE:
            spot += 1 if marker == _MARK else 2
            continue
        (length,) = struct.unpack(">H", raw[spot + 2 : spot + 4])
        spot += 2 + max(length, 2)
    return None


_MARK = 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))

_SIZES: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "png": _png,
    "gif": _gif,
    "bmp": _bmp,
    "jpg": _jpg,
}
