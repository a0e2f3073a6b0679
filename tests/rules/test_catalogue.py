"""What holds for every rule, now and later."""

import ast
import inspect
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from config.load import load_call
from rules import Outcome, Rule, Severity, State, catalogue
from rules.catalogue import FAMILIES
from rules.elsewhere import DECIDED_ELSEWHERE
from rules.examples import examples

SOURCES = Path(__file__).parents[2] / "config" / "sources"
REQUIREMENTS = {
    one["id"]: one
    for one in json.loads(Path(__file__).with_name("requirements.json").read_text(encoding="utf-8"))
}
CALL = load_call("1322-2025")
MODULES = Counter(rule.check.__module__ for rule in catalogue())
NO_HANDS = {"open", "print", "input", "exec", "eval"}

every_rule = pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.id)


def words(text: str) -> str:
    return " ".join(text.replace("*", "").split())


@every_rule
def test_nothing_is_asked_of_a_unit_but_what_a_text_asks(rule: Rule) -> None:
    we_only_ask_to_open_a_file = rule.id.startswith("S")

    assert rule.cites or rule.severity is not Severity.GAP or we_only_ask_to_open_a_file


@every_rule
def test_a_rule_quotes_the_text_it_enforces(rule: Rule) -> None:
    for citation in rule.cites:
        source = (SOURCES / f"{citation.source}.txt").read_text(encoding="utf-8")
        assert words(citation.words) in words(source)


@every_rule
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.title
    assert rule.why


@every_rule
def test_a_rule_shows_one_dossier_that_passes_and_one_that_does_not(rule: Rule) -> None:
    assert {bool(example.expect) for example in examples(rule)} == {True, False}


@every_rule
def test_a_gap_that_is_an_absence_shows_when_it_is_only_a_question(rule: Rule) -> None:
    """A file that cannot be opened is not an absence: it lies before us."""
    shown = {said.split(":")[0] for example in examples(rule) for said in example.expect}
    about_a_file = rule.id in {"S03", "S04", "S07"}
    always_asked_of_the_form = rule.id in {"C14", "C15", "C17", "C18", "C19"}  # as C16 shows

    needed = rule.severity is Severity.GAP and not about_a_file and not always_asked_of_the_form
    assert not needed or Outcome.UNKNOWN.label in shown


@every_rule
def test_a_rule_lives_in_the_module_of_its_name(rule: Rule) -> None:
    """Rules that differ only in data share a module; each is then a value of its own name there."""
    module = rule.check.__module__
    name = rule.name.replace("-", "_")

    if MODULES[module] == 1:
        assert module.rpartition(".")[2] == name
    else:
        assert vars(sys.modules[module])[name] is rule


@every_rule
def test_a_rule_id_names_its_family(rule: Rule) -> None:
    folders = dict(
        zip(
            FAMILIES,
            ("intake", "deadline", "completeness", "form", "consistency", "eligibility"),
            strict=True,
        )
    )

    assert re.fullmatch(r"[SDCFNE]\d\d", rule.id)
    assert rule.check.__module__.split(".")[1] == folders[rule.id[0]]


@every_rule
def test_a_rule_weighs_what_the_requirement_weighs(rule: Rule) -> None:
    assert rule.severity == REQUIREMENTS[rule.id]["severity"]


@every_rule
def test_what_is_said_is_a_sentence_and_says_what_to_do(rule: Rule) -> None:
    for example in examples(rule):
        for finding in rule.check(example.dossier, CALL):
            assert re.fullmatch(r"[^\n]+[.”]", finding.says)
            assert re.fullmatch(r"[^\n]+\.", finding.remedy)


@every_rule
def test_a_finding_weighs_no_more_than_a_gap_asks(rule: Rule) -> None:
    """Only the rule itself, or the call, can make something a gap."""
    for example in examples(rule):
        for finding in rule.check(example.dossier, CALL):
            assert finding.weighs is not Severity.GAP


@every_rule
def test_a_rule_has_no_hands(rule: Rule) -> None:
    tree = ast.parse(inspect.getsource(sys.modules[rule.check.__module__]))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert called & NO_HANDS == set()


def test_a_rule_comes_after_the_rules_it_leans_on() -> None:
    order = [rule.id for rule in catalogue()]

    assert [
        (rule.id, earlier)
        for rule in catalogue()
        for earlier in rule.after
        if order.index(earlier) >= order.index(rule.id)
    ] == []


def test_every_requirement_is_a_rule_or_says_who_decides_it() -> None:
    rules = [rule.id for rule in catalogue()]
    elsewhere = [one.id for one in DECIDED_ELSEWHERE]

    assert sorted(rules + elsewhere) == sorted(REQUIREMENTS)


def test_only_a_file_to_send_again_or_nothing_to_propose_settles_a_state_by_itself() -> None:
    concluding = {rule.id: rule.concludes for rule in catalogue() if rule.concludes}

    assert concluding == {
        "S03": State.RESEND,
        "S04": State.RESEND,
        "S06": State.RESEND,
        "S07": State.RESEND,
        "S17": State.NIL_RETURN,
    }


def test_findings_about_eligibility_form_and_time_lie_beside_the_state() -> None:
    beside = {rule.id[0] for rule in catalogue() if not rule.holds and rule.id[0] not in "SC"}
    holding = {rule.id[0] for rule in catalogue() if rule.holds}

    assert beside == set("DFNE")
    assert holding == set("SC")


def test_the_call_that_ships_weighs_only_rules_there_are() -> None:
    assert set(CALL.weights) <= set(REQUIREMENTS)
