"""Unpack .rar archives with an outside program, in a folder of their own.

What the program wrote is known by its size and checksum, never by its name: a name from an
archive becomes no path of ours, and what the program got wrong is not taken.
"""

import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rarfile import Blake2SP

from dossier import UnreadCause
from ingest.programs import Programs
from ingest.readers.archive import Entry
from ingest.readers.rar import seal
from ingest.workplace import result, workplace

if TYPE_CHECKING:
    from ingest.cage import Budget, Cage

_ARCHIVE, _OUT = "in.rar", "out"
_SECONDS = 30.0
_SLACK = 1 << 20
_DAMAGED = "tệp hỏng trong tệp nén"


def unpack(
    cage: "Cage", raw: bytes, listed: Sequence[Entry], budget: "Budget | None"
) -> list[Entry]:
    """The listed files with the bytes of those that were packed (`Entry.sealed`).

    Without a program, or when it cannot, they stay unread as our own limit.

    Raises:
        UnreadableError: the program took too long.

    """
    wanted = {entry.sealed for entry in listed if entry.sealed}
    largest = max(map(_size, wanted)) + _SLACK
    unpacked: dict[str, bytes] = {}
    for words in _commands(cage.programs):
        with workplace({_ARCHIVE: raw}) as folder:
            (folder / _OUT).mkdir()
            cage.run(words, folder, budget=budget, seconds=_SECONDS, largest=largest)
            unpacked |= _by_seal(folder / _OUT, wanted, largest)
        if wanted <= unpacked.keys():
            break
    return [_filled(entry, unpacked) for entry in listed]


def _commands(programs: Programs) -> Iterator[tuple[str, ...]]:
    """What can unpack on this machine, the one that masters every form of .rar first."""
    if programs.unar:
        words = ("-quiet", "-force-overwrite", "-no-directory", "-password", "")
        yield (programs.unar, *words, "-output-directory", _OUT, _ARCHIVE)
    if programs.bsdtar:
        yield (programs.bsdtar, "-x", "-f", _ARCHIVE, "-C", _OUT)


def _filled(entry: Entry, unpacked: Mapping[str, bytes]) -> Entry:
    if not entry.sealed:
        return entry
    raw = unpacked.get(entry.sealed)
    if raw is not None:
        return Entry(entry.name, raw)
    if _size(entry.sealed) in map(len, unpacked.values()):
        # It came out whole and is not what the archive says it was.
        return Entry(entry.name, b"", UnreadCause.BROKEN, _DAMAGED)
    return replace(entry, sealed="")


def _by_seal(folder: Path, wanted: AbstractSet[str], largest: int) -> dict[str, bytes]:
    """What the program wrote, by size and checksum, as far as its size was wanted."""
    sizes = set(map(_size, wanted))
    bodies = (result(path, largest) for path in _files(folder))
    return {one: body for body in bodies if len(body) in sizes for one in _seals(body)}


def _size(sealed: str) -> int:
    return int(sealed.partition(":")[0])


def _files(folder: Path) -> Iterator[Path]:
    """Every file below, without ever following a link."""
    for place, _, names in os.walk(folder, followlinks=False):
        yield from (Path(place) / name for name in sorted(names))


def _seals(body: bytes) -> set[str]:
    blake = Blake2SP(body)
    return {
        seal(len(body), f"{zlib.crc32(body):08x}"),
        seal(len(body), blake.hexdigest()),
    }
