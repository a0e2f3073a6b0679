"""A letter of ours to a unit."""

from dataclasses import dataclass
from enum import StrEnum

from dossier.message import Address


class ReplyKind(StrEnum):
    """Which letter (domain.md §4.3); the values are those of contract.md."""

    NONE = "none"
    COMPLETE = "complete"  # T1
    GAPS = "gaps"  # T2
    HELD = "held"  # T3
    RESEND = "resend"  # T5
    PARTIAL = "partial"  # T6
    NIL_RETURN = "nil_return"  # T7
    REMINDER = "reminder"  # T9
    ASTRAY = "astray"  # T10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A letter as a person will read it. One addressee; the bytes are made from this alone."""

    kind: ReplyKind
    dossier: str
    """The dossier's code, also in the subject."""
    to: Address
    subject: str
    text: str
    html: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    held_because: tuple[str, ...] = ()
    """Why an officer releases it first, in Vietnamese; empty when it may go by itself."""
