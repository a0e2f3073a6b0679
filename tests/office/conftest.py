"""Some cases are about times, senders and loops: they go through a ledger of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledgers import fresh_ledger, set_up_django

set_up_django()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Path]:
    """An empty ledger."""
    with fresh_ledger(tmp_path) as path:
        yield path
