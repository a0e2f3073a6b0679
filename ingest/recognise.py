"""What a file holds: its papers, each with the role it plays and how sure we are of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dossier import (
    CERTAIN,
    Call,
    CommitmentLetter,
    CoverLetter,
    Element,
    OtherPaper,
    Paper,
    Place,
    Role,
    SummaryTable,
    Unread,
    UnreadCause,
)
from dossier.vietnamese import fold, key, tidy
from ingest.content import Content
from ingest.extract import (
    commitment_letter,
    cover_letter,
    form_headings,
    names,
    proposal_form,
    summary_table,
    table_in_lines,
)
from ingest.extract.head import Head, head
from ingest.extract.passage import Origin, Passage, clip, paragraphs, words
from ingest.legible import weighed
from ingest.split import Cue, Section, Title, role_of_title, split, title_of, titles_in

_ENOUGH_LETTERS = 150
"""Fewer are too few to tell an encoding by."""
_LONGEST_FORM = 1500
"""No form has more lines; a report that quotes labels may."""
_MARGIN = 4
"""Two roles closer than this are a guess (domain.md §6.2)."""
_DOUBT = 0.6
_TITLED = 0.97
_STRONG = 8
"""Two strong cues and a weak one."""
_ADDRESSED = 3
"""“Kính gửi” alone: enough for a letter that proposes."""
_MOST_ELEMENTS = 3
"""Of the four a commitment letter must say."""
_ENOUGH_LABELS = 5
"""So many labels of a form are no chance, and one that is missing is missing."""
_TOP = 24
_ENOUGH_CUES = 3
_HEADER_WORDS = 60
"""More words than a blank table's header has: there are rows we could not take apart."""

_CUES: dict[Role, tuple[tuple[str, int], ...]] = {
    Role.PROPOSAL_FORM: (
        (r"phieu de xuat", 6),
        (r"mau a[123]\s*-?\s*dx(?:nv|tn)", 5),
        (r"dung cho (?:de tai|du an|de an)", 3),
        (r"to chuc, ca nhan de xuat", 3),
        (r"khong qua [46] trang", 3),
    ),
    Role.COMMITMENT_LETTER: (
        (r"cam ket\b[^.;\n]{0,30}(?:doi ung|dong tai tro|phoi hop|tiep nhan|tham gia)", 4),
        (r"(?:chung toi|cong ty|doanh nghiep|hop tac xa|htx|co so)[^\n]{0,60}cam ket", 3),
        (r"cam ket (?:nhung|cac|nhu|thuc hien)", 2),
        (r"dang ky tham gia|nhu cau[^.;\n]{0,20}tham gia|tham gia nhiem vu", 3),
        (r"doi ung", 2),
        (r"(?:tiep nhan|ung dung|ap dung)[^.;\n]{0,60}ket qua", 2),
        (r"ma so (?:doanh nghiep|thue|htx)|\bmst\b", 1),
        (r"chiu trach nhiem[^.;\n]{0,20}truoc phap luat", 1),
    ),
    Role.COVER_LETTER: (
        (r"\bv/v\b", 4),
        (r"luu\s*:?\s*(?:vt|vp|vx|cv)", 3),
        (r"noi nhan", 3),
        (r"kinh gui", 3),
        (r"nhu (?:tren|kinh gui)", 2),
        (r"^(?:t/?m|kt|tl)\.", 2),
        (r"cong hoa xa hoi", 1),
    ),
}
_LETTERLIKE = re.compile(r"de xuat|dang ky|nhiem vu|kh&cn|khoa hoc (?:va )?cong nghe")
_BLANKS = re.compile(r"[.…_]{4,}|(?:\. ){4,}|…{2,}")
_NOT_A_LETTER = re.compile(
    r"^(?:bao cao (?:tai chinh|kiem toan|tinh hinh|thuc trang|danh gia|khao sat|thuong nien"
    r"|ket qua (?:san xuat|kinh doanh|hoat dong)|kinh te)"
    r"|thong bao|ke hoach)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """One file's papers, as far as it could be read."""

    papers: tuple[Paper, ...] = ()
    roles: tuple[Role, ...] = ()
    """Each role once, in the order of the papers."""
    where: str = ""
    """What the roles rest on when it is not the whole file: “trang 1-2”."""
    note: str = ""
    """Why the roles were chosen, or what was not understood; for the officer."""
    unread: tuple[Unread, ...] = ()
    """Pages that are pictures: what they say nobody has read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A section with what every recogniser asks of it, worked out once."""

    section: Section
    head: Head
    title: Title | None
    title_line: str
    title_words: str
    """The title with the lines it goes on over, for cues against."""
    text: str
    """Folded, all of it."""
    origin: Origin
    call: Call

    def place(self) -> Place:
        lines = self.section.lines
        where = self.section.where or lines[0].spot
        return Place(
            self.origin.file,
            where if not self.section.whole else "",
            clip(self.title_line or lines[0].text),
        )


def recognise(name: str, content: Content, call: Call) -> Recognised:
    """Recognise the papers of one file; `name` is the file with the way to it.

    A role is decided by a title where there is one, else by cues whose weights add up; two roles
    within four points of each other are a guess, and a guess has a confidence below `CERTAIN`.
    """
    sections = split(content, titles_in(call))
    unread = tuple(_unread(name, content))
    papers: list[Paper] = []
    spots: list[str] = []
    for section in sections:
        if not section.lines:
            continue
        read = _look(name, section, content, call)
        found = tuple(weighed(paper, section, call) for paper in _papers(read))
        papers += found
        if found and any(paper.role is not Role.OTHER for paper in found):
            spots.append(section.where)
    unread = (*unread, *_pictured_table(name, content, papers))
    if not papers and not unread:
        reason = "tệp không có chữ nào đọc được"
        unread = (Unread(at=Place(name), cause=UnreadCause.EMPTY, reason=reason),)
    papers = _without_needless_others(papers)
    return Recognised(
        papers=tuple(papers),
        roles=tuple(dict.fromkeys(paper.role for paper in papers)),
        where="; ".join(spot for spot in dict.fromkeys(spots) if spot),
        note="; ".join(_doubts(papers)),
        unread=unread,
    )


def _without_needless_others(papers: list[Paper]) -> list[Paper]:
    """A cover sheet or a stray page says nothing beside papers that were recognised.

    Nor does the title of a table repeated on its next page.
    """
    if all(paper.role is Role.OTHER for paper in papers):
        return papers
    tabled = any(isinstance(paper, SummaryTable) for paper in papers)
    return [paper for paper in papers if not _is_needless(paper, tabled=tabled)]


def _is_needless(paper: Paper, *, tabled: bool) -> bool:
    if not isinstance(paper, OtherPaper):
        return False
    if paper.role is Role.BLANK_TEMPLATE:
        return tabled and title_of(paper.title) is Title.TABLE
    return paper.role is Role.OTHER and not paper.title and paper.confidence >= CERTAIN


def _doubts(papers: list[Paper]) -> Iterator[str]:
    for paper in papers:
        if paper.confidence < CERTAIN:
            yield f"chưa chắc chắn: {paper.at}"


def _unread(name: str, content: Content) -> Iterator[Unread]:
    """What the reader could not see, pages that are pictures among it."""
    for one in content.unseen:
        yield Unread(at=Place(name, one.spot), cause=one.cause, reason=one.reason)
    seen = {one.spot for one in content.unseen}
    for page in content.scanned_pages:
        if f"trang {page}" not in seen:
            reason = "là ảnh quét, máy chưa đọc được chữ"
            yield Unread(at=Place(name, f"trang {page}"), cause=UnreadCause.SCAN, reason=reason)


def _pictured_table(name: str, content: Content, papers: list[Paper]) -> Iterator[Unread]:
    """A summary table's title with no table below it, and a picture: the picture is the table."""
    blank = any(
        isinstance(paper, OtherPaper)
        and paper.role is Role.BLANK_TEMPLATE
        and title_of(paper.title) is Title.TABLE
        for paper in papers
    )
    if blank and content.pictures and not content.unseen:
        reason = "bảng tổng hợp ở dạng ảnh, máy chưa đọc được"
        yield Unread(at=Place(name), cause=UnreadCause.SCAN, reason=reason)


def _look(name: str, section: Section, content: Content, call: Call) -> _Read:
    top = head(section.lines, call)
    title, place = _title(section, top, titles_in(call))
    return _Read(
        section=section,
        head=top,
        title=title,
        title_line=_whole_title(section, place) if title else "",
        title_words=_title_words(section, place) if title else "",
        text="\n".join(one.folded for one in section.lines),
        origin=Origin(
            file=name,
            text=content.text,
            pages=len(section.pages) or None,
            margins="\n".join(one.text for one in content.margins),
        ),
        call=call,
    )


def _title(section: Section, top: Head, own: tuple[Cue, ...] = ()) -> tuple[Title | None, int]:
    """The first line of the head that is a title; the national heading and “Phụ lục” are none."""
    best: tuple[Title | None, int] = (None, 0)
    for place, line in enumerate(section.lines[: max(_TOP, top.body)]):
        if place >= top.body and top.addressee and place > top.body + 2:
            break
        title = title_of(line.text, own)
        if title in {None, Title.NATION, Title.ANNEX}:
            continue
        if not (names.is_capital(line.text) or line.bold or place < 12):  # noqa: PLR2004 -- the top of a page
            continue
        if title is Title.FORM and re.match(r"^mau", line.folded):
            best = (title, place) if best[0] is None else best
            continue
        return title, place
    return best


def _whole_title(section: Section, place: int) -> str:
    """The title with the lines it goes on over, down to a bracket or the text."""
    parts = [section.lines[place].text]
    for line in section.lines[place + 1 : place + 5]:
        if (
            line.cell != section.lines[place].cell
            or not names.is_capital(line.text)
            or line.folded.startswith(("(", "kinh gui", "so"))
            or re.match(r"^[\W_]*$", line.text)
        ):
            break
        parts.append(line.text)
    return tidy(" ".join(parts))


def _title_words(section: Section, place: int) -> str:
    """The title and its next lines, folded, down to the first field or the text."""
    kept: list[str] = []
    for line in section.lines[place : place + 5]:
        if kept and re.match(r"^(?:\W*\d|kinh gui)", line.folded):
            break
        kept.append(line.folded)
    return " ".join(kept)


def _papers(read: _Read) -> Iterator[Paper]:
    """Every paper of one section; a letter that proposes and commits is two."""
    if _is_own_letter(read):
        yield _other(read, Role.CALL_LETTER, "Văn bản của cơ quan mời đề xuất")
        return
    if read.title is Title.OWN:
        yield _own_paper(read)
        return
    if read.title is Title.FORM or (read.title is None and _reads_as_form(read)):
        yield from _form_papers(read)
        return
    table = summary_table.extract(read.section.tables, read.section.lines, read.call, read.origin)
    if read.title is Title.TABLE or (
        table is not None and table.rows and not _is_letter(read) and read.title is None
    ):
        yield _table_paper(read, table)
        return
    yield from _letter_papers(read)
    if table is not None and table.rows:
        yield table


def _reads_as_form(read: _Read) -> bool:
    """A form that lost its title: labels enough, numbered or with the form's marks."""
    if len(read.section.lines) > _LONGEST_FORM:
        return False
    found = form_headings.headings(read.section.lines, read.call)
    keys = {one.asked.key for one in found}
    numbered = sum(bool(one.number) for one in found)
    marked = numbered >= _MARGIN or _score(read, Role.PROPOSAL_FORM) > _MARGIN
    return len(keys) >= _ENOUGH_LABELS and "muc_tieu" in keys and marked


def _form_papers(read: _Read) -> Iterator[Paper]:
    title = read.title_line
    if _says(read.call.look_alikes, read.title_words) and not _says(
        read.call.own_level, read.title_words
    ):
        yield _other(read, Role.OTHER, title)
        return
    result = proposal_form.extract(read.section.lines, read.call, read.origin, title)
    if result.labels == 0:
        yield from (
            _letter_papers(read)
            if _is_letter(read)
            else iter([_other(read, Role.OTHER, title, _DOUBT)])
        )
        return
    if result.filled < 3 and not result.form.task:  # noqa: PLR2004 -- domain.md §3.2: three answers are a form
        yield _other(read, Role.BLANK_TEMPLATE, title or "Phiếu đề xuất nhiệm vụ")
        return
    sure = result.labels >= 5 or (result.labels >= 3 and read.title is Title.FORM)  # noqa: PLR2004 -- enough labels to trust an absence
    yield replace(
        result.form, at=_paper_place(read, result.form.at), confidence=_TITLED if sure else _DOUBT
    )


def _paper_place(read: _Read, at: Place) -> Place:
    return Place(at.file, read.section.where, at.words)


def _table_paper(read: _Read, table: SummaryTable | None) -> Paper:
    if table is not None and table.rows:
        return replace(table, confidence=min(table.confidence, _TITLED))
    lines = read.section.lines
    if table is None and (told := table_in_lines.extract(lines, read.call, read.origin)):
        return told
    title = read.title_line or "Bảng tổng hợp đề xuất nhiệm vụ"
    below = [line for line in lines if line.text not in title]
    if table is None and len(words(" ".join(line.text for line in below))) > _HEADER_WORDS:
        return SummaryTable(at=read.place(), text=read.origin.text, confidence=_DOUBT)
    return _other(read, Role.BLANK_TEMPLATE, title)


def _is_letter(read: _Read) -> bool:
    return _score(read, Role.COVER_LETTER) >= 8 or read.title is Title.LETTER  # noqa: PLR2004 -- two strong cues and a weak one


def _score(read: _Read, role: Role) -> int:
    return sum(weight for cue, weight in _CUES[role] if re.search(cue, read.text, re.MULTILINE))


def _letter_papers(read: _Read) -> Iterator[Paper]:
    """Cover letter, commitment letter, both, or another paper altogether."""
    letter = _weigh(read)
    if read.title is Title.COMMITMENT:
        yield _commitment_paper(read, letter.elements)
    elif read.title is Title.OTHER:
        says_enough = len(letter.elements) >= _MOST_ELEMENTS and letter.commits
        yield replace(_commitment(read), confidence=_DOUBT) if says_enough else _named(read)
    elif letter.is_report:
        yield _named(read)
    elif _is_blank_letter(read):
        title = read.title_line or read.head.subject or read.section.lines[0].text
        yield _other(read, Role.BLANK_TEMPLATE, title)
    elif letter.commits and not letter.answers:
        sure = letter.says_commit and letter.commitment_score >= _MARGIN
        yield replace(_commitment(read), confidence=_TITLED if sure else _DOUBT)
    elif letter.is_cover:
        sure = letter.answers or letter.commitment_score < _MARGIN or not letter.by_enterprise
        yield replace(_cover(read), confidence=_TITLED if sure else _DOUBT)
        if letter.commits:
            yield replace(_commitment(read), confidence=CERTAIN + 0.05)
    elif letter.commitment_score >= _STRONG and letter.by_enterprise and letter.elements:
        yield replace(_commitment(read), confidence=_DOUBT)
    else:
        yield _named(read, doubtful=letter.near_ours)


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


def _weigh(read: _Read) -> _Letter:
    lines = read.section.lines
    elements = commitment_letter.elements(lines, read.head, read.call)
    whole = "\n".join(line.text for line in lines)
    own = read.head.issuer or commitment_letter.enterprise(read.head, whole)
    by_enterprise = names.is_enterprise(own)
    body = "\n".join(line.text for line in paragraphs(lines[read.head.body :]))
    proposes = cover_letter.proposes(lines, read.head)
    answers = proposes or cover_letter.says_nothing_to_propose(body)
    says_commit = "cam ket" in read.text
    cover = _score(read, Role.COVER_LETTER)
    commitment = _score(read, Role.COMMITMENT_LETTER) + 2 * len(elements)
    near = max(_score(read, Role.PROPOSAL_FORM), commitment if says_commit and elements else 0)
    most = min(_MOST_ELEMENTS, max(1, len(read.call.commitment_cues)))
    ours = _LETTERLIKE.search(read.text) is not None or _says(read.call.letter_cues, read.text)
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
        near_ours=answers or (near >= _MARGIN + 2 and ours),
    )


def _says(phrases: Sequence[str], folded: str) -> bool:
    return any(re.search(rf"{re.escape(fold(one))}\b", folded) for one in phrases)


def _own_paper(read: _Read) -> OtherPaper:
    """A paper only this call asks for, by its title; one full of dots is its blank template."""
    role = role_of_title(read.title_line, read.call)
    title = clip(read.title_line)
    if _is_unfilled(read):
        return replace(_other(read, Role.BLANK_TEMPLATE, title), paper=role)
    return replace(
        _other(read, Role.OTHER, title),
        paper=role,
        about=commitment_letter.tasks_named(read.section.lines[read.head.body :]),
        confidence=_TITLED,
    )


def _is_unfilled(read: _Read) -> bool:
    """More lines of dots than lines that say something below the title."""
    texts = [line.text for line in read.section.lines if line.text not in read.title_line]
    dotted = sum(_BLANKS.search(text) is not None for text in texts)
    return dotted >= 4 and dotted * 2 > len(texts)  # noqa: PLR2004 -- more than an empty number and date


def _likely_own(read: _Read) -> str:
    """The paper of the call that so many of its phrases tell, when no title does."""
    for paper in read.call.papers:
        said = sum(_says((cue,), read.text) for cue in paper.cues) if paper.own else 0
        if said >= _ENOUGH_CUES:
            return paper.role
    return ""


def _named(read: _Read, *, doubtful: bool = False) -> OtherPaper:
    """A paper that is none of ours, under the name it gives itself; or a guess at one of ours."""
    if role := _likely_own(read):
        title = read.title_line or clip(read.section.lines[0].text)
        return replace(_other(read, Role.OTHER, title, _DOUBT), paper=role)
    capital = (
        line.text
        for line in read.section.lines[:10]
        if names.is_capital(line.text) and len(words(line.text)) > 1
    )
    title = read.title_line or clip(next(capital, ""))
    return _other(read, Role.OTHER, title, _DOUBT if doubtful else 1.0)


def _is_blank_letter(read: _Read) -> bool:
    """A letter's template: dots where the unit, its number and its tasks should stand."""
    blanks = sum(len(_BLANKS.findall(line.text)) for line in read.section.lines)
    dated = read.head.issued is not None
    return blanks >= 4 and not dated and not read.head.number  # noqa: PLR2004 -- more than an empty number and date


def _commitment_paper(read: _Read, elements: frozenset[Element]) -> Paper:
    if (
        commitment_letter.other_commitment(read.title_line)
        and len(elements & {Element.CO_FUND, Element.TAKE_UP}) == 0
    ):
        return _other(read, Role.OTHER, read.title_line)
    letter = _commitment(read)
    if _is_blank_letter(read) and not (letter.tax_code or names.person(letter.signatory)):
        return _other(read, Role.BLANK_TEMPLATE, read.title_line)
    if not elements and commitment_letter.other_commitment(read.text[:600]):
        return _other(read, Role.OTHER, read.title_line)
    return replace(letter, confidence=_TITLED)


def _cover(read: _Read) -> CoverLetter:
    letter = cover_letter.extract(read.section.lines, read.head, read.call, read.origin)
    return replace(letter, at=_paper_place(read, letter.at))


def _commitment(read: _Read) -> CommitmentLetter:
    letter = commitment_letter.extract(read.section.lines, read.head, read.call, read.origin)
    return replace(letter, at=_paper_place(read, letter.at))


def _other(
    read: _Read,
    role: Literal[Role.CALL_LETTER, Role.BLANK_TEMPLATE, Role.OTHER],
    title: str,
    confidence: float = 1.0,
) -> OtherPaper:
    """A paper that is none of the four; letters nobody can read are never surely “other”."""
    if role is Role.OTHER and _is_garbled(read.section.lines):
        confidence = _DOUBT
    return OtherPaper(
        at=read.place(), role=role, title=title, text=read.origin.text, confidence=confidence
    )


def _is_garbled(lines: Sequence[Passage]) -> bool:
    """Text in a legacy encoding nobody converted, or text that lost its accented letters."""
    letters = [letter for line in lines for letter in line.text if not letter.isspace()]
    if len(letters) < _ENOUGH_LETTERS:
        return False
    if _has_holes(lines):
        return True
    foreign = sum("\u00a1" <= letter <= "\u00ff" for letter in letters)
    vietnamese = sum(letter in "ăđơưĂĐƠƯ" or "\u1ea0" <= letter <= "\u1ef9" for letter in letters)
    return foreign > len(letters) * 0.05 and vietnamese < foreign * 0.05


def _has_holes(lines: Sequence[Passage]) -> bool:
    """Tell “Phi u đ xu t nhi m v ”: a font without a map to text drops letters inside words.

    Hardly a Vietnamese word lacks a vowel, abbreviations in capitals apart.
    """
    said = [
        word
        for line in lines
        for word in re.findall(r"[^\W\d_]+|\w*[\ufffd□]+\w*", line.text)
        if len(word) == 1 or not word.isupper()
    ]
    maimed = sum(re.search(r"[aeiouy]", fold(word)) is None for word in said)
    maimed += sum("\ufffd" in word or "□" in word for word in said)
    return len(said) >= _ENOUGH_WORDS and maimed > len(said) * _HOLES


_ENOUGH_WORDS = 30
_HOLES = 0.12
"""Ordinary papers stay below a twentieth; one that lost its accented letters passes a quarter."""


def _is_own_letter(read: _Read) -> bool:
    """The call, or the letter it answers, sent back: by its number and issuer, or by its words."""
    issuer = key(read.head.issuer)
    symbol = re.sub(r"\s", "", fold(read.head.symbol))
    for letter in read.call.letters:
        same_issuer = _same_body(issuer, letter.issuer, read)
        for number in letter.numbers:
            wanted = re.sub(r"\s", "", fold(number))
            same_number = symbol == wanted or (
                "/" not in wanted and symbol.rpartition("/")[2] == wanted
            )
            if symbol and same_number and same_issuer:
                return True
        if letter.text and _overlap(read, letter.text):
            return True
    return False


def _same_body(issuer: str, ours: str, read: _Read) -> bool:
    """Our own name on top, or no name at all (the seed prints none)."""
    wanted = key(ours)
    if not issuer:
        return True
    full = wanted.replace("ubnd", "uy ban nhan dan")
    block = [key(name) for name in read.head.names]
    return issuer in {wanted, full} or any(
        name.startswith((wanted, full)) for name in (issuer, *block[-1:])
    )


def _overlap(read: _Read, text: str) -> bool:
    """Nine tenths of what the paper says stands in our own letter, and it says enough to tell."""
    ours = key(text)
    said = [
        piece
        for line in paragraphs(read.section.lines)
        for piece in re.split(r"[.;:]\s", line.text)
        if len(words(piece)) >= 8  # noqa: PLR2004 -- shorter pieces stand in any letter
    ]
    if len(said) < 5:  # noqa: PLR2004 -- too little to tell a letter by
        return False
    found = sum(key(piece) in ours for piece in said)
    return found >= 0.9 * len(said)
