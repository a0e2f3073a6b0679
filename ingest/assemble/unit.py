"""Who proposes, and whose dossiers besides lie in the mails."""

from collections.abc import Sequence

from dossier import Call, CoverLetter, ProposalForm, Reading, SummaryTable, Unit, UnitKind
from ingest.assemble.file_names import folder
from ingest.unitnames import (
    find_unit,
    is_tail_of,
    readable,
    reads_as_unit,
    same_unit,
    unit_key,
    unit_kind,
    unit_of_address,
    units_in_text,
)

_AUTHORITIES = (UnitKind.COMMUNE, UnitKind.DEPARTMENT, UnitKind.MASS_ORGANISATION)


def proposing_unit(
    readings: Sequence[Reading],
    covers: Sequence[CoverLetter],
    forms: Sequence[tuple[ProposalForm, ...]],
    call: Call,
) -> Unit:
    """Who proposes: cover letter, form, registered address, the sender's own words, in order.

    The sender's own words are those of the mail, of the address's name, of the subject.
    """
    issuers = [readable(cover.issuer) for cover in covers if cover.issuer]
    issuers = _authority_first(issuers, readings, call)
    proposers = [readable(form.proposer) for group in forms for form in group[:1] if form.proposer]
    proposers.sort(key=lambda name: -proposers.count(name))
    addresses = tuple(
        dict.fromkeys(
            reading.envelope.sender.address.lower()
            for reading in readings
            if reading.envelope.sender.address
        )
    )
    registered = next(
        (unit for address in addresses if (unit := unit_of_address(address, call.units))), None
    )
    shown = [
        reading.envelope.sender.name
        for reading in readings
        if reads_as_unit(reading.envelope.sender.name)
    ]
    said = [
        name for reading in readings for name in units_in_text(reading.envelope.body, call.office)
    ]
    names = (
        *issuers,
        *(name for name in proposers if reads_as_unit(name)),
        *((registered.name,) if registered else ()),
        *said,
        *shown,
        *_in_subjects(readings, call),
        *proposers,
    )
    if not names:
        return Unit(name="", addresses=addresses)
    name = _fullest(readable(names[0], names), names)
    known = find_unit(name, call.units)
    kind = unit_kind(name)
    if known is None:
        return Unit(name=name, kind=kind, addresses=addresses)
    return Unit(
        name=known.name if same_unit(known.name, name) else name,
        kind=known.kind if known.kind is not UnitKind.UNKNOWN else kind,
        aliases=(known.name, *known.aliases),
        addresses=tuple(dict.fromkeys((*known.addresses, *addresses))),
        register_id=known.register_id,
    )


def _in_subjects(readings: Sequence[Reading], call: Call) -> tuple[str, ...]:
    """The one invited unit that a subject line names: “Hồ sơ đề xuất xã Mỹ Thắng”."""
    for reading in readings:
        subject = f" {unit_key(reading.envelope.subject)} "
        named = {
            unit.name
            for unit in call.units
            for spelling in (unit.name, *unit.aliases)
            if f" {unit_key(spelling)} " in subject
        }
        if len(named) == 1:
            return tuple(named)
    return ()


def _fullest(name: str, spellings: Sequence[str]) -> str:
    """The spelling that also says where the office belongs: “Phòng Tư pháp huyện Mỹ Lộc”.

    A firm's name is taken as its letter writes it, unless only its end was read there.
    """
    if broken := [other for other in spellings if is_tail_of(name, other)]:
        return readable(max(broken, key=len))
    if unit_kind(name) not in _AUTHORITIES:
        return name
    fuller = [
        readable(other)
        for other in spellings
        if same_unit(name, other) and len(unit_key(other)) > len(unit_key(name))
    ]
    return max(fuller, key=len, default=name)


def _authority_first(issuers: Sequence[str], readings: Sequence[Reading], call: Call) -> list[str]:
    """With several issuers, the authority that forwards its enterprises' papers is the unit."""
    if len(set(issuers)) < 2:  # noqa: PLR2004 -- one issuer leaves nothing to choose
        return list(issuers)
    sender = readings[0].envelope.sender
    registered = unit_of_address(sender.address, call.units)
    own = registered.name if registered else sender.name

    def rank(name: str) -> tuple[bool, bool]:
        return (not same_unit(name, own), unit_kind(name) not in _AUTHORITIES)

    return sorted(issuers, key=rank)


def other_units(readings: Sequence[Reading], unit: Unit, call: Call) -> tuple[str, ...]:
    """Other units whose own dossiers lie in the mails (S12).

    An authority that forwards letters of its enterprises under its own cover letter keeps one
    dossier (edge case 5): an enterprise's letter counts only when a table of its own lies with it.
    """
    found: list[str] = []
    for reading in readings:
        folders = {
            folder(paper.at.file)
            for paper in reading.papers
            if isinstance(paper, SummaryTable | ProposalForm)
        } - {""}
        for paper in reading.papers:
            if not isinstance(paper, CoverLetter) or not paper.issuer:
                continue
            name = readable(paper.issuer)
            forwarded = unit.kind in _AUTHORITIES and unit_kind(name) not in _AUTHORITIES
            is_own = same_unit(name, unit.name) or is_tail_of(name, unit.name)
            is_own = is_own or _is_unit(name, unit, call)
            if not is_own and (not forwarded or folder(paper.at.file) in folders):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _is_unit(name: str, unit: Unit, call: Call) -> bool:
    known = find_unit(name, call.units)
    return known is not None and known.name == unit.name
