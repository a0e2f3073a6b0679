"""The right answers, in the form the scorer reads (contract.md and the sample cases)."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from service.demo.facts import Plan, TaskFacts
from service.demo.papers import Paper

Json: TypeAlias = dict[str, Any]

GAPS = (
    "S03", "S04", "S06", "S07", "S16", "C01", "C02", "C03", "C04", "C07", "C08", "C09", "C10",
    "C11", "C14", "C15", "C16", "C17", "C18", "C19", "C20", "C21", "E06", "E07", "E12",
)  # fmt: skip
"""Rules that ask a unit for something."""
WARNINGS = (
    "S05", "S19", "C05", "C13", "C22", "C23", "C24", "C25", "C26", "C27", "C28", "N01", "N02",
    "N03", "N04", "N05", "N07", "N10", "N11", "F01", "F03", "F04", "F07", "F12", "F13",
)  # fmt: skip
"""Rules that mention something; on a clean dossier none may."""
NO_MARK = "D01"
"""Nothing may be called late unless it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is right for one dossier."""

    state: str
    state_also: tuple[str, ...] = ()
    must_fail: tuple[str, ...] = ()
    """Rule ids; “C01|S19” where either says it."""
    may_fail: tuple[str, ...] = ("C13",)
    must_be_officer: tuple[str, ...] = ()
    late: bool = False
    merge_ok: bool = False
    papers: tuple[Paper, ...] = ()
    tasks: tuple[TaskFacts, ...] | None = None
    """Those the papers show; the plan's, when not given."""
    tasks_may: tuple[str, ...] = ()
    """Titles that may be listed as tasks besides."""
    without_fields: bool = False
    """Whether months, start and budget are left out because the papers disagree or hide them."""
    priorities: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is right for one message."""

    triage: str
    reply: str
    triage_also: tuple[str, ...] = ()
    reply_also: tuple[str, ...] = ()


def expected(messages: tuple[Said, ...], dossiers: tuple[tuple[Plan, Answer], ...]) -> Json:
    """The answers as the scorer reads them."""
    return {
        "messages": [
            {
                "file": f"{n:02d}.eml",
                "triage": said.triage,
                "reply": said.reply,
                "triage_also": list(said.triage_also),
                "reply_also": list(said.reply_also),
            }
            for n, said in enumerate(messages, start=1)
        ],
        "dossiers": [dossier(plan, answer) for plan, answer in dossiers],
    }


def dossier(plan: Plan, answer: Answer) -> Json:
    """One dossier's answers."""
    house = plan.house
    tasks = plan.tasks if answer.tasks is None else answer.tasks
    wanted = {rule for one in answer.must_fail for rule in one.split("|")}
    may = [rule for rule in answer.may_fail if rule not in wanted]
    marks = () if answer.late else (NO_MARK,)
    found: Json = {
        "unit": house.name,
        "unit_aliases": list(house.aliases),
        "state": answer.state,
        "state_also": list(answer.state_also),
        "late": answer.late,
        "documents": [
            {"file_contains": paper.key or file_key(paper.name), "roles": list(paper.roles)}
            for paper in answer.papers
            if paper.roles
        ],
        "tasks": [
            {
                "title": task.title,
                "kind": task.kind,
                "kind_also": list(task.kind_also),
                "priority": n if answer.priorities else None,
            }
            for n, task in enumerate(tasks, start=1)
        ],
        "must_fail": list(answer.must_fail),
        "may_fail": may,
        "must_not_fail": [
            rule for rule in (*GAPS, *WARNINGS, *marks) if rule not in wanted and rule not in may
        ],
        "must_be_officer": list(answer.must_be_officer),
        "fields": {} if answer.without_fields else {task.title: _fields(task) for task in tasks},
    }
    if answer.merge_ok:
        found["merge_ok"] = True
    if answer.tasks_may:
        found["tasks_may"] = list(answer.tasks_may)
    return found


def file_key(name: str) -> str:
    """The piece of a file's name that tells it apart: its own name without the folders."""
    return PurePosixPath(name.replace("\\", "/")).name


def _fields(task: TaskFacts) -> Json:
    found: Json = {}
    if task.said("thoi_gian"):
        found |= {"months": task.period.months, "start_year": task.period.year}
    if task.said("kinh_phi"):
        found["budget_million"] = task.money.total
    return found
