"""Cover letters and letters of commitment, told apart by all that speaks for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dossier import CERTAIN, CommitmentLetter, CoverLetter, Element, Paper, Role
from dossier.vietnamese import fold
from ingest.extract import commitment_letter, cover_letter, names
from ingest.extract.passage import paragraphs
from ingest.recognise.cues import BLANKS, DOUBT, MARGIN, TITLED, says, score
from ingest.recognise.others import named, other
from ingest.recognise.section import SectionRead, paper_place
from ingest.split import Title

_STRONG = 8
"""Two strong cues and a weak one."""
_ADDRESSED = 3
"""“Kính gửi” alone: enough for a letter that proposes."""
_MOST_ELEMENTS = 3
"""Of the four a commitment letter must say."""
_LETTERLIKE = re.compile(r"de xuat|dang ky|nhiem vu|kh&cn|khoa hoc (?:va )?cong nghe")
_NOT_A_LETTER = re.compile(
    r"^(?:bao cao (?:tai chinh|kiem toan|tinh hinh|thuc trang|danh gia|khao sat|thuong nien"
    r"|ket qua (?:san xuat|kinh doanh|hoat dong)|kinh te)"
    r"|thong bao|ke hoach)"
)


def is_letter(read: SectionRead) -> bool:
    """Whether it looks like a letter, be it titled so or not."""
    return score(read, Role.COVER_LETTER) >= 8 or read.title is Title.LETTER  # noqa: PLR2004 -- two strong cues and a weak one


def letter_papers(read: SectionRead) -> Iterator[Paper]:
    """Cover letter, commitment letter, both, or another paper altogether."""
    letter = _weigh(read)
    if read.title is Title.COMMITMENT:
        yield _commitment_paper(read, letter.elements)
    elif read.title is Title.OTHER:
        says_enough = len(letter.elements) >= _MOST_ELEMENTS and letter.commits
        yield replace(_commitment(read), confidence=DOUBT) if says_enough else named(read)
    elif letter.is_report:
        yield named(read)
    elif _is_blank_letter(read):
        title = read.title_line or read.head.subject or read.section.lines[0].text
        yield other(read, Role.BLANK_TEMPLATE, title)
    elif letter.commits and not letter.answers:
        sure = letter.says_commit and letter.commitment_score >= MARGIN
        yield replace(_commitment(read), confidence=TITLED if sure else DOUBT)
    elif letter.is_cover:
        sure = letter.answers or letter.commitment_score < MARGIN or not letter.by_enterprise
        yield replace(_cover(read), confidence=TITLED if sure else DOUBT)
        if letter.commits:
            yield replace(_commitment(read), confidence=CERTAIN + 0.05)
    elif letter.commitment_score >= _STRONG and letter.by_enterprise and letter.elements:
        yield replace(_commitment(read), confidence=DOUBT)
    else:
        yield named(read, doubtful=letter.near_ours)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """What speaks for each of the letters a section may be."""

    elements: frozenset[Element]
    by_enterprise: bool
    commitment_score: int
    answers: bool
    """It proposes tasks, or says that there are none."""
    commits: bool
    """An enterprise's, with most of the elements; one courteous sentence is none."""
    says_commit: bool
    is_cover: bool
    is_report: bool
    """Titled “báo cáo”, about something else."""
    near_ours: bool
    """Enough cues of our papers to leave the choice to a person."""


def _weigh(read: SectionRead) -> _Letter:
    lines = read.section.lines
    elements = commitment_letter.elements(lines, read.head, read.call)
    whole = "\n".join(line.text for line in lines)
    own = read.head.issuer or commitment_letter.enterprise(read.head, whole)
    by_enterprise = names.is_enterprise(own)
    body = "\n".join(line.text for line in paragraphs(lines[read.head.body :]))
    proposes = cover_letter.proposes(lines, read.head)
    answers = proposes or cover_letter.says_nothing_to_propose(body)
    says_commit = "cam ket" in read.text
    cover = score(read, Role.COVER_LETTER)
    commitment = score(read, Role.COMMITMENT_LETTER) + 2 * len(elements)
    near = max(score(read, Role.PROPOSAL_FORM), commitment if says_commit and elements else 0)
    most = min(_MOST_ELEMENTS, max(1, len(read.call.commitment_cues)))
    ours = _LETTERLIKE.search(read.text) is not None or says(read.call.letter_cues, read.text)
    framed = read.title is Title.LETTER or cover >= _STRONG or (answers and cover >= _ADDRESSED)
    return _Letter(
        elements=elements,
        by_enterprise=by_enterprise,
        commitment_score=commitment,
        answers=answers,
        commits=by_enterprise
        and len(elements) >= most - (says_commit and not proposes)
        and (says_commit or not answers),
        says_commit=says_commit,
        is_cover=framed and (answers or ours),
        is_report=read.title is Title.LETTER
        and not answers
        and _NOT_A_LETTER.match(fold(read.title_line)) is not None,
        near_ours=answers or (near >= MARGIN + 2 and ours),
    )


def _is_blank_letter(read: SectionRead) -> bool:
    """A letter's template: dots where the unit, its number and its tasks should stand."""
    blanks = sum(len(BLANKS.findall(line.text)) for line in read.section.lines)
    dated = read.head.issued is not None
    return blanks >= 4 and not dated and not read.head.number  # noqa: PLR2004 -- more than an empty number and date


def _commitment_paper(read: SectionRead, elements: frozenset[Element]) -> Paper:
    if (
        commitment_letter.other_commitment(read.title_line)
        and len(elements & {Element.CO_FUND, Element.TAKE_UP}) == 0
    ):
        return other(read, Role.OTHER, read.title_line)
    letter = _commitment(read)
    if _is_blank_letter(read) and not (letter.tax_code or names.person(letter.signatory)):
        return other(read, Role.BLANK_TEMPLATE, read.title_line)
    if not elements and commitment_letter.other_commitment(read.text[:600]):
        return other(read, Role.OTHER, read.title_line)
    return replace(letter, confidence=TITLED)


def _cover(read: SectionRead) -> CoverLetter:
    letter = cover_letter.extract(read.section.lines, read.head, read.call, read.origin)
    return replace(letter, at=paper_place(read, letter.at))


def _commitment(read: SectionRead) -> CommitmentLetter:
    letter = commitment_letter.extract(read.section.lines, read.head, read.call, read.origin)
    return replace(letter, at=paper_place(read, letter.at))
