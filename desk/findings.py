"""Findings as an officer reads them: what weighs most first, each with its clause."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ledger.models import Finding
from rules import catalogue
from rules.rule import Citation, Outcome, Rule, Severity


class Group(StrEnum):
    """Where on the page a finding stands."""

    QUESTION = "question"  # keeps the dossier with a person
    GAP = "gap"  # the unit must supply it
    REMARK = "remark"  # worth knowing
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One finding with what the catalogue says of its rule."""

    finding: Finding
    group: Group
    title: str = ""
    why: str = ""
    cites: tuple[Citation, ...] = ()


def sorted_for_reading(findings: Iterable[Finding]) -> tuple[Shown, ...]:
    """Every finding of a verdict, in the order the rules spoke."""
    known = {rule.id: rule for rule in catalogue()}
    return tuple(_shown(finding, known.get(finding.rule)) for finding in findings)


def _shown(finding: Finding, rule: Rule | None) -> Shown:
    """A rule that was retired since still shows its words of that day."""
    if rule is None:
        return Shown(finding=finding, group=_group(finding))
    return Shown(
        finding=finding,
        group=_group(finding),
        title=rule.title,
        why=rule.why,
        cites=rule.cites,
    )


def _group(finding: Finding) -> Group:
    if finding.waived:
        return Group.WAIVED
    if finding.needs_officer:
        return Group.QUESTION
    if finding.severity == Severity.GAP and finding.outcome == Outcome.FAIL:
        return Group.GAP
    return Group.REMARK
