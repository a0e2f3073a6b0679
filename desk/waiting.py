"""What waits for a person now, counted: the front page and every heading show the same numbers."""

from dataclasses import dataclass

from ledger import acts, work
from ledger.models import Dossier, Incoming, LetterState, Outgoing, Trouble
from rules import State

LETTERS = (LetterState.HELD, LetterState.IN_DOUBT, LetterState.FAILED)
"""Letters that need an officer's decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much of what."""

    dossiers: int
    letters: int
    mails: int
    troubles: int

    @property
    def anything(self) -> bool:
        """Tell whether there is something to do."""
        return bool(self.dossiers or self.letters or self.mails or self.troubles)


def waiting() -> Waiting:
    """Count what waits; a few small queries, however much there is."""
    return Waiting(
        dossiers=Dossier.objects.filter(state=State.OFFICER).count(),
        letters=Outgoing.objects.filter(state__in=LETTERS).count(),
        mails=Incoming.objects.filter(pk__in=mails_for_a_person()).count(),
        troubles=Trouble.objects.filter(until=None).exclude(what="set_aside").count()
        + sum(1 for _ in work.set_aside()),
    )


def mails_for_a_person() -> frozenset[int]:
    """Questions nobody answered yet, and mails set apart that nobody saw to."""
    asked = Incoming.objects.filter(
        triage__in=acts.FOR_A_PERSON, copy_of=None, duplicate_of=None
    ).exclude(acts__verb=acts.SETTLED)
    return frozenset(asked.values_list("pk", flat=True))
