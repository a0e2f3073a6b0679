"""Reminders of the deadline (T9): who has not answered, when the call says so, never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from dossier import Address, Call, Mode, Unit
from ledger import filing, intake, letters, notices, standings, troubles, verdicts
from ledger.models import Dossier, LetterState, Outgoing
from ledger.standings import Listed, Standing
from outbox.mime import UnsendableError
from outbox.notices import Notice, remind, reminder_day
from outbox.render import render
from outbox.wording import local
from rules import Verdict
from service import judging
from service.caps import caps
from service.reminded import code_for
from service.wiring import Wired
from service.writing import draft_of

ANSWERED = "Đơn vị đã có phản hồi; không cần nhắc nữa."
OVER = "Đã hết thời hạn nhận hồ sơ; không nhắc nữa."
_UNKNOWN_UNITS = "Có hồ sơ chưa rõ đơn vị; có thể là của đơn vị được nhắc."
_UNREAD = "Có thư đến máy chưa đọc được; có thể là của đơn vị được nhắc."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One time of reminding: so many working days before the deadline."""

    call: Call
    days: int
    mode: Mode

    def occasion(self, whose: str) -> str:
        """What a reminder is for; a deadline that moves makes a new one."""
        return f"reminder:{whose}:{self.call.closes_at:%Y%m%dT%H%M%z}:{self.days}"

    @property
    def number(self) -> int:
        """Sealed into the Message-ID, nine digits at most."""
        return int(f"{self.call.closes_at:%y%m%d}{self.days % 1000:03}")


def remind_units(office: Wired) -> int:
    """Write the reminders that are due now; safe to call as often as one likes, by anybody."""
    return sum(_remind(call, office) for call in office.calls.values())


def due_round(call: Call, now: datetime) -> int | None:
    """How many working days before the deadline units are reminded now; None when not now.

    Only in working hours; a reminder missed while the service was down goes later, as long as the
    next one is not due.
    """
    here = local(now, call)
    hours = call.reminders
    if now >= call.closes_at or not call.calendar.is_working(here.date()):
        return None
    if not time(hours.first_hour) <= here.time() < time(hours.last_hour):
        return None
    begun = [
        days for days in set(hours.working_days_before) if reminder_day(call, days) <= here.date()
    ]
    return min(begun, default=None)


def needless(letter: Outgoing, call: Call, now: datetime) -> str:
    """Why a reminder that is about to go has nothing left to say; empty when it has."""
    if now >= call.closes_at:
        return OVER
    if letter.dossier is not None:
        return "" if _asked_of(letter.dossier) else ANSWERED
    silent = {one.unit.register_id for one in standings.standings(call) if not one.answered}
    return "" if letter.register_id in silent else ANSWERED


def _remind(call: Call, office: Wired) -> int:
    now = office.clock.now()
    for letter in notices.reminders_held(call.id):
        if because := needless(letter, call, now):
            notices.withdraw(letter, because)
    days = due_round(call, now)
    if days is None or _may_not_know(now):
        return 0
    this = _Round(call=call, days=days, mode=office.mode(call))
    doubts = tuple(_doubts(call))
    made = 0
    for one in standings.standings(call):
        if not _may_more_go(office, this, now):
            break
        made += _remind_unit(one, this, office, doubts)
    return made


def _may_not_know(now: datetime) -> bool:
    """Whether an answer may lie in a mailbox we cannot open, or in a mail not read yet."""
    deaf = any(trouble.what == "mailbox" for trouble in troubles.lasting())
    return deaf or intake.unread_before(now)


def _doubts(call: Call) -> Iterator[str]:
    """Why reminders wait for an officer whatever the mode: somebody's answer may be theirs."""
    if any(not one.unit_name for one in standings.uninvited(call)):
        yield _UNKNOWN_UNITS
    if intake.unread_from([]):
        yield _UNREAD


def _may_more_go(office: Wired, this: _Round, now: datetime) -> bool:
    """Reminders leave half of what may go by itself to the answers units wait for."""
    if this.mode is not Mode.AUTOMATIC:
        return True
    recent = letters.made_since(now - letters.TEN_MINUTES)
    return recent < max(office.settings.caps.all_ten_minutes // 2, 1)


def _remind_unit(one: Listed, this: _Round, office: Wired, doubts: tuple[str, ...]) -> int:
    if one.standing is Standing.SILENT:
        return _remind_silent(one.unit, this, office, doubts)
    if one.standing is Standing.GAPS and this.call.reminders.open_gaps:
        return sum(_remind_of_gaps(row, one.unit, this, office) for row in one.dossiers)
    return 0


def _remind_silent(unit: Unit, this: _Round, office: Wired, doubts: tuple[str, ...]) -> int:
    """To the first of its addresses; a unit without one is on the desk's list for the telephone."""
    occasion = this.occasion(f"{this.call.id}:{unit.register_id}")
    if not unit.addresses or notices.written(occasion):
        return 0
    notice = remind(
        unit,
        this.call,
        to=Address(unit.addresses[0], unit.name),
        written_at=office.clock.now(),
        held_because=(*judging.HELD_BY_MODE[this.mode], *doubts),
    )
    return _write(notice, code_for(this.call, unit), occasion, this, office, unit=unit)


def _remind_of_gaps(row: Dossier, unit: Unit, this: _Round, office: Wired) -> int:
    """Of a dossier whose unit was told what it lacks, and sent nothing since."""
    occasion = this.occasion(row.code)
    if notices.written(occasion):
        return 0
    told = _asked_of(row)
    newest = filing.counting(row).last()
    if told is None or newest is None or any(mail.hard for mail in filing.counting(row)):
        return 0
    envelope = filing.reading_of(newest).envelope
    notice = remind(
        unit,
        this.call,
        to=envelope.answer_to,
        written_at=office.clock.now(),
        dossier=row.code,
        gaps=[one.finding.says for one in told.gaps],
        answering=envelope,
        held_because=(*judging.HELD_BY_MODE[this.mode], *newest.soft),
    )
    return _write(notice, row.code, occasion, this, office, unit=unit, dossier=row)


def _asked_of(row: Dossier) -> Verdict | None:
    """What a unit was told that it lacks, when that stands and nothing is under way."""
    newest, told = row.newest, verdicts.last_told(row)
    if row.stage or row.set_aside or row.doubts or newest is None or told is None:
        return None
    if not told.letters.filter(state=LetterState.SENT).exists():
        return None
    said, now = verdicts.told(told), verdicts.told(newest)
    return now if now.gaps and judging.says_the_same(said, now) else None


def _write(  # noqa: PLR0913 -- each is one fact of the row, and every one is named
    notice: Notice,
    code: str,
    occasion: str,
    this: _Round,
    office: Wired,
    *,
    unit: Unit,
    dossier: Dossier | None = None,
) -> int:
    now = office.clock.now()
    reply = render(notice, this.call, office.letters)
    try:
        draft = draft_of(reply, office, this.call, now, code=code, number=this.number)
    except UnsendableError as error:
        troubles.begin("letter", unit.name[:255], f"Không viết được thư nhắc: {error}.", now)
        return 0
    capped = caps(office.settings.caps, now)
    if this.mode is Mode.AUTOMATIC and capped(draft.to, dossier.pk if dossier else 0):
        return 0
    made = notices.record(
        draft,
        occasion,
        now,
        caps=capped,
        call_id=this.call.id,
        register_id=unit.register_id,
        dossier=dossier,
    )
    return int(made is not None)
