"""Papers that are none of the four: blank templates, papers of this call alone, and the rest."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from dossier import OtherPaper, Role
from dossier.vietnamese import fold
from ingest.extract import commitment_letter, names
from ingest.extract.passage import Passage, clip, words
from ingest.recognise.cues import BLANKS, DOUBT, TITLED, says
from ingest.recognise.section import SectionRead
from ingest.split import role_of_title

_ENOUGH_LETTERS = 150
"""Fewer are too few to tell an encoding by."""
_ENOUGH_CUES = 3
_ENOUGH_WORDS = 30
_HOLES = 0.12
"""Ordinary papers stay below a twentieth; one that lost its accented letters passes a quarter."""


def other(
    read: SectionRead,
    role: Literal[Role.CALL_LETTER, Role.BLANK_TEMPLATE, Role.OTHER],
    title: str,
    confidence: float = 1.0,
) -> OtherPaper:
    """A paper that is none of the four; letters nobody can read are never surely “other”."""
    if role is Role.OTHER and _is_garbled(read.section.lines):
        confidence = DOUBT
    return OtherPaper(
        at=read.place(), role=role, title=title, text=read.origin.text, confidence=confidence
    )


def _is_garbled(lines: Sequence[Passage]) -> bool:
    """Text in a legacy encoding nobody converted, or text that lost its accented letters."""
    letters = [letter for line in lines for letter in line.text if not letter.isspace()]
    if len(letters) < _ENOUGH_LETTERS:
        return False
    if _has_holes(lines):
        return True
    foreign = sum("\u00a1" <= letter <= "\u00ff" for letter in letters)
    vietnamese = sum(letter in "ăđơưĂĐƠƯ" or "\u1ea0" <= letter <= "\u1ef9" for letter in letters)
    return foreign > len(letters) * 0.05 and vietnamese < foreign * 0.05


def _has_holes(lines: Sequence[Passage]) -> bool:
    """Tell “Phi u đ xu t nhi m v ”: a font without a map to text drops letters inside words.

    Hardly a Vietnamese word lacks a vowel, abbreviations in capitals apart.
    """
    said = [
        word
        for line in lines
        for word in re.findall(r"[^\W\d_]+|\w*[\ufffd□]+\w*", line.text)
        if len(word) == 1 or not word.isupper()
    ]
    maimed = sum(re.search(r"[aeiouy]", fold(word)) is None for word in said)
    maimed += sum("\ufffd" in word or "□" in word for word in said)
    return len(said) >= _ENOUGH_WORDS and maimed > len(said) * _HOLES


def own_paper(read: SectionRead) -> OtherPaper:
    """A paper only this call asks for, by its title; one full of dots is its blank template."""
    role = role_of_title(read.title_line, read.call)
    title = clip(read.title_line)
    if _is_unfilled(read):
        return replace(other(read, Role.BLANK_TEMPLATE, title), paper=role)
    return replace(
        other(read, Role.OTHER, title),
        paper=role,
        about=commitment_letter.tasks_named(read.section.lines[read.head.body :]),
        confidence=TITLED,
    )


def _is_unfilled(read: SectionRead) -> bool:
    """More lines of dots than lines that say something below the title."""
    texts = [line.text for line in read.section.lines if line.text not in read.title_line]
    dotted = sum(BLANKS.search(text) is not None for text in texts)
    return dotted >= 4 and dotted * 2 > len(texts)  # noqa: PLR2004 -- more than an empty number and date


def named(read: SectionRead, *, doubtful: bool = False) -> OtherPaper:
    """A paper that is none of ours, under the name it gives itself; or a guess at one of ours."""
    if role := _likely_own(read):
        title = read.title_line or clip(read.section.lines[0].text)
        return replace(other(read, Role.OTHER, title, DOUBT), paper=role)
    capital = (
        line.text
        for line in read.section.lines[:10]
        if names.is_capital(line.text) and len(words(line.text)) > 1
    )
    title = read.title_line or clip(next(capital, ""))
    return other(read, Role.OTHER, title, DOUBT if doubtful else 1.0)


def _likely_own(read: SectionRead) -> str:
    """The paper of the call that so many of its phrases tell, when no title does."""
    for paper in read.call.papers:
        said = sum(says((cue,), read.text) for cue in paper.cues) if paper.own else 0
        if said >= _ENOUGH_CUES:
            return paper.role
    return ""
