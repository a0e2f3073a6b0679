"""Stored verdicts against what would be said today."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.models import Dossier
from rules import Verdict
from service import judging, stages
from service.wiring import Wired


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A dossier of which we would say something else today."""

    dossier: int
    code: str
    before: str
    after: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def differences(office: Wired) -> Iterator[Difference]:
    """Judge every dossier again from its stored readings; nothing is written."""
    for dossier in Dossier.objects.exclude(version=0).order_by("number"):
        row = dossier.newest
        if row is None:
            continue
        before = stages.told(row)
        after = judging.rule_on(stages.evidence_of(dossier), office.calls[dossier.call_id]).told
        if judging.says_the_same(before, after):
            continue
        yield Difference(
            dossier=dossier.pk,
            code=dossier.code,
            before=before.state.value,
            after=after.state.value,
            gone=_only_in(before, after),
            new=_only_in(after, before),
        )


def _only_in(one: Verdict, other: Verdict) -> tuple[str, ...]:
    keys = {judged.key for judged in other.judged}
    return tuple(
        f"{judged.rule} {judged.finding.says}" for judged in one.judged if judged.key not in keys
    )
