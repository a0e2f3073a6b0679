"""Bytes are kept once and never changed."""

from hashlib import sha256
from pathlib import Path

import pytest

from ledger.store import DamagedError, Store


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")

    digest = store.put(b"ho so")

    assert (digest, store.get(digest)) == (sha256(b"ho so").hexdigest(), b"ho so")


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path)

    assert store.put(b"ho so") == store.put_parts([b"ho ", b"so"])
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        sha256(b"ho so").hexdigest()
    ]


def test_bytes_that_changed_on_the_disk_are_never_handed_out(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = store.put(b"ho so")
    store.path(digest).write_bytes(b"ho xo")

    with pytest.raises(DamagedError, match="the bytes have changed"):
        store.get(digest)


def test_bytes_that_are_gone_are_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="No such file"):
        Store(tmp_path).get("0" * 64)


def test_a_write_cut_short_leaves_nothing_under_a_digest(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def cut_short() -> list[bytes]:
        message = "disk full"
        raise OSError(message)

    with pytest.raises(OSError, match="disk full"):
        store.put_parts(part for part in [b"ho ", *cut_short()])

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
