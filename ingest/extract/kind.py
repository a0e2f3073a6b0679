"""What kind of task a proposal is: only the literal “mô hình điểm” settles, the rest suggests."""

import re
from collections.abc import Iterator, Sequence

from dossier import Call, KindAsked, Place, TaskKind
from dossier.vietnamese import key
from ingest.extract.folded import Folded, folded

_AROUND = 60
_TICK = r"\b[^\n]{0,20}?[:?]?\s*(?:\n\s*)?(?:[☒☑✓✔⊠■]|\[x\])\s*co\b"


def kind_of(
    call: Call, parts: Sequence[tuple[str, Place]], declared: str = ""
) -> tuple[TaskKind, Place | None]:
    """Tell the kind from title, objective and contents (in this order) and quote what it rests on.

    `declared` is what a form or a table says of itself (“Mô hình điểm”, a ticked box). A task that
    only comes near a kind is `UNKNOWN` with the words: a person decides. A task without any cue is
    taken for the call's main kind (`otherwise`), where it has one.
    """
    weighty = parts[:2]
    for asked in call.kinds:
        if found := _settled(asked, weighty, declared):
            return asked.kind, found
    for at, words in _found(weighty, [near for asked in call.kinds for near in asked.near]):
        return TaskKind.UNKNOWN, Place(at.file, at.spot, words)
    for text, at in parts:
        if suggested := _suggested(call, folded(text)):
            kind, words = suggested
            return kind, Place(at.file, at.spot, words)
    is_named = any(text.strip() for text, _ in weighty)
    main = next((asked.kind for asked in call.kinds if asked.otherwise), TaskKind.UNKNOWN)
    return (main if is_named else TaskKind.UNKNOWN), None


def _settled(asked: KindAsked, weighty: Sequence[tuple[str, Place]], declared: str) -> Place | None:
    for text, at in weighty:
        if words := _literal(asked, text):
            return Place(at.file, at.spot, words)
    if weighty and asked.literal and declared and _says(asked, declared):
        return weighty[0][1]
    return None


def _found(
    weighty: Sequence[tuple[str, Place]], phrases: Sequence[str]
) -> Iterator[tuple[Place, str]]:
    for text, at in weighty:
        if words := _phrase(folded(text), phrases):
            yield at, words


def ticked(text: str, call: Call) -> str:
    """The kind a form's own box names and is ticked: “mô hình điểm: ☒ Có”; empty without one."""
    plain = folded(text).text
    literals = (literal for asked in call.kinds for literal in asked.literal)
    return next((one for one in literals if re.search(key(one) + _TICK, plain)), "")


def _says(asked: KindAsked, declared: str) -> bool:
    said = key(declared)
    return any(key(literal) in said for literal in asked.literal) and not said.startswith("khong")


def _literal(asked: KindAsked, text: str) -> str:
    words = folded(text)
    chance = [match.span() for phrase in asked.not_when for match in words.find(_pattern(phrase))]
    for literal in asked.literal:
        for match in words.find(_pattern(literal)):
            if not any(start <= match.start() and match.end() <= end for start, end in chance):
                return _around(words, match)
    return ""


def _suggested(call: Call, words: Folded) -> tuple[TaskKind, str] | None:
    for asked in call.kinds:
        if asked.anywhere and (found := _phrase(words, asked.cues)):
            return asked.kind, found
    first: tuple[int, int, TaskKind, str] | None = None
    for order, asked in enumerate(call.kinds):
        for cue in asked.cues:
            for match in words.find(_pattern(cue)):
                here = (match.start(), order, asked.kind, _around(words, match))
                first = here if first is None or here[:2] < first[:2] else first
                break
    return None if first is None else (first[2], first[3])


def _phrase(words: Folded, phrases: Sequence[str]) -> str:
    for phrase in phrases:
        for match in words.find(_pattern(phrase)):
            return _around(words, match)
    return ""


def _pattern(phrase: str) -> str:
    between = r"[^a-z0-9]+"
    parts = [between.join(key(part).split()) for part in phrase.split("*")]
    return (
        r"(?<![a-z0-9])" + r"[^a-z0-9]+(?:[a-z0-9]+[^a-z0-9]+){0,4}?".join(parts) + r"(?![a-z0-9])"
    )


def _around(words: Folded, match: re.Match[str]) -> str:
    start = max(0, match.start() - _AROUND)
    end = min(len(words.text), match.end() + _AROUND)
    return " ".join(words.quote(start, end).split())
