"""The call's own letter among the papers: sent back, or quoted whole."""

import re

from dossier.vietnamese import fold, key
from ingest.extract.passage import paragraphs, words
from ingest.recognise.section import SectionRead


def is_own_letter(read: SectionRead) -> bool:
    """The call, or the letter it answers, sent back: by its number and issuer, or by its words."""
    issuer = key(read.head.issuer)
    symbol = re.sub(r"\s", "", fold(read.head.symbol))
    for letter in read.call.letters:
        same_issuer = _same_body(issuer, letter.issuer, read)
        for number in letter.numbers:
            wanted = re.sub(r"\s", "", fold(number))
            same_number = symbol == wanted or (
                "/" not in wanted and symbol.rpartition("/")[2] == wanted
            )
            if symbol and same_number and same_issuer:
                return True
        if letter.text and _overlap(read, letter.text):
            return True
    return False


def _same_body(issuer: str, ours: str, read: SectionRead) -> bool:
    """Our own name on top, or no name at all (the seed prints none)."""
    wanted = key(ours)
    if not issuer:
        return True
    full = wanted.replace("ubnd", "uy ban nhan dan")
    block = [key(name) for name in read.head.names]
    return issuer in {wanted, full} or any(
        name.startswith((wanted, full)) for name in (issuer, *block[-1:])
    )


def _overlap(read: SectionRead, text: str) -> bool:
    """Nine tenths of what the paper says stands in our own letter, and it says enough to tell."""
    ours = key(text)
    said = [
        piece
        for line in paragraphs(read.section.lines)
        for piece in re.split(r"[.;:]\s", line.text)
        if len(words(piece)) >= 8  # noqa: PLR2004 -- shorter pieces stand in any letter
    ]
    if len(said) < 5:  # noqa: PLR2004 -- too little to tell a letter by
        return False
    found = sum(key(piece) in ours for piece in said)
    return found >= 0.9 * len(said)
