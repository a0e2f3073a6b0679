"""A rule that suddenly fails too many dossiers: letters wait, and an officer decides."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dossier import ReplyKind
from ledger import acts, overruled, troubles, verdicts, watch, work
from ledger.models import Act, Dossier, LetterState, Outgoing, Pause, Stage
from ledger.store import Store
from rules import Judged, Severity
from tests.ledger.rows import NOW, VERSIONS, a_dossier, a_draft, a_gap, a_ruling

pytestmark = pytest.mark.usefixtures("ledger")
LIMIT = watch.Limit(share=0.5, at_least=4, span=timedelta(hours=24))
OTHER_GAP = replace(a_gap(), rule="C03")
DAYS = timedelta(days=2)


@pytest.fixture
def store(ledger: Path) -> Store:
    return Store(ledger.parent / "store")


def judge(
    store: Store,
    dossier: Dossier,
    *judged: Judged,
    now: timedelta = timedelta(),
    versions: verdicts.Versions = VERSIONS,
) -> None:
    """Judge a dossier that is due, under watch."""
    at = NOW + now
    claimed = work.claim(Stage.JUDGE, dossier.pk, at)
    assert claimed is not None
    dossier.refresh_from_db()
    version = dossier.version + 1
    kind = ReplyKind.GAPS if judged else ReplyKind.COMPLETE
    verdicts.record(
        claimed,
        version,
        replace(a_ruling(dossier, *judged), versions=versions),
        replace(a_draft(store, dossier, version), kind=kind),
        caps=lambda _to, _of: (),
        watch=watch.watching(LIMIT, at),
        now=at,
    )


def judged(store: Store, uid: int, *found: Judged, now: timedelta = timedelta()) -> Dossier:
    dossier = a_dossier(store, uid)
    judge(store, dossier, *found, now=now)
    return dossier


def a_pause(store: Store, uid: int = 1) -> Pause:
    """Four dossiers, three of which fail one rule."""
    judged(store, uid)
    for number in range(1, 4):
        judged(store, uid + number, a_gap())
    return Pause.objects.get(ended_at=None)


def states() -> list[str]:
    return list(Outgoing.objects.order_by("pk").values_list("state", flat=True))


def test_few_dossiers_say_nothing(store: Store) -> None:
    for uid in range(1, 4):
        judged(store, uid, a_gap())

    assert (Pause.objects.count(), states()) == (0, ["ready"] * 3)


def test_a_share_that_is_not_passed_says_nothing(store: Store) -> None:
    for uid in range(1, 7):
        judged(store, uid, *([] if uid % 2 else [a_gap()]))

    assert Pause.objects.count() == 0


def test_too_many_at_once_hold_every_letter_and_ring(store: Store) -> None:
    pause = a_pause(store)
    after = judged(store, 9)

    [trouble] = troubles.lasting()
    assert (pause.rule, pause.judged, len(pause.failing)) == ("C02", 4, 3)
    assert states() == ["held"] * 5
    assert Outgoing.objects.get(dossier=after).held_because == [pause.reason]
    assert (trouble.what, trouble.where, trouble.reason) == (
        "pause",
        "1322-2025 C02",
        pause.reason,
    )


def test_a_mere_receipt_goes_all_the_same(store: Store) -> None:
    a_pause(store)
    dossier = a_dossier(store, 9)
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None
    verdicts.record(
        claimed,
        1,
        a_ruling(dossier),
        replace(a_draft(store, dossier), kind=ReplyKind.NIL_RETURN),
        caps=lambda _to, _of: (),
        watch=watch.watching(LIMIT, NOW),
        now=NOW,
    )

    assert Outgoing.objects.get(dossier=dossier).state == LetterState.READY


def test_what_failed_before_is_not_new(store: Store) -> None:
    dossiers = [judged(store, uid, a_gap()) for uid in (1, 2, 3)]
    for dossier in dossiers:
        acts.judge_now(dossier.pk, "lan", NOW)
        judge(store, dossier, a_gap(), now=DAYS)
    judged(store, 4, now=DAYS)

    assert Pause.objects.count() == 0


def test_an_officer_lets_letters_go_and_the_book_says_who(store: Store) -> None:
    pause = a_pause(store)

    gone = watch.resume(pause.pk, "lan", NOW, "đúng là các xã quên bảng", send=True)

    pause.refresh_from_db()
    assert (gone, states()) == (4, ["ready"] * 4)
    assert (pause.ended_by, pause.ended_at, troubles.lasting()) == ("lan", NOW, ())
    assert list(Act.objects.values_list("who", "verb", "what", "reason")) == [
        ("lan", "resume", "1322-2025 C02", "đúng là các xã quên bảng")
    ]


def test_without_being_asked_to_no_letter_goes_when_letters_go_again(store: Store) -> None:
    watch.resume(a_pause(store).pk, "lan", NOW, "đã xem")

    assert states() == ["held"] * 4


def test_a_letter_that_waits_for_another_reason_too_stays(store: Store) -> None:
    pause = a_pause(store)
    letter = Outgoing.objects.earliest("pk")
    Outgoing.objects.filter(pk=letter.pk).update(held_because=["khác", pause.reason])

    watch.resume(pause.pk, "lan", NOW, "đã xem", send=True)

    assert states() == ["held", "ready", "ready", "ready"]


def test_a_rule_an_officer_called_right_pauses_no_more_until_it_is_another(store: Store) -> None:
    watch.resume(a_pause(store).pk, "lan", NOW, "đã xem")
    for uid in range(10, 15):
        judged(store, uid, a_gap())
    same = Pause.objects.filter(ended_at=None).count()

    dossier = a_dossier(store, 20)
    judge(store, dossier, a_gap(), versions=replace(VERSIONS, rules="r2"))

    assert (same, Pause.objects.filter(ended_at=None).count()) == (0, 1)


def test_a_mended_rule_and_a_new_judgement_end_the_pause(store: Store) -> None:
    pause = a_pause(store)
    failing = list(Dossier.objects.filter(pk__in=pause.failing))
    for dossier in failing:
        acts.judge_now(dossier.pk, "lan", NOW)
        judge(store, dossier)

    pause.refresh_from_db()
    assert (pause.ended_at, pause.ended_by, troubles.lasting()) == (NOW, "", ())


def test_a_rule_weighed_as_a_warning_ends_it_too(store: Store) -> None:
    pause = a_pause(store)
    for dossier in Dossier.objects.filter(pk__in=pause.failing):
        acts.judge_now(dossier.pk, "lan", NOW)
        judge(store, dossier, replace(a_gap(), severity=Severity.WARNING))

    pause.refresh_from_db()
    assert pause.ended_at == NOW


def test_two_rules_pause_apart(store: Store) -> None:
    judged(store, 1)
    for uid in range(2, 5):
        judged(store, uid, a_gap(), OTHER_GAP)

    assert sorted(Pause.objects.values_list("rule", flat=True)) == ["C02", "C03"]


def test_letters_go_again_once_and_with_a_reason(store: Store) -> None:
    pause = a_pause(store)

    with pytest.raises(acts.RefusedError, match="lý do"):
        watch.resume(pause.pk, "lan", NOW, " ")
    watch.resume(pause.pk, "lan", NOW, "đã xem")
    with pytest.raises(acts.RefusedError, match="đã hết"):
        watch.resume(pause.pk, "mai", NOW, "đã xem")

    assert Act.objects.count() == 1


def test_the_rule_that_officers_overrule_most_stands_first(store: Store) -> None:
    one = judged(store, 1, a_gap(), OTHER_GAP)
    judged(store, 2, a_gap())
    acts.waive(one.newest.findings.get(rule="C03").pk, "lan", NOW, "có rồi")  # type: ignore[union-attr]  # -- it was judged

    found = overruled.counts("1322-2025")

    assert [(each.rule, each.fails, each.waived, each.overruled) for each in found] == [
        ("C03", 1, 1, 1.0),
        ("C02", 2, 0, 0.0),
    ]
    assert overruled.counts("khac") == ()
