"""What a dossier is made of, as the call letter lists it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier import Role
from dossier.vietnamese import fold, tidy
from ingest.extract.folded import Folded, folded
from service.drafting.outline import BULLET, Paragraph

_FILING_HEADING = re.compile(
    r"^(?:thanh phan |yeu cau ve )?ho so(?: (?:de xuat|dang ky|tham gia|de nghi|nop))*"
    r"(?: nhiem vu)?\s*(?:bao gom|gom(?: co)?)?"
    r"(?: cac (?:tai lieu|giay to|van ban)(?: sau)?)?\s*:?$"
)
_FILING_SENTENCE = re.compile(r"\bho so\b[^.:;]{0,60}\b(?:bao gom|gom(?: co)?)\b[^:;.]{0,40}:?\s*")
_CONDITION = re.compile(
    r"\((?P<when>(?:doi voi|ap dung (?:doi voi|cho)|neu|truong hop)[^()]{3,160})\)"
)
_NOTE = re.compile(r"\(luu y:?\s*(?P<note>[^()]{3,160})\)")
_ALONG = re.compile(r",?\s*\b(?:kem theo|kem|cung voi)\s+(?=(?:cac|ban|van ban|giay|01|\d+)\b)")
_FORM_OF = re.compile(r"\btheo (?:bieu )?mau\s*(?P<form>[^;.()]{0,120})")
_ROLES = (
    (Role.COMMITMENT_LETTER, re.compile(r"\bcam ket\b|dong tai tro|thoa thuan hop tac")),
    (
        Role.SUMMARY_TABLE,
        re.compile(r"\bbang tong hop|\bdanh muc (?:tong hop|de xuat|nhiem vu)|\btong hop de xuat"),
    ),
    (Role.PROPOSAL_FORM, re.compile(r"\bphieu\b|\bdon dang ky")),
    (Role.COVER_LETTER, re.compile(r"\bcong van|\bto trinh|\bvan ban de (?:xuat|nghi)")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """One paper a dossier must hold, as the letter asks for it."""

    name: str
    role: Role | None
    """None when it is none of the four kinds of paper every call knows."""
    spot: str
    clause: str
    words: str
    """What the letter says of it, whole."""
    form: str = ""
    """“mẫu đính kèm”, “mẫu quy định tại Thông tư …”."""
    when: str = ""
    """The condition in the letter's words: “đối với nhiệm vụ xây dựng mô hình điểm”."""
    note: str = ""
    along_with: str = ""
    """The paper it is asked together with."""


def papers(whole: Sequence[Paragraph]) -> Iterator[PaperAsked]:
    """What a dossier is made of, from the list under the heading that asks for it."""
    for line, words in _asked(whole):
        main, *along = _apart(words)
        paper = _paper(main, line)
        yield paper
        for part in along:
            yield _paper(part, line, along_with=paper.name)


def _apart(words: str) -> tuple[str, ...]:
    """Cut “phiếu … kèm theo các văn bản …” into the papers it names."""
    text = folded(words)
    cuts = [found.span() for found in text.find(_ALONG.pattern)]
    starts = (0, *(end for _, end in cuts))
    ends = (*(start for start, _ in cuts), len(text.text))
    return tuple(text.quote(start, end) for start, end in zip(starts, ends, strict=True))


def _asked(whole: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    for place, line in enumerate(whole):
        text = folded(line.text)
        heading = line.heading
        if _FILING_HEADING.match(heading.words if heading else text.text):
            yield from _bullets(whole[place + 1 :])
            return
        sentence = text.first(_FILING_SENTENCE.pattern)
        if sentence is None:
            continue
        rest = text.quote(sentence.end(), len(text.text))
        if re.search(r"\w", rest):
            yield from ((line, one) for one in _inline(rest))
        else:
            yield from _bullets(whole[place + 1 :])
        return


def _bullets(after: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """The items of a list; it ends at a heading or at a paragraph that is no item."""
    sign = ""
    for line in after:
        found = BULLET.match(line.text) or BULLET.match(line.folded)
        if not found:
            return
        kind = re.sub(r"\w+", "x", found[0].strip())
        sign = sign or kind
        if kind != sign:
            return
        yield line, line.text[found.end() :].strip(" ;.")


def _inline(rest: str) -> Iterator[str]:
    parts = re.split(r"\(\d{1,2}\)\s*|;\s*", rest)
    yield from (one.strip(" ;.,") for one in parts if re.search(r"\w", one))


def _paper(said: str, line: Paragraph, along_with: str = "") -> PaperAsked:
    text = folded(said)
    name = _cut(text)
    when = text.first(_CONDITION.pattern)
    note = text.first(_NOTE.pattern)
    form = text.first(_FORM_OF.pattern)
    return PaperAsked(
        name=name[:1].upper() + name[1:],
        role=next((role for role, cue in _ROLES if cue.search(fold(name))), None),
        spot=line.spot,
        clause=line.clause,
        words=tidy(said).strip(" ,;:."),
        form=tidy(text.quote(*form.span("form"))) if form else "",
        when=tidy(text.quote(*when.span("when"))) if when else "",
        note=tidy(text.quote(*note.span("note"))) if note else "",
        along_with=along_with,
    )


def _cut(text: Folded) -> str:
    """The paper's name: without its condition, its note, its form and its number of copies."""
    end = len(text.text)
    for pattern in (_CONDITION, _NOTE, _FORM_OF):
        if found := text.first(pattern.pattern):
            end = min(end, found.start())
    return tidy(text.quote(0, end)).strip(" ,;:.")
