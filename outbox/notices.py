"""Letters that tell no verdict: the reminder (T9), and the word that a mail went astray (T10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dossier import Address, Call, Envelope, ReplyKind, Unit
from outbox.wording import (
    LONGEST_NAME,
    day_in_words,
    local,
    moment_in_words,
    one_line,
    quoted,
    salutation,
    weekday,
)

_AS_LONG_AS_A_YEAR = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Everything the template of such a letter needs, in words."""

    kind: ReplyKind
    dossier: str
    """The dossier's code; empty when the unit has none."""
    to: Address
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    unit: str
    you: str
    written_at: str = ""
    send_on: str = ""
    """The last working day that is in time: “ngày 22/3/2024 (thứ Sáu)”."""
    gaps: tuple[str, ...] = ()
    """What the unit was asked for and has not sent."""
    send_to: str = ""
    """Where a mail that went astray should go, in the officer's words."""
    held_because: tuple[str, ...] = ()


def remind(  # noqa: PLR0913 -- each is one fact of the letter, and every one is named
    unit: Unit,
    call: Call,
    *,
    to: Address,
    written_at: datetime,
    dossier: str = "",
    gaps: Sequence[str] = (),
    answering: Envelope | None = None,
    held_because: tuple[str, ...] = (),
) -> Notice:
    """T9: nothing came of the unit, or what it was asked for did not."""
    return Notice(
        kind=ReplyKind.REMINDER,
        dossier=dossier,
        to=to,
        in_reply_to=answering.message_id if answering else "",
        references=_thread(answering),
        unit=quoted(unit.name, LONGEST_NAME),
        you=salutation(unit, call),
        written_at=moment_in_words(written_at, call),
        send_on=_day(last_working_day(call)),
        gaps=tuple(quoted(one).rstrip(".") for one in gaps),
        held_because=held_because,
    )


def astray(  # noqa: PLR0913 -- each is one fact of the letter, and every one is named
    unit: Unit,
    *,
    to: Address,
    answering: Envelope,
    send_to: str,
    dossier: str = "",
    held_because: tuple[str, ...] = (),
) -> Notice:
    """T10: the mail is not for this mailbox. Only an officer has it written."""
    return Notice(
        kind=ReplyKind.ASTRAY,
        dossier=dossier,
        to=to,
        in_reply_to=answering.message_id,
        references=_thread(answering),
        unit=quoted(unit.name, LONGEST_NAME),
        you=salutation(unit),
        send_to=one_line(send_to).rstrip("."),
        held_because=held_because,
    )


def last_working_day(call: Call) -> date:
    """The last day the office works on which a dossier still is in time."""
    last = local(call.closes_at - timedelta(microseconds=1), call).date()
    return _working_back(call, last)


def reminder_day(call: Call, working_days_before: int) -> date:
    """So many working days before the last one that is in time."""
    day = last_working_day(call)
    for _ in range(working_days_before):
        day = _working_back(call, day - timedelta(days=1))
    return day


def _working_back(call: Call, day: date) -> date:
    """The day itself, or the nearest one before it on which the office works."""
    days = (day - timedelta(days=back) for back in range(_AS_LONG_AS_A_YEAR))
    return next(filter(call.calendar.is_working, days), day)


def _day(day: date) -> str:
    return f"ngày {day_in_words(day)} ({weekday(day)})"


def _thread(answering: Envelope | None) -> tuple[str, ...]:
    return (answering.message_id,) if answering and answering.message_id else ()
