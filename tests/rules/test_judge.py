"""judge() never lets a question, a crash or a rule left out look like a pass."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import combinations

import pytest
from pydantic import TypeAdapter

from config.load import load_call
from dossier import (
    Call,
    Dossier,
    FormFamily,
    Link,
    OtherPaper,
    Place,
    Role,
    Task,
    Unit,
    UnreadCause,
)
from rules import Finding, Outcome, Rule, Severity, State, Verdict, catalogue, judge, version
from rules.rule import fail, rule
from tests.builders import (
    TITLE,
    a_complete_dossier,
    a_form,
    a_nil_return,
    a_row,
    an_unread,
    without,
)

CALL = load_call("1322-2025")


def said(verdict: Verdict) -> list[tuple[str, Outcome, Severity]]:
    """What the unit or the state hears of; what only lies before the officer is left out."""
    return [
        (one.rule, one.finding.outcome, one.severity)
        for one in verdict.judged
        if one.rule[0] != "E" or one.severity in {Severity.GAP, Severity.WARNING}
    ]


def a_rule(rule_id: str, severity: Severity, *findings: Finding, **more: object) -> Rule:
    def check(_dossier: Dossier, _call: Call) -> Iterator[Finding]:
        yield from findings

    return replace(
        rule(rule_id, severity, title="Một quy tắc", why="Để thử.")(check),
        **more,  # type: ignore[arg-type]  # -- names are checked at run time by `replace`
    )


def test_a_complete_dossier_is_complete() -> None:
    verdict = judge(a_complete_dossier(), CALL)

    beside = {one.rule for one in verdict.judged}
    assert said(verdict) == []
    assert verdict.state is State.COMPLETE
    assert beside == {"E03", "E04", "E08", "E09", "E14", "E15", "E16", "E17"}
    assert verdict.passed == tuple(one.id for one in catalogue() if one.id not in beside)


def test_a_rule_that_crashes_calls_an_officer() -> None:
    def crash(_dossier: Dossier, _call: Call) -> Iterator[Finding]:
        message = "boom"
        raise RuntimeError(message)

    broken = replace(catalogue()[0], check=crash)

    verdict = judge(a_complete_dossier(), CALL, (broken,))

    [judged] = verdict.judged
    assert judged.finding.outcome is Outcome.ERROR
    assert judged.finding.says == f"Quy tắc {broken.id} không chạy được (RuntimeError: boom)."
    assert verdict.state is State.OFFICER


def test_a_rule_that_crashes_outweighs_even_a_nil_return() -> None:
    def crash(_dossier: Dossier, _call: Call) -> Iterator[Finding]:
        message = "boom"
        raise RuntimeError(message)

    nil = next(one for one in catalogue() if one.id == "S17")

    verdict = judge(a_nil_return(), CALL, (nil, replace(catalogue()[-1], check=crash)))

    assert verdict.state is State.OFFICER


def test_one_missing_paper_is_said_once() -> None:
    dossier = without(a_complete_dossier(), forms=())

    verdict = judge(dossier, CALL)

    assert said(verdict) == [("C03", Outcome.FAIL, Severity.GAP)]
    assert verdict.not_applicable["C04"] == "C03"
    assert verdict.not_applicable["C07"] == "C03"
    assert verdict.state is State.GAPS


def test_a_missing_table_is_said_once() -> None:
    dossier = without(replace(a_complete_dossier(), summary_tables=()), row=None)

    verdict = judge(dossier, CALL)

    assert said(verdict) == [("C02", Outcome.FAIL, Severity.GAP)]


def test_all_gaps_come_at_once_in_reading_order() -> None:
    dossier = replace(
        without(a_complete_dossier(), letters=(), forms=(a_form(muc_tieu="", kinh_phi="……"),)),
        cover_letters=(),
    )

    verdict = judge(dossier, CALL)

    assert [one.rule for one in verdict.gaps] == ["C01", "C07", "C16", "C21"]


def test_an_empty_dossier_lacks_three_papers_and_no_more() -> None:
    dossier = replace(a_complete_dossier(), tasks=(), cover_letters=(), summary_tables=())

    verdict = judge(dossier, CALL)

    assert [one.rule for one in verdict.gaps] == ["C01", "C02", "C03"]
    assert [one.rule for one in verdict.judged] == ["C01", "C02", "C03"]


@pytest.mark.parametrize("cause", list(UnreadCause))
def test_nothing_is_called_missing_while_a_file_is_unread(cause: UnreadCause) -> None:
    dossier = replace(
        without(a_complete_dossier(), letters=(), forms=(a_form(muc_tieu=""),)),
        cover_letters=(),
        unread=(an_unread(cause),),
    )

    verdict = judge(dossier, CALL)

    absences = [one for one in verdict.judged if one.rule in {"C01", "C07", "C16"}]
    assert [one.finding.outcome for one in absences] == [Outcome.UNKNOWN] * 3


@pytest.mark.parametrize(
    "cause",
    [UnreadCause.BROKEN, UnreadCause.EMPTY, UnreadCause.ENCRYPTED, UnreadCause.TOO_LARGE],
)
def test_a_file_of_theirs_that_cannot_be_opened_is_asked_for_again(cause: UnreadCause) -> None:
    dossier = replace(a_complete_dossier(), cover_letters=(), unread=(an_unread(cause),))

    assert judge(dossier, CALL).state is State.RESEND


@pytest.mark.parametrize("cause", [UnreadCause.SCAN, UnreadCause.UNSUPPORTED, UnreadCause.OURS])
def test_a_file_we_cannot_read_waits_for_a_person_even_when_nothing_lacks(
    cause: UnreadCause,
) -> None:
    dossier = replace(a_complete_dossier(), unread=(an_unread(cause),))

    assert judge(dossier, CALL).state is State.OFFICER


def test_the_scan_of_a_paper_we_read_holds_nothing() -> None:
    dossier = replace(a_complete_dossier(), unread=(an_unread(file="Phieu 1 (scan).pdf"),))

    assert judge(dossier, CALL).state is State.COMPLETE


def test_a_broken_file_and_a_certain_gap_are_both_kept() -> None:
    too_long = a_form(thoi_gian="48 tháng")
    assert too_long.duration is not None
    duration = replace(too_long.duration, stated_months=48, end_year=2028)
    dossier = replace(
        without(a_complete_dossier(), forms=(replace(too_long, duration=duration),)),
        unread=(an_unread(UnreadCause.BROKEN, "Phieu 2.doc"),),
    )

    verdict = judge(dossier, CALL)

    assert verdict.state is State.RESEND
    assert [one.rule for one in verdict.gaps] == ["S03", "E06"]


def test_what_a_link_may_hold_is_not_called_missing() -> None:
    link = Link(at=Place("thư"), url="https://drive.google.com/x")
    dossier = replace(a_complete_dossier(), tasks=(), summary_tables=(), links=(link,))

    verdict = judge(dossier, CALL)

    assert verdict.state is State.RESEND
    assert [one.rule for one in verdict.gaps] == ["S06"]


def test_a_nil_return_is_an_answer_not_three_gaps() -> None:
    verdict = judge(a_nil_return(), CALL)

    assert verdict.state is State.NIL_RETURN
    assert said(verdict) == [("S17", Outcome.FAIL, Severity.INFO)]
    assert {verdict.not_applicable[one] for one in ("C01", "C02", "C03")} == {"S17"}


def test_a_nil_return_with_an_unread_scan_waits_for_a_person() -> None:
    verdict = judge(replace(a_nil_return(), unread=(an_unread(),)), CALL)

    assert verdict.state is State.OFFICER
    assert verdict.gaps == ()


def test_a_blank_form_alone_is_one_gap() -> None:
    blank = OtherPaper(at=Place("Phieu.docx"), role=Role.BLANK_TEMPLATE)
    dossier = replace(without(a_complete_dossier(), forms=()), other_papers=(blank,))

    verdict = judge(dossier, CALL)

    assert [one.rule for one in verdict.gaps] == ["S16"]


def test_a_blank_form_enclosed_by_mistake_is_no_gap() -> None:
    blank = OtherPaper(at=Place("Mau.docx"), role=Role.BLANK_TEMPLATE)
    dossier = replace(a_complete_dossier(), other_papers=(blank,))

    verdict = judge(dossier, CALL)

    assert verdict.state is State.COMPLETE
    assert "C03" in verdict.passed


def test_a_blank_form_beside_a_row_without_form_is_one_gap() -> None:
    blank = OtherPaper(at=Place("Phieu 2.docx"), role=Role.BLANK_TEMPLATE)
    complete = a_complete_dossier()
    lacking = Task(title="Áp dụng TPM", row=a_row("Áp dụng TPM", 2))
    dossier = replace(complete, tasks=(*complete.tasks, lacking), other_papers=(blank,))

    assert [one.rule for one in judge(dossier, CALL).gaps] == ["C04"]


def test_a_hidden_row_without_form_is_a_question_not_a_gap() -> None:
    complete = a_complete_dossier()
    hidden = replace(a_row("Áp dụng TPM", 2), hidden=True)
    dossier = replace(complete, tasks=(*complete.tasks, Task(title="Áp dụng TPM", row=hidden)))

    verdict = judge(dossier, CALL)

    assert verdict.state is State.OFFICER
    assert not verdict.gaps


def test_the_form_of_the_circular_in_force_is_accepted() -> None:
    fields = {key: one for key, one in a_form().fields.items() if key in {"ten", "muc_tieu"}}
    form = replace(a_form(), family=FormFamily.TT06_2023, fields=fields)

    verdict = judge(without(a_complete_dossier(), forms=(form,)), CALL)

    assert verdict.state is State.COMPLETE
    assert verdict.gaps == ()


def test_another_procedures_form_is_named_in_the_one_gap() -> None:
    form = replace(
        a_form(), family=FormFamily.LOOK_ALIKE, title_line="PHIẾU ĐỀ XUẤT ĐỀ TÀI CẤP TỈNH"
    )

    verdict = judge(without(a_complete_dossier(), forms=(form,)), CALL)

    [gap] = verdict.gaps
    assert gap.rule == "C03"
    assert "“PHIẾU ĐỀ XUẤT ĐỀ TÀI CẤP TỈNH”" in gap.finding.says


def test_lateness_lies_over_the_state() -> None:
    after = datetime.fromisoformat("2024-03-23T08:00:00+07:00")

    verdict = judge(replace(a_complete_dossier(), received_at=after), CALL)

    assert verdict.late
    assert verdict.state is State.COMPLETE


def test_a_late_supplement_leaves_the_dossier_in_time() -> None:
    after = datetime.fromisoformat("2024-03-25T08:00:00+07:00")

    verdict = judge(replace(a_complete_dossier(), supplemented_at=after), CALL)

    assert not verdict.late
    assert [rule for rule, _, _ in said(verdict)] == ["S11", "D02"]


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": Unit(name="")},
        {"units_seen": ("Công ty A",)},
        {"doubts": ("Không chắc thư thuộc hồ sơ này.",)},
        {"parts_announced": 3, "parts_received": 2},
    ],
    ids=["unknown unit", "several units", "uncertain join", "a part to come"],
)
def test_a_doubt_about_the_dossier_itself_waits_for_a_person(changes: dict[str, object]) -> None:
    dossier = replace(a_complete_dossier(), **changes)  # type: ignore[arg-type]  # -- parametrised

    assert judge(dossier, CALL).state is State.OFFICER


def test_a_question_about_eligibility_does_not_hold_the_letter() -> None:
    found = fail(says="Có thể ngoài phạm vi.", remedy="Cán bộ xem xét.")

    verdict = judge(a_complete_dossier(), CALL, (a_rule("E99", Severity.OFFICER, found),))

    assert verdict.state is State.COMPLETE


def test_a_call_may_weigh_a_rule_otherwise() -> None:
    dossier = replace(a_complete_dossier(), cover_letters=())

    verdict = judge(dossier, replace(CALL, weights={"C01": "warning"}))

    assert said(verdict) == [("C01", Outcome.FAIL, Severity.WARNING)]
    assert verdict.state is State.COMPLETE


def test_a_rule_weighed_down_settles_no_state_by_itself() -> None:
    dossier = replace(a_complete_dossier(), unread=(an_unread(UnreadCause.BROKEN),))

    verdict = judge(dossier, replace(CALL, weights={"S03": "warning"}))

    assert verdict.state is State.COMPLETE


def test_every_rule_is_accounted_for_once() -> None:
    dossier = replace(without(a_complete_dossier(), forms=()), cover_letters=())

    verdict = judge(dossier, CALL)

    found = {one.rule for one in verdict.judged}
    assert sorted((*found, *verdict.passed, *verdict.not_applicable)) == sorted(
        one.id for one in catalogue()
    )


def test_the_same_dossier_gets_the_same_verdict() -> None:
    dossier = replace(without(a_complete_dossier(), letters=()), cover_letters=())

    assert judge(dossier, CALL) == judge(dossier, CALL)


def test_a_verdict_names_its_rules_and_its_call() -> None:
    verdict = judge(a_complete_dossier(), CALL)

    assert (verdict.call, verdict.rules) == ("1322-2025", version())


def test_a_verdict_comes_back_from_json_as_it_was() -> None:
    adapter = TypeAdapter(Verdict)
    dossier = replace(
        without(a_complete_dossier(), forms=(a_form(muc_tieu=""),)), unread=(an_unread(),)
    )
    verdict = judge(dossier, CALL)

    again = adapter.validate_json(adapter.dump_json(verdict))

    assert again == verdict
    assert again.state is State.OFFICER


def test_the_task_is_named_in_its_gap() -> None:
    [gap] = judge(without(a_complete_dossier(), letters=()), CALL).gaps

    assert TITLE in gap.finding.says


def test_a_nil_return_asks_for_nothing_whatever_lies_beside_it() -> None:
    blank = OtherPaper(at=Place("Phieu.docx"), role=Role.BLANK_TEMPLATE)
    dossier = replace(a_nil_return(), other_papers=(blank,), body_reads_as_letter=True)

    verdict = judge(dossier, CALL)

    assert verdict.state is State.NIL_RETURN
    assert verdict.gaps == ()


PARTS = ("cover letter", "table", "form", "commitment", "objective")


@pytest.mark.parametrize(
    "gone",
    [set(some) for size in range(1, len(PARTS) + 1) for some in combinations(PARTS, size)],
    ids=lambda gone: ", ".join(sorted(gone)),
)
def test_whatever_is_taken_away_the_dossier_is_never_complete(gone: set[str]) -> None:
    dossier = a_complete_dossier()
    if "objective" in gone:
        dossier = without(dossier, forms=(a_form(muc_tieu=""),))
    if "form" in gone:
        dossier = without(dossier, forms=())
    if "commitment" in gone:
        dossier = without(dossier, letters=())
    if "table" in gone:
        dossier = replace(without(dossier, row=None), summary_tables=())
    if "cover letter" in gone:
        dossier = replace(dossier, cover_letters=())

    verdict = judge(dossier, CALL)

    assert verdict.state is State.GAPS
    assert judge(replace(dossier, unread=(an_unread(),)), CALL).state is State.OFFICER


def test_two_spellings_of_one_office_make_no_difference() -> None:
    """The verdict speaks of papers, not of how a Mac or an old keyboard types a name."""
    spelt = [
        without(a_complete_dossier(), row=a_row(name), forms=(a_form(name),))
        for name in (TITLE, unicodedata.normalize("NFD", TITLE), TITLE.upper())
    ]

    assert [judge(one, CALL).state for one in spelt] == [State.COMPLETE] * 3
