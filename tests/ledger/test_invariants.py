"""The doctor finds each thing that must not be."""

from pathlib import Path

import pytest

from ledger import invariants, verdicts, work
from ledger.models import Dossier, Incoming, LetterState, Outgoing, Package, Stage
from ledger.store import Store
from tests.ledger.rows import NOW, a_dossier, a_draft, a_gap, a_ruling

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def store(ledger: Path) -> Store:
    """A house with one dossier judged and its letter ready."""
    store = Store(ledger.parent / "store")
    dossier = a_dossier(store)
    Incoming.objects.update(triage="submission")
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None
    ruling, letter = a_ruling(dossier, a_gap()), a_draft(store, dossier)
    verdicts.record(claimed, 1, ruling, letter, caps=lambda _to, _dossier: (), now=NOW)
    return store


def test_a_house_in_order_has_nothing_broken(store: Store) -> None:
    assert list(invariants.broken(store, whole=True)) == []


def test_a_mail_whose_bytes_are_gone_is_named(store: Store) -> None:
    mail = Incoming.objects.get()
    store.path(mail.digest).unlink()

    assert list(invariants.broken(store)) == [f"Thư đến {mail}: tệp gốc không còn trong kho."]


def test_changed_bytes_are_found_when_everything_is_read(store: Store) -> None:
    letter = Outgoing.objects.get()
    store.path(letter.digest).write_bytes(b"something else")

    assert list(invariants.broken(store)) == []
    assert list(invariants.broken(store, whole=True)) == [
        f"Thư trả lời hồ sơ {letter.dossier}: tệp gốc trong kho đã bị thay đổi."
    ]


def test_a_mail_nobody_sorted_and_nobody_will_is_found(store: Store) -> None:
    Incoming.objects.update(triage="")

    assert [one.partition("INBOX")[0] for one in invariants.broken(store)] == ["Thư đến van-thu/"]


def test_work_without_an_hour_is_found(store: Store) -> None:
    Incoming.objects.update(stage=Stage.READ, due_at=None)
    Outgoing.objects.update(due_at=None)

    assert len(list(invariants.broken(store))) == 2


def test_a_verdict_without_a_letter_or_a_reason_is_found(store: Store) -> None:
    Outgoing.objects.all().delete()

    assert list(invariants.broken(store)) == [
        "Kết luận 1 của 1322-2025-0001 không có thư, không có lý do."
    ]


def test_a_dossier_whose_versions_do_not_add_up_is_found(store: Store) -> None:
    Dossier.objects.update(version=2)

    assert list(invariants.broken(store)) == ["Hồ sơ 1322-2025-0001 ở bản 2 mà có 1 kết luận."]


def test_a_file_of_a_mail_whose_bytes_are_gone_is_named(store: Store) -> None:
    mail = Incoming.objects.get()
    digest = store.put(b"a form")
    mail.files.create(position=0, name="phieu.docx", digest=digest)
    store.path(digest).unlink()

    assert list(invariants.broken(store)) == [
        f"Tệp “phieu.docx” của thư đến {mail}: tệp gốc không còn trong kho."
    ]


def test_a_package_whose_bytes_have_changed_is_found_when_everything_is_read(store: Store) -> None:
    digest = store.put(b"a package")
    Package.objects.create(
        call_id="1322-2025", name="HS.zip", digest=digest, size=9, made_by="an", made_at=NOW
    )
    store.path(digest).write_bytes(b"another")

    assert list(invariants.broken(store)) == []
    assert list(invariants.broken(store, whole=True)) == [
        "Hồ sơ tổng hợp HS.zip: tệp gốc trong kho đã bị thay đổi."
    ]


def test_a_dossier_that_says_other_than_its_newest_verdict_is_found(store: Store) -> None:
    Dossier.objects.update(state="complete")

    assert list(invariants.broken(store)) == [
        "Hồ sơ 1322-2025-0001 ghi trạng thái khác kết luận mới nhất."
    ]


def test_a_letter_sent_without_proof_is_found(store: Store) -> None:
    Outgoing.objects.update(state=LetterState.SENT, sent_at=NOW, stage="", due_at=None)

    assert list(invariants.broken(store)) == [
        "Thư trả lời hồ sơ 1322-2025-0001 ghi là đã gửi mà không có gì chứng minh."
    ]


def test_a_letter_that_waits_although_its_copy_came_back_is_found(store: Store) -> None:
    Incoming.objects.update(copy_of=Outgoing.objects.get())

    assert list(invariants.broken(store)) == [
        "Thư trả lời hồ sơ 1322-2025-0001 đã có bản lưu trong hộp thư mà vẫn chờ gửi."
    ]
