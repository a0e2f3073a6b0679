"""The register of units at the desk: its call, its workbook in and out."""

from dataclasses import dataclass
from datetime import datetime

from config import register as workbook
from config import settings
from config.office_calls import office_call
from config.register import Refused, RegisterError
from desk.verbs import RefusedError
from dossier import Call, Unit
from ledger import register

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What an uploaded workbook did to the register, or why it did nothing."""

    added: int = 0
    changed: int = 0
    dropped: int = 0
    refused: tuple[Refused, ...] = ()


def call_asked(call_id: str = "") -> Call:
    """The open call of this id, else the first; as its file has it. Raises `RefusedError`."""
    open_calls = settings.load().calls
    if call_id and call_id not in open_calls:
        message = f"Đợt “{call_id}” không mở; đang mở: {', '.join(open_calls)}."
        raise RefusedError(message)
    return office_call(call_id or open_calls[0])


def export(call: Call) -> bytes:
    """The register as a workbook."""
    return workbook.write_units(register.units_of(call), call)


def put_workbook(
    raw: bytes, call: Call, who: str, now: datetime, *, drop_missing: bool = False
) -> Put:
    """Lay a workbook over the register, whole or not at all: rows that are refused are named.

    Raises `RefusedError` when the file is no register, or somebody edited it meanwhile.
    """
    seen = register.version(call.id)
    known = register.units_of(call)
    try:
        read = workbook.read_units(raw, call, known, drop_missing=drop_missing)
    except RegisterError as error:
        message = f"Không nhập được: {error}."
        raise RefusedError(message) from error
    if read.refused:
        return Put(refused=read.refused)
    if read.units != known:
        words = f"thêm {read.added}, sửa {read.changed}, bỏ {read.dropped} đơn vị"
        register.put(call, read.units, who, now, seen=seen, reason=words)
    return Put(added=read.added, changed=read.changed, dropped=read.dropped)


def add_address(call: Call, register_id: str, address: str, who: str, now: datetime) -> Unit:
    """Add a mail address to a unit. Raises `RefusedError` or `acts.RefusedError`."""
    try:
        checked = workbook.checked_address(address, call)
    except RegisterError as error:
        message = f"Không thêm được: {error}."
        raise RefusedError(message) from error
    return register.add_address(call, register_id, checked, who, now)
