"""The register of invited units: what the call's file names, until the office edits it here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dossier import Call, Unit, UnitKind
from ledger import pen
from ledger.acts import RefusedError
from ledger.models import Act, CallState, RegisteredUnit


def version(call_id: str) -> int:
    """How often the register was changed; 0 while the call's file names the units."""
    found = CallState.objects.filter(call_id=call_id).values_list("register_version", flat=True)
    return found.first() or 0


def units_of(call: Call) -> tuple[Unit, ...]:
    """The invited units of a call as they stand now. `call` is as its file has it."""
    if not version(call.id):
        return call.units
    return tuple(_unit(row) for row in RegisteredUnit.objects.filter(call_id=call.id))


def with_units(call: Call) -> Call:
    """The call with the register as it stands in place of the units of its file."""
    return replace(call, units=units_of(call))


def put(  # noqa: PLR0913 -- the act is who, when and why of these units
    call: Call,
    units: Sequence[Unit],
    who: str,
    now: datetime,
    *,
    seen: int,
    reason: str = "",
) -> None:
    """Put these units in place of the register, all or none.

    Raises `RefusedError` when the register is no longer the one that was seen (its version).
    """
    with transaction.atomic():
        _write(call, units, seen)
        Act.objects.create(who=who, verb="import_units", what=call.id, reason=reason, at=now)


def add_address(  # noqa: PLR0913 -- who, when and why of one address of one unit
    call: Call, register_id: str, address: str, who: str, now: datetime, *, reason: str = ""
) -> Unit:
    """Add a mail address to a unit. Raises `RefusedError` when it is some unit's already."""
    with transaction.atomic():
        pen.hold(f"register:{call.id}")
        units = units_of(call)
        for unit in units:
            if address.lower() in (one.lower() for one in unit.addresses):
                message = f"{address} đã là địa chỉ của {unit.name}."
                raise RefusedError(message)
        chosen = next((unit for unit in units if unit.register_id == register_id), None)
        if chosen is None:
            message = "Đơn vị này không còn trong danh sách."
            raise RefusedError(message)
        changed = replace(chosen, addresses=(*chosen.addresses, address))
        after = [changed if unit is chosen else unit for unit in units]
        _write(call, after, version(call.id))
        words = f"{chosen.name}: {address}" + (f" — {reason}" if reason else "")
        Act.objects.create(who=who, verb="add_address", what=call.id, reason=words, at=now)
    return changed


def _write(call: Call, units: Sequence[Unit], seen: int) -> None:
    pen.hold(f"register:{call.id}")
    state, _made = CallState.objects.select_for_update().get_or_create(call_id=call.id)
    if state.register_version != seen:
        message = "Danh sách đơn vị vừa được người khác sửa; tải bản mới rồi làm lại."
        raise RefusedError(message)
    RegisteredUnit.objects.filter(call_id=call.id).delete()
    RegisteredUnit.objects.bulk_create(
        RegisteredUnit(
            call_id=call.id,
            register_id=unit.register_id,
            position=position,
            name=unit.name,
            kind=unit.kind.value,
            aliases=list(unit.aliases),
            addresses=list(unit.addresses),
            phone=unit.phone,
            group=unit.group,
        )
        for position, unit in enumerate(units)
    )
    state.register_version = seen + 1
    state.save(update_fields=["register_version"])


def _unit(row: RegisteredUnit) -> Unit:
    return Unit(
        register_id=row.register_id,
        name=row.name,
        kind=UnitKind(row.kind),
        aliases=tuple(row.aliases),
        addresses=tuple(row.addresses),
        phone=row.phone,
        group=row.group,
    )
