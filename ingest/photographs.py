"""Photographs of one paper, a file a page: which belong together, and the paper they make.

Telephones number what they take (IMG_001, IMG_002 …). A photograph that opens no paper of its own
and follows one that does is its next page: surely where the page or its fields are numbered on,
else perhaps, and then a person looks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier import Text
from dossier.vietnamese import fold
from ingest.content import Content, Line, Table

_NUMBERED = re.compile(r"^(?P<stem>.*?)(?P<number>\d{1,6})\W*$")
_CLOCK_DIGITS = 6
"""From here on a number is the hour, minute and second it was taken."""
_APART, _SECONDS_APART = 1, 300
_PAGE = re.compile(
    r"^\W*(?:trang|page|tr\.?)?\W*(?P<number>\d{1,2})(?:\s*(?:/|tren|of)\s*\d{1,2})?\W*$"
)
_FIELD = re.compile(r"^(?P<number>\d{1,2})(?:[.)]|\.\d+)")
_FIRST_LINES = 6


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture file that was read."""

    name: str
    content: Content
    opens: bool
    """Alone it is a paper of the dossier: it has a title."""


@dataclass(frozen=True, slots=True)
class Album:
    """Photographs of one paper, its first page first."""

    pages: tuple[Photograph, ...]
    certain: bool

    @property
    def content(self) -> Content:
        """All pages as one file; what was not read of them is told of each file, not here."""
        return Content(
            items=tuple(
                item for number, page in enumerate(self.pages, 1) for item in _placed(page, number)
            ),
            margins=tuple(line for page in self.pages for line in page.content.margins),
            text=Text.OCR,
            pages=len(self.pages),
            pictures=len(self.pages),
        )


def albums(photographs: Sequence[Photograph]) -> Iterator[Album]:
    """Papers of two photographs or more."""
    for run in _runs(photographs):
        pages: list[Photograph] = []
        for one in (*run, None):
            if one is not None and pages and not one.opens:
                pages.append(one)
                continue
            if len(pages) > 1:
                yield Album(tuple(pages), _is_certain(pages))
            pages = [one] if one is not None and one.opens else []


def _runs(photographs: Sequence[Photograph]) -> Iterator[list[Photograph]]:
    """Those numbered one after the other, in one folder."""
    series: dict[str, list[tuple[int, int, Photograph]]] = {}
    for one in photographs:
        if match := _NUMBERED.match(one.name.rpartition(".")[0]):
            digits = match["number"]
            series.setdefault(fold(match["stem"]), []).append((int(digits), len(digits), one))
    for numbered in series.values():
        run: list[Photograph] = []
        last = 0
        for number, digits, one in sorted(numbered, key=lambda entry: entry[0]):
            apart = _SECONDS_APART if digits >= _CLOCK_DIGITS else _APART
            if run and number - last > apart:
                yield run
                run = []
            run.append(one)
            last = number
        yield run


def _is_certain(pages: Sequence[Photograph]) -> bool:
    """Every further page says its number, or goes on with the numbers of the fields."""
    return all(
        _says(page.content, number) or _goes_on(before.content, page.content)
        for number, (before, page) in enumerate(pairwise(pages), start=2)
    )


def _says(content: Content, number: int) -> bool:
    lines = [line.text for line in (*content.margins, *content.lines())]
    edge = (*lines[:_FIRST_LINES], *lines[-2:])
    return any(
        int(match["number"]) == number for line in edge if (match := _PAGE.match(fold(line)))
    )


def _goes_on(before: Content, after: Content) -> bool:
    numbers, following = ([*_fields(one)] for one in (before, after))
    return bool(numbers and following) and following[0] - max(numbers) in {0, 1}


def _fields(content: Content) -> Iterator[int]:
    for line in content.lines():
        if match := _FIELD.match(line.text):
            yield int(match["number"])


def _placed(page: Photograph, number: int) -> Iterator[Line | Table]:
    """What stands on a page, with the file in its spots; only the first opens a paper."""
    file = page.name.rpartition("/")[2]
    for item in page.content.items:
        opens = item.new_page and number == 1
        spot = _spot(file, item.spot)
        if isinstance(item, Line):
            yield replace(item, spot=spot, page=number, new_page=opens)
        else:
            cells = tuple(replace(cell, spot=_spot(file, cell.spot)) for cell in item.cells)
            yield replace(item, cells=cells, spot=spot, page=number, new_page=opens)


def _spot(file: str, spot: str) -> str:
    return f"{file}, {spot.removeprefix('trang 1, ')}"
