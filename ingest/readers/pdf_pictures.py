"""Which pages of a PDF are pictures, or hold one, and reading those by eye."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any

from PIL import Image

from ingest.ocr.clean import LONG_SIDE
from ingest.ocr.engine import Engine
from ingest.readers.pdf_page import Box, Page
from ingest.readers.scan import Scanned, add, all_scanned, stacked

FEW_LETTERS = 30
_SIGNATURE_LETTERS = 400
"""What the visible stamp of a digital signature says at most."""
_WHOLE_PAGE = 0.6
_MUCH_OF_PAGE = 0.2
_PART_OF_PAGE = 0.1
"""A smaller picture is a logo or a seal."""
_MANY_PATHS = 300
_TOUCH = 2.0
"""Points: pictures so near to one another are the strips of one scan."""
_LARGEST = 5_000
"""Pixels of the long side of a page drawn for reading: A3 at 300 dpi."""
_DPI = 300 / 72


def is_scanned(page: Page) -> bool:
    """Few letters, and a picture (or letters drawn as shapes) where the words would be.

    A digital signature prints a few lines of its own over the picture.
    """
    if page.letters >= FEW_LETTERS:
        is_covered = page.picture_share > _WHOLE_PAGE and page.unseen_letters < FEW_LETTERS
        return is_covered and page.letters < _SIGNATURE_LETTERS
    return page.picture_share > _MUCH_OF_PAGE or page.paths > _MANY_PATHS


def was_recognised(page: Page) -> bool:
    """Tell the words a scanner's software laid under the picture of a page."""
    return page.picture_share > _WHOLE_PAGE and page.unseen_letters * 2 > page.letters > 0


def has_large_picture(page: Page) -> bool:
    """Tell a page with words of its own and a picture that could be a paper or a table."""
    return page.picture_share > _MUCH_OF_PAGE and not page.unseen_letters


def by_eye(
    document: Any,  # noqa: ANN401 -- pypdfium2 is untyped
    pages: list[Page],
    engine: Engine,
) -> dict[int, Scanned]:
    """Read the pictures of an open document; what was read replaces, or joins, the page's words.

    Gives, by page number, how far each page with a picture could be read. The smaller pictures come
    last, and count only where they are legible: most of them decorate.
    """
    minor = {number for number, page in enumerate(pages, start=1) if _holds_smaller_picture(page)}
    wanted = [(number, box) for number, page in enumerate(pages, start=1) for box in _parts(page)]
    wanted.sort(key=lambda one: one[0] in minor)
    drawings = [partial(_drawn, document, number, box) for number, box in wanted]
    read: dict[int, list[tuple[Box | None, Scanned]]] = {}
    for (number, box), one in zip(wanted, all_scanned(drawings, engine), strict=True):
        if one.is_legible or number not in minor:
            read.setdefault(number, []).append((box, one))
    for number, parts in read.items():
        pages[number - 1] = _with(pages[number - 1], parts)
    return {number: _weakest([one for _, one in parts]) for number, parts in read.items()}


def picture_of(document: Any, number: int) -> Image.Image:  # noqa: ANN401 -- pypdfium2 is untyped
    """A whole page (from 1) as a picture about as fine as a scan."""
    return _drawn(document, number, None)


def _parts(page: Page) -> Iterator[Box | None]:
    """What to read of a page: all of it (None), its photographs one by one, or nothing."""
    if is_scanned(page) or was_recognised(page):
        photographs = list(_photographs(page))
        yield from photographs or (None,)
    elif has_large_picture(page) or _holds_smaller_picture(page):
        yield max(page.pictures, key=lambda box: box.width * box.height)


def _holds_smaller_picture(page: Page) -> bool:
    """Tell a page of words with a picture as large as a table of few rows."""
    is_page = is_scanned(page) or was_recognised(page)
    is_between = _PART_OF_PAGE < page.picture_share <= _MUCH_OF_PAGE
    return is_between and not is_page and not page.unseen_letters


def _photographs(page: Page) -> Iterator[Box]:
    """Pictures that stand apart on a page; none where one fills it, or strips make up a scan."""
    area = page.width * page.height
    large = [box for box in page.pictures if box.width * box.height > _PART_OF_PAGE * area]
    if page.picture_share > _WHOLE_PAGE or any(_touch(*two) for two in combinations(large, 2)):
        return
    yield from sorted(large, key=lambda box: (round(box.top / page.height, 1), box.left))


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right + _TOUCH
        and other.left <= one.right + _TOUCH
        and one.top <= other.bottom + _TOUCH
        and other.top <= one.bottom + _TOUCH
    )


def _drawn(document: Any, number: int, box: Box | None) -> Image.Image:  # noqa: ANN401 -- untyped
    """A page, or a part of it, as a picture about as fine as a scan."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        shown = max(box.width, box.height) if box else max(width, height)
        scale = min(max(_DPI, LONG_SIDE / shown), _LARGEST / shown)
        crop = (box.left, height - box.bottom, width - box.right, box.top) if box else (0, 0, 0, 0)
        drawn: Image.Image = page.render(scale=scale, crop=_within(crop)).to_pil()
    finally:
        page.close()
    return drawn if drawn.mode in {"L", "RGB"} else drawn.convert("RGB")


def _within(crop: tuple[float, ...]) -> tuple[float, ...]:
    """Pictures may reach beyond the page."""
    return tuple(max(0.0, side) for side in crop)


def _with(page: Page, parts: list[tuple[Box | None, Scanned]]) -> Page:
    """A page with what was read in its pictures."""
    legible = [(box, one.page) for box, one in parts if one.is_legible]
    if not legible:
        return page
    if is_scanned(page) or was_recognised(page):
        whole = stacked([part for _, part in legible])
        whole.pictures = page.pictures
        return whole
    for box, part in legible:
        if box:
            add(page, part, box)
    return page


def _weakest(parts: list[Scanned]) -> Scanned:
    """A page is as legible as the worst of its pictures, and as secret as any."""
    worst = min(parts, key=lambda one: (one.in_time, one.is_legible, one.confidence))
    return replace(worst, mark=next((one.mark for one in parts if one.mark), ""))
