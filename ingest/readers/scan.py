"""From the picture of a page to a `Page` of words and ruled lines, as a PDF's own page would be."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby, islice
from threading import Lock
from typing import TypeAlias

from PIL import Image

from dossier import Ink, InkKind, Place, UnreadCause
from dossier.vietnamese import fold
from ingest.content import Line, Unseen
from ingest.ocr import ruled, stamp, tesseract
from ingest.ocr.clean import cleaned
from ingest.ocr.engine import Engine
from ingest.ocr.tesseract import Seen
from ingest.ocr.wayback import WayBack
from ingest.readers.legacy import Run
from ingest.readers.pdf_page import Box, Page, Rule, Word

LEGIBLE = 0.6
"""Mean confidence below which the words of a page are not worth keeping."""
DOUBTFUL = 0.9
"""Mean confidence below which a person must look at the page itself."""
FEW_WORDS = 8
"""A page with fewer says too little to be called read: it may be a photograph of a workshop."""
_TURNED = 0.80
"""Mean confidence below which the page may stand on its side or its head."""
_SEVERAL = 3
_NEAR_RULE = 4.0
"""Points."""
_MARKS = "|¦_—–-=.,:;'‘’`¡!/\\"
_TRIAL_SIDE = 1800
"""Pixels of the long side at which turns are tried: enough to tell which one reads best."""
_A4_LONG_SIDE = 842.0
"""Points."""
_HEAD = 0.45
"""How much of a page from its top a mark of secrecy may stand in."""
_SECRECY = re.compile(r"(?:(tuyet|toi) )?(?:ma.|m.t|.at)")
"""“MẬT” alone in red, one letter of it worn or misread."""
_MARKED = {"tuyet": "TUYỆT MẬT", "toi": "TỐI MẬT"}
_AT_ONCE = 2
"""Pages read side by side; a page needs about 300 MB."""
_TURNS = (Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)


Drawing: TypeAlias = Callable[[], Image.Image]
"""Makes the picture of one page when it is wanted."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What could be read of one picture."""

    page: Page
    confidence: float
    """The mean over all letters, 0 to 1."""
    in_time: bool = True
    """False when the time for the file was over before the page was read."""
    mark: str = ""
    """A mark of secrecy stamped on it in red."""
    inks: frozenset[InkKind] = frozenset()
    """What may be a seal or a signature on it."""
    way_back: WayBack | None = None
    """Where in the picture its words lie; None when it was not read."""

    @property
    def is_legible(self) -> bool:
        """There are words, and most of them are words."""
        return self.confidence >= LEGIBLE and len(self.page.words) >= FEW_WORDS

    @property
    def is_doubtful(self) -> bool:
        """A person must look at the page itself."""
        return not self.is_legible or self.confidence < DOUBTFUL


_CLEANING = Lock()
"""One page is cleaned at a time, which needs much memory; Tesseract reads the other meanwhile."""
_NO_TIME = Scanned(Page(1.0, 1.0), 0.0, in_time=False)


def all_scanned(drawings: Iterable[Drawing], engine: Engine) -> Iterator[Scanned]:
    """One `Scanned` a drawing, in order; none is drawn before its turn, or when time is over."""
    waiting = iter(drawings)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while batch := list(islice(waiting, _AT_ONCE)):
            drawn = [draw() if engine.left else None for draw in batch]
            yield from threads.map(lambda one: scanned(one, engine) if one else _NO_TIME, drawn)


def scanned(picture: Image.Image, engine: Engine) -> Scanned:
    """Clean, read and measure one picture of one page."""
    with _CLEANING:
        page, red, way_back = cleaned(picture)
    best = _read(page, engine)
    if best is None:
        return _NO_TIME
    if (turn := _best_turn(page, best, engine)) is not None:
        turned = _read(page.transpose(turn), engine)
        if turned is not None and turned.worth > best.worth:
            best, red = turned, red and red.transpose(turn)
            way_back = replace(way_back, turn=turn)
    mark = _mark(red, engine) if red else ""
    return replace(best.scanned, mark=mark, inks=stamp.inks(picture), way_back=way_back)


def _mark(red: Image.Image, engine: Engine) -> str:
    """The mark of secrecy that a red stamp puts at the head of a page; empty for any other red.

    A letter of it misread does not matter: what is put aside for a person can be taken back.
    """
    head = red.crop((0, 0, red.width, round(red.height * _HEAD)))
    seen = tesseract.read(head, engine, tesseract.SCATTERED) or ()
    for _, group in groupby(seen, key=lambda one: one.line):
        words = fold(" ".join(one.text for one in group)).strip(_MARKS + " ")
        if mark := _SECRECY.fullmatch(words):
            return _MARKED.get(mark[1], "MẬT")
    return ""


@dataclass(frozen=True, slots=True)
class _Try:
    """One page read one way round."""

    page: Image.Image
    seen: tuple[Seen, ...]

    @property
    def scanned(self) -> Scanned:
        """Its words and lines, in points."""
        scale = _A4_LONG_SIDE / max(self.page.size)
        level, upright = (
            [_rule(one, scale) for one in lines] for lines in ruled.strokes(self.page)
        )
        words = [word for word in _words(self.seen, scale) if not _is_rule(word, level, upright)]
        page = Page(
            width=self.page.width * scale,
            height=self.page.height * scale,
            words=words,
            level=level,
            upright=upright,
            letters=sum(len(word.text) for word in words),
        )
        return Scanned(page, self.confidence)

    @property
    def confidence(self) -> float:
        """The mean over all letters, 0 to 1; 0 where nothing was seen."""
        letters = sum(len(one.text) for one in self.seen)
        return sum(one.confidence * len(one.text) for one in self.seen) / letters if letters else 0

    @property
    def worth(self) -> int:
        """How many letters are sure and stand on level lines."""
        return sum(
            len(one.text) for one in self.seen if one.confidence > _TURNED and not _stands(one)
        )


def _read(page: Image.Image, engine: Engine) -> _Try | None:
    """None when there was no time for it."""
    seen = tesseract.read(page, engine)
    return None if seen is None else _Try(page, seen)


def _stands(one: Seen) -> bool:
    """A word of several letters that is higher than wide: the page lies on its side."""
    return len(one.text) >= _SEVERAL and one.bottom - one.top > one.right - one.left


def unseen(number: int, one: Scanned) -> Iterator[Unseen]:
    """What a person must still look at on page `number`."""
    if not one.in_time:
        reason = "trang quét, máy chưa đọc kịp trong thời gian dành cho một thư"
    elif not one.is_legible:
        reason = "trang quét hoặc ảnh chụp, không đọc rõ được chữ"
    elif one.is_doubtful:
        reason = "trang quét mờ, chữ đọc được chưa đủ tin cậy"
    else:
        return
    yield Unseen(spot=f"trang {number}", cause=UnreadCause.SCAN, reason=reason)


def marks(number: int, one: Scanned) -> Iterator[Line]:
    """What a red stamp says, in the margins, where it is read for what it means."""
    if one.mark:
        yield Line(text=one.mark, spot=f"dấu đỏ, trang {number}", page=number)


def inks(number: int, one: Scanned) -> Iterator[Ink]:
    """What may be a seal or a signature on page `number`."""
    for kind in sorted(one.inks):
        yield Ink(at=Place("", f"trang {number}"), kind=kind)


def stacked(parts: Sequence[Page]) -> Page:
    """Several pictures on one page, one below the other."""
    page = Page(max(part.width for part in parts), 0.0)
    for part in parts:
        add(page, part, Box(0.0, page.height, part.width, page.height + part.height))
        page.height += part.height
    return page


def add(page: Page, part: Page, box: Box) -> None:
    """Put the words and lines of a picture where the picture stands on a page."""
    scale = min(box.width / part.width, box.height / part.height)
    across, down = box.left, box.top
    for word in part.words:
        moved = Box(
            across + word.box.left * scale,
            down + word.box.top * scale,
            across + word.box.right * scale,
            down + word.box.bottom * scale,
        )
        page.words.append(replace(word, box=moved))
    page.level += (_moved(one, scale, down, across) for one in part.level)
    page.upright += (_moved(one, scale, across, down) for one in part.upright)
    page.letters += part.letters


def _moved(rule: Rule, scale: float, at: float, along: float) -> Rule:
    return Rule(at + rule.at * scale, along + rule.start * scale, along + rule.end * scale)


def _best_turn(page: Image.Image, found: _Try, engine: Engine) -> Image.Transpose | None:
    """The turn that reads best on a small copy; None when the page stands right as it is."""
    several = sum(len(one.text) >= _SEVERAL for one in found.seen)
    if found.confidence >= _TURNED and sum(map(_stands, found.seen)) * 2 < several:
        return None
    scale = min(1.0, _TRIAL_SIDE / max(page.size))
    small = page.resize((round(page.width * scale), round(page.height * scale)))
    best, turn = found.worth, None
    for one in _TURNS:
        tried = _read(small.transpose(one), engine)
        if tried is not None and tried.worth > best:
            best, turn = tried.worth, one
    return turn


def _rule(stroke: ruled.Stroke, scale: float) -> Rule:
    return Rule(stroke.at * scale, stroke.start * scale, stroke.end * scale)


def _is_rule(word: Word, level: list[Rule], upright: list[Rule]) -> bool:
    """Tell a table's line that was read as a letter or two."""
    if not word.text.strip("_|¦"):
        return True
    is_mark = not word.text.strip(_MARKS)
    is_guess = len(word.text) < _SEVERAL and word.confidence < LEGIBLE
    if not (is_mark or is_guess):
        return False
    box, near = word.box, _NEAR_RULE if is_mark else 0.0
    return any(
        box.left - near < one.at < box.right + near and one.start < box.middle < one.end
        for one in upright
    ) or any(
        box.top - near < one.at < box.bottom + near and one.start < box.centre < one.end
        for one in level
    )


def _words(seen: Sequence[Seen], scale: float) -> Iterator[Word]:
    """Words as high as their line, so that “m” and “Ộ” stand level with one another."""
    for _, group in groupby(seen, key=lambda one: one.line):
        line = list(group)
        size = sorted(one.bottom - one.top for one in line)[len(line) // 2]
        for one in line:
            middle = (one.top + one.bottom) / 2
            top, bottom = middle - size / 2, middle + size / 2
            box = Box(one.left * scale, top * scale, one.right * scale, bottom * scale)
            text = one.text.strip("|¦") or one.text
            yield Word(box, (Run(text, ""),), confidence=one.confidence)
