"""`vanthu check`: the whole judgement over mail files, with no mailbox and no letter sent.

Prints the JSON of the contract, or a table for people. Loads neither Django nor the ledger.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from config.load import CallError, load_call, read_call
from dossier import (
    Address,
    Attachment,
    Call,
    Dossier,
    Envelope,
    FileSeen,
    Place,
    Reading,
    ReceivedSource,
    ReplyKind,
    Task,
    Triage,
    Unread,
    UnreadCause,
)
from dossier.sameness import only_words
from ingest.assemble import assemble
from ingest.cage import Cage
from ingest.courtesy import Courtesy, courtesy
from ingest.join import Known, Placement, part_of, place, titles_of, unit_named
from ingest.message import parse
from ingest.reading import read_mail, read_papers
from ingest.receipt import top_received
from ingest.triage import triage
from outbox.choose import choose
from rules import Verdict, judge
from rules.verdict import Judged

_HANDED_IN = "(hồ sơ nộp trực tiếp)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivered:
    """One mail file, or one folder of papers handed in."""

    name: str
    received_at: datetime
    raw: bytes = b""
    folder: Path | None = None


@dataclass(slots=True, kw_only=True)
class _Row:
    """What became of one mail."""

    delivered: _Delivered
    reading: Reading
    placement: Placement
    soft: tuple[str, ...] = ()
    reply: ReplyKind | None = None
    code: str | None = None

    @property
    def received_at(self) -> datetime:
        return self.reading.envelope.received_at


@dataclass(slots=True, kw_only=True)
class _Open:
    """A dossier while its mails are being played."""

    code: str
    rows: list[_Row] = field(default_factory=list)
    waiting: list[_Row] = field(default_factory=list)
    """Mails since the last verdict."""
    dossier: Dossier | None = None
    verdict: Verdict | None = None


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option(
    "--call", "call_id", required=True, help="Mã đợt, ví dụ 1322-2025, hoặc tệp .yaml của đợt."
)
@click.option("--json", "as_json", is_flag=True, help="In JSON theo hợp đồng thay cho bảng.")
@click.option("--all", "everything", is_flag=True, help="Liệt kê cả quy tắc đạt, không áp dụng.")
def check(paths: tuple[Path, ...], call_id: str, *, as_json: bool, everything: bool) -> None:
    """Kiểm tra hồ sơ trong tệp thư (.eml) hoặc thư mục; không gửi gì đi."""
    try:
        file = Path(call_id)
        call = read_call(file) if file.suffix == ".yaml" else load_call(call_id)
    except CallError as error:
        raise click.ClickException(str(error)) from error
    report = examine(paths, call, everything=everything, tell=_progress)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        click.echo(table(report))


def examine(
    paths: Sequence[Path],
    call: Call,
    *,
    everything: bool = False,
    tell: Callable[[str], None] = lambda _line: None,
) -> dict[str, Any]:
    """Judge what lies at `paths` and give back the contract's document.

    `everything` lists rules that passed or did not apply as well; `tell` hears of progress.
    """
    with Cage() as cage:
        play = _Play(call, cage, tell)
        for delivered in sorted(
            _delivered(paths, call), key=lambda one: (one.received_at, one.name)
        ):
            play.receive(delivered)
        play.settle_all()
    return {
        "call": call.id,
        "messages": [_message(row) for row in play.rows if row.delivered.folder is None],
        "dossiers": [_dossier(one, call, everything=everything) for one in play.open.values()],
    }


class _Play:
    """The mails in order of receipt, and the dossiers they open, as the service would see them."""

    def __init__(self, call: Call, cage: Cage, tell: Callable[[str], None]) -> None:
        self.call = call
        self.rows: list[_Row] = []
        self.open: dict[str, _Open] = {}
        self._cage = cage
        self._tell = tell

    def receive(self, delivered: _Delivered) -> None:
        """Read, sort and place one mail."""
        self._tell(delivered.name)
        self._settle(delivered.received_at)
        reading, manners = self._read(delivered)
        triaged = triage(reading, self.call, hard=manners.hard, soft=manners.soft)
        known = [self._known(one) for one in self.open.values()]
        placement = place(reading, triaged, known, self.call)
        row = _Row(delivered=delivered, reading=reading, placement=placement, soft=manners.soft)
        self.rows.append(row)
        self._put(row)

    def settle_all(self) -> None:
        """Judge what still waits, as if every quiet period had passed."""
        for one in self.open.values():
            self._judge(one)

    def _read(self, delivered: _Delivered) -> "tuple[Reading, Courtesy]":

        if delivered.folder is not None:
            files, envelope = _handed_in(delivered)
            return read_papers(
                files, envelope=envelope, call=self.call, cage=self._cage
            ), Courtesy()
        message = parse(
            delivered.raw,
            received_at=delivered.received_at,
            source=ReceivedSource.GIVEN,
        )
        manners = courtesy(message.envelope, self.call.office)
        digest = hashlib.sha256(delivered.raw).hexdigest()
        try:
            reading = read_mail(message, digest, self.call, self._cage)
        except Exception as error:  # noqa: BLE001 -- a bad mail becomes a row with its reason
            reason = f"máy chưa đọc được thư ({type(error).__name__})"
            gap = Unread(at=Place(delivered.name), cause=UnreadCause.OURS, reason=reason)
            reading = Reading(envelope=message.envelope, digest=digest, unread=(gap,))
        return reading, manners

    def _put(self, row: _Row) -> None:
        placement = row.placement
        if placement.opens:
            code = f"{self.call.id}-{len(self.open) + 1:04d}"
            self.open[code] = _Open(code=code, rows=[row], waiting=[row])
            row.code = code
        elif placement.code and placement.code in self.open:
            row.code = placement.code
            if not placement.repeats and _is_answerable(row):
                one = self.open[placement.code]
                one.rows.append(row)
                one.waiting.append(row)

    def _settle(self, now: datetime) -> None:
        quiet = timedelta(minutes=self.call.quiet_minutes)
        for one in self.open.values():
            if one.waiting and now - one.waiting[-1].received_at > quiet:
                self._judge(one)

    def _judge(self, one: _Open) -> None:

        if not one.waiting:
            return
        doubts = [row.placement.reason for row in one.rows if not row.placement.certain]
        dossier = assemble(one.code, [row.reading for row in one.rows], self.call, doubts=doubts)
        one.dossier = dossier
        one.verdict = judge(dossier, self.call)
        last = one.waiting[-1]
        for row in one.waiting:
            part = row.placement.part
            to_come = part is not None and (part.of == 0 or part.number < part.of)
            is_last = row is last
            row.reply = choose(
                one.verdict.state if is_last else None,
                triage=row.placement.triage,
                soft=bool(row.soft),
                certain=row.placement.certain,
                parts_missing=(
                    dossier.parts_received < dossier.parts_announced if is_last else to_come
                ),
            )
        one.waiting.clear()

    def _known(self, one: _Open) -> Known:

        readings = [row.reading for row in one.rows]
        parts = [part for reading in readings if (part := part_of(reading))]
        unit = one.dossier.unit.name if one.dossier else ""
        return Known(
            code=one.code,
            unit=unit or next(filter(None, (unit_named(r, self.call) for r in readings)), ""),
            addresses=tuple(
                dict.fromkeys(
                    row.reading.envelope.sender.address.lower()
                    for row in one.rows
                    if row.placement.certain and row.reading.envelope.sender.address
                )
            ),
            message_ids=tuple(
                reading.envelope.message_id for reading in readings if reading.envelope.message_id
            ),
            digests=tuple(reading.digest for reading in readings),
            file_digests=tuple(
                file.digest for reading in readings for file in reading.files if not file.minor
            ),
            texts=tuple(words for reading in readings if (words := only_words(reading))),
            titles=tuple(title for reading in readings for title in titles_of(reading)),
            first_received=min(row.received_at for row in one.rows),
            last_received=max(row.received_at for row in one.rows),
            parts_announced=max((part.of for part in parts), default=1),
            parts_received=max(len({part.number for part in parts}), 1),
            state=str(one.verdict.state) if one.verdict else "",
            open_gaps=tuple(gap.rule for gap in one.verdict.gaps) if one.verdict else (),
        )


# ------------------------------------------------------------------ what came


def _delivered(paths: Sequence[Path], call: Call) -> Iterator[_Delivered]:
    for path in paths:
        if path.is_file():
            is_mail = path.suffix.lower() == ".eml"
            yield _mail(path) if is_mail else _papers(path, by=call.closes_at)
            continue
        mails = sorted(entry for entry in path.iterdir() if entry.suffix.lower() == ".eml")
        if not mails:
            yield _papers(path, by=call.closes_at)
        for mail in mails:
            yield _mail(mail)


def _mail(path: Path) -> _Delivered:
    """A mail file with the hour of its receipt, in the contract's order; `Date:` never decides."""
    raw = path.read_bytes()
    at = _given(path) or top_received(raw) or _stamp(path)
    return _Delivered(name=path.name, received_at=at, raw=raw)


def _papers(path: Path, by: datetime) -> _Delivered:
    """Papers handed in: a `.received` file beside them gives the hour of receipt.

    Without it nobody has said when they came, and a file's date is when it was copied: they are
    then judged as in time (`by` is the first moment too late), never as late.
    """
    at = _given(path) or min(_stamp(path), by - timedelta(minutes=1))
    return _Delivered(name=path.name, received_at=at, folder=path)


def _stamp(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _given(path: Path) -> datetime | None:
    beside = path.with_suffix(".received")
    if not beside.is_file():
        return None
    with suppress(ValueError):
        found = datetime.fromisoformat(beside.read_text(encoding="utf-8").strip())
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _handed_in(delivered: _Delivered) -> "tuple[list[Any], Any]":

    root = delivered.folder or Path()
    found = [root] if root.is_file() else sorted(one for one in root.rglob("*") if one.is_file())
    base = root.parent if root.is_file() else root
    files = [
        Attachment(name=one.relative_to(base).as_posix(), raw=one.read_bytes())
        for one in found
        if one.suffix.lower() != ".received"
    ]
    envelope = Envelope(
        sender=Address("", ""),
        subject=_HANDED_IN,
        received_at=delivered.received_at,
        received_source=ReceivedSource.GIVEN,
    )
    return files, envelope


def _is_answerable(row: _Row) -> bool:

    return row.placement.triage in (Triage.SUBMISSION, Triage.SUPPLEMENT, Triage.NIL_RETURN)


# ------------------------------------------------------------------ the contract's document


def _message(row: _Row) -> dict[str, Any]:
    envelope = row.reading.envelope
    return {
        "file": row.delivered.name,
        "message_id": envelope.message_id,
        "received_at": row.received_at.isoformat(),
        "triage": str(row.placement.triage),
        "dossier": row.code,
        "reply": str(row.reply) if row.reply else "none",
        "reason": row.placement.reason,
    }


def _dossier(one: _Open, call: Call, *, everything: bool) -> dict[str, Any]:
    dossier, verdict = one.dossier, one.verdict
    if dossier is None or verdict is None:
        message = f"dossier {one.code} was not judged"
        raise RuntimeError(message)
    files = [file for row in one.rows for file in row.reading.files]
    findings = [_finding(judged) for judged in verdict.judged]
    if everything:
        findings += [{"rule": rule, "outcome": "pass"} for rule in verdict.passed]
        findings += [
            {"rule": rule, "outcome": "not_applicable", "message": f"Không xét, vì {ground}."}
            for rule, ground in verdict.not_applicable.items()
        ]
    return {
        "code": one.code,
        "unit": dossier.unit.name,
        "state": str(verdict.state),
        "late": dossier.received_at >= call.closes_at,
        "documents": [_document(file) for file in files],
        "tasks": [_task(task) for task in dossier.tasks],
        "findings": findings,
    }


def _document(file: FileSeen) -> dict[str, Any]:
    return {
        "file": _plain(file.name),
        "roles": [str(role) for role in file.roles],
        "where": file.where,
        "text": str(file.text),
    }


def _task(task: Task) -> dict[str, Any]:
    form, row = task.form, task.row
    durations = [one.duration for one in (form, row) if one is not None and one.duration]
    budgets = [one.budget for one in (form, row) if one is not None and one.budget]
    total = next((one.total for one in budgets if one.total is not None), None)
    return {
        "title": task.title,
        "kind": str(task.kind),
        "priority": task.priority,
        "form": _plain(form.at.file) if form else None,
        "letters": list(dict.fromkeys(_plain(letter.at.file) for letter in task.letters)),
        "fields": {
            "months": next((one.months for one in durations if one.months is not None), None),
            "start_year": next((one.start_year for one in durations if one.start_year), None),
            "budget_million": float(total) if total is not None else None,
        },
    }


def _finding(judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    at = finding.at
    evidence = [{"file": _plain(at.file), "where": at.spot, "quote": at.words}] if at else []
    return {
        "rule": judged.rule,
        "outcome": str(finding.outcome),
        "severity": str(judged.severity),
        "confidence": finding.confidence,
        "evidence": evidence,
        "message": f"{finding.says} {finding.remedy}".strip(),
    }


# ------------------------------------------------------------------ for people

_STATES = {
    "complete": "đủ thành phần",
    "gaps": "đề nghị bổ sung",
    "resend": "đề nghị gửi lại tệp",
    "officer": "cán bộ xem",
    "nil_return": "không có đề xuất",
}
_TRIAGES = {
    "submission": "hồ sơ",
    "supplement": "bổ sung",
    "nil_return": "báo cáo không",
    "query": "hỏi, trao đổi",
    "automatic": "thư tự động",
    "other": "thư khác",
    "quarantined": "cô lập",
}
_REPLIES = {
    "none": "không trả lời",
    "complete": "xác nhận đủ",
    "gaps": "đề nghị bổ sung",
    "held": "đã nhận, cán bộ đang xem",
    "resend": "đề nghị gửi lại tệp",
    "partial": "đã nhận một phần",
    "nil_return": "ghi nhận không có đề xuất",
}
_SIGNS = {"gap": "thiếu", "officer": "cán bộ", "warning": "nên sửa", "info": "lưu ý"}


def table(report: dict[str, Any]) -> str:
    """The same document for a person: mails first, then each dossier with what was found."""
    lines = [f"Đợt đề xuất {report['call']}", "", "Thư:"]
    for mail in report["messages"]:
        lines.append(
            f"  {mail['file']}  {_TRIAGES[mail['triage']]}  →  {_REPLIES[mail['reply']]}"
            f"  {mail['dossier'] or ''}".rstrip()
        )
        lines.append(f"      {mail['reason']}")
    for dossier in report["dossiers"]:
        late = ", nhận sau thời hạn" if dossier["late"] else ""
        name = dossier["unit"] or "(chưa rõ đơn vị)"
        lines += ["", f"Hồ sơ {dossier['code']}: {name}", f"  {_STATES[dossier['state']]}{late}"]
        lines += [
            f"  – {document['file']}: {', '.join(document['roles']) or 'other'}"
            for document in dossier["documents"]
        ]
        lines += [
            f"  {number}. {task['title']}" for number, task in enumerate(dossier["tasks"], start=1)
        ]
        lines += [
            f"  [{finding['rule']}, {_SIGNS.get(finding.get('severity', ''), finding['outcome'])}]"
            f" {finding.get('message', '')}".rstrip()
            for finding in dossier["findings"]
        ]
    return "\n".join(lines)


def _progress(line: str) -> None:
    print(f"Đang đọc {line} …", file=sys.stderr, flush=True)  # noqa: T201 -- progress, not the report


def _plain(name: str) -> str:
    """A file as its sender knows it: the mails it was forwarded in are no part of its name."""
    steps = name.split("/")
    return "/".join((*(one for one in steps[:-1] if not one.lower().endswith(".eml")), steps[-1]))
