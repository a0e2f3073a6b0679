"""What the writers write is what the foreign libraries read."""

import zlib
from io import BytesIO
from zipfile import ZipFile

import olefile
import openpyxl
import pypdfium2
import pytest
from docx import Document

from service.demo import pages, scans, sheets, word
from service.demo.blocks import Box, Control, Formula, Grid, Mark, PageBreak, Para, Sheet, centered
from service.demo.containers import (
    cp1258,
    rared,
    rich_text,
    with_password,
    zipped,
    zipped_with_password,
)
from service.demo.draw import Draw
from service.demo.papers import DOCX, Paper
from service.demo.spelling import Spelling, spell
from tests.service.demo.opening import words_of

_BLOCKS = (
    centered("ỦY BAN NHÂN DÂN XÃ MỸ THẮNG", bold=True),
    Box("Số: 25/UBND-VP\nV/v đề xuất nhiệm vụ"),
    Para("Tên Đề tài/Đề án:", mark=Mark.NUMBER),
    Para("Mục một", mark=Mark.BULLET),
    Control("4. Mục tiêu:", "Giảm 20% lãng phí"),
    Grid(
        (("TT", "Kinh phí", ""), ("", "Tổng", "NSNN"), ("1", "900", "600")),
        merges=((0, 1, 0, 2),),
        head=2,
    ),
    PageBreak(),
    Para("Trang hai: ẵ ợ ữ ỹ Đ đ …"),
)

_PAPER = Paper(name="Phiếu đề xuất.docx", raw=b"PK octets" * 900, media=DOCX, roles=())


def test_word_holds_paragraphs_boxes_controls_and_numbers() -> None:
    raw = word.write(_BLOCKS)

    words = words_of(raw)
    document = Document(BytesIO(raw))
    styles = [one.style.name for one in document.paragraphs if one.style is not None]
    assert "Số: 25/UBND-VP" in words
    assert "Giảm 20% lãng phí" in words
    assert "1. Tên" not in words
    assert styles.count("List Number") == 1
    assert document.tables[0].cell(0, 1).text == document.tables[0].cell(0, 2).text == "Kinh phí"


def test_pdf_has_every_vietnamese_letter_in_its_text() -> None:
    for face in pages.FACES:
        words = words_of(pages.write(_BLOCKS, face=face))

        assert "ỦY BAN NHÂN DÂN XÃ MỸ THẮNG" in words
        assert "Trang hai: ẵ ợ ữ ỹ Đ đ …" in words
        assert "1. Tên Đề tài/Đề án:" in words


def test_a_workbook_keeps_merges_hidden_rows_and_the_last_value_of_a_formula() -> None:
    sheet = Sheet(
        "BTH",
        (
            ("TT", "Kinh phí", None),
            (1, 900, 600),
            (2, 100, 50),
            ("", Formula("SUM(B2:B3)", 1000), None),
        ),
        merges=((0, 1, 0, 2),),
        hidden_rows=frozenset({2}),
    )

    raw = sheets.write((sheet,))

    values = openpyxl.load_workbook(BytesIO(raw), data_only=True)["BTH"]
    formulas = openpyxl.load_workbook(BytesIO(raw))["BTH"]
    assert values["B4"].value == 1000
    assert formulas["B4"].value == "=SUM(B2:B3)"
    assert [str(one) for one in values.merged_cells.ranges] == ["B1:C1"]
    assert [n for n, row in values.row_dimensions.items() if row.hidden] == [3]


def test_equal_blocks_are_equal_octets() -> None:
    assert word.write(_BLOCKS) == word.write(_BLOCKS)
    assert pages.write(_BLOCKS) == pages.write(_BLOCKS)


@pytest.mark.parametrize(
    ("way", "octets", "font"),
    [
        (Spelling.TCVN3, "§éc lËp", ".VnTime"),
        (Spelling.VNI, "Ñoäc laäp", "VNI-Times"),
        (Spelling.BARE, "Doc lap", ""),
        (Spelling.CAPITALS, "ĐỘC LẬP", ""),
        (Spelling.WORN, "\u00d0ộc lập", ""),
    ],
)
def test_old_typing_is_as_the_published_samples_show_it(
    way: Spelling, octets: str, font: str
) -> None:
    assert spell("Độc lập", way) == ((octets, font),)


def test_tcvn3_keeps_the_case_of_toned_capitals_in_the_font() -> None:
    assert spell("XÃ MỸ", Spelling.TCVN3) == (
        ("X·", ".VnTimeH"),
        (" ", ".VnTime"),
        ("Mü", ".VnTimeH"),
    )


def test_a_workbook_typed_in_tcvn3_keeps_its_fonts() -> None:
    raw = sheets.write((Sheet("a", (("Tên nhiệm vụ",),)),), Spelling.TCVN3)

    cell = openpyxl.load_workbook(BytesIO(raw))["a"]["A1"]
    assert (cell.value, cell.font.name) == ("Tªn nhiÖm vô", ".VnTime")


def test_zip_names_are_written_in_every_habit() -> None:
    marked = zipped("a.zip", (_PAPER,), folder="Hồ sơ")
    unmarked = zipped("a.zip", (_PAPER,), flag=False)
    windows = zipped("a.zip", (_PAPER,), coding="cp1258", flag=False)

    assert ZipFile(BytesIO(marked.raw)).namelist() == ["Hồ sơ/Phiếu đề xuất.docx"]
    assert _PAPER.name.encode() in unmarked.raw
    assert ZipFile(BytesIO(unmarked.raw)).infolist()[0].flag_bits & 0x800 == 0
    assert cp1258(_PAPER.name) in windows.raw
    assert cp1258("Phiếu").decode("cp1258") == "Phi\u00ea\u0301u"


def test_a_zip_under_a_password_opens_with_it() -> None:
    box = zipped_with_password(Draw("a"), "a.zip", (_PAPER,), "123456")

    with ZipFile(BytesIO(box.raw)) as archive:
        assert archive.read(_PAPER.name, pwd=b"123456") == _PAPER.raw
        with pytest.raises(RuntimeError):
            archive.read(_PAPER.name)


def test_a_rar_names_its_member_and_its_sum() -> None:
    plain = Paper(name="Phieu.docx", raw=b"abc", media=DOCX, roles=())

    raw = rared("a.rar", (plain,)).raw
    assert raw.startswith(b"Rar!\x1a\x07\x00")
    assert b"Phieu.docxabc" in raw
    assert zlib.crc32(b"abc").to_bytes(4, "little") in raw


def test_an_office_file_under_a_password_is_an_ole_file() -> None:
    raw = with_password(Draw("a"), _PAPER).raw

    with olefile.OleFileIO(raw) as found:
        streams = found.listdir()
        size = found.get_size("EncryptedPackage")

    assert streams == [["EncryptedPackage"], ["EncryptionInfo"]]
    assert size >= len(_PAPER.raw) // 16 * 16


def test_rich_text_writes_letters_as_numbers() -> None:
    raw = rich_text((Para("Độc lập {1}"),))

    assert raw.startswith(b"{\\rtf1")
    assert b"\\u272?\\u7897?c l\\u7853?p \\{1\\}" in raw


def test_a_scan_has_pages_and_no_letter() -> None:
    scan = scans.scanned(Draw("a"), _BLOCKS, "scan.pdf")

    document = pypdfium2.PdfDocument(scan.raw)
    assert len(document) == 2
    assert words_of(scan.raw).strip() == ""
