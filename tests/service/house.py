"""A whole office for a test: Dovecot, an SMTP server that delivers our copies, a settings file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from config.load import load_call
from tests.servers import PASSWORD, USER, Accepted, ImapServer, Sink, dovecot, smtp_sink

OFFICE = load_call("1322-2025").office.mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where everything is."""

    imap: ImapServer
    sink: Sink
    config: Path

    @property
    def letters(self) -> list[tuple[str, str]]:
        """(submitter, Message-ID) of every letter the server took, in order."""
        found = []
        for mail in self.sink.mails:
            [to] = [one for one in mail.recipients if one != OFFICE]
            found.append((to, message_id_of(mail.raw)))
        return found


@contextmanager
def a_house(folder: Path, **settings: str | int) -> Iterator[House]:
    """Run the servers; every letter's copy comes back into the office's mailbox at once."""
    with dovecot() as imap, smtp_sink() as sink:

        def copy_to_ourselves(mail: Accepted) -> None:
            if OFFICE in mail.recipients:
                imap.deliver(mail.raw, sender=OFFICE)

        sink.on_mail = copy_to_ourselves
        config = folder / "vanthu.toml"
        config.write_text(_toml(imap, sink, settings), encoding="utf-8")
        yield House(imap=imap, sink=sink, config=config)


def a_nil_return(number: int, *, again: str = "") -> bytes:
    """A unit of its own says that it proposes nothing: the smallest mail that gets a letter.

    With `again` it says so once more, in a mail and words of its own.
    """
    mail = EmailMessage()
    mail["From"] = f"UBND xã Số {number} <xa{number}@xa.example>"
    mail["To"] = OFFICE
    mail["Subject"] = "Báo cáo về việc đề xuất nhiệm vụ KH&CN Chương trình 1322"
    mail["Message-ID"] = f"<{number}{again}@xa.example>"
    mail["Date"] = "Wed, 20 Mar 2024 09:00:00 +0700"
    mail.set_content(
        "Kính gửi phòng Kinh tế và Hạ tầng,\n\n"
        f"{again and 'Xin báo cáo lại: '}UBND xã Số {number} không có đề xuất nhiệm vụ"
        " khoa học và công nghệ thuộc Chương trình 1322.\n\nTrân trọng./.\n"
    )
    return mail.as_bytes()


def message_id_of(raw: bytes) -> str:
    """The Message-ID as it stands in a mail's header."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    return next(
        line.partition(":")[2].strip()
        for line in head.splitlines()
        if line.lower().startswith("message-id:")
    )


def _toml(imap: ImapServer, sink: Sink, settings: dict[str, str | int]) -> str:
    top = {"mode": "automatic", "quiet_seconds": 0, "poll_seconds": 1, "doubt_seconds": 1}
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**top, **settings}.items()]
    lines += [
        "[[mailboxes]]",
        f'name = "hop-thu"\nhost = "{imap.host}"\nport = {imap.port}\nsecurity = "none"',
        f'user = "{USER}"\npassword = "{PASSWORD}"',
        f'[smtp]\nhost = "{sink.host}"\nport = {sink.port}\nsecurity = "none"',
        "[caps]\naddress_ten_minutes = 50\naddress_day = 50\ndossier_day = 50",
        "all_ten_minutes = 500\na_minute = 500",
    ]
    return "\n".join(lines) + "\n"
