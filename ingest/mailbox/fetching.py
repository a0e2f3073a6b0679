"""Mails out of an open folder: few commands, little memory, one bad mail never costs another."""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Protocol

from ingest.mailbox.account import RefusedError

MOST_TOGETHER = 25
MOST_BYTES_TOGETHER = 8_000_000
PIECE = 1_048_576
"""Mails larger than a batch come in pieces of this size."""
MOST_PLANNED = 100
"""UIDs asked about in one command."""
LONGEST_HEADER = 262_144
"""Of a mail that is too large, this much of its header is fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A mail as it lies in the mailbox."""

    uid: int
    raw: bytes
    internal_date: datetime | None
    """Aware; None when the server gives none that can be read."""
    flags: tuple[str, ...] = ()
    too_large: int = 0
    """What the server says it weighs, in bytes, when `raw` is only its header; else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """A mail the server does not hand out, and why, in Vietnamese."""

    uid: int
    reason: str
    is_gone: bool = False
    """Somebody deleted or moved it before we had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the server says of a mail before it hands it out."""

    uid: int
    size: int
    """A hint only: some servers are wrong about it. It may cap, it never cuts or compares."""
    internal_date: datetime | None
    flags: tuple[str, ...]


class Asks(Protocol):
    """One FETCH command. Raises `RefusedError`, or `MailboxError` when the line is lost."""

    def __call__(self, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        """Ask for items of these UIDs; a UID that is gone is absent from the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """One way through some mails of a folder."""

    ask: Asks
    together: int = MOST_TOGETHER
    most_bytes: int = 0
    """Of a mail that weighs more only the header is fetched; 0 sets no limit."""
    begun: MutableMapping[int, bytearray]
    """By UID, what came of large mails before a line was lost: the rest is asked for."""

    def fetch(self, uids: Iterable[int]) -> Iterator[Fetched | Unfetched]:
        """Hand out mails in the order asked, a few in memory at a time."""
        asked = iter(uids)
        while some := list(islice(asked, MOST_PLANNED)):
            for batch in self._batches(self._plan(some)):
                if isinstance(batch, Unfetched):
                    yield batch
                elif len(batch) == 1 and 0 < self.most_bytes < batch[0].size:
                    yield self._header(batch[0])
                elif len(batch) == 1 and batch[0].size > MOST_BYTES_TOGETHER:
                    yield self._in_pieces(batch[0])
                else:
                    yield from self._whole(batch)

    def _batches(self, plans: Iterable[Plan | Unfetched]) -> Iterator[list[Plan] | Unfetched]:
        batch: list[Plan] = []
        for plan in plans:
            full = batch and isinstance(plan, Plan) and not self._fits(batch, plan)
            if batch and (full or isinstance(plan, Unfetched)):
                yield batch
                batch = []
            if isinstance(plan, Unfetched):
                yield plan
            else:
                batch.append(plan)
        if batch:
            yield batch

    def _fits(self, batch: Sequence[Plan], plan: Plan) -> bool:
        size = sum(one.size for one in batch) + plan.size
        most = min(MOST_BYTES_TOGETHER, self.most_bytes or MOST_BYTES_TOGETHER)
        return len(batch) < self.together and size <= most

    def _plan(self, uids: list[int]) -> list[Plan | Unfetched]:
        items = ["RFC822.SIZE", "INTERNALDATE", "FLAGS"]
        try:
            found = self.ask(uids, items)
        except RefusedError:
            found = self._plan_one_by_one(uids, items)
        return [_planned(uid, found.get(uid)) for uid in uids]

    def _plan_one_by_one(self, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        found: dict[int, dict[bytes, Any]] = {}
        for uid in uids:
            try:
                found |= self.ask([uid], items)
            except RefusedError:
                found[uid] = {}  # without size and date; the mail itself may still come
        return found

    def _whole(self, batch: list[Plan]) -> Iterator[Fetched | Unfetched]:
        try:
            found = self.ask([plan.uid for plan in batch], ["BODY.PEEK[]"])
        except RefusedError as error:
            if len(batch) == 1:
                yield Unfetched(uid=batch[0].uid, reason=error.reason)
                return
            for plan in batch:
                yield from self._whole([plan])
            return
        for plan in batch:
            yield _fetched(plan, _body(found.get(plan.uid)))

    def _in_pieces(self, plan: Plan) -> Fetched | Unfetched:
        """Go on where a lost line left off: a UID's bytes never change (RFC 3501 §2.3.1.1)."""
        raw = self.begun.setdefault(plan.uid, bytearray())
        while True:
            try:
                found = self.ask([plan.uid], [f"BODY.PEEK[]<{len(raw)}.{PIECE}>"])
            except RefusedError as error:
                del self.begun[plan.uid]
                return Unfetched(uid=plan.uid, reason=error.reason)
            piece = _body(found.get(plan.uid))
            if not piece:
                del self.begun[plan.uid]
                return _fetched(plan, None if piece is None else bytes(raw))
            raw += piece

    def _header(self, plan: Plan) -> Fetched | Unfetched:
        try:
            found = self.ask([plan.uid], [f"BODY.PEEK[HEADER]<0.{LONGEST_HEADER}>"])
        except RefusedError as error:
            return Unfetched(uid=plan.uid, reason=error.reason)
        return _fetched(plan, _body(found.get(plan.uid)), too_large=plan.size)


def _planned(uid: int, found: dict[bytes, Any] | None) -> Plan | Unfetched:
    if found is None:
        return Unfetched(
            uid=uid, reason="thư đã bị xóa hoặc chuyển đi trước khi nhận", is_gone=True
        )
    size, date, flags = (found.get(key) for key in (b"RFC822.SIZE", b"INTERNALDATE", b"FLAGS"))
    return Plan(
        uid=uid,
        size=size if isinstance(size, int) else 0,
        internal_date=date.astimezone(UTC) if isinstance(date, datetime) and date.tzinfo else None,
        flags=tuple(flag.decode("ascii", "replace") for flag in flags or ()),
    )


def _body(found: dict[bytes, Any] | None) -> bytes | None:
    """The octets of a BODY[] answer; servers word the key of a piece differently."""
    if found is None:
        return None
    bodies = (value for key, value in found.items() if key.startswith(b"BODY["))
    body = next(bodies, None)
    return body if isinstance(body, bytes) else None


def _fetched(plan: Plan, raw: bytes | None, *, too_large: int = 0) -> Fetched | Unfetched:
    if raw is None:
        reason = "thư đã bị xóa hoặc chuyển đi trong khi nhận"
        return Unfetched(uid=plan.uid, reason=reason, is_gone=True)
    return Fetched(
        uid=plan.uid,
        raw=raw,
        internal_date=plan.internal_date,
        flags=plan.flags,
        too_large=too_large,
    )
