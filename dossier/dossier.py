"""The dossier (hồ sơ đề xuất): what one unit sent for one call, read and sorted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dossier.marks import Ink, Signature
from dossier.papers import (
    CERTAIN,
    CommitmentLetter,
    CoverLetter,
    Link,
    OpenKey,
    OtherPaper,
    Paper,
    ProposalForm,
    Role,
    SummaryRow,
    SummaryTable,
    TaskKind,
    Unread,
)
from dossier.place import Place


class UnitKind(OpenKey):
    """Who may propose (the call letter's addressees), and who else does."""

    COMMUNE = "commune"  # UBND xã, thị trấn
    DEPARTMENT = "department"  # cơ quan, ban, ngành
    MASS_ORGANISATION = "mass_organisation"  # đoàn thể
    ENTERPRISE = "enterprise"  # doanh nghiệp
    COOPERATIVE = "cooperative"  # HTX, hộ kinh doanh
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Đơn vị đề xuất: the commune, department, mass organisation or enterprise that proposes."""

    name: str
    kind: UnitKind = UnitKind.UNKNOWN
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Mail addresses it is known by."""
    register_id: str = ""
    """Its id among the invited units of the call; empty for a unit nobody invited by name."""
    phone: str = ""
    group: str = ""
    """How the office groups its list: “Khối xã, thị trấn”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Nhiệm vụ: a row of the summary table and the papers that belong to it, or what there is."""

    title: str
    kind: TaskKind = TaskKind.UNKNOWN
    priority: int | None = None
    row: SummaryRow | None = None
    forms: tuple[ProposalForm, ...] = ()
    """Usually one; two when a signed copy and an editable one came, the one to judge first."""
    letters: tuple[CommitmentLetter, ...] = ()
    likeness: float = 1.0
    """How alike row and form are named (0 to 1); below `CERTAIN` the pairing is a guess."""

    @property
    def form(self) -> ProposalForm | None:
        """The form to judge."""
        return self.forms[0] if self.forms else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything that arrived, and nothing that did not."""

    code: str
    unit: Unit
    received_at: datetime
    """When the first mail of the dossier came in; decides whether it is late."""
    supplemented_at: datetime | None = None
    """When the newest supplement came in."""
    sent_at: datetime | None = None
    """The `Date:` header of the first mail; shown, never decides."""
    tasks: tuple[Task, ...] = ()
    cover_letters: tuple[CoverLetter, ...] = ()
    summary_tables: tuple[SummaryTable, ...] = ()
    loose_letters: tuple[CommitmentLetter, ...] = ()
    """Commitment letters that could not be tied to a task."""
    other_papers: tuple[OtherPaper, ...] = ()
    unread: tuple[Unread, ...] = ()
    links: tuple[Link, ...] = ()
    body_reads_as_letter: bool = False
    """The mail's own text is a cover letter (S19)."""
    nothing_to_propose: bool = False
    """The unit says so and sends no task (S17)."""
    nil_words: Place | None = None
    units_seen: tuple[str, ...] = ()
    """Names of other units whose cover letters lie in the same dossier (S12)."""
    parts_announced: int = 1
    parts_received: int = 1
    """“phần 1/3” in a subject: how many mails were announced, how many came."""
    duplicates: tuple[Place, ...] = ()
    """Files that came twice, the copies after the first (S10)."""
    legacy: tuple[Place, ...] = ()
    """Files typed in a legacy encoding (TCVN3, VNI) and converted (S09)."""
    contact: str | None = None
    """Whom to phone, wherever the dossier or its mail says so; None while nobody looked (C28)."""
    signatures: tuple[Signature, ...] = ()
    """Digital signatures in the files (F11)."""
    inks: tuple[Ink, ...] = ()
    """Marks on scanned pages that may be seals or signatures (F08)."""
    macros: tuple[Place, ...] = ()
    """Files that were read and hold macros, which nobody ran (S05)."""
    doubts: tuple[str, ...] = ()
    """Why a person must look, in Vietnamese, for reasons no paper carries (an uncertain join)."""
    files: int = 0

    def __post_init__(self) -> None:
        if self.received_at.tzinfo is None:
            message = f"received_at of dossier {self.code} has no time zone"
            raise ValueError(message)

    @property
    def proposal_forms(self) -> tuple[ProposalForm, ...]:
        """Every form, the tasks in order."""
        return tuple(form for task in self.tasks for form in task.forms)

    @property
    def commitment_letters(self) -> tuple[CommitmentLetter, ...]:
        """Every commitment letter once, tied to a task or not."""
        tied = (letter for task in self.tasks for letter in task.letters)
        found: list[CommitmentLetter] = []
        begun: dict[Place, list[CommitmentLetter]] = {}
        for letter in (*tied, *self.loose_letters):
            here = begun.setdefault(letter.at, [])
            if letter not in here:  # several may begin at one place
                here.append(letter)
                found.append(letter)
        return tuple(found)

    def papers(self) -> Iterator[Paper]:
        """Every paper, recognised or not."""
        yield from self.cover_letters
        yield from self.summary_tables
        yield from self.proposal_forms
        yield from self.commitment_letters
        yield from self.other_papers

    @property
    def could_hide_a_paper(self) -> tuple[Unread | Paper, ...]:
        """What keeps us from saying that anything is missing (domain.md §6.2, confidence gate).

        An unread file, a paper whose role is a guess, a page known only by doubtful OCR.
        """
        doubtful = (
            paper
            for paper in self.papers()
            if paper.confidence < CERTAIN and paper.role is not Role.CALL_LETTER
        )
        return (*self.unread, *doubtful)
