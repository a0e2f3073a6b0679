"""When the service cannot work, one mail says so, and one says that it is over."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from functools import cached_property
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import AlarmSettings, MailboxSettings
from ledger import intake
from ledger.models import Trouble
from service.alarms import watch_over
from tests.servers import Sink, smtp_sink
from tests.service.office import Office

pytestmark = pytest.mark.usefixtures("ledger")
SOMEBODY = "nguoi-truc@noi-khac.example"


class Watched(Office):
    """An office whose alarms are looked after every minute since it opened."""

    @cached_property
    def opened(self) -> datetime:
        """Since when it works."""
        return self.hands.at

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass and look, as every minute does."""
        since = self.opened
        for _ in range(minutes):
            self.hands.at += timedelta(minutes=1)
            watch_over(self.wired, since)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(tmp_path: Path, sink: Sink) -> Watched:
    """An office with one mailbox that nobody has visited yet, and somebody to tell."""
    office = Watched(tmp_path, sink)
    nobodys = SecretStr("x")
    mailbox = MailboxSettings(name="hop-thu", host="mail.example", user="x", password=nobodys)
    settings = office.wired.settings.model_copy(
        update={
            "mailboxes": (mailbox,),
            "alarm": AlarmSettings(to=SOMEBODY, silent_minutes=15, free_megabytes=1),
        }
    )
    office.wired = dataclasses.replace(office.wired, settings=settings)
    return office


def subjects(sink: Sink) -> list[str]:
    """What the mails taken so far are about."""
    found = (message_from_bytes(mail.raw)["Subject"] for mail in sink.mails)
    return [str(make_header(decode_header(one))) for one in found]


def visited(office: Watched, *, unaccounted: int = 0) -> None:
    """A visit that saw everything."""
    intake.visited("hop-thu", "INBOX", 1, 5, office.hands.now(), unaccounted=unaccounted)


def test_a_silent_mailbox_raises_one_alarm_and_one_note_of_its_end(
    office: Watched, sink: Sink
) -> None:
    office.pass_minutes(14)
    early = subjects(sink)

    office.pass_minutes(20)
    visited(office)
    office.pass_minutes(2)

    says = "Không đọc được hộp thư “hop-thu” hơn 15 phút."
    assert early == []
    assert subjects(sink) == [f"[Văn Thư] Sự cố: {says}", f"[Văn Thư] Đã hết: {says}"]
    assert [mail.recipients for mail in sink.mails] == [(SOMEBODY,), (SOMEBODY,)]


def test_an_alarm_no_server_takes_is_tried_until_one_does(office: Watched, sink: Sink) -> None:
    sink.answer_to_mail = lambda _mail: "451 later"
    office.pass_minutes(18)
    before = len(sink.mails)
    sink.answer_to_mail = lambda _mail: "250 OK"

    office.pass_minutes(2)

    assert (before, len(sink.mails)) == (0, 1)


def test_a_trouble_that_passed_unheard_of_needs_no_note(office: Watched, sink: Sink) -> None:
    sink.answer_to_mail = lambda _mail: "451 later"
    office.pass_minutes(18)
    visited(office)
    sink.answer_to_mail = lambda _mail: "250 OK"

    office.pass_minutes(2)

    assert sink.mails == []
    assert Trouble.objects.get(what="alarm").until is not None


def test_a_mail_without_a_row_rings(office: Watched, sink: Sink) -> None:
    visited(office, unaccounted=1)

    office.pass_minutes(1)

    assert subjects(sink) == ["[Văn Thư] Sự cố: 1 thư trong hộp thư chưa vào sổ."]


def test_a_disk_that_fills_rings(office: Watched, sink: Sink) -> None:
    visited(office)
    plenty = AlarmSettings(to=SOMEBODY, free_megabytes=10**9)
    settings = office.wired.settings.model_copy(update={"alarm": plenty})
    office.wired = dataclasses.replace(office.wired, settings=settings)

    office.pass_minutes(1)

    [subject] = subjects(sink)
    assert subject.startswith("[Văn Thư] Sự cố: Đĩa chứa dữ liệu chỉ còn ")


def test_an_alarm_asks_for_no_answer(office: Watched, sink: Sink) -> None:
    visited(office, unaccounted=1)

    office.pass_minutes(1)

    mail = message_from_bytes(sink.mails[0].raw)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
