"""The parts of a mail: the standard library's tree, mended where real mailers break it.

The tree is never trusted to be well formed. A part that cannot be told from its neighbour, a
mail cut short, a limit reached: each leaves a sentence in `Tree.unread`, so that nobody is told
of a missing paper because of it.
"""

import base64
import binascii
import copy
import email
import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesHeaderParser
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from ingest.charset import decode, decode_words, one_line, turns_direction

MAX_DEPTH = 100
MAX_PARTS = 2000
_LONGEST_NAME = 1000
_LONGEST_VALUE = 65536


class Repair(StrEnum):
    """What was mended, in Vietnamese: the officer reads it beside the mail."""

    BOUNDARY = "đã dựng lại ranh giới giữa các phần của thư"
    HEADER_FOLD = "đã nối lại các dòng đầu thư bị ngắt sai"
    AFTER_END = "có phần nằm sau dòng kết thúc của thư"
    DECODED_MAIL = "đã giải mã thư được chuyển tiếp"
    UUENCODED = "đã tách tệp viết liền trong thân thư (uuencode)"
    NAMELESS = "thư không ghi tên tệp"
    TURNED_NAME = "tên tệp có ký tự đảo chiều che phần mở rộng"
    RESOURCE_FORK = "bỏ qua phần phụ của máy Mac (AppleDouble)"


class Left(StrEnum):
    """Why something in the mail may have stayed unread, in Vietnamese."""

    PARTS = "thư có quá nhiều phần, chưa đọc hết"
    DEPTH = "thư lồng nhau quá sâu, chưa đọc hết"
    CUT = "thư không có dòng kết thúc, có thể đã bị cắt mất một phần"
    FRAGMENT = "thư chỉ là một mảnh của thư dài hơn (message/partial)"
    BOUNDARY = "không tách được các phần của thư"
    STRAY = "trong thân thư còn dấu vết của tệp chưa tách được"
    YENC = "thân thư có tệp mã hóa yEnc chưa đọc được"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the tree, its transfer encoding taken off."""

    path: str
    """“1.2.1”; `u` marks a file found in a text, `m` a mail found in a file, `x` after the end."""
    content_type: str
    raw: bytes
    charset: str = ""
    name: str = ""
    disposition: str = ""
    content_id: str = ""
    """Without its angle brackets."""
    way: tuple[str, ...] = ()
    """Names of the forwarded mails it lies in, outermost first."""
    alternative: str = ""
    """Path of the outermost multipart/alternative around it."""
    flowed: bool = False
    delsp: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A forwarded mail: the way to it and its header fields."""

    way: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A mail taken apart."""

    headers: tuple[tuple[str, str], ...]
    """Names lower case; values unfolded, octets read as text, encoded words left as they are."""
    content_type: str
    part_types: tuple[str, ...]
    """Types of all parts of this mail, not of mails forwarded in it."""
    parts: tuple[Part, ...]
    nested: tuple[Nested, ...]
    notes: tuple[str, ...]
    unread: tuple[str, ...]


def read_tree(raw: bytes) -> Tree:
    """Take a mail apart; never raises, whatever the bytes."""
    walk = _Walk()
    try:
        root = _mended(_root(raw), walk)
        walk.visit(root, _Spot(path="1", is_whole=True))
    except RecursionError:
        walk.unread.append(Left.DEPTH)
        root = BytesHeaderParser().parsebytes(raw)
    if not walk.unread and not any(map(_is_file, walk.parts)) and _NAMES_A_FILE.search(raw):
        walk.unread.append(Left.BOUNDARY)
    return Tree(
        headers=_headers(root),
        content_type=_content_type(root),
        part_types=tuple(walk.types),
        parts=tuple(walk.parts),
        nested=tuple(walk.nested),
        notes=tuple(dict.fromkeys(walk.notes)),
        unread=tuple(dict.fromkeys(walk.unread)),
    )


_NAMES_A_FILE = re.compile(rb"(?im)^content-disposition:[ \t]*attachment|^[ \t]+filename\*?=")
"""How a part that is a file begins; where it gave no file the structure of the mail is lost."""


def _is_file(part: Part) -> bool:
    return bool(part.name or part.way) or part.disposition == "attachment"


def looks_like_mail(raw: bytes) -> bool:
    """Tell whether the bytes begin as a mail does: header fields every mail has."""
    head = raw[:16384].lstrip(b"\r\n \t\xef\xbb\xbf")
    fields = {match[1].lower() for match in _FIELD.finditer(head.split(b"\n\n")[0])}
    return bool(re.match(rb"[\w-]+:|From ", head)) and len(fields & _MAIL_FIELDS) > 1


_MAIL_FIELDS = frozenset(
    b"from to subject date message-id received return-path mime-version content-type".split()
)
_FIELD = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]*):")

# ------------------------------------------------------------------ walking


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    path: str
    depth: int = 0
    way: tuple[str, ...] = ()
    alternative: str = ""
    is_whole: bool = False
    """The node is a mail, not a part of one."""

    def below(self, step: str, *, way: str = "", alternative: str = "") -> "_Spot":
        return _Spot(
            path=f"{self.path}.{step}",
            depth=self.depth + 1,
            way=(*self.way, way) if way else self.way,
            alternative="" if way else self.alternative or alternative,
        )


@dataclass(slots=True)
class _Walk:
    parts: list[Part] = field(default_factory=list)
    nested: list[Nested] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    seen: int = 0

    def visit(self, node: Message, spot: _Spot) -> None:
        self.seen += 1
        if self.seen > MAX_PARTS or spot.depth > MAX_DEPTH:
            self.unread.append(Left.PARTS if self.seen > MAX_PARTS else Left.DEPTH)
            return
        content_type = _content_type(node)
        if not spot.way:
            self.types.append(content_type)
        children = _children(node)
        if not children:
            self._visit_leaf(node, content_type, spot)
        elif content_type in _REPORTS:
            text = "\n".join(str(child) for child in children).encode("utf-8", "surrogateescape")
            self.parts.append(_part(node, content_type, text, spot))
        elif content_type == "message/external-body":
            url = parameters(_header(node, "content-type")).get("url", "")
            self.parts.append(_part(node, content_type, url.encode(), spot))
        elif content_type.startswith("message/"):
            self._visit_forwarded(node, children[0], content_type, spot)
        else:
            self._visit_children(node, content_type, spot)

    def _visit_children(self, node: Message, content_type: str, spot: _Spot) -> None:
        # Only the outermost closing line tells of a cut: some mailers forget the inner ones.
        if spot.is_whole and _has(node, "CloseBoundaryNotFoundDefect"):
            self.unread.append(Left.CUT)
        if any(_HIDDEN_PART.search(_octets_of(text)) for text in (node.preamble, node.epilogue)):
            self._visit_after_the_end(node, spot)
        group = spot.path if content_type == "multipart/alternative" else ""
        for number, child in enumerate(_children(node), start=1):
            below = spot.below(str(number), alternative=group)
            self.visit(_mended(child, self), below)

    def _visit_after_the_end(self, node: Message, spot: _Spot) -> None:
        """Parts beyond a closing line that stands in the middle, or before a wrong first one."""
        for step, text in (("x", node.epilogue), ("p", node.preamble)):
            tail = _octets_of(text)
            if not _HIDDEN_PART.search(tail):
                continue
            boundary = _boundary_in(tail, _declared_boundaries(node))
            children = _split(tail, boundary) if boundary else []
            if not children:
                self.unread.append(Left.STRAY)
                continue
            self.notes.append(Repair.AFTER_END)
            for number, child in enumerate(children, start=1):
                self.visit(_mended(child, self), spot.below(f"{step}{number}"))

    def _visit_forwarded(self, node: Message, inner: Message, kind: str, spot: _Spot) -> None:
        if kind == "message/partial":
            self.unread.append(Left.FRAGMENT)
        if not inner.keys():
            raw = content(inner, _transfer_encoding(node))
            if not looks_like_mail(raw):
                self._keep_file(_part(node, kind, raw, spot))
                return
            inner = _root(raw)
            self.notes.append(Repair.DECODED_MAIL)
        self._enter(_mended(inner, self), file_name(node), spot.below("1", way="?"))

    def _enter(self, inner: Message, name: str, spot: _Spot) -> None:
        way = (*spot.way[:-1], name or self._name_of(inner))
        headers = _headers(inner)
        self.nested.append(Nested(way=way, headers=headers))
        self.visit(inner, _Spot(path=spot.path, depth=spot.depth, way=way, is_whole=True))

    def _name_of(self, inner: Message) -> str:
        subject = one_line(decode_words(_header(inner, "subject"))).replace("/", "_")
        return f"{subject or f'thư chuyển tiếp {len(self.nested) + 1}'}.eml"

    def _visit_leaf(self, node: Message, content_type: str, spot: _Spot) -> None:
        raw = content(node, _transfer_encoding(node))
        part = _part(node, content_type, raw, spot)
        if content_type == "application/applefile":
            self.notes.append(Repair.RESOURCE_FORK)
        elif _is_text_of_the_mail(part):
            self._visit_text(part, spot)
        elif _is_mail_in_a_file(part):
            self.notes.append(Repair.DECODED_MAIL)
            inner = _mended(_root(raw), self)
            self._enter(inner, part.name, spot.below("m", way="?"))
        else:
            self._keep_file(part)

    def _visit_text(self, part: Part, spot: _Spot) -> None:
        text, files = uudecoded(part.raw) if part.content_type == "text/plain" else (part.raw, ())
        for number, (name, raw) in enumerate(files, start=1):
            below = spot.below(f"u{number}")
            self.notes.append(Repair.UUENCODED)
            self.parts.append(
                Part(
                    path=below.path,
                    content_type="application/octet-stream",
                    raw=raw,
                    name=name,
                    disposition="attachment",
                    way=spot.way,
                    notes=(Repair.UUENCODED,),
                )
            )
        if _HIDDEN_PART.search(text):
            self.unread.append(Left.STRAY)
        if b"=ybegin " in text:
            self.unread.append(Left.YENC)
        self.parts.append(replace(part, raw=text))

    def _keep_file(self, part: Part) -> None:
        self.notes += part.notes
        self.parts.append(part)


_REPORTS = frozenset(
    {
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-disposition-notification",
    }
)
_HIDDEN_PART = re.compile(rb"(?im)^content-(?:transfer-encoding|disposition):[ \t]*[a-z]")


def _part(node: Message, content_type: str, raw: bytes, spot: _Spot) -> Part:
    typed = parameters(_header(node, "content-type"))
    name = file_name(node)
    return Part(
        path=spot.path,
        content_type=content_type,
        raw=raw,
        charset=typed.get("charset", ""),
        name=one_line(name)[:_LONGEST_NAME],
        disposition=_header(node, "content-disposition").partition(";")[0].strip().lower(),
        content_id=_header(node, "content-id").strip().strip("<>"),
        way=spot.way,
        alternative=spot.alternative,
        flowed=typed.get("format", "").lower() == "flowed",
        delsp=typed.get("delsp", "").lower() == "yes",
        notes=(Repair.TURNED_NAME,) if turns_direction(name) else (),
    )


def _is_text_of_the_mail(part: Part) -> bool:
    return (
        part.content_type in ("text/plain", "text/html")
        and part.disposition != "attachment"
        and (not part.name or part.name.lower().endswith((".txt", ".htm", ".html")))
    )


def _is_mail_in_a_file(part: Part) -> bool:
    named = part.name.lower().endswith(".eml") or part.content_type == "message/rfc822"
    nameless = not part.name and part.content_type == "application/octet-stream"
    return (named or nameless) and looks_like_mail(part.raw)


# ------------------------------------------------------------------ header fields


def _headers(node: Message) -> tuple[tuple[str, str], ...]:
    return tuple((name.lower(), _text(value)) for name, value in node.raw_items())


def _text(value: object) -> str:
    """A field's value unfolded, its raw octets read as UTF-8 or a Vietnamese code page."""
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", str(value)[:_LONGEST_VALUE])
    octets = unfolded.encode("utf-8", "surrogateescape")
    return unfolded if octets.isascii() else decode(octets)


def _header(node: Message, name: str) -> str:
    """The last field of that name: where two stand, a gateway wrote the first by mistake."""
    values = [value for key, value in node.raw_items() if key.lower() == name]
    return _text(values[-1]) if values else ""


def _content_type(node: Message) -> str:
    declared = [_text(value) for key, value in node.raw_items() if key.lower() == "content-type"]
    if node.is_multipart():
        declared = [one for one in declared if "multipart/" in one or "message/" in one] or [
            node.get_content_type()
        ]
    value = re.split(r"[;\s]", declared[-1].strip(), maxsplit=1)[0].lower() if declared else ""
    if re.fullmatch(r"[\w.+-]+/[\w.+-]+", value):
        return value
    return node.get_default_type() if not value else "application/octet-stream"


def _transfer_encoding(node: Message) -> str:
    value = re.sub(r"\([^()]*\)", "", _header(node, "content-transfer-encoding"))
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
        _readable_name(parameters(_header(node, header)).get(key, "")) for header, key in fields
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


# ------------------------------------------------------------------ content


def content(node: Message, encoding: str) -> bytes:
    """The octets of a leaf with its transfer encoding taken off, as far as it was one."""
    raw = octets(node)
    if raw.startswith(_KNOWN_STARTS):
        return raw  # declared as encoded, sent as it is
    if encoding == "base64" or (encoding in _PLAIN and _is_hidden_base64(raw)):
        return _unbase64(raw)
    if encoding in ("quotedprintable", "qp"):
        return quopri.decodestring(raw)
    if encoding in ("uuencode", "xuuencode", "uue", "xuue"):
        return next((file for _, file in uudecoded(raw)[1]), raw)
    return raw


_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_KNOWN_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!\x1a",
    b"7z\xbc\xaf",
    b"\xff\xd8\xff",
)
_ENCODED_STARTS = (b"JVBERi0", b"UEsDB", b"0M8R4K", b"UmFyIR", b"N3q8ry", b"/9j/4")


def octets(node: Message) -> bytes:
    """The octets of a leaf as they were sent.

    The library hands 8-bit octets over unchanged only where it knows of no encoding, and stumbles
    over hostile names of character sets; the bare copy names neither.
    """
    bare = copy.copy(node)
    del bare["content-transfer-encoding"]
    del bare["content-type"]
    raw = bare.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _octets_of(text: object) -> bytes:
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else b""


def _is_hidden_base64(raw: bytes) -> bool:
    """A file in base64 whose part forgot to say so."""
    head = raw[:4096].strip()
    return head.startswith(_ENCODED_STARTS) and not re.search(rb"[^A-Za-z0-9+/=\s]", head)


def _unbase64(raw: bytes) -> bytes:
    try:
        return base64.b64decode(raw.translate(None, b"\r\n \t"), validate=True)
    except binascii.Error:
        return b"".join(_loose_base64(segment) for segment in _segments(raw))


def _segments(raw: bytes) -> Iterator[bytes]:
    """The text up to each padding; a footer behind the file ends it.

    A list server or a virus scanner writes below the padding, or below a blank line.
    """
    held: list[bytes] = []
    may_end = False
    for line in map(bytes.strip, raw.splitlines()):
        if may_end and re.search(rb"[^A-Za-z0-9+/=]", line):
            break
        kept = re.sub(rb"[^A-Za-z0-9+/=]", b"", line)
        held.append(kept)
        may_end = not line or kept.endswith(b"=")
        if kept.endswith(b"="):
            yield b"".join(held)
            held = []
    yield b"".join(held)


def _loose_base64(text: bytes) -> bytes:
    text = text.replace(b"=", b"")
    text = text[:-1] if len(text) % 4 == 1 else text
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def uudecoded(raw: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """Split a text from the files written in it as `begin` … `end` blocks."""
    if b"begin " not in raw:
        return raw, ()
    text: list[bytes] = []
    files: list[tuple[str, bytes]] = []
    block: list[bytes] | None = None
    for line in raw.splitlines(keepends=True):
        if block is None and _BEGIN.match(line):
            block = [line]
        elif block is None:
            text.append(line)
        elif line.strip() == b"end":
            files.append((_begun_name(block[0]), b"".join(map(_uu_line, block[1:]))))
            block = None
        else:
            block.append(line)
    return b"".join((*text, *(block or ()))), tuple(files)


_BEGIN = re.compile(rb"begin [0-7]{3,4} (\S[^\r\n]*)")


def _begun_name(line: bytes) -> str:
    begun = _BEGIN.match(line)
    return one_line(decode_words(decode(begun[1].strip()))) if begun else ""


def _uu_line(line: bytes) -> bytes:
    line = line.rstrip(b"\r\n")
    if not line.strip():
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # trailing characters some encoders add
        meant = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:meant])
    except binascii.Error:
        return b""


# ------------------------------------------------------------------ mending


def _root(raw: bytes) -> Message:
    """Parse a whole mail; blank lines or a mark of byte order before it are no part of it."""
    return email.message_from_bytes(
        re.sub(rb"\A(?:\xef\xbb\xbf|[ \t]*\r?\n)+(?=[A-Za-z-]+:)", b"", raw)
    )


def _mended(node: Message, walk: _Walk) -> Message:
    """Rebuild what the parser gave up on: unfolded fields, lost or wrong boundaries."""
    if node.is_multipart():
        return node
    if _has(node, "MissingHeaderBodySeparatorDefect"):
        node = _refolded(node, walk)
    declared = _header(node, "content-type").lower()
    if node.is_multipart() or "multipart/" not in declared:
        return node
    encoding = _transfer_encoding(node)
    raw = octets(node)
    boundary = _boundary_in(raw, _declared_boundaries(node))
    if not boundary and encoding in ("base64", "quotedprintable"):
        raw = _unbase64(raw) if encoding == "base64" else quopri.decodestring(raw)
        boundary = _boundary_in(raw, _declared_boundaries(node))
    children = _split(raw, boundary) if boundary else []
    if not children:
        if raw.strip():
            walk.unread.append(Left.BOUNDARY)
        del node["content-type"]
        node["Content-Type"] = "text/plain"
        return node
    walk.notes.append(Repair.BOUNDARY)
    node.set_payload([*children])
    return node


def _refolded(node: Message, walk: _Walk) -> Message:
    """Join the header again where a line without colon or indent ended it too early."""
    pieces = _BLANK_LINE.split(octets(node), maxsplit=1)
    lines = pieces[0].splitlines()
    if not any(_CONTENT_FIELD.match(line) for line in lines):
        return node
    fields = (_octets_of(f"{name}: {value}") for name, value in node.raw_items())
    mended = (one if _FIELD.match(one) or one[:1] in b" \t" else b" " + one for one in lines)
    walk.notes.append(Repair.HEADER_FOLD)
    return email.message_from_bytes(b"\n".join((*fields, *mended, b"", *pieces[1:])))


_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_CONTENT_FIELD = re.compile(
    rb"(?i)(?:file)?name\*?[\d*]*[ \t]*=|boundary[ \t]*=|charset[ \t]*=|content-|mime-version:"
)


def _has(node: Message, defect: str) -> bool:
    return any(type(one).__name__ == defect for one in node.defects)


def _declared_boundaries(node: Message) -> list[bytes]:
    """What the header may mean: as written, with folds closed up, without any space."""
    values = [_text(value) for key, value in node.raw_items() if key.lower() == "content-type"]
    declared = [parameters(value).get("boundary", "") for value in values]
    unfolded = [re.sub(r"\s+", " ", one).strip() for one in declared]
    bare = [re.sub(r"\s+", "", one) for one in declared]
    return [one.encode() for one in dict.fromkeys((*declared, *unfolded, *bare)) if one]


def _boundary_in(raw: bytes, declared: list[bytes]) -> bytes:
    for candidate in declared:
        if re.search(rb"(?m)^--" + re.escape(candidate) + rb"[ \t]*\r?$", raw):
            return candidate
    guess = re.search(rb"(?m)^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[A-Za-z-]+:)", raw)
    return guess[1] if guess else b""


def _split(raw: bytes, boundary: bytes) -> list[Message]:
    quoted = boundary.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    head = b'Content-Type: multipart/mixed; boundary="' + quoted + b'"\n\n'
    return _children(email.message_from_bytes(head + raw))


def _children(node: Message) -> list[Message]:
    """The parts below; empty for a leaf. The payload of a leaf is asked for by `octets` alone."""
    below = node.get_payload() if node.is_multipart() else ()
    return [child for child in below if isinstance(child, Message)]
