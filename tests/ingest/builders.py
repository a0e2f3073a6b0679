"""Mails and papers made by hand: a complete one, from which a test changes what it is about."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from config.load import load_call
from dossier import (
    Address,
    Call,
    CommitmentLetter,
    CoverLetter,
    Envelope,
    FileSeen,
    Paper,
    Place,
    ProposalForm,
    Reading,
    SummaryRow,
    SummaryTable,
    TaskKind,
    Unread,
)

HANOI = timezone(timedelta(hours=7))
MORNING = datetime(2024, 3, 20, 9, 0, tzinfo=HANOI)
FIVE_S = "Xây dựng mô hình điểm áp dụng 5S tại làng nghề cơ khí xã Mỹ Hà"
ISO = "Áp dụng ISO 9001:2015 cho doanh nghiệp dệt may"


@cache
def my_loc() -> Call:
    return load_call("1322-2025")


def later(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def envelope(**changes: Any) -> Envelope:  # noqa: ANN401 -- any field of the value
    values: dict[str, Any] = {
        "message_id": "<1@xamyha.example>",
        "sender": Address("xamyha@gmail.com", "UBND xã Mỹ Hà"),
        "to": (Address("phongkthtmyloc@namdinh.gov.vn"),),
        "subject": "Hồ sơ đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322",
        "body": "UBND xã Mỹ Hà xin gửi hồ sơ đề xuất nhiệm vụ.",
        "received_at": MORNING,
    }
    return Envelope(**values | changes)


def cover(file: str = "CV 25.pdf", **changes: Any) -> CoverLetter:  # noqa: ANN401 -- any field
    values: dict[str, Any] = {
        "at": Place(file),
        "number": "25/UBND-VP",
        "subject": "V/v đề xuất nhiệm vụ khoa học và công nghệ Chương trình 1322",
        "issuer": "UBND xã Mỹ Hà",
    }
    return CoverLetter(**values | changes)


def table(
    *titles: str,
    file: str = "Bang tong hop.xlsx",
    **changes: Any,  # noqa: ANN401 -- any field
) -> SummaryTable:
    rows = tuple(
        SummaryRow(at=Place(file, f"dòng {order}"), title=title, order=order)
        for order, title in enumerate(titles, start=1)
    )
    return replace(SummaryTable(at=Place(file), rows=rows), **changes)


def form(
    task: str = ISO,
    file: str = "Phieu 1.docx",
    **changes: Any,  # noqa: ANN401 -- any field
) -> ProposalForm:
    kind = TaskKind.PILOT_MODEL if "mô hình điểm" in task else TaskKind.APPLY
    return replace(ProposalForm(at=Place(file), task=task, kind=kind), **changes)


def letter(
    enterprise: str = "Công ty TNHH Hà Phát",
    file: str = "Cam ket.pdf",
    **changes: Any,  # noqa: ANN401 -- any field
) -> CommitmentLetter:
    return replace(CommitmentLetter(at=Place(file), enterprise=enterprise), **changes)


def seen(paper: Paper, mail: str = "") -> FileSeen:
    """The file a paper stands in; files of one name in two mails have different bytes."""
    name = paper.at.file
    return FileSeen(
        name=name,
        digest=digest(f"{mail}/{name}/{paper!r}"),
        size=1000,
        kind=name.rpartition(".")[2],
        roles=(paper.role,),
    )


def reading(
    *papers: Paper,
    unread: Sequence[Unread] = (),
    files: Sequence[FileSeen] | None = None,
    mail: Envelope | None = None,
    **changes: Any,  # noqa: ANN401 -- any field
) -> Reading:
    head = mail or envelope()
    listed = tuple(seen(paper, head.message_id) for paper in papers) if files is None else files
    values: dict[str, Any] = {
        "envelope": head,
        "digest": digest(repr(head)),
        "files": tuple({file.name: file for file in listed}.values()),
        "papers": papers,
        "unread": tuple(unread),
        "call_cues": ("1322",) if papers else (),
    }
    return Reading(**values | changes)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
