"""What a mail server sends back: which letter it is about, and whom that did not reach.

RFC 3464 (delivery status) where the server speaks it; the returned letter's own Message-ID,
wherever it stands, in any case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from ingest.mime import Part, Tree, read_tree

_ID = r"<[^\s<>]{1,990}>"
_NAMED = re.compile(rf"(?im)^[> \t|]*[\w-]*message-?id[ \t]*:[ \t]*(?:\r?\n[ \t]+)?({_ID})")
_TEXTS = ("text/", "message/")
_SCANNED = 262_144
"""Bytes of a part that are looked through: a returned letter's header comes first."""
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[^\s<>()\[\]\",;:@]{1,253}")
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One address a letter did not reach, or not yet."""

    address: str
    action: str = "failed"
    """“failed”, “delayed”, “delivered”, “relayed” or “expanded” (RFC 3464 §2.3.3)."""
    status: str = ""
    """“5.1.1” (RFC 3463); empty when the server gave none."""
    reason: str = ""
    """What the other server said, as it said it."""

    @property
    def is_final(self) -> bool:
        """Tell whether writing there again is of no use."""
        return self.action == "failed" and not self.status.startswith("4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a server's report says."""

    ids: tuple[str, ...]
    """Message-IDs of the letters it may be about, the returned letter's own first."""
    failures: tuple[Failure, ...]


def read_bounce(raw: bytes) -> Bounce:
    """Read a report in any shape; both parts of the answer may be empty."""
    tree = read_tree(raw)
    return Bounce(
        ids=tuple(dict.fromkeys(_ids(tree))),
        failures=tuple({one.address.lower(): one for one in _failures(tree)}.values()),
    )


def _ids(tree: Tree) -> Iterator[str]:
    for nested in tree.nested:
        yield from _in_fields(nested.headers, "message-id")
    for part in tree.parts:
        if part.content_type.startswith(_TEXTS):
            yield from _NAMED.findall(_text(part))
    for name in ("in-reply-to", "references"):
        yield from reversed(list(_in_fields(tree.headers, name)))


def _in_fields(headers: tuple[tuple[str, str], ...], name: str) -> Iterator[str]:
    for field, value in headers:
        if field == name:
            yield from re.findall(_ID, value)


def _text(part: Part) -> str:
    return part.raw[:_SCANNED].decode("utf-8", "replace")


def _failures(tree: Tree) -> Iterator[Failure]:
    """The servers' own list of addresses; a report by recipient wins over one header field."""
    for name, value in tree.headers:
        if name == "x-failed-recipients":
            yield from (Failure(address=one) for one in _ADDRESS.findall(value))
    for part in tree.parts:
        if part.content_type in {"message/delivery-status", "message/global-delivery-status"}:
            yield from _reported(part.raw)


def _reported(raw: bytes) -> Iterator[Failure]:
    """One group of fields a recipient (RFC 3464 §2.3), after the one about the whole message."""
    for group in re.split(rb"\r?\n[ \t]*\r?\n", raw):
        fields = BytesHeaderParser().parsebytes(group.lstrip())
        named = str(fields.get("original-recipient") or fields.get("final-recipient") or "")
        address = _ADDRESS.search(named.rpartition(";")[2])
        if address is None:
            continue
        action = str(fields.get("action") or "").strip().lower().split(" ")[0]
        status = _STATUS.search(str(fields.get("status") or ""))
        reason = " ".join(str(fields.get("diagnostic-code") or "").split())
        yield Failure(
            address=address[0],
            action=action if action in _ACTIONS else "failed",
            status=status[0] if status else "",
            reason=reason.partition(";")[2].strip() or reason,
        )
