"""What looking at a large mailbox costs while nothing comes: bytes on the line, both ways.

python -m tests.benchmarks.idle [--mails 50000] [--cycles 5]

The folder and its ledger hold so many mails. Counted is every byte of one cycle (a look at the
folder, one IDLE) on an open line, of a new line with its first look, and of the comparison of the
whole folder with the ledger, which happens every six hours.
"""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from ingest.mailbox import connect
from tests.benchmarks.line import line_to
from tests.ledgers import fresh_ledger, set_up_django
from tests.servers import ImapServer, dovecot

USER = "nhieu-thu"
ALLOWED = 10_000


def fill(server: ImapServer, mails: int) -> None:
    """Lay small mails straight into the Maildir."""
    raw = b"From: a@x.vn\r\nSubject: x\r\n\r\nx\r\n"
    server.append(raw, USER)
    box = server.place / "mail" / USER
    owner = box.stat()
    for number in range(1, mails):
        path = box / "new" / f"{1_700_000_000 + number}.M{number}P1.bench"
        path.write_bytes(raw)
        os.chown(path, owner.st_uid, owner.st_gid)
    with server.visit(USER) as client:
        client.select_folder("INBOX")


def measure(server: ImapServer, folder: Path, mails: int, cycles: int) -> dict[str, int]:
    """Bytes of each kind of look."""
    from service.collecting import Collector  # noqa: PLC0415 -- rows need Django first
    from tests.service.office import Office  # noqa: PLC0415 -- as above

    with fresh_ledger(folder), line_to(server.port) as line:
        office = Office(folder).wired
        account = replace(server.account(USER), port=line.port, reads_junk=True)
        _enter_all(server, mails)
        collector = Collector(office, account)
        found: dict[str, int] = {}
        with connect(account) as box:
            collector.visit(box)
            found["whole comparison"] = line.carried
            spent = []
            for _cycle in range(cycles):
                before = line.carried
                collector.visit(box)
                box.wait(1, lambda _seconds: False)
                spent.append(line.carried - before)
            found["idle cycle"] = max(spent)
        before = line.carried
        with connect(account) as box:
            collector.visit(box)
        found["new line and look"] = line.carried - before
    return found


def _enter_all(server: ImapServer, mails: int) -> None:
    """Say that every mail stands in the ledger, as after a first visit."""
    from ledger.models import Incoming  # noqa: PLC0415 -- rows need Django first
    from service.clock import SystemClock  # noqa: PLC0415 -- as above

    with server.visit(USER) as client:
        numbering = int(client.select_folder("INBOX", readonly=True)[b"UIDVALIDITY"])
    now = SystemClock().now()
    Incoming.objects.bulk_create(
        (
            Incoming(
                account=USER,
                folder="INBOX",
                uidvalidity=numbering,
                uid=uid,
                digest="0" * 64,
                size=1,
                first_seen_at=now,
                received_at=now,
                triage="other",
            )
            for uid in range(1, mails + 1)
        ),
        batch_size=500,
    )


@click.command()
@click.option("--mails", default=50_000, show_default=True)
@click.option("--cycles", default=5, show_default=True)
def main(mails: int, cycles: int) -> None:
    """Count, print, and fail when an idle cycle costs more than it may."""
    set_up_django()
    from service import log  # noqa: PLC0415 -- it wants Django

    with tempfile.TemporaryDirectory() as place, dovecot() as server:
        log.set_up(Path(place) / "log")
        fill(server, mails)
        found = measure(server, Path(place), mails, cycles)
    for name, count in found.items():
        click.echo(f"{name:18} {count:9,} bytes")
    if found["idle cycle"] >= ALLOWED:
        message = f"an idle cycle may cost {ALLOWED} bytes"
        raise click.ClickException(message)


if __name__ == "__main__":
    main()
