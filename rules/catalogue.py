"""Find every rule once, in the order a unit reads what they found."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import rules
from rules.rule import Rule

FAMILIES = "SDCFNE"
"""Intake, deadline, completeness, form, consistency, eligibility: the order in which a unit reads
what was found. A rule may lean only on rules that come before it."""
_READ = FAMILIES.replace("C", "CX")
"""What a call asks beyond the catalogue is read with the other papers and fields."""


class DuplicateRuleError(Exception):
    """Two modules claim one rule id."""


@cache
def catalogue() -> tuple[Rule, ...]:
    """Import every module under this package and collect the rules they define.

    Raises `DuplicateRuleError` when an id is claimed twice.
    """
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(rules.__path__, prefix="rules."):
        for rule in _rules_in(importlib.import_module(module.name)):
            if found.setdefault(rule.id, rule) is not rule:
                raise DuplicateRuleError(rule.id)
    return tuple(sorted(found.values(), key=reading_order))


def reading_order(rule: Rule) -> tuple[int, str]:
    """Sort rules, a call's own among them, as a unit reads what they found."""
    return _READ.index(rule.id[0]), rule.id


def _rules_in(module: ModuleType) -> Iterator[Rule]:
    """Rules that stand alone, and those that one function makes of several sets of data."""
    for member in vars(module).values():
        for one in member if isinstance(member, tuple) else (member,):
            if isinstance(one, Rule):
                yield one
