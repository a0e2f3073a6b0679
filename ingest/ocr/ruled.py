"""The ruled lines in the picture of a page, from which its tables are told."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Mask = NDArray[np.bool_]

_INK = 200
"""Grey below which a pixel of a cleaned page is drawn."""
_LENGTH = 42
"""Pixels at 150 dpi (7 mm): no stroke of a letter is so long."""
_THICK = 10
"""Pixels at 150 dpi: a bar, a picture or a seal, and no ruled line."""
_HALF = 2


class Stroke(NamedTuple):
    """A straight line in pixels of the page: where it lies, from where to where it goes."""

    at: float
    start: float
    end: float


def strokes(page: Image.Image) -> tuple[list[Stroke], list[Stroke]]:
    """Level and upright lines of a cleaned page at about 300 dpi."""
    grey = np.asarray(page.convert("L"))
    rows, columns = (side // _HALF * _HALF for side in grey.shape)
    grey = grey[:rows, :columns]
    # The darkest of four: halving by the mean would lose a line one pixel wide.
    darkest = np.minimum(
        np.minimum(grey[::2, ::2], grey[1::2, ::2]), np.minimum(grey[::2, 1::2], grey[1::2, 1::2])
    )
    ink = darkest < _INK
    return list(_lines(ink)), list(_lines(ink.T))


def _lines(ink: Mask) -> Iterator[Stroke]:
    """Runs of ink along the rows, long and thin."""
    near = ink.copy()  # a line a little askew, or worn, steps from row to row
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    long = _long(near, _LENGTH)
    thin = long & ~_long(long.T, _THICK).T
    rows, starts, ends = _runs(thin)
    enough = ends - starts >= _LENGTH // _HALF
    for row, start, end in zip(rows[enough], starts[enough], ends[enough], strict=True):
        yield Stroke((float(row) + 0.5) * _HALF, float(start) * _HALF, float(end) * _HALF)


def _long(mask: Mask, length: int) -> Mask:
    """Only the runs along the rows that have a length (an opening)."""
    rows, starts, ends = _runs(mask)
    enough = ends - starts >= length
    edges = np.zeros((mask.shape[0], mask.shape[1] + 1), np.int8)
    edges[rows[enough], starts[enough]] = 1
    edges[rows[enough], ends[enough]] = -1
    kept: Mask = np.cumsum(edges, axis=1, dtype=np.int8)[:, :-1] > 0
    return kept


def _runs(mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Row, start and end of every run along the rows."""
    change = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return rows, starts, ends
