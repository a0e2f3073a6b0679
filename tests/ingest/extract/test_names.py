"""Names of persons, told from the titles and headings that stand where a name may stand."""

import pytest

from ingest.extract.names import organisations, person, signatory


@pytest.mark.parametrize(
    "name",
    [
        "Bùi Huy Thắng",
        "Nguyễn Thu Trang",
        "Lưu Văn An",
        "Trương Công Định",
        "Trần Xuân Trường",
        "Nguyễn Thị Thanh Huyền",
        "Hà Phong Lan",
        "Cao Văn Hội",
        "Lê Công Hòa",
        "Bui Huy Thang",
    ],
)
def test_names_that_sound_like_common_words_are_names(name: str) -> None:
    assert person(name) == name


@pytest.mark.parametrize(
    "line",
    [
        "Người đề xuất",
        "PHÓ TRƯỞNG PHÒNG",
        "Hội Nông Dân",
        "Ban Giám Hiệu",
        "Tổ Trưởng",
        "Huyện Mỹ Lộc",
        "Huyen My Loc",
        "Truong Phong",
        "Đã Ký",
    ],
)
def test_titles_places_and_headings_are_no_names(line: str) -> None:
    assert person(line) == ""


def test_whoever_stands_below_the_last_title_signs() -> None:
    assert signatory(["NGƯỜI ĐỀ XUẤT", "(ký, ghi rõ họ tên)", "Bùi Huy Thắng"]) == "Bùi Huy Thắng"


@pytest.mark.parametrize("end", ["PHƯƠNG", "HUYỀN", "TĨNH"])
def test_the_end_of_a_name_is_no_ward_for_looking_like_one_without_accents(end: str) -> None:
    lines = ("CÔNG TY TNHH SẢN XUẤT VẬT LIỆU XÂY DỰNG ĐÔNG", end)

    assert organisations(lines) == (" ".join(lines),)


def test_a_name_broken_before_its_last_word_is_one_name() -> None:
    lines = ("UBND HUYỆN MỸ LỘC", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ", "HỘI")

    assert organisations(lines)[-1] == "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"
