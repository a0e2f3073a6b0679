"""How alike two names of a task are."""

import pytest

from ingest.likeness import POSSIBLE, SAME, best, likeness, pairs

ISO = "Áp dụng ISO 9001:2015 cho doanh nghiệp dệt may xã Mỹ Hà"


@pytest.mark.parametrize(
    "typed",
    [
        "áp dụng iso 9001:2015 cho doanh nghiệp dệt may xã mỹ hà",
        "AP DUNG ISO 9001:2015 CHO DOANH NGHIEP DET MAY XA MY HA",
        "Áp dụng  ISO 9001 : 2015 cho doanh nghiệp dệt may, xã Mỹ Hà.",
    ],
)
def test_accents_case_and_punctuation_do_not_matter(typed: str) -> None:
    assert likeness(ISO, typed) == 1.0


@pytest.mark.parametrize(
    "typed",
    [
        "Áp dụng ISO 9001:2015 cho doanh nghiệp dệt may tại xã Mỹ Hà",
        "Áp dụng ISO9001:2015 cho doanh nghiệp dệt may xã Mỹ Hà",
        "Áp dụng ISO 9001 cho doanh nghiệp dệt may xã Mỹ Hà",
        "Ap dung ISO 9001:2015 cho doanh nghiêp dêt may xa My Hà huyện Mỹ Lộc",
    ],
)
def test_a_word_more_or_less_is_the_same_task_under_another_wording(typed: str) -> None:
    assert SAME <= likeness(ISO, typed) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Áp dụng LEAN tại doanh nghiệp dệt", "Áp dụng KAIZEN tại doanh nghiệp dệt"),
        ("Áp dụng ISO 9001 cho HTX Mỹ Tân", "Áp dụng ISO 14001 cho HTX Mỹ Tân"),
        ("Xây dựng mô hình điểm 5S", "Xây dựng mô hình điểm TPM"),
    ],
)
def test_twins_are_no_more_than_a_guess(one: str, other: str) -> None:
    assert likeness(one, other) < SAME


def test_different_tasks_are_far_apart() -> None:
    assert likeness(ISO, "Biên soạn giáo trình năng suất chất lượng cho 3 trường") < POSSIBLE


def test_a_name_that_is_missing_is_like_nothing() -> None:
    assert likeness("", ISO) == 0.0


def test_every_form_goes_to_one_row_only() -> None:
    rows = ["Áp dụng LEAN tại xã Mỹ Hà", "Áp dụng KAIZEN tại xã Mỹ Hà"]

    made = pairs(rows, ["Áp dụng KAIZEN tại xã Mỹ Hà", "Áp dụng LEAN tại xã Mỹ Hà"])

    assert made == {0: (1, 1.0), 1: (0, 1.0)}


def test_the_best_of_none_is_none() -> None:
    assert best(ISO, []) == (-1, 0.0)
