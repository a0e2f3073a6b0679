"""A PostgreSQL of its own for a run of tests: in /tmp, on a Unix socket, gone afterwards."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_INSTALLED = Path("/usr/lib/postgresql")
_READY_SECONDS = 60.0
_QUICK = (
    *("-c", "listen_addresses="),
    *("-c", "fsync=off"),  # these tests kill our own processes, never the database's
    *("-c", "full_page_writes=off"),
    *("-c", "shared_buffers=32MB"),
    *("-c", "max_connections=100"),
    *("-c", "autovacuum=off"),
)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; anybody who reaches its socket may do everything."""

    socket: Path

    def url(self, name: str) -> str:
        """The address of one of its databases, as `VANTHU_DATABASE_URL` wants it."""
        return f"postgresql://vanthu@/{name}?host={self.socket}"

    def make(self, name: str, template: str = "template0") -> str:
        """Make a database like another; its address."""
        self._say(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _say(self, words: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as line:
            line.execute(words)


@contextmanager
def database(template: str = "template0") -> Iterator[str]:
    """A database for one test; gives its address."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    url = server().make(name, template)
    try:
        yield url
    finally:
        server().drop(name)


@cache
def server() -> Server:
    """The server of this process, started when first asked for.

    Skips where PostgreSQL is not installed, but fails in CI, where nothing may be missing. As root
    it runs as “postgres”, because it refuses to run as root.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    place = folder / "data"
    owner: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        owner = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    folder.chmod(0o755)
    as_owner = [shutil.which("setpriv") or "setpriv", *owner]
    make = [str(binaries / "initdb"), "-D", str(place), "-U", "vanthu", "-A", "trust", "--no-sync"]
    subprocess.run(  # noqa: S603 -- our words
        [*as_owner, *make, "-E", "UTF8", "--locale=C.UTF-8"], check=True, capture_output=True
    )
    run = [str(binaries / "postgres"), "-D", str(place), "-k", str(folder)]
    with (folder / "log").open("wb") as log:
        # It ends with the process that started it, even when that is killed.
        process = subprocess.Popen(  # noqa: S603 -- our words
            [*as_owner, "--pdeathsig=INT", *run, *_QUICK],
            stdout=log,
            stderr=log,
        )
    atexit.register(_stop, process, folder)
    running = Server(folder)
    _await(running, process)
    return running


def _binaries() -> Path:
    versions = sorted(_INSTALLED.glob("*/bin"), key=lambda path: float(path.parent.name))
    if versions:
        return versions[-1]
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    reason = "PostgreSQL is not installed (apt-get install postgresql)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _await(running: Server, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _READY_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            psycopg.connect(running.url("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail((running.socket / "log").read_text(errors="replace"))


def _stop(process: subprocess.Popen[bytes], folder: Path) -> None:
    process.send_signal(signal.SIGINT)
    process.wait(30)
    shutil.rmtree(folder, ignore_errors=True)
