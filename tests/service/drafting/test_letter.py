"""What is found in call letters: the first one, and others written another way."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from dossier import Role
from ingest.extract.passage import Passage
from service.drafting.letter import CallLetter, read_letter

FIRST = Path(__file__).parents[3] / "config" / "sources" / "cong-van.txt"
HANOI = timezone(timedelta(hours=7))

PROVINCIAL = """ỦY BAN NHÂN DÂN TỈNH HẢI ĐÔNG
SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 1187/SKHCN-QLKH
V/v đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2027
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Đông, ngày 04 tháng 8 năm 2026
Kính gửi: Các sở, ban, ngành; UBND các xã, phường; các trường đại học
Căn cứ Luật Khoa học, công nghệ và đổi mới sáng tạo số 93/2025/QH15 ngày 27/6/2025;
Căn cứ Nghị định số 267/2025/NĐ-CP ngày 14/10/2025 của Chính phủ quy định chi tiết một số điều;
Sở Khoa học và Công nghệ đề nghị các đơn vị đề xuất nhiệm vụ như sau:
1. Định hướng nghiên cứu
a) Nông nghiệp công nghệ cao, chế biến sâu nông sản.
b) Bảo tồn di sản gắn với du lịch.
2. Yêu cầu
Thời gian thực hiện không quá 24 tháng. Mỗi đơn vị đề xuất không quá 05 nhiệm vụ.
3. Hồ sơ gồm: (1) Công văn đề xuất; (2) Phiếu đề xuất nhiệm vụ theo Mẫu 01; (3) Danh mục tổng hợp \
đề xuất (đối với đơn vị có từ 02 đề xuất trở lên); (4) Lý lịch khoa học của cá nhân đề xuất.
4. Thời hạn: Hồ sơ gửi về Sở Khoa học và Công nghệ (qua Phòng Quản lý khoa học) chậm nhất \
17 giờ 00 ngày 15 tháng 9 năm 2026, đồng thời gửi bản mềm về địa chỉ qlkh@haidong.example.
Mọi vướng mắc liên hệ đồng chí Nguyễn Văn An, điện thoại: 0229.3871.234.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
"""


def letter_of(text: str) -> CallLetter:
    """Read a letter given as plain lines."""
    lines = text.replace("\\\n", "").splitlines()
    return read_letter(
        [Passage(text=line, spot=f"dòng {n}") for n, line in enumerate(lines, 1) if line.strip()]
    )


@pytest.fixture
def first() -> CallLetter:
    return letter_of(FIRST.read_text(encoding="utf-8"))


@pytest.fixture
def provincial() -> CallLetter:
    return letter_of(PROVINCIAL)


def test_a_strict_deadline_shuts_its_own_day_out(first: CallLetter) -> None:
    assert first.deadline is not None
    assert first.deadline.closes_at == datetime(2024, 3, 23, tzinfo=HANOI)
    assert first.deadline.words == "trước ngày 23/3/2024"
    assert first.deadline.note == "23/03/2024 là thứ Bảy"


def test_the_day_the_office_itself_reports_by_is_not_the_deadline(first: CallLetter) -> None:
    assert [one.words for one in first.other_dates] == ["trong ngày 23/3/2024"]


def test_the_three_papers_are_found_and_the_commitments_with_their_condition(
    first: CallLetter,
) -> None:
    assert [(one.role, one.when) for one in first.papers] == [
        (Role.COVER_LETTER, ""),
        (Role.SUMMARY_TABLE, ""),
        (Role.PROPOSAL_FORM, ""),
        (Role.COMMITMENT_LETTER, "đối với nhiệm vụ xây dựng mô hình điểm"),
    ]
    assert first.papers[1].note == "sắp xếp các nhiệm vụ theo thứ tự ưu tiên"
    assert first.papers[2].form == "quy định tại Thông tư số 03/2017/TT-BKHHCN"
    assert first.papers[3].along_with == "Các phiếu đề xuất nhiệm vụ"


def test_a_letter_whose_day_is_not_written_yet_has_a_year_and_no_date(first: CallLetter) -> None:
    assert (first.issued, first.year) == (None, 2024)
    assert first.number is not None
    assert first.number.value == "/ UBND-KTHT"


def test_the_subject_is_put_together_from_its_lines(first: CallLetter) -> None:
    assert first.subject is not None
    assert first.subject.value == (
        "Đề xuất nhiệm vụ KH&CN cấp quốc gia dự kiến thực hiện từ năm 2025 thuộc Chương trình 1322"
    )


def test_every_text_the_letter_rests_on_is_named_once(first: CallLetter) -> None:
    assert {(one.number, one.issued) for one in first.cited} == {
        ("369/SKHCN-TĐC", date(2024, 3, 14)),
        ("1322/QĐ-TTg", date(2020, 8, 31)),
        ("15/2022/TT-BKHCN", None),
        ("07/2014/TT-BKHHCN", date(2014, 5, 26)),
        ("03/2017/TT-BKHHCN", date(2017, 4, 3)),
    }


def test_numbers_and_orientations_are_kept_with_their_words(first: CallLetter) -> None:
    assert [(name, one.value) for name, one in first.limits] == [
        ("min_schools", "3"),
        ("first_year", "2025"),
    ]
    assert len(first.orientations) == 5
    assert first.orientations[1].value.startswith("Nghiên cứu, đề xuất cơ chế, chính sách")


def test_who_receives_and_who_is_reported_to(first: CallLetter) -> None:
    assert first.issuer is not None
    assert first.issuer.value == "UBND huyện Mỹ Lộc"
    assert first.through is not None
    assert first.through.value == "phòng Kinh tế và Hạ tầng"
    assert first.forwards_to is not None
    assert first.forwards_to.value == "Sở Khoa học và Công nghệ"
    assert [one.value for one in first.addressees] == [
        "Các cơ quan, ban, ngành, đoàn thể trên địa bàn huyện",
        "UBND các xã, thị trấn",
        "Các doanh nghiệp trên địa bàn huyện",
    ]


def test_an_hour_is_the_moment_itself(provincial: CallLetter) -> None:
    assert provincial.deadline is not None
    assert provincial.deadline.closes_at.astimezone(UTC) == datetime(2026, 9, 15, 10, tzinfo=UTC)


def test_a_list_inside_a_sentence_is_a_list_of_papers(provincial: CallLetter) -> None:
    assert [(one.name, one.role) for one in provincial.papers] == [
        ("Công văn đề xuất", Role.COVER_LETTER),
        ("Phiếu đề xuất nhiệm vụ", Role.PROPOSAL_FORM),
        ("Danh mục tổng hợp đề xuất", Role.SUMMARY_TABLE),
        ("Lý lịch khoa học của cá nhân đề xuất", None),
    ]
    assert provincial.papers[2].when == "đối với đơn vị có từ 02 đề xuất trở lên"


def test_the_head_tells_the_issuer_the_number_and_the_day(provincial: CallLetter) -> None:
    assert provincial.issuer is not None
    assert provincial.issuer.value == "Sở Khoa học và Công nghệ"
    assert provincial.number is not None
    assert provincial.number.value == "1187/SKHCN-QLKH"
    assert provincial.issued == date(2026, 8, 4)


def test_whom_to_phone_and_where_to_write(provincial: CallLetter) -> None:
    assert provincial.phone is not None
    assert provincial.phone.value == "0229.3871.234"
    assert provincial.mailbox is not None
    assert provincial.mailbox.value == "qlkh@haidong.example"
    assert provincial.through is not None
    assert provincial.through.value == "Phòng Quản lý khoa học"


@pytest.mark.parametrize(
    ("said", "closes"),
    [
        ("trước ngày 01/4/2026", datetime(2026, 4, 1, tzinfo=HANOI)),
        ("đến hết ngày 01/4/2026", datetime(2026, 4, 2, tzinfo=HANOI)),
        ("chậm nhất là ngày 01 tháng 4 năm 2026", datetime(2026, 4, 2, tzinfo=HANOI)),
        ("trước 16h30 ngày 01/4/2026", datetime(2026, 4, 1, 16, 30, tzinfo=HANOI)),
        ("trước 5 giờ chiều ngày 01.4.2026", datetime(2026, 4, 1, 17, tzinfo=HANOI)),
        ("trước ngày 01/4", datetime(2026, 4, 1, tzinfo=HANOI)),
        ("chậm nhất đến hết ngày 31-12-2026", datetime(2027, 1, 1, tzinfo=HANOI)),
    ],
)
def test_a_deadline_is_read_by_its_one_strict_word(said: str, closes: datetime) -> None:
    text = f"Hà Tây, ngày 02 tháng 3 năm 2026\nKính gửi: Các xã\nHồ sơ gửi về phòng {said}."

    found = letter_of(text).deadline

    assert found is not None
    assert found.closes_at == closes


@pytest.mark.parametrize(
    "said", ["trước ngày 31/02/2026", "sớm nhất có thể", "trước ngày …/…/2026"]
)
def test_a_day_that_is_none_is_not_guessed(said: str) -> None:
    assert letter_of(f"Kính gửi: Các xã\nHồ sơ gửi về phòng {said}.").deadline is None
