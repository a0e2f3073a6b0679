"""How long a task runs, in the ways people write it."""

import pytest

from dossier import Duration, Place
from ingest.extract.duration import duration

AT = Place("phieu.docx")


def read(text: str) -> Duration:
    return duration(text, AT) or Duration(at=AT)


@pytest.mark.parametrize(
    ("text", "stated", "start", "end"),
    [
        ("24 tháng (từ tháng 01/2025 đến tháng 12/2026)", 24, (1, 2025), (12, 2026)),
        ("30 tháng (từ tháng 01 năm 2025 đến tháng 6 năm 2027)", 30, (1, 2025), (6, 2027)),
        ("18 tháng: 01/2025 - 6/2026", 18, (1, 2025), (6, 2026)),
        ("24 tháng\n(01/2025-12/2026)", 24, (1, 2025), (12, 2026)),
        ("24 thang, tu thang 01/2025 den thang 12/2026", 24, (1, 2025), (12, 2026)),
        ("24 tháng, bắt đầu từ quý II năm 2025", 24, (4, 2025), (None, None)),
        ("từ quý II/2025 đến hết quý I/2027", None, (4, 2025), (3, 2027)),
        ("12 tháng (năm 2025)", 12, (None, 2025), (None, None)),
        ("02 năm (2025-2026)", 24, (None, 2025), (None, 2026)),
        ("36 (ba mươi sáu) tháng", 36, (None, None), (None, None)),
        ("ba mươi sáu tháng kể từ tháng 1/2025", 36, (1, 2025), (None, None)),
        ("một năm rưỡi", 18, (None, None), (None, None)),
        ("Ba năm", 36, (None, None), (None, None)),
        ("từ tháng 3 đến tháng 12 năm 2025", None, (3, 2025), (12, 2025)),
        ("01-12/2025", None, (1, 2025), (12, 2025)),
        ("Từ 01/01/2025 đến 31/12/2026", None, (1, 2025), (12, 2026)),
        ("Bắt đầu: 01/2025; kết thúc: 12/2026", None, (1, 2025), (12, 2026)),
        ("từ đầu năm 2025 đến cuối năm 2026", None, (1, 2025), (12, 2026)),
        ("Từ năm 2025 đến năm 2026", None, (1, 2025), (12, 2026)),
        ("02 năm 2025-2026", None, (1, 2025), (12, 2026)),
        ("Thực hiện từ năm 2024", None, (None, 2024), (None, None)),
        ("hoàn thành trước tháng 12/2026", None, (None, None), (12, 2026)),
        ("24 tháng, trong đó giai đoạn 1: 12 tháng", 24, (None, None), (None, None)),
        ("từ ngày 01 tháng 02 năm 2025 đến ngày 31 tháng 01 năm 2027", None, (2, 2025), (1, 2027)),
        ("trong 2 năm 2025 và 2026", None, (1, 2025), (12, 2026)),
        ("GĐ1: 6 tháng; GĐ2: 12 tháng. Tổng 18 tháng", 18, (None, None), (None, None)),
        ("giai đoạn 1: 12 tháng; giai đoạn 2: 6 tháng", 18, (None, None), (None, None)),
    ],
)
def test_months_and_dates_are_read(
    text: str,
    stated: int | None,
    start: tuple[int | None, int | None],
    end: tuple[int | None, int | None],
) -> None:
    found = read(text)

    assert found.stated_months == stated
    assert (found.start_month, found.start_year) == start
    assert (found.end_month, found.end_year) == end


@pytest.mark.parametrize("text", ["Theo kế hoạch", "", "theo tiến độ được duyệt", "ISO 9001:2015"])
def test_a_text_without_months_or_dates_tells_nothing(text: str) -> None:
    assert duration(text, AT) is None


def test_both_ends_count() -> None:
    assert read("từ 01/2025 đến 01/2028").months == 37


def test_months_and_dates_that_disagree_contradict_each_other() -> None:
    found = read("36 tháng, từ tháng 01/2025 đến tháng 12/2028")

    assert found.contradicts_itself
    assert found.months is None


def test_a_year_named_for_stated_months_is_no_span_of_whole_years() -> None:
    found = read("18 tháng (2025-2026)")

    assert not found.contradicts_itself
    assert found.months == 18


def test_a_year_a_narrow_cell_broke_is_read_whole() -> None:
    found = read("20 tháng (01/2 025-08/2026)")

    assert (found.start_year, found.start_month, found.months) == (2025, 1, 20)
