"""The register of units as a workbook: what the office edits in Excel, and its way back.

A row that cannot be used is named with its number and reason, and then nothing of the file counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from types import MappingProxyType
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dossier import Call, Unit, UnitKind
from dossier.vietnamese import fold, key, tidy

MOST_ROWS = 5000
LARGEST = 8 << 20
"""Bytes of a workbook."""
_LARGEST_OPENED = 64 << 20
LONGEST_ID = 30
"""An id stands in the Message-ID of a reminder, beside the call's."""
_LONGEST = 500
_LONGEST_GROUP = 200
_LONGEST_PHONE = 100
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z]{2,63}"
)
_PHONE = re.compile(r"[0-9+().,;/\s-]*(?:(?:máy lẻ|ext)[0-9 .]*)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;\n]+")
_TAB = "Đơn vị"
KINDS: Mapping[UnitKind, str] = MappingProxyType(
    {
        UnitKind.COMMUNE: "UBND xã, thị trấn",
        UnitKind.DEPARTMENT: "Cơ quan, ban, ngành",
        UnitKind.MASS_ORGANISATION: "Đoàn thể",
        UnitKind.ENTERPRISE: "Doanh nghiệp",
        UnitKind.COOPERATIVE: "Hợp tác xã, hộ kinh doanh",
        UnitKind.PERSON: "Cá nhân",
        UnitKind.UNKNOWN: "Chưa rõ",
    }
)
"""Kinds of units as the workbook and the desk name them."""


class RegisterError(ValueError):
    """The file is no register at all; the Vietnamese message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that cannot be used."""

    row: int
    """As the spreadsheet numbers it."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a workbook would make of the register; it counts only when no row is refused."""

    units: tuple[Unit, ...]
    """The whole register afterwards."""
    added: int = 0
    changed: int = 0
    dropped: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    name: str
    width: int
    also: tuple[str, ...] = ()


_HEADINGS = MappingProxyType(
    {
        "register_id": _Heading(name="Mã đơn vị", width=20, also=("ma", "id")),
        "name": _Heading(name="Tên đơn vị", width=46, also=("ten", "don vi")),
        "aliases": _Heading(name="Tên gọi khác", width=46, also=("ten khac", "ten viet tat")),
        "kind": _Heading(name="Loại", width=26, also=("loai don vi", "loai hinh")),
        "group": _Heading(name="Nhóm", width=22, also=("khoi",)),
        "addresses": _Heading(name="Thư điện tử", width=40, also=("email", "dia chi thu")),
        "phone": _Heading(name="Điện thoại", width=20, also=("so dien thoai", "sdt")),
    }
)
_MOST_ROWS_ABOVE = 10
"""How far down the headings may stand."""


def write_units(units: Iterable[Unit], call: Call) -> bytes:
    """The register as an .xlsx; what is written comes back the same through `read_units`.

    Every cell is text, so that no program takes what a stranger named itself for a formula.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = _TAB
    for column, heading in enumerate(_HEADINGS.values(), start=1):
        _text(page, 1, column, heading.name)
        page.cell(1, column).font = Font(bold=True)
        page.cell(1, column).fill = PatternFill("solid", fgColor="FFE8EEF4")
        page.column_dimensions[get_column_letter(column)].width = heading.width
    row = 1
    for row, unit in enumerate(units, start=2):
        for column, words in enumerate(_cells(unit, call), start=1):
            _text(page, row, column, words)
    page.freeze_panes = "C2"
    _offer_kinds(page, call, row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_units(
    raw: bytes, call: Call, known: Sequence[Unit], *, drop_missing: bool = False
) -> Imported:
    """Read a register and lay it over the one there is.

    A row with an id, or with the name, of a known unit changes that unit; another adds one. Units
    the file does not name stay, unless `drop_missing`. Raises `RegisterError`.
    """
    found, refused = _rows(_opened(raw), call)
    taken = {unit.register_id for unit in known}
    by_name = {_same(unit.name): unit.register_id for unit in known}
    named: list[tuple[int, Unit]] = []
    for row, unit in found:
        own = unit.register_id or by_name.get(_same(unit.name)) or _id_for(unit.name, taken)
        taken.add(own)
        named.append((row, replace(unit, register_id=own)))
    written = {unit.register_id: unit for _row, unit in named}
    kept = () if drop_missing else tuple(one for one in known if one.register_id not in written)
    refused += _doubled(named, kept)
    before = {unit.register_id: unit for unit in known}
    return Imported(
        units=_in_place(known, written, drop_missing=drop_missing),
        added=sum(1 for one in written if one not in before),
        changed=sum(1 for one, unit in written.items() if one in before and unit != before[one]),
        dropped=len(known) - len(kept) - sum(1 for one in written if one in before),
        refused=tuple(sorted(refused, key=lambda one: one.row)),
    )


def checked_address(text: str, call: Call) -> str:
    """A mail address of a unit in small letters. Raises `RegisterError` saying what is wrong."""
    address = text.strip().lower()
    if not _ADDRESS.fullmatch(address) or ".." in address:
        message = f"địa chỉ thư “{text.strip()}” không đúng dạng ten@mien.vn"
        raise RegisterError(message)
    if address in {one.lower() for one in (call.office.mailbox, *call.office.addresses)}:
        message = f"“{address}” là địa chỉ của cơ quan nhận, không phải của đơn vị"
        raise RegisterError(message)
    return address


# ------------------------------------------------------------------ out


def _cells(unit: Unit, call: Call) -> tuple[str, ...]:
    words = {
        "register_id": unit.register_id,
        "name": unit.name,
        "aliases": "; ".join(unit.aliases),
        "kind": kind_name(unit.kind, call),
        "group": unit.group,
        "addresses": "; ".join(unit.addresses),
        "phone": unit.phone,
    }
    return tuple(words[column] for column in _HEADINGS)


def kind_name(kind: UnitKind, call: Call) -> str:
    """A kind as the workbook names it; one that only the call knows by its key."""
    del call  # kinds of its own are named by their key
    return KINDS.get(kind, kind.value)


def _text(page: Worksheet, row: int, column: int, words: str) -> None:
    """Text, whatever it begins with: “=HYPERLINK(…)” in a name stays a name."""
    cell = page.cell(row, column)
    cell.value = words
    if words:
        cell.data_type = "s"
    cell.quotePrefix = words[:1] in _FORMULA_LEADS
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)


_FORMULA_LEADS = frozenset("=+-@")


def _offer_kinds(page: Worksheet, call: Call, last: int) -> None:
    names = [*KINDS.values(), *(one.value for one in call.unit_kinds)]
    column = get_column_letter(1 + list(_HEADINGS).index("kind"))
    offered = book_list(page, names)
    choice = DataValidation(type="list", formula1=offered, allow_blank=True)
    choice.error, choice.errorTitle = "Chọn một loại trong danh sách.", "Loại đơn vị"
    page.add_data_validation(choice)
    choice.add(f"{column}2:{column}{last + 200}")


def book_list(page: Worksheet, names: Sequence[str]) -> str:
    """Names that hold commas cannot stand in the rule itself; they stand on a sheet of their own.

    Gives the range to choose from.
    """
    book = page.parent
    if book is None:
        message = "a page without a workbook"
        raise ValueError(message)
    other = book.create_sheet("Loại")
    for row, name in enumerate(names, start=1):
        _text(other, row, 1, name)
    other.sheet_state = "hidden"
    return f"'Loại'!$A$1:$A${len(names)}"


# ------------------------------------------------------------------ in


def _opened(raw: bytes) -> list[tuple[int, list[str | None]]]:
    """Every row as words; None stands for a formula. Raises `RegisterError`."""
    if len(raw) > LARGEST:
        message = f"tệp lớn hơn {LARGEST >> 20} MB"
        raise RegisterError(message)
    try:
        _refuse_a_bomb(raw)
        book = load_workbook(BytesIO(raw), read_only=True)
        return _words(book.worksheets[0])
    except RegisterError:
        raise
    except (BadZipFile, KeyError, IndexError, ValueError, OSError, TypeError, SyntaxError) as error:
        message = "tệp không phải bảng tính .xlsx hoặc đã hỏng"
        raise RegisterError(message) from error


def _refuse_a_bomb(raw: bytes) -> None:
    with ZipFile(BytesIO(raw)) as packed:
        size = sum(one.file_size for one in packed.infolist())
    if size > _LARGEST_OPENED:
        message = "tệp nén quá nhiều, không mở"
        raise RegisterError(message)


def _words(page: Worksheet) -> list[tuple[int, list[str | None]]]:
    found: list[tuple[int, list[str | None]]] = []
    for number, cells in enumerate(page.iter_rows(max_col=30), start=1):
        if number > MOST_ROWS + _MOST_ROWS_ABOVE:
            message = f"tệp có hơn {MOST_ROWS} dòng"
            raise RegisterError(message)
        found.append((number, [_word(cell.value, cell.data_type) for cell in cells]))
    return found


def _word(value: object, kind: str) -> str | None:
    if kind == "f":
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _rows(
    rows: list[tuple[int, list[str | None]]], call: Call
) -> tuple[list[tuple[int, Unit]], list[Refused]]:
    """Every unit with its row, and every row that is none."""
    top, columns = _headings(rows)
    found: list[tuple[int, Unit]] = []
    refused: list[Refused] = []
    for number, cells in rows:
        if number <= top or not any(cell is None or cell.strip() for cell in cells):
            continue
        try:
            found.append((number, _unit(_taken(cells, columns), call)))
        except RegisterError as error:
            refused.append(Refused(row=number, reason=str(error)))
    if not found and not refused:
        message = "tệp không có đơn vị nào"
        raise RegisterError(message)
    return found, refused


def _headings(rows: list[tuple[int, list[str | None]]]) -> tuple[int, dict[str, int]]:
    """The row of the headings, and in which place each column stands."""
    for number, cells in rows[:_MOST_ROWS_ABOVE]:
        names = [key(cell or "") for cell in cells]
        columns = {
            column: names.index(name)
            for column, heading in _HEADINGS.items()
            for name in reversed((key(heading.name), *heading.also))
            if name in names
        }
        if {"name", "kind"} <= columns.keys():
            return number, columns
    message = "không thấy dòng tiêu đề có cột “Tên đơn vị” và “Loại”"
    raise RegisterError(message)


def _taken(cells: list[str | None], columns: Mapping[str, int]) -> dict[str, str]:
    """The cells of one row by column. Raises `RegisterError` for a formula."""
    found: dict[str, str] = {}
    for column, heading in _HEADINGS.items():
        place = columns.get(column)
        word = cells[place] if place is not None and place < len(cells) else ""
        if word is None:
            message = f"ô “{heading.name}” là công thức; gõ thẳng nội dung"
            raise RegisterError(message)
        found[column] = word
    return found


def _unit(words: Mapping[str, str], call: Call) -> Unit:
    """One row as a unit. Raises `RegisterError` with the first thing that is wrong."""
    name = tidy(words["name"])
    aliases = _parts(words["aliases"])
    if not name or not key(name):
        message = "thiếu tên đơn vị"
        raise RegisterError(message)
    for column, text, longest in (
        ("name", name, _LONGEST),
        ("aliases", max(aliases, key=len, default=""), _LONGEST),
        ("group", tidy(words["group"]), _LONGEST_GROUP),
        ("phone", tidy(words["phone"]), _LONGEST_PHONE),
    ):
        if len(text) > longest:
            message = f"“{_HEADINGS[column].name}” dài quá {longest} chữ cái"
            raise RegisterError(message)
    return Unit(
        register_id=_checked_id(words["register_id"].strip()),
        name=name,
        aliases=aliases,
        kind=_kind(tidy(words["kind"]), call),
        group=tidy(words["group"]),
        addresses=tuple(
            dict.fromkeys(checked_address(one, call) for one in _addresses(words["addresses"]))
        ),
        phone=_checked_phone(tidy(words["phone"])),
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(tidy, _SEPARATORS.split(text)))))


def _addresses(text: str) -> Iterator[str]:
    yield from filter(None, re.split(r"[;,\s]+", text))


def _checked_id(text: str) -> str:
    if text and not _ID.fullmatch(text):
        message = (
            f"mã đơn vị “{text}” chỉ gồm chữ thường không dấu, số và dấu gạch ngang, "
            f"không quá {LONGEST_ID} ký tự"
        )
        raise RegisterError(message)
    return text


def _checked_phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        message = f"số điện thoại “{text}” có ký tự lạ"
        raise RegisterError(message)
    return text


def _kind(text: str, call: Call) -> UnitKind:
    kinds = (*KINDS, *call.unit_kinds)
    if not text:
        return UnitKind.UNKNOWN
    for kind in kinds:
        if key(text) in {key(kind_name(kind, call)), key(kind.value)}:
            return kind
    offered = ", ".join(f"“{kind_name(kind, call)}”" for kind in kinds)
    message = f"loại “{text}” không có; chọn một trong {offered}"
    raise RegisterError(message)


def _id_for(name: str, taken: Iterable[str]) -> str:
    """An id from the name's own letters, another for every unit."""
    used = set(taken)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[: LONGEST_ID - 4].strip("-") or "dv"
    if slug not in used:
        return slug
    return next(f"{slug}-{n}" for n in range(2, MOST_ROWS + 2) if f"{slug}-{n}" not in used)


def _doubled(named: Sequence[tuple[int, Unit]], kept: Iterable[Unit]) -> list[Refused]:
    """Rows that say what another says already: an id, a name or an address is one unit's."""
    whose: dict[tuple[str, str], str] = {
        mark: f"đơn vị “{unit.name}” đang có" for unit in kept for mark in _marks(unit)
    }
    refused: list[Refused] = []
    for row, unit in named:
        marks = dict.fromkeys(_marks(unit))
        if other := next((mark for mark in marks if mark in whose), None):
            what, word = other
            refused.append(Refused(row=row, reason=f"{what} “{word}” trùng với {whose[other]}"))
        whose.update({mark: f"dòng {row}" for mark in marks if mark not in whose})
    return refused


def _marks(unit: Unit) -> Iterator[tuple[str, str]]:
    yield "mã đơn vị", unit.register_id
    for name in dict.fromkeys((unit.name, *unit.aliases)):
        yield "tên", _same(name)
    for address in unit.addresses:
        yield "địa chỉ thư", address.lower()


def _same(name: str) -> str:
    """Equal for one name in any case; marks count: “Mỹ Hà” and “Mỹ Hạ” may both exist."""
    return tidy(name).casefold()


def _in_place(
    known: Sequence[Unit], written: Mapping[str, Unit], *, drop_missing: bool
) -> tuple[Unit, ...]:
    """In the file's order when it is the whole register, else changed where they stand."""
    if drop_missing:
        return tuple(written.values())
    before = {unit.register_id for unit in known}
    changed = (written.get(unit.register_id, unit) for unit in known)
    return (*changed, *(unit for one, unit in written.items() if one not in before))
