"""Commit B: a verdict and its letter, or the reason why there is none, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from dossier import Dossier as Assembled
from dossier import ReplyKind
from ledger import values, work
from ledger.models import (
    Dossier,
    Finding,
    LetterState,
    Outgoing,
    Stage,
    Verdict,
)
from ledger.watch import JUDGING, Watch
from rules.rule import Outcome
from rules.verdict import Judged as JudgedFinding
from rules.verdict import Verdict as Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What a verdict was made with: with these and the stored bytes it can be made again."""

    rules: str
    call: str
    readers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A judgement as it will stand in the ledger."""

    assembled: Assembled
    verdict: Judged
    """With every finding, waived or not."""
    waived: frozenset[str]
    """Keys of the findings an officer waived."""
    confirmed: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Keys of the open questions an officer called gaps: what the unit reads, and the remedy."""
    mails: tuple[int, ...]
    versions: Versions

    @property
    def told(self) -> Judged:
        """The verdict that counts: what officers waived is not in it, what they confirmed is."""
        return _counted(self.verdict, self.waived, self.confirmed)


def told(row: Verdict) -> Judged:
    """A stored verdict as it counted, with what officers had waived and confirmed by then."""
    stored = values.load(Judged, row.verdict)
    confirmed = {key: (says, remedy) for key, (says, remedy) in row.confirmed.items()}
    return _counted(stored, frozenset(row.waivers), confirmed)


def _counted(
    verdict: Judged, waived: frozenset[str], confirmed: Mapping[str, tuple[str, str]]
) -> Judged:
    left = verdict.without(waived)
    return replace(left, judged=tuple(_as_confirmed(one, confirmed) for one in left.judged))


def _as_confirmed(one: JudgedFinding, confirmed: Mapping[str, tuple[str, str]]) -> JudgedFinding:
    """An open question that an officer called a gap is one, in the officer's words."""
    words = confirmed.get(one.key)
    if words is None or one.finding.outcome is not Outcome.UNKNOWN:
        return one
    says, remedy = words
    finding = replace(one.finding, outcome=Outcome.FAIL, says=says, remedy=remedy)
    return replace(one, finding=finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter whose bytes, already stored, are final."""

    kind: ReplyKind
    to: str
    to_name: str
    subject: str
    text: str
    html: str
    message_id: str
    digest: str
    held_because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoLetter:
    """Why a verdict goes without a letter; Vietnamese."""

    because: str
    older_stands: bool = False
    """The letter of an earlier verdict says the same and may still go."""


Caps: TypeAlias = Callable[[str, int], tuple[str, ...]]
"""For an address and a dossier: why a letter may not go by itself now."""


def record(  # noqa: PLR0913 -- commit B is these facts together
    claimed: work.Claim,
    version: int,
    ruling: Ruling,
    letter: Draft | NoLetter,
    *,
    caps: Caps,
    watch: Watch | None = None,
    now: datetime,
) -> None:
    """Commit B.

    Raises `work.LostClaimError` when a new mail or another judge came first; nothing stands then.
    """
    verdict = ruling.told
    with work.finishing(claimed):
        fresh = Dossier.objects.filter(pk=claimed.row, version=version - 1, claim=claimed.token)
        if not fresh.update(
            version=version,
            state=verdict.state.value,
            late=verdict.late,
            unit_name=ruling.assembled.unit.name[:500],
            unit_kind=ruling.assembled.unit.kind.value,
            register_id=ruling.assembled.unit.register_id[:30],
            letter_waits_because="",
            quiet_until=None,
        ):
            raise work.LostClaimError
        row = Verdict.objects.create(
            dossier_id=claimed.row,
            version=version,
            state=verdict.state.value,
            verdict=values.dump(ruling.verdict),
            assembled=values.dump(ruling.assembled),
            mails=list(ruling.mails),
            waivers=sorted(ruling.waived),
            confirmed={key: list(words) for key, words in ruling.confirmed.items()},
            no_letter_because=letter.because if isinstance(letter, NoLetter) else "",
            rules_version=ruling.versions.rules,
            call_version=ruling.versions.call,
            readers_version=ruling.versions.readers,
            made_at=now,
        )
        Finding.objects.bulk_create(_findings(row, ruling))
        if not (isinstance(letter, NoLetter) and letter.older_stands):
            _withdraw_older(row)
        suddenly = watch(row) if watch else ()
        if isinstance(letter, Draft):
            _write(row, letter, caps, suddenly, now)
        work.hand_on(claimed, None)


def last_told(dossier: Dossier) -> Verdict | None:
    """The newest verdict whose letter went out or may still go; None when nothing was told."""
    return next(iter(lately_told(dossier, 1)), None)


def lately_told(dossier: Dossier, most: int) -> tuple[Verdict, ...]:
    """The newest verdicts whose letters went out or may still go, newest first."""
    told = [LetterState.READY, LetterState.SENDING, LetterState.SENT, LetterState.IN_DOUBT]
    return tuple(dossier.verdicts.filter(letters__state__in=told).order_by("-version")[:most])


def last_answered(dossier: Dossier) -> Verdict | None:
    """The newest verdict that has a letter, whatever became of it."""
    return dossier.verdicts.filter(letters__isnull=False).order_by("-version").first()


def waived_in(dossier: Dossier) -> frozenset[str]:
    """Keys of the findings of a dossier that an officer waived."""
    return frozenset(dossier.waivers.filter(withdrawn_at=None).values_list("key", flat=True))


def _withdraw_older(newest: Verdict) -> None:
    """A held letter of an older verdict is out of date; nobody may release it by mistake."""
    Outgoing.objects.filter(dossier_id=newest.dossier_id, state=LetterState.HELD).update(
        state=LetterState.DROPPED, answer="Có kết luận mới hơn thay cho thư này."
    )


def _write(
    verdict: Verdict, letter: Draft, caps: Caps, suddenly: tuple[str, ...], now: datetime
) -> None:
    paused = suddenly if letter.kind.value in JUDGING else ()
    held = (*letter.held_because, *paused, *caps(letter.to, verdict.dossier_id))
    enter(letter, held, now, dossier=verdict.dossier, verdict=verdict)


def enter(letter: Draft, held: tuple[str, ...], now: datetime, **about: object) -> Outgoing:
    """Give a letter its row, due unless something holds it; `about` says what it belongs to."""
    return Outgoing.objects.create(
        kind=letter.kind.value,
        to=letter.to,
        to_name=letter.to_name[:500],
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=letter.message_id,
        digest=letter.digest,
        state=LetterState.HELD if held else LetterState.READY,
        held_because=list(held),
        made_at=now,
        stage="" if held else Stage.SEND,
        due_at=None if held else now,
        **about,
    )


def _findings(row: Verdict, ruling: Ruling) -> list[Finding]:
    """One row each, known by the words of the rule even where an officer's words count."""
    counted = [(one, _as_confirmed(one, ruling.confirmed)) for one in ruling.verdict.judged]
    return [
        Finding(
            verdict=row,
            position=position,
            rule=judged.rule,
            outcome=judged.finding.outcome.value,
            severity=judged.severity.value,
            says=judged.finding.says,
            remedy=judged.finding.remedy,
            file=judged.finding.at.file if judged.finding.at else "",
            spot=judged.finding.at.spot if judged.finding.at else "",
            words=judged.finding.at.words if judged.finding.at else "",
            key=found.key,
            needs_officer=judged.needs_officer,
            waived=found.key in ruling.waived,
            confirmed=judged is not found,
        )
        for position, (found, judged) in enumerate(counted)
    ]
