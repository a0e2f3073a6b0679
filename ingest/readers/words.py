"""Small corrections every reader makes to the words it gives back."""

import re
import unicodedata

# Soft hyphens and direction marks; by now legacy text is decoded, so none of them is a letter.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def neat(text: str) -> str:
    """One line of text: NFC, invisible signs out, spaces closed up, tabs between words kept."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    pieces = (" ".join(piece.split()) for piece in _CONTROL.sub(" ", text).split("\t"))
    return "\t".join(piece for piece in pieces if piece)


def neat_lines(text: str) -> str:
    """Several lines, each neat, empty ones left out."""
    lines = (neat(line) for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text))
    return "\n".join(line for line in lines if line)
