"""Every mail of the mailbox gets its row, whatever one of them does to the line."""

from collections.abc import Iterable, Iterator, MutableMapping
from pathlib import Path

import pytest

from ingest.mailbox import Account, Fetched, Folder, Mailbox, MailboxError, Unfetched
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
        self.hidden: set[int] = set()
        self.following_uid = 0

    def folders(self) -> tuple[Folder, ...]:
        """Only one."""
        return (Folder(name="INBOX"),)

    def open(self, folder: str) -> None:
        """Nothing to do."""
        assert folder == "INBOX"

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.uids)

    @property
    def following(self) -> int:
        """What the server promises."""
        return self.following_uid or max(self.uids, default=0) + 1

    @property
    def uidvalidity(self) -> int:
        """Never changes."""
        return 7

    def new_uids(self, after: int) -> tuple[int, ...]:
        """What a server would list."""
        listed = (uid for uid in self.uids if uid > after and uid not in self.hidden)
        return tuple(listed)

    def fetch(
        self,
        uids: Iterable[int],
        *,
        together: int = 25,
        most_bytes: int = 0,
        begun: MutableMapping[int, bytearray] | None = None,
    ) -> Iterator[Fetched | Unfetched]:
        """Hand out, refuse, or fall."""
        assert (most_bytes > 0, begun is not None) == (True, True)
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
    before = (here(), {(one.what, one.where) for one in troubles.lasting()})

    mailbox.refused = set()
    collector.visit(mailbox)

    rung = {("mail", "hop-thu/INBOX/2"), ("unaccounted", "hop-thu/INBOX")}
    assert before == ([1, 3], rung)
    assert (here(), troubles.lasting()) == ([1, 2, 3], ())


def test_a_mail_that_takes_the_line_down_costs_no_other(collector: Collector) -> None:
    mailbox = FakeMailbox(1, 2, 3)
    mailbox.deadly = {2}

    for _visit in range(MOST_FALLS):
        with pytest.raises(MailboxError):
            collector.visit(mailbox)
    came = collector.visit(mailbox)

    assert (came, here()) == (0, [1, 3])
    assert {one.where for one in troubles.lasting()} == {"hop-thu/INBOX/2", "hop-thu/INBOX"}
    assert intake.floor("hop-thu", "INBOX", 7) == 1


def test_a_mail_a_search_left_out_is_missed_by_its_number_and_brought_in(
    collector: Collector,
) -> None:
    mailbox = FakeMailbox(1, 2, 3)
    mailbox.hidden = {2}
    collector.visit(mailbox)
    before = here()

    mailbox.hidden = set()
    collector.visit(mailbox)

    assert (before, here(), intake.unaccounted()) == ([1, 3], [1, 2, 3], 0)


def test_mails_without_a_row_are_counted_and_rung_for_until_they_have_one(
    collector: Collector,
) -> None:
    mailbox = FakeMailbox(1, 2, 3)
    mailbox.refused = {1, 3}
    collector.visit(mailbox)
    before = (intake.unaccounted(), {one.what for one in troubles.lasting()})

    mailbox.refused = set()
    collector.visit(mailbox)

    assert before == (2, {"mail", "unaccounted"})
    assert (intake.unaccounted(), troubles.lasting()) == (0, ())


def test_a_server_restored_from_a_backup_gives_uids_out_twice_and_no_mail_is_lost(
    collector: Collector,
) -> None:
    mailbox = FakeMailbox(1, 2, 3)
    collector.visit(mailbox)
    mailbox.uids, mailbox.following_uid = [1], 2
    collector.visit(mailbox)

    mailbox.uids, mailbox.following_uid = [1, 2], 3
    came = collector.visit(mailbox)

    assert came == 1
    assert Incoming.objects.count() == 4
