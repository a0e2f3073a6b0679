"""How long a task runs: “24 tháng (từ tháng 01/2025 đến tháng 12/2026)” and its many cousins."""

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dossier import Duration, Place
from ingest.extract.folded import folded
from ingest.extract.numbers import WORD_NUMBER, decimal, in_words

_STATED = re.compile(
    rf"(?<![/\d.,])(?:(?P<low>\d{{1,3}})\s*(?:-|den)\s*)?(?P<number>\d{{1,3}}(?:[.,]5)?"
    rf"|\b{WORD_NUMBER})\s*"
    r"(?:\([^)]{1,30}\)\s*)?(?P<unit>thang|nam)\b(?!\s*(?:thu\b|20\d\d"
    r"|\d{1,2}\s*/))(?P<half> ruoi)?"
)
_BROKEN_YEAR = re.compile(r"(?<=\d/)2 ?0 ?[1-4] ?\d(?!\d)")
"""“01/2 025”: a narrow cell broke the year over two lines."""
_YEAR = r"(?P<year>20[1-4]\d)(?![\d:]|[.,]\d|/[a-z])"
_POINT = re.compile(
    rf"(?<![:\d.,])(?:"
    rf"(?:ngay )?(?P<day>\d{{1,2}})\s*(?P<cut>[/.-])"
    rf"\s*(?P<dmonth>\d{{1,2}})\s*(?P=cut)\s*(?P<dyear>20[1-4]\d)\b"
    rf"|ngay \d{{1,2}} thang (?P<wmonth>\d{{1,2}}) nam (?P<wyear>20[1-4]\d)\b"
    rf"|quy\s*(?P<quarter>iv|i{{1,3}}|[1-4])\s*(?:[/,.-]|nam"
    rf"|cua nam)?\s*(?:nam )?(?P<qyear>20[1-4]\d)\b"
    rf"|thang\s*(?P<tmonth>\d{{1,2}})\s*(?:[/.,-]|cua)?\s*nam\s*(?P<tyear>20[1-4]\d)\b"
    rf"|(?:thang\s*)?(?P<month>\d{{1,2}})\s*[/.-]\s*(?P<myear>20[1-4]\d)\b(?!/[a-z])"
    rf"|(?P<edge>dau|giua|cuoi|het) nam (?P<eyear>20[1-4]\d)\b"
    rf"|(?:nam )?{_YEAR}"
    rf"|thang\s*(?P<lone>\d{{1,2}})(?=\s*(?:-|den"
    rf"|toi)\s*(?:het\s*)?(?:thang\s*)?\d{{1,2}}\s*(?:[/.-]|nam))"
    rf"|(?P<bare>\d{{1,2}})(?=\s*-\s*\d{{1,2}}\s*/\s*20[1-4]\d)"
    rf")"
)
_LINK = re.compile(r"(?:\bden\b|\btoi\b|-|ket thuc|hoan thanh|nghiem thu|~|\bto\b)")
_LISTED = re.compile(r"\s*(?:,|;|va|&)\s*(?:nam\s*)?")
_ENDS_ONLY = re.compile(
    r"(?:den|het|truoc|ket thuc|hoan thanh|nghiem thu)\W*(?:vao |trong |thang |ngay |nam )*\W*$"
)
_PART = re.compile(r"(?:giai doan|dot|buoc|trong do|sau|theo doi|bao hanh|moi)\b[^.;\n]{0,40}$")
_WHOLE = re.compile(r"\b(?:tong(?: cong| so| thoi gian)?|toan bo|ca thay)\b[^.;\n\d]{0,40}$")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    year: int
    first: int | None
    """The first month it may mean: 4 for a second quarter."""
    last: int | None
    start: int
    end: int


def duration(text: str, at: Place) -> Duration | None:
    """Read months and dates; None when the text tells neither."""
    words = _BROKEN_YEAR.sub(_unbroken, folded(text).text.replace("\n", " "))
    stated = _stated(words)
    points = _points(words)
    spans = [
        (one, two)
        for one, two in itertools.pairwise(points)
        if (_LINK.search(words[one.end : two.start]) or _are_listed(words, one, two))
        and (two.year, two.last or _MONTHS) >= (one.year, one.first or 1)
    ]
    found = Duration(at=at, stated_months=stated)
    if spans:
        first = min((one for one, _ in spans), key=lambda point: (point.year, point.first or 1))
        last = max((two for _, two in spans), key=lambda point: (point.year, point.last or 12))
        found = _span(found, first, last)
    elif points and not _ENDS_ONLY.search(words[: points[0].start]):
        found = replace(found, start_year=points[0].year, start_month=points[0].first)
    elif points:
        found = replace(found, end_year=points[0].year, end_month=points[0].last)
    return None if found == Duration(at=at) else found


def _are_listed(words: str, one: _Point, two: _Point) -> bool:
    """Whether two years stand side by side: “trong 2 năm 2025 và 2026”."""
    whole = one.first is None and two.first is None
    between = words[one.end : two.start]
    return whole and two.year - one.year == 1 and _LISTED.fullmatch(between) is not None


def _unbroken(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _span(found: Duration, first: _Point, last: _Point) -> Duration:
    """Whole years count from January to December, unless stated months say otherwise."""
    first_month, last_month = first.first, last.last
    if found.stated_months is None and (last_month is None or first_month is None):
        first_month, last_month = first_month or 1, last_month or _MONTHS
    return replace(
        found,
        start_year=first.year,
        start_month=first_month,
        end_year=last.year,
        end_month=last_month,
    )


def _stated(words: str) -> int | None:
    found: list[tuple[int, bool]] = []
    totals: list[int] = []
    for match in _STATED.finditer(words):
        number = decimal(match["number"]) or in_words(match["number"])
        if number is None or _is_a_date(words, match):
            continue
        months = Decimal(number) * (_MONTHS if match["unit"] == "nam" else 1)
        if match["half"]:
            months += Decimal(_MONTHS) / 2
        lead = words[: match.start()]
        found.append((int(months), bool(_PART.search(lead))))
        totals += [int(months)] if _WHOLE.search(lead) else []
    if totals:
        return totals[-1]
    wholes = [months for months, part in found if not part]
    if wholes:
        return wholes[0]
    return sum(months for months, _ in found) or None


def _is_a_date(words: str, match: re.Match[str]) -> bool:
    """“tháng 01 năm 2025” and “đến năm 2026” are dates; so is a number word that is not one."""
    before = words[: match.start()].rstrip()
    if before.endswith(("thang", "quy", "ngay")) and match["unit"] == "nam":
        return True
    if before.endswith("ngay") and match["unit"] == "thang":
        return True
    return not match["number"][0].isdigit() and match["unit"] == "nam" and before.endswith("thang")


def _points(words: str) -> list[_Point]:
    found: list[_Point] = []
    lone: list[re.Match[str]] = []
    for match in _POINT.finditer(words):
        if match["lone"] or match["bare"]:
            lone.append(match)
            continue
        point = _point(match)
        if point is None:
            continue
        if lone:
            month = int(lone[-1]["lone"] or lone[-1]["bare"])
            if 1 <= month <= _MONTHS:
                found.append(
                    _Point(
                        year=point.year, first=month, last=month,
                        start=lone[-1].start(), end=lone[-1].end(),
                    )
                )  # fmt: skip
            lone = []
        found.append(point)
    return found


def _point(match: re.Match[str]) -> _Point | None:
    year = int(
        next(
            match[name]
            for name in ("dyear", "wyear", "qyear", "tyear", "myear", "eyear", "year")
            if match[name]
        )
    )
    first: int | None
    last: int | None
    if match["quarter"]:
        quarter = _QUARTERS[match["quarter"]]
        first, last = quarter * 3 - 2, quarter * 3
    elif month := match["dmonth"] or match["wmonth"] or match["tmonth"] or match["month"]:
        first = last = int(month)
        if not 1 <= first <= _MONTHS:
            return None
    elif edge := match["edge"]:
        first, last = {"dau": (1, 1), "giua": (6, 6)}.get(edge, (_MONTHS, _MONTHS))
    else:
        first = last = None
    return _Point(year=year, first=first, last=last, start=match.start(), end=match.end())
