"""Whom an answer to a reminder is from: the seal in our Message-ID names the unit."""

from collections.abc import Iterable
from dataclasses import replace

from dossier import Call, Envelope, Reading, ReplyKind, Unit
from outbox.token import read_token

_BETWEEN = "__"
"""Stands between call and unit; an id of the register never holds it."""


def code_for(call: Call, unit: Unit) -> str:
    """What stands in the Message-ID of a letter to a unit that has no dossier."""
    return f"{call.id}{_BETWEEN}{unit.register_id}"


def reminded_unit(envelope: Envelope, call: Call, key: bytes) -> Unit | None:
    """The unit whose reminder a mail answers; None when it answers none of ours."""
    for found in (*envelope.in_reply_to, *reversed(envelope.references)):
        token = read_token(found, key)
        if token is None or token.kind is not ReplyKind.REMINDER:
            continue
        call_id, between, register_id = token.code.rpartition(_BETWEEN)
        if between and call_id == call.id:
            return next((one for one in call.units if one.register_id == register_id), None)
    return None


def knowing_who_answers(call: Call, readings: Iterable[Reading], key: bytes) -> Call:
    """The call, in which who answered a unit's reminder is known to write for that unit.

    Only for the judgement at hand: the register is the office's to change. An address that is
    some unit's already stays that unit's.
    """
    taken = {address.lower() for unit in call.units for address in unit.addresses}
    extra: dict[str, list[str]] = {}
    for reading in readings:
        sender = reading.envelope.sender.address.lower()
        unit = reminded_unit(reading.envelope, call, key)
        if unit is not None and sender and sender not in taken:
            extra.setdefault(unit.register_id, []).append(sender)
            taken.add(sender)
    if not extra:
        return call
    units = (
        replace(unit, addresses=(*unit.addresses, *extra.get(unit.register_id, ())))
        for unit in call.units
    )
    return replace(call, units=tuple(units))
