"""Several folders on one line, mails too large to fetch, and large ones that come in two goes."""

from dataclasses import replace

import pytest

from ingest.mailbox import (
    Fetched,
    Folder,
    FolderError,
    MailboxError,
    connect,
    fetching,
)
from tests.benchmarks.line import line_to
from tests.servers import ImapServer


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """A mailbox nobody else uses."""
    return f"u{abs(hash(request.node.nodeid))}"


def raw_mail(number: int = 1, size: int = 0) -> bytes:
    return f"Subject: {number}\r\n\r\n".encode() + b"x" * size + b"\r\n"


def test_the_junk_folder_is_known_by_its_mark_and_the_inbox_comes_last(
    imap: ImapServer, user: str
) -> None:
    with imap.visit(user) as client:
        client.create_folder("Thung rac")
        client.create_folder("Bo sung")
    account = replace(imap.account(user), also_folders=("Bo sung", "chua co"), reads_junk=True)

    with connect(account) as box:
        assert box.folders() == (
            Folder(name="Thung rac", is_junk=True),
            Folder(name="Bo sung"),
            Folder(name="INBOX"),
        )


def test_a_junk_folder_without_a_mark_is_known_by_its_name(imap: ImapServer, user: str) -> None:
    with imap.visit(user) as client:
        client.create_folder("Thư rác")

    with connect(replace(imap.account(user), reads_junk=True)) as box:
        assert box.folders()[0] == Folder(name="Thư rác", is_junk=True)


def test_junk_is_junk_even_where_it_is_named_as_a_folder_to_read(
    imap: ImapServer, user: str
) -> None:
    with imap.visit(user) as client:
        client.create_folder("Thung rac")

    with connect(replace(imap.account(user), also_folders=("Thung rac",))) as box:
        assert box.folders()[0] == Folder(name="Thung rac", is_junk=True)


def test_a_folder_that_went_away_leaves_the_line_standing(imap: ImapServer, user: str) -> None:
    imap.append(raw_mail(), user)

    with connect(imap.account(user)) as box:
        with pytest.raises(FolderError, match="Khong con"):
            box.open("Khong con")
        box.open("INBOX")
        assert box.new_uids(0) == (1,)


def test_of_a_mail_too_large_only_the_header_comes(imap: ImapServer, user: str) -> None:
    imap.append(raw_mail(1, 900_000), user)
    imap.append(raw_mail(2), user)

    with line_to(imap.port) as line:
        with connect(replace(imap.account(user), port=line.port)) as box:
            large, small = box.fetch([1, 2], most_bytes=500_000)
        carried = line.carried

    assert isinstance(large, Fetched)
    assert isinstance(small, Fetched)
    assert large.raw == b"Subject: 1\r\n\r\n"
    assert large.too_large > 900_000
    assert (small.raw, small.too_large) == (raw_mail(2), 0)
    assert carried < 5_000


def test_a_large_mail_goes_on_where_the_line_broke(
    imap: ImapServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES_TOGETHER", 100_000)
    monkeypatch.setattr(fetching, "PIECE", 50_000)
    raw = raw_mail(1, 1_000_000)
    imap.append(raw, user)
    begun: dict[int, bytearray] = {}

    with line_to(imap.port) as line:
        account = replace(imap.account(user), port=line.port)
        line.breaks_after = 700_000
        with pytest.raises(MailboxError), connect(account) as box:
            list(box.fetch([1], begun=begun))
        kept, before = len(begun[1]), line.received
        with connect(account) as box:
            [mail] = box.fetch([1], begun=begun)
        second = line.received - before

    assert isinstance(mail, Fetched)
    assert (mail.raw, begun) == (raw, {})
    assert kept > 600_000
    assert second < 450_000
