"""One mail, all its files, read and recognised.

What could not be read is an `Unread`; a logo or a signature picture is only minor; nothing a mail
holds is executed, followed or written anywhere.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dossier import (
    CERTAIN,
    Attachment,
    Call,
    CommitmentLetter,
    Envelope,
    FileSeen,
    Ink,
    Link,
    Message,
    OtherPaper,
    Paper,
    Place,
    ProposalForm,
    Reading,
    Role,
    Signature,
    SummaryTable,
    Text,
    Unread,
    UnreadCause,
)
from dossier.vietnamese import fold, key
from ingest.cage import Budget, Cage
from ingest.charset import is_stacked
from ingest.content import Content, Line, Table, UnreadableError
from ingest.photographs import Photograph, albums
from ingest.pictures import PICTURES, is_minor_picture
from ingest.readers import CONVERTED, PICTURED
from ingest.recognise import recognise
from ingest.unpack import PlainFile, unpack

_Mark = TypeVar("_Mark", Signature, Ink)
SECONDS = 40.0
"""What reading the files of one mail may take (the contract gives 60 to the whole of it)."""
BODY = "(nội dung thư)"
"""What stands for a file where the mail's own text is meant."""

_CLOUDS = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*"
    r"(?:drive\.google\.com|docs\.google\.com|photos\.app\.goo\.gl|photos\.google\.com|1drv\.ms|"
    r"onedrive\.live\.com|[\w-]+\.sharepoint\.com|dropbox\.com|db\.tt|fshare\.vn|wetransfer\.com|"
    r"we\.tl|mediafire\.com|mega\.nz|mega\.io|box\.com|icloud\.com|4shared\.com|zadn\.vn|"
    r"zdn\.vn|file\.zalo\.me|zalo\.me/(?:s|f|file|share)|chat\.zalo\.me|sendgb\.com|filemail\.com|"
    r"transfernow\.net|send-anywhere\.com|smash\.com|fromsmash\.com|sugarsync\.com|drive\.vnpt\.vn|"
    r"upfile\.vn|up-4ever\.net|gofile\.io|terabox\.com|1fichier\.com|pcloud\.(?:com|link))"
    r"(?:/[^\s<>\"'\]]*)?",
    re.IGNORECASE,
)
"""Where people leave files that are too large for a mail. Never followed."""

_STAMP = re.compile(
    r"^[\W_]*(?:(?:[Đđ]ộ|[Dd]ấu)\s+mật\s*[:\-–]?\s*)?"
    r"(?:TUYỆT MẬT|TỐI MẬT|MẬT|TUYET MAT|TOI MAT)[\W_]*$"
)
_SYMBOL = re.compile(r"^\W*[Ss][Ốố]\s*:?\s*[\d…. ]*[a-zA-Z]?\s*/[\w./&-]*-M\W*(?:[Nn]gày.*)?$")
_STAMPED_SUBJECT = re.compile(r"^[\W_]*(?:TUYỆT MẬT|TỐI MẬT|MẬT)\s*(?:[\]):\-–|.]|$)")
_HEAD = 15
"""How many lines from the top of a paper the stamp zone reaches."""

_STRIPPED = re.compile(
    r"(?:attachment|file|tep|dinh kem)[^\n]{0,120}?"
    r"(?:was|were|has been|have been|bi|da bi|da duoc)\s+"
    r"(?:removed|stripped|deleted|blocked|quarantined|go bo|loai bo|xoa|chan|cach ly)"
)
_NOTE_OF_REMOVAL = re.compile(
    r"(?:attachment|file|tep|dinh kem)[^\n]{0,120}?\b(?:was|were|been|bi|duoc)\s"
    r"(?:[^\n.;]{0,60}\s)?"
    r"(?:removed|stripped|deleted|blocked|quarantined|replaced|go|loai|xoa|chan|cach ly)\b"
    r"|\b(?:removed|stripped|deleted|blocked|quarantined|replaced|go bo|loai bo|xoa|chan|cach ly)\s"
    r"[^\n.;]{0,60}\b(?:attachments?|files?|tep|dinh kem)\b"
)
"""What a gateway leaves in place of a file; a file of such words has no other sender."""
_CODED = re.compile(r"(?:^[A-Za-z0-9+/]{60,80}={0,2}\r?\n){8}", re.MULTILINE)
"""Lines of base64 (RFC 2045, 6.8) among the words of a mail: its structure was damaged."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Never typed, and never in words: a file's own bytes taken for the text of a mail."""
_SEVERAL = 3
_NOT_PAPERS = re.compile(
    r"(?i)(?:^|/)(?:~\$.*|\._.*|\.ds_store|thumbs\.db|desktop\.ini|smime\.p7[sm]|"
    r"signature\.asc|.*\.(?:vcf|ics|p7s|asc|sig))$|(?:^|/)__macosx/"
)
"""Lock files of Word, a Mac's shadows, signatures and calendar cards: no paper lies in them."""
ENCLOSED_BODY = "nội dung thư"
"""What `ingest.unpack` calls the words of a mail that came as a file."""
_TYPED = (Role.PROPOSAL_FORM, Role.COMMITMENT_LETTER)
"""What a forwarded mail's own words may be; a few lines to a colleague are no cover letter."""
_DOCUMENT = re.compile(r"(?i)\.(?:docx?|docm|xlsx?|xlsm|pdf|rtf|odt|ods|zip|rar|7z)$")
"""A file of such a name whose bytes are of no known kind is broken."""
_NAMELESS = re.compile(r"(?i)(?:att\d+|part[ _.]?\d*|noname|tệp không tên)")
_NOTES = ("text", "html")
"""Kinds a gateway's note and a mail program's scraps come in."""
_WORDLESS = ("media", "p7s")
_PHONE = re.compile(
    r"(?<![\d.,/-])(?:\(?(?:\+?84|0)\)?[\s.()-]{0,2}\d(?:[\s.()-]{0,2}\d){7,9})(?!\d)"
)
_SMALL_TEXT = 400
"""Bytes below which a nameless text part is a remnant, not a paper."""
_STUB_LENGTH = 1_500
"""Characters within which a gateway's note stands; a paper may speak of attachments later."""
_A_LETTER = 60
"""Words a mail needs before its text can be a paper."""
_A_COMMITMENT = 3
"""Elements a typed text must hold to be taken for a commitment letter."""
_QUOTE = 200
_MOST_LINES = 6_000
"""A hundred pages; a whole dossier in one file has fewer."""
_MOST_CELLS = 15_000
_MOST_LETTERS = 400_000
_MOST_FILES = 500
"""A dossier of thirty tasks has about a hundred."""
_LONGEST_LINE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What one file gave."""

    file: FileSeen
    papers: tuple[Paper, ...] = ()
    unread: tuple[Unread, ...] = ()
    words: str = ""
    secret: bool = False
    contact: str = ""
    notes: tuple[str, ...] = ()
    """What the reader saw beside the words: macros, signatures, what it mended."""
    signatures: tuple[Signature, ...] = ()
    inks: tuple[Ink, ...] = ()
    has_macros: bool = False
    pictured: bool = False
    """Pictures stand among its typed words."""
    content: Content | None = None
    """Of a photograph, which may be a page of a paper that others go on with."""


def read_mail(
    message: Message,
    digest: str,
    call: Call,
    cage: Cage,
    *,
    seconds: float = SECONDS,
) -> Reading:
    """Read every file of a mail and say what each is.

    `digest` is the sha256 of the raw mail. After `seconds` what is left of the mail stays unread
    as our own limit (`UnreadCause.OURS`).
    """
    envelope = message.envelope
    budget = Budget(seconds)
    unpacked = unpack(message.attachments, cage, budget=budget)
    first = {file.digest: file for file in reversed(unpacked.files)}
    read: dict[str, _Read] = {}
    for file in unpacked.files:
        if file.digest not in read and len(read) < _MOST_FILES:
            read[file.digest] = _read_file(file, call, cage, budget)
    # Reading by eye takes seconds a page: it comes when all that is quick has been read.
    for known, one in read.items():
        if _wants_eyes(one):
            read[known] = _read_by_eye(first[known], one, call, cage, budget)
    _read_smaller_pictures(first, read, call, cage, budget)
    _join_photographs(first, read, call)
    found = [
        _again(met, file) if file is not first[file.digest] else met
        for file in unpacked.files
        if (met := read.get(file.digest))
    ]
    left = [file for file in unpacked.files if file.digest not in read]
    own = _own_words(envelope, call)
    unread = (
        *unpacked.unread,
        *(gap for one in found for gap in one.unread),
        *_stripped(envelope),
        *_cut_short(envelope),
        *_crowded(left),
    )
    text = "\n".join((envelope.subject, envelope.body, *(one.words for one in found)))
    return Reading(
        envelope=envelope,
        digest=digest,
        files=(
            *(one.file for one in found),
            *_refused(unpacked.unread, found),
            *(_seen(file, roles=(Role.UNREADABLE,)) for file in left),
        ),
        papers=(*(paper for one in found for paper in one.papers), *own),
        unread=unread,
        links=_links(envelope.body),
        secret=any(one.secret for one in found) or is_stamped_subject(envelope.subject),
        hostile=tuple(
            dict.fromkeys(
                (
                    *unpacked.hostile,
                    *(
                        f"“{gap.at.file}”: {gap.reason}"
                        for gap in unread
                        if gap.cause is UnreadCause.UNSAFE
                    ),
                )
            )
        ),
        call_cues=_cues(text, call.programme_cues),
        other_cues=_cues(text, call.other_programmes),
        contact=next(filter(None, (_phone(envelope.body), *(one.contact for one in found))), ""),
        signatures=tuple(mark for one in found for mark in one.signatures),
        inks=tuple(ink for one in found for ink in one.inks),
        macros=tuple(Place(one.file.name) for one in found if one.has_macros),
        notes=(*envelope.notes, *(note for one in found for note in one.notes)),
    )


def read_papers(
    files: Sequence[Attachment],
    *,
    envelope: Envelope,
    call: Call,
    cage: Cage,
) -> Reading:
    """Read a dossier handed in as plain files, without a mail around them."""
    digests = "".join(sorted(hashlib.sha256(file.raw).hexdigest() for file in files))
    message = Message(envelope=envelope, attachments=tuple(files))
    digest = hashlib.sha256(digests.encode()).hexdigest()
    return read_mail(message, digest, call, cage)


def is_secret(content: Content) -> bool:
    """Tell whether a paper bears a state-secret marking (S14, Luật Bảo vệ bí mật nhà nước).

    Only the stamp itself counts: its words alone on a line at the head of a paper, or the symbol
    that ends in “-M”. “Bí mật kinh doanh”, “mật độ” and “mật ong” are ordinary words.
    """
    return any(
        _STAMP.match(line.text.strip()) or _SYMBOL.match(line.text.strip())
        for line in _heads(content)
    )


def is_stamped_subject(subject: str) -> bool:
    """Tell whether a mail's subject opens with a secrecy mark."""
    return bool(_STAMPED_SUBJECT.search(subject))


def _heads(content: Content) -> Iterator[Line]:
    """The first lines of every paper in the file, and its margins."""
    left = _HEAD
    for line in content.lines():
        left = _HEAD if line.new_page else left
        if left > 0 and not line.hidden:
            yield line
        left -= 1
    yield from content.margins


def _read_file(file: PlainFile, call: Call, cage: Cage, budget: Budget) -> _Read:
    if _is_minor(file):
        return _Read(file=_seen(file, roles=(Role.OTHER,), minor=True))
    try:
        content = cage.read(file.kind, file.raw, budget=budget)
    except UnreadableError as error:
        if file.kind == "unknown" and (extension := _DOCUMENT.search(file.name)):
            reason = f"tệp hỏng, nội dung không phải {extension[0].lower()}"
            return _unread(file, UnreadCause.BROKEN, reason)
        return _unread(file, error.cause, error.reason)
    if budget.left <= 0 or _is_beyond_us(content):
        reason = "dài quá mức máy đọc được trong thời gian cho phép, cán bộ sẽ mở xem"
        return _unread(file, UnreadCause.OURS, reason)
    return _of_content(file, content, call)


def _is_beyond_us(content: Content) -> bool:
    """Tell a file far longer than any dossier, which could take longer than a mail may."""
    lines = [item for item in content.items if isinstance(item, Line)]
    cells = [cell for item in content.items if isinstance(item, Table) for cell in item.cells]
    texts = [*(line.text for line in lines), *(cell.text for cell in cells)]
    longest = max(map(len, texts), default=0)
    return (
        len(lines) > _MOST_LINES
        or len(cells) > _MOST_CELLS
        or longest > _LONGEST_LINE
        or sum(map(len, texts)) > _MOST_LETTERS
        or any(map(is_stacked, texts))
    )


def _wants_eyes(one: _Read) -> bool:
    """Tell whether a file has pages that are pictures, or words of another's recognition."""
    is_scan = any(gap.cause is UnreadCause.SCAN for gap in one.unread)
    may_show = one.file.kind in PICTURED or one.file.kind in CONVERTED
    return may_show and (is_scan or one.file.text is Text.OCR)


def _read_by_eye(file: PlainFile, one: _Read, call: Call, cage: Cage, budget: Budget) -> _Read:
    """The file once more, its pictures read; as it was where that brings nothing."""
    if not cage.programs.tesseract:
        return one
    try:
        content = cage.read(file.kind, file.raw, budget=budget, by_eye=True)
    except UnreadableError:
        return one
    return _of_content(file, content, call)


def _read_smaller_pictures(
    files: Mapping[str, PlainFile],
    read: dict[str, _Read],
    call: Call,
    cage: Cage,
    budget: Budget,
) -> None:
    """Read a table or an answer pasted as a picture, where the mail has no table or no answer.

    Nobody is asked to look at a picture smaller than a page, which mostly decorates: what it says
    counts only where it brings what was missing.
    """
    papers = [paper for one in read.values() for paper in one.papers]
    has_table = any(isinstance(paper, SummaryTable) for paper in papers)
    for known, one in read.items():
        may_miss = bool(one.papers) and not has_table
        if one.pictured and (may_miss or _blanks(one)):
            closer = _read_by_eye(files[known], one, call, cage, budget)
            brings_table = may_miss and Role.SUMMARY_TABLE in closer.file.roles
            if brings_table or (
                closer.file.roles == one.file.roles and _blanks(closer) < _blanks(one)
            ):
                read[known] = closer


def _blanks(one: _Read) -> int:
    """How many fields of its forms are empty."""
    forms = [paper for paper in one.papers if isinstance(paper, ProposalForm)]
    return sum(not field.value.strip() for form in forms for field in form.fields.values())


def _join_photographs(files: Mapping[str, PlainFile], read: dict[str, _Read], call: Call) -> None:
    """Put a paper that came as a photograph a page together; in doubt a person looks."""
    taken = [
        (digest, Photograph(one.file.name, one.content, _opens_a_paper(one)))
        for digest, one in read.items()
        if one.content is not None and len(one.content.items) > 0
    ]
    digests = {photograph.name: digest for digest, photograph in taken}
    for album in albums([photograph for _, photograph in taken]):
        known = [digests[page.name] for page in album.pages]
        first = read[known[0]]
        whole = _of_content(files[known[0]], album.content, call)
        if whole.file.roles[:1] != first.file.roles[:1]:
            continue
        read[known[0]] = replace(whole, unread=first.unread, inks=first.inks)
        for digest in known[1:]:
            page = read[digest]
            seen = replace(page.file, roles=whole.file.roles, where=f"tiếp “{first.file.name}”")
            reason = f"ảnh có thể là trang tiếp theo của “{first.file.name}”, cần người xem"
            at = Place(page.file.name)
            doubt = Unread(at=at, cause=UnreadCause.SCAN, reason=reason)
            unread = page.unread if album.certain else (*page.unread, doubt)
            read[digest] = replace(page, file=seen, papers=(), unread=unread)


def _opens_a_paper(one: _Read) -> bool:
    return any(not isinstance(paper, OtherPaper) or paper.title for paper in one.papers)


def _of_content(file: PlainFile, content: Content, call: Call) -> _Read:
    """What a file that could be opened holds."""
    words = content.plain()
    scrap = _Read(file=_seen(file, roles=(Role.OTHER,), minor=True), words=words)
    if file.kind in _NOTES and _NOTE_OF_REMOVAL.search(fold(words[:_STUB_LENGTH])):
        reason = "tệp đính kèm đã bị máy chủ thư gỡ bỏ trên đường gửi"
        return _unread(file, UnreadCause.BROKEN, reason)
    if _is_remnant(file, words):
        return scrap
    try:
        recognised = recognise(file.name, content, call)
    except Exception as error:  # noqa: BLE001 -- our own fault costs one file, which a person reads
        reason = f"máy chưa nhận dạng được tệp này ({type(error).__name__}), cán bộ sẽ mở xem"
        return _unread(file, UnreadCause.OURS, reason)
    papers = recognised.papers
    if file.name.endswith(f"/{ENCLOSED_BODY}"):
        papers = tuple(paper for paper in papers if paper.role in _TYPED)
        if not papers:
            return scrap
    roles = tuple(dict.fromkeys(paper.role for paper in papers))
    if not roles:
        roles = (Role.UNREADABLE,) if recognised.unread else (Role.OTHER,)
    return _Read(
        file=_seen(file, roles=roles, content=content, where=recognised.where),
        papers=papers,
        unread=recognised.unread,
        words="" if roles == (Role.CALL_LETTER,) else words,
        secret=is_secret(content),
        contact=_phone(words) if {Role.COVER_LETTER, Role.PROPOSAL_FORM} & set(roles) else "",
        notes=tuple(f"“{file.name}”: {note}" for note in content.notes),
        signatures=tuple(_in_file(one, file.name) for one in content.signatures),
        inks=tuple(_in_file(one, file.name) for one in content.inks),
        has_macros=content.has_macros,
        pictured=content.pictures > 0 and content.text is Text.NATIVE and file.kind not in PICTURES,
        content=content if file.kind in PICTURES else None,
    )


def _in_file(one: _Mark, name: str) -> _Mark:
    """What a reader saw, now that the file has a name."""
    return replace(one, at=Place(name, one.at.spot))


def _is_minor(file: PlainFile) -> bool:
    """Tell a logo, a signature or a film, which no paper can be, from what could be one."""
    if file.kind in PICTURES:
        return is_minor_picture(file.name, file.kind, file.raw, inline=file.inline)
    return file.kind in _WORDLESS or bool(_NOT_PAPERS.search(file.name))


def _seen(
    file: PlainFile,
    *,
    roles: tuple[Role, ...],
    content: Content | None = None,
    where: str = "",
    minor: bool = False,
) -> FileSeen:
    return FileSeen(
        name=file.name,
        digest=file.digest,
        size=len(file.raw),
        kind=file.kind,
        roles=roles,
        where=where,
        text=content.text if content else Text.NONE,
        pages=content.pages if content else None,
        minor=minor,
        legacy=bool(content and content.legacy),
    )


def _again(known: _Read, file: PlainFile) -> _Read:
    """The same bytes under another name: listed, not counted twice."""
    return _Read(file=replace(known.file, name=file.name))


def _unread(file: PlainFile, cause: UnreadCause, reason: str) -> _Read:
    gap = Unread(at=Place(file.name), cause=cause, reason=reason)
    return _Read(file=_seen(file, roles=(Role.UNREADABLE,)), unread=(gap,))


def _refused(gaps: Sequence[Unread], found: Sequence[_Read]) -> Iterator[FileSeen]:
    """Archives and files that were never opened, so that the list of what came is whole."""
    listed = {one.file.name for one in found}
    for gap in gaps:
        if gap.at.file in listed:
            continue
        listed.add(gap.at.file)
        digest = hashlib.sha256(gap.at.file.encode()).hexdigest()
        yield FileSeen(name=gap.at.file, digest=digest, size=0, kind="", roles=(Role.UNREADABLE,))


def _is_remnant(file: PlainFile, words: str) -> bool:
    """A scrap of text a mail program leaves: a footer, an empty page, an “ATT00001.txt”."""
    if file.kind not in _NOTES or len(file.raw) >= _SMALL_TEXT:
        return False
    return not words.strip() or bool(_NAMELESS.match(file.name))


def _own_words(envelope: Envelope, call: Call) -> tuple[Paper, ...]:
    """The mail's own text where it is a paper: a commitment typed into the mail."""
    if len(envelope.body.split()) < _A_LETTER:
        return ()
    lines = tuple(
        Line(text=line, spot=f"dòng {number}")
        for number, line in enumerate(envelope.body.splitlines(), start=1)
        if line.strip()
    )
    content = Content(items=lines)
    if "cam ket" not in fold(envelope.body[:_LONGEST_LINE]) or _is_beyond_us(content):
        return ()
    papers = recognise(BODY, content, call).papers
    return tuple(
        paper
        for paper in papers
        if isinstance(paper, CommitmentLetter)
        and paper.confidence >= CERTAIN
        and len(paper.commitments) >= _A_COMMITMENT
    )


def _stripped(envelope: Envelope) -> Iterator[Unread]:
    """A gateway took files off and left a line saying so (edge case 28)."""
    if match := _STRIPPED.search(fold(envelope.body)):
        reason = "tệp đính kèm đã bị máy chủ thư gỡ bỏ trên đường gửi"
        at = Place(BODY, "", match[0])
        yield Unread(at=at, cause=UnreadCause.BROKEN, reason=reason)


def _cut_short(envelope: Envelope) -> Iterator[Unread]:
    """What the mail's own structure kept from us."""
    for reason in envelope.unread:
        yield Unread(at=Place(BODY), cause=UnreadCause.OURS, reason=reason)
    if _CODED.search(envelope.body) or len(_CONTROL.findall(envelope.body)) >= _SEVERAL:
        reason = "thư hỏng, tệp đính kèm lẫn vào thân thư nên chưa tách ra được"
        yield Unread(at=Place(BODY), cause=UnreadCause.OURS, reason=reason)


def _crowded(left: Sequence[PlainFile]) -> Iterator[Unread]:
    """More files than any dossier has."""
    if left:
        reason = f"thư có quá nhiều tệp (trên {_MOST_FILES}), còn {len(left)} tệp chưa đọc"
        yield Unread(at=Place(BODY), cause=UnreadCause.OURS, reason=reason)


def _links(body: str) -> tuple[Link, ...]:
    """Links to files kept elsewhere, in what the sender wrote, not in the trail below it."""
    met: dict[str, Link] = {}
    for line in body.splitlines():
        for match in _CLOUDS.finditer(line):
            url = match[0].rstrip(".,;)")
            words = " ".join(line.split())[:_QUOTE]
            met.setdefault(url, Link(at=Place(BODY, "", words), url=url))
    return tuple(met.values())


def _phone(text: str) -> str:
    """The first Vietnamese telephone number in a text: ten or eleven digits, spaced in any way."""
    match = _PHONE.search(text)
    return match[0].strip() if match else ""


def _cues(text: str, cues: Sequence[str]) -> tuple[str, ...]:
    words = f" {key(text)} "
    return tuple(cue for cue in cues if f" {key(cue)} " in words)
