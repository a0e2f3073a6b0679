"""Header fields as real mailers write them: names, values, parameters, the name of a file."""

import html
import re
from collections.abc import Iterator
from email.message import Message
from urllib.parse import unquote_to_bytes

from ingest.charset import decode, decode_words

_LONGEST_VALUE = 65536
_MAIL_FIELDS = frozenset(
    b"from to subject date message-id received return-path mime-version content-type".split()
)
FIELD = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]*):")
"""How a line that is a field begins."""


def looks_like_mail(raw: bytes) -> bool:
    """Tell whether the bytes begin as a mail does: header fields every mail has."""
    head = raw[:16384].lstrip(b"\r\n \t\xef\xbb\xbf")
    fields = {match[1].lower() for match in FIELD.finditer(head.split(b"\n\n")[0])}
    return bool(re.match(rb"[\w-]+:|From ", head)) and len(fields & _MAIL_FIELDS) > 1


def headers_of(node: Message) -> tuple[tuple[str, str], ...]:
    """All fields, their names lower case; encoded words stay as they are."""
    return tuple((name.lower(), text_of(value)) for name, value in node.raw_items())


def text_of(value: object) -> str:
    """A field's value unfolded, its raw octets read as UTF-8 or a Vietnamese code page."""
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", str(value)[:_LONGEST_VALUE])
    octets = unfolded.encode("utf-8", "surrogateescape")
    return unfolded if octets.isascii() else decode(octets)


def field_of(node: Message, name: str) -> str:
    """The last field of that name: where two stand, a gateway wrote the first by mistake."""
    values = [value for key, value in node.raw_items() if key.lower() == name]
    return text_of(values[-1]) if values else ""


def content_type_of(node: Message) -> str:
    """The type, lower case; of several the one that fits what the parser made of the part."""
    declared = [text_of(value) for key, value in node.raw_items() if key.lower() == "content-type"]
    if node.is_multipart():
        declared = [one for one in declared if "multipart/" in one or "message/" in one] or [
            node.get_content_type()
        ]
    value = re.split(r"[;\s]", declared[-1].strip(), maxsplit=1)[0].lower() if declared else ""
    if re.fullmatch(r"[\w.+-]+/[\w.+-]+", value):
        return value
    return node.get_default_type() if not value else "application/octet-stream"


def transfer_encoding_of(node: Message) -> str:
    """The declared encoding, letters and digits alone: “quotedprintable”."""
    value = re.sub(r"\([^()]*\)", "", field_of(node, "content-transfer-encoding"))
    return re.sub(r"[^a-z0-9]", "", value.lower())


def parameters(value: str) -> dict[str, str]:
    """The parameters of a field, RFC 2231 and the usual mistakes included."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, text in _assignments(value[:_LONGEST_VALUE]):
        stem = re.fullmatch(r"([^*]+)(?:\*(\d{1,4}))?(\*)?", name)
        if stem and (stem[2] or stem[3]):
            pieces.setdefault(stem[1], {})[int(stem[2] or 0)] = (bool(stem[3]), text)
        else:
            plain.setdefault(name, text)
    for stem_name, numbered in pieces.items():
        joined = _joined([numbered[number] for number in sorted(numbered)])
        if "\ufffd" not in joined or not plain.get(stem_name):
            plain[stem_name] = joined
    return plain


def _assignments(value: str) -> Iterator[tuple[str, str]]:
    found = ""
    # A missing first semicolon (“attachment filename=…”) is common enough to be read.
    start = re.match(r"\s*[^\s;=]*[\s;]", value)
    for piece in (*_PIECE.findall(value[start.end() :] if start else ""), ";"):
        if piece != ";":
            found += piece
            continue
        name, equals, text = found.partition("=")
        found = ""
        if equals and (name := name.strip(' \t"').lower()):
            yield name, _unquoted(text.strip())


_PIECE = re.compile(r'"(?:\\.|[^"\\])*"?|[^";]+|;', re.DOTALL)


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    inside = text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:]
    return re.sub(r'\\(["\\])', r"\1", inside)


def _joined(pieces: list[tuple[bool, str]]) -> str:
    """RFC 2231 pieces as text; a %XX or a character may be cut between two of them."""
    if not any(extended for extended, _ in pieces):
        return "".join(text for _, text in pieces)
    charset = ""
    if marked := re.match(r"([\w.:+-]*)'[^']*'", pieces[0][1]) if pieces[0][0] else None:
        charset = marked[1]
        pieces = [(True, pieces[0][1][marked.end() :]), *pieces[1:]]
    octets, run = b"", ""
    for extended, text in pieces:
        if extended:
            run += text
        else:
            octets, run = octets + unquote_to_bytes(run) + text.encode(), ""
    return decode(octets + unquote_to_bytes(run), charset)


def file_name(node: Message) -> str:
    """The name a part gives its file, decoded; empty when it gives none."""
    fields = (("content-disposition", "filename"), ("content-type", "name"))
    given = [
        _readable_name(parameters(field_of(node, header)).get(key, "")) for header, key in fields
    ]
    names = [name for name in given if name]
    return next((name for name in names if "\ufffd" not in name and "??" not in name), "") or next(
        iter(names), ""
    )


def _readable_name(text: str) -> str:
    name = decode_words(text)
    if re.search("%[89A-Fa-f][0-9A-Fa-f]", name):
        octets = unquote_to_bytes(name)
        name = decode(octets, "utf-8") if _is_utf8(octets) else name
    return (
        html.unescape(name).strip() if re.search(r"&#x?[0-9A-Fa-f]{2,6};", name) else name.strip()
    )


def _is_utf8(octets: bytes) -> bool:
    return "\ufffd" not in octets.decode("utf-8", "replace")
