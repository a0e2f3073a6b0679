"""Mail into the ledger: commit A when it arrives, and what reading it found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from dossier import Reading, Triage
from ledger import pen, values, work
from ledger.models import Act, Incoming, IncomingFile, LetterState, Mailbox, Outgoing, Stage, Way
from ledger.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a mail lies; a spot holds one mail for ever (RFC 3501 §2.3.1.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail as it came from a server, or its header alone."""

    spot: Spot
    raw: bytes
    internaldate: datetime | None
    way: Way = Way.MAILBOX
    too_large: int = 0
    """What the mail weighs, in bytes, whose header alone is in `raw`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Papers or a mail that a person put before us, not a mail server."""

    way: Way
    folder: str
    """What stands for the folder of a mailbox."""
    at: datetime | None = None
    """When it was received, where somebody says so."""
    who: str = ""
    """The officer who entered it."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the headers tell before the papers: when a mail came, and what answering it needs."""

    at: datetime
    source: str
    note: str = ""
    """Why an officer should look at the time; Vietnamese."""
    hard: tuple[str, ...] = ()
    """Why no machine may ever answer it."""
    soft: tuple[str, ...] = ()
    """Why an answer waits for an officer."""
    read_with: str = ""
    """The version of the readers."""


def floor(account: str, folder: str, uidvalidity: int) -> int:
    """The UID up to which every mail is ours already; 0 when the folder was made anew."""
    row = Mailbox.objects.filter(account=account, folder=folder, uidvalidity=uidvalidity).first()
    return row.floor if row else 0


def unseen(account: str, folder: str, uidvalidity: int, uids: Iterable[int]) -> tuple[int, ...]:
    """Those of the UIDs that have no row yet, oldest first."""
    asked = set(uids)
    if not asked:
        return ()
    ours = Incoming.objects.filter(
        account=account, folder=folder, uidvalidity=uidvalidity, uid__gte=min(asked)
    )
    return tuple(sorted(asked.difference(ours.values_list("uid", flat=True))))


def is_due_for_comparison(
    account: str, folder: str, uidvalidity: int, now: datetime, every: timedelta
) -> bool:
    """Tell whether a folder is to be compared with the ledger whole, not only above its floor."""
    row = Mailbox.objects.filter(account=account, folder=folder, uidvalidity=uidvalidity).first()
    return row is None or row.compared_at is None or now - row.compared_at >= every


def standing(account: str, folder: str, uidvalidity: int) -> int:
    """How many mails of a folder's numbering have a row, whether they still lie there or not."""
    return Incoming.objects.filter(account=account, folder=folder, uidvalidity=uidvalidity).count()


def visited(  # noqa: PLR0913 -- each is one fact of the visit, and the last two are named
    account: str,
    folder: str,
    uidvalidity: int,
    up_to: int,
    now: datetime,
    *,
    unaccounted: int = 0,
    compared: bool = False,
) -> None:
    """Write down that everything up to a UID was seen; only after all of it has its row."""
    values: dict[str, Any] = {
        "uidvalidity": uidvalidity,
        "floor": up_to,
        "visited_at": now,
        "unaccounted": unaccounted,
    }
    if compared:
        values["compared_at"] = now
    Mailbox.objects.update_or_create(account=account, folder=folder, defaults=values)


def unaccounted() -> int:
    """How many mails lie in the watched folders and have no row: the day's number, 0."""
    return Mailbox.objects.aggregate(all=Sum("unaccounted"))["all"] or 0


def retire(account: str, folder: str, uidvalidity: int, following: int, now: datetime) -> int:
    """Take rows out of the way of UIDs that the server is about to give out a second time.

    A server restored from a backup may count from an earlier UID and keep its UIDVALIDITY. The
    rows stay, under a numbering no server uses. Gives how many there were.
    """
    with transaction.atomic():
        rows = Incoming.objects.filter(
            account=account, folder=folder, uidvalidity=uidvalidity, uid__gte=following
        )
        retired = rows.update(uidvalidity=-int(now.timestamp()))
        Mailbox.objects.filter(account=account, folder=folder, uidvalidity=uidvalidity).update(
            floor=following - 1
        )
    return retired


def record(  # noqa: PLR0913 -- each is one fact of the mail, and the last two are named
    store: Store,
    spot: Spot,
    raw: bytes,
    internaldate: datetime | None,
    now: datetime,
    *,
    way: Way = Way.MAILBOX,
    too_large: int = 0,
) -> bool:
    """Commit A: the bytes first, then the row; from here on the mail is ours.

    `too_large` is what a mail weighs whose header alone is in `raw`. False when the row stands
    already: two visits at once, or a crash after the commit.
    """
    arrival = Arrival(spot=spot, raw=raw, internaldate=internaldate, way=way, too_large=too_large)
    return record_all(store, (arrival,), now) > 0


def record_all(
    store: Store, arrivals: Sequence[Arrival], now: datetime, digests: Sequence[str] = ()
) -> int:
    """Commit A for several mails at once: the bytes of all, then the rows of all.

    `digests` name bytes that are in the store already. The disk is waited for once, not once a
    mail. Gives how many have a row now that had none.
    """
    digests = digests or store.put_all([one.raw for one in arrivals])
    with transaction.atomic():
        for digest in sorted(set(digests)):  # in one order everywhere: two must not wait in a ring
            pen.hold(digest)
        try:
            with transaction.atomic():
                return _entered_together(arrivals, digests, now)
        except IntegrityError:  # another visitor had one of them first
            return sum(_entered(*one, now) for one in zip(arrivals, digests, strict=True))


def _entered_together(arrivals: Sequence[Arrival], digests: Sequence[str], now: datetime) -> int:
    """Every row in a few statements; raises IntegrityError when one of them stands already."""
    known = Incoming.objects.filter(digest__in=set(digests), duplicate_of=None).order_by("-pk")
    firsts = {row.digest: row for row in known}
    fresh: dict[str, Incoming] = {}
    copies: list[tuple[Arrival, str]] = []
    for arrival, digest in zip(arrivals, digests, strict=True):
        if digest in firsts or digest in fresh:
            copies.append((arrival, digest))
        else:
            fresh[digest] = _row(arrival, digest, None, now)
    Incoming.objects.bulk_create(fresh.values())
    firsts |= fresh
    Incoming.objects.bulk_create(_row(one, digest, firsts[digest], now) for one, digest in copies)
    for row in fresh.values():
        work.announce(Stage.READ, row.pk)
    return len(arrivals)


def _entered(arrival: Arrival, digest: str, now: datetime) -> bool:
    row = _row(arrival, digest, _first_of(digest, arrival.spot), now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if row.stage:
                work.announce(Stage.READ, row.pk)
    except IntegrityError:
        return False
    return True


def _row(arrival: Arrival, digest: str, first: Incoming | None, now: datetime) -> Incoming:
    """A mail as it comes in; `first` is the mail of which it is a copy, byte for byte."""
    spot = arrival.spot
    return Incoming(
        account=spot.account,
        folder=spot.folder,
        uidvalidity=spot.uidvalidity,
        uid=spot.uid,
        digest=digest,
        size=arrival.too_large or len(arrival.raw),
        only_header=bool(arrival.too_large),
        way=arrival.way,
        internaldate=arrival.internaldate,
        received_at=arrival.internaldate or now,
        first_seen_at=now,
        duplicate_of=first,
        triage="" if first is None else first.triage,
        reason="" if first is None else "Bản sao của một thư đã nhận, từng byte như nhau.",
        stage=Stage.READ if first is None else "",
        due_at=now if first is None else None,
    )


def record_given(
    store: Store, account: str, raw: bytes, now: datetime, given: Given
) -> tuple[Incoming, bool]:
    """Commit A for what came by no mail server; the same bytes given twice are one row.

    Gives the row, and whether it is new.
    """
    digest = store.put(raw)
    with transaction.atomic():
        pen.hold(f"given {account}")
        same = Incoming.objects.filter(account=account, folder=given.folder, digest=digest)
        if (known := same.order_by("pk").first()) is not None:
            return known, False
        last = Incoming.objects.filter(account=account, folder=given.folder, uidvalidity=_OURS)
        uid = (last.aggregate(last=Max("uid"))["last"] or 0) + 1
        spot = Spot(account=account, folder=given.folder, uidvalidity=_OURS, uid=uid)
        record(store, spot, raw, given.at, now, way=given.way)
        row = Incoming.objects.get(account=account, folder=given.folder, uidvalidity=_OURS, uid=uid)
        if given.who:
            Act.objects.create(
                who=given.who, verb="intake", what=str(row), mail=row, reason=given.reason, at=now
            )
    return row, True


_OURS = 1
"""The numbering of what has no mail server to number it."""


def _first_of(digest: str, spot: Spot) -> Incoming | None:
    """The mail of which these bytes are a copy, lying anywhere else."""
    return (
        Incoming.objects.filter(digest=digest, duplicate_of=None)
        .exclude(
            account=spot.account,
            folder=spot.folder,
            uidvalidity=spot.uidvalidity,
            uid=spot.uid,
        )
        .order_by("pk")
        .first()
    )


def record_reading(claimed: work.Claim, reading: Reading, receipt: Receipt, now: datetime) -> None:
    """Keep what reading found; the mail then waits to be placed.

    Raises `work.LostClaimError` when the mail is no longer ours to read.
    """
    envelope = reading.envelope
    with work.finishing(claimed):
        Incoming.objects.filter(pk=claimed.row).update(
            received_at=receipt.at,
            received_source=receipt.source,
            received_note=receipt.note,
            message_id=values.text(envelope.message_id)[:998],
            sender=values.text(envelope.sender.address)[:320],
            sender_name=values.text(envelope.sender.name)[:500],
            subject=values.text(envelope.subject),
            reading=values.dump(reading),
            hard=list(receipt.hard),
            soft=list(receipt.soft),
            read_with=receipt.read_with,
        )
        _record_files(claimed.row, reading)
        work.hand_on(claimed, Stage.PLACE, now)


def record_another_reading(mail: Incoming, reading: Reading, read_with: str) -> None:
    """Keep what today's readers find in a mail that was placed long ago; where it is stays.

    Nothing happens to a mail that a step is at work on: it is read by today's readers anyway.
    """
    with transaction.atomic():
        ours = Incoming.objects.filter(pk=mail.pk, stage="")
        if ours.update(reading=values.dump(reading), read_with=read_with):
            _record_files(mail.pk, reading)


def record_own_copy(
    claimed: work.Claim, letter: Outgoing, *, message_id: str, now: datetime
) -> None:
    """Keep a letter of ours that came back as the proof that it was sent; nothing is read in it."""
    with work.finishing(claimed):
        Incoming.objects.filter(pk=claimed.row).update(
            copy_of=letter,
            message_id=message_id,
            sender="",
            subject=letter.subject,
            triage=Triage.AUTOMATIC.value,
            reason="Bản lưu thư trả lời của phòng.",
        )
        Outgoing.objects.filter(
            pk=letter.pk, state__in=[LetterState.READY, LetterState.SENDING, LetterState.IN_DOUBT]
        ).update(state=LetterState.SENT, sent_at=now, proof="copy", stage="", due_at=None, claim="")
        work.hand_on(claimed, None)


def letter_of(message_id: str) -> Outgoing | None:
    """The letter of ours that carries this Message-ID."""
    message_id = values.text(message_id)
    return Outgoing.objects.filter(message_id=message_id).first() if message_id else None


def unplaced_before(mail: Incoming) -> bool:
    """Tell whether an older mail still waits to be read or placed, and has not failed twice.

    Mails join dossiers in the order of their receipt, as far as no broken one holds up the rest.
    """
    return (
        Incoming.objects.filter(stage__in=[Stage.READ, Stage.PLACE], set_aside="", strikes__lte=1)
        .filter(received_at__lt=mail.received_at)
        .exclude(pk=mail.pk)
        .exists()
    )


def unread_before(moment: datetime) -> bool:
    """Tell whether a mail seen by then still waits to be read or placed."""
    waiting = Incoming.objects.filter(stage__in=[Stage.READ, Stage.PLACE], set_aside="")
    return waiting.filter(first_seen_at__lte=moment).exists()


def unread_from(addresses: Iterable[str]) -> bool:
    """Tell whether a mail set aside unread may be from one of these, as far as we know."""
    aside = Incoming.objects.filter(stage__in=[Stage.READ, Stage.PLACE]).exclude(set_aside="")
    return aside.filter(sender__in=["", *addresses]).exists()


def last_visit(account: str, folder: str) -> datetime | None:
    """When a folder was last seen whole; None when it never was."""
    row = Mailbox.objects.filter(account=account, folder=folder).first()
    return row.visited_at if row else None


def newest_moment() -> datetime | None:
    """The latest time the ledger knows; a clock that is behind it is wrong."""
    moment: datetime | None = Incoming.objects.aggregate(at=Max("first_seen_at"))["at"]
    return moment


def accounted() -> Mapping[str, int]:
    """How many mails stand where: the day's “0 unaccounted” is made of these."""
    rows = Incoming.objects
    return {
        "all": rows.count(),
        "waiting": rows.exclude(stage="").filter(set_aside="").count(),
        "set_aside": rows.exclude(set_aside="").count(),
        "placed": rows.filter(stage="").exclude(dossier=None).count(),
        "elsewhere": rows.filter(stage="", dossier=None).exclude(triage="").count(),
        "unaccounted": rows.filter(stage="", dossier=None, triage="", duplicate_of=None).count(),
    }


def _record_files(mail: int, reading: Reading) -> None:
    """One row a file, and one for what could not even be taken out of its container."""
    unread = {one.at.file: one for one in reading.unread}
    IncomingFile.objects.filter(incoming_id=mail).delete()
    rows = [
        IncomingFile(
            incoming_id=mail,
            name=values.text(file.name),
            digest=file.digest,
            size=file.size,
            kind=file.kind,
            roles=[role.value for role in file.roles],
            where=values.text(file.where)[:200],
            text=file.text.value,
            pages=file.pages,
            minor=file.minor,
            unread_cause=unread[file.name].cause.value if file.name in unread else "",
            unread_reason=values.text(unread[file.name].reason) if file.name in unread else "",
        )
        for file in reading.files
    ]
    seen = {file.name for file in reading.files}
    rows += [
        IncomingFile(
            incoming_id=mail,
            name=values.text(one.at.file),
            unread_cause=one.cause.value,
            unread_reason=values.text(one.reason),
        )
        for one in reading.unread
        if one.at.file not in seen
    ]
    for position, row in enumerate(rows):
        row.position = position
    IncomingFile.objects.bulk_create(rows)
