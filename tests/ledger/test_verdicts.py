"""Commit B: no verdict without its letter, no letter without its verdict, neither twice."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from ledger import filing, verdicts, work
from ledger.models import Dossier, Finding, LetterState, Outgoing, Stage, Verdict
from ledger.store import Store
from tests.ledger.rows import LATER, NOW, a_dossier, a_draft, a_gap, a_mail, a_ruling, read

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def no_caps(_to: str, _dossier: int) -> tuple[str, ...]:
    return ()


def judged(
    store: Store, dossier: Dossier, version: int = 1, *held: str, claimed: work.Claim | None = None
) -> None:
    claimed = claimed or work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None
    ruling = a_ruling(dossier, a_gap())
    letter = a_draft(store, dossier, version, *held)
    verdicts.record(claimed, version, ruling, letter, caps=no_caps, now=NOW)


def test_a_verdict_comes_with_its_letter(store: Store) -> None:
    dossier = a_dossier(store)
    judged(store, dossier)
    dossier.refresh_from_db()

    letter = Outgoing.objects.get()

    assert (dossier.state, dossier.version, dossier.stage) == ("gaps", 1, "")
    assert (letter.state, letter.stage, letter.verdict) == ("ready", "send", dossier.newest)
    assert [one.rule for one in Finding.objects.all()] == ["C02"]


def test_a_letter_that_cannot_be_written_takes_its_verdict_with_it(store: Store) -> None:
    one, other = a_dossier(store, 1), a_dossier(store, 2)
    judged(store, one)
    claimed = work.claim(Stage.JUDGE, other.pk, NOW)
    assert claimed is not None
    letter = a_draft(store, one)

    with pytest.raises(IntegrityError):
        verdicts.record(claimed, 1, a_ruling(other), letter, caps=no_caps, now=NOW)

    assert list(Verdict.objects.values_list("dossier", flat=True)) == [one.pk]


def test_a_mail_that_came_meanwhile_undoes_the_judgement_that_did_not_see_it(store: Store) -> None:
    dossier = a_dossier(store)
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    late = a_mail(store, 2)
    read(late)
    with transaction.atomic():
        filing.put(late, dossier, now=NOW, quiet_until=LATER)

    with pytest.raises(work.LostClaimError):
        judged(store, dossier, claimed=claimed)

    dossier.refresh_from_db()
    assert (Verdict.objects.count(), Outgoing.objects.count()) == (0, 0)
    assert (dossier.stage, dossier.due_at) == ("judge", LATER)


def test_a_held_letter_waits_and_says_why(store: Store) -> None:
    dossier = a_dossier(store)
    judged(store, dossier, 1, "Thư đến có dấu hiệu tự động.")

    letter = Outgoing.objects.get()

    assert (letter.state, letter.stage) == (LetterState.HELD, "")
    assert letter.held_because == ["Thư đến có dấu hiệu tự động."]


def test_a_newer_verdict_takes_the_place_of_a_letter_still_held(store: Store) -> None:
    dossier = a_dossier(store)
    judged(store, dossier, 1, "chờ duyệt")
    Dossier.objects.update(stage=Stage.JUDGE, due_at=NOW)
    dossier.refresh_from_db()
    judged(store, dossier, 2, "chờ duyệt")

    states = list(Outgoing.objects.order_by("pk").values_list("state", flat=True))

    assert states == [LetterState.DROPPED, LetterState.HELD]


def test_a_cap_holds_a_letter_and_never_drops_it(store: Store) -> None:
    dossier = a_dossier(store)
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None

    verdicts.record(
        claimed,
        1,
        a_ruling(dossier),
        a_draft(store, dossier),
        caps=lambda _to, _dossier: ("quá nhiều thư",),
        now=NOW,
    )

    letter = Outgoing.objects.get()
    assert (letter.state, letter.held_because) == (LetterState.HELD, ["quá nhiều thư"])


def test_a_verdict_without_a_letter_says_why(store: Store) -> None:
    dossier = a_dossier(store)
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None
    why = verdicts.NoLetter("Thư của máy.")

    verdicts.record(claimed, 1, a_ruling(dossier), why, caps=no_caps, now=NOW)

    assert Verdict.objects.get().no_letter_because == "Thư của máy."
