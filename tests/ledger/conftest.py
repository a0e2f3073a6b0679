"""Every test here has a ledger of its own, and is done on each of the two databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledgers import POSTGRESQL, SQLITE, fresh_ledger, set_up_django

set_up_django()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def ledger(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    with fresh_ledger(tmp_path, request.param) as path:
        yield path
