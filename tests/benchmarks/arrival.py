"""From arrival to reply: a native dossier, the quiet period off, the whole service under IDLE.

python -m tests.benchmarks.arrival [--mails 20]

Dovecot takes the mail by LMTP, `vanthu run` hears of it by IDLE (the poll is set far away), reads,
judges, writes and sends; the clock stops when the SMTP server has taken the letter. One mail at a
time, each of another unit. The floor is the same way without us: LMTP, the IDLE notice, one letter
by SMTP.
"""

import os
import queue
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import click

from ingest.mailbox import connect
from service.demo.cases import make
from service.demo.recipes import complete
from tests.servers import USER, Accepted, free_port
from tests.service.house import OFFICE, House, a_house

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
_BETWEEN = 3.0
"""Seconds: the copy of the last letter comes back meanwhile, and is no part of the next one."""


def dossiers(count: int) -> Iterator[bytes]:
    """Complete dossiers in Word files, each of another unit: a second one would be a supplement."""
    met: set[str] = set()
    for number in range(1_000):
        case = make(complete.one_docx, f"arrival{number}")
        unit = str(case.expected["dossiers"][0]["unit"])
        if unit not in met:
            met.add(unit)
            yield case.mails[0].raw
        if len(met) == count:
            return


@contextmanager
def service(house: House) -> Iterator[None]:
    """Run the real service until the measuring is over."""
    environment = {
        **os.environ,
        "VANTHU_CONFIG": str(house.config),
        "VANTHU_DESK__PORT": str(free_port()),
        "PYTHONPATH": str(ROOT),
    }
    with house.config.with_name("service.log").open("wb") as said:
        command = [sys.executable, "-m", "service.cli", "run"]
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, cwd=ROOT)  # noqa: S603 -- our words
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


def measure(house: House, mails: list[bytes]) -> list[float]:
    """Seconds from handing a mail to LMTP until its letter is taken; the first one warms up."""
    taken: queue.Queue[float] = queue.Queue()
    copy_to_ourselves = house.sink.on_mail

    def on_mail(mail: Accepted) -> None:
        taken.put(time.perf_counter())
        copy_to_ourselves(mail)

    house.sink.on_mail = on_mail
    spent = []
    for raw in mails:
        time.sleep(_BETWEEN)
        began = time.perf_counter()
        house.imap.deliver(raw)
        try:
            spent.append(taken.get(timeout=PATIENCE) - began)
        except queue.Empty as error:
            said = house.config.with_name("service.log").read_text(encoding="utf-8")
            message = f"no letter for mail {len(spent) + 1}:\n{said[-2_000:]}"
            raise click.ClickException(message) from error
    return spent[1:]


def floor(house: House, mails: list[bytes]) -> list[float]:
    """The servers' own part: delivery, notice, fetch, a letter out."""
    spent = []
    with connect(house.imap.account("nguoi-khac")) as box:
        last = 0
        for raw in mails:
            began = time.perf_counter()
            house.imap.deliver(raw, "nguoi-khac")
            while not (there := box.new_uids(last)):
                box.wait(30, lambda _seconds: False)
            last = max(there)
            list(box.fetch(there))
            with smtplib.SMTP(house.sink.host, house.sink.port) as out:
                out.sendmail(OFFICE, ["a@x.vn"], b"Subject: x\r\n\r\nx\r\n")
            spent.append(time.perf_counter() - began)
    return spent[1:]


@click.command()
@click.option("--mails", default=20, show_default=True)
def main(mails: int) -> None:
    """Measure, and print medians, 95th percentiles and the ratio to the floor."""
    with (
        tempfile.TemporaryDirectory() as place,
        a_house(Path(place), quiet_seconds=0, poll_seconds=600) as house,
    ):
        house.imap.append(b"From: a@x.vn\r\nSubject: x\r\n\r\nx\r\n", USER)
        sent = list(dossiers(mails + 1))
        least = floor(house, sent)
        with service(house):
            spent = measure(house, sent)
    for name, found in (("floor", least), ("arrival to reply", spent)):
        late = quantiles(found, n=20)[-1]
        ratio = median(found) / median(least)
        click.echo(
            f"{name:16} median {median(found):6.2f} s   p95 {late:6.2f} s   {ratio:6.1f} × floor"
        )


if __name__ == "__main__":
    main()
