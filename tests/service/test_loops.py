"""Two services that answer: however they answer each other, it comes to an end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from config.load import load_call
from ledger.models import Incoming, Outgoing
from tests.ledgers import fresh_ledger, ledger_at
from tests.servers import Sink, smtp_sink
from tests.service.house import a_nil_return
from tests.service.office import Office

ROUNDS = 12
QUIET = timedelta(minutes=2)
OURS = load_call("1322-2025").office.mailbox
_MACHINE_FIELDS = re.compile(
    rb"(?im)^(?:auto-submitted|x-auto-response-suppress|precedence|in-reply-to|references|message-id)"
    rb":[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n"
)

Carrier = Callable[[bytes, int], bytes]
"""What becomes of a mail between two offices; the number makes every mail another."""


@dataclass(slots=True)
class Side:
    """One of the two offices, with a ledger and a server of its own."""

    office: Office
    ledger: Path
    sink: Sink
    address: str
    carried: int = field(default=0)

    def answers(self, mails: list[bytes]) -> list[bytes]:
        """Take mails in, work, and give what was sent because of them."""
        with ledger_at(self.ledger):
            for raw in mails:
                uid = Incoming.objects.count()
                self.office.receive(raw)
                assert Incoming.objects.count() == uid + 1
            self.office.work()
            self.office.work(QUIET)
        sent = [mail.raw for mail in self.sink.mails[self.carried :]]
        self.carried = len(self.sink.mails)
        return sent


@contextmanager
def a_side(folder: Path, call: str) -> Iterator[Side]:
    """An office of one call, in automatic mode."""
    folder.mkdir()
    with smtp_sink() as sink, fresh_ledger(folder) as ledger:
        office = Office(folder, sink, call=call)
        yield Side(office=office, ledger=ledger, sink=sink, address=load_call(call).office.mailbox)


def unchanged(raw: bytes, _number: int) -> bytes:
    """A post that brings what it was given."""
    return raw


def stripped(raw: bytes, number: int) -> bytes:
    """A gateway that takes off every mark of a machine and of a thread."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    bare = _MACHINE_FIELDS.sub(b"", head + b"\r\n").rstrip(b"\r\n")
    return bare + f"\r\nMessage-ID: <{number}@gateway.example>".encode() + gap + body


@pytest.mark.parametrize(("carrier", "most"), [(unchanged, 1), (stripped, 12)])
def test_two_offices_that_answer_each_other_fall_silent(
    carrier: Carrier, most: int, tmp_path: Path
) -> None:
    with (
        a_side(tmp_path / "one", "1322-2025") as one,
        a_side(tmp_path / "other", "tuyen-quang-2026") as other,
    ):
        first = a_nil_return(1).replace(b"xa1@xa.example", other.address.encode())
        turn = [carrier(first, 0)]

        for number in range(1, ROUNDS, 2):
            turn = [carrier(raw, number * 100) for raw in one.answers(turn)]
            turn = [carrier(raw, number * 100 + 50) for raw in other.answers(turn)]

        assert turn == []
        assert len(one.sink.mails) + len(other.sink.mails) <= most


@pytest.mark.usefixtures("ledger")
def test_a_responder_that_says_nothing_of_itself_is_answered_so_often_and_no_more(
    tmp_path: Path,
) -> None:
    with smtp_sink() as sink:
        office = Office(tmp_path, sink)
        office.receive(a_nil_return(1))
        office.judge()

        for number in range(ROUNDS):
            office.receive(a_dumb_answer(number))
            office.judge()

        assert len(sink.mails) == 2
        assert Outgoing.objects.filter(state="held").count() == 1


def a_dumb_answer(number: int) -> bytes:
    """What a badly made responder writes: like a person, to every mail, without any mark."""
    mail = EmailMessage()
    mail["From"] = "UBND xã Số 1 <xa1@xa.example>"
    mail["To"] = OURS
    mail["Subject"] = "Báo cáo về việc đề xuất nhiệm vụ KH&CN Chương trình 1322"
    mail["Message-ID"] = f"<dumb-{number}@xa.example>"
    mail.set_content(
        f"Cảm ơn, chúng tôi đã nhận được thư lần {number}.\n\nUBND xã Số 1 không có đề xuất nhiệm"
        " vụ khoa học và công nghệ thuộc Chương trình 1322.\n"
    )
    return mail.as_bytes()
