"""What is true of an invented dossier; the papers and the right answers are both told from it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS_A_YEAR = 12


class HouseKind(StrEnum):
    """What sort of unit it is; its letters look accordingly."""

    COMMUNE = "commune"
    DEPARTMENT = "department"
    MASS = "mass"
    PARTY = "party"
    COMPANY = "company"
    COOPERATIVE = "cooperative"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs, or who is to be phoned."""

    name: str
    post: str
    phone: str
    courtesy: str
    """“Ông”, “Bà”, “Đồng chí”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A unit: how it is called, how its letters are headed, who signs them."""

    kind: HouseKind
    name: str
    """As running text has it: “UBND xã Mỹ Hà”."""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    """The superior body in the head, in capitals; empty for companies."""
    title: str
    """Its own name in the head, in capitals."""
    symbol: str
    """What follows the number: “UBND-VP”, “CV-HP”."""
    place: str
    """Where letters are dated: “Mỹ Hà”."""
    seat: str
    mailbox: str
    says: str
    """How it calls itself after the first mention: “Công ty”."""
    authority: tuple[str, ...] = ()
    """Lines above the signatory: “TM. ỦY BAN NHÂN DÂN”."""
    signatory: Person
    contact: Person
    tax_code: str = ""

    @property
    def is_enterprise(self) -> bool:
        """Whether it may itself commit as an enterprise."""
        return self.kind in (HouseKind.COMPANY, HouseKind.COOPERATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A budget in triệu đồng."""

    total: int
    state: int

    @property
    def counterpart(self) -> int:
        """What does not come from the state budget."""
        return self.total - self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day of a month, for so many months."""

    year: int
    month: int
    months: int

    @property
    def last(self) -> tuple[int, int]:
        """The last month as (year, month)."""
        end = self.year * MONTHS_A_YEAR + self.month - 1 + self.months - 1
        return end // MONTHS_A_YEAR, end % MONTHS_A_YEAR + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What one enterprise commits to; an empty sentence is an element left out."""

    house: House
    amount: int
    """Counterpart in triệu đồng; 0 when no amount is named."""
    need: str
    cooperation: str
    funding: str
    take_up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """One proposed task."""

    title: str
    kind: str
    kind_also: tuple[str, ...] = ()
    form: str
    """“A1”, “A2”, “A3” of the 2017 circular, or “A1/2023”."""
    sort: str
    """“Đề tài”, “Đề án”, “Dự án SXTN”, “Dự án KH&CN”."""
    period: Period
    money: Money
    fields: tuple[tuple[str, str], ...]
    """(key, value) of every field but the title, in no order."""
    short: str
    """Two or three words without diacritics, for a file name."""
    goal: str
    result: str
    content: str
    users: str
    """Short forms of the fields, for the summary table."""
    pledges: tuple[Pledge, ...] = ()

    def said(self, key: str) -> str:
        """The value of a field; empty when the form leaves it blank."""
        return dict(self.fields).get(key, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A dossier: one unit, its tasks in order of priority, the day its letter was signed."""

    house: House
    tasks: tuple[TaskFacts, ...]
    signed: date
    number: int
