"""From a dossier's readings to a verdict and the letter that tells it. Decides; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dossier import Call, Mode, Reading, Reply, ReplyKind
from ingest.assemble import assemble
from ledger.verdicts import Ruling
from outbox.compose import Previous, compose
from outbox.grounds import grounds_of
from outbox.render import Letters, render
from rules import Verdict, judge, rules_of
from service.versions import versions

HELD_BY_MODE = {
    Mode.APPROVE: ("Đang ở chế độ duyệt: mọi thư chờ cán bộ.",),
    Mode.DRY_RUN: ("Đang chạy thử: không thư nào được gửi.",),
    Mode.AUTOMATIC: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a dossier's judgement rests on."""

    code: str
    mails: tuple[int, ...]
    """Ids of the incoming mails, oldest first, as `readings`."""
    readings: tuple[Reading, ...]
    doubts: tuple[str, ...]
    waived: frozenset[str]
    confirmed: Mapping[str, tuple[str, str]]
    """Open questions an officer called gaps."""


def rule_on(evidence: Evidence, call: Call) -> Ruling:
    """Judge a dossier as it stands."""
    assembled = assemble(evidence.code, evidence.readings, call, doubts=evidence.doubts)
    return Ruling(
        assembled=assembled,
        verdict=judge(assembled, call),
        waived=evidence.waived,
        confirmed=evidence.confirmed,
        mails=evidence.mails,
        versions=versions(call),
    )


def says_the_same(one: Verdict, other: Verdict) -> bool:
    """Tell whether two verdicts would make the same letter: same state, same findings."""
    return (one.state, one.late, _marks(one)) == (other.state, other.late, _marks(other))


def asks_the_same(one: Verdict, other: Verdict) -> bool:
    """Tell whether two verdicts ask the unit for the same, wherever the reasons were found."""
    asked = [{gap.finding.says for gap in verdict.gaps} for verdict in (one, other)]
    return (one.state, asked[0]) == (other.state, asked[1])


def reply_to(  # noqa: PLR0913 -- each is one fact of the letter, and every one is named
    ruling: Ruling,
    call: Call,
    letters: Letters,
    *,
    kind: ReplyKind,
    answering: Reading,
    previous: Previous | None,
    held_because: tuple[str, ...],
    now: datetime,
) -> Reply:
    """Write the letter that tells a ruling; what it says holds it when an officer must look."""
    letter = compose(
        ruling.assembled,
        ruling.told,
        call,
        kind=kind,
        answering=answering.envelope,
        written_at=now,
        grounds=grounds_of(rules_of(call)),
        previous=previous,
        held_because=held_because,
    )
    return render(letter, call, letters)


def _marks(verdict: Verdict) -> frozenset[tuple[str, str, str]]:
    """What was found and what it costs: a rule weighed otherwise makes another letter."""
    return frozenset(
        (one.key, one.severity.value, one.finding.outcome.value) for one in verdict.judged
    )
