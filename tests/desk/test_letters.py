"""Letters: read as they go, released once, dropped with a reason, settled when in doubt."""

import pytest
from django.test import Client

from ledger.models import LetterState, Outgoing, Stage
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_held_letter, a_judged_dossier, acts, said, text
from tests.ledger.rows import LATER, a_gap


def decide(desk: Client, letter: Outgoing, decision: str, why: str = "") -> str:
    """Press a button and give what the desk says."""
    answer = desk.post(f"/thu/{letter.pk}/quyet-dinh/", {"quyet-dinh": decision, "ly-do": why})
    line = said(desk, answer)
    letter.refresh_from_db()
    return line


def test_a_held_letter_says_why_it_waits(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)

    page = text(desk.get(f"/thu/{letter.pk}/"))

    assert "Đang ở chế độ duyệt: mọi thư chờ cán bộ." in page
    assert "Duyệt và gửi" in page


def test_a_released_letter_is_due_to_be_sent_and_the_book_says_who_did_it(
    desk: Client, store: Store
) -> None:
    letter = a_held_letter(store)

    line = decide(desk, letter, "gui", "đã xem")

    assert line == "Đã duyệt; thư đang được gửi."
    assert (letter.state, letter.stage) == (LetterState.READY, "send")
    assert acts() == [(OFFICER, "release_letter", "đã xem")]


def test_a_second_release_is_refused_kindly_and_changes_nothing(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)
    decide(desk, letter, "gui")

    line = decide(desk, letter, "gui")

    assert line == "Thư này không còn chờ duyệt."
    assert len(acts()) == 1


def test_a_letter_is_kept_back_only_with_a_reason(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)

    refused = decide(desk, letter, "khong-gui", "  ")
    held = letter.state
    dropped = decide(desk, letter, "khong-gui", "đã gọi điện cho đơn vị")

    assert refused == "Cần ghi lý do không gửi: đơn vị sẽ không nhận được thư này."
    assert held == LetterState.HELD
    assert dropped == "Thư không được gửi."
    assert letter.state == LetterState.DROPPED
    assert acts() == [(OFFICER, "drop_letter", "đã gọi điện cho đơn vị")]


@pytest.mark.parametrize(
    ("before", "decision", "expected"),
    [
        (LetterState.IN_DOUBT, "da-den", (LetterState.SENT, "", "letter_arrived")),
        (LetterState.IN_DOUBT, "gui-lai", (LetterState.READY, "send", "send_again")),
        (LetterState.FAILED, "thu-lai", (LetterState.READY, "send", "try_again")),
    ],
)
def test_a_letter_in_doubt_or_refused_is_settled_by_a_person(
    desk: Client, store: Store, before: LetterState, decision: str, *, expected: tuple[str, ...]
) -> None:
    letter = a_held_letter(store)
    stage = Stage.SEND if before == LetterState.IN_DOUBT else ""
    Outgoing.objects.filter(pk=letter.pk).update(state=before, stage=stage, due_at=LATER)

    decide(desk, letter, decision)

    [(_who, verb, _why)] = acts()
    assert (letter.state, letter.stage, verb) == expected


def test_a_decision_there_is_none_of_changes_nothing(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)

    answer = desk.post(f"/thu/{letter.pk}/quyet-dinh/", {"quyet-dinh": "xoa"})

    assert answer.status_code == 404
    assert acts() == []


def test_a_letter_on_its_way_is_shown_until_it_arrived(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)

    waiting = text(desk.get(f"/thu/{letter.pk}/"))
    decide(desk, letter, "gui")
    moving = text(desk.get(f"/thu/{letter.pk}/"))

    assert ("http-equiv" in waiting, "http-equiv" in moving) == (False, True)


def test_the_letter_as_a_unit_sees_it_may_run_and_load_nothing(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)

    answer = desk.get(f"/thu/{letter.pk}/noi-dung.html")

    parts = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    assert parts == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    }
    assert text(answer) == "<p>Kính gửi</p>"


def test_the_bytes_handed_out_are_the_bytes_that_go(desk: Client, store: Store) -> None:
    letter = a_held_letter(store)

    answer = desk.get(f"/thu/{letter.pk}/nguyen-ban.eml")

    assert b"".join(answer) == store.get(letter.digest)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="1322-2025-0001-gaps.eml"'
    )


def test_letters_that_wait_stand_first(desk: Client, store: Store) -> None:
    waiting = a_held_letter(store, 1)
    sent = a_judged_dossier(store, 2, a_gap()).letters.get()

    page = text(desk.get("/thu/"))

    assert 0 < page.index(f"/thu/{waiting.pk}/") < page.index(f"/thu/{sent.pk}/")
