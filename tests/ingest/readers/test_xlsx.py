"""The spreadsheet reader."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from dossier import UnreadCause
from ingest.content import Content, UnreadableError
from ingest.readers.words import neat_lines
from ingest.readers.xlsx import read
from ingest.readers.xlsx_values import shown
from tests.papers import Gold, archive, missed, papers, source, squeezed

STRICT = "140_khac_strict.xlsx"
"""Its namespaces are those of the standard; openpyxl knows only Excel's."""
every_paper = pytest.mark.parametrize("gold", papers("xlsx"), ids=lambda gold: gold.name)


def sheet(fill: Callable[[Worksheet], None], title: str = "Sheet1") -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)
    page.title = title
    fill(page)
    held = BytesIO()
    workbook.save(held)
    return held.getvalue()


def changed(raw: bytes, part: str, old: str, new: str) -> bytes:
    """The same package with words of one part replaced."""
    held = BytesIO()
    with ZipFile(BytesIO(raw)) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return held.getvalue()


def cells(content: Content) -> dict[str, str]:
    return {cell.spot: cell.text for table in content.tables() for cell in table.cells}


@every_paper
def test_every_cell_is_read(gold: Gold) -> None:
    content = read(gold.raw)

    words = "\n".join((content.plain(), *(line.text for line in content.margins)))
    assert missed(gold, words) == []


@pytest.mark.parametrize(
    "gold",
    [gold for gold in papers("xlsx") if not gold.is_legacy and gold.name != STRICT],
    ids=lambda gold: gold.name,
)
def test_cells_say_what_openpyxl_reads(gold: Gold) -> None:
    book = load_workbook(BytesIO(gold.raw), data_only=True)

    known = {
        f"{page.title}!{cell.coordinate}": neat_lines(shown(cell.value, cell.number_format))
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
    }
    assert cells(read(gold.raw)) == {spot: text for spot, text in known.items() if text}


def test_a_merged_area_of_a_whole_sheet_costs_nothing() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["STT"])
        page.merge_cells("A1:B2")

    raw = changed(sheet(fill), "xl/worksheets/sheet1.xml", "A1:B2", "A1:XFD1048576")

    assert cells(read(raw)) == {"Sheet1!A1": "STT"}


@every_paper
def test_a_hidden_sheet_is_read_and_flagged(gold: Gold) -> None:
    content = read(gold.raw)

    assert [words for words in gold.forbidden if squeezed(words) in squeezed(content.plain())] == []
    hidden = [cell.text for table in content.tables() if table.hidden for cell in table.cells]
    assert hidden == list(gold.forbidden)


@every_paper
def test_a_legacy_sheet_says_what_it_was_typed_in(gold: Gold) -> None:
    assert read(gold.raw).legacy == ((gold.encoding,) if gold.is_legacy else ())


def test_hidden_rows_are_read_and_listed() -> None:
    def fill(page: Worksheet) -> None:
        page["B5"], page["B6"] = "Áp dụng 5S", "Áp dụng TPM"
        page.row_dimensions[6].hidden = True

    (table,) = read(sheet(fill)).tables()

    assert [cell.text for cell in table.cells] == ["Áp dụng 5S", "Áp dụng TPM"]
    assert table.hidden_rows == (6,)


def test_merged_cells_stand_once_with_their_spans() -> None:
    def fill(page: Worksheet) -> None:
        page["F3"] = "Kinh phí (triệu đồng)"
        page.merge_cells("F3:G3")
        page.merge_cells("A3:A4")
        page["A3"] = "STT"

    (table,) = read(sheet(fill)).tables()

    assert [(cell.spot, cell.row_span, cell.column_span) for cell in table.cells] == [
        ("Sheet1!A3", 2, 1),
        ("Sheet1!F3", 1, 2),
    ]


def test_a_formula_shows_its_stored_result() -> None:
    raw = source("80_bangtonghop_cached.xlsx")

    found = cells(read(raw))

    assert (found["Bang tong hop!F7"], found["Bang tong hop!G7"]) == ("4810,5", "1690")


def test_a_formula_never_computed_is_stale_not_empty() -> None:
    (table, *_) = read(source("30_bangtonghop_thang.xlsx")).tables()

    assert table.stale == ("Bang tong hop!F7", "Bang tong hop!G7")


def test_a_formula_that_gave_nothing_is_not_stale() -> None:
    def fill(page: Worksheet) -> None:
        page["A1"] = "STT"
        page["A2"] = '=IF(B2="","",1)'

    never, empty = sheet(fill), '<c r="A2" t="str">'
    computed = changed(never, "xl/worksheets/sheet1.xml", '<c r="A2">', empty)

    stale = [table.stale for raw in (never, computed) for table in read(raw).tables()]

    assert stale == [("Sheet1!A2",), ()]


def test_legacy_letters_are_decoded_by_the_font_of_their_cell_or_piece() -> None:
    def fill(page: Worksheet) -> None:
        page["A1"] = "Tªn nhiÖm vô"
        page["A1"].font = Font(name=".VnTime")
        page["A2"] = "Tên"
        page["A3"] = CellRichText("Năm ", TextBlock(InlineFont(rFont="VNI-Times"), "ñeà xuaát"))

    content = read(sheet(fill))

    assert list(cells(content).values()) == ["Tên nhiệm vụ", "Tên", "Năm đề xuất"]
    assert content.legacy == ("tcvn3", "vni")


def test_a_comment_is_a_margin() -> None:
    def fill(page: Worksheet) -> None:
        page["B4"] = "5S"
        page["B4"].comment = Comment("xem lại tên", "An")

    margins = read(sheet(fill)).margins

    assert [(line.text, line.spot) for line in margins] == [("xem lại tên", "nhận xét ở Sheet1!B4")]


def test_a_sheet_opens_a_page_and_is_named() -> None:
    def fill(page: Worksheet) -> None:
        page["A1"] = "BẢNG TỔNG HỢP"

    (table,) = read(sheet(fill, "Phụ lục 1")).tables()

    assert (table.sheet, table.spot, table.new_page) == ("Phụ lục 1", "trang tính Phụ lục 1", True)


def test_a_cell_far_away_costs_nothing_and_is_told() -> None:
    content = read(archive("xlsx_far_cell.xlsx"))

    assert sum(len(table.cells) for table in content.tables()) + len(content.unseen) > 0
    assert all(part.cause is UnreadCause.TOO_LARGE for part in content.unseen)


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (sheet(lambda _: None), UnreadCause.EMPTY),
        (b"PK\3\4 rubbish", UnreadCause.BROKEN),
        (
            changed(
                sheet(lambda page: page.append(["STT"])),
                "xl/worksheets/sheet1.xml",
                "<worksheet",
                "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet",
            ),
            UnreadCause.UNSAFE,
        ),
        (
            changed(
                sheet(lambda page: page.append(["STT"])), "xl/worksheets/sheet1.xml", "</row>", ""
            ),
            UnreadCause.BROKEN,
        ),
    ],
    ids=["blank", "no zip", "entity", "bad xml"],
)
def test_what_cannot_be_read_says_why(raw: bytes, cause: UnreadCause) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(raw)

    assert caught.value.cause is cause
