"""Packages that were made: what went in, who made them, and the bytes handed out."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.db import transaction

from ledger.models import Act, Dossier, Package
from rules.rule import State


def ready(call_id: str) -> tuple[Dossier, ...]:
    """The dossiers the next package holds: complete ones, and those an officer let in.

    None that an officer keeps out.
    """
    ours = Dossier.objects.filter(call_id=call_id, kept_out_at=None)
    complete = ours.filter(state=State.COMPLETE)
    let_in = ours.exclude(released_at=None).filter(version__gt=0)
    return tuple(sorted(set(chain(complete, let_in)), key=lambda one: one.number))


def record(  # noqa: PLR0913 -- a package is these facts together
    dossiers: Iterable[Dossier],
    *,
    call_id: str,
    name: str,
    digest: str,
    size: int,
    internal: str,
    who: str,
    now: datetime,
) -> Package:
    """Write down a package whose bytes already stand in the store, with the act of making it."""
    with transaction.atomic():
        made = Package.objects.create(
            call_id=call_id,
            name=name,
            digest=digest,
            size=size,
            internal=internal,
            made_by=who,
            made_at=now,
        )
        made.dossiers.set(dossiers)
        Act.objects.create(who=who, verb="package", what=name, at=now)
    return made
