"""Letters that tell no verdict (T6, T9, T10): written once for an occasion, gone when needless."""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from dossier import ReplyKind
from ledger import work
from ledger.models import Dossier, Incoming, LetterState, Outgoing, Stage
from ledger.verdicts import Caps, Draft, enter


def written(occasion: str) -> bool:
    """Tell whether the letter for this occasion stands, whatever became of it."""
    return Outgoing.objects.filter(occasion=occasion).exists()


def record(  # noqa: PLR0913 -- a letter without a verdict is these facts together
    draft: Draft,
    occasion: str,
    now: datetime,
    *,
    caps: Caps,
    call_id: str,
    register_id: str = "",
    dossier: Dossier | None = None,
    answers: Incoming | None = None,
) -> Outgoing | None:
    """Write it down, held or due; None when the letter for this occasion stands already."""
    try:
        with transaction.atomic():
            held = (*draft.held_because, *caps(draft.to, dossier.pk if dossier else 0))
            row = enter(
                draft,
                held,
                now,
                dossier=dossier,
                call_id=call_id,
                register_id=register_id,
                occasion=occasion,
                answers=answers,
            )
            if not held:
                work.announce(Stage.SEND, row.pk)
    except IntegrityError:
        if written(occasion):
            return None
        raise
    return row


def reminders_held(call_id: str) -> Iterator[Outgoing]:
    """Reminders that wait for an officer."""
    held = Outgoing.objects.filter(kind=ReplyKind.REMINDER.value, state=LetterState.HELD)
    yield from held.filter(call_id=call_id).select_related("dossier")


def withdraw(letter: Outgoing, because: str) -> None:
    """Take back a letter that waits for an officer: there is nothing left to say."""
    Outgoing.objects.filter(pk=letter.pk, state=LetterState.HELD).update(
        state=LetterState.DROPPED, answer=because
    )


def drop(claimed: work.Claim, because: str) -> None:
    """Keep a letter that was ready from going: there is nothing left to say."""
    with work.finishing(claimed):
        Outgoing.objects.filter(pk=claimed.row, state=LetterState.READY).update(
            state=LetterState.DROPPED, answer=because
        )
        work.hand_on(claimed, None)
