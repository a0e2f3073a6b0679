"""What a spreadsheet's number, date or truth looks like to a Vietnamese reader, unambiguously.

Numbers: no grouping, “,” before decimals, never rounded to what a narrow format shows; the words,
per cent signs and leading zeros of the cell's format are kept (“24 tháng”, “15%”, “05”). A format
that scales by thousands scales here too. Dates: “dd/mm/yyyy”, or as short as the format has them.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_DECIMALS = 6
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.|'
    r"(?P<digits>[#0?](?:[#0?.,]*[#0?.,])?)|(?P<percent>%)|."
)
_NO_WORDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown(value: object, form: str) -> str:
    """A cell's value as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, form)
    if isinstance(value, datetime):
        return _moment(value, form)
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, (date, time)):
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else f"{value:%H:%M}"
    text = "" if value is None else str(value)
    return text.upper() if isinstance(value, bool) else text


def _moment(value: datetime, form: str) -> str:
    letters = _NO_WORDS.sub("", form.partition(";")[0]).lower()
    if "y" in letters and "d" not in letters and "h" not in letters:
        return f"{value:%m/%Y}" if "m" in letters else f"{value:%Y}"
    day = f"{value:%d/%m/%Y}"
    if "h" not in letters or (value.hour, value.minute) == (0, 0):
        return day
    return f"{day} {value:%H:%M}" if "d" in letters or "y" in letters else f"{value:%H:%M}"


def _number(value: float, form: str) -> str:
    section = _section(value, form or "General")
    before: list[str] = []
    after: list[str] = []
    digits = ""
    for token in _TOKEN.finditer(section):
        if token["digits"] and not digits:
            digits = token["digits"]
        words = token["quoted"] or token["escaped"] or token["currency"] or ""
        if token["percent"]:
            value, words = value * 100, "%"
        (after if digits else before).append(words)
    if not digits:
        return plain(value)
    value /= 1000 ** (len(digits) - len(digits.rstrip(",")))
    text = plain(value)
    if set(digits) == {"0"}:
        text = text.zfill(len(digits))
    return f"{''.join(before)}{text}{''.join(after)}".strip()


def _section(value: float, form: str) -> str:
    """The part of a format meant for positive, negative or zero."""
    sections = [match[1] for match in _SECTION.finditer(form)]
    which = 1 if value < 0 else 2 if value == 0 else 0
    return sections[which] if which < len(sections) and sections[which] else sections[0]


def plain(value: float) -> str:
    """A bare number: “1500”, “1960,5”."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return str(value)
    text = f"{round(exact, _DECIMALS):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
