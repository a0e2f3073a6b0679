"""The labels of a proposal form found on the paper, numbered or not, whatever the layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from dossier import Call, FieldAsked, FormAsked
from dossier.vietnamese import key, tidy
from ingest.extract import money
from ingest.extract.folded import Folded, folded
from ingest.extract.passage import Passage

_LOOK_AHEAD = 6
_LONGER = 3
"""So many words more make a later label the true one: “Nội dung” may head a column."""
_FIRST_WORD = 60
_SURE = 92
_NUMBERED = 82
_PREFIX = re.compile(
    r"^\W*(?:(?:muc|phan)\s+)?(?P<number>\d{1,2}|[ivx]{1,4})\s*[.):/-]+\s*(?!\d)(?=[a-z])"
)
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
_BRACKET = re.compile(r"^\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*(?P<colon>:?)", re.DOTALL)
HINT_START = re.compile(
    r"^(?:neu ro|giai trinh|ghi ro|ghi cu the|mo ta|trinh bay|kha nang huy dong|tu mot trong"
    r"|moi noi dung|can lam ro"
    r"|tac dong doi voi|mot trong cac|nhap|dien|ghi ten)"
)
"""How a printed explanation begins, folded: what it says is no answer."""
_LEADS = re.compile(r"^[^.…_]{0,90}:?\s*(?:[.…_]{3,}|…)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    asked: FieldAsked
    form: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A label found on the paper, and where what follows it begins."""

    asked: FieldAsked
    form: int
    number: str
    """As printed: “8”; empty when the label stands without one."""
    numbered: int | None
    score: float
    line: int
    """Index of the passage the label begins in."""
    label: str
    rest_line: int
    """Index of the passage the answer begins in."""
    rest: str
    """What stands after the label in that passage."""
    led: bool = False
    """Dots or underscores stand where the answer should: the template's own."""
    unit: str = ""
    """The bracket behind the label, which may name a unit: “(triệu đồng)”."""


def headings(lines: Sequence[Passage], call: Call) -> tuple[Heading, ...]:
    """Every label of every accepted form, each key once, in the order of the paper."""
    labels = _labels(call)
    begins = frozenset(label.tokens[0] for label in labels)
    found = [
        best
        for place, line in enumerate(lines)
        if _may_begin(line.folded, begins) and (best := _heading(lines, place, labels)) is not None
    ]
    numbered = [one for one in found if one.number]
    if len({one.asked.key for one in numbered}) >= 4:  # noqa: PLR2004 -- a form that numbers its fields
        keys = {one.asked.key for one in numbered}
        first = numbered[0].line
        found = [
            one for one in found if one.number or (one.asked.key not in keys and one.line > first)
        ]
    kept: dict[str, Heading] = {}
    for one in found:
        before = kept.get(one.asked.key)
        if before is None or len(one.label.split()) > len(before.label.split()) + _LONGER:
            kept[one.asked.key] = one
    return tuple(sorted(kept.values(), key=lambda one: one.line))


def _labels(call: Call) -> tuple[_Label, ...]:
    return tuple(
        _Label(asked=asked, form=place, tokens=tokens)
        for place, form in enumerate(call.forms)
        for asked, tokens in _labels_of(form)
    )


@lru_cache(maxsize=64)
def _labels_of(form: FormAsked) -> tuple[tuple[FieldAsked, tuple[str, ...]], ...]:
    return tuple(
        (asked, tuple(key(label).split())) for asked in form.fields for label in asked.labels
    )


def _may_begin(line: str, begins: frozenset[str]) -> bool:
    """Look at the first word before the whole line is compared with every label."""
    prefix = _PREFIX.match(line)
    first = re.search(r"[a-z0-9]+", line[prefix.end() :] if prefix else line)
    return first is not None and (
        first[0] in begins or any(fuzz.ratio(first[0], word) >= _FIRST_WORD for word in begins)
    )


def _heading(lines: Sequence[Passage], place: int, labels: Sequence[_Label]) -> Heading | None:
    joined, cuts = _joined(lines, place)
    prefix = _PREFIX.match(joined.text)
    start = prefix.end() if prefix else _first_word(joined.text)
    if not prefix and re.match(r"^\W*\d", joined.text):
        return None
    tokens = [
        (match[0], match.end())
        for match in re.finditer(r"[a-z0-9]+", joined.text[start : start + 400])
    ]
    if not tokens:
        return None
    number = prefix["number"] if prefix else ""
    numbered = (int(number) if number.isdigit() else _ROMAN.get(number)) if number else None
    best: tuple[float, float, _Label, int] | None = None
    for label in labels:
        likeness, length = _likeness(label.tokens, tokens)
        if likeness < (_NUMBERED if number else _SURE):
            continue
        end = start + tokens[length - 1][1]
        if not _stands_alone(joined.text, end, label, numbered):
            continue
        score = (
            likeness
            + min(len(label.tokens), 20) * 0.5
            + (6 if numbered == label.asked.number else 0)
        )
        if best is None or score > best[0]:
            best = (score, likeness, label, end)
    if best is None:
        return None
    _, likeness, label, end = best
    rest_start, unit = _after_label(joined, end, label.asked)
    rest_line, rest = _rest(joined, rest_start, place, cuts)
    return Heading(
        asked=label.asked,
        form=label.form,
        number=number,
        numbered=numbered,
        score=likeness,
        line=place,
        label=tidy(joined.quote(start, end)),
        rest_line=rest_line,
        rest=rest,
        led=_LEADS.match(joined.text[end:].split("\n")[0]) is not None,
        unit=unit,
    )


def _first_word(folded: str) -> int:
    signs = (place for place, sign in enumerate(folded) if sign.isascii() and sign.isalnum())
    return next(signs, len(folded))


def _joined(lines: Sequence[Passage], place: int) -> tuple[Folded, tuple[int, ...]]:
    """The passage and the few after it in the same cell, since labels are broken over lines."""
    parts = [lines[place].text]
    cuts = [len(parts[0])]
    for line in lines[place + 1 : place + 1 + _LOOK_AHEAD]:
        if line.cell != lines[place].cell:
            break
        parts.append(line.text)
        cuts.append(cuts[-1] + 1 + len(line.text))
    return folded("\n".join(parts)), tuple(cuts)


def _likeness(label: tuple[str, ...], tokens: list[tuple[str, int]]) -> tuple[float, int]:
    """How alike the first words are to a label, and how many of them it takes up."""
    if fuzz.ratio(label[0], tokens[0][0]) < _FIRST_WORD:
        return 0, 0
    wanted = " ".join(label)
    spread = (0, 1, -1, 2, -2) if len(label) > 4 else (0, 1) if len(label) > 2 else (0,)  # noqa: PLR2004 -- long labels lose or gain words
    best = (0.0, 0)
    for more in spread:
        length = len(label) + more
        if not 0 < length <= len(tokens):
            continue
        likeness = fuzz.ratio(wanted, " ".join(token for token, _ in tokens[:length]))
        if likeness > best[0] + 0.01:
            best = (likeness, length)
    return best


def _stands_alone(text: str, end: int, label: _Label, numbered: int | None) -> bool:
    """Keep “Mục tiêu phát triển …” in running text from passing for the label “Mục tiêu”."""
    after = text[end : end + 320]
    if re.match(r"\s*\)?\s*(?:\([^)]{0,300}\)?\s*)?(?::|$|\n|[.…_]{2,})", after):
        return True
    if numbered is None or len(label.tokens) < 2:  # noqa: PLR2004 -- two words are enough, “Căn cứ”
        return False
    return numbered == label.asked.number or not re.match(r"\s*\d", after)


def _after_label(text: Folded, end: int, asked: FieldAsked) -> tuple[int, str]:
    """Where the answer begins: past the label's tail, bracket, colon, printed hints."""
    unit = ""
    closing = re.match(r"\s*\)", text.text[end:])
    end += closing.end() if closing else 0
    rest = text.text[end:]
    if bracket := _BRACKET.match(rest):
        inside = bracket["inside"]
        if (
            bracket["colon"]
            or _is_hint(inside, asked)
            or money.unit_of(inside) is not None
            or (
                rest[:1] == " "
                and "\n" not in rest[: bracket.start() + 2]
                and inside[:1].isalpha()
                and not re.match(r"[ivx]{1,3}$", inside)
            )
        ):
            unit = text.quote(end + bracket.start("inside"), end + bracket.end("inside"))
            end += bracket.end()
            rest = text.text[end:]
    tail = re.match(r"^[ ,;]*(?P<tail>[^:\n.;]{0,70}):", rest)
    if tail and not re.match(r"^\s*[.…_]{2,}", rest):
        said = text.quote(end + tail.start("tail"), end + tail.end("tail")).strip()
        if not said or said[0].islower() or said.startswith(("(", "/", "–", "-")):
            end += tail.end()
            rest = text.text[end:]
    blank = re.match(r"^[\s:]*", rest)
    end += blank.end() if blank else 0
    while (bracket := _BRACKET.match(text.text[end:])) and _is_hint(bracket["inside"], asked):
        end += bracket.end()
    skipped = re.match(r"^[\s.…:;,_]*", text.text[end:])
    return end + (skipped.end() if skipped else 0), unit


def _is_hint(inside: str, asked: FieldAsked) -> bool:
    bare = key(inside)
    if not bare:
        return True
    if any(fuzz.partial_ratio(bare, key(hint)) >= 80 and len(bare) >= 12 for hint in asked.hints):  # noqa: PLR2004 -- a hint half copied is still a hint
        return True
    return bool(HINT_START.match(bare))


def _rest(text: Folded, start: int, place: int, cuts: tuple[int, ...]) -> tuple[int, str]:
    """Map the folded offset back to a passage and what remains of it."""
    if start >= len(text.text):
        return place + len(cuts), ""
    origin = text.starts[start]
    index = next(number for number, cut in enumerate(cuts) if origin <= cut)
    return place + index, text.original[origin : cuts[index]]
