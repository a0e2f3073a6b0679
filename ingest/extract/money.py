"""Money: always in million đồng; a number whose unit nobody wrote is not money we know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dossier import Budget, Place
from ingest.extract.folded import Folded, folded
from ingest.extract.numbers import BELOW_THOUSAND, NUMBER, below_thousand, decimal

_UNIT = (
    r"ty(?: dong)?|ti(?: dong)?|trieu(?: dong)?|tr\.?\s?d(?:ong)?|trd|tr"
    r"|nghin dong|ngan dong|dong|vnd|d"
)
_MONEY = re.compile(
    rf"(?<![\w.,/])(?P<number>{NUMBER})\s*(?:\([^)\d]{{1,60}}\)\s*)?"
    rf"\(?\s*(?P<unit>{_UNIT})\b(?!/)"
)
_HEADER_UNIT = re.compile(
    r"\b(?P<unit>ty dong|ti dong|trieu dong|trieu|tr\.?\s?d(?:ong)?|trd|(?:1[.,]?000|nghin"
    r"|ngan) ?d(?:ong)?"
    r"|vnd|vn dong|dong)\b"
)
_BARE = re.compile(rf"(?<![\w.,/:%-])(?P<number>{NUMBER})(?![\w%/-]|[.,]\d)")

_BILLION = Decimal(1000)
_HALF = re.compile(r"\s*ruoi\b")
_HUNDREDS = re.compile(r"\s(\d{3})(?=\s*(?:[,.;:()]|$|dong\b))(?![.,]\d)")
"""“2 tỷ 300”: after a tỷ three bare figures are triệu."""
_IN_WORDS = re.compile(
    rf"\b(?:(?P<billions>{BELOW_THOUSAND}) t[yi](?: dong)?"
    rf"(?:,? (?P<millions>{BELOW_THOUSAND}) trieu)?"
    rf"|(?P<only>{BELOW_THOUSAND}) trieu)\b"
)
_UNIT_FIRST = re.compile(r"\bvnd\s*:?\s*(?P<number>\d{1,3}(?:[.,]\d{3})+)(?![\d.,]*\d)")
_RESULT = re.compile(r"=\s*$")
"""“900 triệu x 2 năm = 1.800 triệu”: what follows the sign is the sum."""
_STATE = re.compile(r"ngan sach|nsnn|\bns\b|snkh|\bnn\b|nha nuoc|trung uong|kinh phi khcn")
_OTHER = re.compile(
    r"doi ung|nguon khac|khac\b|von|doanh nghiep|\bdn\b|cong ty|htx|hop tac xa|dong gop|xa hoi hoa"
    r"|tu co|co so|don vi|ngoai|tai tro|huy dong"
)
_TOTAL = re.compile(r"\btong\b|tong (?:so|cong|kinh phi|muc|nhu cau)")
_ALL_STATE = re.compile(
    r"^\W*(?:dong)?\W*(?:100 ?%|toan bo|tu|do|bang|de nghi|nguon|thuoc)?\W*(?:tu|do|bang|nguon)?\W*"
    r"(?:nguon )?(?:ngan sach|nsnn|snkh)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One sum of money in a text, in million đồng, and where it stands in the folded text."""

    million: Decimal
    start: int
    end: int


def amounts(text: Folded) -> tuple[Amount, ...]:
    """Every sum written with its unit; “2 tỷ 300 triệu” is one."""
    found: list[Amount] = []
    for match in _MONEY.finditer(text.text):
        number = decimal(match["number"])
        if number is None:
            continue
        size = _million(match["unit"])
        half = _HALF.match(text.text[match.end() :])
        million = _plain(number * size + (size / 2 if half else 0))
        if rest := _HUNDREDS.match(text.text[match.end() :]) if size == _BILLION else None:
            million += int(rest[1])
        if found and _continues(text.text[found[-1].end : match.start()], found[-1], million):
            whole = found[-1].million + million
            found[-1] = Amount(million=whole, start=found[-1].start, end=match.end())
        else:
            found.append(Amount(million=million, start=match.start(), end=match.end()))
    return tuple(found) or tuple(_unlike(text))


def _unlike(text: Folded) -> Iterator[Amount]:
    """Sums of a text that writes none in the usual way: in words, or the unit before the number."""
    for match in _IN_WORDS.finditer(text.text):
        parts = (_spelled(match["billions"], 1000), _spelled(match["millions"] or match["only"], 1))
        yield Amount(million=sum(parts, Decimal(0)), start=match.start(), end=match.end())
    for match in _UNIT_FIRST.finditer(text.text):
        number = decimal(match["number"])
        if number is not None:
            million = _plain(number * _million("vnd"))
            yield Amount(million=million, start=match.start(), end=match.end())


def _spelled(words: str | None, size: int) -> Decimal:
    return Decimal((below_thousand(words) or 0) * size) if words else Decimal(0)


def unit_of(header: str) -> Decimal | None:
    """What one of a column is worth in million đồng, from its header or the line above a table."""
    match = _HEADER_UNIT.search(folded(header).text)
    return _million(match["unit"]) if match else None


def amount(cell: str, unit: Decimal | None) -> Decimal | None:
    """One cell in million đồng: by its own unit, else the column's; None when neither is known."""
    text = folded(cell)
    own = amounts(text)
    if own:
        return own[0].million
    number = decimal(cell.strip().rstrip("."))
    return None if number is None or unit is None else _plain(number * unit)


def budget(text: str, at: Place, unit: Decimal | None = None) -> Budget | None:
    """Read total, state and other money from a field or a cell; None when it tells no sum."""
    words = folded(text)
    found = _with_bare_parts(words, amounts(words)) or _bare_amounts(words, unit)
    total: Decimal | None = None
    state: Decimal | None = None
    other: Decimal | None = None
    before = 0
    for one in found:
        lead = words.text[before : one.start]
        source = _source(lead)
        if _RESULT.search(lead):
            total = one.million
        elif source == "state" and state is None:
            state = one.million
        elif source == "other" and other is None:
            other = one.million
        elif (source == "" and total is None and state is None and other is None) or (
            source == "total" and total is None
        ):
            total = one.million
        before = one.end
    if not found:
        return None
    total = _whole(total, state, other)
    if state is None and other is None and _ALL_STATE.match(words.text[found[0].end :]):
        state = total
    return Budget(at=at, total=total, state=state, other=other)


def _whole(total: Decimal | None, state: Decimal | None, other: Decimal | None) -> Decimal | None:
    if total is not None:
        return total
    parts = [part for part in (state, other) if part is not None]
    return sum(parts, Decimal(0)) if parts else None


def _source(lead: str) -> str:
    """Which source the words before a sum name; the last one named counts."""
    last = {"state": _STATE, "other": _OTHER, "total": _TOTAL}
    places = {
        name: max((match.end() for match in pattern.finditer(lead)), default=-1)
        for name, pattern in last.items()
    }
    name = max(places, key=lambda one: places[one])
    return name if places[name] >= 0 else ""


def _with_bare_parts(words: Folded, found: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Take “(NSNN 1.150, công ty 1.200)” into the unit of the one sum, if the parts make it up."""
    if len(found) != 1:
        return found
    total = found[0]
    unit = next(
        (
            size
            for size in (Decimal(1), Decimal(1000), Decimal("0.000001"))
            if (parts := tuple(_parts(words, total.end, size)))
            and sum((part.million for part in parts), Decimal(0)) == total.million
        ),
        None,
    )
    return found if unit is None else (total, *_parts(words, total.end, unit))


def _parts(words: Folded, start: int, unit: Decimal) -> Iterator[Amount]:
    for match in _BARE.finditer(words.text, start):
        number = decimal(match["number"])
        if number is not None:
            yield Amount(million=_plain(number * unit), start=match.start(), end=match.end())


def _bare_amounts(words: Folded, unit: Decimal | None) -> tuple[Amount, ...]:
    return () if unit is None else tuple(_parts(words, 0, unit))


def _continues(between: str, before: Amount, million: Decimal) -> bool:
    return between.strip() in {"", "va"} and million < before.million and before.million >= 1000  # noqa: PLR2004 -- a tỷ


def _million(unit: str) -> Decimal:
    if unit.startswith(("ty", "ti")):
        return Decimal(1000)
    if unit.startswith("tr"):
        return Decimal(1)
    if unit.startswith(("nghin", "ngan", "1")):
        return Decimal("0.001")
    return Decimal("0.000001")


def _plain(number: Decimal) -> Decimal:
    """Drop the zeros a multiplication leaves behind: 4500.000000 is 4500."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == number else number.normalize()
