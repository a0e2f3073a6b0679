"""A ledger of its own for every test: a real SQLite or PostgreSQL, migrated once a run."""

import os
import pkgutil
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TypeAlias

import django
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from procrastinate.contrib.django import migrations
from procrastinate.schema import SchemaManager

from config.database import database
from tests import postgres

Where: TypeAlias = Path | str
"""The file of an SQLite ledger, or the address of a PostgreSQL one."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
_TEMPLATE = "vanthu_template"


def set_up_django() -> None:
    """Start Django for tests, on settings of their own; before anything imports the rows."""
    if "VANTHU_CONFIG" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="vanthu-tests-"))
        os.environ["VANTHU_CONFIG"] = str(folder / "vanthu.toml")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.django")
    django.setup()


@contextmanager
def fresh_ledger(folder: Path, kind: str = "") -> Iterator[Path]:
    """Point Django at an empty ledger; back to none afterwards.

    Unless the test asks for one kind it is SQLite, or what `VANTHU_TEST_LEDGER` says. Gives a path
    in the folder, whose parent is the house's data folder.
    """
    chosen = kind or os.environ.get("VANTHU_TEST_LEDGER", SQLITE)
    with a_ledger(folder, chosen) as where, ledger_at(where):
        yield folder / "vanthu.sqlite3"


@contextmanager
def a_ledger(folder: Path, kind: str) -> Iterator[Where]:
    """An empty ledger of one kind; where it stands."""
    if kind == POSTGRESQL:
        with postgres.database(_database()) as url:
            yield url
    else:
        path = folder / "vanthu.sqlite3"
        shutil.copyfile(_file(), path)
        yield path


@contextmanager
def ledger_at(where: Where) -> Iterator[None]:
    """Point Django at a ledger that exists."""
    before = connections.settings["default"]
    _point(_described(where))
    try:
        yield
    finally:
        _point(before)


def _described(where: Where) -> dict[str, object]:
    if isinstance(where, str):
        return database(Path(), where)
    return {**database(where.parent), "NAME": where}


def _point(described: dict[str, object]) -> None:
    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": described})[
        "default"
    ]
    with suppress(AttributeError):  # none was made yet
        del connections["default"]


@cache
def _file() -> Path:
    """An empty SQLite ledger, every migration applied."""
    path = Path(tempfile.mkdtemp(prefix="vanthu-ledger-")) / "vanthu.sqlite3"
    _migrate(path)
    return path


@cache
def _database() -> str:
    """An empty PostgreSQL ledger, every migration applied; its name."""
    url = postgres.server().make(_TEMPLATE)
    _migrate(url)
    with ledger_at(url):
        _make_the_queue()
    return _TEMPLATE


def _make_the_queue() -> None:
    """The tables of Procrastinate, as its own migrations leave them where it is installed."""
    with connections["default"].cursor() as cursor:
        cursor.execute(SchemaManager.get_schema())
    recorder = MigrationRecorder(connections["default"])
    for module in pkgutil.iter_modules(migrations.__path__):
        recorder.record_applied("procrastinate", module.name)


def _migrate(where: Where) -> None:
    with ledger_at(where):
        call_command("migrate", verbosity=0, skip_checks=True)
