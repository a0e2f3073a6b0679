"""An open question called a gap, a mail moved, a stray mail told so: at the desk."""

from html import unescape

import pytest
from django.test import Client

from dossier import Triage
from ledger.models import ConfirmedGap, Dossier, Finding, Incoming, Outgoing
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_judged_dossier, a_question, a_sorted_mail, acts, said, text
from tests.ledger.rows import a_gap

GAP = {"noi-dung": "Phiếu 1 chưa ghi mục tiêu.", "cach-bo-sung": "Ghi rõ mục tiêu."}


def test_an_open_question_is_called_a_gap_in_the_officers_words(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_question())
    finding = Finding.objects.get()
    asked = unescape(text(desk.get(f"/ho-so/{dossier.code}/")))

    line = said(desk, desk.post(f"/ho-so/{dossier.code}/dung-la-thieu/{finding.pk}/", GAP))

    page = unescape(text(desk.get(f"/ho-so/{dossier.code}/")))
    assert "<summary>Đúng là thiếu</summary>" in asked
    assert line == "Đã ghi nhận là thiếu; hồ sơ được kiểm tra lại ngay, thư được soạn theo đó."
    assert "Cán bộ xác nhận là thiếu (1)" in page
    assert "<summary>Đúng là thiếu</summary>" not in page
    assert acts() == [(OFFICER, "confirm_gap", "C07: Phiếu 1 chưa ghi mục tiêu.")]


def test_it_is_taken_back(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_question())
    said(desk, desk.post(f"/ho-so/{dossier.code}/dung-la-thieu/{Finding.objects.get().pk}/", GAP))
    confirmed = ConfirmedGap.objects.get()

    line = said(desk, desk.post(f"/ho-so/{dossier.code}/rut-thieu/{confirmed.pk}/"))

    confirmed.refresh_from_db()
    assert line == "Đã rút lại; hồ sơ được kiểm tra lại ngay."
    assert confirmed.withdrawn_at is not None


def test_another_dossiers_question_is_not_answered_here(desk: Client, store: Store) -> None:
    first, second = a_judged_dossier(store, 1, a_question()), a_judged_dossier(store, 2, a_gap())
    finding = Finding.objects.get(verdict__dossier=first)

    answer = desk.post(f"/ho-so/{second.code}/dung-la-thieu/{finding.pk}/", GAP)

    assert (answer.status_code, acts()) == (404, [])


def test_a_gap_is_not_called_one_again(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())

    page = text(desk.get(f"/ho-so/{dossier.code}/"))
    line = said(
        desk, desk.post(f"/ho-so/{dossier.code}/dung-la-thieu/{Finding.objects.get().pk}/", GAP)
    )

    assert "Đúng là thiếu" not in page
    assert line == "Nội dung này không phải câu hỏi còn để ngỏ."


def test_a_mail_is_moved_to_another_dossier(desk: Client, store: Store) -> None:
    first, second = a_judged_dossier(store, 1, a_gap()), a_judged_dossier(store, 2, a_gap())
    mail = first.mails.get()

    line = said(
        desk,
        desk.post(f"/thu-den/{mail.pk}/chuyen/", {"ma-ho-so": second.code, "ly-do": "cùng một xã"}),
    )

    mail.refresh_from_db()
    page = text(desk.get(f"/ho-so/{first.code}/"))
    assert line.startswith(f"Đã chuyển thư khỏi hồ sơ {first.code}")
    assert mail.dossier == second
    assert f'đã được chuyển sang hồ sơ <a href="/ho-so/{second.code}/">' in page
    assert first.code not in text(desk.get("/"))
    assert {verb for _who, verb, _why in acts()} == {"move_mail"}


def test_a_stray_mail_is_told_so_after_a_last_look(desk: Client, store: Store) -> None:
    mail = a_sorted_mail(store, Triage.OTHER)
    offered = text(desk.get(f"/thu-den/{mail.pk}/"))

    answer = desk.post(
        f"/thu-den/{mail.pk}/gui-nham/", {"noi-nhan": "Phòng Nội vụ, noivu@huyen.gov.vn"}
    )

    letter = Outgoing.objects.get()
    page = text(desk.get(answer.headers["Location"]))
    assert "Soạn thư báo gửi nhầm" in offered
    assert (letter.kind, letter.state, letter.dossier, letter.answers) == (
        "astray",
        "held",
        None,
        mail,
    )
    assert "Đề nghị gửi đến Phòng Nội vụ, noivu@huyen.gov.vn." in " ".join(letter.text.split())
    assert "Duyệt và gửi" in page
    assert acts() == [(OFFICER, "tell_astray", "Phòng Nội vụ, noivu@huyen.gov.vn")]
    assert "Soạn thư báo gửi nhầm" not in text(desk.get(f"/thu-den/{mail.pk}/"))


def test_a_letter_without_a_dossier_is_listed_released_and_shown(
    desk: Client, store: Store
) -> None:
    mail = a_sorted_mail(store, Triage.OTHER)
    desk.post(f"/thu-den/{mail.pk}/gui-nham/", {"noi-nhan": "Phòng Nội vụ"})
    letter = Outgoing.objects.get()

    listed = text(desk.get("/thu/"))
    raw = b"".join(desk.get(f"/thu/{letter.pk}/nguyen-ban.eml"))
    line = said(desk, desk.post(f"/thu/{letter.pk}/quyet-dinh/", {"quyet-dinh": "gui"}))

    assert "Báo gửi nhầm nơi nhận" in listed
    assert raw == store.get(letter.digest)
    assert line == "Đã duyệt; thư đang được gửi."


@pytest.mark.parametrize("hard", [["thư tự động"], []])
def test_no_machine_and_nobody_twice_is_told(desk: Client, store: Store, hard: list[str]) -> None:
    mail = a_sorted_mail(store, Triage.OTHER)
    Incoming.objects.filter(pk=mail.pk).update(hard=hard)
    said(desk, desk.post(f"/thu-den/{mail.pk}/gui-nham/", {"noi-nhan": "Phòng Nội vụ"}))

    line = said(desk, desk.post(f"/thu-den/{mail.pk}/gui-nham/", {"noi-nhan": "Phòng Nội vụ"}))

    assert line == "Thư này không được trả lời bằng mẫu gửi nhầm nơi nhận."
    assert Outgoing.objects.count() == (0 if hard else 1)
    assert Dossier.objects.count() == 0
