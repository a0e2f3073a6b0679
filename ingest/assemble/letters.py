"""Commitment letters, each tied to the tasks it is for; or loose, when nothing says which."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dossier import CERTAIN, Call, Commitment, CommitmentLetter, Element, Task, Unit, UnitKind
from dossier.vietnamese import fold, key
from ingest.assemble.file_names import folder
from ingest.likeness import SAME, likeness, marks

_NAMED = 0.75
"""From here on a title in a commitment letter names a task."""
_NO_NAME = 3
"""So few letters are no name of a firm."""
_TELLING = 3
"""So many pairs of syllables, acronyms and numbers of its own tell one task from another."""
_TELLING_WITH_A_MARK = 2
"""“TPM” and “dệt may”, neither of them anywhere in the form, tell as much."""
_BY_CHANCE = 0.25
"""The share of them another task may have as well."""
_ANY_TASKS = frozenset(
    key(
        "xây dựng mô hình điểm về áp dụng tại doanh nghiệp công ty TNHH cổ phần các cho và của ở "
        "trong trên địa bàn huyện xã tỉnh thực hiện nhiệm vụ"
    ).split()
)


def with_letters(
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
            tied[home].append(_unless_for_another(letter, tasks[home], call))
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


def _unless_for_another(letter: CommitmentLetter, task: Task, call: Call) -> CommitmentLetter:
    """The letter; less than certain when it names a task of its kind that this one is not.

    A letter may name its task in short or in its own words, so only a name of some length counts,
    of which the task says next to nothing.
    """
    wanted = [key(word) for one in call.kinds if one.needs_commitment for word in one.literal]
    named = [title for title in letter.tasks if any(word in key(title) for word in wanted)]
    if not named or not all(_is_foreign(title, _said(task)) for title in named):
        return letter
    return replace(letter, confidence=min(letter.confidence, CERTAIN - 0.1))


def _is_foreign(title: str, said: str) -> bool:
    own = {(mark, mark) for mark in marks(title)}
    pairs = own | _own_pairs(title)
    shared = pairs & (_own_pairs(said) | {(word, word) for word in key(said).split()})
    return (
        len(pairs) >= (_TELLING_WITH_A_MARK if own else _TELLING)
        and len(shared) <= len(pairs) * _BY_CHANCE
    )


def _own_pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring syllables, which is what most Vietnamese words are; words any task uses out."""
    return {pair for pair in pairwise(key(text).split()) if not _ANY_TASKS.intersection(pair)}


def _said(task: Task) -> str:
    rows = task.row.cells.values() if task.row else ()
    answers = (field.value for form in task.forms for field in form.fields.values())
    return "\n".join((task.title, *(form.task for form in task.forms), *rows, *answers))


def _in_one_folder(letter: CommitmentLetter, task: Task) -> bool:
    home = folder(letter.at.file)
    return bool(home) and any(folder(form.at.file) == home for form in task.forms)


def _of_named_firm(letter: CommitmentLetter, task: Task) -> bool:
    name = key(re.sub(r"(?i)^.*?(?:tnhh|cổ phần|cp|htx|hợp tác xã)\s+", "", letter.enterprise))
    if len(name) <= _NO_NAME:
        return False
    cells = tuple(task.row.cells.values()) if task.row else ()
    fields = tuple(field.value for form in task.forms for field in form.fields.values())
    return any(name in key(words) for words in (task.title, *cells, *fields))


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
