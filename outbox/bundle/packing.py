"""Byte-reproducible files: the same content gives the same zip, on any day and any machine."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

_PIECE = 1 << 20
_READABLE = 0o100644 << 16
_UNIX = 3
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


class AlteredError(ValueError):
    """A stored file is not the one that was received."""


def copied(source: Path, target: Path, digest: str) -> int:
    """Copy in pieces and give back the size; raises `AlteredError` when the bytes are not those."""
    found = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as incoming, target.open("wb") as outgoing:
        while piece := incoming.read(_PIECE):
            found.update(piece)
            outgoing.write(piece)
    if found.hexdigest() != digest:
        message = f"{source.name} is not the file with sha256 {digest}"
        raise AlteredError(message)
    return target.stat().st_size


def digest_of(path: Path) -> str:
    """sha256 of a file, hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def zipped(folder: Path, target: Path, stamp: datetime) -> None:
    """Put a folder into a zip, in order of names, every entry dated `stamp`.

    Stored, not compressed: office files are compressed already, and another release of zlib would
    write other bytes.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in files:
            entry = _entry(path.relative_to(folder.parent).as_posix(), stamp)
            entry.file_size = path.stat().st_size
            with path.open("rb") as incoming, packed.open(entry, "w") as outgoing:
                shutil.copyfileobj(incoming, outgoing, _PIECE)


def settled(office_file: bytes, stamp: datetime) -> bytes:
    """An .xlsx or .docx without the moment and the order it happened to be written in."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(office_file)) as written,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        for name in _content_types_first(written.namelist()):
            raw = written.read(name)
            if name == "docProps/core.xml":
                moment = f"{stamp.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
                raw = _STAMPS.sub(rb"\g<1>" + moment + rb"\g<2>", raw)
            entry = _entry(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, raw)
    return out.getvalue()


def _content_types_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


def _entry(name: str, stamp: datetime) -> zipfile.ZipInfo:
    moment = max(stamp.astimezone(UTC), _EARLIEST)
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry
