"""The pages of papers as pictures.

What makes them is handed in by the wiring: the desk itself never opens what a stranger sent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from django.apps import apps

from desk.sealed import sealed_among
from dossier import Place
from ledger.models import Dossier, Finding, IncomingFile

if TYPE_CHECKING:
    from desk.apps import DeskConfig

WIDTHS = (900, 1600)
"""Pixels: for a screen, and for a fine one."""


class BusyError(Exception):
    """The pages are being made; ask again in a few seconds."""


class NoPagesError(Exception):
    """There can be no picture of this paper; the Vietnamese message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What is known of a paper's pages."""

    total: int
    sizes: tuple[tuple[float, float], ...]
    """Width and height of those that are shown, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The page some words stand on."""

    page: int
    is_marked: bool
    """Their place is shown on it."""
    is_sure: bool
    """False when it is the first page only because the words were not found."""


class Pages(Protocol):
    """Makes pictures of papers, each a file by its digest and kind.

    Every method but `shows` raises `BusyError` and `NoPagesError`.
    """

    def shows(self, kind: str) -> bool:
        """Tell whether papers of a kind have pages at all."""
        ...

    def outline(self, digest: str, kind: str) -> Outline:
        """How many pages there are, and how large."""
        ...

    def picture(self, digest: str, kind: str, *, page: int, width: int, at: Place | None) -> bytes:
        """A page (from 1), with the words of a place marked where they stand on it."""
        ...

    def locate(self, digest: str, kind: str, at: Place) -> Spot:
        """The page the words of a place stand on."""
        ...

    def excerpt(self, digest: str, kind: str, at: Place, *, narrow: bool) -> bytes:
        """The part of the page around the words of a place."""
        ...


def pages() -> Pages | None:
    """What makes pictures; None where nothing does."""
    return cast("DeskConfig", apps.get_app_config("desk")).pages


def hand_in(maker: Pages | None) -> None:
    """Give the desk what makes pictures, once, before it is served."""
    cast("DeskConfig", apps.get_app_config("desk")).pages = maker


def is_shown(file: IncomingFile) -> bool:
    """Tell whether a file has pages to look at; whether its mail is sealed is asked elsewhere."""
    maker = pages()
    return bool(maker and file.digest and maker.shows(file.kind))


def place_of(finding: Finding) -> Place:
    """Where a finding says it stands."""
    return Place(finding.file, finding.spot, finding.words)


def papers_of(
    dossier: Dossier, findings: Iterable[Finding], mails: Collection[int]
) -> dict[int, IncomingFile]:
    """The paper each finding is about, by the finding's id.

    Of two files of one name the one that came last, as when it is judged; a sealed mail has none.
    """
    rows = tuple(dossier.mails.filter(pk__in=mails).order_by("received_at", "pk"))
    sealed = sealed_among(rows)
    order = {row.pk: number for number, row in enumerate(rows) if row.pk not in sealed}
    files = sorted(
        IncomingFile.objects.filter(incoming__in=order), key=lambda one: order[one.incoming_id]
    )
    named = {file.name: file for file in files if is_shown(file)}
    return {one.pk: named[one.file] for one in findings if one.file in named}
