"""The Word reader, on papers with gold text and on small documents of one trait each."""

import re

import pytest

from dossier import UnreadCause
from ingest.content import Cell, Content, Line, Table, UnreadableError
from ingest.readers.docx import read
from tests.ingest.readers.word import cell, docx, paragraph, run, table
from tests.papers import Gold, archive, missed, papers, squeezed

PAPERS = papers("docx")
every_paper = pytest.mark.parametrize("gold", PAPERS, ids=lambda gold: gold.name)


def lines(content: Content) -> list[str]:
    return [line.text for line in content.lines() if not line.hidden]


def everything(content: Content) -> str:
    return "\n".join((content.plain(), *(line.text for line in content.margins)))


def control(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


@every_paper
def test_every_word_a_person_reads_is_read(gold: Gold) -> None:
    assert missed(gold, everything(read(gold.raw))) == []


@every_paper
def test_deleted_and_hidden_words_are_not_read(gold: Gold) -> None:
    read_words = squeezed(everything(read(gold.raw)))

    assert [words for words in gold.forbidden if squeezed(words) in read_words] == []


@every_paper
def test_check_boxes_are_read_as_they_are_ticked(gold: Gold) -> None:
    words = squeezed(everything(read(gold.raw)))
    ticks = {
        label: bool(re.search(f"[☒☑]{re.escape(squeezed(label))}", words))
        for label, _ in gold.checks
    }

    assert ticks == dict(gold.checks)


@every_paper
def test_tables_keep_their_cells_in_place(gold: Gold) -> None:
    found = [
        {(one.row, one.column): squeezed(one.text) for one in grid.cells}
        for grid in read(gold.raw).tables()
    ]

    for known in gold.tables:
        # A cell that holds a table says its words as well; the gold gives only its own.
        alike = [
            sum(grid.get(place, "").startswith(squeezed(text)) for place, text in known.items())
            for grid in found
        ]
        assert max(alike) == len(known)


@every_paper
def test_a_legacy_paper_says_what_it_was_typed_in(gold: Gold) -> None:
    assert read(gold.raw).legacy == ((gold.encoding,) if gold.is_legacy else ())


def test_order_and_places_are_kept() -> None:
    raw = docx(paragraph("Kính gửi") + table(cell("STT") + cell("Tên")) + paragraph("Nơi nhận"))

    content = read(raw)

    assert [(item.spot, type(item)) for item in content.items] == [
        ("đoạn 1", Line),
        ("bảng 1", Table),
        ("đoạn 2", Line),
    ]
    assert [line.spot for line in content.lines()][1:3] == [
        "bảng 1, dòng 1, cột 1",
        "bảng 1, dòng 1, cột 2",
    ]


def test_merged_cells_stand_once_with_their_spans() -> None:
    raw = docx(
        table(
            cell("STT", '<w:vMerge w:val="restart"/>')
            + cell("Kinh phí", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("NSNN") + cell("Khác"),
        )
    )

    (grid,) = read(raw).tables()

    assert [
        (one.text, one.row, one.column, one.row_span, one.column_span) for one in grid.cells
    ] == [
        ("STT", 1, 1, 2, 1),
        ("Kinh phí", 1, 2, 1, 2),
        ("NSNN", 2, 2, 1, 1),
        ("Khác", 2, 3, 1, 1),
    ]


def test_a_table_in_a_cell_is_read_twice_but_said_once() -> None:
    inner = table(cell("Ngân sách") + cell("1.500"))
    raw = docx(table(cell(f"{paragraph('Kinh phí')}{inner}<w:p/>")))

    content = read(raw)

    assert lines(content) == ["Kinh phí", "Ngân sách\t1.500"]
    assert [len(grid.cells) for grid in content.tables()] == [1, 2]


def test_a_text_box_is_read_once_where_it_is_anchored() -> None:
    box = f"<wps:txbx><w:txbxContent>{paragraph('trong khung')}</w:txbxContent></wps:txbx>"
    older = f"<v:textbox><w:txbxContent>{paragraph('trong khung')}</w:txbxContent></v:textbox>"
    drawing = f"<w:drawing><wp:anchor>{box}</wp:anchor></w:drawing>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{drawing}</mc:Choice>"
        f"<mc:Fallback><w:pict>{older}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    raw = docx(f"<w:p>{run('trước')}<w:r>{both}</w:r></w:p>{paragraph('sau')}")

    found = [(line.text, line.spot) for line in read(raw).lines()]

    assert found == [("trước", "đoạn 1"), ("trong khung", "khung chữ 1"), ("sau", "đoạn 2")]


LEVEL = (
    '<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + LEVEL.format(at=0, form="decimal", text="%1.")
    + "</w:lvl>"
    + LEVEL.format(at=1, form="lowerLetter", text="%2)")
    + "</w:lvl>"
    + LEVEL.format(at=2, form="bullet", text="\uf0b7")
    + "</w:lvl></w:abstractNum>"
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text: str, level: int = 0, number: int = 7) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbers)


def test_automatic_numbers_are_part_of_the_text() -> None:
    raw = docx(
        numbered("Tên") + numbered("một", 1) + numbered("hai", 1) + numbered("gạch", 2)
        + numbered("Mục tiêu") + numbered("lại từ đầu", 1),
        numbering=NUMBERING,
    )  # fmt: skip

    assert lines(read(raw)) == [
        "1. Tên",
        "a) một",
        "b) hai",
        "- gạch",
        "2. Mục tiêu",
        "a) lại từ đầu",
    ]


def test_a_list_that_restarts_counts_from_one_again() -> None:
    raw = docx(
        numbered("A") + numbered("B") + numbered("C", number=8) + numbered("D", number=8),
        numbering=NUMBERING,
    )

    assert lines(read(raw)) == ["1. A", "2. B", "1. C", "2. D"]


def test_a_number_alone_in_its_cell_is_read() -> None:
    raw = docx(table(cell(numbered("")) + cell("Áp dụng 5S")), numbering=NUMBERING)

    assert lines(read(raw)) == ["1.", "Áp dụng 5S"]


def test_numbers_come_through_a_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = paragraph("Tên", '<w:pStyle w:val="Muc"/>') + paragraph("Mục", '<w:pStyle w:val="Muc"/>')

    assert lines(read(docx(body, styles=style, numbering=NUMBERING))) == ["1. Tên", "2. Mục"]


def test_a_place_holder_is_hidden_and_an_answer_is_not() -> None:
    raw = docx(
        f"<w:p>{run('Tên: ')}{control(run('Bấm để nhập'), '<w:showingPlcHdr/>')}</w:p>"
        f"<w:p>{run('Mục tiêu: ')}{control(run('Giảm lỗi'))}</w:p>"
    )

    assert [(line.text, line.hidden) for line in read(raw).lines()] == [
        ("Tên:", False),
        ("Bấm để nhập", True),
        ("Mục tiêu: Giảm lỗi", False),
    ]


def test_a_place_holder_in_a_cell_leaves_the_cell_empty() -> None:
    empty = control(paragraph("Bấm để nhập"), "<w:showingPlcHdr/>")
    raw = docx(table(cell("Tên") + cell(f"{empty}<w:p/>")))

    content = read(raw)

    assert lines(content) == ["Tên"]
    assert [line.text for line in content.lines() if line.hidden] == ["Bấm để nhập"]


FORM_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/>'
    "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("box", "mark"),
    [
        (control(run("☐"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), "☒"),
        (control(run("☒"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'), "☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☒"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☒"),
        (run("\uf0fe"), "☒"),
        (run("o", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "☐"),
        (
            FORM_FIELD,
            "☒",
        ),
    ],
    ids=["control", "control off", "sign", "sign off", "other font", "private", "font", "form"],
)
def test_a_check_box_is_read_however_it_was_made(box: str, mark: str) -> None:
    assert lines(read(docx(f"<w:p>{box}{run(' Có')}</w:p>"))) == [f"{mark} Có"]


def test_the_entry_chosen_in_a_list_is_read() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="Đề tài"/><w:listEntry w:val="Dự án"/></w:ddList></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert lines(read(docx(f"<w:p>{run('Hình thức: ')}{field}</w:p>"))) == ["Hình thức: Dự án"]


def test_tracked_insertions_are_there_and_deletions_are_gone() -> None:
    gone = "<w:del><w:r><w:delText>36</w:delText></w:r></w:del>"
    raw = docx(f"<w:p>{gone}<w:ins>{run('24')}</w:ins>{run(' tháng')}</w:p>")

    assert lines(read(raw)) == ["24 tháng"]


def test_hidden_words_are_flagged_through_a_style_as_well() -> None:
    style = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    unseen = run("ẩn", '<w:rStyle w:val="An"/>')
    raw = docx(f"<w:p>{run('thấy')}{unseen}</w:p>", styles=style)

    assert [(line.text, line.hidden) for line in read(raw).lines()] == [
        ("thấy", False),
        ("ẩn", True),
    ]


def test_the_lines_of_a_paragraph_share_its_place() -> None:
    raw = docx(f"<w:p>{run('UBND HUYỆN MỸ LỘC')}<w:r><w:br/></w:r>{run('UBND XÃ MỸ HÀ')}</w:p>")

    assert [(line.text, line.spot) for line in read(raw).lines()] == [
        ("UBND HUYỆN MỸ LỘC", "đoạn 1"),
        ("UBND XÃ MỸ HÀ", "đoạn 1"),
    ]


def test_a_tab_between_words_stays() -> None:
    raw = docx(f"<w:p>{run('Số: 25/UBND')}<w:r><w:tab/></w:r>{run('Mỹ Hà, ngày 20')}</w:p>")

    assert lines(read(raw)) == ["Số: 25/UBND\tMỹ Hà, ngày 20"]


NOT_BOLD = '<w:b w:val="0"/>'


def test_bold_means_every_word() -> None:
    raw = docx(
        f"<w:p>{run('PHIẾU ĐỀ XUẤT', '<w:b/>')}</w:p>"
        f"<w:p>{run('1. Tên:', '<w:b/>')}{run(' Áp dụng 5S')}</w:p>"
        f"<w:p>{run('thường', NOT_BOLD)}</w:p>"
    )

    assert [line.bold for line in read(raw).lines()] == [True, False, False]


BREAK = '<w:r><w:br w:type="page"/></w:r>'
TURN = "<w:r><w:lastRenderedPageBreak/></w:r>"
SECTION = '<w:sectPr><w:type w:val="{}"/></w:sectPr>'


@pytest.mark.parametrize(
    "between",
    [
        f"<w:p>{BREAK}</w:p>",
        f"<w:p><w:pPr>{SECTION.format('nextPage')}</w:pPr></w:p>",
        f"<w:p><w:pPr>{SECTION.format('continuous')}</w:pPr>{BREAK}</w:p>",
    ],
    ids=["page", "section", "both"],
)
def test_a_break_somebody_made_opens_a_page(between: str) -> None:
    raw = docx(paragraph("một") + between + paragraph("hai") + paragraph("ba") + "<w:sectPr/>")

    assert [line.new_page for line in read(raw).lines()] == [True, True, False]


def test_a_paragraph_that_begins_a_page_opens_it() -> None:
    raw = docx(paragraph("một") + paragraph("hai", "<w:pageBreakBefore/>"))

    assert [line.new_page for line in read(raw).lines()] == [True, True]


def test_a_section_on_the_same_page_opens_none() -> None:
    raw = docx(
        f"<w:p><w:pPr>{SECTION.format('nextPage')}</w:pPr>{run('một')}</w:p>"
        + paragraph("hai")
        + SECTION.format("continuous")
    )

    assert [line.new_page for line in read(raw).lines()] == [True, False]


def test_a_table_can_open_a_page() -> None:
    raw = docx(paragraph("một") + f"<w:p>{BREAK}</w:p>" + table(cell("STT")))

    assert [item.new_page for item in read(raw).items] == [True, True]


def test_pages_are_counted_where_a_program_left_its_turns() -> None:
    raw = docx(
        paragraph("một")
        + f"<w:p>{TURN}{run('hai')}</w:p>"
        + f"<w:p>{BREAK}</w:p><w:p>{TURN}{run('ba')}</w:p>"
    )

    assert [(line.page, line.spot) for line in read(raw).lines()] == [
        (1, "trang 1, đoạn 1"),
        (2, "trang 2, đoạn 2"),
        (3, "trang 3, đoạn 3"),
    ]


def test_pages_are_not_guessed_where_nothing_tells_them() -> None:
    raw = docx(paragraph("một") + f"<w:p>{BREAK}</w:p>" + paragraph("hai"))

    assert [line.page for line in read(raw).lines()] == [None, None]


def test_headers_notes_and_comments_are_margins() -> None:
    raw = docx(
        paragraph("thân"),
        header=paragraph("BM.01-QT"),
        footnotes=f"<w:footnote>{paragraph('theo giá 2024')}</w:footnote>",
        comments=f"<w:comment>{paragraph('bổ sung số liệu')}</w:comment>",
    )

    content = read(raw)

    assert lines(content) == ["thân"]
    assert [(line.text, line.spot) for line in content.margins] == [
        ("BM.01-QT", "đầu trang"),
        ("theo giá 2024", "chú thích 1"),
        ("bổ sung số liệu", "nhận xét 1"),
    ]


def picture(width: float, height: float) -> str:
    size = f'<wp:extent cx="{int(width * 360_000)}" cy="{int(height * 360_000)}"/>'
    return f"<w:r><w:drawing><wp:inline>{size}<a:blip/></wp:inline></w:drawing></w:r>"


def test_a_picture_as_large_as_a_page_is_told_and_a_logo_is_not() -> None:
    content = read(docx(f"<w:p>{run('Ảnh')}{picture(2, 2)}{picture(16, 22)}</w:p>"))

    assert content.pictures == 2
    assert [(part.spot, part.cause) for part in content.unseen] == [
        ("sau đoạn 1", UnreadCause.SCAN)
    ]


def test_it_is_told_which_paragraph_or_cell_a_picture_follows_unless_it_is_a_bullet() -> None:
    cell = f"<w:tc><w:p>{run('Mục tiêu')}</w:p></w:tc><w:tc><w:p>{picture(6, 3)}</w:p></w:tc>"
    content = read(
        docx(
            f"<w:p>{run('Mục 1')}{picture(0.4, 0.4)}</w:p><w:p>{run('Mục 2')}</w:p>"
            f"<w:p>{picture(6, 3)}</w:p><w:tbl><w:tr>{cell}</w:tr></w:tbl>"
        )
    )

    assert content.pictured == ("đoạn 2", "bảng 1, dòng 1, cột 2")


def test_an_embedded_file_is_told() -> None:
    held = '<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'

    content = read(docx(f"<w:p>{run('Bảng')}<w:r>{held}</w:r></w:p>"))

    assert [part.cause for part in content.unseen] == [UnreadCause.UNSUPPORTED]


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (docx(f"<w:p>{picture(16, 22)}</w:p>"), UnreadCause.SCAN),
        (docx("<w:p/>"), UnreadCause.EMPTY),
        (docx(f"<w:p>{run('x')}</w:p>")[:400], UnreadCause.BROKEN),
        (b"PK\3\4 not a package", UnreadCause.BROKEN),
        (archive("docx_billion_laughs.docx"), UnreadCause.UNSAFE),
        (archive("docx_xxe.docx"), UnreadCause.UNSAFE),
        (archive("docx_deep_nesting.docx"), UnreadCause.TOO_LARGE),
        (archive("docx_xml_bomb_1g.docx"), UnreadCause.TOO_LARGE),
    ],
    ids=["pictures", "blank", "cut", "no zip", "laughs", "entity", "deep", "bomb"],
)
def test_what_cannot_be_read_says_why(raw: bytes, cause: UnreadCause) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(raw)

    assert caught.value.cause is cause


def test_a_cell_says_where_it_stands() -> None:
    (grid,) = read(docx(table(cell("STT") + cell("Tên"), cell("1") + cell("5S")))).tables()

    assert grid.rows()[1] == (
        Cell(text="1", row=2, column=1, spot="bảng 1, dòng 2, cột 1"),
        Cell(text="5S", row=2, column=2, spot="bảng 1, dòng 2, cột 2"),
    )
