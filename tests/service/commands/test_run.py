"""`vanthu run` as an office starts it: one instance works, a second stands by."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import free_port

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[3]
PATIENCE = 120.0


@contextmanager
def running(folder: Path, port: int, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the service in a folder; what it prints goes into `name`."""
    environment = {
        **os.environ,
        "VANTHU_CONFIG": str(folder / "vanthu.toml"),
        "VANTHU_DESK__PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    with (folder / name).open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "run"],
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


def says(path: Path, words: str) -> None:
    """Wait until a process has printed these words."""
    ends = time.monotonic() + PATIENCE
    while words not in path.read_text(encoding="utf-8"):
        if time.monotonic() > ends:
            pytest.fail(path.read_text(encoding="utf-8"))
        time.sleep(0.05)


def page(port: int) -> int:
    """What the desk answers somebody who is not logged in."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        return int(answer.status)


def test_the_second_instance_waits_and_takes_over_at_once(tmp_path: Path) -> None:
    first_port, second_port = free_port(), free_port()
    with running(tmp_path, first_port, "first.log") as first:
        says(tmp_path / "first.log", "started")
        with running(tmp_path, second_port, "second.log") as second:
            says(tmp_path / "second.log", "chờ để thay khi cần")
            served = page(first_port)

            first.kill()
            says(tmp_path / "second.log", "started")

            assert (served, page(second_port)) == (200, 200)
            second.send_signal(signal.SIGTERM)
            assert second.wait(60) == 0
