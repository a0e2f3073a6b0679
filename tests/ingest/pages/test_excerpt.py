"""The part of a page beside a finding: the place in its middle, always inside the page."""

import pytest

from ingest.pages.drawing import Rect
from ingest.pages.excerpt import NARROW, WIDE, Shape, part_around

A4 = (595.0, 842.0)


def middle(part: Rect) -> tuple[float, float]:
    return (part[0] + part[2]) / 2, (part[1] + part[3]) / 2


def test_a_mark_stands_in_the_middle_between_the_margins() -> None:
    part = part_around([(0.2, 0.5, 0.8, 0.52)], A4, WIDE)

    assert middle(part) == pytest.approx((0.5, 0.51))
    assert part[2] - part[0] == pytest.approx(WIDE.share)


def test_a_telephone_gets_a_part_of_the_line_around_the_mark() -> None:
    part = part_around([(0.82, 0.5, 0.95, 0.52)], A4, NARROW)

    assert (part[0], part[2]) == pytest.approx((0.4, 1.0))


def test_without_a_mark_it_is_the_head_of_the_page() -> None:
    assert part_around([], A4, WIDE)[1] == 0.0


@pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "mark", [(0.0, 0.0, 0.1, 0.01), (0.9, 0.99, 1.0, 1.0), (0.0, 0.0, 1.0, 1.0)]
)
@pytest.mark.parametrize("size", [A4, (842.0, 595.0), (2000.0, 100.0), (10.0, 10_000.0)])
def test_it_never_leaves_the_page(shape: Shape, mark: Rect, size: tuple[float, float]) -> None:
    left, top, right, bottom = part_around([mark], size, shape)

    assert 0 <= left < right <= 1 + 1e-9
    assert 0 <= top < bottom <= 1 + 1e-9


def test_a_place_higher_than_the_part_is_shown_from_its_beginning() -> None:
    part = part_around([(0.1, 0.2, 0.9, 0.9)], A4, WIDE)

    assert part[1] < 0.2 < part[3]
