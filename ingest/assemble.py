"""From the mails of one unit to one dossier: the newest papers, each with its task.

Pure. The readings come in order of receipt; a later paper replaces an earlier one of the same
thing, and what could not be tied together stays loose or becomes a doubt for a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dossier import (
    CERTAIN,
    Call,
    Commitment,
    CommitmentLetter,
    CoverLetter,
    Dossier,
    Element,
    Link,
    OtherPaper,
    Paper,
    Place,
    ProposalForm,
    Reading,
    SummaryRow,
    SummaryTable,
    Task,
    TaskKind,
    Unit,
    UnitKind,
    Unread,
    UnreadCause,
)
from dossier.vietnamese import fold, key
from ingest.extract.kind import kind_of
from ingest.join import part_of
from ingest.likeness import SAME, best, likeness, pairs
from ingest.triage import body_is_letter, says_nothing_to_propose
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

BODY = "(nội dung thư)"
"""What stands for a file where the mail's own text is meant."""

_REPLACES = re.compile(
    r"\bthay (?:the|cho|ban)\b|\bban (?:moi|sua|chinh sua|cuoi|dung)\b|\bsua lai\b|"
    r"\bdinh chinh\b|\bfinal\b"
)
_SENT_AGAIN = re.compile(
    r"\bgui lai\b|\bkhong (?:dat |co )?(?:mat khau|pass)|\bthay the\b|\bda (?:bo|go) mat khau|"
    r"\bbo mat khau\b|\bmo duoc\b|\bban (?:moi|khac)\b|\bbo sung\b"
)
_COPY_WORDS = re.compile(
    r"\b(?:da )?(?:ky so|ky|signed|sign|scan|scanned|dau do|co dau|dong dau|ban mem|ban cung|"
    r"ban ky|word|pdf|excel|copy|final|gui lai|moi|ok|phat hanh|ban chinh|bs|bo sung|\d)\b"
)
_EDITABLE = ("docx", "docm", "doc", "odt", "rtf", "xlsx", "xlsm", "xls", "ods")
_RESENT = frozenset(
    (
        UnreadCause.BROKEN,
        UnreadCause.EMPTY,
        UnreadCause.ENCRYPTED,
        UnreadCause.TOO_LARGE,
        UnreadCause.UNSAFE,
        UnreadCause.UNSUPPORTED,
    )
)
"""Causes the unit mends by sending the file again."""
_A_COPY = 3
"""How many letters the common core of two file names needs."""
_NAMED = 0.75
"""From here on a title in a commitment letter names a task."""
_AUTHORITIES = (UnitKind.COMMUNE, UnitKind.DEPARTMENT, UnitKind.MASS_ORGANISATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A paper and the mail it came in."""

    mail: int
    paper: Paper
    kind: str = ""
    """Of its file: “docx”, “pdf”."""

    @property
    def editable(self) -> bool:
        return self.kind in _EDITABLE


def assemble(
    code: str,
    readings: Sequence[Reading],
    call: Call,
    *,
    doubts: Sequence[str] = (),
) -> Dossier:
    """Build the dossier from the mails that were placed in it, oldest first.

    `doubts` are the reasons of placements that were not certain. Raises `ValueError` when there is
    no mail at all.
    """
    if not readings:
        message = f"dossier {code} has no mail"
        raise ValueError(message)
    sent = tuple(_papers(readings))
    covers = _newest_covers([one for one in sent if isinstance(one.paper, CoverLetter)])
    tables, table_doubts = _newest_tables(sent, readings)
    forms, form_doubts = _newest_forms(sent)
    unit = _unit(readings, covers, forms, tables, call)
    tasks = _tasks(tables, forms, covers, call)
    letters = _newest_letters(sent, unit)
    tasks, loose, carried = _with_letters(tasks, letters, unit, call)
    others = tuple(one.paper for one in sent if isinstance(one.paper, OtherPaper))
    nil_words = _nil_words(readings, covers) if not tasks else None
    announced, received = _parts(readings)
    return Dossier(
        code=code,
        unit=unit,
        received_at=min(reading.envelope.received_at for reading in readings),
        supplemented_at=(
            max(reading.envelope.received_at for reading in readings) if readings[1:] else None
        ),
        sent_at=readings[0].envelope.sent_at,
        tasks=tasks,
        cover_letters=covers,
        summary_tables=tables,
        loose_letters=loose,
        other_papers=others,
        unread=tuple(_still_unread(readings)),
        links=_links(readings),
        body_reads_as_letter=(
            not covers and any(body_is_letter(reading.envelope.body) for reading in readings)
        ),
        nothing_to_propose=nil_words is not None,
        nil_words=nil_words,
        units_seen=_other_units(readings, unit, call),
        parts_announced=announced,
        parts_received=received,
        duplicates=tuple(_duplicates(readings)),
        legacy=tuple(
            Place(file.name) for reading in readings for file in reading.files if file.legacy
        ),
        signatures=tuple(one for reading in readings for one in reading.signatures),
        inks=tuple(one for reading in readings for one in reading.inks),
        macros=tuple(place for reading in readings for place in reading.macros),
        contact=_contact(readings, covers),
        doubts=tuple(
            dict.fromkeys(
                (
                    *doubts,
                    *table_doubts,
                    *form_doubts,
                    *carried,
                    *_unclear_letters(covers, letters, tasks, unit, call),
                    *_contradictions(readings, tasks),
                    *_parts_missing(announced, received),
                    *_sender_doubts(readings, unit, call),
                )
            )
        ),
        files=sum(not file.minor for reading in readings for file in reading.files),
    )


def _papers(readings: Sequence[Reading]) -> Iterator[_Sent]:
    """Every paper once: a file that comes again byte for byte brings nothing new."""
    met: set[str] = set()
    for number, reading in enumerate(readings):
        files = {file.name: file for file in reading.files}
        fresh: set[str] = set()
        for paper in reading.papers:
            file = files.get(paper.at.file)
            digest = file.digest if file else ""
            if digest and digest in met:
                continue
            fresh.add(digest)
            yield _Sent(mail=number, paper=paper, kind=file.kind if file else "")
        met |= fresh - {""}


# Newest versions


def _newest_covers(sent: Sequence[_Sent]) -> tuple[CoverLetter, ...]:
    """Cover letters, the one to judge first; a letter sent again in a better version goes."""
    kept: list[_Sent] = []
    for one in sorted(sent, key=lambda entry: (-entry.mail, _rank(entry))):
        if not any(_same_cover(one, other) for other in kept):
            kept.append(one)
    kept.sort(key=lambda entry: (entry.mail, _rank(entry)))
    return tuple(one.paper for one in kept if isinstance(one.paper, CoverLetter))


def _rank(one: _Sent) -> tuple[bool, bool]:
    """Sort certain papers first, then those that can be edited."""
    return (one.paper.confidence < CERTAIN, not one.editable)


def _same_cover(one: _Sent, other: _Sent) -> bool:
    """Whether two letters are one: the same number, or a draft of it without a number."""
    first, second = one.paper, other.paper
    if not isinstance(first, CoverLetter) or not isinstance(second, CoverLetter):
        return False
    if first.issuer and second.issuer and not same_unit(first.issuer, second.issuer):
        return False
    if first.number and second.number:
        return key(first.number) == key(second.number)
    subjects_agree = (
        not first.subject or not second.subject or (likeness(first.subject, second.subject) >= SAME)
    )
    return subjects_agree and bool(first.subject or second.subject or one.mail != other.mail)


def _newest_tables(
    sent: Sequence[_Sent], readings: Sequence[Reading]
) -> tuple[tuple[SummaryTable, ...], tuple[str, ...]]:
    """Tables that count, oldest first; a table sent again replaces the one before."""
    tables = [one for one in sent if isinstance(one.paper, SummaryTable)]
    filled = [one for one in tables if _titles(one)] or tables[:1]
    kept: list[_Sent] = []
    doubts: list[str] = []
    for one in filled:
        rivals = [other for other in kept if _same_table(one, other, readings)]
        beside = [other for other in rivals if other.mail == one.mail]
        doubts += (
            f"Một thư có hai Bảng tổng hợp khác nhau: “{other.paper.at.file}” và "
            f"“{one.paper.at.file}”; cán bộ xác định bản sử dụng."
            for other in beside
            if _shared(one, other) < min(len(_titles(one)), len(_titles(other)))
        )
        if not any(_table_rank(other) <= _table_rank(one) for other in beside):
            kept = [*(other for other in kept if other not in rivals), one]
    return tuple(one.paper for one in kept if isinstance(one.paper, SummaryTable)), tuple(doubts)


def _titles(one: _Sent) -> tuple[str, ...]:
    paper = one.paper
    return tuple(row.title for row in paper.rows) if isinstance(paper, SummaryTable) else ()


def _table_rank(one: _Sent) -> tuple[int, bool, bool]:
    """Sort the fuller table first, then as other papers."""
    return (-len(_titles(one)), *_rank(one))


def _same_table(one: _Sent, other: _Sent, readings: Sequence[Reading]) -> bool:
    """Whether a table is another's newer version or copy."""
    if _shared(one, other):
        return True
    return one.mail > other.mail and _replaces(readings[one.mail], one.paper)


def _shared(one: _Sent, other: _Sent) -> int:
    """How many rows two tables have in common."""
    made = pairs(_titles(one), _titles(other))
    return sum(score >= SAME for _, score in made.values())


def _replaces(reading: Reading, paper: Paper) -> bool:
    """Whether the mail or the file says that a new version takes the old one's place."""
    envelope = reading.envelope
    words = fold(f"{envelope.subject}\n{envelope.body}\n{paper.at.file}")
    return bool(_REPLACES.search(words))


def _newest_forms(
    sent: Sequence[_Sent],
) -> tuple[tuple[tuple[ProposalForm, ...], ...], tuple[str, ...]]:
    """Forms by task: for each task the newest, an editable copy before a signed one."""
    groups: list[list[_Sent]] = []
    for one in sent:
        if not isinstance(one.paper, ProposalForm):
            continue
        group = next((group for group in groups if _same_form(one, group[0])), None)
        if group is None:
            groups.append([one])
        elif one.mail > group[0].mail:
            group[:] = [one]
        else:
            group.append(one)
    doubts = tuple(
        f"Một thư có hai bản khác nhau của phiếu “{group[0].paper.at.file}”; "
        "cán bộ xác định bản sử dụng."
        for group in groups
        if _differs(group)
    )
    ranked = (sorted(group, key=_rank) for group in groups)
    forms = tuple(
        tuple(one.paper for one in group if isinstance(one.paper, ProposalForm)) for group in ranked
    )
    return forms, doubts


def _same_form(one: _Sent, other: _Sent) -> bool:
    """Whether two forms are one task's: the same name, or the same file sent again."""
    first, second = one.paper, other.paper
    if not isinstance(first, ProposalForm) or not isinstance(second, ProposalForm):
        return False
    same_file = _core(first.at.file) == _core(second.at.file) and bool(_core(first.at.file))
    if not first.task or not second.task:
        return same_file and (one.mail != other.mail or first.at.file != second.at.file)
    alike = likeness(first.task, second.task)
    if one.mail == other.mail and first.at.file == second.at.file:
        return alike == 1
    return alike >= _VERY_ALIKE or (same_file and alike >= SAME)


_VERY_ALIKE = 0.93


def _differs(group: Sequence[_Sent]) -> bool:
    """Whether one mail brings two copies of a kind that do not say the same (edge case 29)."""
    for _, same_kind in groupby(sorted(group, key=lambda one: one.kind), lambda one: one.kind):
        said = {
            tuple((name, key(entry.value)) for name, entry in sorted(one.paper.fields.items()))
            for one in same_kind
            if isinstance(one.paper, ProposalForm)
        }
        if len(said) > 1:
            return True
    return False


def _newest_letters(sent: Sequence[_Sent], unit: Unit) -> tuple[CommitmentLetter, ...]:
    """Commitment letters once each, the newest of a firm's letters on the same matter."""
    kept: list[_Sent] = []
    for one in sorted(sent, key=lambda entry: (-entry.mail, _rank(entry))):
        if isinstance(one.paper, CommitmentLetter) and not any(
            _same_letter(one, other, unit) for other in kept
        ):
            kept.append(one)
    order = {id(one): place for place, one in enumerate(sent)}
    kept.sort(key=lambda one: order[id(one)])
    return tuple(one.paper for one in kept if isinstance(one.paper, CommitmentLetter))


def _same_letter(one: _Sent, other: _Sent, unit: Unit) -> bool:
    """Whether a letter is an older version, or the signed copy, of another."""
    del unit
    first, second = one.paper, other.paper
    if not isinstance(first, CommitmentLetter) or not isinstance(second, CommitmentLetter):
        return False
    same_firm = (
        first.tax_code == second.tax_code
        if first.tax_code and second.tax_code
        else bool(first.enterprise and same_unit(first.enterprise, second.enterprise))
    )
    if not same_firm:
        return False
    if one.mail == other.mail:
        copies = one.kind != other.kind and _core(first.at.file) == _core(second.at.file)
        return copies and len(first.commitments) <= len(second.commitments)
    if not first.tasks or not second.tasks:
        return True
    return any(best(title, second.tasks)[1] >= SAME for title in first.tasks)


def _core(name: str) -> str:
    """A file's name without folder, extension and words like “(đã ký)”, for comparing."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name.rpartition("/")[2]
    folded = key(stem.replace("_", " "))
    core = " ".join(_COPY_WORDS.sub(" ", folded).split()) if not folded.isdigit() else folded
    numbers = " ".join(re.findall(r"\d+", folded))
    return f"{core} {numbers}".strip()


# Tasks


def _tasks(
    tables: Sequence[SummaryTable],
    forms: Sequence[tuple[ProposalForm, ...]],
    covers: Sequence[CoverLetter],
    call: Call,
) -> tuple[Task, ...]:
    """One task a row, then one a form that no row names."""
    rows = _rows(tables)
    if not rows:
        return _tasks_without_table(forms, covers, call)
    made = pairs([row.title for row in rows], [group[0].task for group in forms])
    made |= _left_over(rows, forms, made)
    tasks = [
        _task(row, forms[made[index][0]] if index in made else (), made.get(index), call, index)
        for index, row in enumerate(rows)
    ]
    taken = {form for form, _ in made.values()}
    tasks += [
        Task(title=group[0].task, kind=_kind(None, group, call), forms=group)
        for index, group in enumerate(forms)
        if index not in taken
    ]
    return tuple(tasks)


def _tasks_without_table(
    forms: Sequence[tuple[ProposalForm, ...]], covers: Sequence[CoverLetter], call: Call
) -> tuple[Task, ...]:
    """One task a form, in the order the cover letter lists them, else as they came."""
    listed = tuple(title for cover in covers for title in cover.titles)

    def place(group: tuple[ProposalForm, ...]) -> int:
        index, score = best(group[0].task, listed)
        return index if score >= SAME else len(listed)

    return tuple(
        Task(title=group[0].task, kind=_kind(None, group, call), priority=order, forms=group)
        for order, group in enumerate(sorted(forms, key=place), start=1)
    )


def _rows(tables: Sequence[SummaryTable]) -> list[SummaryRow]:
    """The rows of all tables, one a task; a table spread over files or sheets reads on."""
    rows: dict[str, SummaryRow] = {}
    for table in tables:
        for row in table.rows:
            name = key(row.title)
            rows.setdefault(name if len(tables) > 1 else f"{len(rows)} {name}", row)
    return list(rows.values())


def _left_over(
    rows: Sequence[SummaryRow],
    forms: Sequence[tuple[ProposalForm, ...]],
    made: dict[int, tuple[int, float]],
) -> dict[int, tuple[int, float]]:
    """Give a form without a name to the one row without a form: the rest is paired already."""
    free_rows = [index for index in range(len(rows)) if index not in made]
    taken = {form for form, _ in made.values()}
    nameless = [
        index
        for index, group in enumerate(forms)
        if index not in taken and len(key(group[0].task)) <= _A_COPY
    ]
    if not nameless or len(nameless) != len(free_rows):
        return {}
    certainty = CERTAIN if len(nameless) == 1 else CERTAIN - 0.2
    return {row: (form, certainty) for row, form in zip(free_rows, nameless, strict=True)}


def _task(
    row: SummaryRow,
    forms: tuple[ProposalForm, ...],
    pair: tuple[int, float] | None,
    call: Call,
    index: int,
) -> Task:
    return Task(
        title=row.title or (forms[0].task if forms else ""),
        kind=_kind(row, forms, call),
        priority=row.priority if row.priority is not None else index + 1,
        row=row,
        forms=forms,
        likeness=pair[1] if pair else 1.0,
    )


def _kind(row: SummaryRow | None, forms: Sequence[ProposalForm], call: Call) -> TaskKind:
    """The kind the form states, unless the table says in plain words one that needs commitments."""
    stated = next((form for form in forms if form.kind is not TaskKind.UNKNOWN), None)
    if row is None:
        return stated.kind if stated else TaskKind.UNKNOWN
    parts = [(row.title, row.at), (row.cells.get("muc_tieu", ""), row.at)]
    listed, _ = kind_of(call, parts, row.cells.get("loai", ""))
    if call.needs_commitment(listed):
        return listed
    in_doubt = any(form.kind_words for form in forms)
    if stated is None and in_doubt:
        return TaskKind.UNKNOWN
    return stated.kind if stated else listed


# Commitment letters


def _with_letters(
    tasks: Sequence[Task],
    letters: Sequence[CommitmentLetter],
    unit: Unit,
    call: Call,
) -> tuple[tuple[Task, ...], tuple[CommitmentLetter, ...], tuple[str, ...]]:
    """Tie every letter to its tasks; also what the proposing firm commits in its own form."""
    tied: dict[int, list[CommitmentLetter]] = {index: [] for index in range(len(tasks))}
    loose: list[CommitmentLetter] = []
    for letter in letters:
        homes = _homes(letter, tasks, call)
        for home in homes:
            tied[home].append(letter)
        if not homes:
            loose.append(letter)
    doubts: list[str] = []
    for index, task in enumerate(tasks):
        if tied[index] or loose or not call.needs_commitment(task.kind):
            continue
        own = _own_commitment(task, unit, call)
        if own is not None:
            tied[index].append(own)
            doubts.append(
                f"Doanh nghiệp tự đề xuất nêu cam kết ngay trong phiếu “{own.at.file}”, không có "
                "văn bản cam kết riêng; cán bộ xác nhận."
            )
    done = tuple(
        replace(task, letters=tuple(tied[index])) if tied[index] else task
        for index, task in enumerate(tasks)
    )
    return done, tuple(loose), tuple(doubts)


def _homes(letter: CommitmentLetter, tasks: Sequence[Task], call: Call) -> tuple[int, ...]:
    """The tasks a letter belongs to: those it names, else the only one it can be for."""
    if named := _named_tasks(letter, tasks):
        return named
    needing = tuple(index for index, task in enumerate(tasks) if call.needs_commitment(task.kind))
    if len(needing) == 1:
        return needing
    if len(tasks) == 1:
        return (0,)
    among = needing or tuple(range(len(tasks)))
    for evidence in (_in_one_folder, _of_named_firm):
        found = tuple(index for index in among if evidence(letter, tasks[index]))
        if len(found) == 1:
            return found
    return ()


def _named_tasks(letter: CommitmentLetter, tasks: Sequence[Task]) -> tuple[int, ...]:
    found: list[int] = []
    for title in letter.tasks:
        scores = [
            max(
                (likeness(title, name) for name in (task.title, *(f.task for f in task.forms))),
                default=0.0,
            )
            for task in tasks
        ]
        top = max(scores, default=0.0)
        if top >= SAME or (top >= _NAMED and sum(score >= _NAMED for score in scores) == 1):
            found.append(scores.index(top))
    return tuple(dict.fromkeys(found))


def _in_one_folder(letter: CommitmentLetter, task: Task) -> bool:
    folder = letter.at.file.rpartition("/")[0]
    return bool(folder) and any(form.at.file.rpartition("/")[0] == folder for form in task.forms)


def _of_named_firm(letter: CommitmentLetter, task: Task) -> bool:
    name = key(re.sub(r"(?i)^.*?(?:tnhh|cổ phần|cp|htx|hợp tác xã)\s+", "", letter.enterprise))
    if len(name) <= _A_COPY:
        return False
    cells = tuple(task.row.cells.values()) if task.row else ()
    fields = tuple(field.value for form in task.forms for field in form.fields.values())
    return any(name in key(words) for words in (task.title, *cells, *fields))


def _unclear_letters(
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


def _own_commitment(task: Task, unit: Unit, call: Call) -> CommitmentLetter | None:
    """What a proposing enterprise commits in its form (edge case 11), for a person to confirm.

    Only when the form says “cam kết” and carries all elements but one (three of four): a form's
    ordinary words on money and use of results are not a commitment.
    """
    form = task.form
    if form is None or unit.kind not in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE):
        return None
    said: dict[Element, Commitment] = {}
    promises = [
        (field, sentence)
        for field in form.fields.values()
        for sentence in re.split(r"(?<=[.;])\s+|\n", field.value)
        if "cam ket" in fold(sentence)
    ]
    for field, sentence in promises:
        for element, cues in call.commitment_cues.items():
            if any(re.search(cue, fold(sentence)) for cue in cues):
                at = replace(field.at, words=sentence.strip())
                said.setdefault(element, Commitment(element=element, at=at))
    if len(said) < max(1, len(call.commitment_cues) - 1):
        return None
    return CommitmentLetter(
        at=form.at,
        enterprise=unit.name,
        tasks=(task.title,),
        commitments=tuple(said.values()),
        text=form.text,
        confidence=CERTAIN - 0.1,
    )


# The unit


def _unit(
    readings: Sequence[Reading],
    covers: Sequence[CoverLetter],
    forms: Sequence[tuple[ProposalForm, ...]],
    tables: Sequence[SummaryTable],
    call: Call,
) -> Unit:
    """Who proposes: cover letter, form, registered address, the sender's own words, in order."""
    del tables
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


def _other_units(readings: Sequence[Reading], unit: Unit, call: Call) -> tuple[str, ...]:
    """Other units whose own dossiers lie in the mails (S12).

    An authority that forwards letters of its enterprises under its own cover letter keeps one
    dossier (edge case 5): an enterprise's letter counts only when a table of its own lies with it.
    """
    found: list[str] = []
    for reading in readings:
        folders = {
            _folder(paper.at.file)
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
            if not is_own and (not forwarded or _folder(paper.at.file) in folders):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _is_unit(name: str, unit: Unit, call: Call) -> bool:
    known = find_unit(name, call.units)
    return known is not None and known.name == unit.name


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


# What is left


def _nil_words(readings: Sequence[Reading], covers: Sequence[CoverLetter]) -> Place | None:
    """Where the unit says that it proposes nothing."""
    for cover in covers:
        if cover.says_nothing_to_propose:
            return replace(cover.at, words=cover.subject or cover.at.words)
    if any(cover.titles or cover.tasks_stated for cover in covers):
        return None
    for reading in readings:
        envelope = reading.envelope
        if words := says_nothing_to_propose(f"{envelope.subject}\n{envelope.body}"):
            return Place(BODY, "", words)
    return None


def _parts(readings: Sequence[Reading]) -> tuple[int, int]:
    """How many mails were announced, how many of them came."""
    parts = [part for reading in readings if (part := part_of(reading))]
    if not parts:
        return (1, 1)
    announced = max(max(part.of, part.number) for part in parts)
    received = len({part.number for part in parts})
    return (max(announced, 1), min(max(received, 1), max(announced, 1)))


def _parts_missing(announced: int, received: int) -> tuple[str, ...]:
    if received >= announced:
        return ()
    return (f"Đơn vị báo gửi {announced} thư, mới nhận {received} thư.",)


def _duplicates(readings: Sequence[Reading]) -> Iterator[Place]:
    """Files that came again byte for byte."""
    met: set[str] = set()
    for reading in readings:
        for file in reading.files:
            if file.digest in met and not file.minor:
                yield Place(file.name)
            met.add(file.digest)


def _contact(readings: Sequence[Reading], covers: Sequence[CoverLetter]) -> str | None:
    """Whom to phone; None when an unread file may say it."""
    said = (*(cover.contact for cover in covers), *(reading.contact for reading in readings))
    found = next(filter(None, said), "")
    if not found and any(reading.unread for reading in readings):
        return None
    return found


def _links(readings: Sequence[Reading]) -> tuple[Link, ...]:
    met: dict[str, Link] = {}
    for reading in readings:
        for link in reading.links:
            met.setdefault(link.url, link)
    return tuple(met.values())


def _still_unread(readings: Sequence[Reading]) -> Iterator[Unread]:
    """Files nobody has read, but for those whose content came in another, readable file."""
    for number, reading in enumerate(readings):
        for unread in reading.unread:
            if not _was_read(unread, number, readings):
                yield unread


def _was_read(unread: Unread, number: int, readings: Sequence[Reading]) -> bool:
    """Whether the same paper came as a readable file (“CV 25.pdf” scanned, “CV 25.docx” typed)."""
    mine = _core(_steps(unread.at.file)[-1])
    for later, reading in enumerate(readings):
        if later < number:
            continue
        papers = {
            paper.at.file
            for paper in reading.papers
            if not isinstance(paper, OtherPaper) and paper.confidence >= CERTAIN
        }
        papers -= {unread.at.file} if later == number else set()
        cores = {_core(step) for name in papers for step in _steps(name)}
        if len(mine) >= _A_COPY and mine in cores:
            return True
        if later > number and _is_sent_again(unread, reading, papers):
            return True
    return False


def _is_sent_again(unread: Unread, reading: Reading, papers: set[str]) -> bool:
    """Whether a later mail brings readable papers in place of a file that would not open."""
    envelope = reading.envelope
    says_so = _SENT_AGAIN.search(fold(f"{envelope.subject}\n{envelope.body}"))
    still_closed = any(other.cause in _RESENT for other in reading.unread)
    return bool(papers and says_so) and not still_closed and unread.cause in _RESENT


def _steps(name: str) -> list[str]:
    """The archives a file lies in and its own name: an unread archive may come again, opened.

    An unread file *inside* an archive is judged by its own name alone: what was read beside it
    says nothing about it.
    """
    return name.split("/")


def _contradictions(readings: Sequence[Reading], tasks: Sequence[Task]) -> Iterator[str]:
    """A unit that proposes and says that it does not: a person asks."""
    if not tasks:
        return
    for paper in readings[-1].papers if readings[1:] else ():
        if isinstance(paper, CoverLetter) and paper.says_nothing_to_propose:
            yield "Đơn vị đã gửi đề xuất, thư sau báo không có đề xuất."


def _sender_doubts(readings: Sequence[Reading], unit: Unit, call: Call) -> Iterator[str]:
    """A registered sender who writes for another registered unit (edge case 23)."""
    for reading in readings:
        registered = unit_of_address(reading.envelope.sender.address, call.units)
        if registered and unit.register_id and registered.register_id != unit.register_id:
            yield (
                f"Thư gửi từ địa chỉ của {registered.name}, hồ sơ là của {unit.name}; "
                "cán bộ xác nhận."
            )
