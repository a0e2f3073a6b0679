"""Which time of receipt counts: the server's own, cross-checked; the sender's clock never.

The mail server stamps INTERNALDATE when it takes a mail in, but a person who drags a mail into
the mailbox, or a migration, may write any date there. Our own server's `Received:` tells them
apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossier import ReceivedSource
from ingest.hops import hop, is_ours, received_fields

TOLERANCE = timedelta(minutes=5)
"""Clocks of one house may differ so much, and a filter may take so long."""

MOVED = "thư được chuyển vào hộp thư sau khi nhận; lấy giờ máy chủ thư nhận lần đầu"
PUT_IN_BY_HAND = "thư không qua máy chủ thư của cơ quan (chép tay vào hộp thư); cán bộ xác định giờ"
DATED_EARLIER = "giờ của hộp thư sớm hơn giờ máy chủ nhận thư; cán bộ xác định giờ nhận"
IN_THE_FUTURE = "giờ ghi trên thư muộn hơn lúc hệ thống thấy thư; cán bộ xác định giờ nhận"
NOT_DATED = "hộp thư không cho biết giờ nhận thư; cán bộ xác định giờ nhận"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """When a mail was received and by which clock."""

    at: datetime
    source: ReceivedSource
    note: str = ""
    """Why an officer confirms the time before it decides anything, in Vietnamese; else empty."""
    remark: str = ""
    """What was unusual and is settled, in Vietnamese; else empty."""


def received(
    raw: bytes, internal_date: datetime | None, first_seen: datetime, hosts: Sequence[str]
) -> Receipt:
    """Decide for a mail as fetched; `hosts` are our servers (`Office.trusted_hosts`).

    Without known hosts the topmost `Received:` is taken for our server's, which it is for every
    mail that was delivered and not put in by hand.
    """
    stamp = top_received(raw, hosts)
    return weigh(internal_date=internal_date, stamp=stamp, first_seen=first_seen)


def top_received(raw: bytes, hosts: Sequence[str] = ()) -> datetime | None:
    """The time the topmost hop of ours wrote; of the topmost hop when no host is known."""
    hops = (hop(field) for field in received_fields(raw))
    return next((one.at for one in hops if not hosts or is_ours(one, hosts)), None)


def weigh(
    *, internal_date: datetime | None, stamp: datetime | None, first_seen: datetime
) -> Receipt:
    """Weigh the mailbox's date, our server's stamp and our own first sight of the mail."""
    dates = {
        ReceivedSource.INTERNALDATE: internal_date,
        ReceivedSource.RECEIVED_HEADER: stamp,
        ReceivedSource.FIRST_SEEN: first_seen,
    }
    given = {source: at for source, at in dates.items() if at is not None}
    past = {source: at for source, at in given.items() if at <= first_seen + TOLERANCE}
    if len(past) < len(given):
        return _earliest(past, IN_THE_FUTURE)
    if internal_date is None:
        return _earliest(past, NOT_DATED)
    if stamp is None:
        return Receipt(at=first_seen, source=ReceivedSource.FIRST_SEEN, note=PUT_IN_BY_HAND)
    if abs(internal_date - stamp) <= TOLERANCE:
        return Receipt(at=internal_date, source=ReceivedSource.INTERNALDATE)
    if internal_date > stamp:
        return Receipt(at=stamp, source=ReceivedSource.RECEIVED_HEADER, remark=MOVED)
    del past[ReceivedSource.INTERNALDATE]
    return _earliest(past, DATED_EARLIER)


def _earliest(dates: Mapping[ReceivedSource, datetime], note: str) -> Receipt:
    source, at = min(dates.items(), key=lambda dated: dated[1])
    return Receipt(at=at, source=source, note=note)
