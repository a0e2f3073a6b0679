"""A folder of its own for one run of one outside program, and what the program left there."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def workplace(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A new folder with these files in it; it is gone afterwards, whatever was written.

    The names are ours, never a submitter's.
    """
    with TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        for file, raw in files.items():
            (folder / file).write_bytes(raw)
        yield folder


def result(path: Path, largest: int) -> bytes:
    """What a program left under this name; nothing if it is no plain file, or too large.

    A program that was taken over may leave a link or a pipe; neither is followed.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > largest:
            return b""
        return file.read(largest)
