"""How every invited unit stands: what came of it, from the dossiers and the mails of the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossier import Call, Triage, Unit
from dossier.vietnamese import key
from ledger import register
from ledger.models import Dossier, Incoming
from rules import State


class Standing(StrEnum):
    """What a unit has answered so far."""

    SILENT = "silent"  # nothing came
    COMPLETE = "complete"
    GAPS = "gaps"  # it was, or is about to be, asked for something
    NIL_RETURN = "nil_return"
    WAITING = "waiting"  # something came; an officer or the machine is still at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One unit of the register with what came of it."""

    unit: Unit
    standing: Standing
    dossiers: tuple[Dossier, ...] = ()
    """The unit's dossiers of the call, oldest first."""
    mails: tuple[Incoming, ...] = ()
    """Mails from its addresses that belong to no dossier: questions, other mail."""

    @property
    def answered(self) -> bool:
        """Tell whether anything came of it."""
        return self.standing is not Standing.SILENT


_OF_STATE: Mapping[str, Standing] = {
    State.COMPLETE.value: Standing.COMPLETE,
    State.GAPS.value: Standing.GAPS,
    State.RESEND.value: Standing.GAPS,
    State.NIL_RETURN.value: Standing.NIL_RETURN,
}
_WEIGHT = (Standing.WAITING, Standing.GAPS, Standing.COMPLETE, Standing.NIL_RETURN)
"""A unit of several dossiers stands where it needs the most looking after."""


def standings(call: Call) -> tuple[Listed, ...]:
    """Every unit of the register, in its order. `call` is as its file has it."""
    units = register.units_of(call)
    dossiers = _by_unit(units, Dossier.objects.filter(call_id=call.id, moved_into=None))
    mails = _loose_mails(units)
    return tuple(
        Listed(
            unit=unit,
            standing=_standing(dossiers[unit.register_id], mails[unit.register_id]),
            dossiers=tuple(dossiers[unit.register_id]),
            mails=tuple(mails[unit.register_id]),
        )
        for unit in units
    )


def uninvited(call: Call) -> tuple[Dossier, ...]:
    """Dossiers of nobody in the register: strangers, and units that could not be told."""
    units = register.units_of(call)
    rows = tuple(Dossier.objects.filter(call_id=call.id, moved_into=None))
    known = {one.pk for found in _by_unit(units, rows).values() for one in found}
    return tuple(one for one in rows if one.pk not in known)


def _by_unit(units: Sequence[Unit], rows: Iterable[Dossier]) -> defaultdict[str, list[Dossier]]:
    """By the id they were judged under, else by the name and its variants as written."""
    ids = {unit.register_id for unit in units}
    names = {key(name): unit.register_id for unit in units for name in (unit.name, *unit.aliases)}
    found: defaultdict[str, list[Dossier]] = defaultdict(list)
    for row in rows:
        unit = row.register_id if row.register_id in ids else names.get(key(row.unit_name), "")
        if unit:
            found[unit].append(row)
    return found


def _loose_mails(units: Sequence[Unit]) -> defaultdict[str, list[Incoming]]:
    """Mails from a unit's addresses in no dossier; what a machine wrote answers nothing."""
    whose = {one.lower(): unit.register_id for unit in units for one in unit.addresses}
    found: defaultdict[str, list[Incoming]] = defaultdict(list)
    if not whose:
        return found
    rows = Incoming.objects.filter(dossier=None, copy_of=None, duplicate_of=None)
    for row in rows.exclude(triage=Triage.AUTOMATIC.value).defer("reading"):
        if unit := whose.get(row.sender.lower()):
            found[unit].append(row)
    return found


def _standing(dossiers: Sequence[Dossier], mails: Sequence[Incoming]) -> Standing:
    if not dossiers:
        open_mail = any(not one.triage or one.triage == Triage.QUERY for one in mails)
        return Standing.WAITING if open_mail else Standing.SILENT
    found = {_OF_STATE.get(one.state, Standing.WAITING) for one in dossiers}
    return next(one for one in _WEIGHT if one in found)
