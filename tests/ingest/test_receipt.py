"""Which time of receipt counts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dossier import ReceivedSource
from ingest.receipt import (
    DATED_EARLIER,
    IN_THE_FUTURE,
    MOVED,
    NOT_DATED,
    PUT_IN_BY_HAND,
    Receipt,
    received,
    top_received,
    weigh,
)
from tests.ingest.mails import LETTERS, OFFICE, mail

VIETNAM = timezone(timedelta(hours=7))
NOON = datetime(2024, 3, 22, 12, 0, tzinfo=VIETNAM)
SEEN = NOON + timedelta(minutes=1)
FIVE = timedelta(minutes=5)
DAY = timedelta(days=1)
INTERNALDATE, HOP, FIRST_SEEN = (
    ReceivedSource.INTERNALDATE,
    ReceivedSource.RECEIVED_HEADER,
    ReceivedSource.FIRST_SEEN,
)


@pytest.mark.parametrize("apart", [timedelta(), FIVE, -FIVE])
def test_the_mailboxs_date_counts_when_our_server_agrees(apart: timedelta) -> None:
    found = weigh(internal_date=NOON, stamp=NOON + apart, first_seen=SEEN + FIVE)

    assert found == Receipt(at=NOON, source=INTERNALDATE)


def test_a_mail_moved_or_migrated_later_keeps_the_time_our_server_took_it() -> None:
    found = weigh(internal_date=NOON, stamp=NOON - DAY, first_seen=SEEN)

    assert found == Receipt(at=NOON - DAY, source=HOP, remark=MOVED)


def test_a_mail_read_late_is_not_late() -> None:
    found = weigh(internal_date=NOON, stamp=NOON, first_seen=NOON + 3 * DAY)

    assert found == Receipt(at=NOON, source=INTERNALDATE)


def test_a_mailbox_date_before_our_servers_own_is_a_persons_doing() -> None:
    found = weigh(internal_date=NOON - DAY, stamp=NOON, first_seen=SEEN)

    assert found == Receipt(at=NOON, source=HOP, note=DATED_EARLIER)


def test_a_mail_that_never_passed_our_server_counts_from_our_first_sight() -> None:
    found = weigh(internal_date=NOON - DAY, stamp=None, first_seen=SEEN)

    assert found == Receipt(at=SEEN, source=FIRST_SEEN, note=PUT_IN_BY_HAND)


def test_a_mailbox_without_dates_leaves_it_to_our_server_and_an_officer() -> None:
    assert weigh(internal_date=None, stamp=NOON, first_seen=SEEN) == Receipt(
        at=NOON, source=HOP, note=NOT_DATED
    )
    assert weigh(internal_date=None, stamp=None, first_seen=SEEN) == Receipt(
        at=SEEN, source=FIRST_SEEN, note=NOT_DATED
    )


@pytest.mark.parametrize(
    ("internal_date", "stamp", "at", "source"),
    [
        (NOON + DAY, NOON, NOON, HOP),
        (NOON, NOON + DAY, NOON, INTERNALDATE),
        (NOON + DAY, NOON + DAY, SEEN, FIRST_SEEN),
    ],
)
def test_a_time_to_come_is_nobodys_time_of_receipt(
    internal_date: datetime, stamp: datetime, at: datetime, source: ReceivedSource
) -> None:
    found = weigh(internal_date=internal_date, stamp=stamp, first_seen=SEEN)

    assert found == Receipt(at=at, source=source, note=IN_THE_FUTURE)


# ------------------------------------------------------------------ the header

OURS = "Received: from mx.a.vn by mx1.namdinh.gov.vn (Postfix); Fri, 22 Mar 2024 12:00:00 +0700\n"
FILTERED = (
    "Received: from mail.namdinh.gov.vn ([127.0.0.1])\n\tby localhost (mail.namdinh.gov.vn\n"
    "\t[127.0.0.1]) (amavis); Fri, 22 Mar 2024 12:00:01 +0700 (+07)\n"
)
THEIRS = "Received: from pc by mx.a.vn; Fri, 22 Mar 2024 11:00:00 +0700\n"


@pytest.mark.parametrize(
    ("lines", "hosts", "at"),
    [
        (OURS + THEIRS, OFFICE.trusted_hosts, NOON),
        (FILTERED + OURS, OFFICE.trusted_hosts, NOON + timedelta(seconds=1)),
        (THEIRS, OFFICE.trusted_hosts, None),
        (THEIRS, (), NOON - timedelta(hours=1)),
        ("", (), None),
        (OURS.replace("22 Mar", "99 Mar"), (), None),
        (OURS.replace("+0700", "-0000"), (), datetime(2024, 3, 22, 12, tzinfo=UTC)),
    ],
)
def test_our_servers_stamp_is_the_topmost_hop_it_wrote(
    lines: str, hosts: tuple[str, ...], at: datetime | None
) -> None:
    assert top_received((lines + mail()).encode(), hosts) == at


def test_a_received_line_in_the_body_is_no_stamp() -> None:
    assert top_received(mail(OURS).encode()) is None


def test_a_mail_as_fetched_is_weighed_by_its_own_header() -> None:
    raw = (OURS + mail(Date="Mon, 01 Jan 2001 00:00:00 +0700")).encode()

    found = received(raw, NOON + FIVE, NOON + DAY, OFFICE.trusted_hosts)

    assert found == Receipt(at=NOON + FIVE, source=INTERNALDATE)


@pytest.mark.parametrize(
    ("case", "at"),
    [
        ("002-phong-nnptnt-file-roi-01", "2024-03-21T10:08:44+07:00"),
        ("b005-ooo-en-exchange-01", "2024-03-20T10:15:00+07:00"),
        ("b408-supplement-in-time-without-code-02", "2024-03-22T22:30:05+07:00"),
    ],
)
def test_the_stamp_is_read_from_real_shapes_of_mail(case: str, at: str) -> None:
    raw = (LETTERS / "cases" / f"{case}.eml").read_bytes()

    assert top_received(raw, ("namdinh.gov.vn",)) == datetime.fromisoformat(at)
