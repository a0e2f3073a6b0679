"""Where on a paper's pages a spot and its words stand.

The reader's lines and the preview's letters come from the same paper in the same order: walking
through both, every line finds its letters, and with them its page and its rectangles.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from ingest.content import Line
from ingest.pages.drawing import Rect
from ingest.pages.grid import cells_between

_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff\ufffe\x02…]")
_PAGE = re.compile(r"\btrang (\d+)")
_CELL = re.compile(r", cột \d+$")
_FROM = "từ "
"""Opens the spot of a paper that begins within a file: “từ đoạn 11”."""
_SHORT = 8
"""Letters below which the same words stand in too many places to be looked for far away."""
_NEAR = 600
_LONG = 40
"""Letters of a line that are enough to find it by its beginning."""
_LIKE = 85.0
"""How alike, of 100, words must be that a machine read twice."""
_SOME = 12
_MOST_MARKS = 60
_SAME_LINE = 0.5
_FAR = 0.03
"""Share of the page's width between two words that stand in two columns."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page."""

    text: str
    page: int
    box: Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """A page, from 1, and the rectangles on it; none when only the page is known, or nothing."""

    page: int
    marks: tuple[Rect, ...] = ()
    is_sure: bool = True
    """False when the page is only the first one, because nothing was found."""


class Places:
    """The letters of a paper in reading order, and the stretch of them every spot covers."""

    def __init__(self, words: Iterable[Word], spots: Mapping[str, tuple[int, int]]) -> None:
        """`spots` count letters, as `aligned` gives them."""
        self._words = tuple(words)
        self._spots = spots
        pieces = [flat(word.text) for word in self._words]
        self._starts = [0]
        for piece in pieces:
            self._starts.append(self._starts[-1] + len(piece))
        self._letters = "".join(pieces)

    def spots_of(self, lines: Iterable[Line]) -> dict[str, tuple[int, int]]:
        """The stretch of letters every spot of a paper covers, as far as it can be found."""
        lines = tuple(lines)
        spots = aligned(lines, self._letters)
        found = {spot: self._numbers(*ends) for spot, ends in spots.items()}
        cells = ((one.spot, one.text) for one in lines)
        for spot, first, last in cells_between(cells, self._words, found):
            spots[spot] = (self._starts[first], self._starts[last])
        return spots

    def find(self, spot: str, words: str) -> Spotted:
        """Where some words stand that were read at a spot."""
        asked = flat(words)
        since = self._stretch_of(spot.removeprefix(_FROM)) if spot.startswith(_FROM) else None
        block = self._stretch_of(spot) if since is None else (since[0], len(self._letters))
        page = int(found[1]) if (found := _PAGE.search(spot)) and block is None else None
        for first, last in self._near(block, page):
            if (at := self._within(asked, first, last)) is not None:
                return self._spotted(*at)
        if block is not None:
            return self._spotted(*(block if since is None else since))
        return Spotted(page=page or 1, is_sure=page is not None)

    def _stretch_of(self, spot: str) -> tuple[int, int] | None:
        """The letters of a spot, or of all the cells in the row that it names."""
        if spot in self._spots:
            return self._spots[spot]
        row = [ends for name, ends in self._spots.items() if _CELL.sub("", name) == spot]
        return (min(a for a, _ in row), max(b for _, b in row)) if spot and row else None

    def _near(self, block: tuple[int, int] | None, page: int | None) -> Iterator[tuple[int, int]]:
        if block is not None:
            yield block
            yield max(0, block[0] - _NEAR), min(len(self._letters), block[1] + _NEAR)
        if page is not None:
            on_page = [n for n, word in enumerate(self._words) if word.page == page]
            if on_page:
                yield self._starts[on_page[0]], self._starts[on_page[-1] + 1]
        yield 0, len(self._letters)

    def _within(self, asked: str, first: int, last: int) -> tuple[int, int] | None:
        if not asked or first >= last:
            return None
        at = self._letters.find(asked, first, last)
        if at >= 0:
            return at, at + len(asked)
        if len(asked) < _SOME:
            return None
        like = fuzz.partial_ratio_alignment(asked, self._letters[first:last], score_cutoff=_LIKE)
        if like is None or like.dest_end <= like.dest_start:
            return None
        return first + like.dest_start, first + like.dest_end

    def _spotted(self, first: int, last: int) -> Spotted:
        begin, end = self._numbers(first, last)
        words = self._words[begin:end]
        if not words:
            return Spotted(page=1, is_sure=False)
        page = words[0].page
        marks = tuple(_lines([word.box for word in words if word.page == page]))
        return Spotted(page=page, marks=marks[:_MOST_MARKS])

    def _numbers(self, first: int, last: int) -> tuple[int, int]:
        """The word a stretch of letters begins in, and the one after its last."""
        begin = bisect_right(self._starts, first) - 1
        return begin, max(begin + 1, bisect_left(self._starts, last))


def flat(text: str) -> str:
    """Words as they are compared: composed, small, without spaces and signs nobody sees."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text).casefold())


def aligned(lines: Iterable[Line], letters: str) -> dict[str, tuple[int, int]]:
    """The stretch of letters every spot covers, found in the order of reading."""
    spots: dict[str, tuple[int, int]] = {}
    cursor = 0
    for line in lines:
        asked = flat(line.text)
        if len(asked) < _SHORT and "!" in line.spot:
            continue  # a cell; a short one is found by its row and column
        at, size = _found(asked, letters, cursor)
        if at < 0:
            continue
        if at >= cursor:
            cursor = at + size
        known = spots.get(line.spot)
        if known is None:
            spots[line.spot] = (at, at + size)
        elif known[0] <= at <= known[1] + _NEAR:
            spots[line.spot] = (known[0], max(known[1], at + size))
    return spots


def _found(asked: str, letters: str, cursor: int) -> tuple[int, int]:
    if not asked:
        return -1, 0
    if len(asked) < _SHORT:
        return letters.find(asked, cursor, cursor + _NEAR + len(asked)), len(asked)
    for begin in (cursor, 0):
        if (at := letters.find(asked, begin)) >= 0:
            return at, len(asked)
    if len(asked) > _LONG and (at := letters.find(asked[:_LONG], cursor)) >= 0:
        return at, min(len(asked), len(letters) - at)
    return -1, 0


def _lines(boxes: Sequence[Rect]) -> Iterator[Rect]:
    """One rectangle for the words that stand side by side."""
    if not boxes:
        return
    joined = boxes[0]
    for last, box in pairwise(boxes):
        if _follows(last, box):
            joined = (
                min(joined[0], box[0]),
                min(joined[1], box[1]),
                max(joined[2], box[2]),
                max(joined[3], box[3]),
            )
        else:
            yield joined
            joined = box
    yield joined


def _follows(last: Rect, box: Rect) -> bool:
    height = min(last[3] - last[1], box[3] - box[1])
    overlap = min(last[3], box[3]) - max(last[1], box[1])
    return overlap > _SAME_LINE * height and -_FAR < box[0] - last[2] < _FAR
