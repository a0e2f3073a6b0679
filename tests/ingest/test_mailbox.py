"""The door to the mailbox, tried on a real server."""

import imaplib
import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.mailbox import (
    Account,
    Fetched,
    LoginRefusedError,
    MailboxError,
    Security,
    Unfetched,
    connect,
)
from ingest.mailbox import box as mailbox
from tests.servers import ImapServer, Sink, dovecot, free_port

LONG_AGO = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """A mailbox nobody else uses."""
    return f"u{abs(hash(request.node.nodeid))}"


def raw_mail(number: int = 1, size: int = 0) -> bytes:
    return (
        f"Subject: {number}\r\nMessage-ID: <{number}@x.vn>\r\n\r\n".encode() + b"x" * size + b"\r\n"
    )


def never(_seconds: float) -> bool:
    return False


# ------------------------------------------------------------------ what is new


def test_only_what_is_new_is_listed_oldest_first(imap: ImapServer, user: str) -> None:
    for number in range(3):
        imap.append(raw_mail(number), user)

    with connect(imap.account(user)) as box:
        assert (box.new_uids(0), box.new_uids(1), box.new_uids(3)) == ((1, 2, 3), (2, 3), ())


def test_an_empty_mailbox_has_nothing_new(imap: ImapServer, user: str) -> None:
    with connect(imap.account(user)) as box:
        assert box.new_uids(0) == ()


def test_a_large_folder_is_listed_in_windows(
    imap: ImapServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "_MOST_UIDS_AT_ONCE", 5)
    monkeypatch.setattr(mailbox, "_SEQUENCE_WINDOW", 4)
    for number in range(11):
        imap.append(raw_mail(number), user)

    with connect(imap.account(user)) as box:
        assert box.new_uids(0) == tuple(range(1, 12))


def test_a_mail_that_came_while_the_line_was_open_is_listed(imap: ImapServer, user: str) -> None:
    with connect(imap.account(user)) as box:
        before = box.new_uids(0)
        imap.append(raw_mail(), user)

        assert (before, box.new_uids(0)) == ((), (1,))


# ------------------------------------------------------------------ fetching


def test_a_mail_comes_whole_with_its_aware_date_and_stays_unread(
    imap: ImapServer, user: str
) -> None:
    imap.append(raw_mail(7), user, at=LONG_AGO)

    with connect(imap.account(user)) as box:
        found = list(box.fetch([1]))
    with imap.visit(user) as colleague:
        colleague.select_folder("INBOX")
        flags = colleague.get_flags([1])[1]

    assert [(one.uid, one.raw, one.internal_date) for one in found if isinstance(one, Fetched)] == [
        (1, raw_mail(7), LONG_AGO)
    ]
    assert b"\\Seen" not in flags


def test_three_hundred_mails_come_in_few_commands(
    imap: ImapServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with imap.visit(user) as client:
        for number in range(300):
            client.append("INBOX", raw_mail(number))

    with connect(imap.account(user)) as box:
        asked: list[int] = []
        ask = box._ask  # noqa: SLF001 -- counting commands

        def counted(uids: list[int], items: list[str]) -> dict[int, dict[bytes, object]]:
            asked.append(len(uids))
            return ask(uids, items)

        monkeypatch.setattr(box, "_ask", counted)
        found = list(box.fetch(box.new_uids(0)))

    assert [one.raw for one in found if isinstance(one, Fetched)] == [
        raw_mail(number) for number in range(300)
    ]
    assert asked == [100, 25, 25, 25, 25] * 3


def test_a_large_mail_comes_in_pieces_between_small_ones(imap: ImapServer, user: str) -> None:
    mails = [raw_mail(1), raw_mail(2, 20_000_000), raw_mail(3)]
    for raw in mails:
        imap.append(raw, user)

    with connect(imap.account(user)) as box:
        found = list(box.fetch(box.new_uids(0)))

    assert [one.raw for one in found if isinstance(one, Fetched)] == mails


def test_a_mail_deleted_under_us_is_told_and_costs_no_other(imap: ImapServer, user: str) -> None:
    for number in range(3):
        imap.append(raw_mail(number), user)

    with connect(imap.account(user)) as box:
        uids = box.new_uids(0)
        with imap.visit(user) as colleague:
            colleague.select_folder("INBOX")
            colleague.delete_messages([2])
            colleague.expunge()
        found = list(box.fetch(uids))

    assert [one.uid for one in found if isinstance(one, Fetched)] == [1, 3]
    assert [(one.uid, one.is_gone) for one in found if isinstance(one, Unfetched)] == [(2, True)]


def test_one_mail_the_server_stumbles_over_is_told_and_costs_no_other(
    imap: ImapServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        imap.append(raw_mail(number), user)

    with connect(imap.account(user)) as box:
        fetch = box._client.fetch  # noqa: SLF001 -- the server's part is played here

        def stumble(uids: list[int], items: list[str]) -> object:
            if 3 in uids and "BODY.PEEK[]" in items:
                message = "FETCH failed: bad item"
                raise imaplib.IMAP4.error(message)
            return fetch(uids, items)

        monkeypatch.setattr(box._client, "fetch", stumble)  # noqa: SLF001 -- as above
        found = list(box.fetch(box.new_uids(0)))

    assert [one.uid for one in found if isinstance(one, Fetched)] == [1, 2, 4, 5]
    assert [(one.uid, one.reason) for one in found if isinstance(one, Unfetched)] == [
        (3, "máy chủ thư không giao được thư này (FETCH failed: bad item)")
    ]


def test_a_folder_made_anew_has_another_numbering(imap: ImapServer, user: str) -> None:
    with imap.visit(user) as colleague:
        colleague.create_folder("Ho so")
        colleague.append("Ho so", raw_mail(1))
    account = imap.account(user, folder="Ho so")
    with connect(account) as box:
        first = box.uidvalidity
    with imap.visit(user) as colleague:
        colleague.delete_folder("Ho so")
        time.sleep(1.1)  # Dovecot numbers by the second
        colleague.create_folder("Ho so")
        colleague.append("Ho so", raw_mail(2))

    with connect(account) as box:
        again, uids = box.uidvalidity, box.new_uids(0)

    assert (uids, again > first > 0) == ((1,), True)


# ------------------------------------------------------------------ waiting


def test_a_new_mail_ends_the_waiting(imap: ImapServer, user: str) -> None:
    with connect(imap.account(user)) as box:
        sender = threading.Timer(0.3, imap.deliver, (raw_mail(), user))
        sender.start()
        has_news = box.wait(20, never)
        sender.join()

        assert (box.can_idle, has_news, box.new_uids(0)) == (True, True, (1,))


def test_waiting_ends_by_itself_and_when_told_to_stop(imap: ImapServer, user: str) -> None:
    with connect(imap.account(user)) as box:
        quiet = box.wait(0.2, never)
        began = time.monotonic()
        stopped = box.wait(60, lambda _seconds: True)

        assert (quiet, stopped, time.monotonic() - began < 10) == (False, False, True)
        assert box.new_uids(0) == ()


def test_a_server_without_idle_is_waited_for_by_the_clock_given(
    imap: ImapServer, user: str
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> bool:
        slept.append(seconds)
        return False

    with connect(imap.account(user)) as box:
        box.can_idle = False
        has_news = box.wait(45, sleep)

    assert (has_news, slept) == (False, [45])


def test_a_dead_line_is_noticed_at_once_while_waiting(imap: ImapServer, user: str) -> None:
    with (
        relay(imap.port) as (port, cut),
        pytest.raises(MailboxError, match="Mất kết nối"),
        connect(replace(imap.account(user), port=port)) as box,
    ):
        box.wait(60, lambda _seconds: bool(cut()))


def test_a_line_lost_while_fetching_names_what_was_under_way(imap: ImapServer, user: str) -> None:
    imap.append(raw_mail(1, 3_000_000), user)

    with (
        relay(imap.port, after=500_000) as (port, _cut),
        pytest.raises(MailboxError) as caught,
        connect(replace(imap.account(user), port=port)) as box,
    ):
        list(box.fetch([1]))

    assert caught.value.uids == (1,)


# ------------------------------------------------------------------ proof, marks


def test_a_letter_is_found_in_the_inbox_and_among_the_sent(imap: ImapServer, user: str) -> None:
    imap.append(raw_mail(1), user)
    imap.append(raw_mail(1), user, folder="Sent")
    imap.append(raw_mail(2), user, folder="Sent")

    with connect(imap.account(user)) as box:
        found = [box.find(f"<{number}@x.vn>", ("Không có",)) for number in (1, 2, 3)]
        listed = box.new_uids(0)

    assert found == [("INBOX", "Sent"), ("Sent",), ()]
    assert listed == (1,)


def test_a_sent_folder_is_known_by_its_vietnamese_name(imap: ImapServer, user: str) -> None:
    with imap.visit(user) as colleague:
        colleague.create_folder("Thư đã gửi")
        colleague.append("Thư đã gửi", raw_mail(1))

    with connect(imap.account(user)) as box:
        assert box.find("<1@x.vn>") == ("Thư đã gửi",)


def test_a_mark_is_put_where_the_server_keeps_it(imap: ImapServer, user: str) -> None:
    imap.append(raw_mail(), user)

    with connect(imap.account(user)) as box:
        marked = box.mark([1])
        flags = [one.flags for one in box.fetch([1]) if isinstance(one, Fetched)]
        box._selected = {b"PERMANENTFLAGS": (b"\\Seen",)}  # noqa: SLF001 -- a server that keeps none
        refused = box.mark([1], "Khac")

    assert (marked, refused) == (True, False)
    assert ["VanThu" in one for one in flags] == [True]


# ------------------------------------------------------------------ connecting


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_nobody_vouches_for_is_refused(security: Security) -> None:
    with dovecot(security=security) as secure:
        secure.append(raw_mail(), "an") if security is Security.STARTTLS else secure.deliver(
            raw_mail(), "an"
        )

        with connect(secure.account("an")) as box:
            vouched = box.new_uids(0)
        with (
            pytest.raises(MailboxError, match="Chứng chỉ của máy chủ thư"),
            connect(replace(secure.account("an"), ca_file="")),
        ):
            pass

    assert vouched == (1,)


def test_a_wrong_password_is_a_matter_for_a_person(imap: ImapServer) -> None:
    with (
        pytest.raises(LoginRefusedError, match="từ chối đăng nhập"),
        connect(replace(imap.account(), password="sai")),  # noqa: S106 -- wrong on purpose
    ):
        pass


def test_a_password_with_vietnamese_letters_is_sent_as_it_is(imap: ImapServer) -> None:
    with (
        pytest.raises(LoginRefusedError),
        connect(replace(imap.account(), password="mật khẩu")),  # noqa: S106 -- wrong on purpose
    ):
        pass


def test_a_line_lost_during_login_is_no_refusal(imap: ImapServer) -> None:
    with (
        relay(imap.port, after=120) as (port, _cut),
        pytest.raises(MailboxError) as caught,
        connect(replace(imap.account(), port=port)),
    ):
        pass

    assert type(caught.value) is MailboxError


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    account = Account(
        name="a",
        host="127.0.0.1",
        port=free_port(),
        user="a",
        password="b",  # noqa: S106 -- of nothing
        security=Security.NONE,
    )

    with pytest.raises(MailboxError, match="không nhận kết nối"), connect(account):
        pass


def test_a_folder_that_is_not_there_is_told(imap: ImapServer, user: str) -> None:
    with (
        pytest.raises(MailboxError, match="trả lời sai quy cách"),
        connect(imap.account(user, folder="Không có")),
    ):
        pass


def test_a_password_never_shows_and_never_holds_a_line_break(imap: ImapServer) -> None:
    assert imap.account().password not in repr(imap.account())
    with pytest.raises(ValueError, match="control character"):
        replace(imap.account(), password="a\r\nb")  # noqa: S106 -- hostile on purpose


# ------------------------------------------------------------------ the sink


def test_the_sink_takes_refuses_and_hangs_up_as_told(sink: Sink) -> None:
    with smtplib.SMTP(sink.host, sink.port) as line:
        line.sendmail("a@x.vn", ["b@x.vn"], raw_mail(1))
        sink.answer_to_mail = lambda _mail: "451 later"
        with pytest.raises(smtplib.SMTPDataError):
            line.sendmail("a@x.vn", ["b@x.vn"], raw_mail(2))
        sink.answer_to_mail = lambda _mail: "250 OK"
        sink.hangs_up_after_mail = True
        with pytest.raises(smtplib.SMTPServerDisconnected):
            line.sendmail("a@x.vn", ["b@x.vn"], raw_mail(3))

        assert [mail.raw for mail in sink.mails] == [raw_mail(1), raw_mail(3)]


@contextmanager
def relay(target: int, *, after: int = 0) -> Iterator[tuple[int, Callable[[], None]]]:
    """A line that can be cut: by the function given, or after so many bytes from the server."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        ends: list[socket.socket] = []

        def cut() -> None:
            for end in ends:
                with suppress(OSError):  # cut already
                    end.shutdown(socket.SHUT_RDWR)

        def carry(source: socket.socket, sink: socket.socket, most: int) -> None:
            carried = 0
            with suppress(OSError):  # the other direction was cut
                while (octets := source.recv(65536)) and not (most and carried > most):
                    carried += len(octets)
                    sink.sendall(octets)
            cut()

        def serve() -> None:
            client, _ = door.accept()
            server = socket.create_connection(("127.0.0.1", target))
            ends.extend((client, server))
            threading.Thread(target=carry, args=(client, server, 0)).start()
            carry(server, client, after)

        worker = threading.Thread(target=serve)
        worker.start()
        try:
            yield int(door.getsockname()[1]), cut
        finally:
            cut()
            worker.join(10)
            for end in ends:
                end.close()
