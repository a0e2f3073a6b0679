"""A call's own requirements are judged as the catalogue's rules are."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from config.library import SHIPPED
from config.load import load_call
from dossier import (
    Call,
    Citation,
    Cost,
    CountNeeded,
    Dossier,
    Each,
    FieldNeeded,
    FormField,
    Measure,
    NumberLimit,
    OtherPaper,
    PaperAsked,
    PaperNeeded,
    Place,
    Requirement,
    Role,
    Task,
    TaskKind,
    Unit,
    UnitKind,
    When,
)
from rules import Outcome, Rule, Severity, State, judge, rules_of
from rules.examples import Example, shown
from rules.requirement import amount
from tests.builders import a_complete_dossier, a_form, a_row, an_unread, without

FIRST = load_call("1322-2025")
CV = PaperAsked(role="ly_lich", name="lý lịch khoa học", titles=("Lý lịch khoa học",))
GROUND = (Citation("cong-van", "II.3.b", "Công văn đề xuất nhiệm vụ của đơn vị"),)
ASKED = Requirement(
    id="X01",
    title="Có lý lịch khoa học",
    why="Để thử.",
    severity=Cost.GAP,
    says="Thiếu {paper}.",
    remedy="Gửi {paper}.",
    cites=GROUND,
    paper=PaperNeeded(role="ly_lich"),
)
CASES = [
    pytest.param(call, rule, example, id=f"{call.id} {rule.id}: {example.name}")
    for call in map(load_call, SHIPPED.calls())
    for rule in rules_of(call)
    for asked in call.requirements
    if asked.id == rule.id
    for example in shown(asked, call)
]


def a_call(*asked: Requirement) -> Call:
    return replace(FIRST, papers=(*FIRST.papers, CV), requirements=asked)


def findings(dossier: Dossier, asked: Requirement) -> list[tuple[str, Outcome, str]]:
    verdict = judge(dossier, a_call(asked))
    return [
        (one.rule, one.finding.outcome, one.finding.says)
        for one in verdict.judged
        if one.rule == asked.id
    ]


def a_cv(**changes: object) -> OtherPaper:
    cv = OtherPaper(at=Place("Ly lich.docx"), paper="ly_lich", title="LÝ LỊCH KHOA HỌC")
    return replace(cv, **changes)  # type: ignore[arg-type]  # -- names are checked at run time by `replace`


def field(need: FieldNeeded) -> Requirement:
    return replace(ASKED, paper=None, field=need, says="Mục {field} ghi “{value}”.", remedy="Sửa.")


def limit(need: NumberLimit) -> Requirement:
    return replace(ASKED, paper=None, limit=need, says="{found} so với {limit}.", remedy="Sửa.")


def count(need: CountNeeded) -> Requirement:
    return replace(ASKED, paper=None, count=need, says="{found} so với {limit}.", remedy="Sửa.")


@pytest.mark.parametrize(("call", "rule", "example"), CASES)
def test_a_requirement_says_exactly_what_its_example_expects(
    call: Call, rule: Rule, example: Example
) -> None:
    found = rule.check(example.dossier, call)

    assert tuple(f"{one.label(rule.weigh(call, one))}: {one.says}" for one in found) == (
        example.expect
    )


@pytest.mark.parametrize("call_id", SHIPPED.calls())
def test_a_requirement_shows_what_passes_and_what_does_not_and_when_it_only_asks(
    call_id: str,
) -> None:
    call = load_call(call_id)

    for asked in call.requirements:
        said = [one.expect for one in shown(asked, call)]
        assert {bool(one) for one in said} == {True, False}, asked.id
        asks = any(line.startswith(Outcome.UNKNOWN.label) for one in said for line in one)
        assert asks or asked.severity is not Cost.GAP, asked.id


def test_a_paper_of_the_calls_own_is_missed_and_found() -> None:
    complete = a_complete_dossier()

    missed = findings(complete, ASKED)
    found = findings(replace(complete, other_papers=(a_cv(),)), ASKED)

    assert missed == [("X01", Outcome.FAIL, "Thiếu lý lịch khoa học.")]
    assert found == []


@pytest.mark.parametrize(
    "changes",
    [
        {"unread": (an_unread(),)},
        {"parts_announced": 2},
        {"other_papers": (a_cv(confidence=0.6),)},
    ],
    ids=["unread file", "mail to come", "unsure paper"],
)
def test_nothing_is_called_missing_while_it_may_be_here(changes: dict[str, object]) -> None:
    dossier = replace(a_complete_dossier(), **changes)  # type: ignore[arg-type]  # -- parametrised

    verdict = judge(dossier, a_call(ASKED))

    assert [one.finding.outcome for one in verdict.judged if one.rule == "X01"] == [Outcome.UNKNOWN]
    assert verdict.state is State.OFFICER


def test_a_blank_template_of_the_paper_is_not_the_paper() -> None:
    blank = a_cv(role=Role.BLANK_TEMPLATE)

    [(_, outcome, _)] = findings(replace(a_complete_dossier(), other_papers=(blank,)), ASKED)

    assert outcome is Outcome.FAIL


def test_a_gap_of_the_calls_own_is_a_gap_of_the_dossier_and_can_be_waived() -> None:
    verdict = judge(a_complete_dossier(), a_call(ASKED))

    [gap] = verdict.gaps
    assert (verdict.state, gap.rule, gap.severity) == (State.GAPS, "X01", Severity.GAP)
    assert verdict.without({gap.key}).state is State.COMPLETE


def test_a_requirement_is_read_between_the_papers_and_the_form_of_things() -> None:
    order = [rule.id for rule in rules_of(a_call(ASKED))]

    assert order.index("C28") < order.index("X01") < order.index("F01")


def test_what_another_finding_took_the_ground_from_is_not_said_again() -> None:
    dossier = without(a_complete_dossier(), forms=())

    verdict = judge(dossier, a_call(replace(ASKED, after=("C03",))))

    assert verdict.not_applicable["X01"] == "C03"


def test_a_unit_that_proposes_nothing_is_asked_for_nothing() -> None:
    nil = replace(a_complete_dossier(), tasks=(), nothing_to_propose=True)

    assert findings(nil, ASKED) == []


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        (UnitKind.ENTERPRISE, [Outcome.FAIL]),
        (UnitKind.COMMUNE, []),
        (UnitKind.UNKNOWN, [Outcome.UNKNOWN]),
    ],
)
def test_a_condition_on_the_unit_that_is_not_known_makes_a_question(
    kind: UnitKind, outcomes: list[Outcome]
) -> None:
    asked = replace(ASKED, when=When(units=(UnitKind.ENTERPRISE,)))
    dossier = replace(a_complete_dossier(), unit=Unit(name="X", kind=kind))

    assert [one for _, one, _ in findings(dossier, asked)] == outcomes


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        (TaskKind.TRAINING, [Outcome.FAIL]),
        (TaskKind.APPLY, []),
        (TaskKind.UNKNOWN, [Outcome.UNKNOWN]),
    ],
)
def test_a_condition_on_the_task_that_is_not_known_makes_a_question(
    kind: TaskKind, outcomes: list[Outcome]
) -> None:
    paper = PaperNeeded(role="ly_lich", each=Each.TASK)
    asked = replace(ASKED, paper=paper, when=When(kinds=(TaskKind.TRAINING,)))

    assert [one for _, one, _ in findings(without(a_complete_dossier(), kind=kind), asked)] == (
        outcomes
    )


def test_a_condition_on_the_number_of_tasks() -> None:
    asked = replace(ASKED, when=When(tasks_at_least=2))
    one = a_complete_dossier()
    two = replace(one, tasks=(*one.tasks, replace(one.tasks[0], title="Áp dụng TPM")))

    assert findings(one, asked) == []
    assert len(findings(two, asked)) == 1


def two_tasks(*papers: OtherPaper) -> Dossier:
    one = a_complete_dossier()
    other = Task(title="Áp dụng TPM", forms=(a_form("Áp dụng TPM", "Phieu 2.docx"),))
    return replace(one, tasks=(*one.tasks, other), other_papers=papers)


def test_each_task_has_its_own_paper_named_or_one_for_each() -> None:
    asked = replace(ASKED, paper=PaperNeeded(role="ly_lich", each=Each.TASK), says="{task}: thiếu.")

    named = findings(two_tasks(a_cv(about=("Áp dụng TPM",))), asked)
    unnamed = findings(two_tasks(a_cv(), a_cv(at=Place("Ly lich 2.docx"))), asked)
    one_unnamed = findings(two_tasks(a_cv()), asked)

    title = a_complete_dossier().tasks[0].title
    assert named == [("X01", Outcome.FAIL, f"{title}: thiếu.")]
    assert unnamed == []
    assert [outcome for _, outcome, _ in one_unnamed] == [Outcome.UNKNOWN] * 2


@pytest.mark.parametrize(
    ("need", "said", "outcomes"),
    [
        (FieldNeeded(key="muc_tieu"), "Giảm 20%", []),
        (FieldNeeded(key="muc_tieu"), "", [Outcome.FAIL]),
        (FieldNeeded(key="muc_tieu", matches=r"\d+%"), "Giảm nhiều", [Outcome.FAIL]),
        (FieldNeeded(key="muc_tieu", matches="giam"), "Giảm nhiều", []),
        (FieldNeeded(key="muc_tieu", at_most=Decimal(10)), "Giảm 20", [Outcome.FAIL]),
        (FieldNeeded(key="muc_tieu", at_least=Decimal(10)), "Giảm 1.500,5", []),
        (FieldNeeded(key="muc_tieu", at_least=Decimal(10)), "Giảm từ 5 đến 9", [Outcome.UNKNOWN]),
        (FieldNeeded(key="muc_tieu", one_of=("giảm", "tăng")), "GIẢM", []),
        (FieldNeeded(key="muc_tieu", one_of=("giảm", "tăng")), "giữ", [Outcome.FAIL]),
        (FieldNeeded(key="muc_tieu", one_of=("giảm", "tăng")), "tăng mạnh", [Outcome.UNKNOWN]),
        (FieldNeeded(key="muc_tieu", form="A2"), "", []),
    ],
)
def test_a_field_is_filled_and_says_what_is_asked(
    need: FieldNeeded, said: str, outcomes: list[Outcome]
) -> None:
    dossier = without(a_complete_dossier(), forms=(a_form(muc_tieu=said),))

    assert [outcome for _, outcome, _ in findings(dossier, field(need))] == outcomes


def test_a_field_that_is_not_on_a_form_read_whole_is_not_filled() -> None:
    form = a_form()
    fields = {key: one for key, one in form.fields.items() if key != "muc_tieu"}
    few = {key: fields[key] for key in ("ten", "can_cu")}
    asked = field(FieldNeeded(key="muc_tieu"))

    whole = findings(without(a_complete_dossier(), forms=(replace(form, fields=fields),)), asked)
    in_part = findings(without(a_complete_dossier(), forms=(replace(form, fields=few),)), asked)

    assert [outcome for _, outcome, _ in whole] == [Outcome.FAIL]
    assert [outcome for _, outcome, _ in in_part] == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (NumberLimit(of=Measure.MONTHS, at_most=Decimal(24)), ""),
        (NumberLimit(of=Measure.MONTHS, at_most=Decimal(12)), "24 so với 12."),
        (NumberLimit(of=Measure.MONTHS, at_least=Decimal(36)), "24 so với 36."),
        (NumberLimit(of=Measure.START_YEAR, at_least=Decimal(2026)), "2025 so với 2026."),
        (NumberLimit(of=Measure.BUDGET, at_most=Decimal(1000)), "1.500 so với 1.000."),
        (NumberLimit(of=Measure.OTHER_BUDGET, at_least=Decimal(600)), "500 so với 600."),
        (NumberLimit(of=Measure.STATE_SHARE, at_most=Decimal(60)), "66,7 so với 60."),
        (NumberLimit(of=Measure.PAGES, at_most=Decimal(4)), ""),
    ],
)
def test_a_number_keeps_its_bounds(need: NumberLimit, said: str) -> None:
    found = findings(a_complete_dossier(), limit(need))

    assert [says for _, _, says in found] == ([said] if said else [])


def test_a_number_that_stands_there_and_cannot_be_read_is_a_question() -> None:
    form = replace(a_form(kinh_phi="theo dự toán"), budget=None)
    need = limit(NumberLimit(of=Measure.BUDGET, at_most=Decimal(1000)))

    [(_, outcome, says)] = findings(without(a_complete_dossier(), forms=(form,)), need)

    assert outcome is Outcome.UNKNOWN
    assert says.startswith("Chưa đọc được tổng kinh phí")


def test_a_number_the_form_leaves_blank_is_for_the_rule_on_that_field() -> None:
    form = replace(a_form(kinh_phi=""), budget=None)
    dossier = without(a_complete_dossier(), forms=(form,), row=None)

    assert findings(dossier, limit(NumberLimit(of=Measure.BUDGET, at_most=Decimal(1)))) == []


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (CountNeeded(of="tasks", at_most=1), ""),
        (CountNeeded(of="tasks", at_least=2), "1 so với 2."),
        (CountNeeded(of="rows", at_least=2), "1 so với 2."),
        (CountNeeded(of="letters", at_least=2), "1 so với 2."),
        (CountNeeded(of="enterprises", each=Each.TASK, at_least=1), ""),
        (CountNeeded(of="enterprises", each=Each.TASK, at_least=2), "1 so với 2."),
        (CountNeeded(of="ly_lich", at_least=1), "0 so với 1."),
        (CountNeeded(of="cover_letter", at_most=1), ""),
    ],
)
def test_things_are_counted(need: CountNeeded, said: str) -> None:
    found = findings(a_complete_dossier(), count(need))

    assert [says for _, _, says in found] == ([said] if said else [])


def test_schools_are_counted_where_the_form_tells_them() -> None:
    asked = count(CountNeeded(of="schools", each=Each.TASK, at_least=3))
    two = without(a_complete_dossier(), forms=(replace(a_form(), schools=2),))

    assert findings(two, asked) == [("X01", Outcome.FAIL, "2 so với 3.")]
    assert [one for _, one, _ in findings(a_complete_dossier(), asked)] == [Outcome.UNKNOWN]


def test_too_few_of_something_is_a_question_while_a_file_is_unread() -> None:
    dossier = replace(a_complete_dossier(), unread=(an_unread(),))

    [(_, outcome, _)] = findings(dossier, count(CountNeeded(of="letters", at_least=2)))

    assert outcome is Outcome.UNKNOWN


def test_a_row_without_form_is_measured_by_its_row() -> None:
    row = a_row()
    dossier = without(a_complete_dossier(), forms=(), row=row)

    found = findings(dossier, limit(NumberLimit(of=Measure.MONTHS, at_most=Decimal(12))))

    assert [says for _, _, says in found] == ["24 so với 12."]


def test_a_strangers_braces_are_only_words() -> None:
    value = {"muc_tieu": FormField(key="muc_tieu", at=Place("p"), value="{unit} 0")}
    form = replace(a_form(), fields={**a_form().fields, **value})
    asked = field(FieldNeeded(key="muc_tieu", matches=r"[1-9]"))

    [(_, _, says)] = findings(without(a_complete_dossier(), forms=(form,)), asked)

    assert says == "Mục Mục tiêu ghi “{unit} 0”."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Decimal(1500), "1.500"),
        (Decimal("62.5"), "62,5"),
        (Decimal(2026), "2026"),
        (Decimal(7), "7"),
    ],
)
def test_numbers_are_written_as_a_letter_writes_them(number: Decimal, said: str) -> None:
    assert amount(number) == said


def test_rules_are_worked_out_once_a_call() -> None:
    call = a_call(ASKED)

    assert rules_of(call) is rules_of(call)
    assert rules_of(replace(call, requirements=())) is not rules_of(call)


def test_the_newest_deadline_decides_and_is_cited() -> None:
    call = load_call("tuyen-quang-2026")
    between = datetime.fromisoformat("2026-07-10T08:00:00+07:00")
    [late] = [rule for rule in rules_of(call) if rule.id == "D01"]

    assert [one.in_words for one in call.deadlines][-1] == call.closes_in_words
    assert call.deadlines[0].closes_at < between < call.closes_at
    assert [cite.source for cite in late.cites] == ["gia-han-tuyen-quang-2026"]
    assert not judge(replace(a_complete_dossier(), received_at=between), call).late
