"""A crash before or after every durable step, then again: nothing lost, nothing said twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import intake, invariants
from ledger.models import Dossier, Incoming, LetterState, Outgoing, Verdict
from ledger.store import Store
from service.points import Point
from tests.ledgers import ledger_at
from tests.service.house import House, a_house, a_nil_return

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
UNITS = 3


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        for number in range(1, UNITS + 1):
            house.imap.deliver(a_nil_return(number), sender=f"xa{number}@xa.example")
        yield house


def live(house: House, life: int, *death: str) -> int:
    """Give the service one life; its exit status."""
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-m", "tests.service.crashing", str(life), *death],
        cwd=ROOT,
        env={**os.environ, "VANTHU_CONFIG": str(house.config), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    ).returncode


def everything(house: House) -> dict[str, object]:
    """What a person would count when the day is over."""
    folder = house.config.parent / "var"
    with ledger_at(folder / "vanthu.sqlite3"):
        return {
            "broken": list(invariants.broken(Store(folder / "store"), whole=True)),
            "unaccounted": intake.accounted()["unaccounted"],
            "waiting": intake.accounted()["waiting"],
            "their mails": Incoming.objects.filter(copy_of=None).count(),
            "our copies": Incoming.objects.exclude(copy_of=None).count(),
            "dossiers": Dossier.objects.count(),
            "verdicts": Verdict.objects.count(),
            "letters": list(Outgoing.objects.values_list("state", flat=True)),
            "received": sorted(to for to, _ in house.letters),
        }


QUIET_DAY: dict[str, object] = {
    "broken": [],
    "unaccounted": 0,
    "waiting": 0,
    "their mails": UNITS,
    "our copies": UNITS,
    "dossiers": UNITS,
    "verdicts": UNITS,
    "letters": [LetterState.SENT] * UNITS,
    "received": [f"xa{number}@xa.example" for number in range(1, UNITS + 1)],
}


@pytest.mark.parametrize("point", list(Point), ids=str)
def test_a_power_cut_loses_nothing_and_says_nothing_twice(house: House, point: Point) -> None:
    lived = [live(house, 0, point), live(house, 1)]

    assert lived == [-signal.SIGKILL, 0]
    assert everything(house) == QUIET_DAY


def test_steps_that_fail_are_done_again(house: House) -> None:
    lived = [live(house, 0, "everywhere"), live(house, 1)]

    assert lived == [0, 0]
    assert everything(house) == QUIET_DAY


def test_a_day_lived_twice_is_one_day(house: House) -> None:
    assert [live(house, 0), live(house, 1)] == [0, 0]
    assert everything(house) == QUIET_DAY


def test_an_answer_that_never_comes_is_settled_by_the_copy(house: House) -> None:
    house.sink.hangs_up_after_mail = True

    assert live(house, 0) == 0
    assert everything(house) == QUIET_DAY
