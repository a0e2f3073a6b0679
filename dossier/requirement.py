"""What a call asks beyond the catalogue, written in its YAML: four common kinds, no language.

A requirement of one of these kinds becomes a rule (`rules/requirement.py`) that is judged, waived,
told and published like any other. What none of them can say is a rule of the catalogue.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from string import Formatter

from dossier.citation import Citation
from dossier.dossier import UnitKind
from dossier.papers import TaskKind

REQUIREMENT_ID = re.compile(r"X\d\d")
"""A family of its own: no id of the catalogue can ever be taken for one."""
SLOTS = frozenset(
    {"task", "file", "paper", "field", "value", "found", "limit", "unit", "first_year"}
)
"""What `says` and `remedy` may name in braces."""


class Cost(StrEnum):
    """What it costs when a requirement is not met; the values are those of `rules.Severity`."""

    GAP = "gap"
    OFFICER = "officer"
    WARNING = "warning"
    INFO = "info"


class Each(StrEnum):
    """What a requirement is asked of."""

    DOSSIER = "dossier"
    TASK = "task"


class Measure(StrEnum):
    """A number a task's papers state."""

    MONTHS = "months"
    START_YEAR = "start_year"
    BUDGET = "budget"  # million đồng, all sources
    STATE_BUDGET = "state_budget"  # million đồng
    OTHER_BUDGET = "other_budget"  # million đồng
    STATE_SHARE = "state_share"  # per cent of the whole
    PAGES = "pages"  # of the form, where the format knows pages


class Counted(StrEnum):
    """Things that are counted; the key of a paper of the call's own counts those papers."""

    SCHOOLS = "schools"
    ENTERPRISES = "enterprises"
    TASKS = "tasks"
    ROWS = "rows"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a requirement is asked at all; always, when nothing is said."""

    kinds: tuple[TaskKind, ...] = ()
    """Only of tasks of these kinds."""
    units: tuple[UnitKind, ...] = ()
    """Only of units of these kinds."""
    tasks_at_least: int = 0
    """Only of dossiers that propose so many tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNeeded:
    """A paper of this role is there."""

    role: str
    """One of the roles every call knows, or the key of a paper of the call's own."""
    each: Each = Each.DOSSIER


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNeeded:
    """A field of every form is filled in, and says what it must."""

    key: str
    form: str = ""
    """Only of forms of this template."""
    matches: str = ""
    """A regular expression found in the answer, accents and case taken off."""
    one_of: tuple[str, ...] = ()
    """Answers accepted, accents and case aside."""
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountNeeded:
    """So many things of a kind, not fewer or not more."""

    of: str
    """One of `Counted`, or the key of a paper of the call's own."""
    each: Each = Each.DOSSIER
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLimit:
    """A number every task keeps within bounds."""

    of: Measure
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A dossier in short (as in the examples of rules) and what the requirement says of it."""

    name: str
    dossier: Mapping[str, object]
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One requirement of the call's own: exactly one of `paper`, `field`, `count`, `limit`."""

    id: str
    title: str
    why: str
    severity: Cost
    says: str
    """What is wrong; may name slots in braces: “Nhiệm vụ “{task}” chưa có {paper}.”"""
    remedy: str
    cites: tuple[Citation, ...] = ()
    when: When = field(default_factory=When)
    after: tuple[str, ...] = ()
    """Rules or requirements whose finding takes the ground from under this one."""
    paper: PaperNeeded | None = None
    field: FieldNeeded | None = None
    count: CountNeeded | None = None
    limit: NumberLimit | None = None
    examples: tuple[Shown, ...] = ()

    def __post_init__(self) -> None:
        if problem := _problem(self):
            message = f"{self.id}: {problem}"
            raise ValueError(message)


def _problem(asked: Requirement) -> str:
    """What keeps a requirement from being judged, in two languages; empty when nothing does."""
    kinds = [one for one in (asked.paper, asked.field, asked.count, asked.limit) if one]
    bounded = [one for one in (asked.count, asked.limit) if one]
    if not REQUIREMENT_ID.fullmatch(asked.id):
        return "mã yêu cầu phải là X và hai chữ số / the id must be X and two digits: X01"
    if len(kinds) != 1:
        return "phải có đúng một khóa paper, field, count hoặc limit / exactly one of them"
    if any(one.at_least is None and one.at_most is None for one in bounded):
        return "phải có at_least hoặc at_most / at_least or at_most is needed"
    if asked.severity is Cost.GAP and not asked.cites:
        return "mức gap phải có căn cứ (cites) / a gap must cite its ground"
    return _slot_problem(asked.says) or _slot_problem(asked.remedy) or _pattern_problem(asked.field)


def _slot_problem(text: str) -> str:
    try:
        slots = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        return f"ngoặc nhọn viết sai / braces: {error}"
    known = ", ".join(sorted(SLOTS))
    wrong = sorted(slots - SLOTS)
    return f"không có ô “{wrong[0]}” / no such slot; known: {known}" if wrong else ""


def _pattern_problem(asked: FieldNeeded | None) -> str:
    try:
        re.compile(asked.matches if asked else "")
    except re.error as error:
        return f"biểu thức “matches” viết sai / not a regular expression: {error}"
    return ""
