"""The clause something rests on, with its words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause a rule enforces, with the words it rests on."""

    source: str
    """The file in `config/sources/` without its ending: “cong-van”."""
    clause: str
    """“II.3.b” (Mục, khoản, điểm), or in words: “Điều 5 khoản 4”."""
    words: str
