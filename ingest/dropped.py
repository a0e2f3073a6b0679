"""A folder of this machine whose files are taken in like the mails of a mailbox."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ingest.hops import received_fields
from ingest.outlook import is_outlook

TAKEN, REFUSED = "taken", "refused"
"""Where in the folder a file goes when it was, or will not be, taken in."""
_NAMES = frozenset({".eml", ".msg"})
_UNFINISHED = frozenset({".part", ".partial", ".tmp", ".crdownload", ".download", ".swp"})
_WHY = ".ly-do.txt"
_HEAD = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A file that lies still; `refused` says in Vietnamese why it cannot be taken in."""

    path: Path
    raw: bytes = b""
    refused: str = ""


class DropFolder:
    """Looks at one folder now and then; a file counts when two looks found it the same."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        """Use the folder; files above `most_bytes` are refused."""
        self._folder = folder
        self._most_bytes = most_bytes
        self._seen: dict[Path, tuple[int, int, int]] = {}

    def look(self) -> Iterator[Dropped]:
        """Hand out every file that has not changed since the last look, by name.

        Raises `OSError` when the folder cannot be read.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        now = dict(self._lying())
        before, self._seen = self._seen, now
        for path in sorted(now):
            if before.get(path) == now[path]:
                yield self._judged(path, size=now[path][0])

    def take(self, path: Path) -> None:
        """Put a file that stands in the ledger out of the way."""
        self._move(path, TAKEN)

    def refuse(self, path: Path, reason: str) -> None:
        """Put a file aside, and beside it why, for the person who put it here."""
        moved = self._move(path, REFUSED)
        moved.with_name(moved.name + _WHY).write_text(f"{reason}\n", encoding="utf-8")

    def _lying(self) -> Iterator[tuple[Path, tuple[int, int, int]]]:
        with os.scandir(self._folder) as entries:
            for entry in entries:
                path = Path(entry.path)
                hidden = entry.name.startswith((".", "~"))
                if hidden or path.suffix.lower() in _UNFINISHED:
                    continue
                if entry.is_file(follow_symlinks=False):
                    found = entry.stat(follow_symlinks=False)
                    yield path, (found.st_size, found.st_mtime_ns, found.st_ino)

    def _judged(self, path: Path, *, size: int) -> Dropped:
        if path.suffix.lower() not in _NAMES:
            return Dropped(path=path, refused="Chỉ nhận tệp thư .eml hoặc .msg.")
        if size > self._most_bytes:
            megabytes = self._most_bytes >> 20
            return Dropped(path=path, refused=f"Tệp thư lớn hơn {megabytes} MB.")
        raw = path.read_bytes()
        if not is_mail(raw):
            return Dropped(path=path, refused="Tệp không phải là thư: không có dòng From, Subject…")
        return Dropped(path=path, raw=raw)

    def _move(self, path: Path, where: str) -> Path:
        """Move without ever writing over a file of the same name."""
        folder = self._folder / where
        folder.mkdir(exist_ok=True)
        target = folder / path.name
        if target.exists():
            digest = sha256(path.read_bytes()).hexdigest()[:12]
            target = folder / f"{path.stem}.{digest}{path.suffix}"
        return path.replace(target)


def is_mail(raw: bytes) -> bool:
    """Tell a mail from any other bytes: it is Outlook's, or its head has the lines of a mail."""
    if is_outlook(raw):
        return True
    head = raw[:_HEAD].lstrip().lower().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = head.split(b"\n")
    names = (b"from:", b"subject:", b"message-id:", b"date:", b"to:")
    return sum(any(line.startswith(name) for line in lines) for name in names) > 1 or any(
        received_fields(raw[:_HEAD])
    )
