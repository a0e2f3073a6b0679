"""The sentences of a paper that speak to a question: quoted for a person, never weighed by us."""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dossier import FormField, Place, ProposalForm
from dossier.vietnamese import key, words
from rules.wording import short

_ENDS = re.compile(r"[.;!?\n]\s*")
_WITHIN = frozenset(".;!?")
"""Signs that end a sentence only with a space behind them."""
_BETWEEN = "zzqzz"
"""Stands between fields while they are folded in one piece: no word, so no phrase crosses it."""
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


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or a phrase to look for, folded, with a space on either side."""

    first: str
    """Its first word: most texts have not even that."""
    padded: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text folded, with a space on either side, and its words."""

    text: str
    each: frozenset[str]
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of a form: each field's own text, folded the same way."""

    def only(self, title: str, fields: Iterable[str]) -> "Words":
        """A title and these fields of the form alone."""
        text = "".join((f" {key(title)} ", *(self.fields.get(one, "") for one in fields)))
        return replace(self, text=text)


def cues(*words: str) -> tuple[Cue, ...]:
    """Words to look for, accents and case aside, each as whole words."""
    folded = [key(word) for word in words]
    return tuple(Cue(one.partition(" ")[0], f" {one} ") for one in folded if one)


def telling(form: ProposalForm, fields: Iterable[str], wanted: tuple[Cue, ...]) -> Said | None:
    """The first sentence of these fields that has one of the words."""
    whole = words_of(form)
    likely = tuple(_found(whole, wanted))
    for name in fields if likely else ():
        folded = whole.fields.get(name, "")
        found = tuple(cue.padded for cue in likely if cue.padded in folded)
        for sentence in sentences(form.value(name)) if found else ():
            said = f" {key(sentence)} "
            if any(cue in said for cue in found):
                return Said(form.fields[name], sentence)
    return None


def opening(form: ProposalForm, fields: Iterable[str]) -> Said | None:
    """The first sentence of the first of these fields that is filled in."""
    found = (form.fields[one] for one in fields if one in form.fields)
    said = (Said(field, one) for field in found for one in sentences(field.value))
    return next(said, None)


def has(words: Words, wanted: tuple[Cue, ...]) -> bool:
    """Tell whether the text has one of the cues."""
    return next(_found(words, wanted), None) is not None


def named_in(words: Words, wanted: Iterable[tuple[str, Cue]]) -> Iterator[str]:
    """The names whose cue the text has."""
    each, text = words.each, words.text
    return (name for name, cue in wanted if cue.first in each and cue.padded in text)


class _Last(threading.local):
    """The forms last asked about, a thread its own: each rule asks about every form in turn."""

    forms: dict[int, tuple[ProposalForm, Words]]

    def __init__(self) -> None:
        self.forms = {}


_LAST = _Last()
_KEPT = 64
"""Forms remembered at once; a dossier has few."""


def words_of(form: ProposalForm) -> Words:
    """All the words of a form, its task's title first; folded once, in one piece."""
    known = _LAST.forms.get(id(form))
    if known and known[0] is form:
        return known[1]
    if len(_LAST.forms) >= _KEPT:
        _LAST.forms.clear()
    said = (form.task, *(one.value for one in form.fields.values()))
    each = words(f" {_BETWEEN} ".join(said))
    text = f" {' '.join(each)} "
    parts = text.split(_BETWEEN)[1:]
    found = Words(
        text=text, each=frozenset(each), fields=dict(zip(form.fields, parts, strict=True))
    )
    _LAST.forms[id(form)] = form, found
    return found


def words_in(text: str) -> Words:
    """The words of one text."""
    folded = key(text)
    return Words(text=f" {folded} ", each=frozenset(folded.split()))


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The text cut at its full stops, semicolons and line ends."""
    found, start = [], 0
    for end in _ENDS.finditer(text):
        if end[0] in _WITHIN:
            continue  # the point of “4.800”
        found.append(text[start : end.end()])
        start = end.end()
    found.append(text[start:])
    return tuple(one.strip(" ;\n") for one in found if one.strip(" .;,-–\n"))


def _found(words: Words, wanted: tuple[Cue, ...]) -> Iterator[Cue]:
    each, text = words.each, words.text
    return (cue for cue in wanted if cue.first in each and cue.padded in text)
