"""Where the words of a paper stand on its pages; runs in the cage."""

from collections.abc import Iterator

from PIL import Image

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.ocr.engine import Engine
from ingest.pages.drawing import MAX_PAGES
from ingest.readers import images, pdf
from ingest.readers.kinds import PICTURES
from ingest.readers.legacy import decode, detect
from ingest.readers.pdf_page import Box, Page, page_of
from ingest.readers.pdf_pictures import is_scanned, picture_of
from ingest.readers.scan import Scanned, scanned

Written = list[list[object]]
"""One page's words in the file's order: text, left, top, right, bottom as shares of the page."""
_PRECISION = 5


def written(raw: bytes) -> tuple[list[Written], list[int]]:
    """Every page's typed words, and the numbers of the pages that are only pictures.

    Raises:
        UnreadableError: the file cannot be opened.

    """
    document = pdf.opened(raw)
    try:
        found = [page_of(document, one) for one in range(min(len(document), MAX_PAGES))]
    finally:
        document.close()
    pages = [page or Page(1.0, 1.0) for page in found]
    pictures = [number for number, page in enumerate(pages, start=1) if is_scanned(page)]
    return [list(_typed(page)) for page in pages], pictures


def seen(kind: str, raw: bytes, number: int, engine: Engine) -> Written:
    """The words that can be read on the picture of one page (from 1); none where none can.

    Raises:
        UnreadableError: the page cannot be drawn, or could not be read in time.

    """
    one = scanned(_picture(kind, raw, number), engine)
    if not one.in_time:
        reason = "máy chưa đọc kịp trang này"
        raise UnreadableError(UnreadCause.OURS, reason)
    return list(_recognised(one))


def _picture(kind: str, raw: bytes, number: int) -> Image.Image:
    if kind in PICTURES:
        return images.frame(raw, number - 1)
    document = pdf.opened(raw)
    try:
        return picture_of(document, number)
    finally:
        document.close()


def _typed(page: Page) -> Iterator[list[object]]:
    # A single word is too little to tell an encoding by where no font does; a page is enough.
    assumed = detect(" ".join(word.text for word in page.words))
    for word in page.words:
        text, _ = decode(word.runs, assumed)
        yield [text, *_shares(word.box, page)]


def _shares(box: Box, page: Page) -> list[float]:
    wide, high = max(page.width, 1.0), max(page.height, 1.0)
    shares = (box.left / wide, box.top / high, box.right / wide, box.bottom / high)
    return [round(min(max(one, 0.0), 1.0), _PRECISION) for one in shares]


def _recognised(one: Scanned) -> Iterator[list[object]]:
    if one.way_back is None:
        return
    for word in one.page.words:
        left, top, right, bottom = _shares(word.box, one.page)
        corners = [
            one.way_back.to_picture(point)
            for point in ((left, top), (right, top), (right, bottom), (left, bottom))
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        ends = (min(xs), min(ys), max(xs), max(ys))
        yield [word.text, *(round(min(max(end, 0.0), 1.0), _PRECISION) for end in ends)]
