"""Where two must not decide at once: one holds the pen until its transaction ends.

On SQLite every transaction is alone from its first word (BEGIN IMMEDIATE). On PostgreSQL, at READ
COMMITTED, whoever counts or looks before it writes would not see what another is writing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_OURS = 1322
"""Keeps our locks apart from those of anybody else in the same database."""


def hold(what: str) -> None:
    """Wait for the pen of this name, and keep it until the transaction under way ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [what, _OURS])


@contextmanager
def held(what: str) -> Iterator[None]:
    """Hold the pen over several transactions; it falls when the connection ends."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, %s))", [what, _OURS])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, %s))", [what, _OURS])
