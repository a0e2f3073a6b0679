"""Reports of mail servers: whose letter came back, and whom it did not reach."""

import base64

import pytest

from ingest.bounce import Failure, read_bounce

OURS = "<vt.1322-2025-0007.gaps.1.0123456789abcdef@xa.example>"


def a_report(*parts: str, kind: str = "multipart/report; report-type=delivery-status") -> bytes:
    """A server's report with these parts, each with its own header."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    head = (
        "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMessage-ID: <9@mx.example>\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="b"\r\n\r\n'
    )
    return f"{head}{body}--b--\r\n".encode()


WORDS = "Content-Type: text/plain\r\n\r\nKhông có hộp thư này."
STATUS = (
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    "Final-Recipient: rfc822; xa@example.vn\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
)
RETURNED = (
    "Content-Type: message/rfc822\r\n\r\nFrom: van-thu@xa.example\r\nTo: xa@example.vn\r\n"
    f"Subject: Bo sung\r\nMessage-ID: {OURS}\r\n\r\nNoi dung\r\n"
)


def test_a_report_names_the_letter_and_the_address() -> None:
    found = read_bounce(a_report(WORDS, STATUS, RETURNED))

    assert found.ids == (OURS,)
    assert found.failures == (
        Failure(
            address="xa@example.vn",
            action="failed",
            status="5.1.1",
            reason="550 5.1.1 no such user",
        ),
    )
    assert found.failures[0].is_final


@pytest.mark.parametrize(
    "returned",
    [
        f"Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-ID: {OURS}\r\n",
        f"Content-Type: text/plain\r\n\r\n> Subject: x\r\n> Message-Id:\r\n {OURS}\r\n",
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(f"Original message follows\nMessage-ID: {OURS}\n".encode()).decode(),
    ],
    ids=["header only", "quoted in the words", "encoded"],
)
def test_the_letters_id_is_found_wherever_the_server_put_it(returned: str) -> None:
    assert read_bounce(a_report(WORDS, returned, kind="multipart/mixed")).ids == (OURS,)


def test_a_thread_names_the_letter_when_nothing_was_returned() -> None:
    raw = (
        f"From: postmaster@mx.example\r\nIn-Reply-To: {OURS}\r\nReferences: <1@a> {OURS}\r\n"
        "X-Failed-Recipients: xa@example.vn\r\n\r\nmailbox is full\r\n"
    ).encode()

    found = read_bounce(raw)

    assert found.ids == (OURS, "<1@a>")
    assert [one.address for one in found.failures] == ["xa@example.vn"]


def test_a_delay_is_no_failure_yet() -> None:
    delayed = STATUS.replace("failed", "delayed").replace("5.1.1", "4.4.1")

    [failure] = read_bounce(a_report(WORDS, delayed)).failures

    assert (failure.action, failure.status, failure.is_final) == ("delayed", "4.4.1", False)


def test_words_without_any_report_say_nothing() -> None:
    found = read_bounce(b"From: a@b.example\r\nSubject: x\r\n\r\nXin chao\r\n")

    assert (found.ids, found.failures) == ((), ())
