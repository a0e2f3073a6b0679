"""What fails is seen, and what was set aside is taken up again."""

import pytest
from django.test import Client

from ledger import troubles
from ledger.models import Dossier, Incoming, Trouble
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_judged_dossier, acts, said, text
from tests.ledger.rows import NOW, a_mail


@pytest.fixture
def broken(store: Store) -> Incoming:
    """A mail that three tries could not read."""
    mail = a_mail(store)
    Incoming.objects.update(set_aside="ValueError: không đọc được", strikes=3, due_at=None)
    troubles.begin("set_aside", f"read:{mail.pk}", "ValueError: không đọc được", NOW)
    return mail


def test_what_fails_is_told_until_it_is_over(desk: Client) -> None:
    troubles.begin("mailbox", "van-thu", "không kết nối được", NOW)

    during = text(desk.get("/su-co/"))
    troubles.end("mailbox", "van-thu", NOW)
    after = text(desk.get("/su-co/"))

    assert "không kết nối được" in during.partition("Việc bị gác lại")[0]
    assert "không kết nối được" in after.partition("Đã qua")[2]


def test_work_set_aside_stands_once_with_its_reason(desk: Client, broken: Incoming) -> None:
    page = text(desk.get("/su-co/"))

    assert page.count("ValueError: không đọc được") == 1
    assert f'href="/thu-den/{broken.pk}/"' in page


def test_work_set_aside_is_taken_up_again_once(desk: Client, broken: Incoming) -> None:
    address = f"/su-co/lam-lai/read/{broken.pk}/"

    first, second = said(desk, desk.post(address)), said(desk, desk.post(address))

    broken.refresh_from_db()
    assert first == "Việc được làm lại ngay."
    assert second == "Việc này không còn bị tạm dừng."
    assert (broken.set_aside, broken.strikes) == ("", 0)
    assert not Trouble.objects.filter(until=None).exists()
    assert acts() == [(OFFICER, "retry", "")]


def test_the_heading_counts_what_the_page_shows(desk: Client, broken: Incoming) -> None:
    troubles.begin("mailbox", "van-thu", "không kết nối được", NOW)

    before = text(desk.get("/"))
    desk.post(f"/su-co/lam-lai/read/{broken.pk}/")
    after = text(desk.get("/"))

    assert "2 sự cố chưa hết" in before
    assert "1 sự cố chưa hết" in after


def test_judging_again_ends_the_trouble_of_a_dossier_set_aside(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1)
    Dossier.objects.update(stage="judge", set_aside="ValueError")
    troubles.begin("set_aside", f"judge:{dossier.pk}", "ValueError", NOW)

    desk.post(f"/ho-so/{dossier.code}/kiem-tra-lai/")

    assert not Trouble.objects.filter(until=None).exists()


def test_the_button_leads_back_to_its_page_and_to_no_stranger(
    desk: Client, broken: Incoming
) -> None:
    address, home = f"/su-co/lam-lai/read/{broken.pk}/", f"/thu-den/{broken.pk}/"

    ours = desk.post(address, {"ve": home})
    theirs = [desk.post(address, {"ve": one}) for one in ("https://x.example/", "//x.example")]

    assert ours.headers["Location"] == home
    assert {one.headers["Location"] for one in theirs} == {"/su-co/"}


def test_there_is_no_other_work(desk: Client) -> None:
    assert desk.post("/su-co/lam-lai/xoa/1/").status_code == 404
