"""Money is in million đồng; a bare number is not money."""

from decimal import Decimal

import pytest

from dossier import Place
from ingest.extract.folded import folded
from ingest.extract.money import amount, amounts, budget, unit_of

AT = Place("phieu.docx")


@pytest.mark.parametrize(
    ("text", "million"),
    [
        ("1.500.000.000 đồng", "1500"),
        ("1,5 tỷ", "1500"),
        ("1.500 triệu", "1500"),
        ("1500tr", "1500"),
        ("2 tỷ 300 triệu", "2300"),
        ("2.300 (triệu đồng)", "2300"),
        ("500 000 000 VNĐ", "500"),
        ("5,1 ty dong", "5100"),
        ("2.700,5 triệu đồng", "2700.5"),
        ("250.000 nghìn đồng", "250"),
        ("600 triệu đồng (sáu trăm triệu đồng)", "600"),
        ("1 tỷ rưỡi", "1500"),
        ("2 tỷ 300", "2300"),
        ("một tỷ năm trăm linh hai triệu đồng", "1502"),
        ("Bốn trăm hai mươi triệu đồng chẵn", "420"),
        ("VNĐ 500.000.000", "500"),
    ],
)
def test_a_sum_is_read_in_every_spelling(text: str, million: str) -> None:
    found = [one.million for one in amounts(folded(text))]

    assert found == [Decimal(million)]


@pytest.mark.parametrize("text", ["1.500", "Theo thẩm định", "05 doanh nghiệp", "ISO 9001:2015"])
def test_a_number_without_a_unit_is_no_money(text: str) -> None:
    assert budget(text, AT) is None


@pytest.mark.parametrize(
    ("text", "total", "state", "other"),
    [
        (
            ("Tổng kinh phí: 1.800 triệu đồng; trong đó ngân sách nhà nước: 1.200 triệu đồng, "
            "đối ứng và nguồn khác: 600 triệu đồng."),
            "1800", "1200", "600",
        ),
        (
            ("Khoảng 4.500.000.000 đồng (bốn tỷ năm trăm triệu đồng), trong đó đề nghị ngân sách "
            "nhà nước 2.900.000.000 đồng, vốn của các HTX 1.600.000.000 đồng."),
            "4500", "2900", "1600",
        ),
        ("1.200.000.000 đồng (100% ngân sách nhà nước).", "1200", "1200", None),
        ("780 triệu đồng từ ngân sách nhà nước", "780", "780", None),
        ("2.350 triệu đồng (NSNN 1.150, công ty 1.200)", "2350", "1150", "1200"),
        ("NSNN: 500 triệu; vốn đối ứng: 300 triệu", "800", "500", "300"),
        (
            ("3.100 triệu đồng, gồm NSNN 1.950 triệu đồng và đối ứng 1.150 triệu đồng "
            "(HTX 250, Hà Lộc 400, Sông Châu 500)."),
            "3100", "1950", "1150",
        ),
        ("1,2 tỷ đồng", "1200", None, None),
    ],
)  # fmt: skip
def test_total_and_sources_are_told_apart(
    text: str, total: str, state: str | None, other: str | None
) -> None:
    found = budget(text, AT)

    assert found is not None
    assert found.total == Decimal(total)
    assert found.state == (Decimal(state) if state else None)
    assert found.other == (Decimal(other) if other else None)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Kinh phí (triệu đồng)", Decimal(1)),
        ("ĐVT: tỷ đồng", Decimal(1000)),
        ("Kinh phí (1.000 đồng)", Decimal("0.001")),
        ("Dự kiến nhu cầu kinh phí (VNĐ)", Decimal("0.000001")),
        ("Kinh phí", None),
    ],
)
def test_a_header_tells_the_unit(header: str, unit: Decimal | None) -> None:
    assert unit_of(header) == unit


def test_a_bare_number_takes_the_unit_of_its_column_and_none_without() -> None:
    assert amount("1.500", Decimal(1)) == Decimal(1500)
    assert amount("1.500", None) is None
    assert amount("1,5 tỷ", Decimal(1)) == Decimal(1500)
    assert amount("", Decimal(1)) is None


def test_what_follows_an_equals_sign_is_the_sum() -> None:
    found = budget("900 triệu đồng/năm x 2 năm = 1.800 triệu đồng", AT)

    assert found is not None
    assert found.total == Decimal(1800)
