"""How alike two names of a task are, and which row of a table belongs to which form."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from dossier.vietnamese import key

SAME = 0.85
"""From here on two names are taken for one task."""
POSSIBLE = 0.6
"""Below this two names are two tasks; between the two a person decides."""
_TWINS = 0.7
"""What a pair is worth at most when each name has a number or an acronym the other lacks."""
_SHORTENED = 5
"""How many words a shorter name needs before it may stand for a longer one."""

_ACRONYM = re.compile(r"\b[A-ZĐ][A-ZĐ0-9&]+\b|\b\d[A-Z]\b")


def likeness(one: str, other: str) -> float:
    """Compare two titles, from 0 to 1; 1 means equal but for accents, case and punctuation.

    Near twins (“… LEAN tại …” and “… KAIZEN tại …”) are closer to each other than one title is to
    itself after two typing errors, so numbers and acronyms must agree: each side may leave some
    out, but when either has one of its own the pair is only a guess.
    """
    first, second = key(one), key(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    score = max(
        fuzz.ratio(first, second),
        fuzz.ratio(first.replace(" ", ""), second.replace(" ", "")),
        fuzz.token_sort_ratio(first, second) - 2,
        _shortened(first, second),
    )
    score = min(score / 100, 0.99)
    return min(score, _TWINS) if _are_twins(one, other, first, second) else score


def pairs(rows: Sequence[str], forms: Sequence[str]) -> dict[int, tuple[int, float]]:
    """Assign forms to rows one to one, best pairs first: row index to (form index, likeness).

    Pairs below `POSSIBLE` are not made. A pair that has a rival almost as good on either side
    is worth no more than a guess.
    """
    matrix = [[likeness(row, form) for form in forms] for row in rows]
    ranked = sorted(
        ((score, row, form) for row, line in enumerate(matrix) for form, score in enumerate(line)),
        key=lambda entry: (-entry[0], abs(entry[1] - entry[2])),
    )
    made: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, row, form in ranked:
        if score < POSSIBLE or row in made or form in taken:
            continue
        made[row] = (form, score)
        taken.add(form)
    return made


def best(title: str, titles: Sequence[str]) -> tuple[int, float]:
    """The most alike of several titles: its index and likeness; (-1, 0.0) when there is none."""
    scores = [likeness(title, other) for other in titles]
    if not scores:
        return (-1, 0.0)
    top = max(range(len(scores)), key=scores.__getitem__)
    return (top, scores[top])


def _shortened(first: str, second: str) -> float:
    """Credit a name that leaves words out: every word of the shorter stands in the longer."""
    shorter = min(first.split(), second.split(), key=len)
    if len(shorter) < _SHORTENED:
        return 0.0
    return fuzz.token_set_ratio(first, second) - 8


def _are_twins(one: str, other: str, first: str, second: str) -> bool:
    tight_first, tight_second = first.replace(" ", ""), second.replace(" ", "")
    mine = any(mark not in tight_second for mark in marks(one))
    theirs = any(mark not in tight_first for mark in marks(other))
    return mine and theirs


def marks(title: str) -> set[str]:
    """Tell numbers and acronyms; in a title all in capitals only the numbers can be told."""
    words = title.split()
    shouted = sum(word.isupper() for word in words) * 2 > len(words)
    found = {word.lstrip("0") for word in key(title).split() if any(map(str.isdigit, word))}
    if not shouted:
        found |= {part for word in _ACRONYM.findall(title) for part in key(word).split()}
    return found
