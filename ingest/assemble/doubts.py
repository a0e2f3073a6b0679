"""What contradicts itself or lacks a part: sentences for the officer, in Vietnamese."""

from collections.abc import Iterator, Sequence

from dossier import Call, CommitmentLetter, CoverLetter, Reading, Task, Unit, UnitKind
from dossier.vietnamese import fold
from ingest.unitnames import same_unit, unit_kind, unit_of_address


def unclear_letters(
    covers: Sequence[CoverLetter],
    letters: Sequence[CommitmentLetter],
    tasks: Sequence[Task],
    unit: Unit,
    call: Call,
) -> Iterator[str]:
    """Letters read as cover letters that may be a firm's commitment: nobody is told they lack it.

    Its file says so, or another firm than the unit wrote it beside a pilot model.
    """
    committed = {letter.at.file for letter in letters}
    needed = any(call.needs_commitment(task.kind) for task in tasks)
    for cover in covers:
        named = "cam ket" in fold(cover.at.file.rpartition("/")[2].replace("_", " "))
        foreign = (
            needed
            and unit_kind(cover.issuer) in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE)
            and not same_unit(cover.issuer, unit.name)
        )
        if cover.at.file not in committed and (named or foreign):
            yield (
                f"Chưa rõ văn bản trong tệp “{cover.at.file}” là công văn hay văn bản cam kết của "
                "doanh nghiệp; cán bộ đọc và xác định."
            )


def contradictions(readings: Sequence[Reading], tasks: Sequence[Task]) -> Iterator[str]:
    """A unit that proposes and says that it does not: a person asks."""
    if not tasks:
        return
    for paper in readings[-1].papers if readings[1:] else ():
        if isinstance(paper, CoverLetter) and paper.says_nothing_to_propose:
            yield "Đơn vị đã gửi đề xuất, thư sau báo không có đề xuất."


def parts_missing(announced: int, received: int) -> tuple[str, ...]:
    """Mails announced that have not come."""
    if received >= announced:
        return ()
    return (f"Đơn vị báo gửi {announced} thư, mới nhận {received} thư.",)


def sender_doubts(readings: Sequence[Reading], unit: Unit, call: Call) -> Iterator[str]:
    """A registered sender who writes for another registered unit (edge case 23)."""
    for reading in readings:
        registered = unit_of_address(reading.envelope.sender.address, call.units)
        if registered and unit.register_id and registered.register_id != unit.register_id:
            yield (
                f"Thư gửi từ địa chỉ của {registered.name}, hồ sơ là của {unit.name}; "
                "cán bộ xác nhận."
            )
