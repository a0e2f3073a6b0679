"""The sentences of a paper that speak to a question: quoted for a person, never weighed by us."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from dossier import FormField, Place, ProposalForm
from dossier.vietnamese import key
from rules.wording import short

_SENTENCE_ENDS = re.compile(r"(?<=[.;!?])\s+|\n+")
_QUOTED = 240
"""Longer sentences are quoted up to here; the paper itself lies beside."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a form, and the field it stands in."""

    field: FormField
    sentence: str

    @property
    def at(self) -> Place:
        """Where it stands, with its words."""
        return replace(self.field.at, words=short(self.sentence, _QUOTED))

    @property
    def where(self) -> str:
        """“mục 5” as the form numbers its fields, else by the field's label."""
        return f"mục {self.field.number}" if self.field.number else f"mục “{self.field.label}”"


def cues(*words: str) -> tuple[str, ...]:
    """Words to look for, accents and case aside, each as whole words."""
    return tuple(f" {key(word)} " for word in words)


def telling(form: ProposalForm, fields: Iterable[str], wanted: tuple[str, ...]) -> list[Said]:
    """The sentences of these fields that hold one of the words, in the order of the fields."""
    found = (form.fields[one] for one in fields if one in form.fields)
    return [
        Said(field, sentence)
        for field in found
        if holds(field.value, wanted)
        for sentence in sentences(field.value)
        if holds(sentence, wanted)
    ]


def opening(form: ProposalForm, fields: Iterable[str]) -> Said | None:
    """The first sentence of the first of these fields that is filled in."""
    found = (form.fields[one] for one in fields if one in form.fields)
    said = (Said(field, one) for field in found for one in sentences(field.value))
    return next(said, None)


def holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether the text has one of the words."""
    words = padded(text)
    for cue in wanted:  # noqa: SIM110 -- asked some thousand times a dossier; `any` costs twice
        if cue in words:
            return True
    return False


def held(text: str, wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The names whose words (`cues`) the text has."""
    words = padded(text)
    return (name for name, cue in wanted if cue in words)


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The text cut at its full stops, semicolons and line ends."""
    return tuple(one.strip(" ;") for one in _SENTENCE_ENDS.split(text) if one.strip(" .;,-–"))


@lru_cache(maxsize=4096)
def padded(text: str) -> str:
    """The text's folded words with a space on either side, so that a word is found whole."""
    return f" {key(text)} "
