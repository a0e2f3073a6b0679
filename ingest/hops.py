"""The way a mail took: its `Received:` fields, topmost first, and which of them are our own."""

import email.utils
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One `Received:` field, as far as it can be read."""

    by: str
    """The host that wrote it, lower case; empty when it does not say."""
    aside: str
    """What stands in its comments: content filters name their host there."""
    at: datetime | None


def hop(field: str) -> Hop:
    """Read one `Received:` field (RFC 5321 section 4.4)."""
    asides = " ".join(re.findall(r"\(([^()]*)\)", field)).lower()
    bare = re.sub(r"\([^()]*\)", " ", re.sub(r"\([^()]*\)", " ", field))
    by = re.search(r"\bby\s+([^\s;]+)", bare)
    return Hop(by=by[1].lower().rstrip(".") if by else "", aside=asides, at=moment(bare))


def moment(field: str) -> datetime | None:
    """The time after the last semicolon, aware; None when it cannot be read."""
    try:
        at = email.utils.parsedate_to_datetime(field.rpartition(";")[2].strip())
        # “-0000” means UTC of unknown origin (RFC 5322 section 3.3), and Python leaves it naive.
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        at.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at


def is_host_of(host: str, hosts: Iterable[str]) -> bool:
    """Tell whether a host is one of ours: the same name or one below it."""
    ours = (one.lower().lstrip(".").removeprefix("*.") for one in hosts)
    return any(host == one or host.endswith(f".{one}") for one in ours if one)


def is_ours(one: Hop, hosts: Iterable[str]) -> bool:
    """Tell whether a server of ours wrote the field; a filter on it calls itself localhost."""
    hosts = tuple(hosts)
    named = one.aside.replace("[", " ").split()
    return is_host_of(one.by, hosts) or (
        one.by.startswith(("localhost", "127.0.0.1", "[127.0.0.1]"))
        and any(is_host_of(word, hosts) for word in named)
    )


def received_fields(raw: bytes) -> tuple[str, ...]:
    """The `Received:` fields of a raw mail, unfolded, topmost first."""
    head = re.split(rb"\r?\n\r?\n|\r\r", raw[:1_000_000].lstrip(b"\r\n"), maxsplit=1)[0]
    text = re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace"))
    fields = (line.partition(":") for line in text.splitlines())
    return tuple(value.strip() for name, _, value in fields if name.strip().lower() == "received")
