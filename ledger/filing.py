"""Mails into dossiers: who belongs where is decided elsewhere, here it is written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeAlias

from django.db.models import Max, QuerySet

from dossier import Reading, Triage, Unit
from dossier.sameness import said
from ledger import pen, troubles, values, work
from ledger.models import Dossier, Incoming, Stage

Mails: TypeAlias = "QuerySet[Incoming]"


@contextmanager
def placing(claimed: work.Claim) -> Iterator[None]:
    """Hold the only pen: two mails placed at once would open two dossiers of one unit."""
    with work.finishing(claimed):
        take_the_pen()
        yield


def take_the_pen() -> None:
    """Wait, inside a transaction, until nobody else places or moves a mail."""
    pen.hold("placing")


def open_dossier(call_id: str, unit: Unit, received_at: datetime) -> Dossier:
    """Open the next dossier of a call."""
    last = Dossier.objects.filter(call_id=call_id).aggregate(last=Max("number"))["last"] or 0
    return Dossier.objects.create(
        call_id=call_id,
        number=last + 1,
        code=f"{call_id}-{last + 1:04}",
        unit_name=unit.name[:500],
        unit_kind=unit.kind.value,
        register_id=unit.register_id,
        opened_at=received_at,
        last_mail_at=received_at,
    )


def put(  # noqa: PLR0913 -- a mail is put with all these facts at once
    mail: Incoming,
    dossier: Dossier,
    *,
    now: datetime,
    quiet_until: datetime,
    doubts: tuple[str, ...] = (),
    certain: bool = True,
) -> None:
    """Put a mail into a dossier, which is judged (again) when it has been quiet long enough.

    A judgement under way loses its claim: it did not see this mail.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    Incoming.objects.filter(pk=mail.pk).update(dossier=dossier, certain=certain)
    Dossier.objects.filter(pk=dossier.pk).update(
        opened_at=min(dossier.opened_at, mail.received_at),
        last_mail_at=max(dossier.last_mail_at, mail.received_at),
        doubts=list(dict.fromkeys([*dossier.doubts, *doubts])),
        quiet_until=quiet_until,
        stage=Stage.JUDGE,
        due_at=quiet_until,
        claim="",
        strikes=0,
        set_aside="",
        moved_into=None,
    )
    troubles.end("set_aside", f"{Stage.JUDGE.value}:{dossier.pk}", now)


def lay_beside(mail: Incoming, dossier: Dossier, *, repeats: bool) -> None:
    """Show a mail with a dossier without judging it again: a question, or nothing new."""
    Incoming.objects.filter(pk=mail.pk).update(dossier=dossier, repeats=repeats)


def triaged(claimed: work.Claim, triage: Triage, reason: str) -> None:
    """Write down what a mail is to us; nothing is left to be done with it."""
    Incoming.objects.filter(pk=claimed.row).update(triage=triage.value, reason=reason)
    work.hand_on(claimed, None)


def readings(dossier: Dossier) -> tuple[tuple[Incoming, Reading], ...]:
    """Everything the dossier rests on, in order of receipt; questions and repetitions left out."""
    return tuple((mail, reading_of(mail)) for mail in counting(dossier))


def counting(dossier: Dossier) -> Mails:
    """The mails a dossier rests on, in order of receipt."""
    return (
        dossier.mails.filter(duplicate_of=None, repeats=False)
        .exclude(triage__in=[Triage.QUERY.value, Triage.AUTOMATIC.value])
        .order_by("received_at", "pk")
    )


def code_now(code: str | None) -> str | None:
    """The code of the dossier that holds the mails of this one: its own, or where they moved."""
    into = Dossier.objects.filter(code=code).exclude(moved_into=None)
    return into.values_list("moved_into__code", flat=True).first() or code


def reading_of(mail: Incoming) -> Reading:
    """What reading a mail found; for mails that were read."""
    return values.load(Reading, mail.reading)


def same_mail(mail: Incoming) -> Incoming | None:
    """An earlier mail that says the same: same Message-ID, same sender, same words, same files.

    Servers and people deliver a mail twice with new trace headers; it counts once.
    """
    if not mail.message_id:
        return None
    files = list(mail.files.values_list("digest", flat=True))
    twins = Incoming.objects.filter(
        message_id=mail.message_id, sender=mail.sender, subject=mail.subject, duplicate_of=None
    )
    for twin in twins.exclude(pk=mail.pk).exclude(triage="").order_by("pk"):
        if list(twin.files.values_list("digest", flat=True)) == files and _say_the_same(twin, mail):
            return twin
    return None


def _say_the_same(one: Incoming, other: Incoming) -> bool:
    """Some programs give every mail the same Message-ID, and some people every mail one subject."""
    if one.reading is None or other.reading is None:
        return False
    return said(reading_of(one).envelope) == said(reading_of(other).envelope)


def duplicate(claimed: work.Claim, first: Incoming) -> None:
    """Write down that a mail is another copy of one we have; it changes nothing."""
    Incoming.objects.filter(pk=claimed.row).update(
        duplicate_of=first, triage=first.triage, reason="Thư này đã nhận một lần rồi."
    )
    work.hand_on(claimed, None)
