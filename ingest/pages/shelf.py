"""A folder of things that can be made again: bounded, and anybody may delete it at any time."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

LARGEST = 512 << 20
"""Bytes the folder may hold, for one office about twenty thousand pages."""
_KEPT = 0.8
"""What is left of that after tidying up."""


class Shelf:
    """Bytes under a name; what was asked for least lately goes first."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        """Use the folder; it is made with the first file."""
        self._folder = folder
        self._largest = largest
        self._size: int | None = None
        """Unknown until the first thing is put there."""
        self._lock = Lock()

    def get(self, name: str) -> bytes | None:
        """What stands under a name; None when it has to be made."""
        path = self._path(name)
        try:
            raw = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return raw

    def put(self, name: str, raw: bytes) -> None:
        """Keep bytes as long as there is room; a full or read-only disk only costs time."""
        path = self._path(name)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, waiting = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(raw)
                Path(waiting).replace(path)
            finally:
                Path(waiting).unlink(missing_ok=True)
            self._count(len(raw))

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _count(self, added: int) -> None:
        with self._lock:
            if self._size is None:
                self._size = sum(size for _, size, _ in self._all())
            else:
                self._size += added
            if self._size > self._largest:
                self._size = self._tidied()

    def _tidied(self) -> int:
        """Take away what was asked for least lately; give what is left."""
        found = sorted(self._all())
        left = sum(size for _, size, _ in found)
        for _, size, path in found:
            if left <= self._largest * _KEPT:
                break
            path.unlink(missing_ok=True)
            left -= size
        return left

    def _all(self) -> list[tuple[float, int, Path]]:
        found: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                told = path.stat()
                found.append((told.st_mtime, told.st_size, path))
        return found
