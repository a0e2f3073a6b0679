"""The papers a dossier is made of, each as far as we could read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self, cast

from dossier.place import Place

CERTAIN = 0.8
"""Below this confidence a machine's reading is a doubt, and doubts go to a person."""


class Role(StrEnum):
    """What a paper is in the dossier (domain.md §3.2)."""

    COVER_LETTER = "cover_letter"
    SUMMARY_TABLE = "summary_table"
    PROPOSAL_FORM = "proposal_form"
    COMMITMENT_LETTER = "commitment_letter"
    CALL_LETTER = "call_letter"  # the office's own call, sent back
    BLANK_TEMPLATE = "blank_template"
    OTHER = "other"
    UNREADABLE = "unreadable"


class Text(StrEnum):
    """Where a file's words came from, and so how far an absence in it can be trusted."""

    NATIVE = "native"
    OCR = "ocr"
    NONE = "none"


class OpenKey(StrEnum):
    """Keys a call may add to: one it writes is a member from the moment it is first met.

    A key is one value wherever it comes from, so `is` tells keys apart; iteration names only those
    the code speaks of.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", value):
            return None
        met = str.__new__(cls, value)
        met._name_ = value.upper()
        met._value_ = value
        return cast("Self", cls._value2member_map_.setdefault(value, met))


class TaskKind(OpenKey):
    """What a task does, as far as its papers say so in plain words (domain.md §2.5)."""

    PILOT_MODEL = "pilot_model"  # xây dựng mô hình điểm
    APPLY = "apply"  # áp dụng tiêu chuẩn, hệ thống quản lý, công cụ
    CURRICULUM = "curriculum"  # học phần, môn học
    TRAINING = "training"  # đào tạo, bồi dưỡng
    TCVN = "tcvn"  # xây dựng tiêu chuẩn quốc gia
    CAPACITY = "capacity"  # năng lực đánh giá, chứng nhận
    POLICY = "policy"  # cơ chế, chính sách
    UNKNOWN = "unknown"


class FormFamily(OpenKey):
    """Which text's form a proposal form follows: a circular, an office's own letter."""

    TT03_2017 = "tt03_2017"
    TT06_2023 = "tt06_2023"
    UNKNOWN = "unknown"
    LOOK_ALIKE = "look_alike"  # another procedure's form, such as a provincial one


class Element(OpenKey):
    """What a commitment letter must say (the call letter, II.3.b)."""

    NEED = "need"  # nhu cầu
    COOPERATE = "cooperate"  # phối hợp thực hiện
    CO_FUND = "co_fund"  # đối ứng kinh phí
    TAKE_UP = "take_up"  # tiếp nhận hoặc ứng dụng kết quả


class UnreadCause(StrEnum):
    """Why a file stayed unread; it decides whether we ask for it again or look ourselves."""

    BROKEN = "broken"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    UNSAFE = "unsafe"  # executable, macro, disguised extension: never opened
    SCAN = "scan"  # a picture of a page without reliable text
    UNSUPPORTED = "unsupported"  # our limit, not the unit's fault
    OURS = "ours"  # a reader of ours crashed or ran out of its time


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """How long a task runs, as stated in months and as a span of dates."""

    at: Place
    stated_months: int | None = None
    start_year: int | None = None
    start_month: int | None = None
    end_year: int | None = None
    end_month: int | None = None

    @property
    def span_months(self) -> int | None:
        """Count the months from start to end, both included; None unless all four are known."""
        if not (self.start_year and self.start_month and self.end_year and self.end_month):
            return None
        return (self.end_year - self.start_year) * 12 + self.end_month - self.start_month + 1

    @property
    def months(self) -> int | None:
        """The length both statements agree on (a month's difference is how people count)."""
        stated, span = self.stated_months, self.span_months
        if stated is None or span is None:
            return span if stated is None else stated
        return stated if abs(stated - span) <= 1 else None

    @property
    def contradicts_itself(self) -> bool:
        """Tell whether the months and the dates cannot both be right."""
        return None not in (self.stated_months, self.span_months) and self.months is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money asked for a task, in million đồng; a number without a unit is not money we know."""

    at: Place
    total: Decimal | None = None
    state: Decimal | None = None
    """From the state budget (NSNN)."""
    other: Decimal | None = None
    """Counterpart and other sources (đối ứng, nguồn khác)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLetter:
    """Công văn đề xuất nhiệm vụ của đơn vị (also a tờ trình, báo cáo)."""

    at: Place
    role: Literal[Role.COVER_LETTER] = Role.COVER_LETTER
    number: str = ""
    """Số, ký hiệu: “25/UBND-VP”; empty when the letter has none."""
    issued: date | None = None
    subject: str = ""
    issuer: str = ""
    signatory: str = ""
    addressee: str = ""
    contact: str = ""
    tasks_stated: int | None = None
    titles: tuple[str, ...] = ()
    """Task titles the letter itself lists."""
    enclosures: tuple[str, ...] = ()
    says_nothing_to_propose: bool = False
    text: Text = Text.NATIVE
    confidence: float = 1.0
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One task in a summary table."""

    at: Place
    title: str
    order: int = 1
    """Position among the filled rows, from 1."""
    priority: int | None = None
    """The rank a priority column states; None when only the order of rows tells."""
    cells: Mapping[str, str] = field(default_factory=dict[str, str])
    """Column key (`Column.key` of the call) to the words in the cell."""
    duration: Duration | None = None
    budget: Budget | None = None
    hidden: bool = False
    """A filter or a person hid the row: it may be a draft left behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """Bảng tổng hợp đề xuất nhiệm vụ, one row a task, in order of priority."""

    at: Place
    role: Literal[Role.SUMMARY_TABLE] = Role.SUMMARY_TABLE
    rows: tuple[SummaryRow, ...] = ()
    columns: tuple[str, ...] = ()
    """Keys of the columns whose headers were understood."""
    unknown_headers: tuple[str, ...] = ()
    """Headers of columns nobody understood; any of them may be a column we think missing."""
    text: Text = Text.NATIVE
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One numbered field of a proposal form, found on the paper, filled or not."""

    key: str
    at: Place
    label: str = ""
    number: str = ""
    value: str = ""
    """What the unit wrote, without label, hint and dots; empty when left blank."""
    pictured: bool = False
    """A picture nobody has read stands where a blank field's answer would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalForm:
    """Phiếu đề xuất nhiệm vụ, one a task."""

    at: Place
    role: Literal[Role.PROPOSAL_FORM] = Role.PROPOSAL_FORM
    task: str
    kind: TaskKind = TaskKind.UNKNOWN
    kind_words: Place | None = None
    """The words the kind rests on."""
    family: FormFamily = FormFamily.TT03_2017
    template: str = ""
    """“A1”, “A2”, “A3” as the form itself says, by its “(Dùng cho …)” line."""
    title_line: str = ""
    """What the form calls itself; tells a look-alike's name."""
    fields: Mapping[str, FormField] = field(default_factory=dict[str, FormField])
    duration: Duration | None = None
    budget: Budget | None = None
    schools: int | None = None
    """How many schools a curriculum task names or counts."""
    schools_at: Place | None = None
    proposer: str = ""
    signatory: str = ""
    signature_block: Place | None = None
    """Where “TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT” stands; None when not found or not looked for."""
    pages: int | None = None
    """How many pages the form fills, where the format knows (PDF); None for .docx."""
    text: Text = Text.NATIVE
    confidence: float = 1.0

    def value(self, key: str) -> str:
        """What the unit wrote in a field; empty when blank or not on the form."""
        found = self.fields.get(key)
        return found.value if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One element of a commitment letter, with the sentence that carries it."""

    element: Element
    at: Place
    negated: bool = False
    """The sentence may say the opposite (“không có đối ứng”): a person reads it."""
    million: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLetter:
    """Văn bản thể hiện nhu cầu và cam kết của doanh nghiệp, for one task or several."""

    at: Place
    role: Literal[Role.COMMITMENT_LETTER] = Role.COMMITMENT_LETTER
    enterprise: str = ""
    tax_code: str = ""
    number: str = ""
    issued: date | None = None
    tasks: tuple[str, ...] = ()
    """Titles of tasks the letter names; empty when it names none."""
    commitments: tuple[Commitment, ...] = ()
    signatory: str = ""
    text: Text = Text.NATIVE
    confidence: float = 1.0

    def commitment(self, element: Element) -> Commitment | None:
        """The sentence for one element, a plain one before a negated one."""
        found = [one for one in self.commitments if one.element is element]
        return min(found, key=lambda one: one.negated, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPaper:
    """A paper that is none of the four: the call itself, a blank template, a picture."""

    at: Place
    role: Literal[Role.CALL_LETTER, Role.BLANK_TEMPLATE, Role.OTHER, Role.UNREADABLE] = Role.OTHER
    title: str = ""
    """What it calls itself, so that a reply can name what was received."""
    paper: str = ""
    """The call's own key for a paper it asks for (`PaperAsked.role`): “ly_lich”; else empty."""
    about: tuple[str, ...] = ()
    """Titles of tasks it names; empty when it names none."""
    text: Text = Text.NATIVE
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file, or a part of one, that nobody has read yet, and why we could not."""

    at: Place
    cause: UnreadCause
    reason: str
    """In Vietnamese, a clause that follows the file's name: “tệp nén đặt mật khẩu”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to files kept elsewhere; the service never follows it."""

    at: Place
    url: str


Paper = CoverLetter | SummaryTable | ProposalForm | CommitmentLetter | OtherPaper
