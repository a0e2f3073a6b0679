"""Find the sheet of paper in a photograph and undo the perspective."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

_SIDE = 800
_DARK_BORDER = 150
"""Grey above which the edge of a picture is paper: a scan, not a photograph."""
_BORDER = 6
_CLOSING = 25
_LEAST = 0.25
"""A sheet fills at least this share of a photograph."""
_QUADRILATERAL = 0.85
"""How much of the found corners' area must be paper."""


def flattened(picture: Image.Image) -> tuple[Image.Image, tuple[float, ...]]:
    """The sheet alone as seen from above, and the projection that led there.

    A scan is the whole picture, and no projection.
    """
    corners = _corners(picture)
    if corners is None:
        return picture, ()
    top, right, bottom, left = (
        float(np.hypot(*(corners[end] - corners[start])))
        for start, end in ((0, 1), (1, 2), (2, 3), (3, 0))
    )
    width, height = round(max(top, bottom)), round(max(left, right))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    projection = _coefficients(target, corners)
    sheet = picture.transform(
        (width, height), Image.Transform.PERSPECTIVE, projection, Image.Resampling.BICUBIC
    )
    return sheet, tuple(projection)


def _corners(picture: Image.Image) -> NDArray[np.float64] | None:
    """Where the sheet's corners are: top left, top right, bottom right, bottom left."""
    scale = _SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.convert("L").resize(size, Image.Resampling.BOX)
    grey = np.asarray(small.filter(ImageFilter.GaussianBlur(1)))
    border = np.concatenate(
        [
            part.ravel()
            for part in (grey[:_BORDER], grey[-_BORDER:], grey[:, :_BORDER], grey[:, -_BORDER:])
        ]
    )
    if np.median(border) > _DARK_BORDER:
        return None
    paper = _closed(grey > _otsu(grey))
    paper = _largest(paper)
    if paper.mean() < _LEAST:
        return None
    sides = _sides(paper)
    corners = np.array(
        [_meeting(sides[one], sides[other]) for one, other in ((0, 3), (0, 1), (2, 1), (2, 3))]
    )
    inside = _area(corners)
    if not _QUADRILATERAL < paper.sum() / max(inside, 1.0) < 1 / _QUADRILATERAL:
        return None
    return corners / scale


def _otsu(grey: NDArray[np.uint8]) -> int:
    """The threshold that parts light from dark best (Otsu, 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    below = counts.cumsum()
    above = below[-1] - below
    mass = (counts * np.arange(256)).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    return int(np.nan_to_num(apart).argmax())  # one colour has no threshold: 0, all of it light


def _closed(paper: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Letters and lines on the paper filled in."""
    picture = Image.fromarray(paper.astype(np.uint8) * 255)
    grown = picture.filter(ImageFilter.MaxFilter(_CLOSING))
    return np.asarray(grown.filter(ImageFilter.MinFilter(_CLOSING))) > 0


def _largest(paper: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What hangs together with the middle of the paper."""
    rows, columns = np.nonzero(paper)
    if not rows.size:
        return paper
    seed = np.zeros_like(paper)
    middle = np.argmin(np.abs(rows - np.median(rows)) + np.abs(columns - np.median(columns)))
    seed[rows[middle], columns[middle]] = True
    while True:
        grown = _spread(_spread(seed, paper, 1), paper, 0)
        if (grown == seed).all():
            return seed
        seed = grown


def _spread(seed: NDArray[np.bool_], paper: NDArray[np.bool_], axis: int) -> NDArray[np.bool_]:
    """Fill every run of paper along an axis that holds a seed."""
    seeds, field = (seed, paper) if axis else (seed.T, paper.T)
    starts = np.diff(field.astype(np.int8), axis=1, prepend=0) != 0
    runs = starts.cumsum(axis=1) + np.arange(len(field))[:, None] * (field.shape[1] + 1)
    met = np.unique(runs[seeds])
    filled = field & np.isin(runs, met)
    return filled if axis else filled.T


def _sides(paper: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """Top, right, bottom, left edge as lines `a x + b y = c`."""
    rows, columns = np.arange(paper.shape[0]), np.arange(paper.shape[1])
    filled_columns, filled_rows = paper.any(axis=0), paper.any(axis=1)
    top = paper.argmax(axis=0)
    bottom = paper.shape[0] - 1 - paper[::-1].argmax(axis=0)
    left = paper.argmax(axis=1)
    right = paper.shape[1] - 1 - paper[:, ::-1].argmax(axis=1)
    return [
        _line(columns[filled_columns], top[filled_columns], upright=False),
        _line(rows[filled_rows], right[filled_rows], upright=True),
        _line(columns[filled_columns], bottom[filled_columns], upright=False),
        _line(rows[filled_rows], left[filled_rows], upright=True),
    ]


def _line(along: NDArray[np.int_], at: NDArray[np.int_], *, upright: bool) -> NDArray[np.float64]:
    """The straight line most points lie on: ends trimmed, then outliers dropped."""
    trim = len(along) // 8
    xs, ys = along[trim : len(along) - trim or None], at[trim : len(at) - trim or None]
    slope, height = np.polyfit(xs, ys, 1)
    for _ in range(4):
        off = np.abs(ys - (slope * xs + height))
        near = off <= max(1.5, float(np.quantile(off, 0.7)))
        slope, height = np.polyfit(xs[near], ys[near], 1)
    return np.array([1, -slope, height] if upright else [-slope, 1, height])


def _meeting(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.linalg.solve(np.array([one[:2], other[:2]]), np.array([one[2], other[2]]))


def _area(corners: NDArray[np.float64]) -> float:
    xs, ys = corners[:, 0], corners[:, 1]
    return abs(float(xs @ np.roll(ys, -1) - ys @ np.roll(xs, -1))) / 2


def _coefficients(target: NDArray[np.float64], source: NDArray[np.float64]) -> list[float]:
    """The eight numbers of the projection that takes target points to source points."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return [float(one) for one in np.linalg.solve(np.array(rows), source.ravel())]
