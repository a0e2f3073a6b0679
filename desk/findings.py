"""Findings as an officer reads them: what weighs most first, each with its clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from config.office_calls import office_call
from dossier import Call
from ledger.models import Finding, IncomingFile
from outbox.grounds import Ground, clauses
from rules import rules_of
from rules.rule import Outcome, Rule, Severity

LABELS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.GAP: "phải bổ sung",
        Severity.OFFICER: "cán bộ quyết định",
        Severity.WARNING: "nên sửa",
        Severity.INFO: "lưu ý",
    }
)


class Group(StrEnum):
    """Where on the page a finding stands."""

    QUESTION = "question"  # keeps the dossier with a person
    GAP = "gap"  # the unit must supply it
    REMARK = "remark"  # worth knowing
    TO_WEIGH = "to_weigh"  # a judgement no machine makes, with the words that speak to it
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One finding with what the catalogue says of its rule."""

    finding: Finding
    group: Group
    title: str = ""
    why: str = ""
    """How the rule is meant, in the words that are published."""
    cites: tuple[Ground, ...] = ()
    paper: IncomingFile | None = None
    """The file it is about, when its pages can be looked at."""

    @property
    def is_open(self) -> bool:
        """Tell whether it names a lack that nobody is sure of yet."""
        return is_open(self.finding)

    @property
    def label(self) -> str:
        """How much it weighs, or that the machine cannot tell, or that it is our own fault."""
        if self.finding.outcome == Outcome.FAIL:
            return LABELS.get(Severity(self.finding.severity), "")
        return Outcome(self.finding.outcome).label.lower()


@lru_cache(maxsize=32)
def call_of(call_id: str) -> Call:
    """The call a dossier answers, as its file said when it was first asked for."""
    return office_call(call_id)


def passed(verdict: Mapping[str, Any], call: Call) -> tuple[Rule, ...]:
    """The rules a stored verdict passed, as far as they are still in force."""
    ids = frozenset(verdict.get("passed", ()))
    return tuple(rule for rule in rules_of(call) if rule.id in ids)


def sorted_for_reading(
    findings: Iterable[Finding],
    call: Call,
    papers: Mapping[int, IncomingFile] = MappingProxyType({}),
) -> tuple[Shown, ...]:
    """Every finding of a verdict, in the order the rules spoke, with the paper it is about."""
    known = {rule.id: rule for rule in rules_of(call)}
    return tuple(
        _shown(finding, call, known.get(finding.rule), papers.get(finding.pk))
        for finding in findings
    )


def is_open(finding: Finding) -> bool:
    """Tell whether a finding names a lack that the machine is not sure of."""
    return finding.severity == Severity.GAP and finding.outcome == Outcome.UNKNOWN


def _shown(finding: Finding, call: Call, rule: Rule | None, paper: IncomingFile | None) -> Shown:
    """A rule that was retired since still shows its words of that day."""
    if rule is None:
        return Shown(finding=finding, group=_group(finding), paper=paper)
    return Shown(
        finding=finding,
        group=_group(finding),
        title=rule.title,
        why=rule.why,
        cites=clauses(rule.cites, call),
        paper=paper,
    )


def _group(finding: Finding) -> Group:
    if finding.waived:
        return Group.WAIVED
    if finding.needs_officer:
        return Group.QUESTION
    if finding.severity == Severity.GAP and finding.outcome == Outcome.FAIL:
        return Group.GAP
    if finding.severity == Severity.OFFICER and finding.outcome == Outcome.UNKNOWN:
        return Group.TO_WEIGH
    return Group.REMARK
