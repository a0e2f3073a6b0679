"""An enterprise's commitment: whose, for which task, and its four elements."""

from datetime import date
from decimal import Decimal

import pytest

from dossier import CommitmentLetter, Element
from ingest.content import Content
from ingest.extract.commitment_letter import extract, other_commitment
from ingest.extract.head import head
from ingest.extract.passage import Origin, passages
from tests.ingest.extract.contents import CALL, pdf, word
from tests.ingest.extract.texts import FIRST, commitment


def read(content: Content) -> CommitmentLetter:
    lines = tuple(passages(content.items))
    return extract(lines, head(lines, CALL), CALL, Origin(file="cam-ket.docx"))


def said(found: CommitmentLetter) -> set[Element]:
    return {one.element for one in found.commitments if not one.negated}


def test_enterprise_number_date_task_and_signature_are_read() -> None:
    found = read(word(commitment()))

    assert found.enterprise == "Công ty TNHH Cơ khí Hà Phát"
    assert found.tax_code == "0600724156"
    assert (found.number, found.issued) == ("05/CK-HP", date(2024, 3, 19))
    assert found.tasks == (FIRST,)
    assert found.signatory == "Lã Văn Thuận"


def test_all_four_elements_are_found_with_their_sentences() -> None:
    found = read(word(commitment()))

    assert said(found) == set(Element)
    funded = found.commitment(Element.CO_FUND)
    assert funded is not None
    assert funded.million == Decimal(600)
    assert funded.at.words == "Đối ứng kinh phí 600 triệu đồng"


@pytest.mark.parametrize(
    ("promises", "absent"),
    [
        ("1. Đối ứng kinh phí 600 triệu đồng.\n2. Tiếp nhận kết quả.", Element.COOPERATE),
        ("1. Phối hợp thực hiện.\n2. Tiếp nhận, ứng dụng kết quả.", Element.CO_FUND),
        ("1. Phối hợp thực hiện.\n2. Đối ứng 600 triệu đồng.", Element.TAKE_UP),
    ],
)
def test_an_element_nobody_mentions_is_absent(promises: str, absent: Element) -> None:
    found = read(word(commitment(promises)))

    assert said(found) == set(Element) - {absent}


def test_a_letter_that_names_no_need_has_none() -> None:
    found = read(word(commitment(need="gửi văn bản về nhiệm vụ nêu trên")))

    assert Element.NEED not in said(found)


def test_words_in_the_title_and_in_quoted_names_promise_nothing() -> None:
    title = "VĂN BẢN CAM KẾT\nV/v phối hợp thực hiện, đối ứng kinh phí, tiếp nhận kết quả"
    need = "xin gửi cam kết về nhiệm vụ “Phối hợp áp dụng mô hình có nhu cầu đối ứng kinh phí”"

    found = read(word(commitment("Thực hiện đúng quy định của pháp luật.", need=need, title=title)))

    assert said(found) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "2. Công ty chưa bố trí được kinh phí đối ứng.",
        "2. Đối ứng kinh phí: không.",
        "2. Công ty không có kinh phí đối ứng.",
        "2. Không đối ứng kinh phí.",
        "3. Đối ứng kinh phí: Đơn vị tham gia nhưng không đối ứng kinh phí.",
    ],
)
def test_a_denied_element_is_marked_for_a_person(sentence: str) -> None:
    found = read(word(commitment(f"1. Phối hợp thực hiện.\n{sentence}\n3. Tiếp nhận kết quả.")))

    funded = found.commitment(Element.CO_FUND)
    assert funded is not None
    assert funded.negated


def test_lacking_something_is_a_need_not_a_denial() -> None:
    need = "hiện chưa có hệ thống quản lý, rất có nhu cầu tham gia nhiệm vụ"

    assert Element.NEED in said(read(word(commitment(need=need))))


def test_an_element_left_in_dots_is_not_promised() -> None:
    promises = (
        "1. Phối hợp thực hiện.\n2. Đối ứng kinh phí: ................\n3. Tiếp nhận kết quả."
    )

    assert Element.CO_FUND not in said(read(word(commitment(promises))))


def test_wishing_to_take_part_is_a_need_and_no_promise_to_cooperate() -> None:
    found = read(word(commitment("1. Đối ứng 600 triệu đồng.", need="mong muốn tham gia nhiệm vụ")))

    assert Element.NEED in said(found)
    assert Element.COOPERATE not in said(found)


def test_a_commitment_in_prose_and_in_a_pdf_is_read_the_same() -> None:
    text = """
        HTX DỊCH VỤ NÔNG NGHIỆP
        MỸ HÀ
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Số: 05/CV-HTX Mỹ Hà, ngày 16 tháng 3 năm 2024
        BẢN CAM KẾT
        Kính gửi: UBND xã Mỹ Hà
        HTX dịch vụ nông nghiệp Mỹ Hà (mã số HTX 0600314228) có nhu cầu tham gia nhiệm
        vụ “Xây dựng mô hình điểm áp dụng Lean trong sơ
        chế rau củ quả” do UBND xã đề xuất.
        HTX cam kết phối hợp thực hiện, bố trí nhà sơ chế 450 m2; đối ứng kinh phí 250 triệu
        đồng bằng tiền và vật tư; tiếp nhận, sử dụng kết quả của mô hình.
        GIÁM ĐỐC HTX
        Cù Văn Hoạt
    """

    found = read(pdf(text))

    assert found.enterprise == "HTX dịch vụ nông nghiệp Mỹ Hà"
    assert (found.number, found.tax_code) == ("05/CV-HTX", "0600314228")
    assert found.tasks == ("Xây dựng mô hình điểm áp dụng Lean trong sơ chế rau củ quả",)
    assert said(found) == set(Element)
    assert found.signatory == "Cù Văn Hoạt"


def test_the_enterprise_is_found_where_it_introduces_itself() -> None:
    text = """
        VĂN BẢN CAM KẾT
        Kính gửi: UBND huyện Mỹ Lộc
        Tên doanh nghiệp: Công ty TNHH ABC, địa chỉ: xã Mỹ Hà
        Mã số thuế: 0600 724 156
        Công ty có nhu cầu tham gia, cam kết phối hợp.
    """

    found = read(word(text))

    assert (found.enterprise, found.tax_code) == ("Công ty TNHH ABC", "0600724156")


def test_a_name_in_capitals_is_given_as_the_text_spells_it() -> None:
    found = read(word(commitment(name="Công ty Cổ phần Rau quả Sông Châu")))

    assert found.enterprise == "Công ty Cổ phần Rau quả Sông Châu"


def test_a_commitment_of_another_kind_is_known_by_its_title() -> None:
    assert other_commitment("BẢN CAM KẾT BẢO VỆ MÔI TRƯỜNG")
    assert other_commitment("CAM KẾT BẢO MẬT THÔNG TIN")
    assert not other_commitment("BẢN CAM KẾT THAM GIA NHIỆM VỤ")


def test_headings_a_form_prints_promise_nothing() -> None:
    text = """
        VĂN BẢN CAM KẾT PHỐI HỢP/ĐỒNG TÀI TRỢ THỰC HIỆN NHIỆM VỤ
        Kính gửi: UBND huyện Mỹ Lộc
        2. Tổ chức phối hợp/đồng tài trợ: Công ty TNHH Tuấn Kiệt, mã số doanh nghiệp 0604384165
        3. Nội dung cam kết phối hợp/đồng tài trợ đối với nhiệm vụ “Áp dụng TPM tại làng nghề đúc”:
        - Về nhu cầu: Công ty có nhu cầu đổi mới quản lý.
    """

    found = read(word(text))

    assert found.enterprise == "Công ty TNHH Tuấn Kiệt"
    assert said(found) == {Element.NEED}


def test_what_stands_after_a_printed_label_is_promised() -> None:
    text = """
        VĂN BẢN CAM KẾT PHỐI HỢP/ĐỒNG TÀI TRỢ THỰC HIỆN NHIỆM VỤ
        Kính gửi: UBND huyện Mỹ Lộc
        Chúng tôi thống nhất ký văn bản này.
        - Đối với cam kết phối hợp:
        - Đối với cam kết về đồng tài trợ: mỗi công ty 1,1 tỷ đồng.
    """

    assert said(read(word(text))) == {Element.CO_FUND}


def test_results_may_be_taken_over_in_plain_words() -> None:
    text = "Xong việc, chúng tôi nhận lại mô hình, tự duy trì và chia sẻ cho các xưởng bạn."

    assert said(read(word(commitment(text, need="gửi văn bản này")))) == {Element.TAKE_UP}


@pytest.mark.parametrize(
    ("sentence", "element"),
    [
        ("Chúng tôi mong được tham gia để đổi mới quản lý.", Element.NEED),
        ("Sẵn sàng hợp tác với nhóm tư vấn.", Element.COOPERATE),
        ("HTX góp 200 triệu đồng.", Element.CO_FUND),
        ("Công ty chịu một nửa chi phí tư vấn.", Element.CO_FUND),
        ("Cam kết cấp 250.000.000 đồng cho phần việc tại doanh nghiệp.", Element.CO_FUND),
        ("Sau khi nghiệm thu, công ty đưa mô hình vào sử dụng thường xuyên.", Element.TAKE_UP),
        ("Xin nhận chuyển giao quy trình và dùng lâu dài.", Element.TAKE_UP),
    ],
)
def test_people_promise_in_many_words(sentence: str, element: Element) -> None:
    assert said(read(word(commitment(sentence, need="gửi văn bản này")))) == {element}
