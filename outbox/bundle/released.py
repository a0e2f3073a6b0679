"""What an officer let into the package, and where everybody else stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from dossier import Dossier, Unit
from rules import Judged, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file exactly as the unit sent it."""

    name: str
    """With the way to it: “Ho so.zip/CV 25.pdf”; the same as in `Place.file`."""
    path: Path
    """Where its bytes lie; copied in pieces, never read whole."""
    digest: str
    """sha256 of its bytes, hex; the copy is checked against it."""
    mail: str = ""
    """The Message-ID of the mail that brought it."""
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A dossier an officer let into the package, as it was judged then."""

    dossier: Dossier
    verdict: Verdict
    """As it stands after the officers' waivers: it decides what is a gap."""
    waived: tuple[Judged, ...] = ()
    """Findings an officer waived; only the sheet that stays in the house shows them."""
    originals: tuple[Original, ...] = ()
    register_number: str = ""
    """Số đến, as the clerk's register has it; empty leaves the cell for the clerk."""
    released_by: str = ""
    released_at: datetime
    decisions: Mapping[str, str] = field(default_factory=dict[str, str])
    """`Judged.key` to what an officer decided about it: who, when, because."""
    note: str = ""
    """For the last column; anybody who gets the package reads it."""

    def __post_init__(self) -> None:
        """Refuse a time without a zone."""
        if self.released_at.tzinfo is None:
            message = f"released_at of dossier {self.dossier.code} has no time zone"
            raise ValueError(message)

    @property
    def belongs_in_annex(self) -> bool:
        """Late, or with a gap: it goes on, but apart, and with its status."""
        if self.dossier.nothing_to_propose:
            return False
        return self.verdict.late or bool(self.verdict.gaps)

    @property
    def status(self) -> str:
        """How it stands, in the words of the register."""
        if self.dossier.nothing_to_propose:
            return "báo cáo không có đề xuất"
        words = ["còn nội dung cần bổ sung" if self.verdict.gaps else "đủ thành phần"]
        if self.verdict.late:
            words.append("nhận sau thời hạn")
        return ", ".join(words)


class Answer(StrEnum):
    """How far an invited unit has come; the values are what the sheet says."""

    COMPLETE = "Đã gửi, đủ thành phần"
    GAPS = "Đã gửi, còn nội dung cần bổ sung"
    WAITING = "Đã gửi, cán bộ đang kiểm tra"
    LATE = "Gửi sau thời hạn"
    NIL_RETURN = "Báo cáo không có đề xuất"
    NONE = "Chưa phản hồi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One unit's answer to the call, whether its dossier is in the package or not."""

    unit: Unit
    answer: Answer
    code: str = ""
    received_at: datetime | None = None
