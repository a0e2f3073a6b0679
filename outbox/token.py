"""Our Message-IDs: an answer that carries one finds its dossier, and a forged one does not.

`<vt.{code}.{kind}.{n}.{seal}@{domain}>`; the seal is an HMAC-SHA256 cut to 64 bits.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

from dossier import ReplyKind

SHORTEST_KEY = 16
"""Bytes."""
_SEAL_LENGTH = 16
_KINDS = frozenset(str(kind) for kind in ReplyKind)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_TOKEN = re.compile(
    r"\s*<?vt\.(?P<code>[A-Za-z0-9][A-Za-z0-9_-]{0,63})\.(?P<kind>[a-z_]{1,20})"
    r"\.(?P<n>[0-9]{1,9})\.(?P<seal>[0-9a-f]{16})@[^\s<>@]{1,253}>?\s*",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Which letter of ours a Message-ID names."""

    code: str
    """The dossier's code."""
    kind: ReplyKind
    n: int
    """Counts the letters of one kind to one dossier."""


def message_id(token: Token, *, key: bytes, domain: str) -> str:
    """The Message-ID of a letter, the same every time it is asked for.

    Raises ValueError for a code or domain that cannot stand in a Message-ID, or a short key.
    """
    if not _CODE.fullmatch(token.code) or token.n < 0:
        message = f"cannot write {token.code!r}, letter {token.n}, into a Message-ID"
        raise ValueError(message)
    if not _DOMAIN.fullmatch(domain):
        message = f"cannot write the domain {domain!r} into a Message-ID"
        raise ValueError(message)
    return f"<vt.{token.code}.{token.kind}.{token.n}.{_seal(token, key)}@{domain}>"


def read_token(found: str, key: bytes) -> Token | None:
    """The letter a Message-ID names; None when it is not ours, or its seal is not.

    The domain is not sealed: an office that moves keeps its old threads.
    """
    match = _TOKEN.fullmatch(found)
    if match is None or match["kind"] not in _KINDS:
        return None
    token = Token(code=match["code"], kind=ReplyKind(match["kind"]), n=int(match["n"]))
    return token if hmac.compare_digest(match["seal"], _seal(token, key)) else None


def _seal(token: Token, key: bytes) -> str:
    if len(key) < SHORTEST_KEY:
        message = f"the key for Message-IDs is shorter than {SHORTEST_KEY} bytes"
        raise ValueError(message)
    said = f"vanthu message-id\0{token.code}\0{token.kind}\0{token.n}"
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:_SEAL_LENGTH]
