"""The cases of domain.md §7 about times, folders, logs and letters, through a ledger.

Numbered as in `test_edges.py`; together they are the forty-five.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import structlog

from dossier import Mode
from ledger import intake
from ledger.models import Dossier, Incoming, Outgoing, Way
from service.demo.mails import Delivered
from tests.office.builders.dossiers import commune, company, sent
from tests.servers import Sink
from tests.service.office import Office, letters

pytestmark = pytest.mark.usefixtures("ledger")
IN_TIME = datetime.fromisoformat("2024-03-22T16:40:00+07:00")


@contextmanager
def an_office(folder: Path, sink: Sink, mode: Mode = Mode.AUTOMATIC) -> Iterator[Office]:
    """An office at work; what reads its papers ends with it."""
    office = Office(folder, sink, mode)
    with office.wired.cage:
        yield office


@pytest.fixture
def office(tmp_path: Path, sink: Sink) -> Iterator[Office]:
    """An office whose letters go by themselves."""
    with an_office(tmp_path, sink) as one:
        yield one


def deliver(office: Office, mail: Delivered, way: Way = Way.MAILBOX) -> None:
    """Lay a mail into the ledger with the hour its server took it, whenever we fetch it."""
    uid = Incoming.objects.count() + 1
    spot = intake.Spot(account="hop-thu", folder=way, uidvalidity=1, uid=uid)
    now = office.hands.now()
    intake.record(office.wired.store, spot, mail.raw, mail.received_at, now, way=way)


def text_of(letter: Outgoing, office: Office) -> str:
    """The plain words of a letter, its lines joined as a reader joins them."""
    message = message_from_bytes(office.wired.store.get(letter.digest), policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_26_a_service_that_was_down_makes_nobody_late(office: Office) -> None:
    scene = commune("edge 26")
    [mail] = sent(scene, scene.letter(*scene.desk.all(), at=IN_TIME))
    office.hands.at = IN_TIME + timedelta(days=3)

    deliver(office, mail)
    dossier = office.judge()

    assert (dossier.state, dossier.late) == ("complete", False)
    assert letters() == [("complete", "sent")]


def test_27_a_dossier_in_the_junk_folder_is_judged_and_its_letter_waits(
    office: Office, sink: Sink
) -> None:
    scene = commune("edge 27")
    [mail] = sent(scene, scene.letter(*scene.desk.all(), at=IN_TIME))
    office.hands.at = IN_TIME + timedelta(minutes=1)

    deliver(office, mail, Way.JUNK)
    dossier = office.judge()

    assert dossier.state == "complete"
    assert [state for _, state in letters()] == ["held"]
    assert sink.mails == []


def test_36_names_phones_and_words_of_a_mail_stay_out_of_the_log(office: Office) -> None:
    scene = company("edge 36")
    [mail] = sent(scene, scene.letter(*scene.desk.all(), at=IN_TIME))
    house = scene.plan.house

    with structlog.testing.capture_logs() as events:
        deliver(office, mail)
        office.judge()

    said = " ".join(str(value) for event in events for value in event.values())
    private = (house.name, house.mailbox, house.contact.name, house.contact.phone, house.tax_code)
    assert [one for one in private if one and one in said] == []


def test_44_a_gap_asked_for_at_the_last_minute_keeps_the_first_receipt(
    office: Office,
) -> None:
    scene = commune("edge 44")
    just_in_time = datetime.fromisoformat("2024-03-22T23:59:30+07:00")
    papers = (scene.desk.cover(), *scene.desk.forms())
    [mail] = sent(scene, scene.letter(*papers, at=just_in_time))
    office.hands.at = just_in_time

    deliver(office, mail)
    dossier = office.judge()

    [letter] = Outgoing.objects.all()
    words = text_of(letter, office)
    assert (dossier.state, dossier.late) == ("gaps", False)
    assert "lúc 23 giờ 59 phút ngày 22/3/2024" in words
    assert "thời điểm nhận lần đầu của" in words


def test_45_wrong_rules_reach_nobody_while_an_officer_releases_every_letter(
    tmp_path: Path, sink: Sink
) -> None:
    with an_office(tmp_path, sink, Mode.APPROVE) as office:
        for number in range(3):
            scene = company(f"edge 45/{number}")
            papers = (scene.desk.cover(), *scene.desk.forms())
            [mail] = sent(scene, scene.letter(*papers, at=IN_TIME))
            deliver(office, mail)
        office.judge()

    assert list(Dossier.objects.values_list("state", flat=True)) == ["gaps"] * 3
    assert letters() == [("gaps", "held")] * 3
    assert sink.mails == []
