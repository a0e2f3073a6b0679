"""Thousands of damaged files through the product's own way: nothing may crash, hang or pass empty.

python -m tests.benchmarks.mutated --count 20000 --seed 1 [--jobs 2] [--first N] [--rows FILE]

Ends with status 1 when the reading process died, a file was left anywhere, a limit was exceeded,
an exception came out, or a file with bytes gave nothing at all and no reason.
"""

import argparse
import json
import re
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from config.load import load_call
from dossier import Call, Reading
from ingest.programs import Programs, found
from tests.benchmarks.mutation import Mutant, mutant
from tests.benchmarks.watching import MOST_BYTES, MOST_SECONDS, TellingCage, Watch, empty_folders
from tests.ingest.way import handed_in, mailed

_CHUNK = 100
_BY_EYE = 25
"""One file in so many may be read by Tesseract as well, which takes seconds."""
_NAMES_A_FILE = re.compile(rb"(?i)content-disposition:\s*attachment|\bfilename\*?=")
"""A mail that carries files, or did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one damaged file."""

    name: str
    family: str
    ways: tuple[str, ...]
    outcome: str
    """“read”, the causes of what stayed unread, or “error”."""
    seconds: float
    peak: int
    faults: tuple[str, ...] = ()
    """What went wrong inside and was caught: unread as ours."""
    error: str = ""
    """An exception that came out."""
    left: tuple[str, ...] = ()
    """Files found where none may be."""
    silent: bool = False
    """It has bytes, gave nothing, and nobody was told."""

    @property
    def complaint(self) -> str:
        """Why this must not be; empty when all is well."""
        reasons = (
            self.error,
            f"left {self.left}" if self.left else "",
            f"took {self.seconds:.0f} s" if self.seconds > MOST_SECONDS else "",
            f"took {self.peak >> 20} MB" if self.peak > MOST_BYTES else "",
            "nothing read, nothing said" if self.silent else "",
        )
        return "; ".join(filter(None, reasons))


def read_all(seed: int, numbers: Sequence[int]) -> list[Row]:
    """Read the damaged files of these numbers, one after the other."""
    call = load_call("1322-2025")
    here = found()
    blind = replace(here, tesseract="")
    with empty_folders() as folders, TellingCage() as cage:
        return [
            row(mutant(seed, number), call, cage, here if number % _BY_EYE == 0 else blind, folders)
            for number in numbers
        ]


def row(
    one: Mutant, call: Call, cage: TellingCage, programs: Programs, folders: Sequence[Path]
) -> Row:
    """Read one damaged file and tell what became of it."""
    cage.programs = programs
    cage.forget()
    error, outcome, silent = "", "error", False
    with Watch() as watch:
        try:
            if one.family == "eml":
                gone = mailed(one.raw, call, cage)
            else:
                gone = handed_in(one.name, one.raw, call, cage)
            outcome = "+".join(gone.causes) or "read"
            silent = bool(one.raw) and _is_silent(gone.reading, cage, one)
        except Exception:  # noqa: BLE001 -- finding these is what this is for
            error = traceback.format_exc(limit=-4)
    return Row(
        name=one.name,
        family=one.family,
        ways=one.ways,
        outcome=outcome,
        seconds=watch.seconds,
        peak=watch.peak,
        faults=tuple(f"{fault.kind}: {fault.what}" for fault in cage.faults),
        error=error,
        left=tuple(str(path) for folder in folders for path in folder.iterdir()),
        silent=silent,
    )


def _is_silent(reading: Reading, cage: TellingCage, one: Mutant) -> bool:
    """Nothing came of it and nobody was told; of a mail, that its files are gone."""
    if reading.unread:
        return False
    is_lost = bool(_NAMES_A_FILE.search(one.raw)) and not reading.files
    return is_lost if one.family == "eml" else not reading.files or bool(cage.silent)


def main(words: Sequence[str] | None = None) -> int:
    """Read them all and print what became of them; gives the exit status."""
    asked = _asked(words)
    numbers = range(asked.first, asked.first + asked.count)
    chunks = [numbers[at : at + _CHUNK] for at in range(0, len(numbers), _CHUNK)]
    rows: list[Row] = []
    complaints: list[str] = []
    with ProcessPoolExecutor(asked.jobs, get_context("spawn")) as workers:
        waiting = [workers.submit(read_all, asked.seed, chunk) for chunk in chunks]
        for chunk, one in zip(chunks, waiting, strict=True):
            try:
                done = one.result()
            except BrokenProcessPool:
                complaints.append(f"{chunk.start}-{chunk.stop - 1}: the reading process died")
                continue
            rows += done
            complaints += (
                f"{row.name} {row.ways}: {row.complaint}" for row in done if row.complaint
            )
            print(f"{len(rows)} of {asked.count}, {len(complaints)} wrong", file=sys.stderr)  # noqa: T201 -- a command
            if asked.rows:
                with asked.rows.open("a", encoding="utf-8") as file:
                    file.writelines(
                        f"{json.dumps(asdict(row), ensure_ascii=False)}\n" for row in done
                    )
    print(report(rows))  # noqa: T201 -- a command
    print("\n".join(complaints) or "no complaints")  # noqa: T201 -- a command
    return 1 if complaints else 0


def report(rows: Sequence[Row]) -> str:
    """Outcomes by family, what our own program did not read, and the dearest files."""
    lines = [f"{len(rows)} files"]
    for family in sorted({row.family for row in rows}):
        mine = [row for row in rows if row.family == family]
        outcomes = Counter(row.outcome for row in mine).most_common()
        told = ", ".join(f"{outcome} {count}" for outcome, count in outcomes)
        lines.append(f"{family:7}{len(mine):6}  {told}")
    faults = Counter(fault for row in rows for fault in row.faults)
    lines += (f"ours: {count} x {fault}" for fault, count in faults.most_common(40))
    for row in sorted(rows, key=lambda row: -row.seconds)[:5]:
        lines.append(f"slowest {row.seconds:6.2f} s  {row.name} {row.ways} {row.outcome}")
    for row in sorted(rows, key=lambda row: -row.peak)[:5]:
        lines.append(f"largest {row.peak >> 20:5} MB  {row.name} {row.ways} {row.outcome}")
    return "\n".join(lines)


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rows", type=Path, help="a file for one line of JSON a damaged file")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
