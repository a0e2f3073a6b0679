"""What a file holds: its papers and the roles they play."""

import unicodedata

import pytest

from dossier import (
    CERTAIN,
    CommitmentLetter,
    CoverLetter,
    OtherPaper,
    Paper,
    ProposalForm,
    Role,
    SummaryTable,
    Text,
    UnreadCause,
)
from ingest.content import Content, Line, Unseen
from ingest.recognise import Recognised, recognise
from tests.ingest.extract.contents import CALL, pdf, table, word
from tests.ingest.extract.texts import (
    FIRST,
    HEADER,
    LETTER,
    SECOND,
    TABLE_TITLE,
    blank_form,
    commitment,
    form,
    letter,
    summary,
)

BOTH = (
    "Công ty TNHH May Lộc An đề xuất 01 nhiệm vụ “Xây dựng mô hình điểm Lean tại xưởng may”.\n"
    "Công ty có nhu cầu thực hiện và cam kết phối hợp thực hiện, đối ứng kinh phí 500 triệu đồng, "
    "tiếp nhận và ứng dụng kết quả."
)


def read(content: Content, name: str = "tep.docx") -> Recognised:
    return recognise(name, content, CALL)


def only(content: Content) -> Paper:
    (paper,) = read(content).papers
    return paper


def without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@pytest.mark.parametrize(
    ("content", "role"),
    [
        pytest.param(word(LETTER), Role.COVER_LETTER, id="công văn"),
        pytest.param(word(TABLE_TITLE, summary()), Role.SUMMARY_TABLE, id="bảng tổng hợp"),
        pytest.param(word(form()), Role.PROPOSAL_FORM, id="phiếu"),
        pytest.param(word(commitment()), Role.COMMITMENT_LETTER, id="cam kết"),
        pytest.param(word(blank_form()), Role.BLANK_TEMPLATE, id="mẫu trống"),
    ],
)
def test_each_paper_is_known_and_known_for_certain(content: Content, role: Role) -> None:
    found = read(content)

    assert found.roles == (role,)
    assert found.papers[0].confidence >= CERTAIN
    assert found.where == ""
    assert found.unread == ()


@pytest.mark.parametrize(
    "spelling", [str.upper, without_accents, lambda text: unicodedata.normalize("NFD", text)]
)
def test_capitals_missing_accents_and_decomposed_letters_change_nothing(spelling: object) -> None:
    assert callable(spelling)

    assert read(word(spelling(form()))).roles == (Role.PROPOSAL_FORM,)
    assert read(word(spelling(commitment()))).roles == (Role.COMMITMENT_LETTER,)
    assert read(word(spelling(LETTER))).roles == (Role.COVER_LETTER,)


@pytest.mark.parametrize("page", ["\f", ""])
def test_one_file_may_hold_the_whole_dossier(page: str) -> None:
    found = read(
        word(
            LETTER.strip(),
            page + TABLE_TITLE,
            summary(),
            page + form().strip(),
            page + form(ten=SECOND).strip(),
            page + commitment().strip(),
            page + commitment(name="Công ty TNHH Minh An").strip(),
        )
    )

    assert [paper.role for paper in found.papers] == [
        Role.COVER_LETTER,
        Role.SUMMARY_TABLE,
        Role.PROPOSAL_FORM,
        Role.PROPOSAL_FORM,
        Role.COMMITMENT_LETTER,
        Role.COMMITMENT_LETTER,
    ]
    assert [paper.task for paper in found.papers if isinstance(paper, ProposalForm)] == [
        FIRST,
        SECOND,
    ]
    assert [paper.enterprise for paper in found.papers if isinstance(paper, CommitmentLetter)] == [
        "Công ty TNHH Cơ khí Hà Phát",
        "Công ty TNHH Minh An",
    ]
    assert all(paper.confidence >= CERTAIN for paper in found.papers)


def test_papers_of_one_pdf_are_told_by_their_pages() -> None:
    found = read(pdf(LETTER, form(), commitment()))

    assert found.roles == (Role.COVER_LETTER, Role.PROPOSAL_FORM, Role.COMMITMENT_LETTER)
    assert found.where == "trang 1; trang 2; trang 3"
    assert [paper.at.spot for paper in found.papers] == ["trang 1", "trang 2", "trang 3"]


def test_a_paper_of_two_pages_is_one() -> None:
    lines = form().strip().splitlines()

    found = read(pdf("\n".join(lines[:9]), "\n".join(lines[9:])))

    assert found.roles == (Role.PROPOSAL_FORM,)
    assert isinstance(found.papers[0], ProposalForm)
    assert found.papers[0].value("kinh_phi") == "1.500 triệu đồng"


def test_a_second_first_field_begins_a_second_form() -> None:
    def fields(title: str) -> str:
        return "\n".join(
            line
            for line in form(ten=title).splitlines()
            if line[:1].isdigit() or "lãng phí" in line
        )

    found = read(word("PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ", fields(FIRST), fields(SECOND)))

    assert [paper.task for paper in found.papers if isinstance(paper, ProposalForm)] == [
        FIRST,
        SECOND,
    ]


def test_a_table_inside_the_letter_is_a_summary_table() -> None:
    before, after = LETTER.split("Hồ sơ gửi kèm")

    found = read(word(before, summary(), f"Hồ sơ gửi kèm{after}"))

    assert found.roles == (Role.COVER_LETTER, Role.SUMMARY_TABLE)
    assert isinstance(found.papers[1], SummaryTable)
    assert [row.title for row in found.papers[1].rows] == [FIRST, SECOND]


def test_every_sheet_is_looked_at() -> None:
    sheets = (
        table(("Hướng dẫn điền bảng",), sheet="HD"),
        table((TABLE_TITLE, "<", "<"), HEADER[:3], ("1", FIRST, "Giảm lãng phí"), sheet="BTH"),
    )

    found = read(Content(items=sheets))

    assert found.roles == (Role.SUMMARY_TABLE,)


def test_letters_set_wide_apart_are_a_title() -> None:
    spaced = form().replace("PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ", "P H I Ế U  Đ Ề  X U Ấ T")

    assert read(word(spaced)).roles == (Role.PROPOSAL_FORM,)


def test_a_form_that_lost_its_title_is_known_by_its_labels() -> None:
    lines = form().strip().splitlines()[5:]

    assert read(word("\n".join(lines))).roles == (Role.PROPOSAL_FORM,)


def test_a_form_with_gaps_is_a_form_and_not_a_template() -> None:
    assert read(word(blank_form(ten=FIRST))).roles == (Role.PROPOSAL_FORM,)
    assert read(word(form(ten="....", kinh_phi="....", dia_chi="...."))).roles == (
        Role.PROPOSAL_FORM,
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "PHIẾU ĐỀ XUẤT ĐỀ TÀI\nKHOA HỌC VÀ CÔNG NGHỆ CẤP TỈNH NĂM 2025",
            "PHIẾU ĐỀ XUẤT ĐỀ TÀI KHOA HỌC VÀ CÔNG NGHỆ CẤP TỈNH NĂM 2025",
        ),
        ("PHIẾU ĐĂNG KÝ ĐỀ TÀI CẤP CƠ SỞ", "PHIẾU ĐĂNG KÝ ĐỀ TÀI CẤP CƠ SỞ"),
        ("THUYẾT MINH ĐỀ TÀI", "THUYẾT MINH ĐỀ TÀI"),
        (
            "PHIẾU NHẬN XÉT VÀ ĐÁNH GIÁ ĐỀ XUẤT ĐẶT HÀNG ĐỀ TÀI",
            "PHIẾU NHẬN XÉT VÀ ĐÁNH GIÁ ĐỀ XUẤT ĐẶT HÀNG ĐỀ TÀI",
        ),
    ],
)
def test_another_procedures_form_is_named_and_not_taken_for_ours(title: str, name: str) -> None:
    lines = form().strip().splitlines()[5:]

    paper = only(word(title, "\n".join(lines)))

    assert isinstance(paper, OtherPaper)
    assert (paper.role, paper.title) == (Role.OTHER, name)
    assert paper.confidence >= CERTAIN


def test_an_enterprises_letter_that_only_commits_is_no_cover_letter() -> None:
    text = letter(
        "Phúc đáp Thông báo của UBND xã, Công ty TNHH May Lộc An đăng ký tham gia nhiệm vụ "
        "“Xây dựng mô hình điểm áp dụng Lean” và cam kết những nội dung sau:\n"
        "- Về nhu cầu: cần được tư vấn cải tiến.\n"
        "- Về phối hợp: bố trí nhân lực, tạo điều kiện cho chuyên gia.\n"
        "- Về kinh phí: đối ứng 500 triệu đồng.\n"
        "- Về kết quả: tiếp nhận và nhân rộng kết quả.",
        subject="V/v tham gia nhiệm vụ mô hình điểm",
    )

    assert read(word(text)).roles == (Role.COMMITMENT_LETTER,)


def test_a_letter_that_proposes_and_commits_is_both() -> None:
    found = read(word(letter(BOTH)))

    assert found.roles == (Role.COVER_LETTER, Role.COMMITMENT_LETTER)
    assert all(paper.confidence >= CERTAIN for paper in found.papers)


def test_one_courteous_sentence_makes_no_commitment_letter() -> None:
    text = letter(
        "Công ty đề xuất 01 nhiệm vụ “Áp dụng Lean tại xưởng may”. Công ty cam kết làm đúng luật."
    )

    assert read(word(text)).roles == (Role.COVER_LETTER,)


def test_a_plain_letter_of_a_company_that_proposes_is_a_cover_letter() -> None:
    text = """
        CÔNG TY CP MAY SÔNG HỒNG XANH
        Kính gửi: Phòng Kinh tế và Hạ tầng
        Công ty chúng tôi đề xuất nhiệm vụ “Áp dụng Lean tại xưởng may” thuộc Chương trình 1322.
        GIÁM ĐỐC
        Lê Văn Anh
    """

    assert read(word(text)).roles == (Role.COVER_LETTER,)


@pytest.mark.parametrize(
    "title", ["TỜ TRÌNH\nVề việc đề xuất nhiệm vụ KH&CN", "BÁO CÁO\nVề việc đề xuất nhiệm vụ KH&CN"]
)
def test_a_submission_and_a_report_that_propose_are_cover_letters(title: str) -> None:
    text = letter(
        "UBND xã kính trình 01 nhiệm vụ: Áp dụng 5S tại các cơ sở mộc trên địa bàn xã.",
        head="UBND XÃ MỸ HÀ",
        subject=title,
    )

    assert read(word(text)).roles == (Role.COVER_LETTER,)


def test_a_nil_return_is_a_cover_letter_that_says_so() -> None:
    paper = only(word(letter("Phòng Tư pháp không có nội dung đề xuất.", head="PHÒNG TƯ PHÁP")))

    assert isinstance(paper, CoverLetter)
    assert paper.says_nothing_to_propose


@pytest.mark.parametrize(
    "title",
    ["BẢN CAM KẾT BẢO VỆ MÔI TRƯỜNG", "CAM KẾT BẢO MẬT THÔNG TIN", "BẢN CAM KẾT AN TOÀN THỰC PHẨM"],
)
def test_a_commitment_of_another_kind_is_another_paper(title: str) -> None:
    paper = only(
        word(commitment("Thực hiện đúng quy định.", need="cam kết chấp hành", title=title))
    )

    assert (paper.role, paper.confidence >= CERTAIN) == (Role.OTHER, True)


@pytest.mark.parametrize(
    "text",
    [
        "GIẤY CHỨNG NHẬN\nHệ thống quản lý chất lượng ISO 9001:2015\nCông ty TNHH Cơ khí Hà Phát",
        "Công ty TNHH Cơ khí Hà Phát chuyên sản xuất phụ tùng.\nHình 1. Xưởng cơ khí",
        "HỢP ĐỒNG KINH TẾ\nBên A và bên B phối hợp thực hiện, bên B tiếp nhận hàng",
        "BIÊN BẢN HỌP\nThống nhất đề xuất 02 nhiệm vụ thuộc Chương trình 1322",
        "BÁO CÁO TÀI CHÍNH NĂM 2023\nDoanh thu 10 tỷ đồng, chi phí 8 tỷ đồng",
        "QUYẾT ĐỊNH\nVề việc phê duyệt đề án phát triển làng nghề",
    ],
)
def test_certificates_brochures_contracts_and_minutes_cause_no_doubt(text: str) -> None:
    paper = only(word(text))

    assert isinstance(paper, OtherPaper)
    assert (paper.role, paper.confidence) == (Role.OTHER, 1.0)


def test_the_call_sent_back_is_the_call_by_its_words() -> None:
    text = CALL.letters[0].text.replace("**", "")

    assert only(word(text)).role is Role.CALL_LETTER
    assert only(pdf(*text.split("II. Định hướng nội dung đề xuất"))).role is Role.CALL_LETTER


def test_a_letter_of_ours_is_known_by_its_number_and_issuer() -> None:
    ours = letter(
        "UBND huyện triển khai như sau.", head="UBND HUYỆN MỸ LỘC", number="Số: 285/UBND-KTHT"
    )
    province = letter(
        "Sở đề nghị các huyện đề xuất nhiệm vụ.",
        head="UBND TỈNH NAM ĐỊNH\nSỞ KHOA HỌC VÀ CÔNG NGHỆ",
        number="Số: 369/SKHCN-TĐC",
    )

    assert only(word(ours)).role is Role.CALL_LETTER
    assert only(word(province)).role is Role.CALL_LETTER


def test_a_unit_that_answers_the_call_and_names_its_number_is_not_the_call() -> None:
    text = letter(
        "Thực hiện Văn bản số 285/UBND-KTHT của UBND huyện, UBND xã Mỹ Hà đề xuất 01 nhiệm vụ.",
        head="UBND HUYỆN MỸ LỘC\nUBND XÃ MỸ HÀ",
        number="Số: 14/UBND-KTHT",
    )

    assert only(word(text)).role is Role.COVER_LETTER


def test_a_blank_table_and_a_blank_commitment_are_templates() -> None:
    rows = (("1", "", "", "", "", "", ""), ("2", "……", "", "", "", "", ""))
    blank = commitment(
        "1. Phối hợp: ………………\n2. Đối ứng kinh phí: ………………\n3. Tiếp nhận kết quả: ………………",
        need="có nhu cầu tham gia nhiệm vụ ………………",
        name="Tên doanh nghiệp …………",
    )
    blank = blank.replace("Số: 05/CK-HP", "Số: …/…").replace(
        "ngày 19 tháng 3 năm", "ngày … tháng … năm"
    )
    blank = blank.replace("(MST 0600724156)", "").replace("Lã Văn Thuận", "")

    assert only(word(TABLE_TITLE, summary(*rows))).role is Role.BLANK_TEMPLATE
    assert only(word(blank)).role is Role.BLANK_TEMPLATE


def test_words_in_headers_and_footers_make_no_paper() -> None:
    margins = (Line(text="PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ", spot="đầu trang"),)
    items = word("Ảnh xưởng cơ khí tại xã Mỹ Hà").items

    assert only(Content(items=items, margins=margins)).role is Role.OTHER


def test_letters_nobody_could_read_are_never_surely_another_paper() -> None:
    text = "PhiÕu ®Ò xuÊt ®Æt hµng nhiÖm vô khoa häc vµ c«ng nghÖ cÊp quèc gia\n" * 6

    paper = only(word(text))

    assert paper.role is Role.OTHER
    assert paper.confidence < CERTAIN


def test_what_a_reader_did_not_see_is_handed_on() -> None:
    unseen = (Unseen(spot="trang 2", cause=UnreadCause.SCAN, reason="là ảnh quét"),)

    found = read(Content(items=pdf(LETTER).items, scanned_pages=(2, 3), unseen=unseen))

    assert found.roles == (Role.COVER_LETTER,)
    assert [(one.at.spot, one.cause) for one in found.unread] == [
        ("trang 2", UnreadCause.SCAN),
        ("trang 3", UnreadCause.SCAN),
    ]


def test_a_file_without_a_word_is_unread_and_not_empty() -> None:
    found = read(Content(items=()))

    assert found.papers == ()
    assert [one.cause for one in found.unread] == [UnreadCause.EMPTY]


def test_where_the_words_came_from_goes_with_the_paper() -> None:
    found = read(Content(items=word(form()).items, text=Text.OCR))

    assert [paper.text for paper in found.papers] == [Text.OCR]


def test_the_name_of_a_file_decides_nothing() -> None:
    named = recognise("Phieu de xuat.docx", word("Danh bạ điện thoại cơ quan"), CALL)

    assert named.roles == (Role.OTHER,)


def test_a_sentence_that_goes_on_with_the_name_of_a_paper_is_no_title() -> None:
    body = (
        "UBND xã Mỹ Hà đề xuất 01 nhiệm vụ thuộc Chương trình 1322, hồ sơ gửi kèm theo gồm có\n"
        "bảng tổng hợp và phiếu đề xuất."
    )

    assert read(pdf(letter(body))).roles == (Role.COVER_LETTER,)


def test_a_paper_whose_font_lost_the_accented_letters_may_be_any_of_ours() -> None:
    lines = (
        "PHI U Đ XU T Đ T HÀNG NHI M V KHOA H C VÀ CÔNG NGH\n1. Tên Đ tài: Áp d ng công c"
        " qu n lý tinh g n trong đóng tàu sông c nh\n4. M c tiêu: Gi m th i gian đóng tàu\n"
        "8. Th i gian: 24 tháng t năm 2025, d ki n nhu c u kinh phí: hai t đ ng ch n"
    )

    found = only(pdf(lines))

    assert found.role is Role.OTHER
    assert found.confidence < CERTAIN
