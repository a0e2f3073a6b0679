"""`vanthu work` and `vanthu web` as a ministry starts them: all at once, on an empty database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgres
from tests.servers import free_port
from tests.service.commands.test_run import ROOT, page, says

pytestmark = pytest.mark.e2e


@contextmanager
def running(
    folder: Path, url: str, command: str, name: str, port: int = 8322
) -> Iterator[subprocess.Popen[bytes]]:
    """Start one machine; what it prints goes into `name`."""
    environment = {
        **os.environ,
        "VANTHU_CONFIG": str(folder / "vanthu.toml"),
        "VANTHU_DATABASE_URL": url,
        "VANTHU_DESK__PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    with (folder / name).open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "service.cli", command],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(30)


def test_machines_that_start_at_once_make_the_tables_once_and_all_go_on(tmp_path: Path) -> None:
    port = free_port()
    with (
        postgres.database() as url,
        running(tmp_path, url, "work", "one.log") as one,
        running(tmp_path, url, "work", "two.log") as two,
        running(tmp_path, url, "web", "web.log", port) as web,
    ):
        for name in ("one.log", "two.log", "web.log"):
            says(tmp_path / name, "started")
        served = page(port)
        for process in (one, two, web):
            process.send_signal(signal.SIGTERM)

        assert served == 200
        assert [process.wait(60) for process in (one, two, web)] == [0, 0, 0]


@pytest.mark.parametrize("command", ["work", "web"])
def test_many_machines_need_a_database_for_many(tmp_path: Path, command: str) -> None:
    with running(tmp_path, "", command, "said.log") as process:
        assert process.wait(120) == 1

    assert "VANTHU_DATABASE_URL" in (tmp_path / "said.log").read_text(encoding="utf-8")
