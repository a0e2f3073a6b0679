"""A crash before and after every durable step, then again: nothing lost, nothing said twice.

A slice of what `python -m tests.e2e.kills` does at length, on both databases and every engine.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from service.points import Point
from tests.e2e.kills import Matrix, a_matrix, at_any_moment
from tests.e2e.lives import CLUSTER, EMBEDDED, STEPS, Order
from tests.e2e.world import mails_without_files
from tests.ledgers import POSTGRESQL, SQLITE
from tests.service.house import a_nil_return

pytestmark = pytest.mark.e2e


def on(kind: str) -> object:
    """One database, whose tests share a town."""
    return pytest.param(kind, marks=pytest.mark.xdist_group(f"kills-{kind}"), id=kind)


@pytest.fixture(scope="module", params=[on(SQLITE), on(POSTGRESQL)])
def small(request: pytest.FixtureRequest) -> Iterator[Matrix]:
    """Days of two mails that get letters: the second's copy proves that copies do come back."""
    with a_matrix(
        request.param, STEPS, [a_nil_return(1), a_nil_return(2)], officer=False
    ) as matrix:
        yield matrix


@pytest.fixture
def matrix(small: Matrix) -> Matrix:
    """The same town on another day."""
    small.tally.faults.clear()
    small.tally.kills = 0
    small.town.post.hangs_up = False
    return small


@pytest.mark.parametrize("point", list(Point), ids=str)
def test_a_power_cut_loses_nothing_and_says_nothing_twice(matrix: Matrix, point: Point) -> None:
    matrix.disturb(lambda life: life if life.life else replace(life, point=point))

    assert (matrix.tally.kills, matrix.tally.faults) == (1, [])


def test_steps_that_fail_are_done_again(matrix: Matrix) -> None:
    matrix.disturb(lambda life: life if life.life else replace(life, fails=True))

    assert matrix.tally.faults == []


def test_an_answer_that_never_comes_is_settled_by_the_copy(matrix: Matrix) -> None:
    matrix.town.post.hangs_up = True

    matrix.disturb(undisturbed)

    assert matrix.tally.faults == []


@pytest.mark.parametrize(
    ("kind", "engine"),
    [
        pytest.param(SQLITE, EMBEDDED, marks=pytest.mark.xdist_group("kills-sqlite")),
        pytest.param(POSTGRESQL, CLUSTER, marks=pytest.mark.xdist_group("kills-postgresql")),
    ],
)
def test_a_day_of_crashes_at_any_moment_is_a_quiet_day_in_the_end(kind: str, engine: str) -> None:
    chance = random.Random(1322)  # noqa: S311 -- disorder, no secret
    with a_matrix(kind, engine, mails_without_files()) as matrix:
        matrix.disturb(partial(at_any_moment, chance=chance, spread=matrix.moments // 2))

        assert matrix.tally.faults == []


def undisturbed(life: Order) -> Order:
    """Nobody dies."""
    return life
