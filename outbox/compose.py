"""Verdict to letter: pure, so that what we would send can be read before it is sent.

Every stranger's word in a `Letter` is already on one line and free of links.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dossier import (
    Address,
    Call,
    CommitmentLetter,
    CoverLetter,
    Dossier,
    Envelope,
    OtherPaper,
    Place,
    ReplyKind,
    Role,
    Task,
    UnreadCause,
)
from outbox.grounds import Ground, Grounds, clauses
from outbox.wording import (
    LONGEST_NAME,
    counted,
    day_in_words,
    deadline_in_words,
    moment_in_words,
    quoted,
    salutation,
)
from rules.rule import Outcome, Severity, State
from rules.verdict import Judged, Verdict

LONGEST_THREAD = 10
LONGEST_SUBJECT = 200
_HELD_BY_US = frozenset({UnreadCause.OURS, UnreadCause.UNSUPPORTED, UnreadCause.SCAN})
_KINDS = (
    (re.compile(r"(?<![^\W\d_])TTr(?![^\W\d_])", re.IGNORECASE), "Tờ trình"),
    (re.compile(r"(?<![^\W\d_])BC(?![^\W\d_])", re.IGNORECASE), "Báo cáo"),
)
"""Decree 30/2020: a symbol with a type code is no công văn."""
_SEND_AGAIN = {
    UnreadCause.BROKEN: "Đề nghị gửi lại tệp Word, Excel hoặc PDF.",
    UnreadCause.EMPTY: "Đề nghị gửi lại tệp Word, Excel hoặc PDF.",
    UnreadCause.ENCRYPTED: "Đề nghị gửi lại tệp không đặt mật khẩu.",
    UnreadCause.TOO_LARGE: "Đề nghị chia nhỏ hoặc giảm dung lượng rồi gửi lại.",
    UnreadCause.UNSAFE: "Đề nghị gửi lại dưới dạng .docx, .xlsx hoặc .pdf.",
}


class ContradictionError(ValueError):
    """The letter asked for would say what the verdict does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing asked for, or one thing worth knowing."""

    says: str
    where: str
    """File and spot; empty when the sentence already names the file, or no file is meant."""
    remedy: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One part of the dossier as we took it, so that a misreading can be seen and contested."""

    says: str
    files: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """A line for each paper of a kind that comes in numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The dossier as it stood when its last verdict was told to the unit."""

    dossier: Dossier
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything a template needs, in words; nothing in it is hostile any more."""

    kind: ReplyKind
    late: bool
    """T4 around the message: the dossier came after the deadline."""
    supplement: bool
    """T8: the letter answers what was sent after an earlier verdict was told."""
    dossier: str
    to: Address
    in_reply_to: str
    references: tuple[str, ...]
    unit: str
    """Empty when we do not know who wrote."""
    you: str
    """How the unit is addressed: “Quý đơn vị”."""
    received_at: str
    supplemented_at: str
    deadline: str
    deadline_passed: bool
    received: tuple[Received, ...]
    seen: tuple[str, ...]
    """Every file by name, for letters that judge nothing."""
    ranked_by_rows: bool
    """Several tasks stand in order of the table's rows, and the letter says so."""
    gaps: tuple[Point, ...] = ()
    warnings: tuple[Point, ...] = ()
    unopened: tuple[Point, ...] = ()
    settled: tuple[str, ...] = ()
    """Gaps told before that are no longer there."""
    scanned: bool = False
    nil_letter: str = ""
    """The letter that says there is nothing to propose."""
    parts_announced: int = 1
    parts_received: int = 1
    held_because: tuple[str, ...] = ()


def compose(  # noqa: PLR0913 -- each is one fact of the letter, and every one is named
    dossier: Dossier,
    verdict: Verdict,
    call: Call,
    *,
    kind: ReplyKind,
    answering: Envelope,
    written_at: datetime,
    grounds: Grounds,
    previous: Previous | None = None,
    held_because: tuple[str, ...] = (),
) -> Letter:
    """Gather what the letter of this kind says about this dossier.

    With `previous` the letter answers a supplement (T8). Raises `ContradictionError` rather than
    call a dossier complete that has a gap, or ask for a supplement without naming one.
    """
    gaps = verdict.gaps
    warnings = tuple(one for one in verdict.judged if _is_worth_telling(one))
    _refuse_a_contradiction(kind, gaps, dossier)

    def points(judged: Iterable[Judged], *, about_files: bool) -> tuple[Point, ...]:
        chosen = (one for one in judged if _asks_for_a_file(one) is about_files)
        return tuple(_point(one, grounds, call) for one in chosen)

    judges = kind in {ReplyKind.COMPLETE, ReplyKind.GAPS, ReplyKind.RESEND}
    return Letter(
        kind=kind,
        late=verdict.late and kind not in {ReplyKind.NIL_RETURN, ReplyKind.PARTIAL},
        supplement=previous is not None and (judges or kind is ReplyKind.HELD),
        dossier=dossier.code,
        to=answering.answer_to,
        in_reply_to=answering.message_id,
        references=_thread(answering),
        unit=quoted(dossier.unit.name, LONGEST_NAME),
        you=salutation(dossier.unit, call),
        received_at=moment_in_words(dossier.received_at, call),
        supplemented_at=moment_in_words(dossier.supplemented_at or answering.received_at, call),
        deadline=deadline_in_words(call),
        deadline_passed=written_at >= call.closes_at,
        received=tuple(_received(dossier, call)),
        seen=_files_seen(dossier),
        ranked_by_rows=_ranked_by_rows(dossier),
        gaps=points(gaps, about_files=False) if judges else (),
        warnings=points(warnings, about_files=False) if judges else (),
        unopened=_unopened(dossier, points((*gaps, *warnings), about_files=True), kind),
        settled=tuple(_settled(previous, gaps)) if judges and previous else (),
        scanned=any(one.cause is UnreadCause.SCAN for one in dossier.unread),
        nil_letter=next((_named(one) for one in dossier.cover_letters if one.number), ""),
        parts_announced=dossier.parts_announced,
        parts_received=dossier.parts_received,
        held_because=(*held_because, *_new_on_old_papers(dossier, previous, gaps)),
    )


def _is_worth_telling(judged: Judged) -> bool:
    """Only what failed and is theirs to mend; hints about eligibility are for the officer."""
    failed = judged.finding.outcome is Outcome.FAIL
    return failed and judged.severity is Severity.WARNING and not judged.rule.startswith("E")


def _refuse_a_contradiction(kind: ReplyKind, gaps: tuple[Judged, ...], dossier: Dossier) -> None:
    if kind is ReplyKind.NONE:
        message = f"dossier {dossier.code} is answered with no letter"
    elif kind is ReplyKind.COMPLETE and gaps:
        message = f"dossier {dossier.code} has gaps and cannot be called complete"
    elif kind is ReplyKind.GAPS and not gaps:
        message = f"dossier {dossier.code} has no gap to ask about"
    elif kind is ReplyKind.RESEND and not _asks_again(gaps, dossier):
        message = f"dossier {dossier.code} has no file to ask for again"
    else:
        return
    raise ContradictionError(message)


def _asks_again(gaps: tuple[Judged, ...], dossier: Dossier) -> bool:
    return any(_asks_for_a_file(one) for one in gaps) or any(
        one.cause not in _HELD_BY_US for one in dossier.unread
    )


def _asks_for_a_file(judged: Judged) -> bool:
    """A file to be sent again, rather than a paper to be written or mended."""
    return judged.concludes is State.RESEND


def _thread(answering: Envelope) -> tuple[str, ...]:
    """Their thread and their mail at its end; a long thread keeps its root and its newest nine."""
    thread = tuple(dict.fromkeys((*answering.references, answering.message_id)))
    known = tuple(one for one in thread if one)
    if len(known) <= LONGEST_THREAD:
        return known
    return (known[0], *known[1 - LONGEST_THREAD :])


def _point(judged: Judged, grounds: Grounds, call: Call) -> Point:
    finding = judged.finding
    says = quoted(finding.says)
    return Point(
        says=says,
        where=_where(finding.at, says),
        remedy=quoted(finding.remedy),
        grounds=clauses(grounds.get(judged.rule, ()), call),
    )


def _where(at: Place | None, says: str) -> str:
    """The file and the spot, as far as the sentence does not name them itself."""
    if at is None or not at.file:
        return ""
    spot = quoted(at.spot, LONGEST_NAME)
    if _is_no_file(at):
        return spot or at.file.strip("()")
    name = quoted(at.file, LONGEST_NAME)
    if name in says:
        return spot
    return f"tệp “{name}”, {spot}" if spot else f"tệp “{name}”"


def _is_no_file(at: Place) -> bool:
    """The mail's own text is a place too, and stands in brackets: “(nội dung thư)”."""
    return at.file.startswith("(") and at.file.endswith(")")


def _files(places: Iterable[Place]) -> tuple[str, ...]:
    names = dict.fromkeys(one.file for one in places if one.file and not _is_no_file(one))
    return tuple(f"“{quoted(name, LONGEST_NAME)}”" for name in names)


def _received(dossier: Dossier, call: Call) -> Iterator[Received]:
    yield from (_cover(letter) for letter in dossier.cover_letters)
    for table in dossier.summary_tables:
        rows = f" ({counted(len(table.rows))} nhiệm vụ)" if table.rows else ""
        yield Received(
            says=f"{call.paper(Role.SUMMARY_TABLE).as_listed}{rows}", files=_files([table.at])
        )
    asked = call.paper(Role.PROPOSAL_FORM)
    if proposed := [task for task in dossier.tasks if task.forms]:
        yield Received(
            says=f"{asked.as_listed}: {counted(len(proposed))} {asked.one_called.lower()}",
            parts=tuple(_proposed(task) for task in proposed),
        )
    if letters := dossier.commitment_letters:
        yield Received(
            says=f"{call.paper(Role.COMMITMENT_LETTER).as_listed}: {counted(len(letters))} văn bản",
            parts=tuple(_committed(letter) for letter in letters),
        )
    yield from (_other(paper, call) for paper in dossier.other_papers)
    for unread in dossier.unread:
        theirs = unread.cause not in _HELD_BY_US
        says = "Tệp chưa mở được" if theirs else "Tệp cán bộ đang kiểm tra trực tiếp"
        yield Received(says=says, files=_files([unread.at]))


def _cover(letter: CoverLetter) -> Received:
    pages = f" ({counted(letter.pages)} trang)" if letter.pages else ""
    return Received(says=f"{_named(letter)}{pages}", files=_files([letter.at]))


def _named(letter: CoverLetter) -> str:
    """“Công văn số 25/UBND-VP ngày 20/3/2024”."""
    words = [next((name for mark, name in _KINDS if mark.search(letter.number)), "Công văn")]
    words.append(f"số {quoted(letter.number, 40)}" if letter.number else "đề xuất nhiệm vụ")
    if letter.issued:
        words.append(f"ngày {day_in_words(letter.issued)}")
    return " ".join(words)


def _proposed(task: Task) -> str:
    return f"“{quoted(task.title, 300)}”{_in_files(form.at for form in task.forms)}"


def _committed(letter: CommitmentLetter) -> str:
    words = [quoted(letter.enterprise, LONGEST_NAME) or "Doanh nghiệp (chưa đọc được tên)"]
    if letter.number:
        words.append(f"số {quoted(letter.number, 40)}")
    if letter.issued:
        words.append(f"ngày {day_in_words(letter.issued)}")
    return f"{' '.join(words)}{_in_files([letter.at])}"


def _in_files(places: Iterable[Place]) -> str:
    files = _files(places)
    return f" – tệp {', '.join(files)}" if files else ""


def _other(paper: OtherPaper, call: Call) -> Received:
    if paper.paper and paper.role is Role.OTHER:
        return Received(says=call.paper(paper.paper).as_listed, files=_files([paper.at]))
    says = {
        Role.CALL_LETTER: "Văn bản mời đề xuất gửi kèm (không tính là công văn của đơn vị)",
        Role.BLANK_TEMPLATE: "Biểu mẫu chưa điền nội dung",
    }.get(paper.role, "Tài liệu khác")
    if paper.title and paper.role is Role.OTHER:
        says = f"{says}: {quoted(paper.title, LONGEST_NAME)}"
    return Received(says=says, files=_files([paper.at]))


def _files_seen(dossier: Dossier) -> tuple[str, ...]:
    return _files((*(paper.at for paper in dossier.papers()), *(one.at for one in dossier.unread)))


def _ranked_by_rows(dossier: Dossier) -> bool:
    rows = [row for table in dossier.summary_tables for row in table.rows]
    return len(rows) > 1 and all(row.priority is None for row in rows)


def _unopened(dossier: Dossier, found: tuple[Point, ...], kind: ReplyKind) -> tuple[Point, ...]:
    """What to send again: as the rules say it, else as the readers said it."""
    if kind not in {ReplyKind.RESEND, ReplyKind.GAPS, ReplyKind.COMPLETE}:
        return ()
    if found or kind is not ReplyKind.RESEND:
        return found
    return tuple(
        Point(
            says=f"Tệp “{quoted(one.at.file, LONGEST_NAME)}”: {quoted(one.reason)}.",
            where=_where(one.at, "") if one.at.spot else "",
            remedy=_SEND_AGAIN[one.cause],
        )
        for one in dossier.unread
        if one.cause not in _HELD_BY_US
    )


def _settled(previous: Previous, gaps: tuple[Judged, ...]) -> Iterator[str]:
    left = {(one.rule, one.finding.says) for one in gaps}
    for one in previous.verdict.gaps:
        if (one.rule, one.finding.says) not in left:
            yield quoted(one.finding.says).rstrip(".")


def _new_on_old_papers(
    dossier: Dossier, previous: Previous | None, gaps: tuple[Judged, ...]
) -> Iterator[str]:
    """A gap nobody told before, on a paper that did not change, goes by an officer first."""
    if previous is None:
        return
    told = {(one.rule, one.finding.says) for one in previous.verdict.judged}
    before = list(previous.dossier.papers())
    unchanged = {paper.at.file for paper in dossier.papers() if paper in before}
    for one in gaps:
        place = one.finding.at
        if place and place.file in unchanged and (one.rule, one.finding.says) not in told:
            says = quoted(one.finding.says)
            yield f"Nội dung chưa nêu ở thư trước, trên tài liệu không đổi: {says}"
