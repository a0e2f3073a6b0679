"""Giving up files and network."""

import subprocess
import sys
from pathlib import Path

from ingest import landlock

ROOT = Path(__file__).parents[2]
LOCKED = """
import socket, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from ingest import landlock
allowed = Path(sys.argv[2])
print(landlock.enter([allowed]))
assert (allowed / "ok.txt").read_text() == "ok"
for attempt in (
    lambda: Path("/etc/passwd").read_bytes(),
    lambda: (allowed / "new.txt").write_text("x"),
):
    try:
        attempt()
    except PermissionError:
        print("denied")
if landlock.version() >= 4:
    try:
        socket.create_connection(("127.0.0.1", 9), 1)
    except PermissionError:
        print("denied")
"""
_NETWORK_SINCE = 4


def test_a_process_that_entered_reads_one_folder_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text("ok")

    ended = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-I", "-c", LOCKED, str(ROOT), str(tmp_path)],
        capture_output=True,
        check=True,
        text=True,
    )

    offered = landlock.version()
    denials = 3 if offered >= _NETWORK_SINCE else 2 if offered else 0
    assert ended.stdout.split() == [str(bool(offered)), *["denied"] * denials]
