"""Judgement: rules that read a dossier and yield findings. Pure: no file, no clock, no network."""

from rules.catalogue import catalogue
from rules.in_force import rules_of
from rules.judge import judge
from rules.rule import Citation, Finding, Outcome, Rule, Severity, State
from rules.verdict import Judged, Verdict
from rules.version import version

__all__ = [
    "Citation",
    "Finding",
    "Judged",
    "Outcome",
    "Rule",
    "Severity",
    "State",
    "Verdict",
    "catalogue",
    "judge",
    "rules_of",
    "version",
]
