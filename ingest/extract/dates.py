"""The date a paper bears: “Mỹ Lộc, ngày 21 tháng 3 năm 2024”, “ngày 21/3/2024”."""

import re
from datetime import date

from ingest.extract.folded import folded

_IN_WORDS = re.compile(r"\bngay\s*(\d{1,2})\s*,?\s*thang\s*(\d{1,2})\s*,?\s*nam\s*(20\d\d)")
_IN_DIGITS = re.compile(r"\bngay\s*:?\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)")
PLACE_AND_DATE = re.compile(
    r"^[^a-z]*(?:[a-z][a-z .'-]{0,40},)?\s*ngay[\s\d.…_]*thang[\s\d.…_]*nam[\s\d.…_]*$"
)
"""A line that is nothing but a place and a date, filled in or left blank; for folded text."""


def issued(text: str) -> date | None:
    """The first full date in a text; None when the day or the month is left blank."""
    words = folded(text).text
    for pattern in (_IN_WORDS, _IN_DIGITS):
        for match in pattern.finditer(words):
            try:
                return date(int(match[3]), int(match[2]), int(match[1]))
            except ValueError:
                continue
    return None
