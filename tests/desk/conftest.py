"""Every test here has a ledger, a store and an officer at the desk of its own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.ledgers import fresh_ledger, set_up_django

set_up_django()

from django.contrib.auth.hashers import make_password  # noqa: E402 -- settings come first
from django.contrib.auth.models import User  # noqa: E402 -- rows can be imported only after set-up
from django.test import Client  # noqa: E402 -- as above

from ledger.store import Store  # noqa: E402 -- as above

HOST = "localhost"
OFFICER, PASSWORD = "lan", "mot-mat-khau-dai-1322"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A ledger, and the settings that lead the desk to its store."""
    monkeypatch.setenv("VANTHU_DATA_FOLDER", str(tmp_path))
    with fresh_ledger(tmp_path) as path:
        yield path


@pytest.fixture
def store(ledger: Path) -> Store:
    """Where the desk finds bytes."""
    return Store(ledger.parent / "store")


@pytest.fixture
def officer(ledger: Path) -> User:
    """Somebody with an account."""
    assert ledger.parent.is_dir()
    return User.objects.create(username=OFFICER, password=hashed())


@cache
def hashed() -> str:
    """Argon2 is slow on purpose: once a run is enough."""
    return make_password(PASSWORD)


@pytest.fixture
def visitor(ledger: Path) -> Client:
    """A browser nobody logged in with."""
    assert ledger.parent.is_dir()
    return Client(SERVER_NAME=HOST)


@pytest.fixture
def desk(officer: User) -> Client:
    """A browser in which the officer is logged in."""
    browser = Client(SERVER_NAME=HOST)
    browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return browser
