"""What the desk does beyond showing: files handed out, and the package built."""

from datetime import datetime
from itertools import chain

from config import settings
from ledger.models import Dossier, Package
from ledger.store import Store
from rules.rule import State


class RefusedError(Exception):
    """What was asked is not possible now; the Vietnamese message says why."""


def store() -> Store:
    """The file store of this installation."""
    return Store(settings.load().data_folder / "store")


def next_package() -> tuple[Dossier, ...]:
    """The dossiers the next package would hold: complete ones, and those an officer let in."""
    complete = Dossier.objects.filter(state=State.COMPLETE)
    let_in = Dossier.objects.exclude(released_at=None)
    return tuple(sorted(set(chain(complete, let_in)), key=lambda one: one.code))


def make_package(_officer: str, _now: datetime) -> Package:
    """Build the package."""
    raise RefusedError


def file_name(name: str, kind: str) -> str:
    """A name a browser may save a stranger's file under: its last part, without odd signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return plain.strip(" .")[:150] or f"tep.{kind}"
