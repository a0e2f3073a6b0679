"""Every example beside every rule comes out as written."""

import pytest

from config.load import load_call
from rules import Rule, catalogue
from rules.examples import Example, examples

CALL = load_call("1322-2025")
CASES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.name}")
    for rule in catalogue()
    for example in examples(rule)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_rule_says_exactly_what_its_example_expects(rule: Rule, example: Example) -> None:
    found = rule.check(example.dossier, CALL)

    said = tuple(f"{one.label(rule.weigh(CALL, one))}: {one.says}" for one in found)
    assert said == example.expect
