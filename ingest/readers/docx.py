"""Read .docx and .docm from their XML, in the order a person reads.

Nothing else is asked for the text: python-docx leaves out text boxes, content controls, automatic
numbers and tracked insertions, and shows hidden text (documents.md §1). It only writes here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from dossier import Text, UnreadCause
from ingest.content import Cell, Content, Line, Table, UnreadableError, Unseen
from ingest.ocr.engine import Engine
from ingest.readers.docx_numbers import BULLET, Numbers
from ingest.readers.docx_styles import Styles
from ingest.readers.docx_text import LINE_BREAK, PAGE_BREAK, PAGE_TURN, Paragraph, Paragraphs
from ingest.readers.enclosed import MARK_LIKE, Pictures
from ingest.readers.ooxml import Package, attribute, child, local, switch, value, whole
from ingest.readers.signatures import in_office_file
from ingest.readers.words import neat

_BREAKS = re.compile(f"([{LINE_BREAK}{PAGE_BREAK}{PAGE_TURN}])")
_WRAPPERS = frozenset({"customXml", "ins", "moveTo", "smartTag", "sdtContent"})
_SAME_PAGE = frozenset({"continuous", "nextColumn"})
_MARGINS = (
    ("header", "đầu trang"),
    ("footer", "chân trang"),
    ("footnotes", "chú thích"),
    ("endnotes", "chú thích cuối"),
    ("comments", "nhận xét"),
)
_DRAWING_PROGRAMS = ("equation", "mspbrush", "paint", "visio", "msgraph")


def read(raw: bytes, engine: Engine | None = None) -> Content:
    """Read the body in reading order, and headers, footers, notes and comments beside it.

    Large pictures are read by eye where there is an engine, and are `unseen` where there is none.

    A text box follows the paragraph it is anchored to. A table inside a cell gives its words to
    the cell and itself to `Cell.tables`. Deleted text is gone, inserted text is there.
    """
    package = Package(raw)
    main = package.main_part("word/document.xml")
    root = package.tree(main)
    body = child(root, "body")
    if body is None:
        raise UnreadableError(UnreadCause.BROKEN, "tệp Word hỏng hoặc không phải .docx")
    parts: dict[str, list[str]] = {}
    for relation in package.relations(main):
        if not relation.external:
            parts.setdefault(relation.kind, []).append(relation.target)
    pictures = Pictures(package, engine)
    reading = _Document(package, main, parts, pictures, knows_pages=_was_laid_out(body))
    items = tuple(reading.body(body))
    margins = tuple(reading.margins())
    content = Content(
        items=items,
        margins=(*margins, *pictures.margins),
        text=Text.OCR if pictures.recognised else Text.NATIVE,
        pictures=pictures.count,
        pictured=tuple(reading.pictured),
        legacy=tuple(sorted(reading.paragraphs.legacy)),
        unseen=tuple(reading.unseen),
        notes=tuple(_notes(package, main)),
        signatures=tuple(in_office_file(package)),
        has_macros=package.has_macros,
    )
    _refuse_wordless(content)
    return content


def _was_laid_out(body: Element) -> bool:
    """Tell whether a program left its page turns, without which pages cannot be counted."""
    return next(body.iter("{*}lastRenderedPageBreak"), None) is not None


def _refuse_wordless(content: Content) -> None:
    if any(not line.hidden for line in content.lines()):
        return
    if content.pictures:
        raise UnreadableError(UnreadCause.SCAN, "tệp Word chỉ có ảnh, không có chữ đọc được")
    if content.unseen:
        raise UnreadableError(UnreadCause.UNSUPPORTED, "tệp Word chỉ có tệp nhúng bên trong")
    if not content.margins:
        raise UnreadableError(UnreadCause.EMPTY, "tệp Word không có chữ nào")


def _notes(package: Package, main: str) -> Iterator[str]:
    if package.has_macros:
        yield "tệp có macro (không được chạy)"
    settings = (one.target for one in package.relations(main) if one.kind == "settings")
    for part in settings:
        if any(one.kind == "attachedTemplate" and one.external for one in package.relations(part)):
            yield "tệp trỏ tới mẫu ở nơi khác (không được tải)"


@dataclass(slots=True)
class _Pages:
    """Where in the paper we are."""

    known: bool
    number: int = 1
    fresh: bool = True
    """Nothing has been written on this page yet."""
    opens: bool = True
    """The next words open a page."""

    def turn(self) -> None:
        """Somebody broke the page here."""
        self.number += 1
        self.fresh = self.opens = True

    def turned(self) -> None:
        """Word turned the page here; it also says so right after a break that we have counted."""
        if not self.fresh:
            self.number += 1
            self.fresh = True

    def begin(self) -> None:
        """The next words begin a page, which costs none when nothing stands on this one."""
        if self.fresh:
            self.opens = True
        else:
            self.turn()

    @property
    def shown(self) -> int | None:
        return self.number if self.known else None

    @property
    def prefix(self) -> str:
        return f"trang {self.number}, " if self.known else ""


@dataclass(slots=True)
class _Counts:
    """How many of each have been met, for naming the spots."""

    paragraphs: int = 0
    tables: int = 0
    boxes: int = 0


@dataclass(frozen=True, slots=True)
class _Spot:
    """What the paragraphs of one story are called."""

    name: str = ""
    """Empty in the body, where every paragraph has its own number."""
    counts: _Counts = field(default_factory=_Counts)

    def paragraph(self) -> str:
        self.counts.paragraphs += 1
        if not self.name:
            return f"đoạn {self.counts.paragraphs}"
        return self.name

    def table(self) -> str:
        self.counts.tables += 1
        number = f"bảng {self.counts.tables}"
        return f"{self.name}, {number}" if self.name else number


class _Document:
    """One walk through one document."""

    def __init__(
        self,
        package: Package,
        main: str,
        parts: dict[str, list[str]],
        pictures: Pictures,
        *,
        knows_pages: bool,
    ) -> None:
        self._package = package
        self._targets = {
            relation.id: relation.target
            for relation in package.relations(main)
            if relation.kind == "image" and not relation.external
        }
        self._pictures = pictures
        self._parts = parts
        styles = Styles(package, parts)
        self._styles = styles
        self.paragraphs = Paragraphs(styles, Numbers(package, parts, styles))
        self._pages = _Pages(known=knows_pages)
        self._boxes = 0
        self._sections: Iterator[str] = iter(())
        self.unseen = pictures.unseen
        self.pictured: list[str] = []

    def body(self, body: Element) -> Iterator[Line | Table]:
        """Everything in the body."""
        sections = [value(one, "type") or "nextPage" for one in body.iter("{*}sectPr")]
        self._sections = iter(sections[1:])
        return self._story(body, _Spot(), hidden=False)

    def margins(self) -> Iterator[Line]:
        """Headers, footers, notes and comments, tables among them as lines."""
        self._pages = _Pages(known=False)
        self._targets = {}  # a margin's pictures are its own part's, and letterheads
        for kind, name in _MARGINS:
            for part in self._parts.get(kind, []):
                root = self._package.tree(part)
                if root is None:
                    continue
                if kind in {"header", "footer"}:
                    yield from self._margin(root, name)
                    continue
                notes = [one for one in root if attribute(one, "type") in {None, "normal"}]
                for number, note in enumerate(notes, start=1):
                    yield from self._margin(note, f"{name} {number}")

    def _margin(self, root: Element, name: str) -> Iterator[Line]:
        yield from Content(items=tuple(self._story(root, _Spot(name), hidden=False))).lines()

    def _story(self, story: Element, spot: _Spot, *, hidden: bool) -> Iterator[Line | Table]:
        """The blocks of one story: the body, a cell, a text box, a header."""
        for block, is_hidden in _blocks(story, hidden=hidden):
            name = local(block)
            if name == "p":
                yield from self._paragraph(block, spot, hidden=is_hidden)
            elif name == "tbl":
                yield from self._table(block, spot, hidden=is_hidden)
            elif name == "altChunk":
                reason = "phần chèn từ tệp khác chưa đọc tự động được"
                self._miss(spot.paragraph(), UnreadCause.UNSUPPORTED, reason)

    def _paragraph(self, block: Element, spot: _Spot, *, hidden: bool) -> Iterator[Line | Table]:
        properties = child(block, "pPr")
        breaks = switch(properties, "pageBreakBefore")
        style = value(properties, "pStyle") or self._styles.paragraph
        if self._styles.breaks_page(style) if breaks is None else breaks:
            self._pages.begin()
        paragraph = self.paragraphs.read(block, hidden=hidden)
        is_numbered = paragraph.label not in {"", BULLET}
        if is_numbered or paragraph.text.strip() or paragraph.hidden.strip():
            yield from self._lines(paragraph, spot.paragraph())
        else:
            self._pass(paragraph.text)
        yield from self._see(paragraph, spot)
        for box in paragraph.boxes:
            self._boxes += 1
            yield from self._story(box, _Spot(f"khung chữ {self._boxes}"), hidden=hidden)
        if child(properties, "sectPr") is not None and next(self._sections, "") not in _SAME_PAGE:
            self._pages.turn()

    def _lines(self, paragraph: Paragraph, name: str) -> Iterator[Line]:
        for shown, text in self._cut(f"{paragraph.label} {paragraph.text}"):
            if words := neat(text):
                yield Line(
                    text=words,
                    spot=shown.prefix + name,
                    page=shown.shown,
                    new_page=shown.opens,
                    bold=paragraph.bold,
                )
        for text in _BREAKS.split(paragraph.hidden)[::2]:
            if words := neat(text):
                page = self._pages
                yield Line(text=words, spot=page.prefix + name, page=page.shown, hidden=True)

    def _cut(self, text: str) -> Iterator[tuple[_Pages, str]]:
        """The lines of a paragraph, each with the page it begins on."""
        pages = self._pages
        line = ""
        began = _Pages(pages.known, pages.number, pages.fresh, pages.opens)
        for piece in _BREAKS.split(text):
            if piece == PAGE_TURN:
                pages.turned()
            elif piece in {LINE_BREAK, PAGE_BREAK}:
                yield began, line
                line = ""
                if piece == PAGE_BREAK:
                    pages.turn()
            else:
                line += piece
            if not line.strip():
                began = _Pages(pages.known, pages.number, pages.fresh, pages.opens)
            else:
                pages.fresh = pages.opens = False
        yield began, line

    def _pass(self, text: str) -> None:
        """Count the page breaks of a paragraph without words."""
        for _ in self._cut(text):
            pass

    def _see(self, paragraph: Paragraph, spot: _Spot) -> Iterator[Line | Table]:
        """Read pictures, remember embedded files: words may hide in them."""
        where = f"sau đoạn {spot.counts.paragraphs}" if not spot.name else spot.name
        where = self._pages.prefix + where
        for relation, area in paragraph.pictures:
            if area >= MARK_LIKE:
                self.pictured.append(spot.name or f"đoạn {spot.counts.paragraphs}")
            yield from self._pictures.see(self._targets.get(relation, ""), area, where)
        for program in paragraph.objects:
            if not program.lower().startswith(_DRAWING_PROGRAMS):
                reason = f"tệp nhúng ({program or 'không rõ loại'}) chưa đọc tự động được"
                self._miss(where, UnreadCause.UNSUPPORTED, reason)

    def _miss(self, spot: str, cause: UnreadCause, reason: str) -> None:
        self.unseen.append(Unseen(spot=spot, cause=cause, reason=reason))

    def _table(self, table: Element, spot: _Spot, *, hidden: bool) -> Iterator[Line | Table]:
        pages = self._pages
        name, start, page, opens = spot.table(), pages.prefix, pages.shown, pages.opens
        grid = _Grid()
        secrets: list[Line] = []
        for row, (element, row_hidden) in enumerate(_kept_rows(table, hidden=hidden), start=1):
            column = 1 + whole(value(child(element, "trPr"), "gridBefore"), 0)
            for cell, is_hidden in _inner(element, "tc", hidden=row_hidden):
                width = max(1, whole(value(child(cell, "tcPr"), "gridSpan"), 1))
                merge = child(cell, "tcPr", "vMerge")
                if merge is not None and attribute(merge, "val") != "restart":
                    grid.lengthen(column)
                else:
                    where = f"{pages.prefix}{name}, dòng {row}, cột {column}"
                    inside = tuple(self._story(cell, _Spot(where), hidden=is_hidden))
                    secrets += (one for one in inside if isinstance(one, Line) and one.hidden)
                    grid.put(inside, row, column, width, where)
                column += width
        if cells := grid.cells():
            yield Table(cells=cells, spot=start + name, page=page, new_page=opens)
        yield from secrets


class _Grid:
    """The cells of one table as they come, merged ones growing downwards."""

    def __init__(self) -> None:
        self._cells: list[_Growing] = []
        self._open: dict[int, _Growing] = {}

    def put(
        self, inside: tuple[Line | Table, ...], row: int, column: int, width: int, where: str
    ) -> None:
        cell = _Growing(inside, row, column, width, where)
        self._open[column] = cell
        self._cells.append(cell)

    def lengthen(self, column: int) -> None:
        if column in self._open:
            self._open[column].height += 1

    def cells(self) -> tuple[Cell, ...]:
        return tuple(one.cell() for one in self._cells)


@dataclass(slots=True)
class _Growing:
    """A cell whose height is not known yet."""

    inside: tuple[Line | Table, ...]
    row: int
    column: int
    width: int
    where: str
    height: int = 1

    def cell(self) -> Cell:
        return Cell(
            text="\n".join(_words(self.inside)),
            row=self.row,
            column=self.column,
            row_span=self.height,
            column_span=self.width,
            spot=self.where,
            tables=tuple(one for one in self.inside if isinstance(one, Table)),
        )


def _words(inside: Iterable[Line | Table]) -> Iterator[str]:
    """The words of a cell; a row of an inner table is one line."""
    for one in inside:
        if isinstance(one, Line):
            if not one.hidden:
                yield one.text
            continue
        for row in one.rows():
            if line := "\t".join(" ".join(cell.text.split("\n")) for cell in row if cell.text):
                yield line


def _kept_rows(table: Element, *, hidden: bool) -> Iterator[tuple[Element, bool]]:
    for row, is_hidden in _inner(table, "tr", hidden=hidden):
        if child(row, "trPr", "del") is None:
            yield row, is_hidden


def _inner(parent: Element, name: str, *, hidden: bool) -> Iterator[tuple[Element, bool]]:
    """Rows of a table or cells of a row, through the controls that may wrap them."""
    for one in parent:
        if local(one) == name:
            yield one, hidden
        elif local(one) == "sdt":
            is_empty = bool(switch(child(one, "sdtPr"), "showingPlcHdr"))
            content = child(one, "sdtContent")
            if content is not None:
                yield from _inner(content, name, hidden=hidden or is_empty)
        elif local(one) in _WRAPPERS:
            yield from _inner(one, name, hidden=hidden)


def _blocks(story: Element, *, hidden: bool) -> Iterator[tuple[Element, bool]]:
    """Paragraphs and tables, through the controls and marks that may wrap them."""
    for one in story:
        name = local(one)
        if name == "sdt":
            is_empty = bool(switch(child(one, "sdtPr"), "showingPlcHdr"))
            content = child(one, "sdtContent")
            if content is not None:
                yield from _blocks(content, hidden=hidden or is_empty)
        elif name in _WRAPPERS:
            yield from _blocks(one, hidden=hidden)
        elif name == "AlternateContent":
            choice = child(one, "Choice")
            yield from _blocks(one if choice is None else choice, hidden=hidden)
        else:
            yield one, hidden
