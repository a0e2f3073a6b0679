"""Other people's test files through the product's own way: what is read, what is not, and why.

python -m tests.benchmarks.awkward FOLDER [--jobs 2] [--blind]

Ends with status 1 when an exception came out, the reading process died, a file was left anywhere,
or one file cost more than a mail may. The files are nobody's but theirs and are never committed.
"""

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from config.load import load_call
from ingest.programs import found
from ingest.readers import sniff
from tests.benchmarks.watching import MOST_BYTES, MOST_SECONDS, TellingCage, Watch, empty_folders
from tests.ingest.way import handed_in

_CHUNK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one file."""

    path: str
    kind: str
    outcome: str
    """“read”, the causes of what stayed unread, or “error”."""
    seconds: float
    peak: int
    faults: tuple[str, ...]
    complaint: str = ""


def read_all(paths: Sequence[Path], *, blind: bool) -> list[Row]:
    """Read these files, one after the other."""
    call, programs = load_call("1322-2025"), found()
    programs = replace(programs, tesseract="") if blind else programs
    rows: list[Row] = []
    with empty_folders() as folders, TellingCage(programs) as cage:
        for path in paths:
            cage.forget()
            raw, error, outcome = path.read_bytes(), "", "error"
            with Watch() as watch:
                try:
                    gone = handed_in(path.name, raw, call, cage)
                    outcome = "+".join(gone.causes) or "read"
                except Exception:  # noqa: BLE001 -- finding these is what this is for
                    error = traceback.format_exc(limit=-4)
            left = [str(one) for folder in folders for one in folder.iterdir()]
            slow = f"took {watch.seconds:.0f} s" if watch.seconds > MOST_SECONDS else ""
            large = f"took {watch.peak >> 20} MB" if watch.peak > MOST_BYTES else ""
            silent = "nothing read, nothing said" if cage.silent and outcome == "read" else ""
            rows.append(
                Row(
                    path=str(path),
                    kind=sniff(raw).value,
                    outcome=outcome,
                    seconds=watch.seconds,
                    peak=watch.peak,
                    faults=tuple(f"{fault.kind}: {fault.what}" for fault in cage.faults),
                    complaint="; ".join(filter(None, (error, *left, slow, large, silent))),
                )
            )
    return rows


def main(words: Sequence[str] | None = None) -> int:
    """Read a folder and print what became of it; gives the exit status."""
    asked = _asked(words)
    paths = sorted(path for path in asked.folder.resolve().rglob("*") if path.is_file())
    chunks = [paths[at : at + _CHUNK] for at in range(0, len(paths), _CHUNK)]
    rows: list[Row] = []
    died: list[str] = []
    with ProcessPoolExecutor(asked.jobs, get_context("spawn")) as workers:
        waiting = [workers.submit(read_all, chunk, blind=asked.blind) for chunk in chunks]
        for chunk, one in zip(chunks, waiting, strict=True):
            try:
                rows += one.result()
            except BrokenProcessPool:
                died.append(f"{chunk[0]} … {chunk[-1]}: the reading process died")
            print(f"{len(rows)} of {len(paths)}", file=sys.stderr)  # noqa: T201 -- a command
    complaints = [*died, *(f"{row.path}: {row.complaint}" for row in rows if row.complaint)]
    print(report(rows))  # noqa: T201 -- a command
    print("\n".join(complaints) or "no complaints")  # noqa: T201 -- a command
    return 1 if complaints else 0


def report(rows: Sequence[Row]) -> str:
    """Outcomes by kind, what our own program did not read, and the dearest files."""
    lines = [f"{len(rows)} files: {_told(rows)}"]
    for kind, count in Counter(row.kind for row in rows).most_common():
        lines.append(f"{kind:17}{count:5}  {_told([row for row in rows if row.kind == kind])}")
    lines += (f"ours: {row.path} {fault}" for row in rows for fault in row.faults)
    for row in sorted(rows, key=lambda row: -row.seconds)[:5]:
        lines.append(f"slowest {row.seconds:6.2f} s  {row.path} {row.outcome}")
    for row in sorted(rows, key=lambda row: -row.peak)[:5]:
        lines.append(f"largest {row.peak >> 20:5} MB  {row.path} {row.outcome}")
    return "\n".join(lines)


def _told(rows: Sequence[Row]) -> str:
    outcomes = Counter(row.outcome for row in rows).most_common()
    return ", ".join(f"{outcome} {count}" for outcome, count in outcomes)


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--blind", action="store_true", help="pictures are not read by eye")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
