"""A ledger of its own for every test: real SQLite in a folder, migrated once a run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections


def set_up_django() -> None:
    """Start Django for tests, on settings of their own; before anything imports the rows."""
    if "VANTHU_CONFIG" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="vanthu-tests-"))
        os.environ["VANTHU_CONFIG"] = str(folder / "vanthu.toml")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.django")
    django.setup()


@contextmanager
def fresh_ledger(folder: Path) -> Iterator[Path]:
    """Point Django at an empty ledger in the folder; back to none afterwards."""
    path = folder / "vanthu.sqlite3"
    shutil.copyfile(_template(), path)
    with ledger_at(path):
        yield path


@contextmanager
def ledger_at(path: Path) -> Iterator[None]:
    """Point Django at a ledger that exists."""
    settings = connections.settings["default"]
    before = settings["NAME"]
    connections.close_all()
    settings["NAME"] = path
    connections["default"].settings_dict["NAME"] = path
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = before
        connections["default"].settings_dict["NAME"] = before


@cache
def _template() -> Path:
    """An empty ledger, every migration applied."""
    path = Path(tempfile.mkdtemp(prefix="vanthu-ledger-")) / "vanthu.sqlite3"
    with ledger_at(path):
        call_command("migrate", verbosity=0, skip_checks=True)
    return path
