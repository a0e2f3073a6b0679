"""A letter as its writer set it out: whole paragraphs, headings, items of a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.vietnamese import fold, tidy
from ingest.extract.passage import Passage

BULLET = re.compile(r"^\s*(?:[-–+•*●▪]|\(?\d{1,2}[.)]|\(?[a-zđ][.)])\s*")
HEADING = re.compile(
    r"^(?P<mark>(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)/])\s*(?P<words>\S.*)$"
)


def paragraphs(lines: Sequence[Passage]) -> Iterator[Passage]:
    """The letter's paragraphs: one that was broken inside a sentence is whole again."""
    held: Passage | None = None
    for line in lines:
        text = tidy(line.text.replace("*", ""))
        if not re.search(r"\w", text):
            continue
        if held is not None and _goes_on(held, text, line):
            held = replace(held, text=f"{held.text} {text}")
            continue
        if held is not None:
            yield held
        held = replace(line, text=text)
    if held is not None:
        yield held


def _goes_on(before: Passage, text: str, line: Passage) -> bool:
    return (
        before.cell == line.cell
        and text[0].islower()
        and not BULLET.match(fold(text))
        and not re.search(r"[.;:!?]\W*$", before.text)
    )
