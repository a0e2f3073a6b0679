"""Commit A: a mail that was fetched is ours, once."""

from pathlib import Path

import pytest

from ledger import filing, intake, work
from ledger.models import Incoming, Stage
from ledger.store import Store
from tests.ledger.rows import NOW, a_mail, a_reading, a_spot, open_dossier, read

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_mail_comes_in_once_whoever_fetches_it_again(store: Store) -> None:
    first = intake.record(store, a_spot(), b"thu", NOW, NOW)
    again = intake.record(store, a_spot(), b"thu", NOW, NOW)

    assert (first, again, Incoming.objects.count()) == (True, False, 1)


def test_its_bytes_stand_before_its_row(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(_raw: bytes) -> str:
        message = "power cut"
        raise OSError(message)

    monkeypatch.setattr(store, "put", power_cut)
    with pytest.raises(OSError, match="power cut"):
        intake.record(store, a_spot(), b"thu", NOW, NOW)

    assert Incoming.objects.count() == 0


def test_only_mails_without_a_row_are_asked_for(store: Store) -> None:
    a_mail(store, 2)

    assert intake.unseen("van-thu", "INBOX", 7, [3, 2, 1]) == (1, 3)


def test_a_mailbox_made_anew_is_read_from_its_start(store: Store) -> None:
    a_mail(store, 2)
    intake.visited("van-thu", "INBOX", 7, 2, NOW)

    assert intake.floor("van-thu", "INBOX", 7) == 2
    assert intake.floor("van-thu", "INBOX", 8) == 0


def test_the_same_bytes_under_a_new_uidvalidity_are_a_copy_and_no_new_work(store: Store) -> None:
    first = a_mail(store, 2, b"thu")
    intake.record(store, a_spot(1, uidvalidity=8), b"thu", NOW, NOW)

    copy = Incoming.objects.get(uidvalidity=8)

    assert (copy.duplicate_of, copy.stage) == (first, "")


def test_the_same_letter_delivered_twice_counts_once(store: Store) -> None:
    first, second = a_mail(store, 1), a_mail(store, 2)
    read(first)
    open_dossier(first)
    claimed = work.claim(Stage.READ, second.pk, NOW)
    assert claimed is not None
    receipt = intake.Receipt(at=NOW, source="internaldate")
    Incoming.objects.filter(pk=first.pk).update(triage="submission")
    intake.record_reading(claimed, a_reading(first), receipt, NOW)
    second.refresh_from_db()

    assert filing.same_mail(second) == first


def test_what_was_read_comes_back_as_it_was(store: Store) -> None:
    mail = a_mail(store)
    read(mail)

    assert filing.reading_of(mail) == a_reading(mail)


def test_every_mail_is_accounted_for(store: Store) -> None:
    a_mail(store, 1)
    read(a_mail(store, 2))
    placed = a_mail(store, 3)
    read(placed)
    open_dossier(placed)

    assert intake.accounted() == {
        "all": 3,
        "waiting": 2,
        "set_aside": 0,
        "placed": 1,
        "elsewhere": 0,
        "unaccounted": 0,
    }
