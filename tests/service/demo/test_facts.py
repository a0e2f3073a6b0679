"""What the demo invents is plausible: check digits, sums, months, names."""

import pytest

from service.demo.draw import Draw
from service.demo.facts import HouseKind, Period
from service.demo.houses import ascii_only, company, house, slug
from service.demo.scene import a_plan
from service.demo.tasks import spoken_money

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@pytest.mark.parametrize("seed", [str(n) for n in range(20)])
def test_a_tax_code_ends_in_its_check_digit(seed: str) -> None:
    code = company(Draw(seed)).tax_code

    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code, strict=False))
    assert int(code[9]) == 10 - total % 11


@pytest.mark.parametrize("kind", list(HouseKind))
def test_every_kind_of_unit_has_a_name_a_head_and_a_mailbox(kind: HouseKind) -> None:
    unit = house(Draw("a"), kind)

    assert unit.kind is kind
    assert all((unit.name, unit.title, unit.symbol, unit.signatory.name, unit.contact.phone))
    assert unit.mailbox.isascii()
    assert unit.mailbox.count("@") == 1


@pytest.mark.parametrize("seed", [str(n) for n in range(12)])
def test_pledges_add_up_to_the_counterpart(seed: str) -> None:
    plan = a_plan(Draw(seed), HouseKind.COMMUNE, first="pilot_model")

    task = plan.tasks[0]
    assert sum(pledge.amount for pledge in task.pledges) == task.money.counterpart
    assert all(pledge.house.name in task.said("dia_chi") for pledge in task.pledges)


def test_the_last_month_counts_from_the_first() -> None:
    assert Period(year=2025, month=1, months=36).last == (2027, 12)
    assert Period(year=2025, month=6, months=12).last == (2026, 5)


def test_money_is_spoken_in_many_ways_and_means_the_same() -> None:
    spoken = {spoken_money(Draw(str(n)), 2350) for n in range(60)}

    assert spoken == {
        "2.350 triệu đồng",
        "2.350.000.000 đồng",
        "2.350 (triệu đồng)",
        "2,35 tỷ đồng",
        "2 tỷ 350 triệu đồng",
    }


def test_names_lose_their_marks_for_addresses() -> None:
    assert ascii_only("Đặng Quốc Bình") == "Dang Quoc Binh"
    assert slug("Dệt khăn Đại Phát") == "detkhandaiphat"
