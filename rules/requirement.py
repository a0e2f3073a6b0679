"""A call's own requirements, made into rules: the same findings, the same confidence gate.

Compiled once a call (`rules/in_force.py`). An absence becomes a failure only where everything that
came was read for certain; what rests on a doubtful kind, a doubtful paper or a number that could
not be read is a question.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dossier import (
    Call,
    Dossier,
    Each,
    OtherPaper,
    Paper,
    Place,
    Requirement,
    Role,
    SummaryTable,
    Task,
    TaskKind,
    UnitKind,
)
from rules.answers import answer_fails, enough_labels
from rules.measures import count_of, measured
from rules.papers import (
    alike,
    filled_tables,
    form_of,
    forms,
    is_plain,
    is_sure,
    proposes_nothing,
    table_of,
)
from rules.rule import Finding, Outcome, Rule, Severity, blank, fail, missing, unknown

_BY_HAND = "Cán bộ đọc và xác định."
_SAME_TASK = 0.8
"""From here on a title in a paper names a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a requirement is judged on: the dossier, or one of its tasks."""

    dossier: Dossier
    task: Task | None
    surely: bool
    """The condition under which the requirement is asked surely holds."""

    @property
    def at(self) -> Place | None:
        """Where the task stands."""
        if self.task is None:
            return None
        form, row = form_of(self.task), self.task.row
        return form.at if form else row.at if row else None


_Check = Callable[[Requirement, Call, _Subject], Iterator[Finding]]


def rule_of(asked: Requirement, call: Call) -> Rule:
    """The rule a requirement is."""
    judged = _judged_by(asked)
    each = asked.paper.each if asked.paper else asked.count.each if asked.count else Each.TASK

    def check(dossier: Dossier, _call: Call) -> Iterator[Finding]:
        for subject in _subjects(asked, dossier, each):
            for finding in judged(asked, call, subject):
                yield _as_far_as_asked(finding, subject)

    return Rule(
        id=asked.id,
        name=asked.id.lower(),
        severity=Severity(asked.severity),
        title=asked.title,
        why=asked.why,
        cites=asked.cites,
        after=asked.after,
        concludes=None,
        holds=True,
        check=check,
    )


def _judged_by(asked: Requirement) -> _Check:
    if asked.paper:
        return _paper
    if asked.field:
        return _field
    return _count if asked.count else _limit


# ------------------------------------------------------------------ of what, and when


def _subjects(asked: Requirement, dossier: Dossier, each: Each) -> Iterator[_Subject]:
    when = asked.when
    if proposes_nothing(dossier) or len(dossier.tasks) < when.tasks_at_least:
        return
    known = dossier.unit.kind is not UnitKind.UNKNOWN
    if when.units and known and dossier.unit.kind not in when.units:
        return
    surely = known or not when.units
    tasks = [task for task in dossier.tasks if _may_be(task, when.kinds)]
    if each is Each.TASK:
        for task in tasks:
            sure = surely and (not when.kinds or task.kind in when.kinds)
            yield _Subject(dossier=dossier, task=task, surely=sure)
    elif tasks or not when.kinds:
        sure = surely and (not when.kinds or any(task.kind in when.kinds for task in tasks))
        yield _Subject(dossier=dossier, task=None, surely=sure)


def _may_be(task: Task, kinds: tuple[TaskKind, ...]) -> bool:
    return not kinds or task.kind in kinds or task.kind is TaskKind.UNKNOWN


def _as_far_as_asked(finding: Finding, subject: _Subject) -> Finding:
    """Nobody is asked for what may not be asked of them."""
    if subject.surely or finding.outcome is not Outcome.FAIL:
        return finding
    remedy = "Cán bộ xác định nhiệm vụ, đơn vị có thuộc diện này không."
    return replace(finding, outcome=Outcome.UNKNOWN, remedy=remedy)


def _worded(
    asked: Requirement, call: Call, subject: _Subject, more: Mapping[str, str]
) -> tuple[str, str]:
    """`says` and `remedy` with their slots filled; a slot that has nothing to say is empty."""
    task = subject.task
    at = subject.at
    slots = {
        "task": task.title if task else "",
        "file": at.file if at else "",
        "paper": call.paper(asked.paper.role).name if asked.paper else "",
        "field": call.field_name(asked.field.key) if asked.field else "",
        "value": "",
        "found": "",
        "limit": "",
        "unit": subject.dossier.unit.name,
        "first_year": str(call.first_year),
        **more,
    }
    return asked.says.format_map(slots), asked.remedy.format_map(slots)


# ------------------------------------------------------------------ a paper


def _paper(asked: Requirement, call: Call, subject: _Subject) -> Iterator[Finding]:
    need = asked.paper
    if need is None:
        return
    found = _papers(subject, need.role)
    if any(map(is_sure, found)):
        return
    name = call.paper(need.role).name
    if found:
        file = found[0].at.file
        yield unknown(
            at=found[0].at,
            says=f"Chưa chắc tệp “{file}” là {name}.",
            remedy=_BY_HAND,
            confidence=found[0].confidence,
        )
    elif subject.task and (loose := _loose(subject, need.role)):
        yield unknown(
            at=loose[0].at,
            says=f"Không rõ {name} nào là của nhiệm vụ “{subject.task.title}”.",
            remedy=_BY_HAND,
        )
    else:
        says, remedy = _worded(asked, call, subject, {})
        yield missing(subject.dossier, at=subject.at, says=says, remedy=remedy)


def _papers(subject: _Subject, role: str) -> tuple[Paper, ...]:
    """The papers of a role, of the dossier or of one task."""
    dossier, task = subject.dossier, subject.task
    if role == Role.COVER_LETTER:
        return dossier.cover_letters
    if role == Role.SUMMARY_TABLE:
        return filled_tables(dossier) if task is None else _own_table(dossier, task)
    if role == Role.PROPOSAL_FORM:
        every = (form for _, form in forms(dossier))
        one = form_of(task) if task else None
        return tuple(every) if task is None else (one,) if one else ()
    if role == Role.COMMITMENT_LETTER:
        return dossier.commitment_letters if task is None else task.letters
    own = _own(dossier, role)
    return own if task is None else _of_task(dossier, task, own)


def _own_table(dossier: Dossier, task: Task) -> tuple[SummaryTable, ...]:
    table = table_of(dossier, task.row) if task.row else None
    return (table,) if table else ()


def _own(dossier: Dossier, role: str) -> tuple[OtherPaper, ...]:
    """Papers of a role only the call knows; a blank template is none."""
    return tuple(
        one for one in dossier.other_papers if one.paper == role and one.role is Role.OTHER
    )


def _of_task(dossier: Dossier, task: Task, own: tuple[OtherPaper, ...]) -> tuple[OtherPaper, ...]:
    """Papers for one task: those that name it or lie with its form, all when it is the only one.

    Where none names a task and there are enough for all, each has its own.
    """
    if len(dossier.tasks) == 1:
        return own
    if mine := tuple(one for one in own if _is_about(one, task)):
        return mine
    loose = _unclaimed(dossier, own)
    lacking = [other for other in dossier.tasks if not any(_is_about(one, other) for one in own)]
    return loose if len(loose) >= len(lacking) else ()


def _is_about(paper: OtherPaper, task: Task) -> bool:
    names = (task.title, *(form.task for form in task.forms))
    if any(alike(title, name) >= _SAME_TASK for title in paper.about for name in names):
        return True
    folder = paper.at.file.rpartition("/")[0]
    return bool(folder) and any(form.at.file.rpartition("/")[0] == folder for form in task.forms)


def _unclaimed(dossier: Dossier, own: tuple[OtherPaper, ...]) -> tuple[OtherPaper, ...]:
    return tuple(one for one in own if not any(_is_about(one, task) for task in dossier.tasks))


def _loose(subject: _Subject, role: str) -> tuple[Paper, ...]:
    """Papers of the role that no task claims, and that may be this one's."""
    if role == Role.COMMITMENT_LETTER:
        return subject.dossier.loose_letters
    return _unclaimed(subject.dossier, _own(subject.dossier, role))


# ------------------------------------------------------------------ a field of a form


def _field(asked: Requirement, call: Call, subject: _Subject) -> Iterator[Finding]:
    need, task = asked.field, subject.task
    form = form_of(task) if task else None
    if need is None or task is None or form is None:
        return
    if need.form and form.template and form.template != need.form:
        return
    certain = is_plain(form) and (not need.form or bool(form.template))
    found = form.fields.get(need.key)
    at = found.at if found else form.at
    said = found.value.strip() if found else ""
    limit = need.at_least if need.at_least is not None else need.at_most
    more = {"file": form.at.file, "value": said, "limit": "" if limit is None else amount(limit)}
    says, remedy = _worded(asked, call, subject, more)
    if found is None and not (certain and len(form.fields) >= enough_labels(call, form)):
        yield unknown(at=at, says=says, remedy=_BY_HAND, confidence=form.confidence)
    elif not said:
        yield (
            blank(subject.dossier, at=at, says=says, remedy=remedy)
            if certain
            else unknown(at=at, says=says, remedy=_BY_HAND, confidence=form.confidence)
        )
    else:
        wrong = answer_fails(need, said)
        if wrong is None or (wrong and not certain):
            yield unknown(at=at, says=says, remedy=_BY_HAND, confidence=form.confidence)
        elif wrong:
            yield fail(at=at, says=says, remedy=remedy)


# ------------------------------------------------------------------ a number


def _limit(asked: Requirement, call: Call, subject: _Subject) -> Iterator[Finding]:
    need, task = asked.limit, subject.task
    if need is None or task is None:
        return
    found = measured(subject.dossier, task, need.of)
    if found is None:
        return
    if found.value is None:
        yield unknown(
            at=found.at,
            says=f"Chưa đọc được {found.name} của nhiệm vụ “{task.title}”.",
            remedy=_BY_HAND,
        )
        return
    broken = _broken(found.value, need.at_least, need.at_most)
    if broken is None:
        return
    more = {"found": amount(found.value), "limit": amount(broken), "file": found.at.file}
    says, remedy = _worded(asked, call, subject, more)
    if found.certain:
        yield fail(at=found.at, says=says, remedy=remedy)
    else:
        yield unknown(at=found.at, says=says, remedy=_BY_HAND)


def _count(asked: Requirement, call: Call, subject: _Subject) -> Iterator[Finding]:
    need = asked.count
    if need is None:
        return
    own = _papers(subject, need.of) if any(one.role == need.of for one in call.papers) else None
    found = count_of(subject.dossier, subject.task, need.of, own)
    at = found.at or subject.at
    if found.value is None:
        says = f"Chưa đọc được {found.name}"
        of_task = f" của nhiệm vụ “{subject.task.title}”" if subject.task else ""
        yield unknown(at=at, says=f"{says}{of_task}.", remedy=_BY_HAND)
        return
    least = None if need.at_least is None else Decimal(need.at_least)
    most = None if need.at_most is None else Decimal(need.at_most)
    broken = _broken(Decimal(found.value), least, most)
    if broken is None:
        return
    more = {"found": str(found.value), "limit": amount(broken), "file": at.file if at else ""}
    says, remedy = _worded(asked, call, subject, more)
    if not found.certain:
        yield unknown(at=at, says=says, remedy=_BY_HAND)
    elif least is not None and broken is least:
        yield missing(subject.dossier, at=at, says=says, remedy=remedy)
    else:
        yield fail(at=at, says=says, remedy=remedy)


def _broken(value: Decimal, least: Decimal | None, most: Decimal | None) -> Decimal | None:
    """The bound a number breaks; None when it keeps both."""
    if least is not None and value < least:
        return least
    return most if most is not None and value > most else None


def amount(number: Decimal) -> str:
    """“1.500”, “62,5”: a number as a Vietnamese letter writes it."""
    rounded = number.quantize(Decimal("0.1")) if number % 1 else number.quantize(Decimal(1))
    grouped = number < 1900 or number > 2200  # noqa: PLR2004 -- a year is written without a dot
    plain = f"{rounded:,}" if grouped else str(rounded)
    return plain.translate(str.maketrans(",.", ".,"))
