"""What becomes of a mail, a dossier and a letter, step by step."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.settings import CapSettings
from dossier import Mode, Reading
from ledger import acts, troubles
from ledger.models import Dossier, Incoming, Outgoing, Verdict
from tests.servers import Sink, smtp_sink
from tests.service.house import OFFICE, a_nil_return
from tests.service.office import Office, letters

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(tmp_path: Path, sink: Sink) -> Office:
    return Office(tmp_path, sink)


def test_a_mail_is_answered_once_its_unit_has_been_quiet(office: Office, sink: Sink) -> None:
    office.receive(a_nil_return(1))
    office.work()
    early = list(letters())

    office.work(timedelta(minutes=2))

    assert (early, letters()) == ([], [("nil_return", "sent")])
    assert [mail.recipients for mail in sink.mails] == [("xa1@xa.example", OFFICE)]


def test_a_server_gets_so_many_letters_a_minute_and_the_others_later(
    tmp_path: Path, sink: Sink
) -> None:
    office = Office(tmp_path, sink, caps=CapSettings(a_minute=2))
    for number in (1, 2, 3):
        office.receive(a_nil_return(number))

    office.judge()
    first = len(sink.mails)
    office.work(timedelta(seconds=30))
    soon = len(sink.mails)
    office.work(timedelta(seconds=40))

    assert (first, soon, len(sink.mails)) == (2, 2, 3)


def test_in_approve_mode_every_letter_waits_for_an_officer(tmp_path: Path, sink: Sink) -> None:
    office = Office(tmp_path, sink, Mode.APPROVE)
    office.receive(a_nil_return(1))
    office.judge()
    [letter] = Outgoing.objects.all()
    before = (letter.state, len(sink.mails))

    acts.release_letter(letter.pk, "lan", office.hands.now())
    office.work()

    letter.refresh_from_db()
    assert (before, letter.state) == (("held", 0), "sent")
    assert sink.mails[0].raw.rstrip() == office.wired.store.get(letter.digest).rstrip()


def test_in_a_dry_run_nothing_leaves_whoever_releases_it(tmp_path: Path, sink: Sink) -> None:
    office = Office(tmp_path, sink, Mode.DRY_RUN)
    office.receive(a_nil_return(1))
    office.judge()

    acts.release_letter(Outgoing.objects.get().pk, "lan", office.hands.now())
    office.work()

    assert (letters(), sink.mails) == ([("nil_return", "held")], [])


def test_judging_again_without_news_writes_no_second_letter(office: Office, sink: Sink) -> None:
    office.receive(a_nil_return(1))
    dossier = office.judge()

    acts.judge_now(dossier.pk, "lan", office.hands.now())
    office.work()

    assert (Verdict.objects.count(), len(sink.mails)) == (2, 1)
    assert "không đổi" in Verdict.objects.latest("pk").no_letter_because


def test_the_same_mail_again_is_not_answered_again(office: Office, sink: Sink) -> None:
    office.receive(a_nil_return(1))
    office.judge()

    twin = office.receive(a_nil_return(1))
    office.work(timedelta(minutes=2))

    twin.refresh_from_db()
    assert twin.duplicate_of == Incoming.objects.earliest("pk")
    assert len(sink.mails) == 1


def test_news_of_a_unit_is_a_new_version_and_a_new_letter(office: Office, sink: Sink) -> None:
    office.receive(a_nil_return(1))
    first = office.judge()
    again = a_nil_return(1, again="b")

    office.receive(again)
    dossier = office.judge()

    assert (dossier, dossier.version) == (first, 2)
    assert len(sink.mails) == 2


def test_our_own_letter_come_back_is_a_proof_and_no_dossier(office: Office, sink: Sink) -> None:
    office.receive(a_nil_return(1))
    office.judge()

    copy = office.receive(sink.mails[0].raw)
    office.work(timedelta(minutes=2))

    copy.refresh_from_db()
    assert (copy.copy_of, copy.triage) == (Outgoing.objects.get(), "automatic")
    assert Dossier.objects.count() == 1


def test_a_strangers_mail_under_our_message_id_proves_nothing(office: Office, sink: Sink) -> None:
    sink.hangs_up_after_mail = True
    office.receive(a_nil_return(1))
    office.judge()
    ours = Outgoing.objects.get().message_id.encode()

    forged = office.receive(a_nil_return(2).replace(b"<2@xa.example>", ours))
    office.work()

    forged.refresh_from_db()
    assert (forged.copy_of, letters()) == (None, [("nil_return", "sending")])


def test_a_lost_answer_is_settled_by_the_copy_in_the_mailbox(office: Office, sink: Sink) -> None:
    sink.hangs_up_after_mail = True
    office.receive(a_nil_return(1))
    office.judge()
    before = letters()

    office.in_mailbox.add(Outgoing.objects.get().message_id)
    office.work(timedelta(minutes=1))

    assert (before, letters()) == ([("nil_return", "sending")], [("nil_return", "sent")])
    assert Outgoing.objects.get().proof == "copy"


def test_without_any_proof_an_officer_is_asked_and_nothing_goes_again(
    office: Office, sink: Sink
) -> None:
    sink.hangs_up_after_mail = True
    office.receive(a_nil_return(1))
    office.judge()

    office.work(timedelta(hours=1))
    office.work(timedelta(days=1))

    assert (letters(), len(sink.mails)) == ([("nil_return", "in_doubt")], 1)
    assert [one.what for one in troubles.lasting()] == ["letter"]


def test_when_a_later_copy_came_the_missing_letter_goes_once_more(
    office: Office, sink: Sink
) -> None:
    sink.answer_to_mail = lambda _mail: "999 what"
    office.receive(a_nil_return(1))
    office.judge()
    sink.answer_to_mail = lambda _mail: "250 OK"
    office.receive(a_nil_return(2))
    office.judge()
    office.receive(sink.mails[-1].raw)

    office.work(timedelta(hours=1))
    office.work(timedelta(hours=1))

    assert [state for _kind, state in letters()] == ["sent", "sent"]
    assert [mail.recipients[0] for mail in sink.mails] == ["xa2@xa.example", "xa1@xa.example"]


def test_a_server_that_cannot_now_is_asked_again_later(office: Office, sink: Sink) -> None:
    sink.answer_to_mail = lambda _mail: "451 later"
    office.receive(a_nil_return(1))
    office.judge()
    before = letters()
    sink.answer_to_mail = lambda _mail: "250 OK"

    office.work(timedelta(minutes=10))

    assert (before, letters()) == ([("nil_return", "ready")], [("nil_return", "sent")])
    assert troubles.lasting() == ()


def test_an_address_nobody_has_is_shown_to_the_officer(office: Office, sink: Sink) -> None:
    sink.answer_to_recipient = lambda _address: "550 no such user"
    office.receive(a_nil_return(1))

    office.judge()

    [letter] = Outgoing.objects.all()
    assert (letter.state, letter.answer_code) == ("failed", 550)
    assert [one.where for one in troubles.lasting()] == [letter.about]


def test_a_machines_mail_gets_no_letter_and_opens_no_dossier(office: Office) -> None:
    mail = office.receive(b"Auto-Submitted: auto-replied\r\n" + a_nil_return(1))
    office.work(timedelta(minutes=2))

    mail.refresh_from_db()
    assert (mail.triage, Dossier.objects.count()) == ("automatic", 0)


def test_a_mail_that_may_be_a_machines_is_judged_and_its_letter_held(office: Office) -> None:
    office.receive(b"Reply-To: somebody@elsewhere.example\r\n" + a_nil_return(1))
    office.judge()

    [letter] = Outgoing.objects.all()

    assert letter.state == "held"
    assert letter.held_because != []


def test_more_letters_than_usual_wait_and_are_not_dropped(tmp_path: Path, sink: Sink) -> None:
    office = Office(tmp_path, sink, caps=CapSettings(all_ten_minutes=2))
    for number in (1, 2, 3):
        office.receive(a_nil_return(number))

    office.judge()

    assert sorted(state for _kind, state in letters()) == ["held", "sent", "sent"]
    assert [one.what for one in troubles.lasting()] == ["caps"]


def test_a_mail_that_makes_no_sense_is_a_row_with_a_reason(office: Office) -> None:
    mail = office.receive(b"\x00\xff\xfe garbage \r\n\r\n" + bytes(range(256)) * 20)
    office.work(timedelta(minutes=2))

    mail.refresh_from_db()
    assert (mail.stage, mail.set_aside) == ("", "")
    assert mail.triage
    assert mail.reason


def test_a_mail_no_reader_survives_still_reaches_its_dossier_and_an_officer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_anything: object) -> Reading:
        message = "a reader of ours broke"
        raise RuntimeError(message)

    monkeypatch.setattr("service.stages.read_mail", breaks)
    mail = office.receive(a_nil_return(1))
    for _strike in range(3):
        office.work(timedelta(minutes=5))
    dossier = office.judge()

    mail.refresh_from_db()
    assert (mail.set_aside, mail.dossier, dossier.state) == ("", dossier, "officer")
    assert [kind for kind, _state in letters()] == ["held"]
    assert [one.what for one in troubles.lasting()] == ["mail"]


def test_nothing_is_judged_while_a_mail_that_came_before_is_unread(office: Office) -> None:
    office.receive(a_nil_return(1))
    office.work()
    late = office.receive(a_nil_return(2))
    Incoming.objects.filter(pk=late.pk).update(due_at=office.hands.now() + timedelta(minutes=3))

    office.work(timedelta(minutes=2))
    early = Verdict.objects.count()
    office.work(timedelta(minutes=2))
    office.work(timedelta(minutes=2))

    assert (early, Verdict.objects.count()) == (0, 2)


def test_an_address_whose_letter_came_back_gets_no_other_until_it_writes_again(
    office: Office, sink: Sink
) -> None:
    office.receive(a_nil_return(1))
    dossier = office.judge()
    letter = Outgoing.objects.get()
    office.receive(a_report_on(letter))
    office.work(timedelta(minutes=2))
    letter.refresh_from_db()
    acts.judge_now(dossier.pk, "lan", office.hands.now())
    office.work(timedelta(minutes=2))
    before = len(sink.mails)

    office.receive(a_nil_return(1, again="b"))
    office.judge()

    assert letter.returned_because == "5.1.1 550 no such user"
    assert "Gọi cho đơn vị" in troubles.lasting()[0].reason
    assert (before, len(sink.mails)) == (1, 2)


def a_report_on(letter: Outgoing) -> bytes:
    """A server says that a letter reached nobody, and never will."""
    return (
        "Return-Path: <>\r\nFrom: postmaster@xa.example\r\nMessage-ID: <b@xa.example>\r\n"
        "Subject: Undeliverable\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; xa.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.to}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter.message_id}\r\n\r\n--b--\r\n"
    ).encode()


def test_a_letter_that_came_back_is_shown_beside_its_dossier(office: Office) -> None:
    office.receive(a_nil_return(1))
    dossier = office.judge()
    ours = Outgoing.objects.get().message_id.encode()

    bounce = office.receive(
        b"Return-Path: <>\r\nFrom: postmaster@xa.example\r\nMessage-ID: <b@xa.example>\r\n"
        b"Subject: Undeliverable\r\n\r\nMessage-ID: " + ours + b" was not delivered\r\n"
    )
    office.work(timedelta(minutes=2))

    bounce.refresh_from_db()
    assert (bounce.triage, bounce.dossier) == ("automatic", dossier)
    assert [(one.what, one.where) for one in troubles.lasting()] == [("returned", dossier.code)]
    assert len(letters()) == 1
