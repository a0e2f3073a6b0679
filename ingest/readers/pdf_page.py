"""One page of a PDF as plain values: words with boxes and fonts, ruled lines, pictures.

The only module that imports pypdfium2. Coordinates are points from the top left of the page as it
is shown, whatever rotation the file asks for.
"""

import ctypes
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from ingest.readers.legacy import TCVN3, Run, scheme_of

_THIN = 3.0
"""A filled shape no thicker than this is a drawn line."""
_SHORT = 3.0
_STRAIGHT = 1.0
_MAX_OBJECTS = 30_000
_MAX_DEPTH = 6
_HYPHENS = frozenset("\x02\ufffe")
_UNSPACED = re.compile("[^\\s\0\ud800-\udfff]+")
_INVISIBLE_MODE = 3
_BOLD_WEIGHT = 600
_WHITE = 250
_TURNS = 4
_NAME = 256


class Box(NamedTuple):
    """A rectangle, top left and bottom right; a page makes thousands of them, so no dataclass."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Points across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points down."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2

    def with_(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, other: "Box", slack: float = 0.0) -> bool:
        """Tell whether the other's centre lies inside."""
        return (
            self.left - slack <= other.centre <= self.right + slack
            and self.top - slack <= other.middle <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them."""

    box: Box
    runs: tuple[Run, ...]
    bold: bool = False
    confidence: float = 1.0
    """How surely it was read, 0 to 1; words that were typed are certain."""

    @property
    def text(self) -> str:
        """The letters as they stand in the file, legacy ones undecoded."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, level or upright: where it lies, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list[Word])
    level: list[Rule] = field(default_factory=list[Rule])
    upright: list[Rule] = field(default_factory=list[Rule])
    pictures: list[Box] = field(default_factory=list[Box])
    paths: int = 0
    letters: int = 0
    unseen_letters: int = 0
    """Letters nobody sees: the words a scanner's software laid under a picture."""

    @property
    def picture_share(self) -> float:
        """How much of the page the largest picture covers, 0 to 1."""
        area = max((box.width * box.height for box in self.pictures), default=0.0)
        return min(1.0, area / max(1.0, self.width * self.height))


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def page_of(document: Any, index: int) -> Page | None:  # noqa: ANN401 -- pypdfium2 is untyped
    """Read page `index` (from 0) of an open `PdfDocument`; None when the page is damaged."""
    try:
        page = document[index]
    except PdfiumError:
        return None
    try:
        if _flatten(page):
            page.close()
            page = document[index]
        return _Reading(page).page
    finally:
        page.close()


def _flatten(page: Any) -> bool:  # noqa: ANN401 -- pypdfium2 is untyped
    """Turn filled form fields and notes into page content; True when the page must be reloaded."""
    if not pdfium.FPDFPage_GetAnnotCount(page):
        return False
    return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


class _Reading:
    """One walk over one page."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 -- pypdfium2 is untyped
        self._turns = page.get_rotation() // 90 % _TURNS
        width, height = page.get_size()
        self.page = Page(width, height)
        left, bottom, right, top = page.get_bbox()
        self._frame = (left, bottom, right, top)
        self._rect = pdfium.FS_RECTF()
        self._walk(page, _IDENTITY, 0)
        text = pdfium.FPDFText_LoadPage(page)
        if text:
            try:
                self.page.words = list(self._words(text))
            finally:
                pdfium.FPDFText_ClosePage(text)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """From the file's coordinates (up from the bottom left) to the shown page's."""
        left, bottom, right, top = self._frame
        if not self._turns:
            return x - left, top - y
        shown = ((y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))
        return shown[self._turns - 1]

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self._turned(left, bottom)
        x1, y1 = self._turned(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    # -- what is drawn

    def _walk(self, holder: Any, matrix: Matrix, depth: int) -> None:  # noqa: ANN401 -- untyped
        is_form = depth > 0
        count = pdfium.FPDFFormObj_CountObjects if is_form else pdfium.FPDFPage_CountObjects
        get = pdfium.FPDFFormObj_GetObject if is_form else pdfium.FPDFPage_GetObject
        for number in range(min(count(holder), _MAX_OBJECTS)):
            one = get(holder, number)
            kind = pdfium.FPDFPageObj_GetType(one)
            if kind == pdfium.FPDF_PAGEOBJ_PATH and self.page.paths < _MAX_OBJECTS:
                self.page.paths += 1
                self._path(one, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(one, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                self._walk(one, _times(_matrix(one), matrix), depth + 1)

    def _picture(self, one: Any, matrix: Matrix) -> None:  # noqa: ANN401 -- pypdfium2 is untyped
        ends = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(one, *ends):
            left, bottom, right, top = (end.value for end in ends)
            corners = (_moved((left, bottom), matrix), _moved((right, top), matrix))
            self.page.pictures.append(self._box(*corners[0], *corners[1]))

    def _path(self, one: Any, matrix: Matrix) -> None:  # noqa: ANN401 -- pypdfium2 is untyped
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(one, fill, stroke):
            return
        matrix = _times(_matrix(one), matrix)
        is_white = not stroke.value and _is_white(one)
        for points in _strokes(one):
            shown = [self._turned(*_moved(point, matrix)) for point in points]
            if stroke.value:
                for start, end in pairwise(shown):
                    self._rule(start, end)
            elif fill.value and not is_white:
                xs, ys = [point[0] for point in shown], [point[1] for point in shown]
                wide, high = max(xs) - min(xs), max(ys) - min(ys)
                if high <= _THIN < wide:
                    y = (min(ys) + max(ys)) / 2
                    self._rule((min(xs), y), (max(xs), y))
                elif wide <= _THIN < high:
                    x = (min(xs) + max(xs)) / 2
                    self._rule((x, min(ys)), (x, max(ys)))

    def _rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = start, end
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORT:
            self.page.level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORT:
            self.page.upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    # -- what is written

    def _words(self, text: Any) -> Iterator[Word]:  # noqa: ANN401 -- pypdfium2 is untyped
        """Letters in the file's order, joined to words by spaces, gaps and leaps."""
        faces: dict[int, _Face] = {}
        for chunk in _UNSPACED.finditer(_written(text)):
            whole = _face_of_all(text, chunk.start(), chunk.end() - 1, faces)
            word: list[_Letter] = []
            for index, sign in enumerate(chunk[0], start=chunk.start()):
                face = whole or _face_at(text, index, faces)
                letter = self._letter(text, index, sign, face)
                if word and (letter is None or _is_apart(word[-1], letter)):
                    yield _word(word, whole)
                    word = []
                if letter is not None:
                    word.append(letter)
            if word:
                yield _word(word, whole)

    def _letter(self, text: Any, index: int, sign: str, face: "_Face") -> "_Letter | None":  # noqa: ANN401 -- pypdfium2 is untyped
        """One letter where it stands; None for one that stands nowhere."""
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
            return None
        if sign in _HYPHENS:
            sign = "\xad" if face.scheme == TCVN3 else "-"
        self.page.letters += 1
        self.page.unseen_letters += face.unseen
        if self._turns or rect.left > rect.right or rect.bottom > rect.top:
            return sign, face, self._box(rect.left, rect.bottom, rect.right, rect.top)
        left, _, _, top = self._frame
        return sign, face, (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)


def _written(text: Any) -> str:  # noqa: ANN401 -- pypdfium2 is untyped
    """Every letter of a page, one sign each; what is no letter is a NUL.

    The whole page in one call, unless its letters and the text do not correspond one to one.
    """
    count = pdfium.FPDFText_CountChars(text)
    held = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, held) == count + 1:
        written = bytes(held)[:-2].decode("utf-16-le", "surrogatepass")
        if len(written) == count:
            return written
    codes = (pdfium.FPDFText_GetUnicode(text, index) for index in range(count))
    return "".join(chr(code) if code <= sys.maxunicode else "\0" for code in codes)


@dataclass(frozen=True, slots=True)
class _Face:
    """How a stretch of letters is set."""

    font: str
    bold: bool
    unseen: bool
    scheme: str | None


_Letter = tuple[str, _Face, tuple[float, float, float, float]]
"""A sign, how it is set, and where: bare tuples, because a page holds thousands."""


def _face_of_all(
    text: Any,  # noqa: ANN401 -- pypdfium2 is untyped
    first: int,
    last: int,
    faces: dict[int, _Face],
) -> _Face | None:
    """The face of letters that one object of the file writes: it writes all between two of its."""
    face = _face_at(text, first, faces)
    return face if face is _face_at(text, last, faces) else None


def _face_at(text: Any, index: int, faces: dict[int, _Face]) -> _Face:  # noqa: ANN401 -- untyped
    holder = pdfium.FPDFText_GetTextObject(text, index)
    address = ctypes.cast(holder, ctypes.c_void_p).value or 0
    if address not in faces:
        faces[address] = _face(text, index, holder)
    return faces[address]


def _face(text: Any, index: int, holder: Any) -> _Face:  # noqa: ANN401 -- pypdfium2 is untyped
    name, flags = ctypes.create_string_buffer(_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, _NAME, flags)
    font = name.value.decode("utf-8", "replace")
    weight = pdfium.FPDFText_GetFontWeight(text, index)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(holder) if holder else 0
    return _Face(
        font=font,
        bold="bold" in font.lower() or weight >= _BOLD_WEIGHT,
        unseen=mode == _INVISIBLE_MODE,
        scheme=scheme_of(font),
    )


def _is_apart(last: _Letter, letter: _Letter) -> bool:
    _, top, right, bottom = last[2]
    left, its_top, _, its_bottom = letter[2]
    size = max(bottom - top, its_bottom - its_top)
    if -0.6 * size < left - right < 0.3 * size:
        return abs(its_top + its_bottom - top - bottom) > size and not _is_mark(letter)
    return not _is_mark(letter)


def _is_mark(letter: _Letter) -> bool:
    """Tell a tone or a hat that stands on the letter before it."""
    return unicodedata.combining(letter[0]) > 0


def _word(letters: list[_Letter], whole: _Face | None) -> Word:
    """Letters as a word; `whole` is the face of all of them where they have but one."""
    boxes = [letters[0][2], *(letter[2] for letter in letters[1:] if not _is_mark(letter))]
    left, top, right, bottom = zip(*boxes, strict=True)
    box = Box(min(left), min(top), max(right), max(bottom))
    if whole:
        return Word(box, (Run("".join([letter[0] for letter in letters]), whole.font),), whole.bold)
    fonts = groupby(letters, key=lambda letter: letter[1].font)
    runs = (Run("".join(letter[0] for letter in group), font) for font, group in fonts)
    return Word(box, tuple(runs), all(letter[1].bold for letter in letters))


def _strokes(path: Any) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401 -- untyped
    """The straight pieces of a path, each as its corners."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if kind != pdfium.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        if kind != pdfium.FPDF_SEGMENT_BEZIERTO:
            points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points


def _is_white(path: Any) -> bool:  # noqa: ANN401 -- pypdfium2 is untyped
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *parts):
        return False
    return all(part.value >= _WHITE for part in parts[:3])


def _matrix(one: Any) -> Matrix:  # noqa: ANN401 -- pypdfium2 is untyped
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, found):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        *(a * g + b * i, a * h + b * j),
        *(c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f
