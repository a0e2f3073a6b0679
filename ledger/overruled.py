"""How often each rule found something, and how often an officer overruled it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from ledger.models import ConfirmedGap, Finding, Verdict, Waiver
from rules import Outcome, Severity, catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One rule over the newest verdict of every dossier."""

    rule: str
    title: str = ""
    """Empty for a rule that was retired since."""
    fails: int = 0
    """Dossiers it says fail, waived or not; those an officer confirmed are not among them."""
    unknowns: int = 0
    """Dossiers of which it cannot tell, waived or not."""
    errors: int = 0
    asks: int = 0
    """Dossiers in which it asks something of the unit or keeps the dossier with an officer."""
    waived: int = 0
    """Dossiers in which an officer waived what it said."""
    confirmed: int = 0
    """Dossiers in which an officer called its open question a gap."""

    @property
    def found(self) -> int:
        """In how many dossiers it found something."""
        return self.fails + self.unknowns + self.errors + self.confirmed

    @property
    def overruled(self) -> float:
        """The share of these an officer waived, 0 to 1; waivers of old papers may make it 1."""
        return min(self.waived / self.found, 1.0) if self.found else float(bool(self.waived))


def counts(call_id: str = "") -> tuple[Count, ...]:
    """Every rule that found something or was waived, the most often overruled first."""
    newest = Verdict.objects.filter(version=F("dossier__version"), dossier__moved_into=None)
    waivers = Waiver.objects.filter(withdrawn_at=None)
    confirmed = ConfirmedGap.objects.filter(withdrawn_at=None)
    if call_id:
        newest = newest.filter(dossier__call_id=call_id)
        waivers = waivers.filter(dossier__call_id=call_id)
        confirmed = confirmed.filter(dossier__call_id=call_id)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    findings = Finding.objects.filter(verdict__in=newest, confirmed=False)
    seen = findings.values_list("rule", "outcome", "verdict__dossier_id").order_by().distinct()
    for rule, outcome, _dossier in seen:
        found[rule][outcome] += 1
    for what, said in (("waived", waivers), ("confirmed", confirmed)):
        pairs = said.values_list("rule", "dossier_id").order_by().distinct()
        for rule, _dossier in pairs:
            found[rule][what] += 1
    titles = {rule.id: rule.title for rule in catalogue()}
    weighty = findings.filter(Q(severity=Severity.GAP.value) | Q(needs_officer=True))
    for rule, _dossier in weighty.values_list("rule", "verdict__dossier_id").order_by().distinct():
        found[rule]["asks"] += 1
    rows = [_count(rule, titles.get(rule, ""), of) for rule, of in found.items()]
    return tuple(sorted(rows, key=_most_overruled_first))


def _most_overruled_first(one: Count) -> tuple[float, float, int, int, str]:
    return (-one.waived, -one.overruled, -one.asks, -one.found, one.rule)


def _count(rule: str, title: str, of: Counter[str]) -> Count:
    return Count(
        rule=rule,
        title=title,
        fails=of[Outcome.FAIL.value],
        unknowns=of[Outcome.UNKNOWN.value],
        errors=of[Outcome.ERROR.value],
        asks=of["asks"],
        waived=of["waived"],
        confirmed=of["confirmed"],
    )
