"""Compare Vietnamese text: one spelling for many ways of typing the same words.

Folding is for comparing only. What a person reads keeps the letters its author typed.
"""

import re
import unicodedata

_STROKED = str.maketrans(dict.fromkeys("ĐÐƉ", "D") | dict.fromkeys("đðɖ", "d"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def fold(text: str) -> str:
    """Strip tone and vowel marks, case and doubled spaces; line breaks stay.

    Lossy on purpose (“đề án” equals “đề ân”): match on the folded text, show the original.
    “Đ” has no decomposition in Unicode, so it is replaced by hand.
    """
    text = unicodedata.normalize("NFKC", text).translate(_STROKED).translate(_DASHES)
    text = _INVISIBLE.sub("", text)
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    lines = (" ".join(line.split()) for line in bare.lower().splitlines())
    return "\n".join(lines)


def key(text: str) -> str:
    """Reduce to folded words and digits: equal keys mean the same name, whatever the typing."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def tidy(text: str) -> str:
    """Compose to NFC and close up white space: a Mac writes “ệ” as three code points."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())
