"""One page of a PDF as plain values: words with boxes and fonts, ruled lines, pictures.

The only module that imports pypdfium2. Coordinates are points from the top left of the page as it
is shown, whatever rotation the file asks for.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from ingest.readers.legacy import TCVN3, Run, scheme_of

_THIN = 3.0
"""A filled shape no thicker than this is a drawn line."""
_SHORT = 3.0
_STRAIGHT = 1.0
_MAX_OBJECTS = 30_000
_MAX_DEPTH = 6
_HYPHENS = frozenset({0x2, 0xFFFE})
_INVISIBLE_MODE = 3
_BOLD_WEIGHT = 600
_WHITE = 250
_TURNS = 4
_NAME = 256


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, top left and bottom right."""

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
        self._frame = Box(left, bottom, right, top)
        self._walk(page, _IDENTITY, 0)
        text = pdfium.FPDFText_LoadPage(page)
        if text:
            try:
                self.page.words = list(_words(self._letters(text)))
            finally:
                pdfium.FPDFText_ClosePage(text)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """From the file's coordinates (up from the bottom left) to the shown page's."""
        x, y = x - self._frame.left, y - self._frame.top
        wide, high = self._frame.width, self._frame.height
        shown = ((x, high - y), (y, x), (wide - x, y), (high - y, wide - x))
        return shown[self._turns]

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        ends = (self._turned(left, bottom), self._turned(right, top))
        xs, ys = sorted(end[0] for end in ends), sorted(end[1] for end in ends)
        return Box(xs[0], ys[0], xs[1], ys[1])

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

    def _letters(self, text: Any) -> Iterator["_Letter | None"]:  # noqa: ANN401 -- untyped
        """Every letter in the file's order; None where a word ends."""
        rect = pdfium.FS_RECTF()
        faces: dict[int, _Face] = {}
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            holder = pdfium.FPDFText_GetTextObject(text, index)
            address = ctypes.cast(holder, ctypes.c_void_p).value or 0
            if address not in faces:
                faces[address] = _face(text, index, holder)
            face = faces[address]
            if code in _HYPHENS:
                code = 0xAD if face.scheme == TCVN3 else ord("-")
            sign = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""  # noqa: PLR2004 -- surrogates and the end of Unicode
            if not sign or sign.isspace() or not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
                yield None
                continue
            self.page.letters += 1
            self.page.unseen_letters += face.unseen
            box = self._box(rect.left, rect.bottom, rect.right, rect.top)
            yield _Letter(sign, box, face)


@dataclass(frozen=True, slots=True)
class _Face:
    """How a stretch of letters is set."""

    font: str
    bold: bool
    unseen: bool
    scheme: str | None


@dataclass(frozen=True, slots=True)
class _Letter:
    sign: str
    box: Box
    face: _Face


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


def _words(letters: Iterator[_Letter | None]) -> Iterator[Word]:
    """Letters joined to words by spaces, gaps, and leaps to another place."""
    word: list[_Letter] = []
    for letter in letters:
        if word and (letter is None or _is_apart(word[-1], letter)):
            yield _word(word)
            word = []
        if letter is not None:
            word.append(letter)
    if word:
        yield _word(word)


def _is_apart(last: _Letter, letter: _Letter) -> bool:
    if unicodedata.combining(letter.sign):
        return False
    size = max(last.box.height, letter.box.height)
    gap = letter.box.left - last.box.right
    return (
        not -0.6 * size < gap < 0.3 * size or abs(letter.box.middle - last.box.middle) > 0.5 * size
    )


def _word(letters: list[_Letter]) -> Word:
    box = letters[0].box
    for letter in letters[1:]:
        if not unicodedata.combining(letter.sign):
            box = box.with_(letter.box)
    runs: list[Run] = []
    for letter in letters:
        if runs and runs[-1].font == letter.face.font:
            runs[-1] = Run(runs[-1].text + letter.sign, letter.face.font)
        else:
            runs.append(Run(letter.sign, letter.face.font))
    return Word(box, tuple(runs), all(letter.face.bold for letter in letters))


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
