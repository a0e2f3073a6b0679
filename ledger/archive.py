"""The whole ledger as JSON lines, out and in again: for backups, and for whoever leaves us.

One shape for both databases, so that an office may move from one to the other.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import IO

from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet

from ledger.models import LetterState, Outgoing

_SNAPSHOT = "snapshot"
_MANY = 200


def write(out: IO[str], *, passwords: bool = True) -> Counter[str]:
    """Write every row as one moment saw it, while others go on writing. Gives rows by table.

    Sessions, failed logins and the engine's jobs are left out: they mean nothing elsewhere.
    Without `passwords` nobody can log in with what was written.
    """
    counts: Counter[str] = Counter()
    with _snapshot() as alias:
        for model in _models():
            rows: Iterator[models.Model] = (
                QuerySet(model).using(alias).order_by("pk").iterator(_MANY)
            )
            for row in rows:
                if not passwords and isinstance(row, User):
                    row.set_unusable_password()
                out.write(serializers.serialize("jsonl", [row]))
                counts[type(row).__name__] += 1
    return counts


def migrated() -> tuple[str, ...]:
    """The migrations of the ledger that were applied, in order."""
    done = MigrationRecorder.Migration.objects.filter(app="ledger").order_by("name")
    return tuple(done.values_list("name", flat=True))


def is_empty() -> bool:
    """Tell whether nothing was ever written here."""
    return not any(QuerySet(model).exists() for model in _models())


def read(lines: Path) -> int:
    """Bring what `write` wrote into an empty ledger: every row or none. Gives how many.

    `lines` must end in “.jsonl”: the name tells Django the format.
    """
    with transaction.atomic():
        call_command("loaddata", str(lines), verbosity=0)
    return sum(QuerySet(model).count() for model in _models())


def hold_every_letter(because: str) -> int:
    """Make every letter on its way out wait for an officer. Gives how many.

    What a backup calls ready may have gone since it was made.
    """
    waiting = (LetterState.READY, LetterState.SENDING)
    held = Outgoing.objects.filter(state__in=waiting).update(
        state=LetterState.HELD, held_because=[because], stage="", due_at=None, claim="", strikes=0
    )
    return int(held)


def _models() -> list[type[models.Model]]:
    """Tables in an order in which every row comes after those it points to."""
    ours = list(apps.get_app_config("ledger").get_models())
    ordered: list[type[models.Model]] = serializers.sort_dependencies([("ledger", [User, *ours])])
    return ordered


@contextmanager
def _snapshot() -> Iterator[str]:
    """A connection that sees one moment and keeps nobody from writing."""
    settings = deepcopy(connections.settings["default"])
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel  # noqa: PLC0415 -- only where PostgreSQL is used

        settings["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections.settings[_SNAPSHOT] = settings
    try:
        with transaction.atomic(using=_SNAPSHOT):
            yield _SNAPSHOT
    finally:
        connections[_SNAPSHOT].close()
        del connections[_SNAPSHOT]
        del connections.settings[_SNAPSHOT]
