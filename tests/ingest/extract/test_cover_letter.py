"""A cover letter: who proposes what, with which papers, or that there is nothing to propose."""

from datetime import date

import pytest

from dossier import CoverLetter
from ingest.content import Content
from ingest.extract.cover_letter import extract, says_nothing_to_propose
from ingest.extract.head import head
from ingest.extract.passage import Origin, passages
from tests.ingest.extract.contents import CALL, pdf, table, word
from tests.ingest.extract.texts import FIRST, LETTER, SECOND, letter


def read(content: Content) -> CoverLetter:
    lines = tuple(passages(content.items))
    return extract(lines, head(lines, CALL), CALL, Origin(file="cv.docx"))


def test_head_and_foot_are_read() -> None:
    found = read(word(LETTER))

    assert found.issuer == "UBND xã Mỹ Hà"
    assert (found.number, found.issued) == ("25/UBND-VP", date(2024, 3, 20))
    assert found.subject == "đề xuất nhiệm vụ KH&CN cấp quốc gia năm 2025"
    assert found.addressee == "UBND huyện Mỹ Lộc (qua phòng Kinh tế và Hạ tầng)"
    assert found.signatory == "Đặng Văn Vượng"
    assert found.contact == "bà Trần Thị Lan, ĐT 0912 345 678"


def test_tasks_and_enclosures_are_listed() -> None:
    found = read(word(LETTER))

    assert found.tasks_stated == 2
    assert found.titles == (FIRST, SECOND)
    assert found.enclosures == ("Bảng tổng hợp", "02 phiếu đề xuất")
    assert not found.says_nothing_to_propose


def test_a_head_set_in_a_table_is_a_head() -> None:
    top = table(
        (
            "UBND HUYỆN MỸ LỘC\nPHÒNG TƯ PHÁP\n_____\nSố: 28/TP\nV/v đề xuất nhiệm vụ\nKH&CN 2025",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n_____\nMỹ Lộc, ngày 20 tháng 3 năm 2024",
        )
    )

    found = read(
        word(top, "Kính gửi:\n- UBND huyện;\n- Phòng KT&HT.\nPhòng Tư pháp đề xuất 01 nhiệm vụ.")
    )

    assert found.issuer == "Phòng Tư pháp huyện Mỹ Lộc"
    assert (found.number, found.subject) == ("28/TP", "đề xuất nhiệm vụ KH&CN 2025")
    assert found.issued == date(2024, 3, 20)
    assert found.addressee == "UBND huyện; Phòng KT&HT"


def test_a_head_broken_over_the_lines_of_a_pdf_is_put_together() -> None:
    text = """
        HUYỆN MỸ LỘC
        ỦY BAN NHÂN DÂN XÃ MỸ
        HÀ
        ________
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Độc lập - Tự do - Hạnh phúc
        Số: 14/TTr-UBND Mỹ Hà, ngày 18 tháng 3 năm 2024
        TỜ TRÌNH
        Về việc đề xuất nhiệm vụ KH&CN cấp quốc gia thực hiện từ năm 2025
        thuộc Chương trình 1322
        Kính gửi: Ủy ban nhân dân huyện Mỹ Lộc
        (qua phòng Kinh tế và Hạ tầng)
        Xét đề nghị của các đơn vị, UBND xã Mỹ Hà kính trình UBND huyện xem xét 02 nhiệm
        vụ sắp xếp theo thứ tự ưu tiên:
        1. Xây dựng mô hình điểm áp dụng Lean và HACCP trong sơ chế
        rau củ quả tại xã Mỹ Hà
        2. Hỗ trợ các cơ sở mộc áp dụng 5S
        Hồ sơ kèm theo: (1) Bảng tổng hợp; (2) 02 phiếu đề xuất; (3) 03 văn bản cam kết.
        TM. ỦY BAN NHÂN DÂN
        CHỦ TỊCH
        Đặng Văn Vượng
    """

    found = read(pdf(text))

    assert found.issuer == "UBND xã Mỹ Hà"
    assert (found.number, found.issued) == ("14/TTr-UBND", date(2024, 3, 18))
    assert found.subject.startswith(
        "đề xuất nhiệm vụ KH&CN cấp quốc gia thực hiện từ năm 2025 thuộc"
    )
    assert found.titles == (
        "Xây dựng mô hình điểm áp dụng Lean và HACCP trong sơ chế rau củ quả tại xã Mỹ Hà",
        "Hỗ trợ các cơ sở mộc áp dụng 5S",
    )
    assert found.enclosures == ("Bảng tổng hợp", "02 phiếu đề xuất", "03 văn bản cam kết")


def test_two_columns_kept_apart_by_a_tab_are_two() -> None:
    text = (
        "UBND HUYỆN MỸ LỘC\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "UBND XÃ MỸ PHÚC\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 31/UBND\tMỹ Phúc, ngày 19 tháng 3 năm 2024\n"
        "Kính gửi: UBND huyện\n"
        "UBND xã Mỹ Phúc đề xuất 01 nhiệm vụ.\n"
        "Nơi nhận:\tCHỦ TỊCH\n- Lưu: VT.\tTrần Đức Anh"
    )

    found = read(word(text))

    assert (found.issuer, found.number) == ("UBND xã Mỹ Phúc", "31/UBND")
    assert found.signatory == "Trần Đức Anh"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 25/UBND-VP", "25/UBND-VP"),
        ("Số: 12/2024/CV-MH", "12/2024/CV-MH"),
        ("Số: 15-CV/ĐTN", "15-CV/ĐTN"),
        ("Số:18/BC-HND", "18/BC-HND"),
        ("Số: 05 /TTr-UBND", "05/TTr-UBND"),
        ("Số:…./CV-TNHH", ""),
        ("Số:       /UBND-VP", ""),
    ],
)
def test_a_number_is_read_in_every_style_and_empty_when_left_out(line: str, number: str) -> None:
    assert read(word(letter("Công ty đề xuất 01 nhiệm vụ.", number=line))).number == number


def test_the_number_of_a_letter_that_is_answered_is_not_its_own() -> None:
    found = read(
        word(
            letter(
                "Đơn vị đề xuất 01 nhiệm vụ.",
                number="",
                subject="V/v trả lời Công văn\nsố 285/UBND-KTHT",
            )
        )
    )

    assert found.number == ""


@pytest.mark.parametrize(
    ("head_lines", "issuer"),
    [
        ("HỘI CCB TỈNH NAM ĐỊNH\nHỘI CCB HUYỆN MỸ LỘC", "Hội Cựu chiến binh huyện Mỹ Lộc"),
        ("ỦY BAN NHÂN DÂN HUYỆN MỸ LỘC\nỦY BAN NHÂN DÂN\nTHỊ TRẤN MỸ LỘC", "UBND thị trấn Mỹ Lộc"),
        ("UBND HUYỆN MỸ LỘC\nPHÒNG NÔNG NGHIỆP VÀ\nPTNT", "Phòng Nông nghiệp và PTNT huyện Mỹ Lộc"),
        ("ĐOÀN TNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH ĐOÀN HUYỆN MỸ LỘC\n***", "Huyện đoàn Mỹ Lộc"),
        ("UBND HUYEN MY LOC\nUBND XA MY HUNG", "UBND xã Mỹ Hưng"),
    ],
)
def test_invited_units_are_known_under_every_head(head_lines: str, issuer: str) -> None:
    assert read(word(letter("Đơn vị đề xuất 01 nhiệm vụ.", head=head_lines))).issuer == issuer


def test_an_enterprise_is_given_as_its_text_spells_it() -> None:
    found = read(
        word(
            letter(
                "Công ty TNHH Nông sản Sạch Hà Lộc đề xuất 01 nhiệm vụ.",
                head="CÔNG TY TNHH NÔNG SẢN\nSẠCH HÀ LỘC\nĐội 6, xã Mỹ Hà - MST 0600998121",
            )
        )
    )

    assert found.issuer == "Công ty TNHH Nông sản Sạch Hà Lộc"


def test_a_title_in_quotation_marks_is_a_task() -> None:
    found = read(word(letter("Hội xin đề xuất 01 (một) nhiệm vụ: “Áp dụng 5S tại các cơ sở mộc”.")))

    assert found.titles == ("Áp dụng 5S tại các cơ sở mộc",)
    assert found.tasks_stated == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Hội Nông dân huyện không có nội dung đề xuất.",
        "Sau khi rà soát, đơn vị không có nhu cầu đề xuất nhiệm vụ KH&CN năm 2025.",
        "UBND xã Mỹ Tân không đăng ký nhiệm vụ nào trong đợt này.",
        "Đơn vị hiện chưa có nhiệm vụ KH&CN cấp quốc gia phù hợp để đề xuất.",
        "UBND xã báo cáo: Không có đề xuất.",
        "Hội không có nhiệm vụ đề xuất. Trân trọng báo cáo.",
        "Don vi khong de xuat nhiem vu.",
        "Công ty không có nhu cầu tham gia nhiệm vụ thuộc Chương trình.",
    ],
)
def test_a_nil_return_is_heard(sentence: str) -> None:
    assert says_nothing_to_propose(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Trong quá trình thực hiện không có vướng mắc, đề xuất 01 nhiệm vụ.",
        "Nếu không có đề xuất, đề nghị báo cáo trước ngày 23/3.",
        "Trường hợp đơn vị không có nhiệm vụ đề xuất thì phản hồi.",
        "Công văn ghi “không có nội dung đề xuất” là nhầm.",
        "Nhiệm vụ không trùng lặp với các đề xuất đã có.",
    ],
)
def test_other_negations_are_no_nil_return(sentence: str) -> None:
    assert not says_nothing_to_propose(sentence)


def test_a_letter_with_tasks_is_no_nil_return() -> None:
    found = read(
        word(
            letter(
                "Năm 2023 không có đề xuất. Năm nay đề xuất nhiệm vụ “Áp dụng 5S tại làng nghề”."
            )
        )
    )

    assert not found.says_nothing_to_propose


def test_a_general_name_takes_in_the_body_above_it() -> None:
    text = "Văn phòng Huyện ủy Mỹ Lộc đề xuất 01 nhiệm vụ."

    found = read(word(letter(text, head="HUYỆN ỦY MỸ LỘC\nVĂN PHÒNG\n*")))

    assert found.issuer == "Văn phòng Huyện ủy Mỹ Lộc"


@pytest.mark.parametrize(
    ("top", "unit"),
    [
        (
            "HỘI LHPN TỈNH NAM ĐỊNH\nBAN THƯỜNG VỤ HUYỆN MỸ LỘC",
            "Hội Liên hiệp Phụ nữ huyện Mỹ Lộc",
        ),
        ("TỈNH ĐOÀN NAM ĐỊNH\nBAN CHẤP HÀNH HUYỆN MỸ LỘC", "Huyện đoàn Mỹ Lộc"),
        ("HỘI NÔNG DÂN HUYỆN MỸ LỘC\nBAN THƯỜNG VỤ XÃ MỸ HÀ", "Hội Nông dân xã Mỹ Hà"),
    ],
)
def test_a_committee_of_a_level_is_the_body_above_it_at_that_level(top: str, unit: str) -> None:
    found = read(word(letter("Đề xuất 01 nhiệm vụ.", head=top)))

    assert found.issuer == unit


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Tôi tên là: TS. Trịnh Công Lý, nghỉ hưu, trú tại thị trấn.", "TS. Trịnh Công Lý"),
        ("Tôi là Trịnh Công Lý, giám đốc một xưởng mộc.", ""),
        (
            "Văn bản của UBND huyện về việc đề xuất, ThS. Trịnh Tiến Dũng đề xuất 01 nhiệm vụ.",
            "ThS. Trịnh Tiến Dũng",
        ),
    ],
)
def test_a_person_proposes_alone_unless_he_speaks_for_others(text: str, issuer: str) -> None:
    found = read(word(f"ĐƠN ĐỀ XUẤT NHIỆM VỤ\nKính gửi: UBND huyện Mỹ Lộc\n{text}"))

    assert found.issuer == issuer


@pytest.mark.parametrize(
    "sentence",
    [
        "Trên địa bàn xã không có doanh nghiệp có nhu cầu tham gia.",
        "Đến nay đơn vị chưa nhận được đề xuất nào từ các bộ phận.",
        "Hội chưa xây dựng được đề xuất nhiệm vụ nào.",
        "Nội dung đề xuất: Không.",
        "UBND xã báo cáo không.",
    ],
)
def test_nothing_to_propose_is_said_in_many_words(sentence: str) -> None:
    assert says_nothing_to_propose(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngoài ra đơn vị không có đề xuất gì thêm.",
        "Không có đề xuất nào khác.",
        "Không có nhiệm vụ nào trùng với đề xuất này.",
        "Hiện đơn vị không có nhiệm vụ KH&CN nào đang thực hiện.",
    ],
)
def test_nothing_else_to_propose_is_something(sentence: str) -> None:
    assert not says_nothing_to_propose(sentence)


def test_a_letter_that_counts_its_tasks_is_no_nil_return() -> None:
    found = read(word(letter("Xã chưa có nhiệm vụ nào phù hợp năm 2024. Xã đề xuất 01 nhiệm vụ.")))

    assert not found.says_nothing_to_propose


def test_a_national_heading_cut_in_two_is_no_issuer() -> None:
    top = "CỘNG HOÀ\nXÃ HỘI CHỦ NGHĨA VIỆT NAM\nCÔNG TY TNHH HÀ LỘC"

    assert read(word(letter("Đề xuất 01 nhiệm vụ.", head=top))).issuer == "Công ty TNHH Hà Lộc"


def test_a_number_left_out_before_its_symbol_is_no_issuer() -> None:
    found = read(
        word(
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH NAM ĐỊNH\nLIÊN ĐOÀN LAO ĐỘNG HUYỆN MỸ LỘC\n***\nSố: -CV/LĐLĐ\n"
            "Kính gửi: UBND huyện Mỹ Lộc.\n"
            "Liên đoàn Lao động huyện Mỹ Lộc gửi hồ sơ đề xuất 01 nhiệm vụ KH&CN."
        )
    )

    assert found.issuer == "Liên đoàn Lao động huyện Mỹ Lộc"
