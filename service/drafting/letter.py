"""What a call letter says of itself: each thing with the words it rests on, nothing assumed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dossier.vietnamese import key, tidy
from ingest.extract import dates, names
from ingest.extract.folded import folded
from ingest.extract.passage import Passage, clip
from service.drafting.deadline import Deadline, deadlines
from service.drafting.guess import Guess, guess
from service.drafting.outline import Level, Paragraph, paragraphs
from service.drafting.papers import PaperAsked, papers

_HEAD_LINES = 40
_NUMBER = re.compile(r"^so\s*:?\s*(?P<number>[\d.…_ ]*/\s*[\w&./ -]{2,40}?)\s*$")
_SUBJECT = re.compile(r"\b(?:v/v|ve viec)\s*:?\s*")
_HEAD_ENDS = re.compile(
    r"^(?:kinh gui|so\s*:|cong hoa|doc lap|thuc hien|can cu|[-_─*]{3,})|\bngay\b.{0,20}\bthang\b"
)
_ADDRESSEES = re.compile(r"^kinh gui\s*:?\s*")
_PROPOSE = re.compile(r"^(?:cac |mot so )?(?:dinh huong|noi dung trong tam|linh vuc uu tien)")
_ENDS = re.compile(r"quy trinh|thoi han|yeu cau (?:ve|doi voi)? ?ho so|ho so|kinh phi|to chuc")
"""Headings after which a letter no longer speaks of what to propose."""
_ITEM = re.compile(r"^\s*(?:[-–+•*]|\(?[a-zđ][.)]|\d{1,2}(?:\.\d{1,2})*[.)])\s*")
_TEXT_CITED = re.compile(
    r"\b(?P<kind>luat|nghi quyet|nghi dinh|quyet dinh|thong tu(?: lien tich)?|van ban|cong van"
    r"|ke hoach|chi thi|thong bao)\s+(?:[^;.()\d]{3,60}\s)?"
    r"so\s*:?\s*(?P<number>\d+[\w/.&-]*/[\w/.&-]+)"
    r"(?:\s*,?\s*ngay\s*(?P<day>\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}\s*(?:[/.-]|nam)\s*\d{4}))?"
    r"(?:\s+cua\s+(?P<issuer>[^,;.()]{3,80}?)"
    r"(?=\s+(?:ve|quy dinh|sua doi|de|huong dan|ban hanh)\b|[,;.()]|$))?"
)
_COUNTED = r"(?P<n>\d{1,3})\s*(?:\([^)]*\)\s*)?"
_LIMITS = (
    ("min_schools", re.compile(rf"\b(?:toi thieu|it nhat)\s*{_COUNTED}truong\b")),
    ("max_months", re.compile(rf"\b(?:khong qua|toi da|khong vuot qua)\s*{_COUNTED}thang\b")),
    ("first_year", re.compile(r"\bthuc hien tu nam\s*(?P<n>20\d\d)")),
)
"""Keys of a call, and the words that carry their number."""
_PROGRAMME = re.compile(r"\bchuong trinh\s+(?P<code>\d{2,5})\b")
_PHONE = re.compile(
    r"(?:dien thoai|\bdt\b|sdt|so may|hotline|lien he)[^\d+]{0,60}(?P<n>\+?[\d][\d .()-]{7,16}\d)"
)
_MAIL = re.compile(r"(?P<address>[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_NAME_ENDS = r"(?=\s+(?:truoc|cham nhat|muon nhat|trong|den het|den ngay|theo|de)\b|[.;,()]|$)"
_RECEIVER = re.compile(
    r"\bgui (?:ve|den|toi)\s+(?P<to>[^.;()]{3,90}?)"
    rf"(?:\s*\(?\s*\bqua\s+(?P<through>[^.;,()]{{3,90}}?))?{_NAME_ENDS}"
)
_ABOVE = re.compile(
    r"\b(?:bao cao|gui|trinh)\s+"
    rf"(?P<who>(?:so|bo|uy ban|ubnd|cuc|tong cuc)\s[^.;,()]{{3,80}}?){_NAME_ENDS}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCited:
    """A law or a letter the call rests on."""

    kind: str
    number: str
    issued: date | None
    issuer: str
    words: str
    spot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLetter:
    """A call letter as far as it could be read; what is None or empty was not found."""

    number: Guess | None = None
    issuer: Guess | None = None
    issued: date | None = None
    year: int | None = None
    subject: Guess | None = None
    programme: Guess | None = None
    addressees: tuple[Guess, ...] = ()
    deadline: Deadline | None = None
    other_dates: tuple[Deadline, ...] = ()
    """Dates with a limit that are somebody else's: the office's own report upwards."""
    papers: tuple[PaperAsked, ...] = ()
    cited: tuple[TextCited, ...] = ()
    orientations: tuple[Guess, ...] = ()
    limits: tuple[tuple[str, Guess], ...] = ()
    """Key of the call (`max_months`) and the number found."""
    receiver: Guess | None = None
    through: Guess | None = None
    forwards_to: Guess | None = None
    phone: Guess | None = None
    mailbox: Guess | None = None


def read_letter(lines: Sequence[Passage]) -> CallLetter:
    """Find in a call letter what a call's file needs."""
    whole = tuple(paragraphs(lines))
    head = whole[:_HEAD_LINES]
    issued = _issued(head)
    year = issued.year if issued else _year(head)
    deadline, others = deadlines(whole, year)
    return CallLetter(
        number=_number(head),
        issuer=_issuer(lines, whole),
        issued=issued,
        year=year,
        subject=_subject(head),
        programme=_programme(whole),
        addressees=tuple(_addressees(whole)),
        deadline=deadline,
        other_dates=others,
        papers=tuple(papers(whole)),
        cited=tuple(_cited(whole)),
        orientations=tuple(_orientations(whole)),
        limits=tuple(_limits(whole)),
        receiver=_group(whole, _RECEIVER, "to"),
        through=_group(whole, _RECEIVER, "through"),
        forwards_to=_group(whole, _ABOVE, "who", last=True),
        phone=_group(whole, _PHONE, "n"),
        mailbox=_group(whole, _MAIL, "address"),
    )


def _number(head: Sequence[Paragraph]) -> Guess | None:
    for line in head:
        text = folded(line.text)
        if found := _NUMBER.match(text.text):
            return guess(line, text.quote(*found.span("number")))
    return None


def _issued(head: Sequence[Paragraph]) -> date | None:
    """The day in the head; a date inside the text is another letter's."""
    for line in head:
        if _ADDRESSEES.match(line.folded):
            return None
        if found := dates.issued(line.text):
            return found
    return None


def _year(head: Sequence[Paragraph]) -> int | None:
    """The year of a date whose day is not written yet: “ngày   tháng   năm 2024”."""
    for line in head:
        if found := re.search(r"\bngay\b.{0,20}\bthang\b.{0,20}\bnam\s*(20\d\d)", line.folded):
            return int(found[1])
    return None


def _subject(head: Sequence[Paragraph]) -> Guess | None:
    for place, line in enumerate(head):
        text = folded(line.text)
        found = text.first(_SUBJECT.pattern)
        if not found or _ADDRESSEES.match(line.folded):
            continue
        parts = [text.quote(found.end(), len(text.text))]
        for after in head[place + 1 : place + 8]:
            if _HEAD_ENDS.search(after.folded) or after.cell != line.cell:
                break
            parts.append(after.text)
        said = tidy(" ".join(parts))
        return Guess(value=said[:1].upper() + said[1:], words=clip(f"V/v {said}"), spot=line.spot)
    return None


def _issuer(lines: Sequence[Passage], whole: Sequence[Paragraph]) -> Guess | None:
    """Who issued it: the head's left half, else who speaks in the text (“UBND huyện …”)."""
    block: list[Passage] = []
    for line in lines[:_HEAD_LINES]:
        if _HEAD_ENDS.search(line.folded) or _SUBJECT.match(line.folded):
            break
        block.append(line)
    if bodies := names.organisations([line.text for line in block]):
        words = clip(" ".join(line.text for line in block))
        running = "\n".join(line.text for line in whole)
        name = names.in_readable_case(bodies[-1], running)
        return Guess(value=name, words=words, spot=block[0].spot)
    place = next(
        (
            found["place"]
            for line in whole[:_HEAD_LINES]
            if (found := re.match(r"(?P<place>[^\d,]{2,40}),\s*ngày\b", line.text))
        ),
        "",
    )
    for one in whole:
        if found := re.match(r"UBND (?:huyện|xã|phường|thành phố|tỉnh)\b", one.text):
            return guess(one, f"{found[0]} {place}".strip())
    return None


def _addressees(whole: Sequence[Paragraph]) -> Iterator[Guess]:
    for place, line in enumerate(whole):
        text = folded(line.text)
        found = _ADDRESSEES.match(text.text)
        if not found:
            continue
        said = text.quote(found.end(), len(text.text))
        yield from (guess(line, one.strip(" .")) for one in said.split(";") if one.strip(" ."))
        for after in whole[place + 1 :]:
            if not re.match(r"^\s*[-–+•]", after.text):
                return
            yield guess(after, re.sub(r"^\s*[-–+•]\s*", "", after.text).rstrip(".;"))
        return


def _programme(whole: Sequence[Paragraph]) -> Guess | None:
    for line in whole:
        if found := folded(line.text).first(_PROGRAMME.pattern):
            return guess(line, f"Chương trình {found['code']}")
    return None


def _cited(whole: Sequence[Paragraph]) -> Iterator[TextCited]:
    """Every law and letter named, each number once, the fullest mention of it."""
    best: dict[str, TextCited] = {}
    for line in whole:
        text = folded(line.text)
        for match in _TEXT_CITED.finditer(text.text):
            number = text.quote(*match.span("number")).rstrip(".,;")
            one = TextCited(
                kind=tidy(text.quote(*match.span("kind"))),
                number=number,
                issued=_day(match["day"]),
                issuer=tidy(text.quote(*match.span("issuer"))) if match["issuer"] else "",
                words=clip(text.quote(match.start(), match.end())),
                spot=line.spot,
            )
            before = best.get(key(number))
            if before is None or len(one.words) > len(before.words):
                best[key(number)] = one
    yield from best.values()


def _day(words: str | None) -> date | None:
    numbers = [int(one) for one in re.findall(r"\d+", words or "")]
    try:
        return date(numbers[2], numbers[1], numbers[0]) if len(numbers) == 3 else None  # noqa: PLR2004 -- day, month, year
    except ValueError:
        return None


def _orientations(whole: Sequence[Paragraph]) -> Iterator[Guess]:
    """What proposals should be about: the paragraphs under the headings that say so."""
    inside: Level | None = None
    for line in whole:
        if found := line.heading:
            if _PROPOSE.match(found.words):
                inside = found.level if inside is None else inside
                continue
            if inside is not None and (found.level <= inside or _ENDS.match(found.words)):
                inside = None
        if inside is not None:
            yield guess(line, _ITEM.sub("", line.text))


def _limits(whole: Sequence[Paragraph]) -> Iterator[tuple[str, Guess]]:
    for name, pattern in _LIMITS:
        for line in whole:
            text = folded(line.text)
            if found := text.first(pattern.pattern):
                words = text.quote(found.start(), found.end())
                yield name, guess(line, str(int(found["n"])), words)
                break


def _group(
    whole: Sequence[Paragraph], pattern: re.Pattern[str], group: str, *, last: bool = False
) -> Guess | None:
    kept: Guess | None = None
    for line in whole:
        text = folded(line.text)
        for found in pattern.finditer(text.text):
            if found[group]:
                words = text.quote(found.start(), found.end())
                kept = guess(line, text.quote(*found.span(group)), words)
                if not last:
                    return kept
    return kept
