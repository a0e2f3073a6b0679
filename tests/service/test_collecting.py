"""Every mail of the mailbox gets its row, whatever one of them does to the line."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.mailbox import Account, Fetched, Mailbox, MailboxError, Unfetched
from ledger import intake, troubles
from ledger.models import Incoming
from service.collecting import MOST_FALLS, Collector
from tests.service.office import Office

pytestmark = pytest.mark.usefixtures("ledger")
ACCOUNT = Account(name="hop-thu", host="mail.example", port=993, user="x", password="x")  # noqa: S106 -- of nobody


class FakeMailbox(Mailbox):
    """A folder in memory; some of its mails cannot be had, some take the line down."""

    def __init__(self, *uids: int) -> None:
        """Hold a mail for each UID."""
        self.uids = list(uids)
        self.refused: set[int] = set()
        self.deadly: set[int] = set()
        self.asked: list[int] = []

    @property
    def uidvalidity(self) -> int:
        """Never changes."""
        return 7

    def new_uids(self, after: int) -> tuple[int, ...]:
        """What a server would list."""
        return tuple(uid for uid in self.uids if uid > after)

    def fetch(self, uids: Iterable[int], *, together: int = 25) -> Iterator[Fetched | Unfetched]:
        """Hand out, refuse, or fall."""
        uids = list(uids)
        self.asked += uids
        for start in range(0, len(uids), together):
            batch = uids[start : start + together]
            if self.deadly & set(batch):
                message = "Mất kết nối."
                raise MailboxError(message, batch)
            for uid in batch:
                if uid in self.refused:
                    yield Unfetched(uid=uid, reason="máy chủ không giao")
                else:
                    yield Fetched(uid=uid, raw=b"thu %d" % uid, internal_date=None)


@pytest.fixture
def collector(tmp_path: Path) -> Collector:
    return Collector(Office(tmp_path).wired, ACCOUNT)


def here() -> list[int]:
    """The UIDs that have a row."""
    return sorted(Incoming.objects.values_list("uid", flat=True))


def test_a_second_visit_asks_for_nothing_it_has(collector: Collector) -> None:
    mailbox = FakeMailbox(1, 2, 3)

    came = [collector.visit(mailbox), collector.visit(mailbox)]

    assert (came, here(), mailbox.asked) == ([3, 0], [1, 2, 3], [1, 2, 3])
    assert intake.floor("hop-thu", "INBOX", 7) == 3


def test_a_mail_the_server_keeps_back_is_asked_for_until_it_comes(collector: Collector) -> None:
    mailbox = FakeMailbox(1, 2, 3)
    mailbox.refused = {2}
    collector.visit(mailbox)
    before = (here(), [one.where for one in troubles.lasting()])

    mailbox.refused = set()
    collector.visit(mailbox)

    assert before == ([1, 3], ["hop-thu/INBOX/2"])
    assert (here(), troubles.lasting()) == ([1, 2, 3], ())


def test_a_mail_that_takes_the_line_down_costs_no_other(collector: Collector) -> None:
    mailbox = FakeMailbox(1, 2, 3)
    mailbox.deadly = {2}

    for _visit in range(MOST_FALLS):
        with pytest.raises(MailboxError):
            collector.visit(mailbox)
    came = collector.visit(mailbox)

    assert (came, here()) == (0, [1, 3])
    assert [one.where for one in troubles.lasting()] == ["hop-thu/INBOX/2"]
    assert intake.floor("hop-thu", "INBOX", 7) == 1
