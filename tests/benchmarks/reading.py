"""How much of a paper is read, and how fast: ours beside xberg, markitdown and docling.

    python -m tests.benchmarks.reading [--repeats 5] [--formats docx,xlsx,pdf] [--peers FOLDER]

The same files in one run, the readers taking turns file by file, so that a busy machine is as slow
for one as for another. The peers live in a virtual environment of their own, made on the first run
from `peers.txt`; nothing of theirs is in our lock.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

from tests.papers import HERE, Gold, missed, papers, squeezed

FORMATS = ("docx", "xlsx", "pdf", "doc", "rtf", "odt", "xls", "ods")
OURS = ("bare", "caged")
PEERS = ("xberg", "markitdown", "docling")
_HERE = Path(__file__).parent
_HEAD = "             units  legacy   cells   spans  leaked refused      ms  slower  us/unit    MB"
_SHIFTS = [(down, across) for down in range(5) for across in range(2)]
"""A peer may count a sheet's rows from its table's first."""


class Process:
    """A reader at work under its own interpreter."""

    def __init__(self, name: str, python: str) -> None:
        """Start it; what it says on standard error is its own affair."""
        self.name = name
        self._process = subprocess.Popen(  # noqa: S603 -- our own script, fixed words
            [python, str(_HERE / "engines.py"), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
            text=True,
        )
        self._line()

    def read(self, path: Path) -> dict[str, Any]:
        """What it makes of a file."""
        assert self._process.stdin
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return dict(json.loads(self._line()))

    def _line(self) -> str:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith(("{", "ready")):
                return line
        reason = f"{self.name} does not run"
        raise SystemExit(reason)

    def close(self) -> None:
        """Let it end; a peer that aborts at its exit harms nobody."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)


@dataclass(slots=True)
class Figures:
    """What one reader made of one format."""

    files: int = 0
    refused: int = 0
    units: int = 0
    units_read: int = 0
    legacy: int = 0
    legacy_read: int = 0
    cells: int = 0
    cells_placed: int = 0
    spans: int = 0
    spans_right: int = 0
    leaked: int = 0
    """Deleted and hidden words given out as the paper's."""
    milliseconds: list[float] = field(default_factory=list[float])
    work: list[float] = field(default_factory=list[float])
    """Milliseconds of processor time, all threads of the process; a cage's children not counted."""
    mb: float = 0.0

    def add(self, gold: Gold, answers: Sequence[Mapping[str, Any]]) -> None:
        """Count one file, read several times."""
        last = answers[-1]
        words, tables = last.get("words", ""), last.get("tables", [])
        lost = len(missed(gold, words))
        self.files += 1
        self.refused += "error" in last
        self.units += len(gold.units)
        self.units_read += len(gold.units) - lost
        if gold.is_legacy:
            self.legacy += len(gold.units)
            self.legacy_read += len(gold.units) - lost
        self.leaked += sum(squeezed(one) in squeezed(words) for one in gold.forbidden)
        for known, spans in zip(gold.tables, gold.spans, strict=True):
            merged = {place: span for place, span in spans.items() if span != (1, 1)}
            placed, right = max((_alike(one, known, merged) for one in tables), default=(0, 0))
            self.cells += len(known)
            self.cells_placed += placed
            self.spans += len(merged)
            self.spans_right += right
        if "error" not in last:
            self.milliseconds.append(1000 * median(one["seconds"] for one in answers[1:]))
            self.work.append(1000 * median(one["work"] for one in answers[1:]))
        self.mb = max(self.mb, last["mb"])

    @property
    def speed(self) -> float:
        """Milliseconds a document: the mean over files of the median over repeats."""
        return mean(self.milliseconds) if self.milliseconds else 0.0

    @property
    def effort(self) -> float:
        """Processor time a document, which a busy machine leaves alone."""
        return mean(self.work) if self.work else 0.0


def _alike(
    table: Sequence[Sequence[Any]],
    known: Mapping[tuple[int, int], str],
    merged: Mapping[tuple[int, int], tuple[int, int]],
) -> tuple[int, int]:
    """Cells in their place, and merged cells with their spans, of the best way to lay them over."""
    cells = {(row, column): squeezed(text) for row, column, _, _, text in table}
    spans = {(row, column): (down, across) for row, column, down, across, _ in table}
    return max(
        (
            sum(
                cells.get((row - down, column - across), "").startswith(squeezed(text))
                for (row, column), text in known.items()
            ),
            sum(
                spans.get((row - down, column - across)) == span
                for (row, column), span in merged.items()
            ),
        )
        for down, across in _SHIFTS
    )


def main() -> None:
    """Read everything with everything and print a table a format."""
    asked = _asked()
    pythons = dict.fromkeys(OURS, sys.executable)
    if asked.engines & set(PEERS):
        pythons |= dict.fromkeys(PEERS, _peers(Path(asked.peers)))
    processes = [Process(name, pythons[name]) for name in (*OURS, *PEERS) if name in asked.engines]
    for kind in asked.formats.split(","):
        figures = {one.name: Figures() for one in processes}
        for gold in papers(kind):
            _compare(gold, processes, figures, asked.repeats)
        for line in _table(kind, figures):
            print(line, flush=True)  # noqa: T201 -- a command
    for one in processes:
        one.close()


def _compare(
    gold: Gold, processes: Sequence[Process], figures: Mapping[str, Figures], repeats: int
) -> None:
    """Let every reader have its turn, and again; the first time only warms up."""
    answers: dict[str, list[dict[str, Any]]] = {one.name: [] for one in processes}
    for _ in range(repeats + 1):
        for one in processes:
            answers[one.name].append(one.read(HERE / "src" / gold.name))
    for one in processes:
        figures[one.name].add(gold, answers[one.name])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--engines", type=lambda one: set(one.split(",")), default={*OURS, *PEERS})
    parser.add_argument("--peers", default=".venv-peers", help="where the peers are installed")
    return parser.parse_args()


def _peers(folder: Path) -> str:
    """The peers' interpreter, installed on the first run."""
    python, wanted = folder.absolute() / "bin" / "python", _HERE / "peers.txt"
    done = folder / "peers.txt"
    if not done.exists() or done.read_bytes() != wanted.read_bytes():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", "-r", str(wanted)]
        subprocess.run(install, check=True)  # noqa: S603 -- pip and a pinned list
        done.write_bytes(wanted.read_bytes())
    return str(python)


def _table(kind: str, figures: Mapping[str, Figures]) -> Iterator[str]:
    files = max(one.files for one in figures.values())
    yield f"\n.{kind}, {files} files, {max(one.units for one in figures.values())} units"
    yield _HEAD
    peers = [one for name, one in figures.items() if name in PEERS and one.speed]
    fastest = min((one.speed for one in peers), default=0.0)
    lightest = min((one.effort for one in peers), default=0.0)
    for name, one in figures.items():
        shares = (
            _share(one.units_read, one.units),
            _share(one.legacy_read, one.legacy),
            _share(one.cells_placed, one.cells),
            _share(one.spans_right, one.spans),
        )
        effort = 0.0 if name == "caged" else one.effort
        a_unit = f"{1000 * effort * one.files / one.units_read:.0f}" if one.units_read else ""
        yield (
            f"{name:10} {' '.join(shares)} {one.leaked:7} {one.refused:7} {one.speed:7.1f} "
            f"{_times(one.speed, fastest)} {effort:8.1f} {_times(effort, lightest)} "
            f"{a_unit if effort else '-':>8} {one.mb:5.0f}"
        )


def _times(ours: float, theirs: float) -> str:
    return f"{ours / theirs:6.2f}x" if ours and theirs else "      -"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:7.1%}" if whole else "      -"


if __name__ == "__main__":
    main()
