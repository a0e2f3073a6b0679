"""Sending against a real SMTP server on loopback: refusals, lost answers, doubt and its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from outbox.send import (
    Decision,
    InDoubt,
    Refused,
    Relay,
    Security,
    Sending,
    Sent,
    Stage,
    Withdrawn,
    send,
    session,
    settle,
)
from tests.servers import PASSWORD, Accepted, Sink, smtp_sink

RAW = b"Subject: x\r\n\r\nmot\r\n.\r\n..hai\r\nQUIT\r\n"
OFFICE = "vanthu@office.vn"
UNIT = "unit@xa.vn"
TLS = Path(__file__).parent / "tls"
"""A certificate for “localhost” and its key, both for tests only."""


@contextmanager
def listening(sink: Sink, *, tls: Path | None = None, log_in: bool = False) -> Iterator[Relay]:
    """Serve until the block ends; the relay given back speaks without TLS."""
    with smtp_sink(sink, tls=tls, log_in=log_in):
        yield Relay(host=sink.host, port=sink.port, security=Security.NONE, timeout=5)


def refusing(address: str, answer: str) -> Sink:
    return Sink(answer_to_recipient=lambda to: answer if to == address else "250 OK")


def sent(relay: Relay, before_data: Callable[[], bool] = lambda: True) -> Sending:
    return send(
        RAW, sender=OFFICE, to=UNIT, self_copy_to=OFFICE, relay=relay, before_data=before_data
    )


def test_one_transaction_carries_the_letter_to_the_unit_and_to_ourselves() -> None:
    sink = Sink()

    with listening(sink) as relay:
        outcome = sent(relay)

    assert outcome == Sent(copied=True)
    assert sink.mails == [Accepted(sender=OFFICE, recipients=(UNIT, OFFICE), raw=RAW)]


def test_where_reports_are_offered_failures_are_asked_for_and_nothing_of_the_copy() -> None:
    sink = Sink(reports=True)

    with listening(sink) as relay:
        outcome = sent(relay)

    assert outcome == Sent(copied=True)
    assert sink.asked == ["RET=HDRS", "NOTIFY=FAILURE,DELAY", "NOTIFY=NEVER"]


def test_a_letter_the_unit_does_not_get_is_not_sent_to_ourselves_either() -> None:
    sink = refusing(UNIT, "550 5.1.1 no such user")

    with listening(sink) as relay:
        outcome = sent(relay)

    assert outcome == Refused(
        stage=Stage.RECIPIENT, code=550, text="5.1.1 no such user", permanent=True
    )
    assert sink.mails == []


def test_a_busy_mailbox_may_be_tried_again() -> None:
    with listening(refusing(UNIT, "451 4.7.1 greylisted")) as relay:
        outcome = sent(relay)

    assert outcome == Refused(
        stage=Stage.RECIPIENT, code=451, text="4.7.1 greylisted", permanent=False
    )


def test_without_our_copy_the_letter_still_goes_and_says_that_no_proof_will_come() -> None:
    sink = refusing(OFFICE, "550 5.7.1 not you")

    with listening(sink) as relay:
        outcome = sent(relay)

    assert outcome == Sent(copied=False)
    assert sink.mails == [Accepted(sender=OFFICE, recipients=(UNIT,), raw=RAW)]


@pytest.mark.parametrize("answer", ["452 4.3.1 full", "554 5.6.0"])
def test_a_refusal_after_the_text_is_certain(answer: str) -> None:
    with listening(Sink(answer_to_mail=lambda _mail: answer)) as relay:
        outcome = sent(relay)

    code, _, text = answer.partition(" ")
    assert outcome == Refused(stage=Stage.CONTENT, code=int(code), text=text, permanent=code > "5")


def test_a_lost_answer_after_the_text_is_a_doubt() -> None:
    sink = Sink(hangs_up_after_mail=True)

    with listening(sink) as relay:
        outcome = sent(relay)

    assert isinstance(outcome, InDoubt)
    assert outcome.copied
    assert len(sink.mails) == 1


def test_a_server_that_never_answers_leaves_a_doubt_and_does_not_hold_us() -> None:
    sink = Sink(falls_silent=True)

    with listening(sink) as relay:
        outcome = sent(replace(relay, timeout=0.2))

    assert isinstance(outcome, InDoubt)
    assert len(sink.mails) == 1


def test_a_connection_lost_before_the_text_is_certainly_not_taken() -> None:
    sink = Sink(hangs_up_at_recipient=True)

    with listening(sink) as relay:
        outcome = sent(relay)

    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent, sink.mails) == (0, False, [])


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with listening(Sink()) as relay:
        gone = relay

    outcome = sent(gone)

    assert isinstance(outcome, Refused)
    assert (outcome.stage, outcome.permanent) == (Stage.CONNECT, False)


def test_a_letter_the_caller_no_longer_holds_is_not_sent() -> None:
    sink = Sink()

    with listening(sink) as relay:
        outcome = sent(relay, before_data=lambda: False)

    assert outcome == Withdrawn()
    assert sink.mails == []


def test_several_letters_share_a_connection_whatever_became_of_one() -> None:
    sink = refusing("nobody@xa.vn", "550 no")

    with listening(sink) as relay, session(relay) as opened:
        outcomes = [
            opened.send(RAW, sender=OFFICE, to=to, self_copy_to=OFFICE)
            for to in (UNIT, "nobody@xa.vn", UNIT)
        ]

    assert [type(outcome) for outcome in outcomes] == [Sent, Refused, Sent]
    assert [mail.recipients for mail in sink.mails] == [(UNIT, OFFICE), (UNIT, OFFICE)]
    assert sink.connections == 1


def test_a_connection_that_went_stale_is_made_again() -> None:
    sink = Sink()
    with listening(sink) as relay, session(relay) as opened:
        opened.send(RAW, sender=OFFICE, to=UNIT, self_copy_to=OFFICE)
        stale = opened._server  # noqa: SLF001 -- the only way to break the line under it
        assert stale is not None
        assert stale.sock is not None
        stale.sock.shutdown(2)

        outcome = opened.send(RAW, sender=OFFICE, to=UNIT, self_copy_to=OFFICE)

    assert outcome == Sent(copied=True)
    assert (len(sink.mails), sink.connections) == (2, 2)


@pytest.mark.parametrize("to", ["", "a b@c.vn", "a@b.vn>\r\nRCPT TO:<x@y.vn", "ố@b.vn", "a"])
def test_what_is_no_address_never_reaches_the_server(to: str) -> None:
    sink = Sink()

    with listening(sink) as relay:
        outcome = send(RAW, sender=OFFICE, to=to, self_copy_to=OFFICE, relay=relay)

    assert isinstance(outcome, Refused)
    assert (outcome.permanent, sink.connections) == (True, 0)


def test_a_password_goes_only_to_a_server_whose_certificate_is_known() -> None:
    sink = Sink()
    with listening(sink, tls=TLS, log_in=True) as relay:
        stranger = replace(
            relay, host="localhost", user="vanthu", password=PASSWORD, security=Security.STARTTLS
        )
        known = replace(stranger, authorities=TLS / "cert.pem")

        outcomes = [sent(stranger), sent(known)]

    refused, taken = outcomes
    assert isinstance(refused, Refused)
    assert (refused.stage, refused.permanent) == (Stage.CONNECT, False)
    assert "CERTIFICATE_VERIFY_FAILED" in refused.text
    assert taken == Sent(copied=True)
    assert len(sink.mails) == 1


def test_a_wrong_password_is_no_fault_of_the_letter() -> None:
    with listening(Sink(), log_in=True) as relay:
        outcome = sent(replace(relay, user="vanthu", password="wrong"))  # noqa: S106 -- a test's

    assert isinstance(outcome, Refused)
    assert (outcome.stage, outcome.code, outcome.permanent) == (Stage.LOG_IN, 535, False)


def test_no_password_is_sent_in_the_clear_and_none_is_shown() -> None:
    with pytest.raises(ValueError, match="without TLS"):
        Relay(host="mail.vn", port=25, user="a", password=PASSWORD, security=Security.NONE)

    assert PASSWORD not in repr(Relay(host="mail.vn", port=465, user="a", password=PASSWORD))


GRACE = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("said", "age", "decision"),
    [
        ("proof", 0, Decision.SENT),
        ("proof later again", 60, Decision.SENT),
        ("later", 14, Decision.WAIT),
        ("later", 15, Decision.SEND_AGAIN),
        ("", 15, Decision.ASK_OFFICER),
        ("later again", 15, Decision.ASK_OFFICER),
        ("later again", 14, Decision.WAIT),
    ],
)
def test_a_doubt_ends_by_proof_or_by_a_person(said: str, age: int, decision: Decision) -> None:
    decided = settle(
        proof_found="proof" in said,
        age=timedelta(minutes=age),
        grace=GRACE,
        later_proof_seen="later" in said,
        sent_again="again" in said,
    )

    assert decided is decision
