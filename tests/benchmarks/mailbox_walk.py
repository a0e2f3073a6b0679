"""So many things happen to a mailbox, by chance from a seed, and no mail is lost.

python -m tests.benchmarks.mailbox_walk [--steps 2000] [--seed N] [--seeds K]
"""

import tempfile
import time
from pathlib import Path

import click

from tests.ledgers import set_up_django
from tests.servers import dovecot


@click.command()
@click.option("--steps", default=2_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--seeds", default=1, show_default=True, help="So many walks, each of --steps.")
def main(steps: int, seed: int, seeds: int) -> None:
    """Walk, and print what happened."""
    set_up_django()
    from service import log  # noqa: PLC0415 -- it wants Django
    from tests.service.walking import walk  # noqa: PLC0415 -- rows need Django first

    with dovecot() as server, tempfile.TemporaryDirectory() as place:
        log.set_up(Path(place) / "log")
        for number in range(seed, seed + seeds):
            folder = Path(place) / str(number)
            folder.mkdir()
            began = time.monotonic()
            done = walk(server, folder, number, steps)
            seconds = time.monotonic() - began
            click.echo(f"seed {number}: {steps} steps in {seconds:.0f} s, {dict(done)}")


if __name__ == "__main__":
    main()
