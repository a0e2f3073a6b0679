"""Work is claimed once, counted before it is begun, and never dropped in silence."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from ledger import troubles, work
from ledger.models import Incoming, Stage
from ledger.store import Store
from tests.ledger.rows import NOW, a_dossier, a_mail

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_new_mail_is_due_to_be_read(store: Store) -> None:
    mail = a_mail(store)

    assert work.due(NOW) == ((Stage.READ, mail.pk),)


def test_what_one_holds_another_cannot_claim(store: Store) -> None:
    mail = a_mail(store)
    first = work.claim(Stage.READ, mail.pk, NOW)

    assert first is not None
    assert work.claim(Stage.READ, mail.pk, NOW) is None
    assert work.due(NOW) == ()


def test_of_many_who_claim_at_once_one_gets_it(store: Store) -> None:
    mail = a_mail(store)
    taken: list[work.Claim | None] = []

    def take() -> None:
        taken.append(work.claim(Stage.READ, mail.pk, NOW))
        work.let_go()

    threads = [Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([one for one in taken if one]) == 1


def test_a_lease_that_is_over_can_be_taken_and_the_late_one_changes_nothing(store: Store) -> None:
    mail = a_mail(store)
    late = work.claim(Stage.READ, mail.pk, NOW)
    assert late is not None
    afterwards = NOW + work.LEASES[Stage.READ]

    taken = work.claim(Stage.READ, mail.pk, afterwards)

    assert taken is not None
    assert taken.strikes == 2
    with pytest.raises(work.LostClaimError):
        _write_subject(late, "a zombie's word")
    assert Incoming.objects.get(pk=mail.pk).subject == ""


def test_three_failures_set_it_aside_with_the_last_reason(store: Store) -> None:
    mail = a_mail(store)
    now = NOW
    for strike in (1, 2, 3):
        claimed = work.claim(Stage.READ, mail.pk, now)
        assert claimed is not None
        work.failed(claimed, f"lần {strike}", now)
        now += timedelta(minutes=10)

    row = Incoming.objects.get(pk=mail.pk)

    assert (row.stage, row.set_aside, row.due_at) == ("read", "lần 3", None)
    assert [(one.what, one.reason) for one in troubles.lasting()] == [("set_aside", "lần 3")]
    assert work.due(now) == ()


def test_work_that_kills_the_process_is_set_aside_too(store: Store) -> None:
    mail = a_mail(store)
    for _life in range(3):
        work.release(NOW)
        assert work.claim(Stage.READ, mail.pk, NOW) is not None
    work.release(NOW)

    assert work.bury(NOW) == 1
    assert "dừng đột ngột" in Incoming.objects.get(pk=mail.pk).set_aside


def test_what_a_dead_process_held_is_due_at_the_next_start(store: Store) -> None:
    mail = a_mail(store)
    assert work.claim(Stage.READ, mail.pk, NOW) is not None

    work.release(NOW)

    assert work.due(NOW) == ((Stage.READ, mail.pk),)


def test_a_person_can_have_it_tried_again(store: Store) -> None:
    mail = a_mail(store)
    Incoming.objects.filter(pk=mail.pk).update(strikes=3)
    work.bury(NOW)

    assert work.retry(Stage.READ, mail.pk, NOW)
    assert work.due(NOW) == ((Stage.READ, mail.pk),)
    assert troubles.lasting() == ()


def test_putting_off_is_no_strike(store: Store) -> None:
    mail = a_mail(store)
    for day in range(5):
        claimed = work.claim(Stage.READ, mail.pk, NOW + timedelta(days=day))
        assert claimed is not None
        work.postpone(claimed, NOW + timedelta(days=day + 1))

    assert Incoming.objects.get(pk=mail.pk).strikes == 0


def test_no_stage_stands_behind_another(store: Store) -> None:
    dossier = a_dossier(store, 1)
    mails = [a_mail(store, uid) for uid in (2, 3, 4)]

    assert work.due(NOW) == (
        (Stage.READ, mails[0].pk),
        (Stage.JUDGE, dossier.pk),
        (Stage.READ, mails[1].pk),
        (Stage.READ, mails[2].pk),
    )


def _write_subject(claimed: work.Claim, subject: str) -> None:
    with work.finishing(claimed):
        Incoming.objects.filter(pk=claimed.row).update(subject=subject)
        work.hand_on(claimed, None)
