"""What can be made again: kept while there is room, missed by nobody when it is gone."""

import os
import shutil
from pathlib import Path

from ingest.pages.shelf import Shelf


def test_what_was_put_there_is_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "pages")
    shelf.put("abcd.1", b"page")

    assert (shelf.get("abcd.1"), shelf.get("abcd.2")) == (b"page", None)


def test_the_folder_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "pages")
    shelf.put("abcd.1", b"page")
    shutil.rmtree(tmp_path / "pages")

    assert shelf.get("abcd.1") is None
    shelf.put("abcd.1", b"again")
    assert shelf.get("abcd.1") == b"again"


def test_what_was_asked_for_least_lately_goes_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, largest=100)
    for age, name in enumerate(("aa1", "bb2", "cc3")):
        shelf.put(name, bytes(30))
        os.utime(tmp_path / name[:2] / name, (age + 1, age + 1))
    shelf.get("aa1")

    shelf.put("dd4", bytes(30))

    kept = [name for name in ("aa1", "bb2", "cc3", "dd4") if shelf.get(name)]
    assert kept == ["aa1", "dd4"]


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "pages").write_bytes(b"a file where the folder should be")
    shelf = Shelf(tmp_path / "pages")

    shelf.put("abcd.1", b"page")

    assert shelf.get("abcd.1") is None
