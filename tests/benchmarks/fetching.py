"""Mails from Dovecot into the store and the ledger, against mbsync and a raw socket.

python -m tests.benchmarks.fetching [--mails 500] [--megabytes 226] [--rounds 3]

Three ways in turn, on one machine and one disk: a raw socket that throws the bytes away (the
floor), mbsync into a Maildir (the peer; it syncs every file, too), and ours: one visit that puts
every mail under its digest, synced, and its row into SQLite. Printed are seconds and ratios.
"""

import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import click

from ingest.mailbox import connect
from tests.ledgers import fresh_ledger, set_up_django
from tests.servers import PASSWORD, ImapServer, dovecot

USER = "tai"
_LINE = b"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDVvQm7w0Qm1x9W2kq5m8Zr\r\n"


def fill(server: ImapServer, mails: int, total: int) -> None:
    """Lay mails of very different sizes into the mailbox, straight into its Maildir."""
    server.append(_mail(0, 1_000), USER)
    chance = random.Random(1322)  # noqa: S311 -- sizes
    weights = [chance.lognormvariate(0, 1.2) for _ in range(mails - 1)]
    box = server.place / "mail" / USER
    owner = box.stat()
    for number, weight in enumerate(weights, start=1):
        path = box / "new" / f"{1_700_000_000 + number}.M{number}P1.bench"
        path.write_bytes(_mail(number, int(total * weight / sum(weights))))
        os.chown(path, owner.st_uid, owner.st_gid)
    with server.visit(USER) as client:
        client.select_folder("INBOX")  # so that nobody's time goes into Dovecot's index


def _mail(number: int, size: int) -> bytes:
    head = f"Message-ID: <{number}@x.vn>\r\nFrom: a@x.vn\r\nSubject: {number}\r\n\r\n".encode()
    return head + _LINE * max(1, size // len(_LINE))


# ------------------------------------------------------------------ the three ways


def raw_socket(server: ImapServer, _folder: Path) -> int:
    """Ask for everything at once and throw it away: what the server and the loopback cost."""
    with socket.create_connection((server.host, server.port)) as line:
        line.recv(4096)
        _say(line, f"a LOGIN {USER} {PASSWORD}", b"a OK")
        _say(line, "b SELECT INBOX", b"b OK")
        return _say(line, "c UID FETCH 1:* (BODY.PEEK[])", b"c OK")


def _say(line: socket.socket, words: str, until: bytes) -> int:
    line.sendall(f"{words}\r\n".encode())
    carried, tail = 0, b""
    while until not in tail:
        octets = line.recv(262_144)
        carried += len(octets)
        tail = (tail + octets)[-4_096:]
    return carried


def mbsync(server: ImapServer, folder: Path) -> int:
    """Bring everything into a Maildir."""
    conf = folder / "mbsyncrc"
    there = folder / "maildir"
    there.mkdir()
    conf.write_text(
        f"IMAPAccount a\nHost 127.0.0.1\nPort {server.port}\nUser {USER}\nPass {PASSWORD}\n"
        "SSLType None\nAuthMechs LOGIN\n\nIMAPStore far\nAccount a\n\n"
        f"MaildirStore near\nPath {there}/\nInbox {there}/INBOX\n\n"
        "Channel all\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\n"
        f"SyncState {folder}/\n",
        encoding="ascii",
    )
    program = shutil.which("mbsync") or "mbsync"
    subprocess.run([program, "-q", "-c", str(conf), "all"], check=True, capture_output=True)  # noqa: S603 -- our words
    return len([one for one in there.rglob("*") if one.parent.name in {"new", "cur"}])


def ours(server: ImapServer, folder: Path) -> int:
    """One visit of the service."""
    from service.collecting import Collector  # noqa: PLC0415 -- rows need Django first
    from tests.service.office import Office  # noqa: PLC0415 -- as above

    with fresh_ledger(folder):
        office = Office(folder).wired
        account = server.account(USER)
        with connect(account) as box:
            return Collector(office, account).visit(box)


WAYS: dict[str, Callable[[ImapServer, Path], int]] = {
    "raw socket": raw_socket,
    "mbsync": mbsync,
    "ours": ours,
}


@click.command()
@click.option("--mails", default=500, show_default=True)
@click.option("--megabytes", default=226, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def main(mails: int, megabytes: int, rounds: int) -> None:
    """Measure each way in turn, and print medians and ratios."""
    set_up_django()
    from service import log  # noqa: PLC0415 -- it wants Django

    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as place, dovecot() as server:
        log.set_up(Path(place) / "log")
        fill(server, mails, megabytes * 1_000_000)
        raw_socket(server, Path(place))  # the files are in memory now, for everybody
        for number in range(rounds):
            for name, way in WAYS.items():
                folder = Path(place) / f"{name}-{number}"
                folder.mkdir()
                began = time.perf_counter()
                got = way(server, folder)
                seconds[name].append(time.perf_counter() - began)
                if name != "raw socket" and got != mails:
                    message = f"{name} brought {got} of {mails} mails"
                    raise click.ClickException(message)
                shutil.rmtree(folder)
    peer = median(seconds["mbsync"])
    for name, found in seconds.items():
        each = ", ".join(f"{one:.2f}" for one in found)
        middle = median(found)
        click.echo(f"{name:11} {middle:6.2f} s   {middle / peer:5.2f} × mbsync   ({each})")


if __name__ == "__main__":
    main()
