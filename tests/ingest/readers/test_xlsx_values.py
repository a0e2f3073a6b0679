"""Numbers and dates as text."""

from datetime import datetime, time, timedelta

import pytest

from ingest.readers.xlsx_values import plain, shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1500, "General", "1500"),
        (1500000, "#,##0", "1500000"),
        (1960.5, "#,##0.00", "1960,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1e21, "General", "1000000000000000000000"),
        (-3.5, "(#,##0);(#,##0)", "-3,5"),
        (24, '0" tháng"', "24 tháng"),
        (3, '"Số "0', "Số 3"),
        (0.15, "0%", "15%"),
        (5, "00", "05"),
        (1500000000, "#,##0,,", "1500"),
        (1500, "#,##0\\ [$₫-42A]", "1500 ₫"),
        (1500, "_-* #,##0\\ _₫_-;-* #,##0\\ _₫_-", "1500"),
        (0, '#,##0;-#,##0;"-"', "0"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("2.300", "@", "2.300"),
        (datetime(2024, 3, 20), "dd/mm/yyyy", "20/03/2024"),  # noqa: DTZ001 -- as sheets hold it
        (datetime(2025, 1, 1), "mm/yyyy", "01/2025"),  # noqa: DTZ001 -- as sheets hold it
        (datetime(2025, 1, 1), "yyyy", "2025"),  # noqa: DTZ001 -- as sheets hold it
        (datetime(2025, 1, 1, 7, 30), "dd/mm/yyyy hh:mm", "01/01/2025 07:30"),  # noqa: DTZ001 -- as sheets hold it
        (time(7, 30), "hh:mm", "07:30"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
    ],
)
def test_a_value_looks_like_what_a_person_sees_and_cannot_be_misread(
    value: object, form: str, text: str
) -> None:
    assert shown(value, form) == text


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_still_text(number: float) -> None:
    assert plain(number) in {"nan", "inf"}
