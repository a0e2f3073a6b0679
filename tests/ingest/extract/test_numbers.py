"""Numbers as Vietnamese papers write them."""

from decimal import Decimal

import pytest

from ingest.extract.numbers import count, decimal, in_words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.500", "1500"),
        ("1.500.000,75", "1500000.75"),
        ("2,5", "2.5"),
        ("1960.5", "1960.5"),
        ("1 500 000", "1500000"),
        ("1,500,000", "1500000"),
        ("02", "2"),
    ],
)
def test_points_group_and_commas_divide(text: str, number: str) -> None:
    assert decimal(text) == Decimal(number)


def test_words_are_not_digits() -> None:
    assert decimal("ba") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ba muoi sau", 36),
        ("muoi hai", 12),
        ("hai muoi bon", 24),
        ("mot", 1),
        ("hai muoi", 20),
        ("nha", None),
    ],
)
def test_number_words_are_read(text: str, number: int | None) -> None:
    assert in_words(text) == number


def test_a_count_may_be_digits_or_words() -> None:
    assert (count("02"), count("hai")) == (2, 2)
