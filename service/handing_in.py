"""A paper dossier handed in at the counter, entered with its scans: it becomes a mail-like row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossier.times import VIETNAM
from ingest.enclosing import enclose
from ledger import intake
from ledger.models import Incoming, Way
from service.wiring import Wired

FOLDER = "nộp tại phòng"
"""What stands for a folder of a mailbox in the ledger."""
_TOLERANCE = timedelta(minutes=5)


class NotEnteredError(Exception):
    """The papers cannot be entered so; the Vietnamese message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """Papers that a person brought."""

    unit: str
    at: datetime
    """When they were handed over; aware. It is the time of receipt."""
    who: str
    """The officer who took them."""
    reason: str
    files: Sequence[tuple[str, bytes]]
    """Names and bytes of the scans."""
    address: str = ""
    """Where the unit reads mail; empty: no letter is written."""


def enter(office: Wired, papers: HandedIn, account: str) -> tuple[Incoming, bool]:
    """Write papers into the ledger, and who entered them why, in one transaction.

    Gives the row, and whether it is new: the same papers entered twice are one.

    Raises:
        NotEnteredError: something a row needs is not there, or the time lies ahead.

    """
    now = office.clock.now()
    _checked(papers, now)
    raw = enclose(_headers(papers), _words(papers), papers.files)
    given = intake.Given(
        way=Way.COUNTER,
        folder=FOLDER,
        at=papers.at,
        who=papers.who,
        reason=papers.reason,
    )
    return intake.record_given(office.store, account, raw, now, given)


def _checked(papers: HandedIn, now: datetime) -> None:
    wanted = {
        "tên đơn vị": papers.unit.strip(),
        "lý do": papers.reason.strip(),
        "tên cán bộ": papers.who.strip(),
        "bản chụp hồ sơ": papers.files,
    }
    if missing := [name for name, value in wanted.items() if not value]:
        message = f"Cần có {', '.join(missing)}."
        raise NotEnteredError(message)
    if empty := [name for name, raw in papers.files if not raw]:
        message = f"Tệp rỗng: {', '.join(empty)}."
        raise NotEnteredError(message)
    if papers.at > now + _TOLERANCE:
        message = "Giờ nộp muộn hơn giờ hiện tại."
        raise NotEnteredError(message)


def _headers(papers: HandedIn) -> dict[str, str]:
    unit = " ".join(papers.unit.replace("<", " ").replace(">", " ").split())
    sender = f"{unit} <{papers.address}>" if papers.address else unit
    subject = f"Hồ sơ đề xuất nhiệm vụ nộp tại phòng: {unit}"
    return {"From": sender, "Subject": subject}


def _words(papers: HandedIn) -> str:
    """What a person reads instead of a mail; nothing in it may be taken for a paper's words."""
    at = papers.at.astimezone(VIETNAM)
    return (
        f"Hồ sơ giấy nộp tại phòng lúc {at:%H:%M %d/%m/%Y}.\n"
        f"Đơn vị: {papers.unit}\n"
        f"Cán bộ nhập: {papers.who}\n"
    )
