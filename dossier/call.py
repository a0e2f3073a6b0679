"""The call for proposals a dossier answers (đợt đề xuất): all that one office and one call decide.

Loaded from `config/calls/*.yaml`. Nothing about one office or one call stands in the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dossier.dossier import Unit
from dossier.papers import Element, FormFamily, TaskKind


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
    not_when: tuple[str, ...] = ()
    """Phrases that hold the literal words by chance: “mô hình điểm đến du lịch”."""
    needs_commitment: bool = False


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
class Call:
    """One call, as the letter that announced it defines it."""

    id: str
    title: str
    programme: str
    """“Chương trình 1322”."""
    programme_cues: tuple[str, ...] = ()
    other_programmes: tuple[str, ...] = ()
    """Words of calls that are not this one: “cấp tỉnh”, “sở hữu trí tuệ”."""
    basis: str
    """The clause every letter cites."""
    closes_at: datetime
    """The first moment that is too late: “trước ngày 23/3” closes at 00:00 on the 23rd."""
    closes_in_words: str
    office: Office
    letters: tuple[OwnLetter, ...] = ()
    announced: date | None = None
    """The day the call (or the letter it passes on) bears; an answer dated before it is odd."""
    first_year: int
    max_months: int
    min_schools: int
    forms: tuple[FormAsked, ...] = ()
    columns: tuple[Column, ...] = ()
    kinds: tuple[KindAsked, ...] = ()
    commitment_cues: Mapping[Element, tuple[str, ...]] = field(
        default_factory=dict[Element, tuple[str, ...]]
    )
    """Regular expressions over folded text, one element of a commitment letter each."""
    units: tuple[Unit, ...] = ()
    """Invited units known by name."""
    weights: Mapping[str, str] = field(default_factory=dict[str, str])
    """Rules this call weighs otherwise than the catalogue: rule id to severity."""
    mode: Mode = Mode.APPROVE
    quiet_minutes: int = 20
    """How long after a unit's last mail its dossier is judged."""
    max_mail_megabytes: int = 25

    def __post_init__(self) -> None:
        if self.closes_at.tzinfo is None:
            message = f"closes_at of call {self.id} has no time zone"
            raise ValueError(message)

    def kind_name(self, kind: TaskKind) -> str:
        """The kind in Vietnamese; empty when the call does not name it."""
        return next((asked.name for asked in self.kinds if asked.kind is kind), "")
