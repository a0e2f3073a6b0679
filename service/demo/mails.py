"""Mails as people's programs write them: Outlook, Gmail, Zimbra, Thunderbird, Apple, phones.

Written by hand octet for octet, because what differs between the programs is what a mail library
smooths away: how names are encoded, which headers stand, how the parts are nested.
"""

# ruff: noqa: E501 -- a header line stands in one line, as on the wire

import base64
import quopri
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from hashlib import sha256
from html import escape
from typing import TypeAlias
from urllib.parse import quote

from service.demo.draw import Draw
from service.demo.houses import ascii_only
from service.demo.papers import Paper

OFFICE = "phongkthtmyloc@namdinh.gov.vn"
OFFICE_NAME = "Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc"
HOST = "mail.namdinh.gov.vn"
_WORD_OCTETS = 36
_PIECE = 54


class Client(StrEnum):
    """A mail program."""

    OUTLOOK = "outlook"
    GMAIL = "gmail"
    ZIMBRA = "zimbra"
    THUNDERBIRD = "thunderbird"
    APPLE = "apple"
    IPHONE = "iphone"
    PLAIN = "plain"
    """An old program: one text part, names in raw octets."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One mail in the mailbox and the moment the server took it."""

    raw: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A MIME part: its header lines and its encoded body."""

    headers: tuple[bytes, ...]
    body: bytes

    def octets(self) -> bytes:
        """The part as it stands between boundaries."""
        return b"\r\n".join(self.headers) + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one mail says, before a program writes it."""

    sender: str
    """The address."""
    name: str
    """The display name; may be empty."""
    subject: str
    text: str
    at: datetime
    """When the server takes it."""
    papers: tuple[Paper, ...] = ()
    client: Client = Client.GMAIL
    sent_at: datetime | None = None
    """What `Date:` says; a few seconds before `at` when not given."""
    message_id: str = ""
    replies_to: tuple[str, ...] = ()
    """Message-IDs, oldest first; the last is the one answered."""
    headers: tuple[str, ...] = ()
    """Further header lines, in ASCII."""
    return_path: str | None = None
    parts: tuple[Part, ...] = ()
    """Ready parts put behind the papers."""
    logo: bool = False
    """Whether a picture stands in the signature."""
    to: str = OFFICE
    body: Part | None = None
    """The whole body, for mails no person wrote."""
    trace: bool = True


def post(draw: Draw, letter: Letter) -> Delivered:
    """Write the mail as its program does, with the trace of the servers on its way."""
    wire = _Wire(draw, letter)
    return Delivered(wire.octets(), letter.at)


def message_id(draw: Draw, client: Client, sender: str) -> str:
    """An id as the program makes it."""
    domain = sender.partition("@")[2]
    if client is Client.GMAIL:
        return f"<CA{draw.letters(8).upper()}+{draw.letters(36)}@mail.gmail.com>"
    if client is Client.OUTLOOK:
        return f"<{draw.letters(8)}${draw.letters(8)}${draw.letters(8)}@{domain}>"
    if client is Client.ZIMBRA:
        return f"<{draw.digits(9)}.{draw.digits(6)}.{draw.digits(13)}.JavaMail.zimbra@{domain}>"
    h = draw.hexes
    if client in (Client.APPLE, Client.IPHONE):
        return f"<{'-'.join((h(8), h(4), h(4), h(4), h(12))).upper()}@{domain}>"
    return f"<{'-'.join((h(8), h(4), h(4), h(4), h(12)))}@{domain}>"


def encoded_word(text: str) -> str:
    """A header text as RFC 2047 words, cut between characters; plain when it is ASCII."""
    if text.isascii():
        return text
    words, piece = [], ""
    for one in text:
        if len((piece + one).encode()) > _WORD_OCTETS:
            words.append(piece)
            piece = ""
        piece += one
    words.append(piece)
    return "\r\n ".join(f"=?UTF-8?B?{_base64(word.encode())}?=" for word in words)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _q_words(text: str) -> str:
    if text.isascii():
        return text
    words, piece = [], ""
    for one in text:
        code = (
            "_"
            if one == " "
            else one
            if one.isascii() and one.isalnum()
            else "".join(f"={octet:02X}" for octet in one.encode())
        )
        if len(piece + code) > _PIECE:
            words.append(piece)
            piece = ""
        piece += code
    words.append(piece)
    return "\r\n ".join(f"=?UTF-8?Q?{word}?=" for word in words)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _split_percent(text: str) -> tuple[str, ...]:
    pieces, piece = [], ""
    for one in text:
        code = quote(one, safe="")
        if len(piece + code) > _PIECE:
            pieces.append(piece)
            piece = ""
        piece += code
    return (*pieces, piece)


def name_2047(name: str) -> tuple[str, str]:
    """(Content-Type parameter, disposition parameter) with encoded words in quotes, as most do."""
    word = encoded_word(name).replace("\r\n ", "\r\n\t")
    plain = _quoted(word) if name.isascii() else f'"{word}"'
    return f"name={plain}", f"filename={plain}"


def name_2231(name: str) -> tuple[str, str]:
    """The disposition parameter in RFC 2231 pieces, the type's in encoded words."""
    if name.isascii():
        return name_2047(name)
    pieces = _split_percent(name)
    if len(pieces) == 1:
        return name_2047(name)[0], f"filename*=UTF-8''{pieces[0]}"
    joined_ = ";\r\n ".join(
        f"filename*{n}*={'UTF-8' + chr(39) * 2 if n == 0 else ''}{piece}"
        for n, piece in enumerate(pieces)
    )
    return name_2047(name)[0], joined_


def name_apple(name: str) -> tuple[str, str]:
    """Both parameters in one RFC 2231 value, as Apple Mail writes them."""
    code = quote(name, safe="")
    return f"name*=utf-8''{code}", f"filename*=utf-8''{code}"


def name_raw(name: str) -> tuple[str, str]:
    """Both parameters as raw UTF-8 in quotes, as no standard allows."""
    return f"name={_quoted(name)}", f"filename={_quoted(name)}"


Naming: TypeAlias = Callable[[str], tuple[str, str]]

_NAMING: dict[Client, Naming] = {
    Client.OUTLOOK: name_2047,
    Client.GMAIL: name_2047,
    Client.ZIMBRA: name_2047,
    Client.THUNDERBIRD: name_2231,
    Client.APPLE: name_apple,
    Client.IPHONE: name_apple,
    Client.PLAIN: name_raw,
}


def _folded(raw: bytes) -> bytes:
    return base64.encodebytes(raw).replace(b"\n", b"\r\n")


def file_part(
    paper: Paper, naming: Naming = name_2047, *, media: str = "", disposition: str = "attachment"
) -> Part:
    """A paper as an attachment; `media` overrides its own media type."""
    in_type, in_disposition = naming(paper.name)
    return Part(
        headers=(
            f"Content-Type: {media or paper.media};\r\n\t{in_type}".encode(),
            b"Content-Transfer-Encoding: base64",
            f"Content-Disposition: {disposition};\r\n\t{in_disposition}".encode(),
        ),
        body=_folded(paper.raw),
    )


def text_part(text: str, *, kind: str = "plain", quoted_printable: bool = False) -> Part:
    """A text part in UTF-8."""
    raw = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    coding = b"quoted-printable" if quoted_printable else b"base64"
    body = (
        quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        if quoted_printable
        else _folded(raw)
    )
    return Part(
        headers=(
            f'Content-Type: text/{kind}; charset="UTF-8"'.encode(),
            b"Content-Transfer-Encoding: " + coding,
        ),
        body=body,
    )


def rfc822_part(raw: bytes, name: str = "") -> Part:
    """A whole mail as an attachment."""
    named = f";\r\n\t{name_2047(name)[0]}" if name else ""
    where = f";\r\n\t{name_2047(name)[1]}" if name else ""
    return Part(
        headers=(
            f"Content-Type: message/rfc822{named}".encode(),
            f"Content-Disposition: {'attachment' if name else 'inline'}{where}".encode(),
        ),
        body=raw,
    )


def multipart(kind: str, boundary: str, parts: tuple[Part, ...], more: str = "") -> Part:
    """Parts bound together."""
    mark = boundary.encode()
    body = b"".join(b"--" + mark + b"\r\n" + part.octets() + b"\r\n" for part in parts)
    return Part(
        headers=(f'Content-Type: multipart/{kind};{more}\r\n\tboundary="{boundary}"'.encode(),),
        body=body + b"--" + mark + b"--\r\n",
    )


def picture(red: int, green: int, blue: int, side: int = 24) -> bytes:
    """A plain PNG of one colour, as small as a logo in a signature."""

    def chunk(kind: bytes, inside: bytes) -> bytes:
        check = zlib.crc32(kind + inside).to_bytes(4, "big")
        return len(inside).to_bytes(4, "big") + kind + inside + check

    size = side.to_bytes(4, "big")
    row = b"\0" + bytes((red, green, blue)) * side
    head = chunk(b"IHDR", size + size + bytes((8, 2, 0, 0, 0)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )


_FLAVOURS = {
    Client.OUTLOOK: (
        "X-Mailer: Microsoft Outlook 16.0",
        "Content-Language: vi",
        "X-MS-Has-Attach: yes",
    ),
    Client.ZIMBRA: (
        "X-Originating-IP: [113.160.219.52]",
        "X-Mailer: Zimbra 8.8.15_GA_4581 (ZimbraWebClient - GC122 (Win)/8.8.15_GA_4581)",
    ),
    Client.THUNDERBIRD: ("User-Agent: Mozilla Thunderbird", "Content-Language: vi"),
    Client.APPLE: ("X-Mailer: Apple Mail (2.3774.400.31)",),
    Client.IPHONE: ("X-Mailer: iPhone Mail (21D61)",),
    Client.PLAIN: ("X-Mailer: Foxmail 6, 15, 201, 26 [cn]",),
}


@dataclass(slots=True)
class _Wire:
    """One mail on its way to octets."""

    draw: Draw
    letter: Letter
    boundaries: int = field(default=0)

    def octets(self) -> bytes:
        letter = self.letter
        body = letter.body or self._body()
        lines = [*(self._trace() if letter.trace else ()), *self._headers(), *letter.headers]
        head = "\r\n".join(line for line in lines if line).encode()
        return head + b"\r\n" + body.octets()

    def _boundary(self) -> str:
        self.boundaries += 1
        draw = self.draw
        match self.letter.client:
            case Client.OUTLOOK:
                return f"----=_NextPart_00{self.boundaries}_{draw.letters(4).upper()}_01DA7{draw.letters(3).upper()}.{draw.letters(8).upper()}"
            case Client.GMAIL:
                return f"000000000000{draw.hexes(16)}"
            case Client.ZIMBRA:
                return f"----=_Part_{draw.digits(6)}_{draw.digits(9)}.{draw.digits(13)}"
            case Client.APPLE | Client.IPHONE:
                return f"Apple-Mail-{'=_' if draw.chance(30) else '-'}{draw.hexes(8).upper()}"
            case _:
                return f"------------{draw.letters(24)}"

    def _trace(self) -> list[str]:
        letter, draw = self.letter, self.draw
        at = format_datetime(letter.at)
        before = format_datetime(letter.at - timedelta(seconds=2))
        path = letter.return_path if letter.return_path is not None else letter.sender
        domain = letter.sender.partition("@")[2] or "localhost"
        hop = "mail-lf1-f43.google.com" if domain == "gmail.com" else f"mx.{domain}"
        number = f"{draw.number(14, 203)}.{draw.number(1, 250)}.{draw.number(1, 250)}.{draw.number(1, 250)}"
        return [
            f"Return-Path: <{path}>",
            f"Received: from {HOST} (LHLO {HOST}) (10.38.1.25)\r\n by {HOST} with LMTP; {at}",
            f"Received: from {hop} ({hop} [{number}])\r\n\tby {HOST} (Postfix) with ESMTPS id {draw.hexes(10).upper()}\r\n\tfor <{OFFICE}>; {before}",
            "X-Spam-Flag: NO",
            f"Authentication-Results: {HOST} (amavis);\r\n\tdkim=pass (2048-bit key) header.d={domain};\r\n\tspf=pass smtp.mailfrom={letter.sender};\r\n\tdmarc=pass (p=none) header.from={domain}",
        ]

    def _headers(self) -> list[str]:
        letter = self.letter
        sent = letter.sent_at or letter.at - timedelta(seconds=7)
        words = _q_words if letter.client in (Client.THUNDERBIRD, Client.IPHONE) else encoded_word
        name = words(letter.name)
        sender = f"{name if not letter.name.isascii() else _quoted(name)} <{letter.sender}>"
        identity = letter.message_id or message_id(self.draw, letter.client, letter.sender)
        lines = [
            f"From: {sender if letter.name else letter.sender}",
            f"To: {words(OFFICE_NAME) + ' <' + letter.to + '>' if letter.to == OFFICE else letter.to}",
            f"Subject: {words(letter.subject)}",
            f"Date: {format_datetime(sent)}",
            f"Message-ID: {identity}",
            "MIME-Version: 1.0",
        ]
        if letter.replies_to:
            lines.append(f"In-Reply-To: {letter.replies_to[-1]}")
            lines.append("References: " + "\r\n ".join(letter.replies_to))
        return [*lines, *self._flavour()]

    def _flavour(self) -> list[str]:
        lines = list(_FLAVOURS.get(self.letter.client, ()))
        if self.letter.client is Client.OUTLOOK:
            lines.append(f"Thread-Index: {_base64(self.draw.octets(22))}")
        return lines

    def _body(self) -> Part:
        letter = self.letter
        naming = _NAMING[letter.client]
        files = tuple(file_part(paper, naming) for paper in letter.papers)
        text = self._text()
        parts = (text, *files, *letter.parts)
        if letter.client is Client.APPLE and files:
            parts = (*parts, text_part("\n"))
        return parts[0] if len(parts) == 1 else multipart("mixed", self._boundary(), parts)

    def _text(self) -> Part:
        letter = self.letter
        soft = letter.client in (Client.GMAIL, Client.THUNDERBIRD, Client.IPHONE)
        plain = text_part(letter.text, quoted_printable=soft)
        if letter.client in (Client.PLAIN, Client.IPHONE, Client.APPLE):
            return plain
        lines = escape(letter.text).split("\n")
        gap = "</p>\r\n<p class=MsoNormal>" if letter.client is Client.OUTLOOK else "<br>\r\n"
        logo = '<img src="cid:image001.png@01DA7A3E" width="120">' if letter.logo else ""
        html = f"<html><body><div>{gap.join(lines)}{logo}</div></body></html>"
        both = multipart("alternative", self._boundary(), (plain, text_part(html, kind="html")))
        if not letter.logo:
            return both
        image = Part(
            headers=(
                b'Content-Type: image/png; name="image001.png"',
                b"Content-Transfer-Encoding: base64",
                b"Content-ID: <image001.png@01DA7A3E>",
                b'Content-Disposition: inline; filename="image001.png"',
            ),
            body=_folded(picture(0, 90, 170)),
        )
        return multipart("related", self._boundary(), (both, image))


def quoted_reply(text: str, original: Letter) -> str:
    """The text with the mail it answers quoted below, as programs do."""
    day = original.at.strftime("%H:%M %d/%m/%Y")
    inside = "\n".join(f"> {line}" for line in original.text.split("\n"))
    return f"{text}\n\nVào {day}, {original.name} <{original.sender}> đã viết:\n{inside}"


def forwarded(text: str, original: Letter) -> str:
    """The text with the mail it forwards below, as programs do."""
    day = original.at.strftime("%d/%m/%Y %H:%M")
    return (
        f"{text}\n\n---------- Forwarded message ---------\nTừ: {original.name} <{original.sender}>\n"
        f"Date: {day}\nSubject: {original.subject}\nTo: {original.to}\n\n{original.text}"
    )


def without_marks(letter: Letter) -> Letter:
    """The same mail typed without any Vietnamese mark."""
    return replace(
        letter,
        name=ascii_only(letter.name),
        subject=ascii_only(letter.subject),
        text=ascii_only(letter.text),
    )


def digest(raw: bytes) -> str:
    """Sixteen digits that stand for the octets."""
    return sha256(raw).hexdigest()[:16]
