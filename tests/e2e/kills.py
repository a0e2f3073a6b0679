"""Kill the service at any moment of a day, again and again, and count what was lost or doubled.

    python -m tests.e2e.kills --kills 500 --seed 1 --database postgresql --engine cluster

Every life is a process of its own that dies by SIGKILL at a moment drawn from the seed (`lives`);
the next goes on. A day that has lived to its end is lived once more, and must then be, row by row,
mail by mail and letter by letter, the day that nobody disturbed.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TypeAlias

from tests.ledgers import POSTGRESQL, SQLITE, ledger_at, set_up_django

set_up_django()

from ledger import work  # noqa: E402 -- rows need Django first
from ledger.models import Dossier, Incoming, Outgoing  # noqa: E402 -- as above
from tests.e2e.lives import CLUSTER, EMBEDDED, STEPS, Order, live  # noqa: E402 -- as above
from tests.e2e.world import Day, Town, a_town, mails_of_a_day, mails_without_files  # noqa: E402 -- as above

ROOT = Path(__file__).parents[2]
LAST = 10_000
"""The number of a day's last life."""
LONGEST = 300.0
"""Seconds of one life, after which it is a fault."""
_SETTINGS: dict[str, dict[str, int]] = {
    STEPS: {"doubt_seconds": 1},
    EMBEDDED: {"doubt_seconds": 200, "workers": 3},
    CLUSTER: {"doubt_seconds": 200, "workers": 2},
}
"""In seconds of the day's own clock, which hurries for the real engines."""
_LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
_MACHINES = {STEPS: 1, EMBEDDED: 1, CLUSTER: 2}


@dataclass(slots=True)
class Tally:
    """What was seen so far."""

    kills: int = 0
    days: int = 0
    faults: list[str] = field(default_factory=list)
    moments: Counter[str] = field(default_factory=Counter[str])

    def killed(self, life: Order) -> None:
        """Count a life that was ended, and at what moment."""
        self.kills += 1
        words = life.last_words.read_text(encoding="utf-8")
        self.moments[words.partition(" ")[2]] += 1


Deaths: TypeAlias = Callable[[Order], Order]
"""Says of a life where it ends."""


class Lives:
    """Starts lives from one process that has everything loaded."""

    def __init__(self) -> None:
        """Load once; `PYTHONPATH` carries the tree to the process all lives are forked from."""
        os.environ["PYTHONPATH"] = str(ROOT)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.e2e.lives"])

    def start(self, order: Order) -> ForkServerProcess:
        """Begin a life."""
        begun = self._context.Process(target=live, args=(order,))
        begun.start()
        return begun

    def lived(self, order: Order) -> int:
        """Live to the end, one way or the other. Gives the exit status."""
        begun = self.start(order)
        begun.join(LONGEST)
        return _ended(begun)


def _ended(begun: ForkServerProcess) -> int:
    if begun.exitcode is None:
        begun.kill()
        begun.join()
        return 1
    return begun.exitcode


@dataclass(slots=True, kw_only=True)
class Matrix:
    """One town whose days are disturbed, and what an undisturbed one is like."""

    town: Town
    lives: Lives
    kind: str
    engine: str
    mails: Sequence[bytes]
    model: dict[str, object] = field(default_factory=dict)
    officer: bool = True
    """Whether an officer works that day."""
    moments: int = 0
    """How many an undisturbed day has."""
    tally: Tally = field(default_factory=Tally)

    def see_a_quiet_day(self) -> None:
        """Learn the model. Raises `AssertionError` when even that day goes wrong."""
        with self.town.day(self.kind, self.mails, **_SETTINGS[STEPS]) as day:
            order = self._order(day)
            status = self.lives.lived(order)
            faults = day.wrong()
            if status or faults:
                message = f"the undisturbed day went wrong: {status} {faults}"
                raise AssertionError(message)
            self.model = day.found()
            self.moments = int(order.last_words.read_text(encoding="utf-8").split()[0])

    def disturb(self, deaths: Deaths) -> None:
        """Live one day; what is wrong at its end goes into the tally."""
        with self.town.day(self.kind, self.mails, **_SETTINGS[self.engine]) as day:
            order = replace(self._order(day), engine=self.engine)
            before = self.tally.kills
            endings = self._until_it_is_over(day, order, deaths)
            last = replace(order, life=LAST)
            endings.append(self.lives.lived(last))
            self.town.settle()
            self.tally.days += 1
            faults = [f"a life ended with {one}" for one in endings if one]
            faults += day.wrong() + list(_differences(self.model, day.found()))
            told = f"day {self.tally.days} ({self.tally.kills - before} kills)"
            self.tally.faults += [f"{told}: {one}" for one in faults]

    def _order(self, day: Day) -> Order:
        return Order(
            config=day.config,
            ledger=day.ledger,
            mails=len(self.mails),
            officer=self.officer,
            began=time.time(),
        )

    def _until_it_is_over(self, day: Day, order: Order, deaths: Deaths) -> list[int]:
        """Begin life after life, until every machine has seen the day's end. Gives the endings."""
        running: dict[int, tuple[ForkServerProcess, Order]] = {}
        lives, endings = count(), []

        def begin(machine: int) -> None:
            words = f"last-words-{machine}"
            life = deaths(
                replace(order, life=next(lives), officer=self.officer and machine == 0, words=words)
            )
            running[machine] = (self.lives.start(life), life)

        for machine in range(_MACHINES[order.engine]):
            begin(machine)
        while running:
            wait([begun.sentinel for begun, _ in running.values()], LONGEST)
            ended = [one for one, (begun, _) in running.items() if begun.exitcode is not None]
            for machine in ended or list(running):
                begun, life = running.pop(machine)
                status = _ended(begun)
                if status != -signal.SIGKILL:
                    endings.append(status)
                    continue
                self.tally.killed(life)
                self.town.settle()
                _forgive(day)
                begin(machine)
        return endings


def _forgive(day: Day) -> None:
    """Do as an officer would: the power fails more often here than any mail deserves."""
    with ledger_at(day.ledger):
        for rows in (Incoming, Dossier, Outgoing):
            rows.objects.filter(strikes__gt=0).update(strikes=0)
        for stage, row in work.set_aside():
            work.retry(stage, row.pk, _LONG_AGO)


def _differences(model: dict[str, object], found: dict[str, object]) -> Iterator[str]:
    for key, expected in model.items():
        if found[key] != expected:
            yield f"{key}: {found[key]!r} instead of {expected!r}"


@contextmanager
def a_matrix(
    kind: str, engine: str, mails: Sequence[bytes], *, officer: bool = True
) -> Iterator[Matrix]:
    """A town that has seen a quiet day."""
    with (
        tempfile.TemporaryDirectory(prefix="kills-", ignore_cleanup_errors=True) as folder,
        a_town(Path(folder)) as town,
    ):
        matrix = Matrix(
            town=town, lives=Lives(), kind=kind, engine=engine, mails=mails, officer=officer
        )
        matrix.see_a_quiet_day()
        yield matrix


def at_any_moment(life: Order, *, chance: random.Random, spread: int) -> Order:
    """Die within so many moments; later and later in a day that gets nowhere."""
    return replace(life, moment=chance.randint(1, spread * (1 + life.life // 8)))


def run(asked: argparse.Namespace) -> Tally:
    """Disturb days until there were enough kills."""
    chance = random.Random(asked.seed)  # noqa: S311 -- disorder, no secret
    mails = mails_without_files() if asked.without_files else mails_of_a_day()
    with a_matrix(asked.database, asked.engine, mails) as matrix:
        _say(f"an undisturbed day has {matrix.moments} moments")
        tally = matrix.tally
        while tally.kills < asked.kills:
            spread = matrix.moments // chance.choice([60, 40, 20, 8])
            faults = len(tally.faults)
            matrix.disturb(partial(at_any_moment, chance=chance, spread=spread))
            _say(f"{tally.kills} kills, {tally.days} days, {len(tally.faults)} faults")
            for fault in tally.faults[faults:]:
                _say(f"  {fault}")
    return tally


def main(argv: Sequence[str] | None = None) -> int:
    """Kill, and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.add_argument("--engine", choices=[STEPS, EMBEDDED, CLUSTER], default=STEPS)
    parser.add_argument("--without-files", action="store_true", help="more kills an hour")
    asked = parser.parse_args(argv)
    if asked.engine == CLUSTER and asked.database != POSTGRESQL:
        parser.error("a cluster needs PostgreSQL")
    tally = run(asked)
    _say(
        f"{asked.database} {asked.engine} seed {asked.seed}: {tally.kills} kills in {tally.days}"
        f" days at {len(tally.moments)} kinds of moments"
    )
    for words, times in tally.moments.most_common():
        _say(f"  {times:4} {words}")
    lost = sum("lost" in one or "without a row" in one for one in tally.faults)
    doubled = sum("doubled" in one for one in tally.faults)
    _say(f"lost {lost}, doubled {doubled}, other differences {len(tally.faults) - lost - doubled}")
    for fault in tally.faults:
        _say(fault)
    return 1 if tally.faults else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
