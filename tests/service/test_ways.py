"""How a mail came decides whether a machine answers it; the same mail is never answered twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.settings import MailboxKind, MailboxSettings
from ledger import intake
from ledger.models import Act, Dossier, Incoming, Outgoing, Verdict, Way
from service import handing_in
from service.dropping import Picker
from tests.servers import Sink, smtp_sink
from tests.service.house import a_nil_return
from tests.service.office import Office, letters

pytestmark = pytest.mark.usefixtures("ledger")
FORTY_MEGABYTES = 40 << 20


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(tmp_path: Path, sink: Sink) -> Iterator[Office]:
    office = Office(tmp_path, sink)
    with office.wired.cage:
        yield office


def renamed(raw: bytes, message_id: bytes) -> bytes:
    """The same mail under another Message-ID."""
    return raw.replace(b"<1@xa.example>", message_id)


def picker(office: Office, folder: Path) -> Picker:
    mailbox = MailboxSettings(name="thu-muc", kind=MailboxKind.FOLDER, path=folder)
    return Picker(office.wired, mailbox)


def papers(office: Office, *, address: str = "") -> handing_in.HandedIn:
    return handing_in.HandedIn(
        unit="UBND xã Mỹ Thắng",
        at=office.hands.now() - timedelta(hours=1),
        who="lan",
        reason="đơn vị nộp bản giấy",
        files=[("Công văn số 12.txt", "Đơn vị không có đề xuất nhiệm vụ nào.".encode())],
        address=address,
    )


# ------------------------------------------------------------------ the folder for junk


def test_a_mail_from_the_junk_folder_is_read_and_its_letter_waits_for_an_officer(
    office: Office, sink: Sink
) -> None:
    office.receive(a_nil_return(1), way=Way.JUNK)

    office.judge()

    assert (letters(), sink.mails) == ([("nil_return", "held")], [])
    assert Outgoing.objects.get().held_because == ["thư nằm trong thư mục thư rác"]


# ------------------------------------------------------------------ a mail too large


def test_a_mail_too_large_is_answered_by_what_its_header_says(office: Office) -> None:
    header = a_nil_return(1).partition(b"\n\n")[0] + b"\n\n"
    office.receive(header, too_large=FORTY_MEGABYTES)

    dossier = office.judge()

    assert (dossier.state, letters()) == ("resend", [("resend", "sent")])
    said = Outgoing.objects.get().text
    assert "thư nặng 40 MB, mỗi thư nên dưới 25 MB" in " ".join(said.split())


def test_nobody_is_answered_for_a_large_mail_about_something_else(
    office: Office, sink: Sink
) -> None:
    header = b"From: a@b.example\r\nTo: x@y.example\r\nSubject: anh cuoi\r\n\r\n"
    office.receive(header, too_large=FORTY_MEGABYTES)

    office.judge()

    assert ([state for _, state in letters()], sink.mails) == (["held"], [])


# ------------------------------------------------------------------ the same mail


@pytest.mark.parametrize("message_id", ["<khac@xa.example>", "<>", "<1@localhost>"])
def test_the_same_nil_return_under_another_message_id_gets_no_second_letter(
    office: Office, sink: Sink, message_id: str
) -> None:
    office.receive(a_nil_return(1))
    office.judge()

    again = office.receive(renamed(a_nil_return(1), message_id.encode()))
    office.judge()

    again.refresh_from_db()
    assert (again.repeats, len(sink.mails), Verdict.objects.count()) == (True, 1, 1)


def test_two_mails_of_one_message_id_that_say_different_things_are_two(
    office: Office, sink: Sink
) -> None:
    office.receive(a_nil_return(1))
    office.judge()

    office.receive(renamed(a_nil_return(2), b"<1@xa.example>").replace(b"<2@xa", b"<1@xa"))
    office.judge()

    assert (Dossier.objects.count(), len(sink.mails)) == (2, 2)


def test_the_same_bytes_in_two_folders_of_the_same_number_are_one_mail(office: Office) -> None:
    raw, now = a_nil_return(1), office.hands.now()
    for folder in ("INBOX", "Junk"):
        spot = intake.Spot(account="hop-thu", folder=folder, uidvalidity=1, uid=1)
        intake.record(office.wired.store, spot, raw, now, now)

    first, second = Incoming.objects.order_by("pk")
    assert (first.duplicate_of, second.duplicate_of) == (None, first)


# ------------------------------------------------------------------ a folder as a mailbox


def test_a_mail_file_is_taken_in_once_it_lies_still(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "thu-den"
    hand = picker(office, folder)
    hand.visit()
    path = folder / "thu.eml"
    path.write_bytes(a_nil_return(1)[:100])
    first = hand.visit()
    path.write_bytes(a_nil_return(1))

    came = [first, hand.visit(), hand.visit(), hand.visit()]

    assert came == [0, 0, 1, 0]
    assert [one.name for one in (folder / "taken").iterdir()] == ["thu.eml"]
    [doubt] = office.judge().doubts
    assert doubt == "hộp thư không cho biết giờ nhận thư; cán bộ xác định giờ nhận"


def test_a_file_found_again_after_a_crash_is_the_same_mail(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "thu-den"
    folder.mkdir()
    given = intake.Given(way=Way.DROPPED, folder="thư mục")
    intake.record_given(office.wired.store, "thu-muc", a_nil_return(1), office.hands.now(), given)
    (folder / "thu.eml").write_bytes(a_nil_return(1))
    hand = picker(office, folder)

    came = [hand.visit(), hand.visit()]

    assert (came, Incoming.objects.count()) == ([0, 0], 1)
    assert [one.name for one in (folder / "taken").iterdir()] == ["thu.eml"]


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("ho-so.docx", "PK", "Chỉ nhận tệp thư .eml hoặc .msg."),
        ("thu.eml", "khong phai thu", "Tệp không phải là thư"),
    ],
)
def test_a_file_that_is_no_mail_is_put_aside_with_a_reason(
    office: Office, tmp_path: Path, name: str, words: str, reason: str
) -> None:
    folder = tmp_path / "thu-den"
    folder.mkdir()
    (folder / name).write_text(words)
    hand = picker(office, folder)

    hand.visit()
    hand.visit()

    assert (folder / "refused" / f"{name}.ly-do.txt").read_text("utf-8").startswith(reason)
    assert Incoming.objects.count() == 0


def test_a_half_copied_file_keeps_its_name_until_it_is_whole(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "thu-den"
    folder.mkdir()
    (folder / "thu.eml.part").write_bytes(a_nil_return(1))
    hand = picker(office, folder)
    hand.visit()
    hand.visit()

    (folder / "thu.eml.part").rename(folder / "thu.eml")
    came = [hand.visit(), hand.visit()]

    assert came == [0, 1]


# ------------------------------------------------------------------ papers at the counter


def test_papers_at_the_counter_are_judged_and_nobody_is_written_to(
    office: Office, sink: Sink
) -> None:
    given = papers(office)

    row, is_new = handing_in.enter(office.wired, given, "hop-thu")
    dossier = office.judge()

    row.refresh_from_db()
    assert (is_new, row.way, row.received_source) == (True, "counter", "given")
    assert (row.received_at, dossier.opened_at) == (given.at, given.at)
    assert (dossier.unit_name, letters(), sink.mails) == ("UBND xã Mỹ Thắng", [], [])
    act = Act.objects.get()
    assert (act.who, act.verb, act.reason) == ("lan", "intake", "đơn vị nộp bản giấy")


def test_papers_with_an_address_are_answered_there(office: Office, sink: Sink) -> None:
    handing_in.enter(office.wired, papers(office, address="xa@xa.example"), "hop-thu")

    office.judge()

    assert [mail.recipients[0] for mail in sink.mails] == ["xa@xa.example"]


def test_papers_entered_twice_are_one(office: Office) -> None:
    given = papers(office)
    handing_in.enter(office.wired, given, "hop-thu")

    _row, is_new = handing_in.enter(office.wired, given, "hop-thu")

    assert (is_new, Incoming.objects.count(), Act.objects.count()) == (False, 1, 1)


def test_papers_are_not_entered_without_a_reason_or_before_their_time(office: Office) -> None:
    given = papers(office)
    unexplained = handing_in.HandedIn(
        unit=given.unit, at=given.at, who="lan", reason=" ", files=given.files
    )
    tomorrow = handing_in.HandedIn(
        unit=given.unit,
        at=given.at + timedelta(days=1),
        who="lan",
        reason="x",
        files=given.files,
    )

    for wrong, said in ((unexplained, "Cần có lý do."), (tomorrow, "muộn hơn giờ hiện tại")):
        with pytest.raises(handing_in.NotEnteredError, match=said):
            handing_in.enter(office.wired, wrong, "hop-thu")
