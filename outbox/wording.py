"""Words as our letters write them: times, salutations, and a stranger's words made harmless."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from dossier import Call, Unit, UnitKind

LONGEST_NAME = 120
LONGEST_SENTENCE = 600

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SALUTATIONS = {
    UnitKind.DEPARTMENT: "Quý cơ quan",
    UnitKind.ENTERPRISE: "Quý Công ty",
    UnitKind.PERSON: "Ông/Bà",
}
_SCHEME = re.compile(r"\b(\w[\w+.-]*)://", re.ASCII)
_DOTTED = re.compile(
    r"(?<=[^\W_])\.(?=(?:[a-z0-9-]+\.)*"
    r"(?:com|net|org|info|biz|edu|gov|vn|io|co|me|ru|cn|top|xyz|site|online|app|link|ly|gl|dev"
    r"|shop|click)(?![^\W_.-]))"
    r"|(?<=\bwww)\.",
    re.IGNORECASE,
)
_COMMANDS = re.compile(r"\b(mailto|javascript|data|tel|file):(?=\S)", re.IGNORECASE)
_BREAKS = frozenset({"Cc", "Zl", "Zp"})
_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})


def one_line(text: str, longest: int = LONGEST_SENTENCE) -> str:
    """Put a stranger's words on one line, without control, direction or invisible characters.

    Composed to NFC; longer than `longest` characters it loses its middle, so that the ending of
    a file's name stays.
    """
    text = unicodedata.normalize("NFC", text)
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    seen = (" " if kind in _BREAKS else letter for letter, kind in kinds if kind not in _UNSEEN)
    line = " ".join("".join(seen).split())
    if len(line) <= longest:
        return line
    tail = min(longest // 4, 30)
    return f"{line[: longest - tail - 1].rstrip()}…{line[-tail:].lstrip()}"


def unlinked(text: str) -> str:
    """Break what a mail program would turn into a link; a person can still read it."""
    text = _SCHEME.sub(r"\1[:]//", text)
    text = _COMMANDS.sub(r"\1[:]", text)
    return _DOTTED.sub("[.]", text)


def quoted(text: str, longest: int = LONGEST_SENTENCE) -> str:
    """A stranger's words, ready to stand in a letter: one line, no link."""
    return unlinked(one_line(text, longest))


def salutation(unit: Unit, call: Call | None = None) -> str:
    """How a letter addresses the unit (domain.md §9), as its call does where it says so."""
    own = call.unit_kinds.get(unit.kind) if call else None
    return own or _SALUTATIONS.get(unit.kind, "Quý đơn vị")


def weekday(day: date) -> str:
    """“thứ Bảy”."""
    return _WEEKDAYS[day.weekday()]


def day_in_words(day: date) -> str:
    """“23/3/2024”, as the call letter writes its dates."""
    return f"{day.day}/{day.month}/{day.year}"


def local(moment: datetime, call: Call) -> datetime:
    """The moment on the office's clock: the zone the call's deadline is written in."""
    return moment.astimezone(call.closes_at.tzinfo)


def moment_in_words(moment: datetime, call: Call) -> str:
    """“09 giờ 12 phút ngày 20/3/2024” on the office's clock."""
    here = local(moment, call)
    return f"{here:%H} giờ {here:%M} phút ngày {day_in_words(here)}"


def deadline_in_words(call: Call) -> str:
    """When the call closes, with weekdays; the instant named is the first that is too late."""
    closes = call.closes_at
    said = f"trước {closes:%H:%M} ngày {day_in_words(closes)} ({weekday(closes)})"
    if (closes.hour, closes.minute) != (0, 0):
        return said
    last = closes - timedelta(days=1)
    return f"{said}, tức là chậm nhất hết ngày {day_in_words(last)} ({weekday(last)})"


def counted(number: int) -> str:
    """“02”: offices write small numbers with a leading zero."""
    return f"{number:02d}"
