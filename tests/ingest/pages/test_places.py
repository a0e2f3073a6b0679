"""Words found on pages: by the order of reading, by what they say, by rows and columns."""

from ingest.content import Line
from ingest.pages.grid import cells_between
from ingest.pages.places import Places, Spotted, Word, aligned, flat


def lines_on(page: int, *texts: str) -> list[Word]:
    """Lines under one another, their words an eighth of the page wide each."""
    return [
        Word(word, page, (at / 8, row / 8, (at + 0.875) / 8, (row + 0.5) / 8))
        for row, text in enumerate(texts, start=1)
        for at, word in enumerate(text.split(), start=1)
    ]


PAPER = [
    *lines_on(1, "Thời gian thực hiện 12 tháng", "Kinh phí 300 triệu đồng"),
    *lines_on(2, "Thời gian thực hiện 12 tháng", "Kinh phí 500 triệu đồng"),
]
READ = (
    Line(text="Thời gian thực hiện 12 tháng", spot="đoạn 1"),
    Line(text="Kinh phí 300 triệu đồng", spot="đoạn 2"),
    Line(text="Thời gian thực hiện 12 tháng", spot="đoạn 3"),
    Line(text="Kinh phí 500 triệu đồng", spot="đoạn 4"),
)


def found(spot: str, words: str) -> Spotted:
    bare = Places(PAPER, {})
    return Places(PAPER, bare.spots_of(READ)).find(spot, words)


def test_the_same_words_are_told_apart_by_their_spot() -> None:
    first, second = found("đoạn 1", "12 tháng"), found("đoạn 3", "12 tháng")

    assert (first.page, second.page) == (1, 2)
    assert first.marks == second.marks == ((0.625, 0.125, 0.859375, 0.1875),)


def test_words_are_found_where_no_spot_is_known() -> None:
    assert found("", "500 Triệu ĐỒNG").page == 2


def test_words_a_machine_read_twice_need_not_agree_in_every_letter() -> None:
    spotted = found("trang 2", "Thời glan thực hiên 12 tháng")

    assert (spotted.page, len(spotted.marks)) == (2, 1)


def test_a_spot_whose_words_are_not_on_it_is_shown_whole() -> None:
    assert found("đoạn 4", "một câu ai đó đã tóm tắt").marks == found("đoạn 4", "").marks


def test_a_paper_within_a_file_begins_at_its_spot() -> None:
    assert found("từ đoạn 3", "Thời gian").page == 2


def test_what_is_nowhere_is_the_first_page_and_not_sure() -> None:
    assert found("", "không hề có") == Spotted(page=1, is_sure=False)


def test_a_page_without_its_words_is_still_the_page() -> None:
    assert found("trang 2, dòng 9", "không hề có") == Spotted(page=2)


def test_words_over_two_lines_have_a_mark_a_line() -> None:
    assert len(found("đoạn 1", "12 tháng Kinh phí").marks) == 2


def test_the_row_of_a_table_is_all_its_cells() -> None:
    words = lines_on(1, "1 Áp dụng TPM 24 tháng")
    cells = (
        Line(text="Áp dụng TPM", spot="bảng 1, dòng 2, cột 2"),
        Line(text="24 tháng", spot="bảng 1, dòng 2, cột 3"),
    )
    places = Places(words, Places(words, {}).spots_of(cells))

    spotted = places.find("bảng 1, dòng 2", "")

    assert spotted.marks == ((0.25, 0.125, 0.859375, 0.1875),)


def test_hyphens_spaces_and_forms_of_letters_do_not_matter() -> None:
    assert flat("Ho\u0300a \u00adBình…") == flat("HÒA BÌNH")


def test_a_line_that_is_not_on_the_page_does_not_lead_the_next_astray() -> None:
    letters = flat("Kính gửi phòng Kinh tế. Nơi nhận: như trên.")
    lines = (
        Line(text="Kính gửi phòng Kinh tế.", spot="đoạn 1"),
        Line(text="Khung chữ bị che mất trên trang.", spot="khung chữ 1"),
        Line(text="Nơi nhận: như trên.", spot="đoạn 2"),
    )

    assert aligned(lines, letters).keys() == {"đoạn 1", "đoạn 2"}


def test_short_cells_stand_where_their_row_and_column_meet() -> None:
    words = [
        Word("Nhiệm-vụ-thứ-nhất", 1, (0.2, 0.3, 0.5, 0.34)),
        Word("Thời-gian-thực-hiện", 1, (0.6, 0.1, 0.8, 0.14)),
        Word("24", 1, (0.62, 0.7, 0.64, 0.74)),
        Word("24", 1, (0.62, 0.3, 0.64, 0.34)),
        Word("tháng", 1, (0.65, 0.3, 0.7, 0.34)),
        Word("cao", 1, (0.9, 0.3, 0.95, 0.34)),
    ]
    found_so_far = {"BTH!B5": (0, 1), "BTH!E3": (1, 2)}
    cells = (("BTH!E5", "24 tháng"), ("BTH!H5", "cao"), ("BTH!E9", "24"), ("đoạn 1", "24"))

    assert list(cells_between(cells, words, found_so_far)) == [("BTH!E5", 3, 5), ("BTH!H5", 5, 6)]
