"""What officers do is written down for ever, and happens with its row or not at all."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from ledger import acts, verdicts, work
from ledger.models import Act, AppendOnlyError, Dossier, LetterState, Outgoing, Stage
from ledger.store import Store
from tests.ledger.rows import LATER, NOW, a_dossier, a_draft, a_gap, a_ruling

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def dossier(ledger: Path) -> Dossier:
    """A dossier with one gap and its letter held."""
    store = Store(ledger.parent / "store")
    dossier = a_dossier(store)
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None
    verdicts.record(
        claimed,
        1,
        a_ruling(dossier, a_gap()),
        a_draft(store, dossier, 1, "chờ duyệt"),
        caps=lambda _to, _dossier: (),
        now=NOW,
    )
    dossier.refresh_from_db()
    return dossier


def test_a_released_letter_is_due_to_be_sent_and_the_book_says_who_did_it(
    dossier: Dossier,
) -> None:
    letter = Outgoing.objects.get()

    acts.release_letter(letter.pk, "lan", LATER, "đã xem")

    letter.refresh_from_db()
    act = Act.objects.get()
    assert (letter.state, letter.stage, letter.due_at) == (LetterState.READY, "send", LATER)
    assert (act.who, act.verb, act.what, act.reason) == (
        "lan",
        "release_letter",
        dossier.code,
        "đã xem",
    )


@pytest.mark.usefixtures("dossier")
def test_a_letter_is_released_once() -> None:
    letter = Outgoing.objects.get()
    acts.release_letter(letter.pk, "lan", LATER)

    with pytest.raises(acts.RefusedError):
        acts.release_letter(letter.pk, "minh", LATER)

    assert Act.objects.count() == 1


def test_a_waiver_needs_a_reason_and_judges_again(dossier: Dossier) -> None:
    finding = verdicts.last_answered(dossier)
    assert finding is not None
    gap = finding.findings.get()

    with pytest.raises(acts.RefusedError):
        acts.waive(gap.pk, "lan", LATER, "  ")
    acts.waive(gap.pk, "lan", LATER, "đã nhận bản giấy")

    dossier.refresh_from_db()
    assert verdicts.waived_in(dossier) == {a_gap().key}
    assert (dossier.stage, dossier.due_at) == ("judge", LATER)
    assert a_ruling(dossier, a_gap()).told.gaps == ()


def test_an_act_cannot_be_changed_by_the_program() -> None:
    act = Act.objects.create(who="lan", verb="x", what="y", at=NOW)
    act.who = "minh"

    with pytest.raises(AppendOnlyError):
        act.save()
    with pytest.raises(AppendOnlyError):
        act.delete()
    with pytest.raises(AppendOnlyError):
        Act.objects.all().update(who="minh")
    with pytest.raises(AppendOnlyError):
        Act.objects.all().delete()

    assert Act.objects.get().who == "lan"


@pytest.mark.parametrize("sql", ["UPDATE ledger_act SET who = 'x'", "DELETE FROM ledger_act"])
def test_nor_by_hand_in_the_database(sql: str) -> None:
    Act.objects.create(who="lan", verb="x", what="y", at=NOW)

    with pytest.raises(DatabaseError, match="only grows"), connection.cursor() as cursor:
        cursor.execute(sql)

    assert Act.objects.get().who == "lan"
