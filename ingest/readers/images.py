"""Read pictures of pages: .jpg, .png, .tiff (several pages), .heic, .webp, .bmp, .gif."""

import warnings
from functools import partial
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from dossier import Text, UnreadCause
from ingest.content import Content, UnreadableError
from ingest.ocr.clean import LONG_SIDE
from ingest.ocr.engine import Engine
from ingest.readers.pages import Layout
from ingest.readers.pdf_page import Page
from ingest.readers.scan import all_scanned, inks, marks, unseen

MAX_PAGES = 200
MAX_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "TIFF", "HEIF", "WEBP", "BMP", "GIF")
_OF_PAGES = ("TIFF", "HEIF")
"""Formats whose frames are pages; those of others are a film, or a telephone's extras."""
_LARGE = LONG_SIDE * 6 // 5
"""Pixels of a long side beyond which a picture is halved until it is smaller."""
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, RuntimeError)
"""What Pillow and its plugins raise on damaged files."""


def read(raw: bytes, engine: Engine | None = None) -> Content:
    """Read every page of a picture file; without an engine it is a scan nobody can read.

    Raises:
        UnreadableError: nothing could be read with any confidence, or the file is damaged.

    """
    if engine is None:
        raise UnreadableError(UnreadCause.SCAN, "tệp ảnh, chưa đọc tự động được chữ trong ảnh")
    pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Pillow, about odd metadata; sizes are checked here
        picture = _opened(raw)
        count = _count(picture)
        pages = [partial(_page, picture, index) for index in range(min(count, MAX_PAGES))]
        found = list(all_scanned(pages, engine))
    if not any(one.is_legible for one in found):
        raise UnreadableError(UnreadCause.SCAN, "ảnh chụp hoặc bản quét không đọc rõ được chữ")
    layout = Layout([one.page if one.is_legible else Page(1.0, 1.0) for one in found])
    return Content(
        items=tuple(layout.items()),
        margins=(
            *layout.margins,
            *(line for number, one in enumerate(found, start=1) for line in marks(number, one)),
        ),
        text=Text.OCR,
        pages=count,
        scanned_pages=tuple(
            number for number, one in enumerate(found, start=1) if not one.is_legible
        ),
        pictures=count,
        unseen=tuple(
            gap for number, one in enumerate(found, start=1) for gap in unseen(number, one)
        ),
        inks=tuple(ink for number, one in enumerate(found, start=1) for ink in inks(number, one)),
    )


def frames(raw: bytes) -> int:
    """How many pages a picture file has. Raises UnreadableError when it is damaged."""
    pillow_heif.register_heif_opener()
    return _count(_opened(raw))


def frame(raw: bytes, index: int) -> Image.Image:
    """One page (from 0) as it is meant to be seen, no larger than reading needs.

    Raises:
        UnreadableError: the file is damaged, or the page is too large.

    """
    pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _page(_opened(raw), index)


def _count(picture: Image.Image) -> int:
    return getattr(picture, "n_frames", 1) if picture.format in _OF_PAGES else 1


def _opened(raw: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(raw), formats=_FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, *_BROKEN) as error:
        raise UnreadableError(UnreadCause.BROKEN, "tệp ảnh hỏng, không mở được") from error


def _page(picture: Image.Image, index: int) -> Image.Image:
    """One frame as it is meant to be seen, no larger than reading needs."""
    try:
        picture.seek(index)
        if picture.width * picture.height > MAX_PIXELS:
            limit = MAX_PIXELS // 1_000_000
            reason = f"ảnh quá lớn (trên {limit} triệu điểm ảnh)"
            raise UnreadableError(UnreadCause.TOO_LARGE, reason)
        return _upright(picture)
    except _BROKEN as error:
        raise UnreadableError(UnreadCause.BROKEN, "tệp ảnh hỏng, đọc không hết") from error


def _upright(frame: Image.Image) -> Image.Image:
    """As its EXIF turns it, in colours or greys on white."""
    if frame.format == "JPEG":
        frame.draft(None, (LONG_SIDE, LONG_SIDE))
    frame.load()
    is_turned = frame.getexif().get(ExifTags.Base.Orientation, 1) != 1
    upright = ImageOps.exif_transpose(frame) if is_turned else frame
    times = max(upright.size) // _LARGE
    turned = upright.reduce(times) if times > 1 else upright
    if "A" in turned.getbands() or "transparency" in turned.info:
        white = Image.new("RGBA", turned.size, "white")
        return Image.alpha_composite(white, turned.convert("RGBA")).convert("RGB")
    if turned.mode in {"1", "L"}:
        return turned.convert("L")
    if turned.mode.startswith("I"):
        return turned.point(lambda value: value / 256).convert("L")
    return turned.convert("RGB")
