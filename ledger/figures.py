"""The day in numbers, for whoever watches from outside: no name, no address, no words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import Count, Min, QuerySet

from ledger.models import Dossier, Incoming, Mailbox, Outgoing, Trouble
from ledger.work import ROWS

Counts: TypeAlias = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One watched folder."""

    account: str
    folder: str
    unaccounted: int
    visited_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts by the labels in the keys."""

    folders: tuple[Folder, ...]
    mails: Counts
    """By triage; an empty word while it is not triaged."""
    dossiers: Counts
    """By call and state."""
    letters: Counts
    """By kind and state."""
    waiting: Counts
    """Rows by the stage they wait for."""
    set_aside: Counts
    """Rows by the stage they failed three times in."""
    oldest_due: dict[str, datetime]
    """By stage: since when the row that waits longest is due."""
    troubles: Counts
    """What fails now, by what it is."""


def figures() -> Figures:
    """Count everything now."""
    return Figures(
        folders=tuple(
            Folder(
                account=one.account,
                folder=one.folder,
                unaccounted=one.unaccounted,
                visited_at=one.visited_at,
            )
            for one in Mailbox.objects.order_by("account", "folder")
        ),
        mails=_counts(Incoming.objects.filter(copy_of=None), "triage"),
        dossiers=_counts(Dossier.objects.filter(moved_into=None), "call_id", "state"),
        letters=_counts(Outgoing.objects.all(), "kind", "state"),
        waiting=_by_stage(set_aside=False),
        set_aside=_by_stage(set_aside=True),
        oldest_due=_oldest(),
        troubles=_counts(Trouble.objects.filter(until=None), "what"),
    )


def _counts(rows: QuerySet[Any], *by: str) -> Counts:
    counted = rows.order_by().values_list(*by).annotate(count=Count("pk"))
    return {tuple(key): count for *key, count in counted}


def _by_stage(*, set_aside: bool) -> Counts:
    counts: dict[tuple[str, ...], int] = {}
    for stage, model in ROWS.items():
        rows = QuerySet[Any](model).filter(stage=stage)
        rows = rows.exclude(set_aside="") if set_aside else rows.filter(set_aside="")
        counts[stage.value,] = rows.count()
    return counts


def _oldest() -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for stage, model in ROWS.items():
        rows = QuerySet[Any](model).filter(stage=stage, set_aside="", claim="")
        due = rows.aggregate(first=Min("due_at"))["first"]
        if due is not None:
            found[stage.value] = due
    return found
