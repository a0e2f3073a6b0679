"""From part to part down a mail, into the mails and the files that lie in it."""

import re
from dataclasses import dataclass, field, replace
from email.message import Message

from ingest.charset import decode_words, one_line, turns_direction
from ingest.mime.fields import (
    content_type_of,
    field_of,
    file_name,
    headers_of,
    looks_like_mail,
    parameters,
    transfer_encoding_of,
)
from ingest.mime.mending import (
    boundary_in,
    children_of,
    declared_boundaries,
    has_defect,
    mended,
    parsed,
    parts_between,
)
from ingest.mime.transfer import as_octets, content, uudecoded
from ingest.mime.tree import Left, Nested, Part, Repair

MAX_DEPTH = 100
MAX_PARTS = 2000
_LONGEST_NAME = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in the mail a part is met."""

    path: str
    depth: int = 0
    way: tuple[str, ...] = ()
    alternative: str = ""
    is_whole: bool = False
    """The node is a mail, not a part of one."""

    def below(self, step: str, *, way: str = "", alternative: str = "") -> "Spot":
        """The place one step down; `way` is given for a mail that begins there."""
        return Spot(
            path=f"{self.path}.{step}",
            depth=self.depth + 1,
            way=(*self.way, way) if way else self.way,
            alternative="" if way else self.alternative or alternative,
        )


@dataclass(slots=True)
class Walk:
    """What was met so far; `Tree` says what each list means."""

    parts: list[Part] = field(default_factory=list)
    nested: list[Nested] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    seen: int = 0

    def visit(self, node: Message, spot: Spot) -> None:
        """Take in a part and all below it, up to `MAX_PARTS` and `MAX_DEPTH`."""
        self.seen += 1
        if self.seen > MAX_PARTS or spot.depth > MAX_DEPTH:
            self.unread.append(Left.PARTS if self.seen > MAX_PARTS else Left.DEPTH)
            return
        content_type = content_type_of(node)
        if not spot.way:
            self.types.append(content_type)
        children = children_of(node)
        if not children:
            self._visit_leaf(node, content_type, spot)
        elif content_type in _REPORTS:
            text = "\n".join(str(child) for child in children).encode("utf-8", "surrogateescape")
            self.parts.append(_part(node, content_type, text, spot))
        elif content_type == "message/external-body":
            url = parameters(field_of(node, "content-type")).get("url", "")
            self.parts.append(_part(node, content_type, url.encode(), spot))
        elif content_type.startswith("message/"):
            self._visit_forwarded(node, children[0], content_type, spot)
        else:
            self._visit_children(node, content_type, spot)

    def _visit_children(self, node: Message, content_type: str, spot: Spot) -> None:
        # Only the outermost closing line tells of a cut: some mailers forget the inner ones.
        if spot.is_whole and has_defect(node, "CloseBoundaryNotFoundDefect"):
            self.unread.append(Left.CUT)
        if any(_HIDDEN_PART.search(as_octets(text)) for text in (node.preamble, node.epilogue)):
            self._visit_after_the_end(node, spot)
        group = spot.path if content_type == "multipart/alternative" else ""
        for number, child in enumerate(children_of(node), start=1):
            below = spot.below(str(number), alternative=group)
            self.visit(mended(child, self.notes, self.unread), below)

    def _visit_after_the_end(self, node: Message, spot: Spot) -> None:
        """Parts beyond a closing line that stands in the middle, or before a wrong first one."""
        for step, text in (("x", node.epilogue), ("p", node.preamble)):
            tail = as_octets(text)
            if not _HIDDEN_PART.search(tail):
                continue
            boundary = boundary_in(tail, declared_boundaries(node))
            children = parts_between(tail, boundary) if boundary else []
            if not children:
                self.unread.append(Left.STRAY)
                continue
            self.notes.append(Repair.AFTER_END)
            for number, child in enumerate(children, start=1):
                below = spot.below(f"{step}{number}")
                self.visit(mended(child, self.notes, self.unread), below)

    def _visit_forwarded(self, node: Message, inner: Message, kind: str, spot: Spot) -> None:
        if kind == "message/partial":
            self.unread.append(Left.FRAGMENT)
        if not inner.keys():
            raw = content(inner, transfer_encoding_of(node))
            if not looks_like_mail(raw):
                self._keep_file(_part(node, kind, raw, spot))
                return
            inner = parsed(raw)
            self.notes.append(Repair.DECODED_MAIL)
        inner = mended(inner, self.notes, self.unread)
        self._enter(inner, file_name(node), spot.below("1", way="?"))

    def _enter(self, inner: Message, name: str, spot: Spot) -> None:
        way = (*spot.way[:-1], name or self._name_of(inner))
        headers = headers_of(inner)
        self.nested.append(Nested(way=way, headers=headers))
        self.visit(inner, Spot(path=spot.path, depth=spot.depth, way=way, is_whole=True))

    def _name_of(self, inner: Message) -> str:
        subject = one_line(decode_words(field_of(inner, "subject"))).replace("/", "_")
        return f"{subject or f'thư chuyển tiếp {len(self.nested) + 1}'}.eml"

    def _visit_leaf(self, node: Message, content_type: str, spot: Spot) -> None:
        raw = content(node, transfer_encoding_of(node))
        part = _part(node, content_type, raw, spot)
        if content_type == "application/applefile":
            self.notes.append(Repair.RESOURCE_FORK)
        elif _is_text_of_the_mail(part):
            self._visit_text(part, spot)
        elif _is_mail_in_a_file(part):
            self.notes.append(Repair.DECODED_MAIL)
            inner = mended(parsed(raw), self.notes, self.unread)
            self._enter(inner, part.name, spot.below("m", way="?"))
        else:
            self._keep_file(part)

    def _visit_text(self, part: Part, spot: Spot) -> None:
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


def _part(node: Message, content_type: str, raw: bytes, spot: Spot) -> Part:
    typed = parameters(field_of(node, "content-type"))
    name = file_name(node)
    return Part(
        path=spot.path,
        content_type=content_type,
        raw=raw,
        charset=typed.get("charset", ""),
        name=one_line(name)[:_LONGEST_NAME],
        disposition=field_of(node, "content-disposition").partition(";")[0].strip().lower(),
        content_id=field_of(node, "content-id").strip().strip("<>"),
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
