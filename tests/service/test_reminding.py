"""Who has not answered is reminded, in working hours, once, and never who has."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from config.load import load_call
from config.settings import CapSettings
from dossier import Mode
from ledger import acts, register, troubles
from ledger.models import Dossier, LetterState, Outgoing
from service.reminding import due_round, remind_units
from tests.servers import Sink, smtp_sink
from tests.service.house import OFFICE
from tests.service.office import Office

pytestmark = pytest.mark.usefixtures("ledger")
CALL = load_call("1322-2025")
HA, TAN = "ha@xa.example", "tan@xa.example"
NINE_ON_TUESDAY = datetime(2024, 3, 19, 2, 0, tzinfo=UTC)
"""Nine in the morning, three working days before the last day that is in time."""
NINE_ON_THURSDAY = datetime(2024, 3, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(tmp_path: Path, sink: Sink) -> Office:
    return at_nine(Office(tmp_path, sink))


def at_nine(office: Office, at: datetime = NINE_ON_TUESDAY) -> Office:
    """The morning of the first reminder; two communes have addresses."""
    office.hands.at = at
    if not register.version(CALL.id):
        for unit, address in (("xa-my-ha", HA), ("xa-my-tan", TAN)):
            register.add_address(CALL, unit, address, "lan", at)
    return office


def reminders() -> list[tuple[str, str]]:
    rows = Outgoing.objects.filter(kind="reminder").order_by("to", "pk")
    return list(rows.values_list("to", "state"))


def a_mail(body: str, sender: str = HA, subject: str = "Trả lời", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = OFFICE
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{abs(hash((body, sender, subject)))}@xa.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail.as_bytes()


NOTHING = "Đơn vị không có đề xuất nhiệm vụ khoa học và công nghệ thuộc Chương trình 1322."


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2024-03-18T09:00", None),
        ("2024-03-19T07:59", None),
        ("2024-03-19T08:00", 3),
        ("2024-03-19T15:59", 3),
        ("2024-03-19T16:00", None),
        ("2024-03-20T10:00", 3),
        ("2024-03-21T08:00", 1),
        ("2024-03-22T15:00", 1),
        ("2024-03-23T09:00", None),
    ],
)
def test_reminders_go_in_working_hours_of_their_days(moment: str, days: int | None) -> None:
    assert due_round(CALL, datetime.fromisoformat(f"{moment}+07:00")) == days


def test_a_weekend_and_a_holiday_are_no_days_to_count() -> None:
    closes = datetime.fromisoformat("2024-05-06T00:00+07:00")
    holiday = dataclasses.replace(
        CALL.calendar, holidays=(datetime(2024, 5, 1, tzinfo=UTC).date(),)
    )
    call = dataclasses.replace(CALL, closes_at=closes, calendar=holiday)

    seen = {
        day: due_round(call, datetime.fromisoformat(f"2024-{day}T09:00+07:00"))
        for day in ("04-26", "04-29", "04-30", "05-01", "05-02", "05-03", "05-04")
    }

    assert seen == {
        "04-26": None,
        "04-29": 3,
        "04-30": 3,
        "05-01": None,
        "05-02": 1,
        "05-03": 1,
        "05-04": None,
    }


def test_silent_units_are_reminded_once_however_often_somebody_looks(
    office: Office, sink: Sink
) -> None:
    made = [remind_units(office.wired) for _look in range(3)]
    office.work()

    assert (made, reminders()) == ([2, 0, 0], [(HA, "sent"), (TAN, "sent")])
    assert [mail.recipients for mail in sink.mails] == [(HA, OFFICE), (TAN, OFFICE)]
    sent = message_from_bytes(sink.mails[0].raw, policy=policy.default)
    assert (sent["Auto-Submitted"], sent["In-Reply-To"]) == ("auto-generated", None)
    assert "chưa nhận được hồ sơ của Quý đơn vị" in " ".join(
        Outgoing.objects.earliest("pk").text.split()
    )


def test_the_next_time_has_its_own_letter(office: Office) -> None:
    remind_units(office.wired)
    at_nine(office, NINE_ON_THURSDAY)

    remind_units(office.wired)

    assert [to for to, _state in reminders()] == [HA, HA, TAN, TAN]


def test_a_unit_that_nil_returned_or_sent_a_dossier_is_not_reminded(office: Office) -> None:
    office.receive(a_mail(NOTHING, HA))
    office.judge()
    at_nine(office)

    remind_units(office.wired)

    assert [to for to, _state in reminders()] == [TAN]


def test_in_approve_mode_a_reminder_waits_and_goes_away_when_the_unit_answers(
    tmp_path: Path, sink: Sink
) -> None:
    office = at_nine(Office(tmp_path, sink, Mode.APPROVE))
    remind_units(office.wired)
    before = reminders()
    office.receive(a_mail(NOTHING, HA))
    office.judge()

    remind_units(office.wired)

    assert before == [(HA, "held"), (TAN, "held")]
    assert reminders() == [(HA, "dropped"), (TAN, "held")]
    assert sink.mails == []


def test_a_released_reminder_does_not_go_to_who_answered_meanwhile(
    tmp_path: Path, sink: Sink
) -> None:
    office = at_nine(Office(tmp_path, sink, Mode.APPROVE))
    remind_units(office.wired)
    office.receive(a_mail(NOTHING, HA))
    office.judge()

    acts.release_letter(Outgoing.objects.get(to=HA, kind="reminder").pk, "lan", office.hands.now())
    office.work()

    letter = Outgoing.objects.get(to=HA, kind="reminder")
    assert (letter.state, letter.answer) == (
        "dropped",
        "Đơn vị đã có phản hồi; không cần nhắc nữa.",
    )


def test_after_the_deadline_no_reminder_goes_whoever_releases_it(
    tmp_path: Path, sink: Sink
) -> None:
    office = at_nine(Office(tmp_path, sink, Mode.APPROVE))
    remind_units(office.wired)
    office.hands.at += timedelta(days=5)

    acts.release_letter(Outgoing.objects.get(to=HA).pk, "lan", office.hands.now())
    office.work()

    assert Outgoing.objects.get(to=HA).state == LetterState.DROPPED
    assert sink.mails == []


def test_an_answer_from_anywhere_opens_the_dossier_of_the_reminded_unit(office: Office) -> None:
    remind_units(office.wired)
    ours = Outgoing.objects.get(to=TAN).message_id
    told = {"In_Reply_To": ours, "References": ours}

    office.receive(a_mail(NOTHING, "nguyenvana@gmail.com", "Re: Nhắc thời hạn", **told))
    dossier = office.judge()

    assert (dossier.unit_name, dossier.register_id) == ("UBND xã Mỹ Tân", "xa-my-tan")
    assert dossier.state == "nil_return"


def test_a_forged_answer_names_nobody(office: Office) -> None:
    remind_units(office.wired)
    ours = Outgoing.objects.get(to=TAN).message_id
    forged = ours.replace(".reminder.", ".reminder.9")

    office.receive(a_mail(NOTHING, "la@gmail.com", "Re: Nhắc", In_Reply_To=forged))
    dossier = office.judge()

    assert (dossier.unit_name, dossier.register_id) == ("", "")


def test_reminders_leave_room_for_answers(tmp_path: Path, sink: Sink) -> None:
    office = at_nine(Office(tmp_path, sink, caps=CapSettings(all_ten_minutes=2)))

    first = remind_units(office.wired)
    office.hands.at += timedelta(minutes=11)
    second = remind_units(office.wired)

    assert (first, second, troubles.lasting()) == (1, 1, ())


def test_nobody_is_reminded_while_the_mailbox_cannot_be_opened(office: Office) -> None:
    troubles.begin("mailbox", "hop-thu", "không kết nối được", office.hands.now())
    deaf = remind_units(office.wired)
    troubles.end("mailbox", "hop-thu", office.hands.now())

    assert (deaf, remind_units(office.wired)) == (0, 2)


def test_while_a_dossiers_unit_is_unknown_an_officer_looks_first(office: Office) -> None:
    office.receive(a_mail(NOTHING, "la@gmail.com"))
    office.judge()
    at_nine(office)

    remind_units(office.wired)

    assert reminders() == [(HA, "held"), (TAN, "held")]
    assert "chưa rõ đơn vị" in Outgoing.objects.get(to=HA).held_because[0]
    assert Dossier.objects.get().unit_name == ""
