"""The call for proposals a dossier answers (đợt đề xuất): all that one office and one call decide.

Loaded from `config/calls/*.yaml`. Nothing about one office or one call stands in the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from dossier.citation import Citation
from dossier.dossier import Unit, UnitKind
from dossier.papers import Element, FormFamily, Role, TaskKind
from dossier.requirement import Requirement


class Mode(StrEnum):
    """How letters leave the house."""

    DRY_RUN = "dry_run"  # letters are written, none is sent
    APPROVE = "approve"  # every letter waits for an officer
    AUTOMATIC = "automatic"  # letters without a doubt go by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The receiving office: who signs, whom to phone, whose mail is our own."""

    name: str
    """“Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc”."""
    superior: str
    """“UBND huyện Mỹ Lộc”."""
    district: str
    """Short name of the place, as addresses write it: “Mỹ Lộc”."""
    mailbox: str
    addresses: tuple[str, ...] = ()
    """Every address that is ours; mail from them is never answered."""
    phone: str = ""
    contact: str = ""
    forwards_to: str = ""
    """Who gets the consolidated package: “Sở Khoa học và Công nghệ tỉnh Nam Định”."""
    trusted_hosts: tuple[str, ...] = ()
    """Our own mail servers, as their `Received:` lines name them; with none, the topmost line is
    taken for our server's."""
    authenticating_hosts: tuple[str, ...] = ()
    """Our servers whose `Authentication-Results` are believed (RFC 8601); with none, nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAsked:
    """One field of a proposal form, and its labels in every spelling met."""

    key: str
    number: int
    labels: tuple[str, ...]
    """The exact label first, then aliases."""
    hints: tuple[str, ...] = ()
    """Explanations printed on the form, which are not an answer."""
    also: tuple[str, ...] = ()
    """Keys of other fields this one answers too: “Các nội dung chính và kết quả dự kiến”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAsked:
    """One form of a family (A1, A2, A3): recognised by its “(Dùng cho …)” line and labels."""

    template: str
    family: FormFamily
    used_for: tuple[str, ...]
    """What “(Dùng cho …)” says, in every spelling."""
    fields: tuple[FieldAsked, ...]
    max_pages: int | None = None
    marks: tuple[str, ...] = ()
    """What the form prints in its corner: “03/2017/TT-BKHCN”."""
    kind: TaskKind | None = None
    """The kind of every task on this form, where the form itself tells it."""
    whole: bool = False
    """Every label it prints is listed here, so that a field not found on it is not on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the summary table and the headers it is known by."""

    key: str
    header: str
    aliases: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindAsked:
    """A kind of task the call names, and the words that tell it."""

    kind: TaskKind
    name: str
    """In Vietnamese, for letters and the summary table."""
    literal: tuple[str, ...] = ()
    """Words that settle the kind when they stand in title or objective."""
    cues: tuple[str, ...] = ()
    """Words that only suggest it; “*” stands for up to four words."""
    near: tuple[str, ...] = ()
    """Words so close to the literal ones that a person decides: “mô hình thí điểm”."""
    perhaps: tuple[str, ...] = ()
    """Regular expressions over folded title and objective that make C07 a question."""
    not_when: tuple[str, ...] = ()
    """Phrases that hold the literal words by chance: “mô hình điểm đến du lịch”."""
    called: str = ""
    """In the middle of a sentence: “Nhiệm vụ *xây dựng mô hình điểm* “…””."""
    needs_commitment: bool = False
    """A task of this kind comes with the commitment of who works with it (C07 to C13)."""
    anywhere: bool = False
    """Its cues settle it wherever they stand; of other kinds the first cue wins."""
    otherwise: bool = False
    """What a task is taken for that has no cue of any kind."""
    counts_schools: bool = False
    """How many schools it brings in is read from its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A subject the call puts first, named for the officer; it decides nothing."""

    name: str
    """In Vietnamese: “kinh tế tuần hoàn”."""
    cues: tuple[str, ...]
    """Words that tell it in a title, objective, content or result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLetter:
    """A letter of the office (the call itself) or of its superiors, known when it comes back."""

    numbers: tuple[str, ...]
    """Số, ký hiệu in every form: “UBND-KTHT”, “285/UBND-KTHT”."""
    issuer: str
    source: str = ""
    """The name of its text in `config/sources/`: “cong-van”; empty when we do not have it."""
    text: str = ""
    """The text itself, filled in when the call is loaded, to know the letter when it returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """A paper of a dossier, as this call names it and knows it by."""

    role: str
    """One of the roles every call knows (`Role`), or a key of the call's own: “ly_lich”."""
    name: str
    """In the middle of a sentence: “công văn đề xuất nhiệm vụ của đơn vị”."""
    short: str = ""
    """The same in few words, once it was named: “văn bản cam kết”; `name` when empty."""
    noun: str = ""
    """The word for one of them: “phiếu”, “đơn”; the first word of `name` when empty."""
    listed: str = ""
    """How a letter lists it among what came; `name` with a capital when empty."""
    remedy: str = ""
    """How to supply it when it lacks."""
    titles: tuple[str, ...] = ()
    """What it may call itself, beginning with these words: “Lý lịch khoa học”."""
    cues: tuple[str, ...] = ()
    """Phrases that tell it when its title is lost; three of them make a guess for a person."""

    @property
    def own(self) -> bool:
        """Tell a paper only this call knows."""
        return self.role not in _ROLES

    @property
    def briefly(self) -> str:
        """Its name, once it was named in full."""
        return self.short or self.name

    @property
    def one_called(self) -> str:
        """The word for one of them, at the head of a sentence: “Phiếu”."""
        word = self.noun or self.name.split(" ", maxsplit=1)[0]
        return word[:1].upper() + word[1:]

    @property
    def as_listed(self) -> str:
        """How a letter lists it."""
        return self.listed or self.name[:1].upper() + self.name[1:]


_ROLES = frozenset(map(str, Role))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHere:
    """What this call says of a rule of the catalogue: its ground here, its words, or “not here”."""

    cites: tuple[Citation, ...] = ()
    title: str = ""
    why: str = ""
    remedy: str = ""
    """What to do, for rules whose remedy names a form or a limit."""
    called: str = ""
    """What it asks for, in the middle of its own sentence (C08 to C11): “việc đồng tài trợ”."""
    left_out: bool = False
    because: str = ""
    """Why it is left out, for whoever wonders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline, and the letter that set or moved it."""

    closes_at: datetime
    in_words: str
    letter: str
    """“Công văn số 12/SKHCN-QLKH ngày 02/3/2026”."""
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days the office works (Monday is 1)."""

    working_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    holidays: tuple[date, ...] = ()
    """Days off: holidays and the working days taken for them."""
    made_up: tuple[date, ...] = ()
    """Weekend days worked in exchange."""

    def is_working(self, day: date) -> bool:
        """Tell whether the office works that day."""
        if day in self.made_up:
            return True
        return day.isoweekday() in self.working_days and day not in self.holidays

    def next_working(self, day: date) -> date:
        """The first working day after `day`; within a year, or `day` plus one."""
        after = (day + timedelta(days=number) for number in range(1, 366))
        return next(filter(self.is_working, after), day + timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How this call's letters name what it asks for."""

    dossier: str = "hồ sơ đề xuất nhiệm vụ"
    """“hồ sơ đề xuất nhiệm vụ khoa học và công nghệ cấp quốc gia … thuộc Chương trình 1322”."""
    dossier_short: str = "hồ sơ đề xuất nhiệm vụ"
    """For a subject: “hồ sơ đề xuất nhiệm vụ KH&CN”."""
    nothing: str = "đề xuất nhiệm vụ"
    """What a nil return has none of: “đề xuất nhiệm vụ khoa học và công nghệ …”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """When units that have not answered are reminded of the deadline (T9)."""

    working_days_before: tuple[int, ...] = ()
    """So many working days before the last day that is in time; none: nobody is reminded."""
    first_hour: int = 8
    """Reminders go from this hour on the office's clock, on working days only,"""
    last_hour: int = 16
    """and not from this one on."""
    open_gaps: bool = True
    """Units are reminded, too, of what they were asked to supply and have not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One column of the consolidated table that repeats what a form or a row says."""

    key: str
    """Of a form's field or a table's column."""
    name: str
    width: int = 16
    """In characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the package sent on shows of every task, between its kind and its time and money."""

    columns: tuple[Laid, ...] = (
        Laid(key="muc_tieu", name="Mục tiêu", width=19),
        Laid(key="noi_dung", name="Nội dung chính", width=24),
        Laid(key="ket_qua", name="Dự kiến kết quả, chỉ tiêu cần đạt", width=18),
        Laid(key="dia_chi", name="Địa chỉ ứng dụng; doanh nghiệp tham gia", width=14),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, as the letter that announced it defines it."""

    id: str
    title: str
    programme: str
    """“Chương trình 1322”."""
    programme_cues: tuple[str, ...] = ()
    letter_cues: tuple[str, ...] = ()
    """Words that only suggest this call in a letter: “năng suất”."""
    mail_cues: tuple[str, ...] = ()
    """Regular expressions over folded text: a mail that says this answers the call."""
    other_programmes: tuple[str, ...] = ()
    """Words of calls that are not this one: “cấp tỉnh”, “sở hữu trí tuệ”."""
    look_alikes: tuple[str, ...] = ()
    """Words in a form's title that make it another procedure's: “cấp tỉnh”, “sáng kiến”."""
    own_level: tuple[str, ...] = ()
    """Words in a form's title that make it ours all the same: “cấp quốc gia”."""
    basis: str
    """The clause every letter cites."""
    closes_at: datetime
    """The first moment that is too late: “trước ngày 23/3” closes at 00:00 on the 23rd."""
    closes_in_words: str
    office: Office
    words: Words = field(default_factory=Words)
    deadlines: tuple[Deadline, ...] = ()
    """Every deadline this call ever had, the one in force last; empty when it never moved."""
    calendar: Calendar = field(default_factory=Calendar)
    reminders: Reminders = field(default_factory=Reminders)
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """The texts that are law for this call, by their file in `config/sources/`, as letters name
    them. A rule of the catalogue that rests on others alone is not in force here."""
    papers: tuple[PaperAsked, ...] = ()
    rules: Mapping[str, RuleHere] = field(default_factory=dict[str, RuleHere])
    """Rules of the catalogue this call grounds, words or leaves out its own way."""
    requirements: tuple[Requirement, ...] = ()
    """What it asks beyond the catalogue."""
    unit_kinds: Mapping[UnitKind, str] = field(default_factory=dict[UnitKind, str])
    """Kinds of units only this call knows, and how a letter addresses one: “Quý Trường”."""
    field_names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields by key, as a letter names one that a form does not print."""
    layout: Layout = field(default_factory=Layout)
    letters: tuple[OwnLetter, ...] = ()
    announced: date | None = None
    """The day the call (or the letter it passes on) bears; an answer dated before it is odd."""
    first_year: int
    max_months: int = 0
    """The longest a task may take (E06); 0 where the call sets no limit."""
    min_schools: int = 0
    """The fewest schools of a curriculum task (E12); 0 where the call sets none."""
    forms: tuple[FormAsked, ...] = ()
    columns: tuple[Column, ...] = ()
    kinds: tuple[KindAsked, ...] = ()
    priorities: tuple[Priority, ...] = ()
    commitment_cues: Mapping[Element, tuple[str, ...]] = field(
        default_factory=dict[Element, tuple[str, ...]]
    )
    """Regular expressions over folded text, one element of a commitment letter each."""
    units: tuple[Unit, ...] = ()
    """Invited units known by name."""
    weights: Mapping[str, str] = field(default_factory=dict[str, str])
    """Rules this call weighs otherwise than the catalogue: rule id to severity."""
    version: str = ""
    """Of the file it was read from; filled in when the call is loaded."""
    mode: Mode = Mode.APPROVE
    quiet_minutes: int = 20
    """How long after a unit's last mail its dossier is judged."""
    max_mail_megabytes: int = 25

    def __post_init__(self) -> None:
        if self.closes_at.tzinfo is None:
            message = f"closes_at of call {self.id} has no time zone"
            raise ValueError(message)

    def __hash__(self) -> int:
        """By its id alone: what is worked out once a call is kept by the call itself."""
        return hash(self.id)

    def kind_name(self, kind: TaskKind) -> str:
        """The kind in Vietnamese; empty when the call does not name it."""
        return next((asked.name for asked in self.kinds if asked.kind is kind), "")

    def kind(self, kind: TaskKind) -> KindAsked | None:
        """What the call says of a kind of task."""
        return next((asked for asked in self.kinds if asked.kind is kind), None)

    def needs_commitment(self, kind: TaskKind) -> bool:
        """Tell whether a task of this kind comes with commitments."""
        asked = self.kind(kind)
        return asked is not None and asked.needs_commitment

    def paper(self, role: str) -> PaperAsked:
        """The paper of this role as the call names it, or as everybody does."""
        asked = (one for one in self.papers if one.role == role)
        return next(asked, None) or PaperAsked(role=role, name=_NAMES.get(role, role))

    def field_name(self, key: str) -> str:
        """A field's name: the call's, else the first label of a form that asks for it."""
        labels = (one.labels[0] for form in self.forms for one in form.fields if one.key == key)
        return self.field_names.get(key) or next(labels, key)

    def knows_whole(self, family: FormFamily) -> bool:
        """Tell whether every label of this family's forms is known."""
        return any(form.whole for form in self.forms if form.family is family)

    def source_name(self, source: str) -> str:
        """A text as letters name it."""
        return self.sources.get(source, source)


_NAMES: Mapping[str, str] = {
    Role.COVER_LETTER: "công văn đề xuất nhiệm vụ của đơn vị",
    Role.SUMMARY_TABLE: "Bảng tổng hợp đề xuất nhiệm vụ",
    Role.PROPOSAL_FORM: "Phiếu đề xuất nhiệm vụ",
    Role.COMMITMENT_LETTER: "văn bản cam kết của doanh nghiệp",
}
