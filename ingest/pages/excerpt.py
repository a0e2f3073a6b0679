"""How much of a page is shown beside what is said of it: the marked place and its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.pages.drawing import Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The form of an excerpt."""

    width: int
    """Pixels."""
    ratio: float
    """How many times wider than high it is."""
    share: float = 1.0
    """How much of the page's width it shows."""


WIDE = Shape(width=1280, ratio=3.0, share=0.88)
"""For a desk: lines from margin to margin."""
NARROW = Shape(width=800, ratio=1.6, share=0.6)
"""For a telephone: letters large enough to read."""


def part_around(marks: Iterable[Rect], size: tuple[float, float], shape: Shape) -> Rect:
    """The part of a page of that size (in any unit) with the marks in its middle.

    Without marks its top, where a paper says what it is.
    """
    width, height = size
    share = min(1.0, shape.share)
    high = min(1.0, share * width / shape.ratio / max(height, 1.0))
    boxes = tuple(marks)
    if not boxes:
        left = (1.0 - share) / 2
        return (left, 0.0, left + share, high)
    first, last = min(box[0] for box in boxes), max(box[2] for box in boxes)
    left = (1.0 - share) / 2
    if not left <= first <= last <= left + share:
        left = _start(first, last, share)
    top = _start(min(box[1] for box in boxes), max(box[3] for box in boxes), high)
    return (left, top, left + share, top + high)


def _start(first: float, last: float, shown: float) -> float:
    """Where a stretch begins that holds the other in its middle, or its beginning."""
    middle = (first + last - shown) / 2 if last - first <= shown else first - shown * 0.05
    return min(max(0.0, middle), 1.0 - shown)
