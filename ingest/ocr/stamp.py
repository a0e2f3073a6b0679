"""Hints that a page bears a red seal or blue pen strokes; never more than hints.

A ring of red, two to five and a half centimetres across, may be a seal; a stroke of blue longer
than an inch may be a signature (documents.md §5).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dossier.marks import InkKind

_LONG_SIDE = 1_169
"""Pixels of an A4 page at 100 dpi."""
_PER_CM = 100 / 2.54
_GAP = 9
"""Pixels that a seal worn in places may lack."""
_CELL = 4
"""Pixels of a side of the squares that are joined to one mark."""
_SEAL = (1.8, 5.5)
"""Centimetres across."""
_ROUND = (0.6, 1.67)
_RING = (0.8, 1.1)
"""How far from the middle the ring of a seal lies, its half side being 1."""
_IN_RING = 0.25
_FEW = 150
_STROKE = 2.3
"""Centimetres that a signature is wide at least."""
_A_STROKE = 80
_SOLID = 0.5
"""A mark more filled than this is a picture, no stroke."""
_Mask = NDArray[np.bool_]
_Box = tuple[int, int, int, int]


def inks(picture: Image.Image) -> frozenset[InkKind]:
    """What kinds of marks may stand on a picture of a whole page; none on one without colours."""
    if picture.mode in {"1", "L", "I;16", "I"}:
        return frozenset()
    scale = _LONG_SIDE / max(picture.size)
    small = picture.convert("RGB")
    if scale < 1:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        small = small.resize(size, Image.Resampling.BOX)
    hue, saturation, value = np.moveaxis(np.asarray(small.convert("HSV")), 2, 0)
    is_strong = (saturation > 70) & (value > 60)  # noqa: PLR2004 -- neither grey nor black
    red = ((hue < 14) | (hue > 233)) & is_strong  # noqa: PLR2004 -- of 256 around the circle
    blue = (hue > 134) & (hue < 191) & is_strong  # noqa: PLR2004 -- likewise
    found: set[InkKind] = set()
    if any(_is_seal(red[_part(box)]) for box in _marks(red)):
        found.add(InkKind.SEAL)
    if any(_is_stroke(blue[_part(box)]) for box in _marks(blue)):
        found.add(InkKind.PEN)
    return frozenset(found)


def _part(box: _Box) -> tuple[slice, slice]:
    top, left, bottom, right = box
    return slice(top, bottom), slice(left, right)


def _is_seal(red: _Mask) -> bool:
    high, wide = red.shape
    smallest, largest = (side * _PER_CM for side in _SEAL)
    if not (smallest < wide < largest and smallest < high < largest):
        return False
    if not _ROUND[0] < wide / high < _ROUND[1] or red.sum() <= _FEW:
        return False
    down, across = np.nonzero(red)
    away = np.hypot((across - wide / 2) / (wide / 2), (down - high / 2) / (high / 2))
    return bool(((away > _RING[0]) & (away < _RING[1])).mean() > _IN_RING)


def _is_stroke(blue: _Mask) -> bool:
    is_wide = blue.shape[1] > _STROKE * _PER_CM
    return bool(is_wide and blue.sum() > _A_STROKE and blue.mean() < _SOLID)


def _marks(mask: _Mask) -> Iterator[_Box]:
    """The boxes of what hangs together, small gaps bridged."""
    if mask.sum() <= _A_STROKE:
        return
    grown = Image.fromarray(mask).convert("L").filter(ImageFilter.MaxFilter(_GAP))
    bridged = np.asarray(grown) > 0
    high, wide = (side // _CELL for side in bridged.shape)
    squares = bridged[: high * _CELL, : wide * _CELL].reshape(high, _CELL, wide, _CELL)
    left = {(int(down), int(across)) for down, across in np.argwhere(squares.any(axis=(1, 3)))}
    while left:
        waiting = [left.pop()]
        mark = list(waiting)
        while waiting:
            down, across = waiting.pop()
            beside = {
                (down + one, across + other) for one in (-1, 0, 1) for other in (-1, 0, 1)
            } & left
            left -= beside
            waiting += beside
            mark += beside
        rows, columns = zip(*mark, strict=True)
        top, side = min(rows) * _CELL, min(columns) * _CELL
        yield top, side, (max(rows) + 1) * _CELL, (max(columns) + 1) * _CELL
