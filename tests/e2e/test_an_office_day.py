"""A day at the office: real servers, the real service, and the power failing again and again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from ledger import intake, invariants, migrating
from ledger.models import Dossier, Incoming, LetterState, Outgoing, Verdict
from ledger.store import Store
from service.demo.cases import demo_cases
from tests.ledgers import ledger_at
from tests.servers import free_port
from tests.service.house import OFFICE, House, a_house, a_nil_return

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
PATIENCE = 180.0
"""Seconds for what takes ten on an idle machine."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path, quiet_seconds=2, doubt_seconds=2) as house:
        yield house


def test_every_mail_has_a_row_every_dossier_a_verdict_every_submitter_one_letter_a_verdict(
    house: House,
) -> None:
    cases = demo_cases()
    supplements = [a_nil_return(1, again="b")]
    mails = [*(case.mails[0].raw for case in cases), a_bounce(), an_absence(), a_nil_return(1)]
    dossiers = 1 + sum(bool(case.expected["dossiers"]) for case in cases)
    held_by_their_sender = sum(b"\nPrecedence: bulk" in case.mails[0].raw for case in cases)
    random.Random(1322).shuffle(mails)  # noqa: S311 -- disorder, no secret
    half = len(mails) // 2
    waves: tuple[tuple[list[bytes], Callable[[], bool]], ...] = (
        (mails[:half], lambda: Incoming.objects.count() >= 3),
        (mails[half:], lambda: Verdict.objects.count() >= 2),
        ([], lambda: Outgoing.objects.filter(state=LetterState.SENT).count() >= 3),
        (supplements, lambda: is_over() and Verdict.objects.count() == dossiers + len(supplements)),
    )

    for number, (wave, has_come) in enumerate(waves, start=1):
        for raw in wave:
            house.imap.deliver(raw)
        with service(house) as process:
            wait(house, has_come, process)
            if number == len(waves):
                process.send_signal(signal.SIGTERM)
                assert process.wait(60) == 0
            else:
                process.kill()

    with ledger_at(house.config.parent / "var" / "vanthu.sqlite3"):
        store = Store(house.config.parent / "var" / "store")
        assert list(invariants.broken(store, whole=True)) == []
        assert intake.accounted()["unaccounted"] == 0
        assert Incoming.objects.filter(copy_of=None).count() == len(mails) + len(supplements)
        verdicts = Counter(Verdict.objects.values_list("dossier__code", flat=True))
        assert sorted(verdicts.values()) == [1] * (dossiers - len(supplements)) + [2] * len(
            supplements
        )
        letters = list(Outgoing.objects.values_list("to", "message_id", "state"))
        sent = [(to, one) for to, one, state in letters if state == LetterState.SENT]
        held = [state for _to, _one, state in letters if state == LetterState.HELD]
        assert len(held) == held_by_their_sender
        assert len(letters) == Verdict.objects.count() == len(sent) + len(held)
        assert Counter(house.letters) == Counter(sent)
    assert not {"postmaster@xa.example", "nghi-phep@xa.example"} & {to for to, _ in house.letters}


def is_over() -> bool:
    """Nothing is due, everything came back: the day has ended."""
    waiting = (
        Incoming.objects.exclude(stage=""),
        Dossier.objects.exclude(stage=""),
        Outgoing.objects.exclude(stage=""),
    )
    copies = Incoming.objects.exclude(copy_of=None).count()
    sent = Outgoing.objects.filter(state=LetterState.SENT).count()
    return copies == sent and not any(rows.exists() for rows in waiting)


@contextmanager
def service(house: House) -> Iterator[subprocess.Popen[bytes]]:
    """Run the real service; it is gone afterwards, one way or the other."""
    environment = {
        **os.environ,
        "VANTHU_CONFIG": str(house.config),
        "VANTHU_DESK__PORT": str(free_port()),
        "PYTHONPATH": str(ROOT),
    }
    log = house.config.with_name("service.log")
    with log.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "run"], cwd=ROOT, env=environment, stderr=said
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(30)


def wait(house: House, has_come: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Look until something has come; fails when the service dies or patience ends."""
    path = house.config.parent / "var" / "vanthu.sqlite3"
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        with ledger_at(path):
            if path.exists() and is_made() and has_come():
                return
        time.sleep(0.05)
    message = house.config.with_name("service.log").read_text(encoding="utf-8")[-4000:]
    pytest.fail(message)


def is_made() -> bool:
    """The service has made its tables."""
    return migrating.is_up_to_date()


def a_bounce() -> bytes:
    """A mail server says that it could not deliver something."""
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <postmaster@xa.example>\r\nTo: {OFFICE}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce@xa.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        "MIME-Version: 1.0\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; xa.example\r\n\r\n"
        "Final-Recipient: rfc822; x@xa.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()


def an_absence() -> bytes:
    """A person's program says that they are away."""
    mail = EmailMessage()
    mail["From"] = "Nguyễn Văn An <nghi-phep@xa.example>"
    mail["To"] = OFFICE
    mail["Subject"] = "Trả lời tự động: Đề xuất nhiệm vụ KH&CN Chương trình 1322"
    mail["Message-ID"] = "<away@xa.example>"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Tôi đang nghỉ phép đến hết tuần.\n")
    return mail.as_bytes()
