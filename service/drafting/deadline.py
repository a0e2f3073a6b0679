"""The day papers must be in by: the sentence that says it, and the word that makes it strict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dossier.times import VIETNAM
from ingest.extract.folded import folded
from service.drafting.outline import Paragraph

_NOON = 12
_LATEST = re.compile(r"\b(?:thoi han|han cuoi|han nop|nhan ho so|nop ho so|gui (?:ho so|ve))\b")
_ELSEWHERE = re.compile(r"\b(?:tham muu|bao cao|tong hop,? gui|trinh)\b[^,;]{0,80}$")
_DAY = (
    r"(?:ngay\s*)?(?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})(?:\s*[/.-]\s*(?P<y>20\d\d))?"
    r"|thang\s*(?P<mw>\d{1,2})(?:\s*,?\s*nam\s*(?P<yw>20\d\d))?)(?!\d)"
)
_HOUR = (
    r"(?:(?P<h>\d{1,2})\s*(?:gio|h|g|:)\s*(?P<min>\d{2})?(?:\s*(?:phut|p))?"
    r"\s*(?P<half>sang|chieu|toi)?\s*,?\s*)?"
)
_WEEKDAY = r"(?:\(?thu (?:hai|ba|tu|nam|sau|bay|[2-7])\)?,?\s*|chu nhat,?\s*)?"
_UNTIL = re.compile(
    r"\b(?P<how>truoc|cham nhat(?: la)?(?: den)?(?: het)?|muon nhat(?: la)?(?: vao)?"
    r"|khong (?:muon hon|qua)|den het|het|den|trong)\s+"
    rf"(?:luc\s+)?{_HOUR}{_WEEKDAY}{_DAY}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The first moment that is too late, and how the letter put it."""

    closes_at: datetime
    """Exclusive, at Vietnam's time: “trước ngày 23/3” closes at 00:00 on the 23rd."""
    words: str
    spot: str
    clause: str = ""
    note: str = ""
    """What a person should weigh: a weekend, a year that was not written."""


def deadlines(
    whole: Sequence[Paragraph], year: int | None
) -> tuple[Deadline | None, tuple[Deadline, ...]]:
    """The day papers must be in by, and the other limits the letter names."""
    found = [
        (score, one)
        for place, line in enumerate(whole)
        for score, one in _limits_in(line, whole[max(0, place - 1)], year)
    ]
    if not found:
        return None, ()
    best = max(range(len(found)), key=lambda place: (found[place][0], -place))
    others = tuple(one for place, (_, one) in enumerate(found) if place != best)
    if found[best][0] <= 0:
        return None, tuple(one for _, one in found)
    return found[best][1], others


def _limits_in(
    line: Paragraph, before: Paragraph, year: int | None
) -> Iterator[tuple[int, Deadline]]:
    text = folded(line.text)
    for match in _UNTIL.finditer(text.text):
        closes = _closes(match, year)
        if closes is None:
            continue
        clause = re.split(r"[;.]\s", text.text[: match.start()])[-1]
        score = 3 * bool(_LATEST.search(clause)) + bool(_LATEST.search(before.folded))
        score -= 4 * bool(_ELSEWHERE.search(clause))
        yield (
            score,
            Deadline(
                closes_at=closes,
                words=text.quote(match.start(), match.end()),
                spot=line.spot,
                clause=line.clause,
                note=_weekend(match, closes, written=match["y"] or match["yw"]),
            ),
        )


def _closes(match: re.Match[str], year: int | None) -> datetime | None:
    """The first moment that is too late, by the word before the day.

    “trước” shuts the day itself out; “chậm nhất”, “đến hết”, “trong” take it in (domain: a strict
    deadline is a matter of that one word). An hour, where one is written, is the moment itself.
    """
    written = match["y"] or match["yw"] or year
    try:
        day = date(int(written or 0), int(match["m"] or match["mw"] or 0), int(match["d"]))
        if match["h"]:
            hour = int(match["h"])
            later = match["half"] in {"chieu", "toi"} and hour < _NOON
            return datetime.combine(
                day, time(hour + _NOON * later, int(match["min"] or 0)), VIETNAM
            )
    except ValueError:
        return None
    first = day if match["how"] == "truoc" else day + timedelta(days=1)
    return datetime.combine(first, time(), VIETNAM)


def _weekend(match: re.Match[str], closes: datetime, *, written: str | None) -> str:
    notes = []
    if not written:
        notes.append(f"công văn không ghi năm, lấy năm {closes.year}")
    day = closes.date()
    if not match["h"] and match["how"] != "truoc":
        day -= timedelta(days=1)
    if day.weekday() >= 5:  # noqa: PLR2004 -- Saturday and Sunday
        notes.append(f"{day:%d/%m/%Y} là {('thứ Bảy', 'Chủ nhật')[day.weekday() - 5]}")
    return "; ".join(notes)
