"""Build the package that is sent on, and the part that stays in the house (domain.md §5)."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dossier import Call
from dossier.vietnamese import key
from outbox.bundle.dispatch import Counts, dispatch
from outbox.bundle.internal import findings_book
from outbox.bundle.names import LONGEST_FOLDER, ascii_name
from outbox.bundle.packing import copied, digest_of, zipped
from outbox.bundle.released import Answer, Released, Standing
from outbox.bundle.sheet import workbook
from outbox.bundle.tables import (
    enterprise_sheet,
    in_order,
    register_sheet,
    source_sheet,
    task_rows,
    task_sheet,
    unit_sheet,
)
from outbox.bundle.tree import Placed, placed

DISPATCH = "00_Du-thao_Cong-van_tong-hop.docx"
SUMMARY = "01_Bang-tong-hop_de-xuat-nhiem-vu.xlsx"
REGISTER = "02_Danh-muc-ho-so-kem-theo.xlsx"
UNITS = "03_Ho-so-don-vi"
ANNEX = "04_Phu-luc"
MANIFEST = "MANIFEST.json"
SUMS = "SHA256SUMS.txt"
INTERNAL = "NOI-BO"
FINDINGS = "Ket-qua-kiem-tra.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One file of the package."""

    path: str
    """Inside the package, with forward slashes."""
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A package as it lies on the disk."""

    folder: Path
    path: Path
    """The zip to send on."""
    digest: str
    """Its sha256, hex."""
    internal: Path
    """The zip that stays in the house."""
    files: tuple[Packed, ...]


def build(
    released: Iterable[Released], call: Call, out: Path, *, standings: Sequence[Standing] = ()
) -> Bundle:
    """Write the package into the new folder `out`; the same dossiers give the same bytes.

    `standings` tells how units outside the package stand; invited units it does not name have not
    answered. The folder appears whole or not at all. Raises FileExistsError when `out` exists,
    and `AlteredError` when a stored original is no longer the file that was received.
    """
    if out.exists():
        message = f"{out} already exists"
        raise FileExistsError(message)
    ordered = in_order(released)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
        scratch = Path(folder) / "package"
        scratch.mkdir()
        name, files = _write(ordered, call, scratch, standings)
        scratch.rename(out)
    path = out / f"{name}.zip"
    return Bundle(
        folder=out / name,
        path=path,
        digest=digest_of(path),
        internal=out / f"{INTERNAL}_{name}.zip",
        files=files,
    )


def _write(
    ordered: list[Released], call: Call, scratch: Path, standings: Sequence[Standing]
) -> tuple[str, tuple[Packed, ...]]:
    name = f"HoSo-{ascii_name(call.id, 20)}_{ascii_name(call.office.superior, LONGEST_FOLDER)}"
    home, house = scratch / name, scratch / INTERNAL
    home.mkdir(mode=0o755)
    house.mkdir(mode=0o755)
    stamp = max((one.released_at for one in ordered), default=call.closes_at)
    annexed = [one for one in ordered if one.belongs_in_annex]
    main = [one for one in ordered if not one.belongs_in_annex]
    units = answers(ordered, standings, call)
    (home / DISPATCH).write_bytes(dispatch(call, _counts(main, annexed, units), stamp))
    (home / SUMMARY).write_bytes(_summary(main, annexed, call, stamp))
    (home / REGISTER).write_bytes(_register(ordered, units, call, stamp))
    originals = [*placed(main, UNITS), *placed(annexed, ANNEX)]
    for one in originals:
        copied(one.original.path, home / one.path, one.original.digest)
    files = _listed(home, originals, call)
    (house / FINDINGS).write_bytes(findings_book(ordered, call, stamp))
    zipped(home, scratch / f"{name}.zip", stamp)
    zipped(house, scratch / f"{INTERNAL}_{name}.zip", stamp)
    return name, files


def answers(
    released: Sequence[Released], standings: Sequence[Standing], call: Call
) -> tuple[Standing, ...]:
    """How every unit answered, by name: those in the package, those told, those still silent."""
    inside = tuple(
        Standing(
            unit=one.dossier.unit,
            answer=_answer(one),
            code=one.dossier.code,
            received_at=one.dossier.received_at,
        )
        for one in released
    )
    codes = {one.code for one in inside}
    known = (*inside, *(one for one in standings if not one.code or one.code not in codes))
    heard = {key(one.unit.name) for one in known}
    silent = (
        Standing(unit=unit, answer=Answer.NONE)
        for unit in call.units
        if heard.isdisjoint(key(name) for name in (unit.name, *unit.aliases))
    )
    return tuple(sorted((*known, *silent), key=lambda one: (key(one.unit.name), one.code)))


def _answer(released: Released) -> Answer:
    if released.dossier.nothing_to_propose:
        return Answer.NIL_RETURN
    if released.verdict.late:
        return Answer.LATE
    return Answer.GAPS if released.verdict.gaps else Answer.COMPLETE


def _counts(
    main: Sequence[Released], annexed: Sequence[Released], units: Sequence[Standing]
) -> Counts:
    proposing = [one for one in main if one.dossier.tasks]
    return Counts(
        tasks=sum(len(one.dossier.tasks) for one in proposing),
        units=len({key(one.dossier.unit.name) for one in proposing}),
        nil_returns=sum(1 for one in units if one.answer is Answer.NIL_RETURN),
        in_annex=sum(1 for one in annexed if one.dossier.tasks),
    )


def _summary(
    main: Sequence[Released], annexed: Sequence[Released], call: Call, stamp: datetime
) -> bytes:
    title = call.title.upper()
    rows, more = task_rows(main, call), task_rows(annexed, call)
    table = task_sheet(rows, call, tab="Bảng tổng hợp", title=f"BẢNG TỔNG HỢP {title}")
    tables = {table.tab: (table, rows)}
    if more:
        late = f"PHỤ LỤC: HỒ SƠ NHẬN SAU THỜI HẠN HOẶC CÒN NỘI DUNG CẦN BỔ SUNG, {title}"
        annex = task_sheet(more, call, tab="Phụ lục", title=late)
        tables[annex.tab] = (annex, more)
    sheets = [sheet for sheet, _rows in tables.values()]
    sheets += [enterprise_sheet((*main, *annexed)), source_sheet(tables)]
    return workbook(sheets, title="Bảng tổng hợp đề xuất nhiệm vụ", stamp=stamp)


def _register(
    ordered: Sequence[Released], units: Sequence[Standing], call: Call, stamp: datetime
) -> bytes:
    sheets = (register_sheet(ordered, call), unit_sheet(units, call))
    return workbook(sheets, title="Danh mục hồ sơ kèm theo", stamp=stamp)


def _listed(home: Path, originals: Sequence[Placed], call: Call) -> tuple[Packed, ...]:
    """Write MANIFEST.json and SHA256SUMS.txt; give back every file that has a digest."""
    sources = {str(one.path): one for one in originals}
    files = _packed(home)
    manifest = {
        "call": call.id,
        "title": call.title,
        "office": call.office.name,
        "files": [_described(one, sources) for one in files],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (home / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    files = _packed(home)
    sums = "".join(f"{one.digest}  {one.path}\n" for one in files)
    (home / SUMS).write_text(sums, encoding="utf-8")
    return files


def _packed(home: Path) -> tuple[Packed, ...]:
    paths = sorted(path for path in home.rglob("*") if path.is_file())
    return tuple(
        Packed(
            path=path.relative_to(home).as_posix(),
            digest=digest_of(path),
            size=path.stat().st_size,
        )
        for path in paths
    )


def _described(file: Packed, sources: Mapping[str, Placed]) -> dict[str, object]:
    described: dict[str, object] = {"path": file.path, "sha256": file.digest, "size": file.size}
    if (source := sources.get(file.path)) is not None:
        described |= {
            "original_name": source.original.name,
            "dossier": source.released.dossier.code,
            "unit": source.released.dossier.unit.name,
            "mail": source.original.mail,
            "received_at": _iso(source.original.received_at),
            "roles": [str(role) for role in source.roles],
        }
    return described


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
