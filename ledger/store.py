"""The bytes: raw mails, files, letters, packages; each once, under its sha256, never changed."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path

AT_ONCE = 8
"""Files written at the same time; a disk answers them together."""


class DamagedError(Exception):
    """Bytes are gone, or are not what they were: restore them from a backup."""


class Moment(StrEnum):
    """How far bytes have come on their way to the disk."""

    BYTES_WRITTEN = "bytes_written"  # synced, under a name nobody looks for
    BYTES_NAMED = "bytes_named"  # and so is their name


def _nowhere(_moment: Moment) -> None:
    """Nobody watches."""


class Store:
    """A folder of write-once files, `ab/abcdef…`.

    A name is the digest of its bytes, so writing twice writes the same, and two writers agree.
    """

    def __init__(self, folder: Path, watch: Callable[[Moment], None] = _nowhere) -> None:
        """Use the folder; it is made with the first file. `watch` is told of every moment."""
        self._folder = folder
        self._watch = watch

    def put(self, raw: bytes) -> str:
        """Keep bytes; when this returns, they survive a power cut. Gives their digest."""
        return self.put_parts((raw,))

    def put_all(self, raws: Sequence[bytes]) -> list[str]:
        """Keep several at once, as `put` does; together they wait for the disk about once."""
        if len(raws) < 2:  # noqa: PLR2004 -- no thread for one
            return [self.put(raw) for raw in raws]
        with ThreadPoolExecutor(min(len(raws), AT_ONCE)) as pool:
            return list(pool.map(self.put, raws))

    def put_parts(self, parts: Iterable[bytes]) -> str:
        """Keep bytes that come in parts, without holding them all."""
        waiting = self._folder / "tmp"
        waiting.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=waiting)
        digest = sha256()
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    digest.update(part)
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            self._watch(Moment.BYTES_WRITTEN)
            return self._settle(Path(name), digest.hexdigest())
        finally:
            Path(name).unlink(missing_ok=True)

    def get(self, digest: str) -> bytes:
        """Read bytes back. Raises `DamagedError` unless they are the ones that were kept."""
        try:
            raw = self.path(digest).read_bytes()
        except OSError as error:
            message = f"{digest}: {error.strerror}"
            raise DamagedError(message) from error
        if sha256(raw).hexdigest() != digest:
            message = f"{digest}: the bytes have changed"
            raise DamagedError(message)
        return raw

    def check(self, digest: str) -> None:
        """Read bytes in parts, large as they may be. Raises `DamagedError` as `get` does."""
        try:
            with self.path(digest).open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            message = f"{digest}: {error.strerror}"
            raise DamagedError(message) from error
        if found != digest:
            message = f"{digest}: the bytes have changed"
            raise DamagedError(message)

    def holds(self, digest: str) -> bool:
        """Tell whether the bytes stand here, unread."""
        return self.path(digest).is_file()

    def path(self, digest: str) -> Path:
        """Where bytes stand; for streaming them out, never for writing."""
        return self._folder / digest[:2] / digest

    def digests(self) -> Iterator[str]:
        """Everything kept here, in order."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir())

    def leftovers(self) -> Iterator[Path]:
        """Files a crash left half-written."""
        waiting = self._folder / "tmp"
        if waiting.is_dir():
            yield from waiting.iterdir()

    def _settle(self, written: Path, digest: str) -> str:
        """Give synced bytes their name, and sync the name: a rename alone is no promise."""
        final = self.path(digest)
        if not final.parent.is_dir():
            final.parent.mkdir(exist_ok=True)
            _sync_folder(self._folder)
        written.replace(final)
        _sync_folder(final.parent)
        self._watch(Moment.BYTES_NAMED)
        return digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
