"""What a machine may read at the desk: counts, and only where it is allowed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, override_settings

from ledger import intake
from tests.desk.conftest import HOST

pytestmark = pytest.mark.usefixtures("ledger")


def asked(**headers: Any) -> tuple[int, str]:  # noqa: ANN401 -- what Django's client takes
    """Status and words of `/metrics`, as a program on this machine sees them."""
    answer = Client(SERVER_NAME=HOST).get("/metrics", **headers)
    return answer.status_code, answer.content.decode()


def test_a_program_on_this_machine_reads_the_unaccounted_mails() -> None:
    seen = datetime(2026, 1, 5, 8, tzinfo=UTC)
    intake.visited("hop-thu", "INBOX", 1, 7, seen, unaccounted=2)

    status, said = asked()

    assert status == 200
    assert 'vanthu_unaccounted_mails{account="hop-thu",folder="INBOX"} 2.0' in said
    [visit] = [line for line in said.splitlines() if line.startswith("vanthu_last_visit")]
    assert float(visit.rpartition(" ")[2]) == seen.timestamp()


@pytest.mark.parametrize(
    "headers", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}]
)
def test_nobody_else_does(headers: dict[str, str]) -> None:
    assert asked(**headers)[0] == 404


@override_settings(METRICS_TOKEN="bi-mat")  # noqa: S106 -- of a test
@pytest.mark.parametrize(
    ("shown", "status"), [("Bearer bi-mat", 200), ("Bearer khac", 404), ("", 404)]
)
def test_with_a_token_only_who_shows_it_does(shown: str, status: int) -> None:
    assert asked(HTTP_AUTHORIZATION=shown, REMOTE_ADDR="192.0.2.7")[0] == status
