"""One worker against two, and a cluster against one PC: how fast dossiers are judged and answered.

    python -m tests.benchmarks.workers --dossiers 40 --rounds 3

Every run begins with the same mails in an empty ledger and ends when every letter was taken by a
mail server on this machine. The time counts from the first mail that was read, so that nobody is
blamed for starting Python. Peer of each run is the one before it, in the same round.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.ledgers import POSTGRESQL, SQLITE, Where, a_ledger, ledger_at, set_up_django

set_up_django()

from ledger import intake  # noqa: E402 -- rows need Django first
from ledger.models import Incoming, LetterState, Outgoing, Stage  # noqa: E402 -- as above
from ledger.store import Store  # noqa: E402 -- as above
from service.demo.cases import make  # noqa: E402 -- as above
from service.demo.recipes import complete  # noqa: E402 -- as above
from tests.servers import free_port, smtp_sink  # noqa: E402 -- as above

ROOT = Path(__file__).parents[2]
PATIENCE = 900.0


@dataclass(frozen=True, slots=True)
class Way:
    """How the work is done."""

    name: str
    database: str
    command: str
    machines: int
    threads: int


WAYS = (
    Way("one PC, SQLite, 1 thread", SQLITE, "run", 1, 1),
    Way("one PC, PostgreSQL, 1 thread", POSTGRESQL, "run", 1, 1),
    Way("cluster, 1 worker of 1 thread", POSTGRESQL, "work", 1, 1),
    Way("cluster, 2 workers of 1 thread", POSTGRESQL, "work", 2, 1),
    Way("cluster, 1 worker of 2 threads", POSTGRESQL, "work", 1, 2),
)


def seconds(way: Way, mails: Sequence[bytes]) -> float:
    """How long a way takes, from the first mail read to the last letter taken."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="workers-")))
        sink = stack.enter_context(smtp_sink())
        where = stack.enter_context(a_ledger(folder, way.database))
        (folder / "var").mkdir()
        config = folder / "vanthu.toml"
        config.write_text(_toml(sink.port, way.threads), encoding="utf-8")
        if isinstance(where, Path):
            where = where.rename(folder / "var" / where.name)
        stack.enter_context(ledger_at(where))
        _lay_in(mails, Store(folder / "var" / "store"))
        for number in range(way.machines):
            stack.enter_context(_machine(way.command, config, where, number))
        began = _when(lambda: not Incoming.objects.filter(stage=Stage.READ).count() < len(mails))
        _when(lambda: Outgoing.objects.filter(state=LetterState.SENT).count() < len(mails))
        return time.monotonic() - began


def _lay_in(mails: Sequence[bytes], store: Store) -> None:
    now = datetime.now(UTC)  # noqa: TID251 -- a benchmark's own clock
    for uid, raw in enumerate(mails, start=1):
        spot = intake.Spot(account="van-thu", folder="INBOX", uidvalidity=1, uid=uid)
        intake.record(store, spot, raw, now, now)


def _when(lasts: object) -> float:
    """Wait while something lasts; the moment it is over."""
    ends = time.monotonic() + PATIENCE
    while callable(lasts) and lasts():
        if time.monotonic() > ends:
            message = "the work never ended"
            raise TimeoutError(message)
        time.sleep(0.05)
    return time.monotonic()


@contextmanager
def _machine(command: str, config: Path, where: Where, number: int) -> Iterator[None]:
    environment = {
        **os.environ,
        "VANTHU_CONFIG": str(config),
        "VANTHU_DATABASE_URL": where if isinstance(where, str) else "",
        "VANTHU_DESK__PORT": str(free_port()),
        "PYTHONPATH": str(ROOT),
    }
    with config.with_name(f"log-{number}").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "service.cli", command],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


def _toml(port: int, threads: int) -> str:
    top = {"mode": "automatic", "quiet_seconds": 0, "workers": threads}
    lines = [f"{key} = {json.dumps(value)}" for key, value in top.items()]
    lines += [f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"', "[caps]"]
    caps = ("address_ten_minutes", "address_day", "dossier_day", "all_ten_minutes", "a_minute")
    return "\n".join([*lines, *(f"{cap} = 100000" for cap in caps)]) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every way in turn, several rounds, and print medians and ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.workers")
    parser.add_argument("--dossiers", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(argv)
    mails = [make(complete.one_docx, str(number)).mails[0].raw for number in range(asked.dossiers)]
    took: dict[Way, list[float]] = {way: [] for way in WAYS}
    for _round in range(asked.rounds):
        for way in WAYS:
            took[way].append(seconds(way, mails))
            sys.stdout.write(f"{way.name}: {took[way][-1]:.1f} s\n")
            sys.stdout.flush()
    first = statistics.median(took[WAYS[2]])
    for way, times in took.items():
        middle = statistics.median(times)
        sys.stdout.write(
            f"| {way.name} | {middle:.1f} | {asked.dossiers / middle:.2f} |"
            f" {first / middle:.2f} |\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
