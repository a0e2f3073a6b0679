"""A mail parsed by the standard library, and what its parser gave up on rebuilt."""

import email
import quopri
import re
from email.message import Message

from ingest.mime.fields import FIELD, field_of, parameters, text_of, transfer_encoding_of
from ingest.mime.transfer import as_octets, octets, unbase64
from ingest.mime.tree import Left, Repair


def parsed(raw: bytes) -> Message:
    """Parse a whole mail; blank lines or a mark of byte order before it are no part of it."""
    return email.message_from_bytes(
        re.sub(rb"\A(?:\xef\xbb\xbf|[ \t]*\r?\n)+(?=[A-Za-z-]+:)", b"", raw)
    )


def mended(node: Message, notes: list[str], unread: list[str]) -> Message:
    """Rebuild what the parser gave up on: unfolded fields, lost or wrong boundaries.

    What was mended is added to `notes`, what could not be to `unread`.
    """
    if node.is_multipart():
        return node
    if has_defect(node, "MissingHeaderBodySeparatorDefect"):
        node = _refolded(node, notes)
    declared = field_of(node, "content-type").lower()
    if node.is_multipart() or "multipart/" not in declared:
        return node
    encoding = transfer_encoding_of(node)
    raw = octets(node)
    boundary = boundary_in(raw, declared_boundaries(node))
    if not boundary and encoding in ("base64", "quotedprintable"):
        raw = unbase64(raw) if encoding == "base64" else quopri.decodestring(raw)
        boundary = boundary_in(raw, declared_boundaries(node))
    children = parts_between(raw, boundary) if boundary else []
    if not children:
        if raw.strip():
            unread.append(Left.BOUNDARY)
        del node["content-type"]
        node["Content-Type"] = "text/plain"
        return node
    notes.append(Repair.BOUNDARY)
    node.set_payload([*children])
    return node


def _refolded(node: Message, notes: list[str]) -> Message:
    """Join the header again where a line without colon or indent ended it too early."""
    pieces = _BLANK_LINE.split(octets(node), maxsplit=1)
    lines = pieces[0].splitlines()
    if not any(_CONTENT_FIELD.match(line) for line in lines):
        return node
    fields = (as_octets(f"{name}: {value}") for name, value in node.raw_items())
    refolded = (one if FIELD.match(one) or one[:1] in b" \t" else b" " + one for one in lines)
    notes.append(Repair.HEADER_FOLD)
    return email.message_from_bytes(b"\n".join((*fields, *refolded, b"", *pieces[1:])))


_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_CONTENT_FIELD = re.compile(
    rb"(?i)(?:file)?name\*?[\d*]*[ \t]*=|boundary[ \t]*=|charset[ \t]*=|content-|mime-version:"
)


def has_defect(node: Message, defect: str) -> bool:
    """Whether the parser noted a defect of that class on the part itself."""
    return any(type(one).__name__ == defect for one in node.defects)


def declared_boundaries(node: Message) -> list[bytes]:
    """What the header may mean: as written, with folds closed up, without any space."""
    values = [text_of(value) for key, value in node.raw_items() if key.lower() == "content-type"]
    declared = [parameters(value).get("boundary", "") for value in values]
    unfolded = [re.sub(r"\s+", " ", one).strip() for one in declared]
    bare = [re.sub(r"\s+", "", one) for one in declared]
    return [one.encode() for one in dict.fromkeys((*declared, *unfolded, *bare)) if one]


def boundary_in(raw: bytes, declared: list[bytes]) -> bytes:
    """The declared boundary that stands in the text, else one that looks it; empty for none."""
    for candidate in declared:
        if re.search(rb"(?m)^--" + re.escape(candidate) + rb"[ \t]*\r?$", raw):
            return candidate
    guess = re.search(rb"(?m)^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[A-Za-z-]+:)", raw)
    return guess[1] if guess else b""


def parts_between(raw: bytes, boundary: bytes) -> list[Message]:
    """The parts a text holds between lines of that boundary."""
    quoted = boundary.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    head = b'Content-Type: multipart/mixed; boundary="' + quoted + b'"\n\n'
    return children_of(email.message_from_bytes(head + raw))


def children_of(node: Message) -> list[Message]:
    """The parts below; empty for a leaf. The payload of a leaf is asked for by `octets` alone."""
    below = node.get_payload() if node.is_multipart() else ()
    return [child for child in below if isinstance(child, Message)]
