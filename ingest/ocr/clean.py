"""Clean the picture of a page for reading: ink, light, noise, skew, size.

Every step was measured on ten qualities of scans and photos (`tests/benchmarks/scans.py`); what did
not raise the share of words read whole is not here.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.ocr.sheet import flattened
from ingest.ocr.wayback import WayBack

Grey: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]

LONG_SIDE = 3508
"""Pixels of an A4 page's long side at 300 dpi, what Tesseract's models were trained on."""
_ENLARGED = 1.15
"""Less is not worth the blur of enlarging."""
_MOST = 3.0
_RED_LEAD = 40
"""How far red stands above green and blue where there is red ink."""
_STAMPED = 0.0001
"""A page with less red area bears no stamp."""
_INKED = 0.15
"""A page with more coloured area is printed on coloured paper, and not stamped."""
_BLOCK = 16
_PAPER = 85
"""Percentile of a block's brightness that is paper rather than ink."""
_WHITE = 250
_NOISY = 4
_SPECKLED = 0.0015
_SPECKLE = 90
_BLACK_OR_WHITE = 0.985
_DARK, _LIGHT = 40, 215
_FINE = 1500
"""Pixels of a long side below which a median filter eats accents."""
_STRAIGHT = 0.1
_SKEW_SIDE = 900
_STEEPEST = 8
_STEP, _FINE_STEP = 1.0, 0.15
_SHARPER = ImageFilter.UnsharpMask(radius=2, percent=120, threshold=2)
"""Gives an enlarged page its accents back: without it “ể” is read as “ê”."""


class Clean(NamedTuple):
    """A page made ready for reading."""

    page: Image.Image
    """Upright on white, in greys, about as large as a scan at 300 dpi."""
    red: Image.Image | None
    """What stood on it in red ink, black on white; None where there was next to none."""
    way_back: WayBack
    """Where in the picture a point of the page lay."""


def cleaned(picture: Image.Image) -> Clean:
    """The black print of a page, and apart from it the red of its seals and marks."""
    sheet, projection = flattened(picture)
    colours = np.asarray(sheet)
    red = _red(colours)
    grey = _divided_by_background(_grey(colours, red))
    if _is_noisy(grey):
        grey = _median(grey)
    page = Image.fromarray(grey)
    angle = _skew(page)
    page = _sized(_turned(page, angle))
    way_back = WayBack(
        picture=picture.size,
        sheet=sheet.size,
        projection=projection,
        angle=angle if _is_skewed(angle) else 0.0,
    )
    if red is None:
        return Clean(page, None, way_back)
    layer = Image.fromarray(np.where(red, 0, 255).astype(np.uint8))
    return Clean(page, _sized(_turned(layer, angle)), way_back)


def _red(colours: NDArray[np.uint8]) -> Mask | None:
    """Where there is red ink; None on a page without, and on one of red paper."""
    if colours.ndim == 2:  # noqa: PLR2004 -- rows and columns, no colours
        return None
    rest = np.maximum(colours[..., 1], colours[..., 2])
    is_red: Mask = colours[..., 0] > rest.astype(np.int16) + _RED_LEAD
    return is_red if _STAMPED < is_red.mean() < _INKED else None


def _grey(colours: NDArray[np.uint8], red: Mask | None) -> Grey:
    """Greys in which red ink is paper, and black letters under a seal stay."""
    if colours.ndim == 2:  # noqa: PLR2004 -- rows and columns, no colours
        return colours
    grey: Grey = np.asarray(Image.fromarray(colours).convert("L"))
    if red is not None:
        grey = np.where(_grown(red), np.maximum(grey, colours[..., 0]), grey)
    return grey


def _grown(mask: Mask) -> Mask:
    """A mask one pixel larger to the right and below."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:, 1:] |= mask[:, :-1]
    return grown


def _divided_by_background(grey: Grey) -> Grey:
    """Even light: every pixel in relation to the paper around it."""
    paper = _paper(grey)
    bright = np.asarray(
        Image.fromarray(paper).resize(grey.shape[::-1], Image.Resampling.BICUBIC), np.float32
    )
    even = grey * (_WHITE / np.maximum(bright, 1))
    return np.clip(even, 0, 255, out=even).astype(np.uint8)


def _paper(grey: Grey) -> Grey:
    """How bright the paper is, a value a block; ink, dirt and lines smoothed away."""
    high, wide = (-side % _BLOCK for side in grey.shape)
    whole = np.pad(grey, ((0, high), (0, wide)), "edge")
    rows, columns = whole.shape[0] // _BLOCK, whole.shape[1] // _BLOCK
    blocks = whole.reshape(rows, _BLOCK, columns, _BLOCK).swapaxes(1, 2)[..., ::2, ::2]
    values = blocks.reshape(rows, columns, -1)
    rank = values.shape[-1] * _PAPER // 100
    bright = np.partition(values, rank, axis=-1)[..., rank]
    return _opened(_opened(bright, 3), 5)


def _opened(grey: Grey, reach: int) -> Grey:
    """The largest value near, then the middle one: dark spots smaller than `reach` go."""
    border = reach // 2
    padded = np.pad(grey, border, "edge")
    near = np.lib.stride_tricks.sliding_window_view(padded, (reach, reach))
    highest = near.max(axis=(2, 3))
    again = np.lib.stride_tricks.sliding_window_view(
        np.pad(highest, border, "edge"), (reach, reach)
    )
    middle: Grey = np.median(again, axis=(2, 3)).astype(np.uint8)
    return middle


def _is_noisy(grey: Grey) -> bool:
    """Tell a page with grain worth a median filter; fine print and faxes lose by it."""
    if max(grey.shape) <= _FINE or _is_bilevel(grey):
        return False
    strip = grey[grey.shape[0] // 4 : grey.shape[0] * 3 // 4]
    change = np.abs(strip.astype(np.int16) - _median(strip))
    return bool(np.median(change) > _NOISY or (change > _SPECKLE).mean() > _SPECKLED)


def _is_bilevel(grey: Grey) -> bool:
    return bool(((grey < _DARK) | (grey > _LIGHT)).mean() > _BLACK_OR_WHITE)


def _median(grey: Grey) -> Grey:
    """The middle of every pixel and its eight neighbours, by Paeth's exchange network."""
    padded = np.pad(grey, 1, "edge")
    rows, columns = grey.shape
    near: list[Grey] = [
        padded[down : down + rows, right : right + columns]
        for down in range(3)
        for right in range(3)
    ]
    for low, high in _EXCHANGES:
        near[low], near[high] = np.minimum(near[low], near[high]), np.maximum(near[low], near[high])
    return near[4]


_EXCHANGES = (
    (1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3),
    (5, 8), (4, 7), (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2),
)  # fmt: skip
"""Which of nine values to put in order, so that the fifth is the middle one (A. W. Paeth, 1990)."""


def _turned(page: Image.Image, angle: float) -> Image.Image:
    if not _is_skewed(angle):
        return page
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def _is_skewed(angle: float) -> bool:
    return abs(angle) > _STRAIGHT


def _skew(page: Image.Image) -> float:
    """By how many degrees to turn the page until its lines are level: rows then differ most."""
    scale = _SKEW_SIDE / max(page.size)
    small = page.resize(
        (max(1, round(page.width * scale)), max(1, round(page.height * scale))),
        Image.Resampling.BOX,
    )
    ink = Image.fromarray(np.where(np.asarray(small) < _LIGHT - 20, 255, 0).astype(np.uint8))

    def contrast(angle: float) -> float:
        turned = ink.rotate(angle, Image.Resampling.BILINEAR)
        profile = np.asarray(turned).sum(axis=1, dtype=np.float64)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.01, _STEP), key=contrast)
    near = np.arange(coarse - 0.9, coarse + 0.91, _FINE_STEP)
    return float(max(near, key=contrast))


def _sized(page: Image.Image) -> Image.Image:
    scale = LONG_SIDE / max(page.size)
    if 1 / _ENLARGED <= scale <= _ENLARGED:
        return page
    scale = min(scale, _MOST)
    size = (round(page.width * scale), round(page.height * scale))
    return page.resize(size, Image.Resampling.LANCZOS).filter(_SHARPER)
