"""Read .xlsx and .xlsm: every sheet as one table.

The stored cells are walked as they are, never the rectangle around them, which a 5 KB file can make
a million rows long.
"""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from dossier import Text, UnreadCause
from ingest.content import Cell, Content, Line, Table, UnreadableError, Unseen
from ingest.ocr.engine import Engine
from ingest.readers.enclosed import Pictures
from ingest.readers.legacy import Run, decode, scheme_of
from ingest.readers.ooxml import Package, attribute, child, whole
from ingest.readers.signatures import in_office_file
from ingest.readers.words import neat, neat_lines
from ingest.readers.xlsx_parts import MAX_COLUMNS, MAX_ROWS, Book, Sheet, Stored, coordinate

_EMU_PER_CM = 360_000


def read(raw: bytes, engine: Engine | None = None) -> Content:
    """Read every sheet as one table, hidden ones flagged; formulas by their stored results.

    Large pictures are read by eye where there is an engine, and are `unseen` where there is none.
    """
    package = Package(raw)
    pictures = Pictures(package, engine)
    reading = _Workbook(package, pictures)
    items = tuple(reading.items())
    if not items:
        _refuse_wordless(reading)
    return Content(
        items=items,
        margins=(*reading.margins, *pictures.margins),
        text=Text.OCR if pictures.recognised else Text.NATIVE,
        pictures=pictures.count,
        legacy=tuple(sorted(reading.legacy)),
        unseen=tuple(reading.unseen),
        notes=("tệp có macro (không được chạy)",) if package.has_macros else (),
        signatures=tuple(in_office_file(package)),
        has_macros=package.has_macros,
    )


def _refuse_wordless(reading: "_Workbook") -> None:
    if reading.pictures.count:
        raise UnreadableError(UnreadCause.SCAN, "tệp Excel chỉ có ảnh, không có chữ đọc được")
    if reading.unseen:
        raise UnreadableError(UnreadCause.UNSUPPORTED, "tệp Excel chỉ có tệp nhúng bên trong")
    raise UnreadableError(UnreadCause.EMPTY, "bảng tính không có ô nào có chữ")


class _Workbook:
    """One walk through one workbook."""

    def __init__(self, package: Package, pictures: Pictures) -> None:
        self._package = package
        self.pictures = pictures
        self._book = Book(package)
        self._texts: dict[tuple[Run, ...], str] = {}
        self.legacy: set[str] = set()
        self.margins: list[Line] = []
        self.unseen = pictures.unseen

    def items(self) -> Iterator[Line | Table]:
        """Every sheet's table, then what is drawn on it; `margins` is filled on the way."""
        for sheet in self._book.sheets():
            if (table := self._table(sheet)) is not None:
                yield table
            self.margins += self._margins(sheet)
            yield from self._drawn(sheet.part, sheet.title)

    def _margins(self, sheet: Sheet) -> Iterator[Line]:
        """Comments of cells, headers and footers."""
        for spot, runs in self._book.comments(sheet):
            if text := neat(self._decoded(runs)):
                yield Line(text=text, spot=f"nhận xét ở {sheet.title}!{spot}")
        for name, words in sheet.margins:
            if text := neat(words):
                yield Line(text=text, spot=f"{name} {sheet.title}")

    def _table(self, sheet: Sheet) -> Table | None:
        cells: list[Cell] = []
        stale: list[str] = []
        for key, stored in sorted(sheet.cells.items()):
            spot = f"{sheet.title}!{coordinate(key)}"
            if stored.is_stale:
                stale.append(spot)
            text = self._text(stored)
            if not text:
                continue
            height, width = sheet.spans.get(key, (1, 1))
            cells.append(
                Cell(
                    text=text,
                    row=key[0],
                    column=key[1],
                    row_span=height,
                    column_span=width,
                    spot=spot,
                )
            )
        if sheet.beyond:
            reason = f"{sheet.beyond} ô ngoài {MAX_ROWS} dòng × {MAX_COLUMNS} cột chưa đọc"
            self._miss(f"trang tính {sheet.title}", UnreadCause.TOO_LARGE, reason)
        if not cells and not stale:
            return None
        return Table(
            cells=tuple(cells),
            spot=f"trang tính {sheet.title}",
            new_page=True,
            sheet=sheet.title,
            hidden=sheet.is_hidden,
            hidden_rows=tuple(sorted(row for row in sheet.hidden_rows if row <= MAX_ROWS)),
            stale=tuple(stale),
        )

    def _text(self, stored: Stored) -> str:
        """A cell's words; most cells of a sheet say what another one says too."""
        if stored.runs not in self._texts:
            self._texts[stored.runs] = neat_lines(self._decoded(stored.runs))
        return self._texts[stored.runs]

    def _decoded(self, runs: tuple[Run, ...]) -> str:
        if all(run.text.isascii() and scheme_of(run.font) is None for run in runs):
            return "".join(run.text for run in runs)
        text, schemes = decode(runs)
        self.legacy |= schemes
        return text

    def _drawn(self, part: str, title: str) -> Iterator[Line | Table]:
        """Text boxes of a sheet; its pictures and embedded files are counted."""
        for relation in self._package.relations(part) if part else ():
            if relation.kind in {"oleObject", "package"}:
                reason = "tệp nhúng trong bảng tính chưa đọc tự động được"
                self._miss(f"trang tính {title}", UnreadCause.UNSUPPORTED, reason)
            if relation.kind != "drawing" or relation.external:
                continue
            root = self._package.tree(relation.target)
            if root is None:
                continue
            targets = {one.id: one.target for one in self._package.relations(relation.target)}
            for picture in root.iter("{*}pic"):
                blip = child(picture, "blipFill", "blip")
                target = targets.get(attribute(blip, "embed") or "", "")
                yield from self.pictures.see(target, _area(picture), f"trang tính {title}")
            for number, box in enumerate(root.iter("{*}txBody"), start=1):
                for paragraph in box.iter("{*}p"):
                    runs = tuple(_drawn_run(run) for run in paragraph.iter("{*}r"))
                    if words := neat(self._decoded(runs)):
                        yield Line(text=words, spot=f"trang tính {title}, khung chữ {number}")

    def _miss(self, spot: str, cause: UnreadCause, reason: str) -> None:
        self.unseen.append(Unseen(spot=spot, cause=cause, reason=reason))


def _area(picture: Element) -> float:
    """How large a picture is on paper, in square centimetres."""
    size = child(picture, "spPr", "xfrm", "ext")
    if size is None:
        size = child(picture.getparent(), "ext")  # some programs say it of the anchor only
    wide, high = (whole(attribute(size, side)) / _EMU_PER_CM for side in ("cx", "cy"))
    return wide * high


def _drawn_run(run: Element) -> Run:
    font = attribute(child(run, "rPr", "latin"), "typeface")
    return Run("".join(text.text or "" for text in run.iter("{*}t")), font)
