"""Compare Vietnamese text: one spelling for many ways of typing the same words.

Folding is for comparing only. What a person reads keeps the letters its author typed.
"""

import re
import unicodedata
from functools import lru_cache

_STROKED = str.maketrans(dict.fromkeys("ĐÐƉ", "D") | dict.fromkeys("đðɖ", "d"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


class _Folded(dict[int, str]):
    """What each character folds to, worked out the first time it is met.

    Every step looks at one character alone (canonical composition undoes itself in the
    decomposition that follows), so a whole text folds in one pass over a table.
    """

    def __missing__(self, code: int) -> str:
        composed = unicodedata.normalize("NFKC", chr(code)).translate(_STROKED).translate(_DASHES)
        shown = unicodedata.normalize("NFD", _INVISIBLE.sub("", composed))
        bare = "".join(one for one in shown if not unicodedata.combining(one)).lower()
        self[code] = bare
        return bare


class _Key(dict[int, str]):
    """The same with all that is neither a letter nor a digit made a space."""

    def __missing__(self, code: int) -> str:
        bare = "".join(one if one in _KEPT else " " for one in _FOLDED[code])
        self[code] = bare
        return bare


_PLAIN = re.compile("[\x00-\x7f\u0300-\u034e\u0350-\u036f]*")
"""Letters without a mark, and the marks that Vietnamese puts on them."""
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_FOLDED, _KEY = _Folded(), _Key()
_A_NAME = 200
"""Longer texts are folded anew each time: nobody compares whole papers twice."""


def fold(text: str) -> str:
    """Strip tone and vowel marks, case and doubled spaces; line breaks stay.

    Lossy on purpose (“đề án” equals “đề ân”): match on the folded text, show the original.
    “Đ” has no decomposition in Unicode, so it is replaced by hand.
    """
    return "\n".join(" ".join(line.split()) for line in _bare(text).splitlines())


def key(text: str) -> str:
    """Reduce to folded words and digits: equal keys mean the same name, whatever the typing."""
    return _known(text) if len(text) <= _A_NAME else _reduced(text)


@lru_cache(maxsize=4096)
def _known(name: str) -> str:
    """Names are asked for again and again, by every rule that compares them."""
    return _reduced(name)


def _reduced(text: str) -> str:
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words and figures of a text, in its order."""
    return _bare(text).translate(_KEY).split()


def _bare(text: str) -> str:
    """Without marks and case, in one pass; nearly every text goes the quick way."""
    decomposed = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    if _PLAIN.fullmatch(decomposed):
        return decomposed.encode("ascii", "ignore").decode("ascii").lower()
    return text.translate(_FOLDED)


def tidy(text: str) -> str:
    """Compose to NFC and close up white space: a Mac writes “ệ” as three code points."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())
