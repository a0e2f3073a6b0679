"""Every sentence of a call letter, and the rules that answer it (`config/sources/*.trace.yaml`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_SOURCES = Path(__file__).parents[1] / "config" / "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence that asks for something."""

    number: int
    """Its place in the letter, from 1."""
    part: str
    """The section it stands in: “I. Yêu cầu chung”."""
    words: str
    """As the letter has it, misspellings included."""
    rules: tuple[str, ...]
    """Ids of rules, and of requirements decided elsewhere."""
    reading: str = ""
    """How an ambiguous sentence is understood (“Cách hiểu”)."""
    also: str = ""
    """What is done about it that no rule does."""


@cache
def trace(source: str = "cong-van") -> tuple[Sentence, ...]:
    """The sentences of one letter, in its order."""
    path = _SOURCES / f"{source}.trace.yaml"
    parts = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = ((part["part"], one) for part in parts for one in part["sentences"])
    return tuple(
        Sentence(
            number=number,
            part=part,
            words=str(one["words"]),
            rules=tuple(one["rules"]),
            reading=one.get("reading", ""),
            also=one.get("also", ""),
        )
        for number, (part, one) in enumerate(asked, start=1)
    )


def first_asked_by() -> dict[str, Sentence]:
    """The sentence that first asks for each requirement, by its id."""
    return {rule: one for one in reversed(trace()) for rule in one.rules}
