"""A backup made while the office works, and the way back.

One tar file: the ledger as JSON lines as one moment saw it, every byte of the store, the settings
and the secret. Rows are written before files are listed, and files are kept before their rows are:
every row's file is in it.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from config.settings import Settings, config_path
from ledger import archive, invariants, migrating, watch
from ledger.store import Store

_LEDGER, _MANIFEST, _SECRET, _SETTINGS = (
    "ledger.jsonl",
    "MANIFEST.json",
    "secret.key",
    "vanthu.toml",
)
_STORE = "store"
_CHUNK = 1 << 20

Tell = Callable[[str], None]


class RestoreError(Exception):
    """The backup cannot be restored here; says why and what to do, in two languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a backup holds."""

    rows: int
    files: int
    size: int
    """Bytes of the files."""


def back_up(settings: Settings, target: Path, now: datetime, tell: Tell) -> Kept:
    """Write a backup; until it is whole and synced it has another name."""
    store = Store(settings.data_folder / _STORE)
    partial = target.with_name(f"{target.name}.part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds the secret
    with os.fdopen(handle, "wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            counts, ledger = _add_ledger(tar, now)
            tell(f"{sum(counts.values())} dòng trong sổ / rows")
            files, size = _add_files(tar, store, now, tell)
            for name, path in _private(settings):
                _add(tar, name, path.read_bytes(), now)
            manifest = {
                "made_at": now.isoformat(),
                "migrations": archive.migrated(),
                "ledger": ledger,
                "rows": counts,
                "files": files,
                "bytes": size,
            }
            words = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            _add(tar, _MANIFEST, words, now)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)
    return Kept(rows=sum(counts.values()), files=files, size=size)


def _private(settings: Settings) -> Iterator[tuple[str, Path]]:
    yield _SECRET, settings.data_folder / _SECRET
    if config_path().is_file():
        yield _SETTINGS, config_path()


def _add_ledger(tar: tarfile.TarFile, now: datetime) -> tuple[dict[str, int], str]:
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", prefix="vanthu-") as lines:
        counts = archive.write(lines)
        lines.flush()
        with Path(lines.name).open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").hexdigest()
            raw.seek(0)
            _add_stream(tar, _LEDGER, raw, Path(lines.name).stat().st_size, now)
    return dict(counts), digest


def _add_files(tar: tarfile.TarFile, store: Store, now: datetime, tell: Tell) -> tuple[int, int]:
    files = size = 0
    for digest in store.digests():
        path = store.path(digest)
        with path.open("rb") as raw:
            length = os.fstat(raw.fileno()).st_size
            _add_stream(tar, f"{_STORE}/{digest}", raw, length, now)
        files, size = files + 1, size + length
        if files % 1000 == 0:
            tell(f"{files} tệp / files …")
    return files, size


def _add(tar: tarfile.TarFile, name: str, raw: bytes, now: datetime) -> None:
    _add_stream(tar, name, io.BytesIO(raw), len(raw), now)


def _add_stream(
    tar: tarfile.TarFile, name: str, raw: IO[bytes], length: int, now: datetime
) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = length, int(now.timestamp()), 0o600
    tar.addfile(entry, raw)


def restore(settings: Settings, source: Path, now: datetime, tell: Tell) -> Kept:
    """Bring a backup into an empty ledger; every letter then waits for an officer.

    Raises `RestoreError` when the backup is damaged, newer than this version, or the house is not
    empty. What is restored may be older than what was sent since: nothing goes by itself.
    """
    store = Store(settings.data_folder / _STORE)
    migrating.bring_up()
    if not archive.is_empty():
        message = (
            "sổ ở đây không trống; hãy khôi phục vào thư mục dữ liệu mới / the ledger here is not"
            " empty: restore into a new data folder"
        )
        raise RestoreError(message)
    try:
        with (
            tarfile.open(source, "r:") as tar,
            tempfile.TemporaryDirectory(prefix="vanthu-") as out,
        ):
            lines = Path(out) / _LEDGER
            manifest, files, size = _unpack(tar, store, lines, settings, tell)
            rows = _bring_in(lines, manifest)
    except (tarfile.TarError, OSError, json.JSONDecodeError) as error:
        message = f"{source.name}: bản sao lưu hỏng / the backup is damaged: {error}"
        raise RestoreError(message) from error
    reason = f"Sổ được khôi phục từ bản sao lưu lúc {manifest['made_at']}; thư có thể đã gửi."
    archive.hold_every_letter(reason)
    for call_id in settings.calls:
        watch.stop_letters(call_id, reason, now)
    if faults := list(invariants.broken(store, whole=True)):
        message = f"Khôi phục xong nhưng sổ chưa nguyên vẹn / restored, not whole: {faults[0]}"
        raise RestoreError(message)
    return Kept(rows=rows, files=files, size=size)


def _unpack(
    tar: tarfile.TarFile, store: Store, lines: Path, settings: Settings, tell: Tell
) -> tuple[dict[str, Any], int, int]:
    """Take what we know out of the archive, and nothing else: a name in it is never a path."""
    manifest: dict[str, Any] = {}
    files = size = 0
    for entry in tar:
        raw = tar.extractfile(entry)
        if raw is None:
            continue
        folder, _, digest = entry.name.rpartition("/")
        if entry.name == _LEDGER:
            with lines.open("wb") as out:
                out.writelines(iter(lambda: raw.read(_CHUNK), b""))  # noqa: B023 -- used up here
        elif entry.name == _MANIFEST:
            manifest = json.load(raw)
        elif entry.name == _SECRET:
            _keep_secret(settings, raw.read())
        elif folder == _STORE:
            if store.put_parts(iter(lambda: raw.read(_CHUNK), b"")) != digest:  # noqa: B023 -- as above
                message = f"tệp {digest} không còn nguyên vẹn / is not what it was"
                raise RestoreError(message)
            files, size = files + 1, size + entry.size
            if files % 1000 == 0:
                tell(f"{files} tệp / files …")
    if not manifest or not lines.exists():
        message = "không phải bản sao lưu của Văn Thư / no backup of ours"
        raise RestoreError(message)
    return manifest, files, size


def _keep_secret(settings: Settings, raw: bytes) -> None:
    """Take over the old secret: answers to letters sent before find their dossiers by it."""
    path = settings.data_folder / _SECRET
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(raw)
        out.flush()
        os.fsync(out.fileno())


def _bring_in(lines: Path, manifest: dict[str, Any]) -> int:
    with lines.open("rb") as raw:
        if hashlib.file_digest(raw, "sha256").hexdigest() != manifest["ledger"]:
            message = "sổ trong bản sao lưu đã bị thay đổi / its ledger has changed"
            raise RestoreError(message)
    if newer := set(manifest["migrations"]) - set(archive.migrated()):
        message = (
            "bản sao lưu của phiên bản mới hơn; hãy nâng cấp trước / made by a newer version:"
            f" upgrade first ({', '.join(sorted(newer))})"
        )
        raise RestoreError(message)
    return archive.read(lines)
