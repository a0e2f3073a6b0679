"""What lies before the officer never changes what is answered, and stays readable."""

from collections import Counter
from dataclasses import replace

import pytest

from config.load import load_call
from dossier import Call, Dossier
from rules import Outcome, Severity, judge, rules_of
from rules.examples import examples
from tests.benchmarks.judging import a_full_dossier
from tests.builders import a_complete_dossier, a_nil_return, an_unread, without

CALL = load_call("1322-2025")
RULES = rules_of(CALL)
BESIDE = frozenset(
    rule.id
    for rule in RULES
    if not rule.holds and rule.severity in {Severity.OFFICER, Severity.INFO} and rule.id[0] in "FNE"
)
DOSSIERS = [
    pytest.param(example.dossier, id=f"{rule.id}: {example.name}")
    for rule in RULES
    for example in examples(rule)
]
MOST_A_TASK = 8
MOST_A_DOSSIER = 6
LONGEST = 420
"""About four lines of a letter."""


@pytest.mark.parametrize("dossier", DOSSIERS)
def test_the_state_is_the_same_without_them(dossier: Dossier) -> None:
    others = tuple(rule for rule in RULES if rule.id not in BESIDE)

    assert judge(dossier, CALL).state is judge(dossier, CALL, others).state


def test_the_state_is_the_same_over_whole_dossiers() -> None:
    complete = a_complete_dossier()
    several = [
        complete,
        a_nil_return(),
        without(complete, letters=()),
        without(complete, forms=()),
        replace(complete, unread=(an_unread(),)),
        a_full_dossier(5),
    ]
    others = tuple(rule for rule in RULES if rule.id not in BESIDE)

    with_them = [judge(one, CALL).state for one in several]

    assert with_them == [judge(one, CALL, others).state for one in several]


def test_an_officer_reads_a_few_sentences_a_task() -> None:
    tasks = 5
    told = [one for one in judge(a_full_dossier(tasks), CALL).judged if one.rule in BESIDE]
    a_rule = Counter(one.rule for one in told)

    assert len(told) <= MOST_A_TASK * tasks + MOST_A_DOSSIER
    assert set(a_rule.values()) <= {1, tasks}
    assert max(len(one.finding.says) for one in told) <= LONGEST


def test_a_judgement_is_asked_for_never_made() -> None:
    """E03, E04 … find nothing wrong: they say that the machine cannot tell, and quote."""
    asked = {"E03", "E04", "E08", "E09", "E15", "E16", "E17"}

    told = [one for one in judge(a_complete_dossier(), CALL).judged if one.rule in asked]

    assert {one.rule for one in told} == asked
    assert {one.finding.outcome for one in told} == {Outcome.UNKNOWN}
    assert [one.rule for one in told if not one.finding.at] == []
    assert [one.rule for one in told if one.needs_officer] == []


def test_a_nil_return_is_asked_nothing() -> None:
    found = judge(a_nil_return(), CALL)

    assert [one.rule for one in found.judged if one.rule in BESIDE] == []


def test_a_call_without_priorities_tags_none() -> None:
    none: Call = replace(CALL, priorities=())

    told = judge(a_complete_dossier(), none).judged

    assert [one.rule for one in told if one.rule == "E14"] == []
