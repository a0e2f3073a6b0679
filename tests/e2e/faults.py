"""Every way a line can fail, at every moment that matters, against real servers.

    python -m tests.e2e.faults [--only WORD] [--jobs 2]

The real service runs behind a proxy that breaks on cue. A sound mail is answered first; then the
fault strikes, more mails come, and the day must end as if nothing had happened: every mail one row,
every letter received once. Prints a line a case, and fails when one of them did not hold.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen, run

from tests.proxy import Fault, Kind, Proxy, proxy
from tests.service.house import House, a_house, a_nil_return

TIMEOUT = 3
"""Seconds a server may stay silent, as the service is told for this."""
_CUT_OFF = 20.0
"""Seconds without any server, to see what waiting costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a line fails: the word said just before, and on which of the two lines."""

    name: str
    word: bytes
    on_smtp: bool = False
    anew: bool = False
    """The line must be made anew for the word to be said."""
    after: int = 0


MOMENTS = (
    Moment(name="LOGIN", word=b"LOGIN", anew=True),
    Moment(name="FETCH", word=b"BODY.PEEK[", after=400),
    Moment(name="IDLE", word=b"IDLE"),
    Moment(name="DATA", word=b"DATA\r\n", on_smtp=True),
    Moment(name="after DATA", word=b"\r\n.\r\n", on_smtp=True),
)
CASES = tuple((moment, kind) for moment in MOMENTS for kind in Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one case ended."""

    name: str
    struck: int
    """Lines that met the fault; 0 would prove nothing."""
    seconds: float
    """From the fault to the last letter received."""
    away: float
    """Seconds until the service opened its next line; 0 when it needed none."""
    problems: tuple[str, ...]


@contextmanager
def behind_proxies(folder: Path) -> Iterator[tuple[House, Proxy, Proxy]]:
    """A house whose service reaches both servers through proxies: IMAP first, SMTP second."""
    with (
        a_house(folder, timeout_seconds=TIMEOUT, doubt_seconds=4) as house,
        proxy(house.imap.port) as imap,
        proxy(house.sink.port) as smtp,
    ):
        said = house.config.read_text(encoding="utf-8")
        said = said.replace(f"port = {house.imap.port}\n", f"port = {imap.port}\n")
        said = said.replace(f"port = {house.sink.port}\n", f"port = {smtp.port}\n")
        house.config.write_text(said, encoding="utf-8")
        yield house, imap, smtp


def endure(moment: Moment, kind: Kind, folder: Path) -> Outcome:
    """Let one fault strike at one moment, and look how the day ended."""
    from tests.e2e.test_an_office_day import service, wait  # noqa: PLC0415 -- needs Django set up

    with behind_proxies(folder) as (house, imap, smtp), service(house) as process:
        house.imap.deliver(a_nil_return(1))
        wait(house, lambda: _received(house) == 1, process)
        line = smtp if moment.on_smtp else imap
        line.break_with(Fault(kind=kind, word=moment.word, after=moment.after))
        if moment.anew:
            line.cut_off()
            line.restore()
        began = time.monotonic()
        for number in (2, 3):
            house.imap.deliver(a_nil_return(number))
        wait(house, lambda: _received(house) == 3 and line.struck > 0, process)
        took = time.monotonic() - began
        line.mend()
        wait(house, _is_settled, process)
        process.terminate()
        process.wait(60)
        return Outcome(
            name=f"{kind.value} in {moment.name}",
            struck=line.struck,
            seconds=took,
            away=line.away or 0,
            problems=tuple(_problems(house, mails=3)),
        )


def _received(house: House) -> int:
    return len({to for to, _ in house.letters})


def _is_settled() -> bool:
    from tests.e2e.test_an_office_day import is_over  # noqa: PLC0415 -- needs Django set up

    return is_over()


def _problems(house: House, *, mails: int) -> Iterator[str]:
    """What differs from a day without faults."""
    from ledger import intake, invariants, work  # noqa: PLC0415 -- needs Django set up
    from ledger.models import Incoming, LetterState, Outgoing  # noqa: PLC0415 -- as above
    from ledger.store import Store  # noqa: PLC0415 -- as above
    from tests.ledgers import ledger_at  # noqa: PLC0415 -- as above

    with ledger_at(house.config.parent / "var" / "vanthu.sqlite3"):
        yield from map(
            str, invariants.broken(Store(house.config.parent / "var" / "store"), whole=True)
        )
        if unaccounted := intake.accounted()["unaccounted"]:
            yield f"{unaccounted} mails unaccounted"
        if list(work.set_aside()):
            yield "something was set aside"
        if (rows := Incoming.objects.filter(copy_of=None).count()) != mails:
            yield f"{rows} rows for {mails} mails"
        sent = Counter(Outgoing.objects.filter(state=LetterState.SENT).values_list("message_id"))
        received = Counter((one,) for _, one in house.letters)
        if sent != received:
            yield f"sent {sorted(sent.values())}, received {sorted(received.values())}"
        if len(received) != mails:
            yield f"{len(received)} letters for {mails} mails"


def idleness(folder: Path) -> float:
    """The share of one processor the service uses while every server is out of reach."""
    from tests.e2e.test_an_office_day import service, wait  # noqa: PLC0415 -- needs Django set up

    with behind_proxies(folder) as (house, imap, smtp), service(house) as process:
        house.imap.deliver(a_nil_return(1))
        wait(house, lambda: _received(house) == 1, process)
        imap.cut_off()
        smtp.cut_off()
        before = _processor_seconds(process)
        time.sleep(_CUT_OFF)
        return (_processor_seconds(process) - before) / _CUT_OFF


def _processor_seconds(process: Popen[bytes]) -> float:
    """User and system time of a process and of its ended children, from Linux's own books."""
    fields = (
        Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    )
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _case(one: tuple[Moment, Kind]) -> Outcome:
    """Run a case in a process of its own: a ledger is one per process."""
    moment, kind = one
    name = f"{kind.value} in {moment.name}"
    command = [sys.executable, "-m", "tests.e2e.faults", "--one", moment.name, kind.value]
    ended = run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words
    told = ended.stdout.strip().splitlines()
    if ended.returncode or not told:
        return Outcome(name=name, struck=0, seconds=0, away=0, problems=(ended.stderr[-1500:],))
    struck, seconds, away, *problems = told[-1].split("\t")
    return Outcome(
        name=name,
        struck=int(struck),
        seconds=float(seconds),
        away=float(away),
        problems=tuple(problems),
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the matrix and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="cases whose name holds this word")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--one", nargs=2, metavar=("MOMENT", "KIND"))
    chosen = parser.parse_args(arguments)
    if chosen.one:
        moment = next(one for one in MOMENTS if one.name == chosen.one[0])
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            ended = endure(moment, Kind(chosen.one[1]), Path(folder))
        _say(
            "\t".join(
                [str(ended.struck), f"{ended.seconds:.1f}", f"{ended.away:.1f}", *ended.problems]
            )
        )
        return 0
    wanted = [one for one in CASES if chosen.only in f"{one[1].value} in {one[0].name}"]
    with ThreadPoolExecutor(chosen.jobs) as pool:
        outcomes = []
        for ended in pool.map(_case, wanted):
            outcomes.append(ended)
            verdict = "; ".join(ended.problems) or "equal"
            _say(
                f"{ended.name:22} struck {ended.struck}  back after {ended.away:5.1f} s"
                f"  all answered after {ended.seconds:6.1f} s  {verdict}"
            )
    broken = [one for one in outcomes if one.problems or not one.struck]
    _say(f"{len(outcomes)} cases, {len(broken)} not equal to a day without faults")
    if not chosen.only:
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            share = idleness(Path(folder))
        _say(f"cut off from every server: {share:.1%} of one processor")
        broken += [] if share < 0.05 else outcomes[:1]
    return 1 if broken else 0


if __name__ == "__main__":
    from tests.ledgers import set_up_django

    set_up_django()
    sys.exit(main())
