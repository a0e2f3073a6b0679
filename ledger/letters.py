"""The way of a letter out of the house: commits C and D, and what counts as proof."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from ledger import troubles, work
from ledger.models import LetterState, Outgoing

UNSETTLED = (LetterState.SENDING, LetterState.IN_DOUBT)
"""Nobody knows yet whether a letter in one of these states was taken."""


def begin(claimed: work.Claim, now: datetime) -> None:
    """Commit C: from here on the letter may be on its way, whatever happens to us.

    Raises `work.LostClaimError` when the letter is no longer ours to send, or its lease is over.
    """
    with transaction.atomic():
        letter = Outgoing.objects.filter(pk=claimed.row, claim=claimed.token)
        mine = letter.filter(state__in=[LetterState.READY, *UNSETTLED], due_at__gt=now)
        if not mine.update(state=LetterState.SENDING, sending_since=now, sends=F("sends") + 1):
            raise work.LostClaimError


def came_back(letter: Outgoing, because: str, now: datetime) -> None:
    """Write down that a letter reached nobody, the first time a server says so."""
    Outgoing.objects.filter(pk=letter.pk, returned_at=None).update(
        returned_at=now, returned_because=because
    )


def returned_from(address: str, since: datetime) -> Outgoing | None:
    """A letter to this address that came back since a moment: nobody reads there."""
    back = Outgoing.objects.filter(to__iexact=address, returned_at__gte=since)
    return back.order_by("-returned_at").first()


def begun_since(then: datetime) -> int:
    """How many letters were handed to a server since a moment."""
    return Outgoing.objects.filter(sending_since__gte=then).count()


def sent(
    claimed: work.Claim, now: datetime, *, proof: str, code: int | None = None, answer: str = ""
) -> None:
    """Commit D: the letter is out, shown by a server's answer or by its copy in our mailbox."""
    with work.finishing(claimed):
        Outgoing.objects.filter(pk=claimed.row).update(
            state=LetterState.SENT, sent_at=now, proof=proof, answer_code=code, answer=answer
        )
        work.hand_on(claimed, None)
    troubles.end("letter", _where(claimed.row), now)


def refused_for_now(
    claimed: work.Claim, now: datetime, *, until: datetime, code: int | None, answer: str
) -> None:
    """The server certainly did not take it, and may later: it is ready again after a while."""
    with transaction.atomic():
        Outgoing.objects.filter(pk=claimed.row, claim=claimed.token).update(
            state=LetterState.READY,
            sending_since=None,
            sends=F("sends") - 1,
            answer_code=code,
            answer=answer,
        )
        work.postpone(claimed, until, answer)
        troubles.begin("letter", _where(claimed.row), answer, now)


def refused(claimed: work.Claim, now: datetime, *, code: int | None, answer: str) -> None:
    """The server certainly will never take it: a person must see to the unit."""
    with work.finishing(claimed):
        Outgoing.objects.filter(pk=claimed.row).update(
            state=LetterState.FAILED, sending_since=None, answer_code=code, answer=answer
        )
        work.hand_on(claimed, None)
        troubles.begin("letter", _where(claimed.row), answer, now)


def wait_for_proof(claimed: work.Claim, until: datetime, why: str) -> None:
    """Keep it *sending*: nobody knows yet whether it went, and its copy may still come."""
    work.postpone(claimed, until, why)


def doubt(claimed: work.Claim, now: datetime, *, look_again: datetime, why: str) -> None:
    """Show it to an officer: no proof came, and the way the proof comes is not known to work.

    It is still looked at from time to time; a proof that comes late settles it.
    """
    with transaction.atomic():
        Outgoing.objects.filter(pk=claimed.row, claim=claimed.token).update(
            state=LetterState.IN_DOUBT
        )
        work.postpone(claimed, look_again, why)
        troubles.begin("letter", _where(claimed.row), why, now)


def hold(claimed: work.Claim, because: str) -> None:
    """Keep a letter that was ready, for an officer."""
    with work.finishing(claimed):
        letter = Outgoing.objects.get(pk=claimed.row)
        letter.state = LetterState.HELD
        letter.held_because = list(dict.fromkeys([*letter.held_because, because]))
        letter.save(update_fields=["state", "held_because"])
        work.hand_on(claimed, None)


def later_copy_came(letter: Outgoing) -> bool:
    """Tell whether the copy of a letter sent after this one stands in our mailbox.

    Then copies do come back, and this letter's missing copy means that it was not taken.
    """
    if letter.sending_since is None:
        return False
    later = Outgoing.objects.filter(state=LetterState.SENT, sending_since__gt=letter.sending_since)
    return later.filter(Q(proof="copy") | Q(copies__isnull=False)).exists()


def made_since(since: datetime, *, to: str = "", dossier: int | None = None) -> int:
    """How many letters not held were made since then, to one address or of one dossier."""
    letters = Outgoing.objects.filter(made_at__gt=since).exclude(
        state__in=[LetterState.HELD, LetterState.DROPPED]
    )
    if to:
        letters = letters.filter(to__iexact=to)
    if dossier is not None:
        letters = letters.filter(dossier_id=dossier)
    return letters.count()


TEN_MINUTES = timedelta(minutes=10)
DAY = timedelta(days=1)


def _where(letter: int) -> str:
    return Outgoing.objects.select_related("dossier").get(pk=letter).about[:255]
