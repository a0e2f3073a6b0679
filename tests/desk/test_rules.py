"""Rules under watch at the desk: the most often overruled first, and the pause an officer ends."""

from datetime import timedelta

import pytest
from django.test import Client

from ledger import acts as book
from ledger import troubles, watch
from ledger.models import Finding, Pause
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_judged_dossier, a_question, acts, said, text
from tests.ledger.rows import NOW, a_gap


@pytest.fixture
def pause(store: Store) -> Pause:
    dossier = a_judged_dossier(store, 1, a_gap())
    troubles.begin(watch.TROUBLE, "1322-2025 C02", "Bỗng không đạt.", NOW)
    return Pause.objects.create(
        call_id=dossier.call_id,
        rule="C02",
        since=NOW,
        reason="Bỗng không đạt.",
        judged=4,
        failing=[dossier.pk],
    )


def test_the_most_often_overruled_rule_stands_first(desk: Client, store: Store) -> None:
    one = a_judged_dossier(store, 1, a_gap(), a_question())
    a_judged_dossier(store, 2, a_gap())
    finding = Finding.objects.get(verdict__dossier=one, rule="C07")
    book.waive(finding.pk, "lan", NOW, "đã gọi điện")

    page = text(desk.get("/quy-tac/"))

    assert page.index("/quy-tac/C07/") < page.index("/quy-tac/C02/")
    assert "(100 %)" in page


def test_a_rule_shows_who_overruled_it_and_whom_it_speaks_of(desk: Client, store: Store) -> None:
    one = a_judged_dossier(store, 1, a_question())
    book.waive(Finding.objects.get().pk, "lan", NOW, "đã gọi điện")

    page = text(desk.get("/quy-tac/C07/"))

    for words in ("đã gọi điện", "lan", one.code, "Chưa kết luận: Không rõ nhiệm vụ"):
        assert words in page
    assert desk.get("/quy-tac/Z99/").status_code == 404


def test_an_officer_ends_a_pause_and_says_why(desk: Client, pause: Pause) -> None:
    before = text(desk.get("/quy-tac/"))
    address = f"/quy-tac/tam-dung/{pause.pk}/"
    without = said(desk, desk.post(address, {"ly-do": ""}))

    line = said(desk, desk.post(address, {"ly-do": "đã xem ba hồ sơ", "gui-luon": "co"}))

    pause.refresh_from_db()
    assert "Tạm dừng gửi thư, đợt 1322-2025" in before
    assert (without, line) == (
        "Cần ghi lý do cho gửi thư trở lại.",
        "Đã cho gửi thư trở lại.",
    )
    assert (pause.ended_by, troubles.lasting()) == (OFFICER, ())
    assert acts() == [(OFFICER, "resume", "đã xem ba hồ sơ")]
    assert pause.ended_at is not None
    assert pause.ended_at - pause.since > timedelta(0)
