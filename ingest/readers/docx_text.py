"""One paragraph of Word: its visible and hidden words, marks for breaks, what is anchored in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from ingest.readers.docx_numbers import Numbers
from ingest.readers.docx_styles import Look, Styles
from ingest.readers.legacy import Run, decode
from ingest.readers.ooxml import attribute, child, local, switch, value, whole
from ingest.readers.symbols import CHECKED, UNCHECKED, sign, with_signs

LINE_BREAK = "\n"
PAGE_BREAK = "\f"
"""Somebody put a page break here."""
PAGE_TURN = "\v"
"""Word once turned the page here; another printer may turn it elsewhere."""

_SPACES = re.compile(r"[\n\r\t\f\v]")
_REMOVED = frozenset({"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText"})
_DRAWN = frozenset({"drawing", "pict", "object", "AlternateContent"})
_FIXED = {
    "tab": "\t",
    "ptab": "\t",
    "cr": LINE_BREAK,
    "lastRenderedPageBreak": PAGE_TURN,
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",  # “ư” in a TCVN3 font; taken out later elsewhere
}
_EMU_PER_CM = 360_000
_CM_PER_POINT = 2.54 / 72
_VML_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|px)?")
_IN_CM = {"pt": _CM_PER_POINT, "in": 2.54, "cm": 1.0, "px": 2.54 / 96, "": 2.54 / 96}


@dataclass(slots=True)
class Paragraph:
    """What one paragraph holds; its texts carry the marks above."""

    text: str = ""
    hidden: str = ""
    label: str = ""
    bold: bool = False
    boxes: list[Element] = field(default_factory=list[Element])
    pictures: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    """The relationship of each picture, and its square centimetres on paper; 0 where unknown."""
    objects: list[str] = field(default_factory=list[str])
    """Programs whose files are embedded here: “Excel.Sheet.12”."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    font: str | None
    bold: bool
    hidden: bool


class Paragraphs:
    """Reads paragraphs one after the other; numbers run on between them."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        """Start with all counters at zero."""
        self._styles = styles
        self._numbers = numbers
        self.legacy: set[str] = set()

    def read(self, element: Element, *, hidden: bool) -> Paragraph:
        """The words of a paragraph in Unicode."""
        properties = child(element, "pPr")
        style = value(properties, "pStyle") or self._styles.paragraph
        reading = _Reading(self._styles, self._styles.settled(style))
        reading.walk(element, hidden=hidden)
        found = reading.found
        found.label = self._numbers.next_label(properties, style)
        shown = [piece for piece in reading.pieces if not piece.hidden]
        found.text = self._decoded(shown)
        found.hidden = self._decoded(piece for piece in reading.pieces if piece.hidden)
        written = [piece for piece in shown if piece.text.strip()]
        found.bold = bool(written) and all(piece.bold for piece in written)
        return found

    def _decoded(self, pieces: Iterable[_Piece]) -> str:
        text, schemes = decode([Run(piece.text, piece.font) for piece in pieces])
        self.legacy |= schemes
        return text


class _Reading:
    """One walk through one paragraph."""

    def __init__(self, styles: Styles, look: Look) -> None:
        self._styles = styles
        self._paragraph = look
        self._fields: list[bool] = []  # for every open field: are we in its instruction?
        self.pieces: list[_Piece] = []
        self.found = Paragraph()

    def walk(self, parent: Element, *, hidden: bool) -> None:
        """Go through runs, whatever wraps them; what a reviewer struck out is left out."""
        for one in parent:
            name = local(one)
            if name in _REMOVED:
                continue
            if name == "r":
                self._run(one, hidden=hidden)
            elif name == "sdt":
                self._control(one, hidden=hidden)
            elif name in _DRAWN:
                self._drawn(one)
            elif name in {"oMath", "oMathPara"}:
                self._write("".join(text.text or "" for text in one.iter("{*}t")), Look(), hidden)
            else:
                self.walk(one, hidden=hidden)

    def _write(self, text: str, look: Look, hidden: bool) -> None:  # noqa: FBT001 -- internal, three words long
        if text:
            is_hidden = hidden or bool(look.hidden)
            self.pieces.append(_Piece(text, look.font, bool(look.bold), is_hidden))

    def _control(self, element: Element, *, hidden: bool) -> None:
        """A content control; its place holder is not an answer."""
        properties = child(element, "sdtPr")
        if (box := child(properties, "checkbox")) is not None:
            mark = CHECKED if switch(box, "checked") else UNCHECKED
            self._write(mark, self._paragraph, hidden)
            return
        is_empty = bool(switch(properties, "showingPlcHdr"))
        content = child(element, "sdtContent")
        if content is not None:
            self.walk(content, hidden=hidden or is_empty)

    def _run(self, run: Element, *, hidden: bool) -> None:
        look = self._paragraph
        for one in run:
            if local(one) == "rPr":
                style = self._styles.character(value(one, "rStyle"))
                look = self._styles.look(one).over(style).over(self._paragraph)
            else:
                self._in_run(one, look, hidden=hidden)

    def _in_run(self, one: Element, look: Look, *, hidden: bool) -> None:
        name = local(one)
        if name == "fldChar":
            self._field(one, look, hidden=hidden)
        elif self._fields and self._fields[-1]:
            return
        elif name == "t":
            plain = _SPACES.sub(" ", one.text or "")
            self._write(with_signs(plain, look.font), look, hidden)
        elif name in _FIXED:
            self._write(_FIXED[name], look, hidden)
        elif name == "br":
            is_page = attribute(one, "type") == "page"
            self._write(PAGE_BREAK if is_page else LINE_BREAK, look, hidden)
        elif name == "sym":
            code = whole(attribute(one, "char"), base=16)
            self._write(sign(code, attribute(one, "font")) if code else "", look, hidden)
        elif name in _DRAWN:
            self._drawn(one)

    def _field(self, one: Element, look: Look, *, hidden: bool) -> None:
        step = attribute(one, "fldCharType")
        if step == "begin":
            self._fields.append(True)
            self._write(_form_field(child(one, "ffData")), look, hidden)
        elif step == "separate" and self._fields:
            self._fields[-1] = False
        elif step == "end" and self._fields:
            self._fields.pop()

    def _drawn(self, element: Element) -> None:
        """Text boxes and pictures; of two renderings of one drawing, the one that holds words."""
        if local(element) == "AlternateContent":
            element = _rendering(element)
        name = local(element)
        if name == "txbxContent":
            self.found.boxes.append(element)
            return
        if name in {"blip", "imagedata"}:
            relation = attribute(element, "embed") or attribute(element, "id") or ""
            self.found.pictures.append((relation, _area(element)))
        elif name == "OLEObject":
            self.found.objects.append(attribute(element, "ProgID") or "")
        for one in element:
            self._drawn(one)


def _rendering(element: Element) -> Element:
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is None:
        return element if fallback is None else fallback
    says_something = next(choice.iter("{*}txbxContent", "{*}t", "{*}blip"), None) is not None
    return choice if says_something or fallback is None else fallback


def _form_field(settings: Element | None) -> str:
    """What a legacy form field shows by itself: a check box, the chosen entry of a list."""
    if (box := child(settings, "checkBox")) is not None:
        checked = switch(box, "checked")
        is_on = checked if checked is not None else switch(box, "default")
        return CHECKED if is_on else UNCHECKED
    if (choices := child(settings, "ddList")) is not None:
        entries = [attribute(one, "val") or "" for one in choices if local(one) == "listEntry"]
        chosen = whole(value(choices, "result") or value(choices, "default"))
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def _area(picture: Element) -> float:
    """How large a picture is on paper, in square centimetres."""
    for holder in picture.iterancestors():
        if local(holder) in {"inline", "anchor"} and (size := child(holder, "extent")) is not None:
            wide, high = (whole(attribute(size, side)) / _EMU_PER_CM for side in ("cx", "cy"))
            return wide * high
        if local(holder) == "shape" and (style := attribute(holder, "style")):
            found = {side: float(n) * _IN_CM[unit] for side, n, unit in _VML_SIZE.findall(style)}
            return found.get("width", 0.0) * found.get("height", 0.0)
    return 0.0
