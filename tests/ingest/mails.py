"""Small mails written in a line or two, for tests that are about one thing."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from dossier import Message, Office, ReceivedSource
from ingest.message import parse

LETTERS = Path(__file__).with_name("letters")
RECEIVED = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
OFFICE = Office(
    name="Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc",
    superior="UBND huyện Mỹ Lộc",
    district="Mỹ Lộc",
    mailbox="phongkthtmyloc@namdinh.gov.vn",
    addresses=("pkt.myloc@namdinh.gov.vn",),
    trusted_hosts=("mail.namdinh.gov.vn", "mx1.namdinh.gov.vn"),
    authenticating_hosts=("mail.namdinh.gov.vn", "mx1.namdinh.gov.vn"),
)
DOCX = b"PK\x03\x04" + bytes(range(256)) * 4


def read(raw: bytes | str) -> Message:
    """Read a mail received at nine in the morning of 20 March 2024."""
    octets = raw.encode() if isinstance(raw, str) else raw
    return parse(octets, received_at=RECEIVED, source=ReceivedSource.GIVEN)


def letter(name: str) -> Message:
    """Read one of the letters in the folder."""
    return read((LETTERS / name).read_bytes())


def mail(body: str = "Kính gửi phòng.", *, html: str = "", **headers: str) -> str:
    """A mail with these words; a header's underscores stand for hyphens, an empty one is left out.

    With `html` it is a multipart/alternative of both.
    """
    fields = {
        "From": "UBND xã Mỹ Thắng <xamythang@namdinh.gov.vn>",
        "To": "phongkthtmyloc@namdinh.gov.vn",
        "Subject": "Hồ sơ đề xuất",
        "Date": "Wed, 20 Mar 2024 09:00:00 +0700",
        "Message-ID": "<1@namdinh.gov.vn>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    if not html:
        return head(fields) + f"Content-Type: text/plain; charset=utf-8\n\n{body}\n"
    parts = "".join(
        f"--aa\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n"
        for kind, text in (("plain", body), ("html", html))
        if text
    )
    return head(fields) + f'Content-Type: multipart/alternative; boundary="aa"\n\n{parts}--aa--\n'


def head(fields: Mapping[str, str]) -> str:
    """Header lines."""
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def mixed(*parts: str, boundary: str = "bb", **headers: str) -> str:
    """A multipart/mixed of parts that bring their own headers."""
    fields = {
        "From": "UBND xã Mỹ Thắng <xamythang@namdinh.gov.vn>",
        "To": "phongkthtmyloc@namdinh.gov.vn",
        "Subject": "Hồ sơ đề xuất",
        "Message-ID": "<1@namdinh.gov.vn>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    kind = f'Content-Type: multipart/mixed; boundary="{boundary}"'
    return f"{head(fields)}{kind}\n\n{inside}--{boundary}--\n"


def text_part(words: str = "Kính gửi phòng.") -> str:
    """A plain part."""
    return f"Content-Type: text/plain; charset=utf-8\n\n{words}"


def file_part(
    name: str = "a.docx",
    raw: bytes = DOCX,
    *,
    content_type: str = "application/octet-stream",
    **headers: str,
) -> str:
    """An attachment; more headers as for `mail`."""
    fields = {
        "Content-Type": content_type,
        "Content-Transfer-Encoding": "base64",
        "Content-Disposition": f'attachment; filename="{name}"' if name else "",
    } | {key.replace("_", "-"): value for key, value in headers.items()}
    return f"{head(fields)}\n{base64.encodebytes(raw).decode()}"
