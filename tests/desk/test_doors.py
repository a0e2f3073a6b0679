"""Who may come in, and what the desk lets a browser do."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse

from desk.urls import urlpatterns
from ledger.models import Act, LetterState
from ledger.store import Store
from tests.desk.conftest import HOST, OFFICER, PASSWORD
from tests.desk.rows import a_held_letter, text

LOGIN = "/dang-nhap/"
OPEN = {"login", "metrics"}
"""Who may read the figures is told in `test_metrics`."""
BEHIND = [pattern for pattern in urlpatterns if pattern.name not in OPEN]
SAMPLES = {
    "code": "1322-2025-0001",
    "name": "goi.zip",
    "stage": "read",
    "letter": 1,
    "mail": 1,
    "file": 1,
    "finding": 1,
    "waiver": 1,
    "package": 1,
    "row": 1,
    "number": 1,
    "call_id": "1322-2025",
    "register_id": "xa-my-ha",
    "rule": "C02",
    "pause": 1,
    "confirmed": 1,
}


def address_of(pattern: URLPattern) -> str:
    arguments = {name: SAMPLES[name] for name in pattern.pattern.converters}
    return reverse(f"desk:{pattern.name}", kwargs=arguments)


@pytest.mark.parametrize("pattern", BEHIND, ids=lambda pattern: str(pattern.name))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_but_the_login_needs_a_login(
    visitor: Client, pattern: URLPattern, method: str
) -> None:
    address = address_of(pattern)

    answer = getattr(visitor, method)(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOGIN}?next={address}")


@pytest.mark.usefixtures("officer")
def test_the_right_password_opens_the_desk(visitor: Client) -> None:
    answer = visitor.post(LOGIN, {"username": OFFICER, "password": PASSWORD, "next": "/thu/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/thu/")
    assert visitor.get("/thu/").status_code == 200


@pytest.mark.usefixtures("officer")
def test_the_login_leads_nowhere_but_into_the_desk(visitor: Client) -> None:
    answer = visitor.post(
        LOGIN, {"username": OFFICER, "password": PASSWORD, "next": "https://xau.example/"}
    )

    assert answer.headers["Location"] == "/"


@pytest.mark.usefixtures("officer")
def test_after_five_wrong_passwords_even_the_right_one_waits(visitor: Client) -> None:
    wrong = [visitor.post(LOGIN, {"username": OFFICER, "password": "sai"}) for _ in range(5)]
    right = visitor.post(LOGIN, {"username": OFFICER, "password": PASSWORD})

    assert [answer.status_code for answer in wrong] == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert "Tạm khoá đăng nhập" in text(right)
    assert visitor.get("/").status_code == 302


def test_leaving_shuts_the_desk(desk: Client) -> None:
    assert desk.get("/").status_code == 200

    desk.post("/dang-xuat/")

    assert desk.get("/").status_code == 302


def test_no_browser_keeps_a_page_but_the_stylesheet_stays(desk: Client) -> None:
    page, style = desk.get("/"), desk.get("/static/desk/desk.css")

    assert "no-store" in page.headers["Cache-Control"]
    assert "--paper" in text(style)
    assert "no-store" not in style.headers["Cache-Control"]


def test_an_act_without_our_own_form_is_refused(officer: User, store: Store) -> None:
    letter = a_held_letter(store)
    stranger = Client(SERVER_NAME=HOST, enforce_csrf_checks=True)
    stranger.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    answer = stranger.post(f"/thu/{letter.pk}/quyet-dinh/", {"quyet-dinh": "gui"})

    letter.refresh_from_db()
    assert answer.status_code == 403
    assert "Trang đã cũ" in text(answer)
    assert letter.state == LetterState.HELD
    assert not Act.objects.exists()


@pytest.mark.parametrize("address", ["/thu/1/quyet-dinh/", "/tong-hop/lap/", "/dang-xuat/"])
def test_nothing_changes_by_following_a_link(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 405


def test_a_page_runs_and_loads_nothing_but_our_own(desk: Client) -> None:
    answer = desk.get("/")

    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert "<script" not in text(answer)
    assert " style=" not in text(answer)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_changed_password_is_the_one_that_counts(desk: Client, officer: User) -> None:
    new = "mot-mat-khau-khac-2025"

    desk.post("/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    officer.refresh_from_db()
    assert officer.check_password(new)
    assert desk.get("/").status_code == 200


def test_a_page_there_is_none_of_says_so_in_vietnamese(desk: Client) -> None:
    answer = desk.get("/khong-co/")

    assert answer.status_code == 404
    assert "Không tìm thấy" in text(answer)
