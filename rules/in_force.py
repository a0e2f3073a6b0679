"""Which rules judge a call: those of the catalogue that rest on its law, and its own."""

from dataclasses import replace
from functools import lru_cache

from dossier import Call, Citation
from rules.catalogue import catalogue, reading_order
from rules.requirement import rule_of
from rules.rule import Rule

DEADLINE = frozenset({"D01", "D02"})
"""Rules that rest on the letter that set the deadline in force."""
_NEEDS_NO_TEXT = "S"
"""Asking to open a file needs no law."""


@lru_cache(maxsize=64)
def rules_of(call: Call) -> tuple[Rule, ...]:
    """Every rule in force for a call, in the order a unit reads what they found.

    A rule of the catalogue keeps, of the texts it cites, those that are law for the call, unless
    the call cites its own; one that rests on other texts alone is not in force.
    """
    own = (rule_of(asked, call) for asked in call.requirements)
    kept = (here for rule in catalogue() if (here := _here(rule, call)))
    return tuple(sorted((*kept, *own), key=reading_order))


def not_in_force(call: Call) -> tuple[Rule, ...]:
    """Rules of the catalogue that do not judge this call."""
    return tuple(rule for rule in catalogue() if _here(rule, call) is None)


def _here(rule: Rule, call: Call) -> Rule | None:
    said = call.rules.get(rule.id)
    cites = _cites(rule, call)
    if (said and said.left_out) or (rule.cites and not cites and rule.id[0] not in _NEEDS_NO_TEXT):
        return None
    title = (said.title if said else "") or rule.title
    why = (said.why if said else "") or rule.why
    if (cites, title, why) == (rule.cites, rule.title, rule.why):
        return rule
    return replace(rule, cites=cites, title=title, why=why)


def _cites(rule: Rule, call: Call) -> tuple[Citation, ...]:
    said = call.rules.get(rule.id)
    moved = call.deadlines[-1].cites if call.deadlines and rule.id in DEADLINE else ()
    own = (said.cites if said else ()) or moved
    return own or tuple(cite for cite in rule.cites if cite.source in call.sources)
