"""A mail joined to the wrong dossier: moved by an officer, and nothing is said without one."""

from pathlib import Path

import pytest

from ledger import acts, filing, invariants, verdicts, work
from ledger.models import Act, Dossier, Incoming, LetterState, Outgoing, Stage
from ledger.moving import WAITS, move_mail
from ledger.store import Store
from tests.ledger.rows import LATER, NOW, a_dossier, a_draft, a_gap, a_mail, a_ruling, read

pytestmark = pytest.mark.usefixtures("ledger")
WHY = "công văn của xã khác"


@pytest.fixture
def store(ledger: Path) -> Store:
    return Store(ledger.parent / "store")


def judge(store: Store, dossier: Dossier) -> None:
    claimed = work.claim(Stage.JUDGE, dossier.pk, LATER)
    assert claimed is not None
    dossier.refresh_from_db()
    version = dossier.version + 1
    held = [dossier.letter_waits_because] if dossier.letter_waits_because else []
    draft = a_draft(store, dossier, version, *held)
    ruling = a_ruling(dossier, a_gap())
    verdicts.record(claimed, version, ruling, draft, caps=lambda _to, _of: (), now=LATER)
    dossier.refresh_from_db()


def add_mail(store: Store, dossier: Dossier, uid: int, doubt: str = "") -> Incoming:
    """A second mail, joined to the dossier, with a doubt when there was one."""
    mail = a_mail(store, uid)
    read(mail)
    claimed = work.claim(Stage.PLACE, mail.pk, NOW)
    assert claimed is not None
    with filing.placing(claimed):
        doubts = (doubt,) if doubt else ()
        filing.put(mail, dossier, now=NOW, quiet_until=NOW, doubts=doubts, certain=not doubt)
        Incoming.objects.filter(pk=mail.pk).update(triage="supplement", reason=doubt)
        work.hand_on(claimed, None)
    mail.refresh_from_db()
    return mail


def test_a_mail_goes_to_a_dossier_of_its_own_and_both_are_judged_again(store: Store) -> None:
    first = a_dossier(store)
    mail = add_mail(store, first, 2, "Chưa chắc là của hồ sơ này.")

    new = move_mail(mail.pk, "", "lan", LATER, WHY)

    first.refresh_from_db()
    new.refresh_from_db()
    mail.refresh_from_db()
    assert (mail.dossier, mail.certain, mail.triage) == (new, True, "submission")
    assert (first.stage, new.stage) == (Stage.JUDGE, Stage.JUDGE)
    assert (first.letter_waits_because, new.letter_waits_because) == (WAITS, WAITS)
    assert (first.doubts, new.code) == ([], "1322-2025-0002")
    assert sorted(Act.objects.values_list("dossier__code", "verb", "reason")) == [
        (code, "move_mail", f"{first} → {new}: {WHY}") for code in (first.code, new.code)
    ]


def test_what_is_said_after_a_move_waits_for_an_officer_once(store: Store) -> None:
    dossier = a_dossier(store)
    mail = add_mail(store, dossier, 2)
    move_mail(mail.pk, "", "lan", LATER, WHY)

    judge(store, dossier)
    held = Outgoing.objects.get(dossier=dossier).held_because
    acts.judge_now(dossier.pk, "lan", LATER)
    judge(store, dossier)

    assert (held, dossier.letter_waits_because) == ([WAITS], "")


def test_a_letter_that_was_about_to_go_stays(store: Store) -> None:
    dossier = a_dossier(store)
    mail = add_mail(store, dossier, 2)
    judge(store, dossier)
    before = Outgoing.objects.get().state

    move_mail(mail.pk, "", "lan", LATER, WHY)

    letter = Outgoing.objects.get()
    assert (before, letter.state, letter.due_at) == (LetterState.READY, LetterState.HELD, None)
    assert letter.held_because == [WAITS]


def test_a_dossier_left_empty_is_closed_and_its_code_leads_to_the_other(store: Store) -> None:
    first, second = a_dossier(store), a_dossier(store, 2)
    judge(store, first)
    acts.release_dossier(first.pk, "lan", NOW)

    move_mail(first.mails.get().pk, second.code, "lan", LATER, WHY)

    first.refresh_from_db()
    assert (first.moved_into, first.stage, first.state, first.released_at) == (second, "", "", None)
    assert filing.code_now(first.code) == second.code
    assert second.mails.count() == 2
    assert Outgoing.objects.get(dossier=first).state == LetterState.DROPPED
    assert [one for one in invariants.broken(store) if one.startswith("Hồ sơ")] == []


def test_a_closed_dossier_is_not_judged_and_opens_when_a_mail_comes_back(store: Store) -> None:
    first, second = a_dossier(store), a_dossier(store, 2)
    mail = first.mails.get()
    move_mail(mail.pk, second.code, "lan", LATER, WHY)
    acts.judge_now(first.pk, "lan", LATER)
    first.refresh_from_db()
    closed = first.stage

    with pytest.raises(acts.RefusedError, match="Không có hồ sơ"):
        move_mail(mail.pk, first.code, "lan", LATER, WHY)

    assert closed == ""


def test_what_lies_beside_goes_along_when_nothing_judged_is_left(store: Store) -> None:
    first, second = a_dossier(store), a_dossier(store, 2)
    beside = a_mail(store, 3)
    read(beside)
    Incoming.objects.filter(pk=beside.pk).update(
        dossier=first, triage="query", stage="", due_at=None
    )

    move_mail(first.mails.exclude(pk=beside.pk).get().pk, second.code, "lan", LATER, WHY)

    assert (first.mails.count(), second.mails.count()) == (0, 3)


@pytest.mark.parametrize(
    ("to", "reason", "says"),
    [
        ("", WHY, "không cần mở hồ sơ mới"),
        ("1322-2025-0001", WHY, "đã nằm trong hồ sơ này"),
        ("1322-2025-0009", WHY, "Không có hồ sơ 1322-2025-0009"),
        ("", " ", "Cần ghi lý do"),
    ],
)
def test_a_move_to_nowhere_is_refused(store: Store, to: str, reason: str, says: str) -> None:
    mail = a_dossier(store).mails.get()

    with pytest.raises(acts.RefusedError, match=says):
        move_mail(mail.pk, to, "lan", LATER, reason)

    assert (Act.objects.count(), Dossier.objects.count()) == (0, 1)


def test_a_mail_in_no_dossier_or_still_being_read_is_not_moved(store: Store) -> None:
    alone = a_mail(store, 5)
    busy = a_dossier(store).mails.get()
    Incoming.objects.filter(pk=busy.pk).update(stage=Stage.READ, due_at=NOW)

    with pytest.raises(acts.RefusedError, match="không nằm trong hồ sơ nào"):
        move_mail(alone.pk, "", "lan", LATER, WHY)
    with pytest.raises(acts.RefusedError, match="đang được đọc"):
        move_mail(busy.pk, "", "lan", LATER, WHY)

    assert Act.objects.count() == 0
