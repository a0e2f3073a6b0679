"""Jobs stand and fall with the rows they are about, and the dead do not block the living."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from ledger import work
from ledger.models import Stage
from ledger.store import Store
from service.cluster import Engine, Queue
from tests.ledger.rows import a_mail
from tests.ledgers import POSTGRESQL, fresh_ledger
from tests.service.office import Office


class ExpectedError(Exception):
    """What a transaction dies of."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Path]:
    """A PostgreSQL ledger with the queue's tables."""
    with fresh_ledger(tmp_path, POSTGRESQL) as path:
        yield path


@pytest.fixture
def store(ledger: Path) -> Store:
    return Store(ledger.parent / "store")


def jobs(*columns: str) -> list[tuple[object, ...]]:
    """What stands in the queue."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM procrastinate_jobs ORDER BY id")  # noqa: S608 -- a test's words
        return list(cursor.fetchall())


def take_a_job() -> int:
    """Take the first job, as a worker does that is never heard of again; the job's number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        [worker] = cursor.fetchone() or (0,)
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        [job] = cursor.fetchone() or (0,)
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    return int(job)


def test_a_mail_is_offered_in_the_transaction_that_brings_it(store: Store) -> None:
    with work.told(Queue().offer):
        mail = a_mail(store)

    assert jobs("queueing_lock", "lock", "args->>'stage'", "args->>'row'") == [
        (f"read:{mail.pk}", f"read:{mail.pk}", "read", str(mail.pk))
    ]


def test_an_offer_is_gone_with_its_row(store: Store) -> None:
    def come_to_nothing() -> None:
        with transaction.atomic():
            a_mail(store)
            raise ExpectedError

    with work.told(Queue().offer), pytest.raises(ExpectedError):
        come_to_nothing()

    assert jobs("id") == []


def test_what_waits_already_is_not_offered_again(store: Store) -> None:
    queue, mail = Queue(), a_mail(store)

    for _ in range(3):
        queue.offer(Stage.READ, mail.pk)

    assert len(jobs("id")) == 1


def test_letters_wait_for_one_another_and_mails_do_not(ledger: Path) -> None:
    del ledger
    queue = Queue()

    queue.offer_all([(Stage.SEND, 1), (Stage.SEND, 2), (Stage.READ, 1), (Stage.READ, 2)])

    assert jobs("lock") == [("send",), ("send",), ("read:1",), ("read:2",)]


def test_one_machine_visits_a_mailbox_and_one_waits_to_follow_it(ledger: Path) -> None:
    del ledger
    queue = Queue()
    queue.offer_mailboxes(["van-thu"])
    take_a_job()

    for _ in range(3):
        queue.offer_mailboxes(["van-thu"])

    assert jobs("status", "lock") == [
        ("doing", "mailbox:van-thu"),
        ("todo", "mailbox:van-thu"),
    ]


def test_the_row_of_a_dead_worker_is_free_at_once_and_its_job_is_gone(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path, POSTGRESQL):
        office = Office(tmp_path)
        engine, mail = Engine(office.wired), office.receive(b"Subject: thu\r\n\r\n")
        engine.offer(Stage.READ, mail.pk)
        job = take_a_job()
        assert work.claim(Stage.READ, mail.pk, office.hands.now(), by=f"job{job}.") is not None
        engine.offer(Stage.READ, mail.pk)

        asyncio.run(engine.take_over())

        assert jobs("status") == [("todo",)]
        assert work.due(office.hands.now()) == ((Stage.READ, mail.pk),)
