"""The ground of a gap, named as an office names it: “điểm b khoản 3 Mục II Công văn …”."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dossier import Call
from rules.rule import Citation, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A clause as a letter names it."""

    source: str
    text: str
    """The text as the call's letters name it: “Thông tư số 15/2022/TT-BKHCN”."""
    clause: str
    words: tuple[str, ...]


Grounds: TypeAlias = Mapping[str, tuple[Citation, ...]]
"""Rule id to what it cites."""

_ROMAN = re.compile(r"[IVXLC]+")


def grounds_of(rules: Iterable[Rule]) -> Grounds:
    """What every rule of a catalogue cites."""
    return {rule.id: rule.cites for rule in rules}


def clause_in_words(clause: str) -> str:
    """“II.3.b” is “điểm b khoản 3 Mục II”; any other clause is already in words."""
    section, *rest = clause.split(".")
    if not _ROMAN.fullmatch(section) or not all(
        part.isdigit() or (len(part) == 1 and part.isalpha()) for part in rest
    ):
        return clause
    parts = [f"khoản {part}" if part.isdigit() else f"điểm {part}" for part in rest]
    return " ".join((*reversed(parts), f"Mục {section}"))


def clauses(cites: tuple[Citation, ...], call: Call) -> tuple[Ground, ...]:
    """Each clause once, with all the words it lends to the rule."""
    found: dict[tuple[str, str], list[str]] = {}
    for cite in cites:
        words = " ".join(cite.words.replace("*", "").split())
        found.setdefault((cite.source, clause_in_words(cite.clause)), []).append(words)
    return tuple(
        Ground(
            source=source,
            text=call.source_name(source),
            clause=clause,
            words=tuple(word for word in words if word),
        )
        for (source, clause), words in found.items()
    )
