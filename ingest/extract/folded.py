"""Search text without accents and case, and quote what was found as its author typed it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dossier.vietnamese import fold, tidy


@dataclass(frozen=True, slots=True)
class Folded:
    """A text beside its folded form, letter by letter, so that a match can be shown again."""

    original: str
    """NFC, white space closed up, line breaks kept."""
    text: str
    starts: tuple[int, ...]
    """For every letter of the folded text, where it came from in the original."""

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        """Every match of a pattern written without accents, in lower case."""
        return re.finditer(pattern, self.text)

    def first(self, pattern: str) -> re.Match[str] | None:
        """The first match of a pattern written without accents, in lower case."""
        return re.search(pattern, self.text)

    def quote(self, start: int, end: int) -> str:
        """The author's own words behind a stretch of the folded text."""
        if start >= end:
            return ""
        stop = self.starts[end] if end < len(self.starts) else len(self.original)
        return self.original[self.starts[start] : stop]


def folded(text: str) -> Folded:
    """Fold letter by letter; one letter may fold to several (“…”) or to none."""
    original = "\n".join(tidy(line) for line in text.splitlines())
    letters: list[str] = []
    starts: list[int] = []
    for place, letter in enumerate(original):
        for bare in _bare(letter):
            letters.append(bare)
            starts.append(place)
    return Folded(original, "".join(letters), tuple(starts))


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if letter.isspace():
        return " "
    if unicodedata.combining(letter):
        return ""
    return fold(letter)
