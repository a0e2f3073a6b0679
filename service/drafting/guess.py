"""A value taken from a call letter, beside the words a person checks it by."""

from dataclasses import dataclass

from dossier.vietnamese import tidy
from ingest.extract.passage import clip
from service.drafting.outline import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A value taken from the letter, and the words a person checks it by."""

    value: str
    words: str
    """As the letter prints them; empty when the value was put together from the whole letter."""
    spot: str = ""
    clause: str = ""
    """Under which headings of the letter: “II.3.b”."""


def guess(line: Paragraph, value: str, words: str = "") -> Guess:
    """A value that stands in one line of the letter."""
    return Guess(
        value=tidy(value).strip(" ,;:"),
        words=clip(words or line.text),
        spot=line.spot,
        clause=line.clause,
    )
