"""What the desk does beyond showing: files handed out, and the package built."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from config import settings
from config.office_calls import office_call
from dossier import Dossier as Assembled
from dossier import Unit, UnitKind
from ledger import acts, packages, register, values, verdicts
from ledger.models import Dossier, Finding, Package
from ledger.models import Verdict as VerdictRow
from ledger.store import Store
from outbox.bundle import AlteredError, Answer, Original, Released, Standing, build
from rules import State, Verdict

_PIECE = 1 << 20
INCLUSIONS: Mapping[str, str] = MappingProxyType(
    {
        "dua-vao": "Đã đưa vào hồ sơ tổng hợp.",
        "rut-lai": "Đã rút lại; hồ sơ theo kết luận của máy.",
        "giu-lai": "Đã giữ lại; hồ sơ không vào các lần tổng hợp tới.",
        "thoi-giu": "Đã thôi giữ lại.",
    }
)
"""What an officer may decide about a dossier and the package, and what is said after."""
_ANSWERS = {
    State.COMPLETE: Answer.COMPLETE,
    State.GAPS: Answer.GAPS,
    State.RESEND: Answer.GAPS,
    State.NIL_RETURN: Answer.NIL_RETURN,
}


class RefusedError(Exception):
    """What was asked is not possible now; the Vietnamese message says why."""


def store() -> Store:
    """The file store of this installation."""
    return Store(settings.load().data_folder / "store")


def waive(row: Dossier, finding: Finding, who: str, now: datetime, reason: str) -> None:
    """Waive a finding the officer saw. Raises `RefusedError` when it is no longer what counts."""
    if finding.verdict.version != row.version:
        message = "Hồ sơ vừa được kiểm tra lại; đọc kết luận mới rồi quyết định."
        raise RefusedError(message)
    if row.waivers.filter(key=finding.key, withdrawn_at=None).exists():
        message = "Nội dung này đã được bỏ qua rồi."
        raise RefusedError(message)
    acts.waive(finding.pk, who, now, reason)


def include(asked: str, dossier: int, who: str, now: datetime, reason: str) -> None:
    """Carry out one of `INCLUSIONS`. Raises `acts.RefusedError`."""
    match asked:
        case "dua-vao":
            acts.release_dossier(dossier, who, now, reason)
        case "rut-lai":
            acts.hold_dossier(dossier, who, now, reason)
        case "giu-lai":
            acts.keep_out(dossier, who, now, reason)
        case "thoi-giu":
            acts.stop_keeping_out(dossier, who, now, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPackage:
    """What the next package of a call would hold, and what it would leave out."""

    call_id: str
    title: str
    """What the call is named; empty where the office has only one."""
    inside: tuple[Dossier, ...]
    outside: tuple[Dossier, ...]


def next_packages() -> tuple[NextPackage, ...]:
    """One for every call of the office, in the order of the settings."""
    chosen = settings.load().calls
    return tuple(
        _next_package(call_id, office_call(call_id).title if len(chosen) > 1 else "")
        for call_id in chosen
    )


def _next_package(call_id: str, title: str) -> NextPackage:
    inside = packages.ready(call_id)
    ours = Dossier.objects.filter(call_id=call_id, moved_into=None)
    outside = tuple(ours.exclude(pk__in=[one.pk for one in inside]))
    return NextPackage(call_id=call_id, title=title, inside=inside, outside=outside)


def is_in_next_package(row: Dossier) -> bool:
    """Tell whether the next package would hold a dossier."""
    if row.kept_out_at is not None or not row.version:
        return False
    return row.released_at is not None or row.state == State.COMPLETE


def make_package(officer: str, now: datetime, call_id: str = "") -> Package:
    """Build the package of a call (the first open one unless named) and keep its bytes.

    Raises `RefusedError` when the office has no such call, or when a stored file is no longer the
    one that was received.
    """
    known = settings.load().calls
    chosen = call_id or known[0]
    if chosen not in known:
        message = "Cơ quan không có đợt đề xuất này; tải lại trang rồi chọn lại."
        raise RefusedError(message)
    kept, inside = store(), packages.ready(chosen)
    released = [_released(dossier, row, kept) for dossier, row in _judged(inside)]
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        try:
            made = build(
                released,
                register.with_units(office_call(chosen)),
                Path(folder) / "package",
                standings=_standings(chosen, inside),
            )
        except AlteredError as error:
            message = f"Một tệp lưu trữ đã thay đổi, chưa lập được hồ sơ tổng hợp: {error}."
            raise RefusedError(message) from error
        return packages.record(
            inside,
            call_id=chosen,
            name=made.path.name,
            digest=_keep(made.path, kept),
            size=made.path.stat().st_size,
            internal=_keep(made.internal, kept),
            who=officer,
            now=now,
        )


def _keep(packed: Path, kept: Store) -> str:
    with packed.open("rb") as file:
        return kept.put_parts(iter(partial(file.read, _PIECE), b""))


def file_name(name: str, kind: str) -> str:
    """A name a browser may save a stranger's file under: its last part, without odd signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return plain.strip(" .")[:150] or f"tep.{kind}"


def _judged(dossiers: Sequence[Dossier]) -> Iterator[tuple[Dossier, VerdictRow]]:
    for dossier in dossiers:
        if (newest := dossier.newest) is not None:
            yield dossier, newest


def _released(dossier: Dossier, row: VerdictRow, kept: Store) -> Released:
    """A dossier as its newest verdict judged it, waived findings marked with who and why."""
    waivers = dossier.waivers.filter(withdrawn_at=None)
    verdict = values.load(Verdict, row.verdict)
    return Released(
        dossier=values.load(Assembled, row.assembled),
        verdict=verdicts.told(row),
        waived=tuple(one for one in verdict.judged if one.key in row.waivers),
        originals=tuple(_originals(dossier, kept)),
        released_by=dossier.released_by,
        released_at=dossier.released_at or row.made_at,
        decisions={one.key: f"{one.officer}, {one.at:%d/%m/%Y}: {one.reason}" for one in waivers},
    )


def _originals(dossier: Dossier, kept: Store) -> Iterator[Original]:
    for mail in dossier.mails.filter(duplicate_of=None).prefetch_related("files"):
        for file in mail.files.all():
            if file.digest and not file.minor:
                yield Original(
                    name=file.name,
                    path=kept.path(file.digest),
                    digest=file.digest,
                    mail=mail.message_id,
                    received_at=mail.received_at,
                )


def _standings(call_id: str, inside: Sequence[Dossier]) -> tuple[Standing, ...]:
    """How the units outside the package stand."""
    ours = Dossier.objects.filter(call_id=call_id, moved_into=None)
    others = ours.exclude(pk__in=[one.pk for one in inside])
    return tuple(
        Standing(
            unit=Unit(name=one.unit_name, kind=UnitKind(one.unit_kind or UnitKind.UNKNOWN)),
            answer=_answer(one),
            code=one.code,
            received_at=one.opened_at,
        )
        for one in others
    )


def _answer(dossier: Dossier) -> Answer:
    state = State(dossier.state) if dossier.state else State.OFFICER
    if dossier.late and state is not State.NIL_RETURN:
        return Answer.LATE
    return _ANSWERS.get(state, Answer.WAITING)
