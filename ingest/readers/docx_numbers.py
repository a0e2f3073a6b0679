"""Automatic numbers of Word: they stand in no text, so they are counted here as Word counts."""

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.readers.docx_styles import Styles
from ingest.readers.legacy import Run, decode
from ingest.readers.ooxml import Package, attribute, child, local, value, whole

BULLET = "-"
_PLACE = re.compile(r"%(\d)")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS = 26
_MAX_NUMBER = 5_000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    words: str
    font: str | None
    style: str | None


class Numbers:
    """The running counters of every list in a document."""

    def __init__(self, package: Package, parts: dict[str, list[str]], styles: Styles) -> None:
        """Remember where the lists are defined, which is read when a number is asked for."""
        self._package = package
        self._waiting = list(parts.get("numbering", []))
        self._styles = styles
        self._lists: dict[str, dict[int, _Level]] = {}
        self._of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()

    def _define(self) -> None:
        """Read the lists' definitions, once."""
        while self._waiting:
            root = self._package.tree(self._waiting.pop(0))
            for entry in root if root is not None else ():
                self._read(entry)

    def _read(self, entry: Element) -> None:
        if local(entry) == "abstractNum":
            levels = (one for one in entry if local(one) == "lvl")
            name = attribute(entry, "abstractNumId") or ""
            self._lists[name] = {_index(one, "ilvl"): self._level(one) for one in levels}
        elif local(entry) == "num":
            number = attribute(entry, "numId") or ""
            self._of[number] = value(entry, "abstractNumId") or ""
            for one in entry:
                if local(one) == "lvlOverride":
                    self._override(number, _index(one, "ilvl"), one)

    def _override(self, number: str, depth: int, entry: Element) -> None:
        if (level := child(entry, "lvl")) is not None:
            self._overrides.setdefault(number, {})[depth] = self._level(level)
        if (start := value(entry, "startOverride")) is not None:
            self._restarts.setdefault(number, {})[depth] = whole(start, 1)

    def _level(self, entry: Element) -> _Level:
        return _Level(
            start=whole(value(entry, "start"), 1),
            form=value(entry, "numFmt") or "decimal",
            words=value(entry, "lvlText") or "",
            font=self._styles.look(child(entry, "rPr")).font,
            style=value(entry, "pStyle"),
        )

    def next_label(self, properties: Element | None, style: str | None) -> str:
        """Count a paragraph and give its label: “1.”, “a)”, “II.”, “-”; empty without numbering."""
        found = child(properties, "numPr")
        carrier = style
        if found is None or value(found, "numId") is None:
            inherited = self._styles.numbers(style)
            if inherited is None:
                return ""
            numbering, carrier = inherited
            depth = whole(value(found, "ilvl") if found is not None else None, -1)
        else:
            numbering, depth = found, -1
        self._define()
        number = value(numbering, "numId") or "0"
        levels = self._lists.get(self._of.get(number, ""), {}) | self._overrides.get(number, {})
        if depth < 0:
            depth = self._depth(numbering, levels, carrier)
        return self._count(number, depth, levels) if depth in levels else ""

    @staticmethod
    def _depth(numbering: Element, levels: dict[int, _Level], style: str | None) -> int:
        """The level a paragraph says, or the level that names its style."""
        if (said := value(numbering, "ilvl")) is not None:
            return whole(said, 0)
        return next((depth for depth, one in levels.items() if style and one.style == style), 0)

    def _count(self, number: str, depth: int, levels: dict[int, _Level]) -> str:
        counts = self._counts.setdefault(self._of[number], {})
        restart = self._restarts.get(number, {}).get(depth)
        if restart is not None and (number, depth) not in self._seen:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        self._seen.add((number, depth))
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return _label(depth, levels, counts)


def _label(depth: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    level = levels[depth]
    if level.form == "bullet":
        return BULLET
    if level.form == "none":
        return _PLACE.sub("", level.words).strip()

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        shown = levels.get(at, level)
        return _in_form(counts.get(at, shown.start), shown.form)

    words, _ = decode([Run(_PLACE.sub(number, level.words), level.font)])
    return words.strip()


def _in_form(number: int, form: str) -> str:
    if not 0 < number <= _MAX_NUMBER:
        return str(number)
    if form in {"lowerLetter", "upperLetter"}:
        times, letter = divmod(number - 1, _LETTERS)
        text = chr(ord("a") + letter) * (times + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        text = _roman(number)
    else:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        times, number = divmod(number, size)
        text += letters * times
    return text


def _index(entry: Element, name: str) -> int:
    return whole(attribute(entry, name), 0)
