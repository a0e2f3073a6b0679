"""“Phần 1/3”: the unit hears at once that the rest is awaited, and once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from dossier import Mode
from ledger.models import Verdict
from tests.servers import Sink, smtp_sink
from tests.service.house import OFFICE
from tests.service.office import Office, letters

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def opened() -> Iterator[Callable[..., Office]]:
    """Offices whose reading children end with the test."""
    offices: list[Office] = []

    def open_office(folder: Path, sink: Sink, mode: Mode = Mode.AUTOMATIC) -> Office:
        offices.append(Office(folder, sink, mode))
        return offices[-1]

    yield open_office
    for office in offices:
        office.wired.cage.close()


def a_part(number: int, of: int = 3) -> bytes:
    """A cover letter typed into the mail is enough of a dossier."""
    mail = EmailMessage()
    mail["From"] = "UBND xã Mỹ Hà <ha@xa.example>"
    mail["To"] = OFFICE
    mail["Subject"] = f"Hồ sơ đề xuất nhiệm vụ KH&CN Chương trình 1322 (phần {number}/{of})"
    mail["Message-ID"] = f"<phan-{number}@xa.example>"
    mail.set_content(f"UBND xã Mỹ Hà gửi phần {number}/{of} hồ sơ đề xuất nhiệm vụ KH&CN.\n")
    mail.add_attachment(
        f"Phiếu đề xuất nhiệm vụ {number}".encode(),
        maintype="text",
        subtype="plain",
        filename=f"Phieu {number}.txt",
    )
    return mail.as_bytes()


def test_the_first_part_is_acknowledged_before_anything_is_judged(
    tmp_path: Path, sink: Sink, opened: Callable[..., Office]
) -> None:
    office = opened(tmp_path, sink)
    office.receive(a_part(1))

    office.work()

    assert (letters(), Verdict.objects.count()) == ([("partial", "sent")], 0)
    assert sink.mails[0].recipients == ("ha@xa.example", OFFICE)


def test_it_is_said_once_whatever_comes_after(
    tmp_path: Path, sink: Sink, opened: Callable[..., Office]
) -> None:
    office = opened(tmp_path, sink)
    office.receive(a_part(1))
    office.work()

    office.receive(a_part(2))
    office.work()
    office.work(timedelta(minutes=2))

    assert letters() == [("partial", "sent")]
    assert "chờ các thư còn lại" in Verdict.objects.latest("pk").no_letter_because


def test_when_all_parts_are_there_they_are_judged_as_one(
    tmp_path: Path, sink: Sink, opened: Callable[..., Office]
) -> None:
    office = opened(tmp_path, sink)
    for number in (1, 2, 3):
        office.receive(a_part(number))

    dossier = office.judge()

    kinds = [kind for kind, _state in letters()]
    assert (dossier.version, kinds[0], "partial" in kinds[1:]) == (1, "partial", False)
    assert len(kinds) == 2


def test_in_approve_mode_it_waits_like_every_letter(
    tmp_path: Path, sink: Sink, opened: Callable[..., Office]
) -> None:
    office = opened(tmp_path, sink, Mode.APPROVE)
    office.receive(a_part(1))

    office.work()

    assert (letters(), sink.mails) == ([("partial", "held")], [])
