"""Where the ledger stands, as Django wants to hear it: SQLite in the data folder, or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_SCHEMES = frozenset({"postgresql", "postgres"})


def is_usable(url: str) -> bool:
    """Tell whether an address of a database is one of ours, and names a database."""
    try:
        parts = urlsplit(url)
        return parts.scheme in _SCHEMES and bool(_name(parts)) and parts.port != 0
    except ValueError:
        return False


def database(folder: Path, url: str = "") -> dict[str, Any]:
    """The ledger's database: the one the address names, else SQLite in the data folder."""
    return _postgresql(urlsplit(url)) if url else _sqlite(folder / "vanthu.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer takes its lock at BEGIN: a reader that turns writer half-way would fail.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # WAL lets the desk read while a stage writes; FULL makes a commit survive power loss.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL",
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    """A database of a server; what follows the question mark goes to libpq (`sslmode`, `host`).

    READ COMMITTED, PostgreSQL's own default, is what the ledger's queries are written for: a claim
    is one UPDATE, and where two must not decide at once they take `ledger.pen`.
    """
    options = {
        "connect_timeout": "10",
        # A server that vanishes is noticed within a minute, not within hours.
        "keepalives_idle": "30",
        "keepalives_interval": "10",
        "keepalives_count": "3",
        "tcp_user_timeout": "30000",
        # A machine that vanishes must not keep its locks: the server asks after it.
        "options": "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"
        " -c tcp_keepalives_count=3 -c lock_timeout=60s"
        " -c idle_in_transaction_session_timeout=300s",
        **dict(parse_qsl(parts.query)),
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _name(parts),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _name(parts: SplitResult) -> str:
    return unquote(parts.path.lstrip("/"))
