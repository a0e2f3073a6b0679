"""Bytes that come out the same, and large files that pass through in pieces."""

import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from outbox.bundle.packing import copied, digest_of, zipped

STAMP = datetime(2024, 3, 23, 2, tzinfo=UTC)


def test_a_large_original_passes_through_in_pieces(tmp_path: Path) -> None:
    large, home = tmp_path / "large", tmp_path / "home"
    with large.open("wb") as opened:
        opened.truncate(64 << 20)

    tracemalloc.start()
    size = copied(large, home / "a" / "scan.pdf", digest_of(large))
    zipped(home, tmp_path / "out.zip", STAMP)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size == 64 << 20
    assert peak < 8 << 20


def test_entries_are_dated_sorted_and_readable(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("b.txt", "a.txt"):
        (home / name).write_text(name, encoding="utf-8")

    zipped(home, tmp_path / "out.zip", STAMP)

    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        entries = packed.infolist()
    assert [one.filename for one in entries] == ["home/a.txt", "home/b.txt"]
    assert {one.date_time for one in entries} == {(2024, 3, 23, 2, 0, 0)}
    assert {one.external_attr >> 16 for one in entries} == {0o100644}
