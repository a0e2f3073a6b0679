"""What reading costs the machine: wall time, and memory of this process and all it started."""

import os
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.cage import Budget, Cage
from ingest.content import Content, UnreadableError
from ingest.programs import Programs
from ingest.readers.archive import Entry

MOST_SECONDS, MOST_BYTES = 60.0, 1_500 << 20
"""What any single mail may cost, children included."""
_EVERY = 0.02
"""Seconds between two looks; what lives for less is a few pages of a fork."""
_PAGE = resource.getpagesize()


class Watch:
    """Watches from entering to leaving; `seconds` and `peak` (bytes) are known after."""

    def __init__(self) -> None:
        """Nothing is watched before it is entered."""
        self.seconds = 0.0
        self.peak = 0
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._start = time.perf_counter()
        self._looking.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seconds = time.perf_counter() - self._start
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_resident, _family())))
            if self._over.wait(_EVERY):
                return


def _family() -> set[int]:
    """Itself, and every process below it."""
    found = {os.getpid()}
    waiting = [os.getpid()]
    while waiting:
        at = waiting.pop()
        below = _children(at) - found
        found |= below
        waiting += below
    return found


def _children(process: int) -> set[int]:
    found: set[int] = set()
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            found |= set(map(int, (task / "children").read_text().split()))
    except OSError:  # it ended meanwhile
        return found
    return found


def _resident(process: int) -> int:
    """Bytes in memory; pages that a child shares with its parent count for both."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that our own program did not read."""

    kind: str
    what: str


class TellingCage(Cage):
    """A cage that keeps what went wrong inside; the product's own tells only that it did."""

    def __init__(self, programs: Programs | None = None) -> None:
        """Set up as the service's own."""
        super().__init__(programs=programs)
        self.faults: list[Fault] = []
        self.silent: list[str] = []
        """Kinds of files that gave no word, and no reason for it."""

    def forget(self) -> None:
        """Begin anew with the next file."""
        self.faults.clear()
        self.silent.clear()

    def read(
        self, kind: str, raw: bytes, *, budget: Budget | None = None, by_eye: bool = False
    ) -> Content:
        """As `Cage.read`."""
        try:
            content = super().read(kind, raw, budget=budget, by_eye=by_eye)
        except UnreadableError as error:
            self._keep(kind, error)
            raise
        if not content.unseen and not any(line.text.strip() for line in content.lines()):
            self.silent.append(kind)
        return content

    def open(
        self,
        kind: str,
        raw: bytes,
        *,
        max_entries: int | None = None,
        max_bytes: int | None = None,
        budget: Budget | None = None,
    ) -> list[Entry]:
        """As `Cage.open`."""
        try:
            return super().open(
                kind, raw, max_entries=max_entries, max_bytes=max_bytes, budget=budget
            )
        except UnreadableError as error:
            self._keep(kind, error)
            raise

    def _keep(self, kind: str, error: UnreadableError) -> None:
        if error.cause == "ours":
            cause = error.__cause__
            told = str(cause) if cause is not None else ""
            self.faults.append(Fault(kind, told or f"{type(cause).__name__}: {error.reason}"))


@contextmanager
def empty_folders() -> Iterator[tuple[Path, ...]]:
    """Where a file could be left: the working folder, the home, the place for passing files."""
    with tempfile.TemporaryDirectory(prefix="vanthu-watched-") as name:
        folders = tuple(Path(name) / one for one in ("here", "home", "tmp"))
        for folder in folders:
            folder.mkdir()
        before, at = dict(os.environ), Path.cwd()
        os.environ |= {"HOME": str(folders[1]), "TMPDIR": str(folders[2])}
        tempfile.tempdir = None
        os.chdir(folders[0])
        try:
            yield folders
        finally:
            os.chdir(at)
            os.environ.clear()
            os.environ.update(before)
            tempfile.tempdir = None
