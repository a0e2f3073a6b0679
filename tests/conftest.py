"""Servers that tests share: one Dovecot a module, one SMTP sink a test."""

from collections.abc import Iterator

import pytest

from tests.servers import ImapServer, Sink, dovecot, smtp_sink


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    """Dovecot on loopback; take a user name of your own for a mailbox of your own."""
    with dovecot() as running:
        yield running


@pytest.fixture
def sink() -> Iterator[Sink]:
    """An SMTP server that keeps what it is given."""
    with smtp_sink() as running:
        yield running
