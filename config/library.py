"""Where calls and the texts they rest on lie: the office's own folder before what is shipped."""

from dataclasses import dataclass
from pathlib import Path

CALLS = Path(__file__).parent / "calls"
SOURCES = Path(__file__).parent / "sources"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder of calls, and the folder of their texts."""

    calls: Path
    sources: Path


@dataclass(frozen=True, slots=True)
class Library:
    """Shelves that are searched in turn."""

    shelves: tuple[Shelf, ...]

    def call(self, call_id: str) -> Path | None:
        """The file of a call; None when there is no such call."""
        found = (shelf.calls / f"{call_id}.yaml" for shelf in self.shelves)
        return next((path for path in found if path.is_file()), None)

    def source(self, name: str) -> Path | None:
        """The file of a text; None when we do not have it."""
        found = (shelf.sources / f"{name}.txt" for shelf in self.shelves)
        return next((path for path in found if path.is_file()), None)

    def calls(self) -> tuple[str, ...]:
        """The ids of every call there is a file for."""
        paths = (path for shelf in self.shelves for path in shelf.calls.glob("*.yaml"))
        return tuple(sorted({path.stem for path in paths}))


SHIPPED = Library((Shelf(CALLS, SOURCES),))


def library(own: Path | None) -> Library:
    """What is shipped, behind an office's own folder: `*.yaml`, and `sources/*.txt` in it."""
    return Library((Shelf(own, own / "sources"), *SHIPPED.shelves)) if own else SHIPPED
