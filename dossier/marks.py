"""What stands on a paper beside its words: signatures and seals, as far as a machine sees them."""

from dataclasses import dataclass
from enum import StrEnum

from dossier.place import Place


class SignatureState(StrEnum):
    """Whether a file is still what was signed."""

    WHOLE = "whole"
    CHANGED = "changed"  # what was signed is no longer what stands there
    CHANGED_LATER = "changed_later"  # something was added or altered after signing
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A digital signature; whose certificate it is was never verified."""

    at: Place
    signer: str = ""
    """The name in the certificate; empty where it could not be read."""
    signed_at: str = ""
    """“02:37 ngày 23/11/2026” by the signer's own clock, which nobody else vouches for."""
    state: SignatureState = SignatureState.UNCHECKED


class InkKind(StrEnum):
    """What a coloured mark on a picture of a page may be."""

    SEAL = "seal"
    PEN = "pen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A mark that may be a seal or a handwritten signature: a hint for a person, no more."""

    at: Place
    kind: InkKind
