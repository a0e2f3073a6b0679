"""A question outweighs a gap, a gap outweighs silence."""

from itertools import product

import pytest

from dossier import Place
from rules import Finding, Judged, Outcome, Severity, State, Verdict


def judged(  # noqa: PLR0913 -- each is one fact of a finding, and all but two are named
    outcome: Outcome = Outcome.FAIL,
    severity: Severity = Severity.GAP,
    *,
    rule: str = "C01",
    concludes: State | None = None,
    holds: bool = True,
    says: str = "Thiếu công văn.",
    at: Place | None = None,
) -> Judged:
    finding = Finding(outcome=outcome, says=says, remedy="Gửi bổ sung.", at=at)
    return Judged(rule=rule, severity=severity, finding=finding, concludes=concludes, holds=holds)


def verdict(*found: Judged) -> Verdict:
    return Verdict(judged=found, passed=())


GAP = judged()
QUESTION = judged(Outcome.UNKNOWN)
BROKEN_RULE = judged(Outcome.ERROR, Severity.INFO)
RESEND = judged(concludes=State.RESEND, rule="S03")
NIL = judged(severity=Severity.INFO, concludes=State.NIL_RETURN, rule="S17")
WARNING = judged(severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ((), State.COMPLETE),
        ((WARNING,), State.COMPLETE),
        ((judged(severity=Severity.INFO),), State.COMPLETE),
        ((GAP,), State.GAPS),
        ((GAP, QUESTION), State.OFFICER),
        ((judged(severity=Severity.OFFICER),), State.OFFICER),
        ((judged(severity=Severity.OFFICER, holds=False),), State.COMPLETE),
        ((judged(Outcome.UNKNOWN, Severity.WARNING),), State.COMPLETE),
        ((GAP, QUESTION, RESEND), State.RESEND),
        ((judged(Outcome.UNKNOWN, concludes=State.RESEND),), State.OFFICER),
        ((GAP, RESEND, NIL), State.NIL_RETURN),
        ((BROKEN_RULE,), State.OFFICER),
        ((BROKEN_RULE, NIL), State.OFFICER),
    ],
)
def test_the_state_follows_from_what_was_found(found: tuple[Judged, ...], state: State) -> None:
    assert verdict(*found).state is state


def test_the_order_of_findings_does_not_matter() -> None:
    every = (GAP, QUESTION, WARNING, RESEND)

    assert {verdict(*reversed(every)).state, verdict(*every).state} == {State.RESEND}


@pytest.mark.parametrize(("outcome", "severity"), list(product(Outcome, Severity)))
def test_complete_is_never_said_over_a_gap_or_a_question(
    outcome: Outcome, severity: Severity
) -> None:
    found = verdict(judged(outcome, severity))

    harmless = severity in {Severity.WARNING, Severity.INFO} and outcome is not Outcome.ERROR
    assert (found.state is State.COMPLETE) == harmless


def test_a_waived_gap_asks_for_nothing() -> None:
    found = verdict(GAP, judged(rule="C02", says="Thiếu bảng."))

    left = found.without([GAP.key])

    assert [one.rule for one in left.gaps] == ["C02"]
    assert left.without([one.key for one in left.judged]).state is State.COMPLETE


def test_a_key_tells_findings_apart_and_stays_the_same() -> None:
    here, there = (judged(at=Place("a.docx", spot)) for spot in ("đoạn 1", "đoạn 2"))

    assert here.key != there.key
    assert here.key == judged(at=Place("a.docx", "đoạn 1", words="khác")).key


def test_late_is_told_by_the_deadline_rule_alone() -> None:
    late = judged(severity=Severity.OFFICER, rule="D01", holds=False)

    assert verdict(late).late
    assert not verdict(GAP).late


@pytest.mark.parametrize(
    ("outcome", "severity", "label"),
    [
        (Outcome.FAIL, Severity.GAP, "Không đạt"),
        (Outcome.FAIL, Severity.WARNING, "Nên sửa"),
        (Outcome.FAIL, Severity.INFO, "Lưu ý"),
        (Outcome.FAIL, Severity.OFFICER, "Cán bộ quyết định"),
        (Outcome.UNKNOWN, Severity.GAP, "Không xác định"),
        (Outcome.ERROR, Severity.GAP, "Lỗi của máy"),
    ],
)
def test_what_was_found_is_named_as_the_office_does(
    outcome: Outcome, severity: Severity, label: str
) -> None:
    assert judged(outcome, severity).label == label
