"""Mails: one line for each, questions answered by a person, sealed ones shut."""

from pathlib import Path

import pytest
from django.test import Client

from dossier import Triage
from ledger import intake
from ledger.models import Incoming
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_file, a_judged_dossier, a_sorted_mail, acts, said, text
from tests.ledger.rows import NOW, a_mail, a_spot, read

MARKED = "Công văn MẬT số 12"
MARKED_FILE = "ke-hoach-phong-thu.docx"


@pytest.fixture
def sealed(store: Store) -> Incoming:
    """A mail with a state-secret marking."""
    mail = a_sorted_mail(store, Triage.QUARANTINED, subject=MARKED)
    a_file(store, mail, MARKED_FILE)
    return mail


# ------------------------------------------------------------------ questions


def test_a_question_waits_until_an_officer_says_it_is_answered(desk: Client, store: Store) -> None:
    mail = a_sorted_mail(store, Triage.QUERY)
    before = text(desk.get("/thu-den/?loai=cho-can-bo"))

    line = said(desk, desk.post(f"/thu-den/{mail.pk}/da-giai-quyet/", {"ly-do": "gọi điện"}))

    after = text(desk.get("/thu-den/?loai=cho-can-bo"))
    assert line == "Đã ghi nhận: thư này không còn chờ cán bộ."
    assert (f"/thu-den/{mail.pk}/" in before, f"/thu-den/{mail.pk}/" in after) == (True, False)
    assert acts() == [(OFFICER, "settle_mail", "gọi điện")]


def test_a_question_is_settled_once(desk: Client, store: Store) -> None:
    address = f"/thu-den/{a_sorted_mail(store, Triage.QUERY).pk}/da-giai-quyet/"
    said(desk, desk.post(address))

    line = said(desk, desk.post(address))

    assert line == "Thư này đã có cán bộ giải quyết."
    assert len(acts()) == 1


def test_a_dossier_is_no_question(desk: Client, store: Store) -> None:
    mail = a_judged_dossier(store, 1).mails.get()

    page = text(desk.get(f"/thu-den/{mail.pk}/"))
    line = said(desk, desk.post(f"/thu-den/{mail.pk}/da-giai-quyet/"))

    assert "Đã trả lời" not in page
    assert line == "Thư này không chờ cán bộ trả lời."
    assert acts() == []


def test_the_page_of_a_mail_says_who_what_and_why(desk: Client, store: Store) -> None:
    mail = a_sorted_mail(store, Triage.OTHER, subject="Mời họp")
    a_file(store, mail, "Giay moi.pdf")

    page = text(desk.get(f"/thu-den/{mail.pk}/"))

    for words in ("Mời họp", "vanthu@xa.example", "thư khác", "Vì sao.", "Giay moi.pdf"):
        assert words in page


def test_a_mail_in_no_dossier_is_read_again(desk: Client, store: Store) -> None:
    mail = a_sorted_mail(store, Triage.OTHER)

    line = said(desk, desk.post(f"/thu-den/{mail.pk}/doc-lai/"))

    mail.refresh_from_db()
    assert line == "Thư đang được đọc lại."
    assert (mail.stage, mail.triage) == ("read", "")
    assert [verb for _who, verb, _why in acts()] == ["read_again"]


def test_a_mail_that_a_dossier_rests_on_is_not_read_again(desk: Client, store: Store) -> None:
    mail = a_judged_dossier(store, 1).mails.get()

    line = said(desk, desk.post(f"/thu-den/{mail.pk}/doc-lai/"))

    assert line == "Thư này đang được đọc, đã thuộc một hồ sơ, hoặc là bản sao."
    assert acts() == []


# ------------------------------------------------------------------ sealed mails


@pytest.mark.parametrize("address", ["/thu-den/", "/thu-den/{mail}/", "/"])
def test_of_a_sealed_mail_no_page_shows_what_it_says(
    desk: Client, sealed: Incoming, address: str
) -> None:
    page = text(desk.get(address.format(mail=sealed.pk)))

    assert MARKED not in page
    assert MARKED_FILE not in page
    assert "Hồ sơ đề xuất</h1>" not in page


def test_a_sealed_mail_and_its_files_are_not_handed_to_a_browser_that_only_asks(
    desk: Client, sealed: Incoming
) -> None:
    mail = desk.get(f"/thu-den/{sealed.pk}/nguyen-ban.eml")
    file = desk.get(f"/thu-den/tep/{sealed.files.get().pk}/")

    assert (mail.status_code, file.status_code) == (403, 403)
    assert "sau khi ghi lý do" in text(mail)


def test_a_sealed_mail_goes_out_to_an_officer_who_confirms_and_says_why(
    desk: Client, sealed: Incoming, store: Store
) -> None:
    answer = desk.post(
        f"/thu-den/{sealed.pk}/lay-nguyen-ban/", {"xac-nhan": "co", "ly-do": "chuyển văn thư mật"}
    )

    assert b"".join(answer) == store.get(sealed.digest)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert acts() == [(OFFICER, "open_sealed_mail", "chuyển văn thư mật")]


@pytest.mark.parametrize("form", [{"ly-do": "cần"}, {"xac-nhan": "co", "ly-do": " "}, {}])
def test_without_confirmation_or_reason_it_stays_shut(
    desk: Client, sealed: Incoming, form: dict[str, str]
) -> None:
    answer = desk.post(f"/thu-den/{sealed.pk}/lay-nguyen-ban/", form)

    assert answer.status_code == 302
    assert acts() == []


def test_the_book_of_acts_does_not_tell_a_sealed_subject(desk: Client, sealed: Incoming) -> None:
    desk.post(f"/thu-den/{sealed.pk}/da-giai-quyet/")

    assert MARKED not in sealed.acts.get().what


def test_another_copy_of_a_sealed_mail_is_shut_too(
    desk: Client, sealed: Incoming, store: Store
) -> None:
    intake.record(store, a_spot(2), store.get(sealed.digest), NOW, NOW)
    copy = Incoming.objects.get(uid=2)
    Incoming.objects.filter(pk=copy.pk).update(subject=MARKED, triage="")

    assert MARKED not in text(desk.get("/thu-den/"))
    assert desk.get(f"/thu-den/{copy.pk}/nguyen-ban.eml").status_code == 403


def test_a_marked_mail_is_shut_before_it_is_sorted_and_whatever_else_it_is(
    desk: Client, store: Store
) -> None:
    mail = a_mail(store, 1)
    read(mail)
    reading = dict(mail.reading or {}, secret=True)
    Incoming.objects.filter(pk=mail.pk).update(reading=reading, subject=MARKED, triage="automatic")

    assert MARKED not in text(desk.get("/thu-den/"))
    assert MARKED not in text(desk.get(f"/thu-den/{mail.pk}/"))
    assert desk.get(f"/thu-den/{mail.pk}/nguyen-ban.eml").status_code == 403


# ------------------------------------------------------------------ files


def test_a_file_is_saved_never_shown_and_its_name_is_safe(desk: Client, store: Store) -> None:
    mail = a_sorted_mail(store, Triage.OTHER)
    file = a_file(store, mail, 'Ho so.zip/../../"trang <b>\u202e.html', b"<script>1</script>")

    answer = desk.get(f"/thu-den/tep/{file.pk}/")

    assert b"".join(answer) == b"<script>1</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="trang b.html"'


def test_a_file_whose_bytes_are_gone_is_not_found(desk: Client, store: Store) -> None:
    file = a_file(store, a_sorted_mail(store, Triage.OTHER))
    Path(store.path(file.digest)).unlink()

    assert desk.get(f"/thu-den/tep/{file.pk}/").status_code == 404
