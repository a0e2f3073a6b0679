"""Numbers as Vietnamese papers write them: 1.500,75; 02; ba mươi sáu."""

import re
from decimal import Decimal, InvalidOperation

_GROUPED = re.compile(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?")
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")

NUMBER = r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?(?![\d])|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?"
"""A number in running text; `decimal` reads what it matched."""

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
WORD_NUMBER = (
    r"(?:(?:mot|hai|ba|bon|nam|sau|bay|tam|chin) muoi(?: (?:mot|hai|ba|bon|tu|lam|nam|sau|bay"
    r"|tam|chin))?"
    r"|muoi(?: (?:mot|hai|ba|bon|lam|nam|sau|bay|tam|chin))?"
    r"|mot|hai|ba|bon|nam|sau|bay|tam|chin)"
)
"""A number from 1 to 99 in folded words."""


_DIGIT = "mot|hai|ba|bon|nam|sau|bay|tam|chin"
BELOW_THOUSAND = (
    rf"(?:(?:{_DIGIT}) tram(?: (?:linh|le) (?:{_DIGIT})| {WORD_NUMBER})?|{WORD_NUMBER})"
)
"""A number from 1 to 999 in folded words."""


def decimal(text: str) -> Decimal | None:
    """Read one number; “.” groups thousands and “,” is the decimal sign, as the law writes them.

    A spreadsheet's own “1960.5” is understood too: a point not followed by three digits is one.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[.\s]", "", text).replace(",", ".")
    elif _GROUPED_BY_COMMA.fullmatch(text):
        text = text.replace(",", "")
    elif _PLAIN.fullmatch(text):
        text = text.replace(",", ".")
    else:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def in_words(text: str) -> int | None:
    """Read a folded number word from 1 to 99: “ba muoi sau” is 36."""
    if not re.fullmatch(WORD_NUMBER, text):
        return None
    tens, ten, units = text.rpartition("muoi")
    if not ten:
        return _UNITS[units]
    return (_UNITS[tens.strip()] if tens else 1) * 10 + (_UNITS[units.strip()] if units else 0)


def below_thousand(text: str) -> int | None:
    """Read a folded number word from 1 to 999: “nam tram hai muoi” is 520."""
    hundreds, hundred, rest = text.rpartition(" tram")
    if not hundred:
        return in_words(text)
    left = re.sub(r"^\s*(?:linh|le)\s+", "", rest).strip()
    return _UNITS[hundreds] * 100 + ((in_words(left) or 0) if left else 0)


def count(text: str) -> int | None:
    """Read a small whole number in digits or folded words: “02”, “hai”."""
    return int(text) if re.fullmatch(r"\d{1,3}", text) else in_words(text)
