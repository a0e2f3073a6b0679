"""Read .pdf with a text layer: lines, ruled tables, and which pages are only pictures."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

import pypdfium2

from dossier import Text, UnreadCause
from ingest.content import Cell, Content, Line, Table, UnreadableError, Unseen
from ingest.readers.legacy import prevailing
from ingest.readers import signatures
from ingest.readers.pdf_lattice import Lattice, lattices
from ingest.readers.pdf_lines import (
    Stretch,
    Written,
    cell_text,
    crowded,
    in_order,
    rows,
    stretches,
)
from ingest.readers.pdf_page import Box, Page, page_of

MAX_PAGES = 200
_FEW_LETTERS = 30
_SIGNATURE_LETTERS = 400
"""What the visible stamp of a digital signature says at most."""
_WHOLE_PAGE = 0.6
_MUCH_OF_PAGE = 0.2
_MANY_PATHS = 300
_PASSWORD = 4
_MARGIN = 48.0
"""Points at a page's top and bottom where headers and footers stand.

No more: two letters in one file begin with the same words at the same height, and are no header.
"""
_NUMBER_MARGIN = 80.0
"""Points at a page's top and bottom where a number alone is the page's."""
_MARGIN_SHIFT = 4.0
_PAGE_NUMBER = re.compile(
    r"(?:trang|page)?[\s\-–]*\d{1,3}(?:\s*[/|]\s*\d{1,3})?[\s\-–]*", re.IGNORECASE
)
_PADDING = 11.0
"""What a cell's width loses to its paddings, in points; Word and Calc leave about this."""
_SAME_COLUMN = 4.0
_MAIMED_WORDS = 2
_CROWDED_LINES = 3
_TAIL = 2_048
"""Bytes at the end of a file within which its end mark stands."""


def read(raw: bytes) -> Content:
    """Read every page; a page without letters under a picture is in `scanned_pages`.

    A ruled table is a `Table`, across pages too, and its words stand in no line.
    """
    document = _opened(raw)
    try:
        count = len(document)
        found = [page_of(document, index) for index in range(min(count, MAX_PAGES))]
        enclosed = document.count_attachments()
    finally:
        document.close()
    if not count:
        raise UnreadableError(UnreadCause.EMPTY, "tệp PDF không có trang nào")
    damaged = tuple(number for number, page in enumerate(found, start=1) if page is None)
    if damaged and len(damaged) == len(found):
        raise UnreadableError(UnreadCause.BROKEN, "tệp PDF hỏng, không mở được trang nào")
    pages = [page or Page(1.0, 1.0) for page in found]
    scanned = tuple(number for number, page in enumerate(pages, start=1) if _is_scanned(page))
    if not damaged and all(page.letters < _FEW_LETTERS for page in pages):
        _refuse_wordless(pages, scanned, is_cut=_is_cut(raw))
    lines = [rows(stretches(page.words)) for page in pages]
    reading = _Document(pages, lines, Written(prevailing(map(_raw, chain(*lines)))))
    items = tuple(reading.items())
    lost = reading.written.maimed >= _MAIMED_WORDS
    return Content(
        items=items,
        margins=tuple(reading.margins),
        text=Text.OCR if lost or any(map(_was_recognised, pages)) else Text.NATIVE,
        pages=count,
        scanned_pages=scanned,
        pictures=sum(len(page.pictures) for page in pages),
        legacy=tuple(sorted(reading.written.legacy)),
        unseen=(
            *map(_damaged, damaged),
            *_unseen(pages, lines, count, lost=lost),
            *_beyond_pages(raw, enclosed),
        ),
        notes=tuple(_notes(raw)),
    )


def _opened(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UnreadableError(UnreadCause.ENCRYPTED, "tệp PDF đặt mật khẩu") from error
        raise UnreadableError(UnreadCause.BROKEN, "tệp PDF hỏng, không mở được") from error


def _is_scanned(page: Page) -> bool:
    """Few letters, and a picture (or letters drawn as shapes) where the words would be.

    A digital signature prints a few lines of its own over the picture.
    """
    if page.letters >= _FEW_LETTERS:
        is_covered = page.picture_share > _WHOLE_PAGE and page.unseen_letters < _FEW_LETTERS
        return is_covered and page.letters < _SIGNATURE_LETTERS
    return page.picture_share > _MUCH_OF_PAGE or page.paths > _MANY_PATHS


def _was_recognised(page: Page) -> bool:
    """Tell the words a scanner's software laid under the picture of a page."""
    return page.picture_share > _WHOLE_PAGE and page.unseen_letters * 2 > page.letters > 0


def _is_cut(raw: bytes) -> bool:
    """Tell a file that lacks its end mark: whoever stored or sent it stopped half way."""
    return b"%%EOF" not in raw[-_TAIL:]


def _refuse_wordless(pages: list[Page], scanned: tuple[int, ...], *, is_cut: bool) -> None:
    if scanned:
        raise UnreadableError(UnreadCause.SCAN, "bản quét hoặc ảnh chụp, chưa đọc tự động được chữ")
    if is_cut:
        raise UnreadableError(UnreadCause.BROKEN, "tệp PDF bị cắt ngang")
    if not any(page.letters or page.pictures for page in pages):
        raise UnreadableError(UnreadCause.EMPTY, "tệp PDF không có chữ nào")


def _damaged(number: int) -> Unseen:
    reason = "trang hỏng, không mở được"
    return Unseen(spot=f"trang {number}", cause=UnreadCause.BROKEN, reason=reason)


def _unseen(
    pages: list[Page], lines: list[list[list[Stretch]]], count: int, *, lost: bool
) -> Iterator[Unseen]:
    for number, page in enumerate(pages, start=1):
        spot = f"trang {number}"
        if _is_scanned(page):
            yield Unseen(spot=spot, cause=UnreadCause.SCAN, reason="trang quét, chưa đọc được chữ")
        elif page.picture_share > _MUCH_OF_PAGE and not page.unseen_letters:
            reason = "ảnh lớn, có thể là ảnh chụp trang giấy"
            yield Unseen(spot=spot, cause=UnreadCause.SCAN, reason=reason)
        if crowded(chain(*lines[number - 1])) >= _CROWDED_LINES:
            reason = "chữ bị cắt hoặc in chồng lên nhau, cần người đọc lại"
            yield Unseen(spot=spot, cause=UnreadCause.UNSUPPORTED, reason=reason)
    if lost:
        reason = "phông chữ cũ làm mất chữ “ư” trong tệp, cần người đọc lại"
        yield Unseen(spot="cả tệp", cause=UnreadCause.UNSUPPORTED, reason=reason)
    if count > MAX_PAGES:
        reason = f"chỉ đọc {MAX_PAGES} trang đầu"
        yield Unseen(spot=f"từ trang {MAX_PAGES + 1}", cause=UnreadCause.TOO_LARGE, reason=reason)


def _beyond_pages(raw: bytes, enclosed: int) -> Iterator[Unseen]:
    """What no page shows: files inside the file, and what was cut off its end."""
    if enclosed:
        reason = f"{enclosed} tệp đính kèm bên trong PDF chưa đọc tự động được"
        yield Unseen(spot="cả tệp", cause=UnreadCause.UNSUPPORTED, reason=reason)
    if _is_cut(raw):
        reason = "tệp PDF bị cắt ngang, có thể thiếu trang"
        yield Unseen(spot="cả tệp", cause=UnreadCause.BROKEN, reason=reason)


def _notes(raw: bytes) -> Iterator[str]:
    if b"/JavaScript" in raw or b"/Launch" in raw:
        yield "tệp PDF có lệnh tự chạy (không được chạy)"
    yield from signatures.notes(raw)


@dataclass(slots=True)
class _Part:
    """A table on one page, before pages are joined."""

    lattice: Lattice
    rows: list[list[Cell]]
    page: int
    is_last: bool = False
    """Nothing but margins stands below it on its page."""


@dataclass(slots=True)
class _Document:
    """One walk through all pages."""

    pages: list[Page]
    lines: list[list[list[Stretch]]]
    """The lines of every page, tables among them."""
    written: Written = field(default_factory=Written)
    margins: list[Line] = field(default_factory=list[Line])
    tables: int = 0

    def items(self) -> Iterator[Line | Table]:
        """Lines and tables, a table that runs over pages once, where it begins."""
        repeated = _repeated(self.pages, self.lines)
        open_part: _Part | None = None
        waiting: list[Line | Table | _Part] = []
        for number, page in enumerate(self.pages, start=1):
            blocks = list(self._blocks(page, number, repeated))
            if open_part and blocks and isinstance(blocks[0], _Part):
                part = blocks[0]
                if _continues(open_part, part):
                    self._join(open_part, part)
                    open_part.is_last = len(blocks) == 1
                    del blocks[0]
            waiting += blocks
            last = blocks[-1] if blocks else None
            if blocks or not (open_part and open_part.is_last):
                open_part = last if isinstance(last, _Part) else None
        opened = 0
        for block in waiting:
            item = self._table(block) if isinstance(block, _Part) else block
            page_number = item.page or 0
            yield replace(item, new_page=page_number > opened)
            opened = max(opened, page_number)

    def _blocks(
        self, page: Page, number: int, repeated: set[tuple[str, int]]
    ) -> Iterator[Line | _Part]:
        grids = [one for one in lattices(page) if any(map(one.box.holds, _boxes(page)))]
        outer = [
            one
            for one in grids
            if not any(other is not one and other.box.holds(one.box) for other in grids)
        ]
        free = [
            word for word in page.words if not any(one.box.holds(word.box, 1.0) for one in outer)
        ]
        lines = self._without_margins(rows(stretches(free)), page, number, repeated)
        counter = 0
        for grid in (*outer, None):
            top = grid.box.top if grid else page.height * 2
            above = [line for line in lines if line[0].box.middle < top]
            lines = lines[len(above) :]
            for line in in_order(above):
                counter += 1
                text = "\t".join(filter(None, (self.written.text(one.words) for one in line)))
                if text:
                    bold = all(one.bold for one in line)
                    spot = f"trang {number}, dòng {counter}"
                    yield Line(text=text, spot=spot, page=number, bold=bold)
            if grid:
                inner = [one for one in grids if one is not grid and grid.box.holds(one.box)]
                yield self._part(grid, page, number, inner)

    def _without_margins(
        self,
        lines: list[list[Stretch]],
        page: Page,
        number: int,
        repeated: set[tuple[str, int]],
    ) -> list[list[Stretch]]:
        """Take out what stands at the same height on other pages too, and page numbers."""
        kept: list[list[Stretch]] = []
        for line in lines:
            words = _raw(line)
            is_number = _PAGE_NUMBER.fullmatch(words) and _is_in_margin(line, page, _NUMBER_MARGIN)
            if is_number or (_is_in_margin(line, page) and _mark(words, line) in repeated):
                text = self.written.text(word for one in line for word in one.words)
                self.margins.append(Line(text=text, spot=f"lề trang {number}", page=number))
            else:
                kept.append(line)
        return kept

    def _part(self, grid: Lattice, page: Page, number: int, inner: list[Lattice]) -> _Part:
        cells: dict[int, list[Cell]] = {}
        for frame in grid.frames:
            nested = [one for one in inner if frame.box.holds(one.box)]
            parts = [self._part(one, page, number, []) for one in nested]
            cells.setdefault(frame.row, []).append(
                Cell(
                    text=self._cell_text(frame.box, page, nested, parts),
                    row=frame.row,
                    column=frame.column,
                    row_span=frame.row_span,
                    column_span=frame.column_span,
                    tables=tuple(
                        Table(
                            cells=tuple(cell for row in part.rows for cell in row),
                            spot=f"trang {number}, bảng trong ô",
                            page=number,
                        )
                        for part in parts
                    ),
                )
            )
        return _Part(grid, [cells[row] for row in sorted(cells)], number)

    def _cell_text(self, box: Box, page: Page, nested: list[Lattice], parts: list[_Part]) -> str:
        """The words of a cell, an inner table's rows a line each."""
        words = [word for word in page.words if box.holds(word.box)]
        texts: list[str] = []
        for one, part in zip(nested, parts, strict=True):
            above = [word for word in words if word.box.middle < one.box.top]
            words = [word for word in words if word.box.middle > one.box.bottom]
            texts.append(cell_text(above, box.width - _PADDING, self.written))
            texts += ("\t".join(_flat(cell.text) for cell in row) for row in part.rows)
        texts.append(cell_text(words, box.width - _PADDING, self.written))
        return "\n".join(filter(None, texts))

    def _join(self, part: _Part, more: _Part) -> None:
        """Rows of the next page: a repeated head goes, a row cut by the page is made whole."""
        following = more.rows
        while following and [one.text for one in following[0]] in (
            [one.text for one in row] for row in part.rows[:3]
        ):
            following = following[1:]
        if following and _is_rest(following[0]):
            part.rows[-1] = _mended(part.rows[-1], following[0])
            following = following[1:]
        part.rows += following

    def _table(self, part: _Part) -> Table:
        self.tables += 1
        name = f"bảng {self.tables}"
        shift, last = 0, 0
        cells: list[Cell] = []
        for row in part.rows:
            number = row[0].row + shift
            if number <= last:
                shift += last + 1 - number
                number = last + 1
            last = number
            cells += (
                replace(
                    cell,
                    row=number,
                    spot=f"trang {part.page}, {name}, dòng {number}, cột {cell.column}",
                )
                for cell in row
            )
        spot = f"trang {part.page}, {name}"
        return Table(cells=tuple(cells), spot=spot, page=part.page)


def _boxes(page: Page) -> list[Box]:
    return [word.box for word in page.words]


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _raw(line: list[Stretch]) -> str:
    """A line as it stands in the file, undecoded."""
    return " ".join(word.text for one in line for word in one.words)


def _is_in_margin(line: list[Stretch], page: Page, margin: float = _MARGIN) -> bool:
    return not margin < line[0].box.middle < page.height - margin


def _mark(words: str, line: list[Stretch]) -> tuple[str, int]:
    """What a header looks like on every page: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", words), round(line[0].box.middle / _MARGIN_SHIFT)


def _repeated(pages: list[Page], lines: list[list[list[Stretch]]]) -> set[tuple[str, int]]:
    marks = Counter[tuple[str, int]]()
    for page, on_page in zip(pages, lines, strict=True):
        marks.update({_mark(_raw(line), line) for line in on_page if _is_in_margin(line, page)})
    return {mark for mark, count in marks.items() if count > 1}


def _continues(part: _Part, more: _Part) -> bool:
    """Tell whether two tables are one: the same columns at the same places."""
    ours, theirs = part.lattice.columns, more.lattice.columns
    return len(ours) == len(theirs) and all(
        abs(one - other) <= _SAME_COLUMN for one, other in zip(ours, theirs, strict=True)
    )


def _is_rest(row: list[Cell]) -> bool:
    """A row without a number in front goes on with the row above the page break."""
    return not row[0].text and any(cell.text for cell in row)


def _mended(row: list[Cell], rest: list[Cell]) -> list[Cell]:
    more = {cell.column: cell.text for cell in rest}
    return [
        replace(cell, text=" ".join(filter(None, (cell.text, more.get(cell.column, "")))))
        for cell in row
    ]
