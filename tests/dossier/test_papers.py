"""What a duration comes to, and which sentence of a letter counts."""

from dataclasses import replace

import pytest

from dossier import Commitment, CommitmentLetter, Duration, Element, Place
from tests.builders import a_form

AT = Place("Phieu.docx")


def a_duration(
    months: int | None = None,
    start: tuple[int | None, int | None] = (None, None),
    end: tuple[int | None, int | None] = (None, None),
) -> Duration:
    return Duration(
        at=AT,
        stated_months=months,
        start_year=start[0],
        start_month=start[1],
        end_year=end[0],
        end_month=end[1],
    )


@pytest.mark.parametrize(
    ("duration", "months"),
    [
        (a_duration(24), 24),
        (a_duration(None, (2025, 1), (2026, 12)), 24),
        (a_duration(24, (2025, 1), (2026, 12)), 24),
        (a_duration(36, (2025, 1), (2028, 1)), 36),  # “03 năm”, both months counted
        (a_duration(24, (2025, None), (2026, None)), 24),
        (a_duration(None, (2025, None), (2026, None)), None),
        (a_duration(36, (2025, 1), (2028, 12)), None),
        (a_duration(), None),
    ],
)
def test_the_length_is_what_months_and_dates_agree_on(
    duration: Duration, months: int | None
) -> None:
    assert duration.months == months


def test_both_ends_of_a_span_are_counted() -> None:
    assert a_duration(None, (2025, 6), (2025, 6)).span_months == 1


@pytest.mark.parametrize(
    ("duration", "contradicts"),
    [
        (a_duration(36, (2025, 1), (2028, 12)), True),
        (a_duration(36, (2025, 1), (2027, 12)), False),
        (a_duration(36, (2025, 1), (2028, 1)), False),
        (a_duration(36), False),
        (a_duration(None, (2025, 1), (2028, 12)), False),
    ],
)
def test_months_and_dates_contradict_when_they_differ_by_more_than_counting(
    duration: Duration,
    contradicts: bool,  # noqa: FBT001 -- a parametrised expectation
) -> None:
    assert duration.contradicts_itself == contradicts


def test_a_plain_sentence_counts_before_a_negated_one() -> None:
    no = Commitment(element=Element.CO_FUND, at=AT, negated=True)
    yes = Commitment(element=Element.CO_FUND, at=AT)
    letter = CommitmentLetter(at=AT, commitments=(no, yes))

    assert letter.commitment(Element.CO_FUND) == yes
    assert replace(letter, commitments=(no,)).commitment(Element.CO_FUND) == no
    assert letter.commitment(Element.NEED) is None


def test_a_field_that_is_blank_or_not_on_the_form_has_no_value() -> None:
    form = a_form(muc_tieu="")

    assert (form.value("muc_tieu"), form.value("thi_truong")) == ("", "")
    assert form.value("thoi_gian") == "24 tháng, từ 01/2025 đến 12/2026"
