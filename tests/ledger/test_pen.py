"""Two who decide at once take the pen one after the other, on either database."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import transaction

from dossier import Unit, UnitKind
from ledger import filing, pen, troubles, values, work
from ledger.models import Dossier, Incoming, Trouble
from ledger.store import Store
from tests.ledger.rows import NOW, a_mail, a_spot, read

pytestmark = pytest.mark.usefixtures("ledger")
AT_ONCE = 4


def at_once(*acts: object) -> list[Exception]:
    """Do several things at the same moment, each on a connection of its own."""
    start, failed = Barrier(len(acts)), list[Exception]()

    def act(one: object) -> None:
        start.wait()
        try:
            assert callable(one)
            one()
        except Exception as error:  # noqa: BLE001 -- a thread's failure is the test's
            failed.append(error)
        finally:
            work.let_go()

    threads = [Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_dossiers_opened_at_once_have_numbers_of_their_own() -> None:
    def open_one() -> None:
        with transaction.atomic():
            pen.hold("placing")
            filing.open_dossier("1322-2025", Unit(name="A", kind=UnitKind.COMMUNE), NOW)

    assert at_once(*[open_one] * AT_ONCE) == []
    assert list(Dossier.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_trouble_that_many_meet_at_once_stands_once() -> None:
    def meet() -> None:
        troubles.begin("smtp", "", "Máy chủ không trả lời.", NOW)

    assert at_once(*[meet] * AT_ONCE) == []
    assert list(Trouble.objects.values_list("times", flat=True)) == [AT_ONCE]


def test_one_mail_that_two_visits_find_comes_in_once(ledger: Path) -> None:
    store = Store(ledger.parent / "store")

    def visit(uid: int) -> None:
        a_mail(store, uid, b"Subject: thu\r\n\r\n")

    assert at_once(*[lambda: visit(1)] * AT_ONCE) == []
    assert Incoming.objects.count() == 1


def test_of_the_same_bytes_in_two_places_one_is_the_mail_and_one_its_copy(ledger: Path) -> None:
    store = Store(ledger.parent / "store")

    def visit(uid: int) -> None:
        a_mail(store, uid, b"Subject: thu\r\n\r\n")

    assert at_once(*[lambda uid=uid: visit(uid) for uid in range(1, AT_ONCE + 1)]) == []
    assert Incoming.objects.filter(duplicate_of=None).count() == 1
    assert Incoming.objects.count() == AT_ONCE


def test_signs_no_database_keeps_become_one_that_stands_for_nothing(ledger: Path) -> None:
    mail = a_mail(Store(ledger.parent / "store"))

    read(mail, name="Phòng\0 KT\udc80")

    assert mail.sender_name == "Phòng� KT�"


@pytest.mark.parametrize("words", ["", "plain", "Đề xuất nhiệm vụ", "chữ 𠮷 ngoài BMP"])
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert values.text(words) == words


def test_the_beginning_of_a_claim_says_whose_it_is(ledger: Path) -> None:
    mail = a_mail(Store(ledger.parent / "store"))
    [(stage, row)] = work.due(NOW)
    assert work.claim(stage, row, NOW, by="job7.") is not None

    others = work.free(stage, row, "job71.", NOW)
    freed = work.free(stage, row, "job7.", NOW)

    assert (others, freed) == (False, True)
    assert work.due(NOW) == ((stage, mail.pk),)


def test_an_engine_hears_of_a_mail_in_the_transaction_that_brings_it(ledger: Path) -> None:
    heard: list[tuple[str, int]] = []

    def offer(stage: str, row: int) -> None:
        heard.append((stage, row))

    with work.told(offer):
        mail = a_mail(Store(ledger.parent / "store"), uid=a_spot().uid)

    assert heard == [("read", mail.pk)]
