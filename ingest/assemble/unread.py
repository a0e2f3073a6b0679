"""Files nobody has read, but for those whose content came in another, readable file."""

import re
from collections.abc import Iterator, Sequence

from dossier import CERTAIN, OtherPaper, Reading, Unread, UnreadCause
from dossier.vietnamese import fold
from ingest.assemble.file_names import core, steps

_SENT_AGAIN = re.compile(
    r"\bgui lai\b|\bkhong (?:dat |co )?(?:mat khau|pass)|\bthay the\b|\bda (?:bo|go) mat khau|"
    r"\bbo mat khau\b|\bmo duoc\b|\bban (?:moi|khac)\b|\bbo sung\b"
)
_RESENT = frozenset(
    (
        UnreadCause.BROKEN,
        UnreadCause.EMPTY,
        UnreadCause.ENCRYPTED,
        UnreadCause.TOO_LARGE,
        UnreadCause.UNSAFE,
        UnreadCause.UNSUPPORTED,
    )
)
"""Causes the unit mends by sending the file again."""
_A_COPY = 3
"""How many letters the common core of two file names needs."""


def still_unread(readings: Sequence[Reading]) -> Iterator[Unread]:
    """Files nobody has read, but for those whose content came in another, readable file."""
    for number, reading in enumerate(readings):
        for unread in reading.unread:
            if not _was_read(unread, number, readings):
                yield unread


def _was_read(unread: Unread, number: int, readings: Sequence[Reading]) -> bool:
    """Whether the same paper came as a readable file (“CV 25.pdf” scanned, “CV 25.docx” typed)."""
    mine = core(steps(unread.at.file)[-1])
    for later, reading in enumerate(readings):
        if later < number:
            continue
        papers = {
            paper.at.file
            for paper in reading.papers
            if not isinstance(paper, OtherPaper) and paper.confidence >= CERTAIN
        }
        papers -= {unread.at.file} if later == number else set()
        cores = {core(step) for name in papers for step in steps(name)}
        if len(mine) >= _A_COPY and mine in cores:
            return True
        if later > number and _is_sent_again(unread, reading, papers):
            return True
    return False


def _is_sent_again(unread: Unread, reading: Reading, papers: set[str]) -> bool:
    """Whether a later mail brings readable papers in place of a file that would not open."""
    envelope = reading.envelope
    says_so = _SENT_AGAIN.search(fold(f"{envelope.subject}\n{envelope.body}"))
    still_closed = any(other.cause in _RESENT for other in reading.unread)
    return bool(papers and says_so) and not still_closed and unread.cause in _RESENT
