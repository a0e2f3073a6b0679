"""Tasks: a row of the table with its form, or a form alone."""

from collections.abc import Sequence

from dossier import (
    CERTAIN,
    Call,
    CoverLetter,
    ProposalForm,
    SummaryRow,
    SummaryTable,
    Task,
    TaskKind,
)
from dossier.vietnamese import key
from ingest.extract.kind import kind_of
from ingest.likeness import SAME, best, pairs

_NO_NAME = 3
"""So few letters are no name of a task."""


def tasks_of(
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
        if index not in taken and len(key(group[0].task)) <= _NO_NAME
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
