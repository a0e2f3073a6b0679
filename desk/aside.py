"""Work set aside after three tries, named as an officer knows it."""

from dataclasses import dataclass

from django.urls import reverse

from ledger import work
from ledger.models import Dossier, Incoming, Outgoing, Stage, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One piece of work that waits for a person."""

    stage: Stage
    row: int
    what: str
    page: str
    """Where to look at it."""
    why: str


def aside() -> tuple[Aside, ...]:
    """Everything set aside, a sealed mail named like any other: by who sent it and when."""
    return tuple(
        Aside(
            stage=stage,
            row=row.pk,
            what=_named(row),
            page=_page_of(row),
            why=row.set_aside,
        )
        for stage, row in work.set_aside()
    )


def _named(row: Work) -> str:
    match row:
        case Incoming():
            return f"thư của {row.sender or 'người gửi chưa rõ'}"
        case Outgoing():
            return f"thư gửi {row.to}"
        case _:
            return f"hồ sơ {row}"


def _page_of(row: Work) -> str:
    match row:
        case Incoming():
            return reverse("desk:mail", args=[row.pk])
        case Outgoing():
            return reverse("desk:letter", args=[row.pk])
        case Dossier():
            return reverse("desk:dossier", args=[row.code])
        case _:
            return reverse("desk:troubles")
