"""Which letter a mail gets."""

import pytest

from dossier import ReplyKind, Triage
from outbox.choose import choose
from rules import State


@pytest.mark.parametrize(
    ("state", "reply"),
    [
        (State.COMPLETE, ReplyKind.COMPLETE),
        (State.GAPS, ReplyKind.GAPS),
        (State.RESEND, ReplyKind.RESEND),
        (State.OFFICER, ReplyKind.HELD),
        (State.NIL_RETURN, ReplyKind.NIL_RETURN),
    ],
)
def test_a_verdict_is_told_by_its_own_letter(state: State, reply: ReplyKind) -> None:
    assert choose(state, triage=Triage.SUBMISSION) is reply


@pytest.mark.parametrize(
    "triage", [Triage.AUTOMATIC, Triage.OTHER, Triage.QUARANTINED, Triage.QUERY]
)
@pytest.mark.parametrize("state", [None, *State])
def test_what_is_no_dossier_gets_no_letter(triage: Triage, state: State | None) -> None:
    assert choose(state, triage=triage, parts_missing=True) is ReplyKind.NONE


@pytest.mark.parametrize("state", list(State))
def test_a_mail_that_repeats_another_is_not_answered_again(state: State) -> None:
    assert choose(state, triage=Triage.SUPPLEMENT, repeats=True) is ReplyKind.NONE


@pytest.mark.parametrize("doubt", [{"soft": True}, {"certain": False}])
@pytest.mark.parametrize("state", list(State))
def test_a_doubt_about_the_mail_waits_for_an_officer(state: State, doubt: dict[str, bool]) -> None:
    assert choose(state, triage=Triage.SUBMISSION, **doubt) is ReplyKind.HELD


def test_while_the_unit_is_still_sending_only_announced_parts_are_answered() -> None:
    assert choose(None, triage=Triage.SUBMISSION) is ReplyKind.NONE
    assert choose(None, triage=Triage.SUBMISSION, parts_missing=True) is ReplyKind.PARTIAL


@pytest.mark.parametrize("state", [State.GAPS, State.OFFICER])
def test_nothing_is_called_missing_while_a_part_is_to_come(state: State) -> None:
    assert choose(state, triage=Triage.SUBMISSION, parts_missing=True) is ReplyKind.PARTIAL
