"""The PDF reader, on papers with gold text and on small files of one trait each."""

import pytest

from dossier import Text, UnreadCause
from ingest.content import Content, Line, Table, UnreadableError
from ingest.readers.pdf import read
from tests.ingest.readers.portable import grid, line, pdf, picture, text
from tests.papers import Gold, missed, papers, source, squeezed

PAPERS = papers("pdf")
CLIPPED = "72_bangtonghop_5nv_an.pdf"
"""Printed from Excel with rows too low for their words: half of the text is not on the paper."""
ENOUGH = "Dong nay dai hon ba muoi chu cai de trang co chu"
"""Letters enough for a page to count as one with words."""


def lines(content: Content) -> list[str]:
    return [item.text for item in content.items if isinstance(item, Line)]


def everything(content: Content) -> str:
    return "\n".join((content.plain(), *(one.text for one in content.margins)))


@pytest.mark.parametrize(
    "gold",
    [gold for gold in PAPERS if not gold.is_legacy and gold.name != CLIPPED],
    ids=lambda gold: gold.name,
)
def test_every_word_a_person_reads_is_read(gold: Gold) -> None:
    # An inner table without lines cannot be told from words side by side.
    wrapped = {"Ngân sách nhà nước cấp", "Kinh phí đối ứng của doanh nghiệp"}

    assert set(missed(gold, everything(read(gold.raw)))) <= wrapped


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("63_bangtonghop_my_thang.pdf", 27),
        ("64_bangtonghop_5nv.pdf", 51),
        ("67_phieu_sdt.pdf", 6),
        ("68_phieu_trong_bang.pdf", 19),
    ],
)
def test_ruled_tables_keep_their_cells_in_place_across_pages(name: str, cells: int) -> None:
    (gold,) = (one for one in PAPERS if one.name == name)
    found = [
        {(one.row, one.column): squeezed(one.text) for one in table.cells}
        for table in read(gold.raw).tables()
    ]

    for known in gold.tables:
        alike = [
            sum(table.get(place) == squeezed(text) for place, text in known.items())
            for table in found
        ]
        assert max(alike) == cells


@pytest.mark.parametrize("gold", PAPERS, ids=lambda gold: gold.name)
def test_reading_twice_gives_the_same(gold: Gold) -> None:
    assert read(gold.raw) == read(gold.raw)


def test_a_head_of_two_blocks_is_read_block_by_block() -> None:
    read_lines = lines(read(source("60_congvan_my_thang.pdf")))

    assert read_lines[1:7] == [
        "UBND HUYỆN MỸ LỘC",
        "UBND XÃ MỸ THẮNG",
        "Số: 45/UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT",
        "NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_two_blocks_that_almost_touch_are_not_run_together() -> None:
    left = text(60, 780, "CONG TY TNHH THUC PHAM SACH HAI YEN") + text(60, 762, "So: 07/CV")
    right = text(322, 780, "CONG HOA XA HOI CHU NGHIA") + text(340, 762, "Doc lap - Tu do")

    assert lines(read(pdf(left + right + text(60, 700, ENOUGH)))) == [
        "CONG TY TNHH THUC PHAM SACH HAI YEN",
        "So: 07/CV",
        "CONG HOA XA HOI CHU NGHIA",
        "Doc lap - Tu do",
        ENOUGH,
    ]


def test_names_and_values_side_by_side_stay_together() -> None:
    rows = "".join(
        text(60, 700 - 18 * number, name) + text(300, 700 - 18 * number, value)
        for number, (name, value) in enumerate(
            (("Dien thoai", "0912 345 678"), ("Nguoi lien he", "A"), ("Thu", "van.thu@x.vn"))
        )
    )

    assert lines(read(pdf(rows))) == [
        "Dien thoai\t0912 345 678",
        "Nguoi lien he\tA",
        "Thu\tvan.thu@x.vn",
    ]


def test_legacy_fonts_without_a_font_name_are_known_by_their_words() -> None:
    content = read(source("70_phieu_vni.pdf"))

    assert content.legacy == ("vni",)
    assert lines(content)[:2] == [
        "Mẫu A1-ĐXNV",
        "PHIẾU ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP",
    ]


def test_a_file_that_lost_a_letter_is_not_trusted() -> None:
    content = read(source("69_phieu_tcvn3.pdf"))

    assert content.text is Text.OCR
    assert [part.spot for part in content.unseen] == ["cả tệp"]


def test_words_printed_over_one_another_are_told() -> None:
    content = read(source(CLIPPED))

    assert [(part.spot, part.cause) for part in content.unseen] == [
        ("trang 1", UnreadCause.UNSUPPORTED)
    ]


def test_the_words_of_a_table_are_in_no_line() -> None:
    table = grid([60, 100, 300], [600, 640, 680]) + text(65, 650, "STT") + text(105, 650, "Ten")
    body = table + text(65, 610, "1") + text(105, 610, "Ap dung 5S")

    content = read(pdf(text(60, 720, ENOUGH) + body + text(60, 560, "Noi nhan")))

    assert lines(content) == [ENOUGH, "Noi nhan"]
    assert [type(item) for item in content.items] == [Line, Table, Line]
    (found,) = content.tables()
    assert [(cell.text, cell.spot) for cell in found.cells] == [
        ("STT", "trang 1, bảng 1, dòng 1, cột 1"),
        ("Ten", "trang 1, bảng 1, dòng 1, cột 2"),
        ("1", "trang 1, bảng 1, dòng 2, cột 1"),
        ("Ap dung 5S", "trang 1, bảng 1, dòng 2, cột 2"),
    ]


def test_merged_cells_have_their_spans() -> None:
    rules = (
        grid([60, 200, 300], [600, 640])
        + line(60, 680, 300, 680)
        + line(60, 640, 60, 680)
        + line(300, 640, 300, 680)
    )
    words = text(65, 650, "Kinh phi trieu dong") + text(65, 610, "NSNN") + text(205, 610, "Khac")

    (table,) = read(pdf(rules + words + text(60, 400, ENOUGH))).tables()

    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in table.cells] == [
        ("Kinh phi trieu dong", 1, 1, 2),
        ("NSNN", 2, 1, 1),
        ("Khac", 2, 2, 1),
    ]


def test_a_row_cut_by_the_page_is_made_whole() -> None:
    first = grid([60, 100, 300], [60, 100, 140]) + text(65, 110, "STT") + text(105, 110, "Ten")
    first += text(65, 70, "1") + text(105, 70, "Ap dung 5S va") + text(60, 700, ENOUGH)
    second = grid([60, 100, 300], [700, 740, 780]) + text(105, 750, "TPM tai xuong")
    second += text(65, 710, "2") + text(105, 710, "Dao tao")

    (table,) = read(pdf(first, second)).tables()

    assert [(cell.row, cell.text) for cell in table.cells if cell.column == 2] == [
        (1, "Ten"),
        (2, "Ap dung 5S va TPM tai xuong"),
        (3, "Dao tao"),
    ]


def test_a_head_repeated_on_the_next_page_is_read_once() -> None:
    head = text(65, 750, "STT") + text(105, 750, "Ten")
    first = grid([60, 100, 300], [60, 100, 140]) + text(65, 110, "STT") + text(105, 110, "Ten")
    first += text(65, 70, "1") + text(105, 70, "Ap dung 5S") + text(60, 700, ENOUGH)
    second = grid([60, 100, 300], [700, 740, 780]) + head
    second += text(65, 710, "2") + text(105, 710, "Dao tao")

    (table,) = read(pdf(first, second)).tables()

    assert [cell.text for cell in table.cells if cell.column == 1] == ["STT", "1", "2"]


def test_a_line_wrapped_in_its_cell_is_one_line_and_a_short_one_ends() -> None:
    rules = grid([60, 100, 200], [500, 600])
    words = text(65, 580, "1") + text(105, 580, "Ap dung cong") + text(105, 566, "cu 5S.")
    words += text(105, 552, "Hai.")

    (table,) = read(pdf(rules + words + text(60, 400, ENOUGH))).tables()

    assert table.cells[1].text == "Ap dung cong cu 5S.\nHai."


def test_a_page_is_opened_by_its_first_item() -> None:
    content = read(pdf(text(60, 700, ENOUGH) + text(60, 680, "hai"), text(60, 700, "ba")))

    assert [item.new_page for item in content.items] == [True, False, True]
    assert [item.spot for item in content.items] == [
        "trang 1, dòng 1",
        "trang 1, dòng 2",
        "trang 2, dòng 1",
    ]


def test_page_numbers_and_running_heads_are_margins() -> None:
    pages = [
        text(60, 815, f"Cong ty A - trang {number}") + text(60, 700, ENOUGH) + text(290, 30, "2")
        for number in (1, 2)
    ]

    content = read(pdf(*pages))

    assert lines(content) == [ENOUGH, ENOUGH]
    assert len(content.margins) == 4


def test_two_letters_that_begin_alike_keep_their_heads() -> None:
    page = text(60, 775, "BAN CAM KET") + text(60, 700, ENOUGH)

    assert lines(read(pdf(page, page))) == ["BAN CAM KET", ENOUGH, "BAN CAM KET", ENOUGH]


def test_bold_words_are_told() -> None:
    page = text(60, 700, ENOUGH) + text(60, 680, "PHIEU DE XUAT", "F2")

    assert [item.bold for item in read(pdf(page)).items if isinstance(item, Line)] == [False, True]


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    upright = "".join(
        f"BT /F1 12 Tf 0 1 -1 0 {100 + 20 * number} 60 Tm ({words}) Tj ET\n"
        for number, words in enumerate((ENOUGH, "dong hai"))
    )

    assert lines(read(pdf(upright, rotate=90))) == [ENOUGH, "dong hai"]


def test_a_page_that_is_a_picture_is_listed_and_the_others_are_read() -> None:
    content = read(pdf(text(60, 700, ENOUGH), picture(0, 0, 595, 842)))

    assert (content.pages, content.scanned_pages, lines(content)) == (2, (2,), [ENOUGH])


def test_the_stamp_of_a_digital_signature_does_not_make_a_scan_read() -> None:
    stamp = text(300, 100, "Nguoi ky: UBND XA MY HA") + text(300, 80, "Ngay ky: 20/03/2024 10:11")

    content = read(pdf(picture(0, 0, 595, 842) + stamp))

    assert content.scanned_pages == (1,)


def test_words_laid_under_a_scan_are_not_typed_words() -> None:
    under = "".join(
        f"BT 3 Tr /F1 12 Tf 60 {700 - 14 * number} Td ({ENOUGH}) Tj ET\n" for number in range(12)
    )

    content = read(pdf(picture(0, 0, 595, 842) + under))

    assert (content.text, content.scanned_pages) == (Text.OCR, ())


def test_a_photograph_pasted_on_a_page_of_words_is_told() -> None:
    content = read(pdf(text(60, 780, ENOUGH) + picture(80, 100, 430, 600)))

    assert [(part.spot, part.cause) for part in content.unseen] == [("trang 1", UnreadCause.SCAN)]


def test_a_file_that_was_cut_off_may_lack_pages() -> None:
    whole = pdf(text(60, 700, ENOUGH))

    content = read(whole.replace(b"%%EOF", b"%%E"))

    assert lines(content) == [ENOUGH]
    assert [(part.spot, part.cause) for part in content.unseen] == [("cả tệp", UnreadCause.BROKEN)]
    assert read(whole).unseen == ()


def test_a_page_that_is_damaged_is_told_and_the_others_are_read() -> None:
    whole = pdf(text(60, 700, ENOUGH), text(60, 700, "hai"))
    damaged = whole.replace(b"9 0 R]", b"1 0 R]")

    content = read(damaged)

    assert lines(content) == [ENOUGH]
    assert [part.spot for part in content.unseen] == ["trang 2"]


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (pdf(text(60, 700, ENOUGH), encrypted=True), UnreadCause.ENCRYPTED),
        (b"%PDF-1.4\nrubbish", UnreadCause.BROKEN),
        (pdf(""), UnreadCause.EMPTY),
        (pdf(picture(0, 0, 595, 842)), UnreadCause.SCAN),
    ],
    ids=["locked", "broken", "blank", "scan"],
)
def test_what_cannot_be_read_says_why(raw: bytes, cause: UnreadCause) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(raw)

    assert caught.value.cause is cause


def test_the_columns_of_a_head_end_above_the_line_of_the_addressee() -> None:
    raw = pdf(
        text(60, 800, "PHONG TU PHAP")
        + text(330, 800, "CONG HOA XA HOI CHU NGHIA VIET NAM", size=10)
        + text(60, 785, "So: 28/TP")
        + text(360, 785, "Doc lap - Tu do - Hanh phuc", size=10)
        + text(60, 772, "Kinh gui: UBND huyen")
        + text(60, 750, ENOUGH)
    )

    found = lines(read(raw))

    assert found.index("Kinh gui: UBND huyen") > found.index("Doc lap - Tu do - Hanh phuc")
