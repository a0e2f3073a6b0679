"""Lines that fail: four of the thirty cases of `tests.e2e.faults`, which runs them all."""

from pathlib import Path

import pytest

from tests.e2e.faults import MOMENTS, endure
from tests.proxy import Kind

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("kind", "moment"),
    [(Kind.HOLE, "IDLE"), (Kind.DROP, "FETCH"), (Kind.RST, "DATA"), (Kind.RST, "after DATA")],
)
def test_a_day_with_a_broken_line_ends_like_a_day_without(
    kind: Kind, moment: str, tmp_path: Path
) -> None:
    at = next(one for one in MOMENTS if one.name == moment)

    ended = endure(at, kind, tmp_path)

    assert (ended.struck, ended.problems) == (1, ())
