"""Draw one page of a PDF or a picture file; runs in the cage."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw

from ingest.readers import images, pdf
from ingest.readers.kinds import PICTURES

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of a page's width and height."""

WHOLE: Rect = (0.0, 0.0, 1.0, 1.0)
MAX_PAGES = 200
"""Pages of one paper that are shown; what a reader reads as well."""
_A4 = (595.0, 842.0)
_MAX_PIXELS = 12_000_000
_COLOURS = 128
"""Of a page of print; more are a photograph."""
_MARKER = (255, 232, 110)
_EDGE = (176, 120, 0)
_SLACK = 0.002
"""Shares of the page a mark reaches beyond the words."""
_QUALITY = 82
_THINNEST = 0.05
_SAMPLE = 64
"""Pixels a side that tell a photograph from print."""
_ONE_WHITE = 0.4


def sizes(kind: str, raw: bytes) -> tuple[int, list[list[float]]]:
    """How many pages there are, and how large each of the first `MAX_PAGES` is, in points.

    Raises:
        UnreadableError: the file cannot be opened.

    """
    if kind in PICTURES:
        count = images.frames(raw)
        return count, [_points(images.frame(raw, one)) for one in range(min(count, MAX_PAGES))]
    document = pdf.opened(raw)
    try:
        count = len(document)
        return count, [_page_size(document, one) for one in range(min(count, MAX_PAGES))]
    finally:
        document.close()


def _points(picture: Image.Image) -> list[float]:
    """As if the picture were as long as an A4 page."""
    scale = _A4[1] / max(picture.size)
    return [picture.width * scale, picture.height * scale]


def _page_size(document: "pdf.Document", index: int) -> list[float]:
    try:
        wide, high = document.get_page_size(index)
    except pdf.DamagedPageError:
        return list(_A4)
    return [wide, high] if min(wide, high) > 0 else list(_A4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which page, and how."""

    number: int
    """From 1."""
    width: int
    """Pixels of the picture, be it of the page or of a part of it."""
    marks: tuple[Rect, ...] = ()
    """Shown as with a text marker."""
    part: Rect = WHOLE


def draw(kind: str, raw: bytes, wanted: Wanted) -> bytes:
    """A page as PNG, or as JPEG where it is a photograph.

    Raises:
        UnreadableError: the page cannot be drawn.

    """
    left, _, right, _ = wanted.part
    whole = round(wanted.width / max(right - left, _THINNEST))
    picture = _drawn(kind, raw, wanted.number, whole)
    return _encoded(_cut(_marked(picture, wanted.marks), wanted.part))


def _drawn(kind: str, raw: bytes, number: int, width: int) -> Image.Image:
    if kind in PICTURES:
        picture = images.frame(raw, number - 1).convert("RGB")
        high = max(1, round(picture.height * width / picture.width))
        return picture.resize(_allowed(width, high), Image.Resampling.LANCZOS, reducing_gap=2.0)
    document = pdf.opened(raw)
    try:
        return _page_of(document, number, width)
    finally:
        document.close()


def _page_of(document: "pdf.Document", number: int, width: int) -> Image.Image:
    try:
        document.init_forms()
        page = document[number - 1]
        wide, high = page.get_size()
        shown, _ = _allowed(width, round(width * high / max(wide, 1.0)))
        drawn: Image.Image = page.render(scale=shown / max(wide, 1.0)).to_pil()
    except (pdf.DamagedPageError, IndexError, ValueError) as error:
        raise pdf.broken_page(number) from error
    return drawn.convert("RGB")


def _allowed(width: int, height: int) -> tuple[int, int]:
    """No more pixels than a screen has use for, whatever the page's shape."""
    much = width * height / _MAX_PIXELS
    if much <= 1:
        return width, height
    return max(1, int(width / much**0.5)), max(1, int(height / much**0.5))


def _marked(picture: Image.Image, marks: Iterable[Rect]) -> Image.Image:
    """Marked like paper: the letters stay black, the ground turns yellow with a thin edge."""
    marks = tuple(marks)
    if not marks:
        return picture
    wide, high = picture.size
    colour = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(colour)
    boxes = [
        (
            max(0, round((left - _SLACK) * wide)),
            max(0, round((top - _SLACK) * high)),
            min(wide - 1, round((right + _SLACK) * wide)),
            min(high - 1, round((bottom + _SLACK) * high)),
        )
        for left, top, right, bottom in marks
    ]
    for box in boxes:
        pen.rectangle(box, fill=_MARKER)
    marked = ImageChops.multiply(picture, colour)
    edge = ImageDraw.Draw(marked)
    for left, _, right, bottom in boxes:
        edge.line((left, bottom, right, bottom), fill=_EDGE, width=max(1, wide // 600))
    return marked


def _cut(picture: Image.Image, part: Rect) -> Image.Image:
    wide, high = picture.size
    left, top, right, bottom = part
    if part == WHOLE:
        return picture
    return picture.crop(
        (round(left * wide), round(top * high), round(right * wide), round(bottom * high))
    )


def _encoded(picture: Image.Image) -> bytes:
    """PNG for print, whose few colours it keeps sharp; JPEG for photographs and scans."""
    held = BytesIO()
    if _is_photograph(picture):
        picture.save(held, "JPEG", quality=_QUALITY)
    else:
        few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(held, "PNG", compress_level=6)
    return held.getvalue()


def _is_photograph(picture: Image.Image) -> bool:
    """Paper that was drawn is one single white over most of the page."""
    small = picture.resize((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST).convert("L")
    return max(small.histogram()) < _SAMPLE * _SAMPLE * _ONE_WHITE
