"""The one loop that runs the rules."""

from dossier import Call, Dossier
from rules.in_force import rules_of
from rules.rule import Finding, Outcome, Rule
from rules.verdict import Judged, Verdict
from rules.version import version


def judge(dossier: Dossier, call: Call, rules: tuple[Rule, ...] | None = None) -> Verdict:
    """Run every rule over the dossier, leaving out those whose ground an earlier finding took."""
    judged: list[Judged] = []
    passed: list[str] = []
    not_applicable: dict[str, str] = {}
    gone: set[str] = set()
    for rule in rules_of(call) if rules is None else rules:
        if blocker := next((ground for ground in rule.after if ground in gone), None):
            not_applicable[rule.id] = blocker
            gone.add(rule.id)
            continue
        found = _run(rule, dossier, call)
        judged += (_stamped(rule, finding, call) for finding in found)
        if not found:
            passed.append(rule.id)
        if any(_takes_the_ground(rule, finding) for finding in found):
            gone.add(rule.id)
    return Verdict(
        judged=tuple(judged),
        passed=tuple(passed),
        not_applicable=not_applicable,
        call=call.id,
        rules=version(),
    )


def _run(rule: Rule, dossier: Dossier, call: Call) -> tuple[Finding, ...]:
    try:
        return tuple(rule.check(dossier, call))
    except Exception as error:  # noqa: BLE001 -- a broken rule must reach a person, never pass
        says = f"Quy tắc {rule.id} không chạy được ({type(error).__name__}: {error})."
        remedy = "Cán bộ xem hồ sơ và báo người quản trị."
        return (Finding(outcome=Outcome.ERROR, says=says, remedy=remedy),)


def _stamped(rule: Rule, finding: Finding, call: Call) -> Judged:
    """A rule that the call weighs less, or a finding that does, settles nothing by itself."""
    severity = rule.weigh(call, finding)
    at_its_own_weight = not severity.is_lighter_than(rule.severity)
    return Judged(
        rule=rule.id,
        severity=severity,
        finding=finding,
        concludes=rule.concludes if at_its_own_weight else None,
        holds=rule.holds,
    )


def _takes_the_ground(rule: Rule, finding: Finding) -> bool:
    """A passing remark (a blank form too many) leaves the rules that lean on this one standing."""
    return finding.weighs is None or not finding.weighs.is_lighter_than(rule.severity)
