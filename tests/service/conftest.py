"""Every test here has a ledger of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledgers import fresh_ledger, set_up_django

set_up_django()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Path]:
    with fresh_ledger(tmp_path) as path:
        yield path
