"""A mail's bytes to a `Message`; the only module that imports mail-parser.

mail-parser reads addresses, dates and the subject, from a copy of the header that has no
structure to stumble over. The parts and files come from `ingest.mime`. Whatever the bytes, a
message comes out: a mail that makes no sense is a row for the officer, never a lost mail.
"""

import email.utils
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import mailparser

from dossier import Address, Attachment, Envelope, Message, ReceivedSource
from ingest.body import cids, html_text, split_trail, unflowed, urls
from ingest.charset import decode, decode_words, one_line
from ingest.mime import Nested, Part, Repair, Tree, read_tree

NO_SENDER = "thư không ghi người gửi"
SEVERAL_SENDERS = "thư có hơn một dòng người gửi (From)"
OUR_OWN_READING = "phần đầu thư sai quy cách, đã đọc theo cách dự phòng"
LONG_TEXT = "thân thư quá dài, chỉ đọc phần đầu"

_LONGEST_TEXT = 400_000
_LONGEST_PAGE = 4 * _LONGEST_TEXT
_MOST_HEADERS = 2000
_MOST_ADDRESSES = 500
_MAILPARSED = ("From", "To", "Cc", "Reply-To", "Subject", "Date")
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/x-rar-compressed": ".rar",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/tiff": ".tif",
}


def parse(raw: bytes, *, received_at: datetime, source: ReceivedSource) -> Message:
    """Read a whole mail. Never raises for what the mail holds.

    `received_at` is the time of receipt already decided (`ingest.receipt`) and `source` the clock
    it was read from; `Date:` is only shown.

    Raises:
        ValueError: `received_at` has no time zone.

    """
    if received_at.tzinfo is None:
        message = "the time of receipt has no time zone"
        raise ValueError(message)
    tree = read_tree(raw)
    head = _head(tree.headers)
    words = _words(tree, head.subject)
    envelope = Envelope(
        message_id=next(iter(_ids(head.first("message-id"))), ""),
        in_reply_to=_ids(head.first("in-reply-to")),
        references=_ids(head.first("references")),
        sender=head.sender,
        reply_to=next((one for one in head.reply_to if one.address), None),
        return_path=_return_path(head.fields),
        to=head.to,
        cc=head.cc,
        subject=head.subject,
        sent_at=head.sent_at,
        received_at=received_at,
        received_source=source,
        headers=head.fields,
        content_type=tree.content_type,
        part_types=tree.part_types,
        body=words.body,
        quoted=words.quoted,
        notes=tuple(dict.fromkeys((*head.notes, *tree.notes, *words.notes))),
        unread=(*tree.unread, *words.notes),
    )
    return Message(envelope=envelope, attachments=_attachments(tree, words.used))


# ------------------------------------------------------------------ header


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    fields: tuple[tuple[str, str], ...]
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    sent_at: datetime | None
    notes: tuple[str, ...]

    def first(self, name: str) -> str:
        return _first(self.fields, name)


def _head(fields: Sequence[tuple[str, str]]) -> _Head:
    fields = fields[:_MOST_HEADERS]
    raw = {name: _first(fields, name.lower()) for name in _MAILPARSED}
    reading = _mailparsed(raw)
    notes = [] if reading else [OUR_OWN_READING]
    reading = reading or {}
    senders = _addresses(reading.get("from"), raw["From"])
    if not senders or not senders[0].address:
        notes.append(NO_SENDER)
    if sum(name == "from" for name, _ in fields) > 1:
        notes.append(SEVERAL_SENDERS)
    sent_at = reading.get("date")
    return _Head(
        fields=tuple((name, one_line(decode_words(value))) for name, value in fields),
        sender=senders[0] if senders else Address(""),
        to=_addresses(reading.get("to"), raw["To"]),
        cc=_addresses(reading.get("cc"), raw["Cc"]),
        reply_to=_addresses(reading.get("reply-to"), raw["Reply-To"]),
        subject=_subject(reading.get("subject"), raw["Subject"]),
        sent_at=sent_at if isinstance(sent_at, datetime) else _date(raw["Date"]),
        notes=tuple(notes),
    )


def _first(fields: Iterable[tuple[str, str]], name: str) -> str:
    return next((value for key, value in fields if key == name), "")


def _mailparsed(raw: dict[str, str]) -> dict[str, object] | None:
    """What mail-parser makes of the fields; None when it stumbles."""
    # It writes subjects and names it cannot decode into the log, where no such thing belongs.
    logging.getLogger("mailparser").setLevel(logging.CRITICAL)
    header = "".join(f"{name}: {_flat(value)}\r\n" for name, value in raw.items() if value)
    try:
        mail = mailparser.parse_from_bytes(f"{header}\r\n".encode())
        # Only these names: any other attribute would answer "" instead of failing.
        found = {
            "from": mail.from_,
            "to": mail.to,
            "cc": mail.cc,
            "reply-to": mail.reply_to,
            "subject": mail.subject,
            "date": mail.date,
        }
    except Exception:  # noqa: BLE001 -- it raises anything on hostile mail; our own reading follows
        return None
    return found


def _flat(value: str) -> str:
    return one_line(value).encode("utf-8", "replace").decode()


def _subject(found: object, raw: str) -> str:
    ours = one_line(decode_words(raw))
    theirs = one_line(decode_words(found)) if isinstance(found, str) else ""
    return ours if "\ufffd" in theirs or not theirs or "=?" in theirs else theirs


def _addresses(found: object, raw: str) -> tuple[Address, ...]:
    pairs = [pair for pair in found if len(pair) == 2] if isinstance(found, list) else []  # noqa: PLR2004 -- name and address
    read = [_address(name, address) for name, address in pairs]
    if not any(one.address for one in read):
        read = _recovered(raw)
    return tuple(read[:_MOST_ADDRESSES])


def _address(name: str, address: str) -> Address:
    shown = one_line(decode_words(str(name))).strip("\"' ")
    bare = one_line(str(address)).strip("<> ")
    return Address(bare if "@" in bare and " " not in bare else "", shown)


def _recovered(raw: str) -> list[Address]:
    """Addresses of a field mail-parser refuses: “UBND xã <xa@example.vn”."""
    text = one_line(decode_words(raw))
    found = re.findall(r"[^\s<>()\[\]\",;:@]{1,200}@[^\s<>()\[\]\",;:@]{1,250}", text)
    if found:
        name = text.partition("<")[0].strip("\"' ") if "<" in text else ""
        return [Address(one, name) for one in found]
    return [Address("", text)] if text else []


def _date(raw: str) -> datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(one_line(raw))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _ids(value: str) -> tuple[str, ...]:
    """Message-IDs of a field, in their brackets even where the sender forgot them."""
    found = re.findall(r"<([^<>]{1,998})>", value) or value.split()
    whole = ("".join(one.split()) for one in found)
    return tuple(dict.fromkeys(f"<{one.strip('<>')}>" for one in whole if one.strip("<>")))


def _return_path(fields: Sequence[tuple[str, str]]) -> str | None:
    value = next((value for key, value in fields if key == "return-path"), None)
    return None if value is None else value.strip().strip("<>").strip()


# ------------------------------------------------------------------ words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    body: str
    quoted: str
    used: frozenset[str]
    """Paths of the parts that are text of the mail, and so no file."""
    notes: tuple[str, ...] = ()


def _words(tree: Tree, subject: str) -> _Words:
    used = _text_paths(tree.parts)
    texts = [part for part in tree.parts if part.path in used]
    own = [part for part in texts if not part.way]
    plain, markup = _plain(own), _markup(own)
    body, trail = split_trail(plain, subject)
    shown = split_trail(markup, subject)[0] if markup else ""
    links = [*urls(shown), *(decode(part.raw) for part in texts if part.content_type == _OUTSIDE)]
    links += [target for url in (*urls(body), *links) if (target := _unwrapped(url))]
    written = frozenset(urls(plain))
    missing = [url for url in dict.fromkeys(links) if url and url not in written]
    forwarded = [_forwarded(one, texts) for one in tree.nested]
    reports = [_text(part) for part in own if part.content_type in _REPORTED]
    return _Words(
        body="\n".join((body, *missing)).strip("\n"),
        quoted="\n\n".join(text for text in (trail, *reports, *forwarded) if text),
        used=used,
        notes=(LONG_TEXT,) if _is_long(plain, own) else (),
    )


_OUTSIDE = "message/external-body"
_READABLE = frozenset({"text/plain", "text/html"})
_REPORTED = frozenset(
    {
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-disposition-notification",
        "text/rfc822-headers",
    }
)


def _text_paths(parts: Sequence[Part]) -> frozenset[str]:
    """Which parts are words of the mail: unnamed texts, the first text even when named."""
    used: set[str] = set()
    begun: set[tuple[str, ...]] = set()
    for part in parts:
        attached = part.disposition == "attachment"
        if part.content_type in _REPORTED or part.content_type == _OUTSIDE:
            used.add(part.path)
        elif part.content_type in _READABLE and not attached:
            if not part.name or (part.way not in begun and _is_page(part.name)):
                used.add(part.path)
                begun.add(part.way)
        elif part.alternative and part.content_type.startswith("text/") and not part.name:
            used.add(part.path)  # the same words once more: an AMP page, a calendar entry
    return frozenset(used)


def _is_page(name: str) -> bool:
    return name.lower().endswith((".txt", ".htm", ".html"))


def _plain(texts: Sequence[Part]) -> str:
    """The words of a mail, the plain version of each part before the HTML one."""
    groups: dict[str, list[Part]] = {}
    for part in texts:
        if part.content_type in _READABLE:
            groups.setdefault(part.alternative or part.path, []).append(part)
    return "\n\n".join(_best(group) for group in groups.values())[:_LONGEST_TEXT]


def _is_long(plain: str, own: Sequence[Part]) -> bool:
    """Tell words that were cut, or a page so long that its end was not looked at."""
    pages = (part for part in own if part.content_type == "text/html")
    return len(plain) >= _LONGEST_TEXT or any(len(page.raw) > _LONGEST_PAGE for page in pages)


def _best(group: Sequence[Part]) -> str:
    plain = "\n\n".join(_text(part) for part in group if part.content_type == "text/plain")
    markup = _markup(group)
    is_stub = len(plain.split()) * 4 < len(markup.split())
    return markup if is_stub else plain


def _markup(texts: Sequence[Part]) -> str:
    return "\n\n".join(_text(part) for part in texts if part.content_type == "text/html")


def _text(part: Part) -> str:
    if part.content_type == "text/html":
        return html_text(_page(part))
    whole = decode(part.raw, part.charset)[: 2 * _LONGEST_TEXT]
    text = whole.replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST_TEXT]
    return unflowed(text, delsp=part.delsp) if part.flowed else text


def _page(part: Part) -> str:
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", part.raw[:2048], re.IGNORECASE)
    charset = part.charset or (named[1].decode("ascii", "replace") if named else "")
    return decode(part.raw, charset)[:_LONGEST_PAGE]


def _unwrapped(url: str) -> str:
    """The address a mail filter hides behind its own: Outlook's safe links, Google's redirect."""
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    if host.endswith(".safelinks.protection.outlook.com"):
        return asked.get("url", [""])[0]
    return asked.get("q", asked.get("url", [""]))[0] if host == "google.com" else ""


def _forwarded(nested: Nested, texts: Sequence[Part]) -> str:
    """A forwarded mail as a reader sees it: who, when, about what, and its words."""
    labels = ("From", "Date", "To", "Subject", "Message-ID")
    values = {
        label: one_line(decode_words(_first(nested.headers, label.lower()))) for label in labels
    }
    head = "\n".join(f"{label}: {value}" for label, value in values.items() if value)
    words = _plain([part for part in texts if part.way == nested.way])
    return f"{head}\n\n{words}".strip()


# ------------------------------------------------------------------ files


def _attachments(tree: Tree, used: frozenset[str]) -> tuple[Attachment, ...]:
    pages = (_page(part) for part in tree.parts if part.content_type == "text/html")
    shown = frozenset[str]().union(*(cids(page) for page in pages))
    kept = [part for part in tree.parts if part.path not in used]
    nameless = [part.path for part in kept if not part.name]
    return tuple(
        Attachment(
            name="/".join((*part.way, part.name or _given_name(part, nameless))),
            raw=part.raw,
            content_type=part.content_type,
            part=part.path,
            inline=part.content_type.startswith("image/")
            and (part.disposition == "inline" or part.content_id in shown),
            notes=part.notes if part.name else (*part.notes, Repair.NAMELESS),
        )
        for part in kept
    )


def _given_name(part: Part, nameless: Sequence[str]) -> str:
    extension = _EXTENSIONS.get(part.content_type, "")
    return f"tệp không tên {nameless.index(part.path) + 1}{extension}"
