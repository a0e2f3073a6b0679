"""An open question that an officer calls a gap: it counts, in their words, until papers change."""

from dataclasses import replace
from pathlib import Path

import pytest

from dossier import Place
from ledger import acts, confirming, verdicts, work
from ledger.confirming import confirm_gap, confirmed_in, withdraw_gap
from ledger.models import Act, ConfirmedGap, Dossier, Finding, IncomingFile, Stage
from ledger.store import Store
from rules import Finding as Found
from rules import Judged, Outcome, Severity, State
from tests.ledger.rows import LATER, NOW, a_dossier, a_draft, a_gap, a_ruling

pytestmark = pytest.mark.usefixtures("ledger")
SAYS, REMEDY = "Phiếu 1 chưa có mục tiêu.", "Ghi rõ mục tiêu rồi gửi lại phiếu."


def a_question(file: str = "phieu-1.docx") -> Judged:
    finding = Found(
        outcome=Outcome.UNKNOWN,
        says="Không rõ phiếu có mục tiêu hay không.",
        remedy="Cán bộ đọc phiếu.",
        at=Place(file) if file else None,
    )
    return Judged(rule="C16", severity=Severity.GAP, finding=finding)


@pytest.fixture
def store(ledger: Path) -> Store:
    return Store(ledger.parent / "store")


@pytest.fixture
def dossier(store: Store) -> Dossier:
    """A dossier with one paper and one open question about it."""
    dossier = a_dossier(store)
    a_paper(store, dossier, b"one")
    judge(store, dossier, a_question())
    return dossier


def a_paper(store: Store, dossier: Dossier, raw: bytes, name: str = "phieu-1.docx") -> None:
    mail = dossier.mails.get()
    IncomingFile.objects.create(
        incoming=mail, position=mail.files.count(), name=name, digest=store.put(raw)
    )


def judge(store: Store, dossier: Dossier, *judged: Judged) -> None:
    """Judge it (again), as the service does: with what officers said of it."""
    claimed = work.claim(Stage.JUDGE, dossier.pk, LATER)
    assert claimed is not None
    dossier.refresh_from_db()
    version = dossier.version + 1
    ruling = replace(a_ruling(dossier, *judged), confirmed=confirmed_in(dossier))
    draft = a_draft(store, dossier, version)
    verdicts.record(claimed, version, ruling, draft, caps=lambda _to, _of: (), now=LATER)
    dossier.refresh_from_db()


def confirm(dossier: Dossier) -> ConfirmedGap:
    row = dossier.newest
    assert row is not None
    return confirm_gap(row.findings.get().pk, "lan", LATER, says=SAYS, remedy=REMEDY)


def test_a_question_called_a_gap_is_one_in_the_officers_words(
    dossier: Dossier, store: Store
) -> None:
    before = dossier.state
    confirm(dossier)

    judge(store, dossier, a_question())

    row = dossier.newest
    assert row is not None
    told = verdicts.told(row)
    finding = Finding.objects.get(verdict=row)
    assert (before, dossier.state) == ("officer", "gaps")
    assert [(one.finding.says, one.finding.remedy) for one in told.gaps] == [(SAYS, REMEDY)]
    assert (finding.outcome, finding.confirmed, finding.key) == ("fail", True, a_question().key)
    assert list(Act.objects.values_list("who", "verb", "reason")) == [
        ("lan", "confirm_gap", f"C16: {SAYS}")
    ]


def test_it_survives_every_new_judgement(dossier: Dossier, store: Store) -> None:
    confirm(dossier)
    for _again in range(3):
        judge(store, dossier, a_question())
        acts.judge_now(dossier.pk, "lan", LATER)

    assert (dossier.version, dossier.state) == (4, "gaps")


def test_a_new_version_of_the_paper_opens_the_question_again(
    dossier: Dossier, store: Store
) -> None:
    confirm(dossier)
    a_paper(store, dossier, b"two")

    judge(store, dossier, a_question())

    assert dossier.state == "officer"


def test_another_paper_changes_nothing_for_a_question_about_this_one(
    dossier: Dossier, store: Store
) -> None:
    confirm(dossier)
    a_paper(store, dossier, b"else", "cam-ket.pdf")

    judge(store, dossier, a_question())

    assert dossier.state == "gaps"


def test_a_question_about_what_may_be_missing_is_open_again_when_anything_comes(
    store: Store,
) -> None:
    dossier = a_dossier(store)
    judge(store, dossier, a_question(file=""))
    confirm(dossier)
    judge(store, dossier, a_question(file=""))
    counted = dossier.state
    acts.judge_now(dossier.pk, "lan", LATER)
    a_paper(store, dossier, b"new", "bang-tong-hop.xlsx")

    judge(store, dossier, a_question(file=""))

    assert (counted, dossier.state) == ("gaps", "officer")


def test_what_was_taken_back_counts_no_more(dossier: Dossier, store: Store) -> None:
    confirmed = confirm(dossier)
    withdraw_gap(confirmed.pk, "lan", LATER, "nhầm")

    judge(store, dossier, a_question())

    assert dossier.state == "officer"
    with pytest.raises(acts.RefusedError):
        withdraw_gap(confirmed.pk, "lan", LATER)


def test_a_waiver_wins_over_it(dossier: Dossier, store: Store) -> None:
    confirm(dossier)
    judge(store, dossier, a_question())
    acts.waive(dossier.newest.findings.get().pk, "mai", LATER, "đã hỏi đơn vị")  # type: ignore[union-attr]  # -- it was judged

    judge(store, dossier, a_question())

    assert dossier.state == State.COMPLETE.value


@pytest.mark.parametrize(
    ("says", "remedy"),
    [("", REMEDY), (SAYS, " "), ("a" * 601, REMEDY), (SAYS, "Cán bộ đọc phiếu.")],
)
def test_words_a_unit_could_not_read_are_refused(dossier: Dossier, says: str, remedy: str) -> None:
    finding = Finding.objects.get(verdict__dossier=dossier)

    with pytest.raises(acts.RefusedError):
        confirm_gap(finding.pk, "lan", NOW, says=says, remedy=remedy)

    assert ConfirmedGap.objects.count() == 0


def test_only_an_open_question_of_the_newest_verdict_is_answered_and_once(
    dossier: Dossier, store: Store
) -> None:
    old = Finding.objects.get(verdict__dossier=dossier)
    confirm(dossier)
    with pytest.raises(acts.RefusedError, match="đã được xác nhận"):
        confirm(dossier)
    judge(store, dossier, a_gap())
    with pytest.raises(acts.RefusedError, match="vừa được kiểm tra lại"):
        confirm_gap(old.pk, "lan", NOW, says=SAYS, remedy=REMEDY)
    with pytest.raises(acts.RefusedError, match="không phải câu hỏi"):
        confirm(dossier)

    assert confirming.LONGEST == 600
    assert ConfirmedGap.objects.count() == 1
