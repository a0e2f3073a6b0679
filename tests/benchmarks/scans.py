"""How well and how fast scans and photographs are read: words whole, and seconds a page.

python -m tests.benchmarks.scans [PATTERN]
"""

import sys
import time
from collections import defaultdict
from statistics import mean

from ingest.cage import Cage
from ingest.content import Content, UnreadableError
from ingest.readers import sniff
from tests.papers.scanned import quality, scans, whole


def main(pattern: str) -> None:
    """Print a line a quality: words whole, mean confidence, seconds a page."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    with Cage() as cage:
        for path in scans(pattern):
            raw = path.read_bytes()
            start = time.perf_counter()
            try:
                content = cage.read(sniff(raw), raw, by_eye=True)
            except UnreadableError as error:
                print(f"{path.name}: {error.reason}")  # noqa: T201 -- a command
                content = Content(items=())
            seconds = time.perf_counter() - start
            words = whole(path.name, "\n".join((content.plain(), *_margins(content))))
            found[quality(path)].append((words, _sure(content), seconds))
    for name, figures in sorted(found.items()):
        _line(name, figures)
    _line("all", [one for figures in found.values() for one in figures])


def _margins(content: Content) -> list[str]:
    return [line.text for line in content.margins]


def _sure(content: Content) -> float:
    cells = [cell for table in content.tables() for cell in table.cells if cell.text]
    lines = [item for item in content.items if not hasattr(item, "cells")]
    said = [one.confidence for one in (*cells, *lines) if hasattr(one, "confidence")]
    return mean(said) if said else 0.0


def _line(name: str, figures: list[tuple[float, float, float]]) -> None:
    words, sure, seconds = (mean(column) for column in zip(*figures, strict=True))
    print(f"{name:22} {words:7.2%} whole   {sure:.3f} sure   {seconds:5.2f} s")  # noqa: T201 -- a command


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "*_[LS]*")
