"""Stored verdicts against what would be said today: rules, call or readers may have changed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dossier import Dossier as Assembled
from dossier import Reading
from ledger import acts, filing, intake, values, verdicts
from ledger.models import Dossier, Incoming
from ledger.store import DamagedError
from rules import Judged, Verdict
from service import judging, stages
from service.versions import readers_version
from service.wiring import Wired

WAITS = "Kiểm tra lại theo quy tắc, đợt đề xuất hoặc bộ đọc đã đổi; cán bộ xem trước khi gửi."
"""Why no letter that comes of rejudging leaves by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One finding, as far as a person compares it."""

    rule: str
    label: str
    """“phải bổ sung”, “không xác định” …"""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A dossier of which we would say, or hand on, something else today."""

    dossier: int
    code: str
    before: str
    after: str
    gone: tuple[Said, ...] = ()
    new: tuple[Said, ...] = ()
    reads_otherwise: bool = False
    """Its papers are understood otherwise, whether or not that changes what is said."""
    unreadable: tuple[str, ...] = ()
    """Mails whose stored bytes could not be read again; their old reading counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule over all differences."""

    rule: str
    gone: int
    """Dossiers in which it no longer says what it said."""
    new: int
    """Dossiers in which it says something it did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """A dossier's evidence by today's readers."""

    evidence: judging.Evidence
    fresh: Mapping[int, Reading] = field(default_factory=dict[int, Reading])
    """Mails that were read again, by id."""
    unreadable: tuple[str, ...] = ()


def judged_before(office: Wired, calls: Collection[str] = ()) -> tuple[Dossier, ...]:
    """The dossiers that can be compared, of these calls or of all open ones."""
    chosen = [one for one in office.calls if not calls or one in calls]
    rows = Dossier.objects.exclude(version=0).filter(call_id__in=chosen, moved_into=None)
    return tuple(rows.order_by("call_id", "number"))


def differences(
    office: Wired, dossiers: Iterable[Dossier], *, for_good: bool = False, who: str = ""
) -> Iterator[Difference]:
    """Judge each again, from its stored bytes where the readers changed.

    Nothing is written, unless `for_good`: then new readings are kept and every dossier that
    differs is due to be judged, its letter to be released by an officer.
    """
    for dossier in dossiers:
        again = _again(dossier, office, keep_files=for_good)
        found = _compared(dossier, again, office)
        if for_good:
            _keep(again)
        if found is None:
            continue
        if for_good:
            now = office.clock.now()
            acts.judge_now(dossier.pk, who, now, letter_waits_because=WAITS)
        yield found


def by_rule(found: Iterable[Difference]) -> tuple[RuleChange, ...]:
    """How many dossiers each rule speaks of otherwise, the most first."""
    gone: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for one in found:
        gone.update({said.rule for said in one.gone})
        new.update({said.rule for said in one.new})
    changes = (
        RuleChange(rule=rule, gone=gone[rule], new=new[rule]) for rule in gone.keys() | new.keys()
    )
    return tuple(sorted(changes, key=lambda one: (-one.gone - one.new, one.rule)))


def _again(dossier: Dossier, office: Wired, *, keep_files: bool) -> _Again:
    """Read again what other readers read; what cannot be read again counts as it was."""
    today = readers_version()
    evidence = stages.evidence_of(dossier)
    fresh: dict[int, Reading] = {}
    unreadable: list[str] = []
    for mail in filing.counting(dossier):
        if mail.read_with == today:
            continue
        try:
            fresh[mail.pk] = stages.read_anew(mail, office, keep_files=keep_files)
        except (DamagedError, OSError, ValueError) as error:
            unreadable.append(f"{mail}: {error}")
    readings = tuple(
        fresh.get(mail, reading)
        for mail, reading in zip(evidence.mails, evidence.readings, strict=True)
    )
    return _Again(
        evidence=replace(evidence, readings=readings), fresh=fresh, unreadable=tuple(unreadable)
    )


def _compared(dossier: Dossier, again: _Again, office: Wired) -> Difference | None:
    row = dossier.newest
    if row is None or not again.evidence.readings:
        return None
    before = verdicts.told(row)
    ruling = stages.ruling_on(dossier, office, again.evidence)
    otherwise = values.load(Assembled, row.assembled) != ruling.assembled
    same = judging.says_the_same(before, ruling.told)
    if same and not otherwise and not again.unreadable:
        return None
    return Difference(
        dossier=dossier.pk,
        code=dossier.code,
        before=before.state.value,
        after=ruling.told.state.value,
        gone=_only_in(before, ruling.told),
        new=_only_in(ruling.told, before),
        reads_otherwise=otherwise,
        unreadable=again.unreadable,
    )


def _keep(again: _Again) -> None:
    today = readers_version()
    for mail in Incoming.objects.filter(pk__in=again.fresh):
        intake.record_another_reading(mail, again.fresh[mail.pk], today)


def _only_in(one: Verdict, other: Verdict) -> tuple[Said, ...]:
    """What one says and the other does not, by words and weight."""
    there = {_mark(judged) for judged in other.judged}
    return tuple(
        Said(rule=judged.rule, label=judged.label, says=judged.finding.says)
        for judged in one.judged
        if _mark(judged) not in there
    )


def _mark(judged: Judged) -> tuple[str, str, str]:
    return (judged.key, judged.severity.value, judged.finding.outcome.value)
