"""A rule judges a call only on the ground of that call's own law."""

from dataclasses import replace

import pytest

from config.library import SHIPPED
from config.load import load_call
from dossier import RuleHere
from rules import catalogue, judge, rules_of
from rules.in_force import not_in_force
from tests.builders import a_complete_dossier

FIRST = load_call("1322-2025")
OTHERS = [call_id for call_id in SHIPPED.calls() if call_id != "1322-2025"]


def test_the_first_call_is_judged_by_the_whole_catalogue_as_it_stands() -> None:
    assert rules_of(FIRST) == catalogue()
    assert not_in_force(FIRST) == ()


@pytest.mark.parametrize("call_id", OTHERS)
def test_no_rule_cites_a_text_that_is_not_law_for_the_call(call_id: str) -> None:
    call = load_call(call_id)

    cited = {cite.source for rule in rules_of(call) for cite in rule.cites}

    assert cited <= call.sources.keys()
    assert cited & FIRST.sources.keys() == set()


@pytest.mark.parametrize("call_id", OTHERS)
def test_only_what_needs_no_text_is_asked_without_one(call_id: str) -> None:
    in_force = rules_of(load_call(call_id))
    cited_by_itself = {rule.id for rule in catalogue() if rule.cites}

    without = [rule.id for rule in in_force if not rule.cites and rule.id in cited_by_itself]

    assert {rule_id[0] for rule_id in without} <= {"S"}


def test_a_rule_is_left_out_where_the_call_says_so() -> None:
    call = replace(FIRST, rules={"C01": RuleHere(left_out=True)})

    assert [rule.id for rule in not_in_force(call)] == ["C01"]
    assert judge(replace(a_complete_dossier(), cover_letters=()), call).gaps == ()


def test_a_call_grounds_and_words_a_rule_its_own_way() -> None:
    call = load_call("tuyen-quang-2026")

    [rule] = [one for one in rules_of(call) if one.id == "E06"]

    assert rule.title == "Thời gian thực hiện không quá 24 tháng"
    assert [cite.words for cite in rule.cites] == ["thời gian thực hiện không quá 24 tháng"]
