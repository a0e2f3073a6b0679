"""Which dossier a mail belongs to (lessons.md, “Follow-up detection”). Pure.

Three kinds of evidence, strongest first: our own signed token; a thread or a code together with a
sender of that dossier; the same unit named in the papers. Anything less never changes a dossier in
silence: the placement is then not certain, and a person looks.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossier import (
    Call,
    CoverLetter,
    ProposalForm,
    Reading,
    Role,
    SummaryTable,
    Triage,
)
from dossier.sameness import only_words
from dossier.vietnamese import fold
from ingest.likeness import SAME, best
from ingest.triage import Triaged
from ingest.unitnames import (
    find_unit,
    readable,
    reads_as_unit,
    same_unit,
    unit_of_address,
    units_in_text,
)

_NOT_PLACED = (Triage.AUTOMATIC, Triage.OTHER, Triage.QUARANTINED)

_PART = re.compile(
    r"(?:\b(?:phan|part|thu so|thu|mail|email|tep|goi|file)\s*(?:so\s*)?|[(\[]\s*)"
    r"(?P<this>\d{1,2})\s*(?:/|tren|of|trong so|trong)\s*(?P<all>\d{1,2})\b(?!\s*/)"
)
_PART_ONLY = re.compile(r"\bphan\s*(?:thu\s*)?(?P<this>\d{1,2})\b")
_CONTINUES = re.compile(r"\b(?:con tiep|con nua|tiep theo se gui|se gui tiep|gui tiep sau)\b")

_SUPPLIES = re.compile(
    r"\bbo sung\b|\bthay the\b|\bgui lai\b|\bhoan thien\b|\bdinh chinh\b|\bsua (?:doi|lai|doi)\b|"
    r"\bban (?:moi|sua|chinh sua|cuoi)\b|\bgui them\b|\bgui not\b|\bgui tiep\b|\btiep theo\b|"
    r"\bcon thieu\b|\bquen\b|\bdieu chinh\b|\bcap nhat\b"
)
"""Words that announce a supplement."""

_SHARED_DOMAINS = frozenset(
    (
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "ymail.com",
        "outlook.com",
        "outlook.com.vn",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "zoho.com",
        "mail.com",
        "vnn.vn",
        "fpt.vn",
        "viettel.vn",
        "proton.me",
        "protonmail.com",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """“phần 2/3”: which mail of how many; `of` is 0 when the mail does not say."""

    number: int
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a dossier already open looks like to a mail that may belong to it."""

    code: str
    unit: str
    addresses: tuple[str, ...] = ()
    """Addresses its mails came from, lower case."""
    message_ids: tuple[str, ...] = ()
    """Theirs and ours, with angle brackets."""
    digests: tuple[str, ...] = ()
    """Of its raw mails."""
    file_digests: tuple[str, ...] = ()
    """Of every file it holds."""
    texts: tuple[str, ...] = ()
    """What its mails without files say (`dossier.sameness.only_words`)."""
    titles: tuple[str, ...] = ()
    first_received: datetime
    last_received: datetime
    parts_announced: int = 1
    parts_received: int = 1
    state: str = ""
    """Its last verdict's state; empty while it has not been judged."""
    open_gaps: tuple[str, ...] = ()
    """Ids of the rules that still ask something of the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a mail goes."""

    triage: Triage
    code: str | None = None
    """The open dossier it joins; None for a new dossier or for a mail that opens none."""
    opens: bool = False
    """It is the first mail of a new dossier."""
    certain: bool = True
    reason: str = ""
    part: Part | None = None
    repeats: bool = False
    """The same mail or nothing but the same papers again: no second answer."""


def place(
    reading: Reading,
    triaged: Triaged,
    known: Sequence[Known],
    call: Call,
    *,
    verified: Callable[[str], str | None] = lambda _message_id: None,
) -> Placement:
    """Find the dossier a mail belongs to, or say that it opens one.

    `verified` gives the dossier code of one of our own Message-IDs when its signature holds, and
    None for any other Message-ID.
    """
    part = part_of(reading)
    if triaged.triage in _NOT_PLACED:
        return Placement(triage=triaged.triage, reason=triaged.reason)
    if again := _repeated(reading, known):
        triage = triaged.triage if triaged.triage is not Triage.SUBMISSION else Triage.SUPPLEMENT
        return Placement(
            triage=triage,
            code=again.code,
            repeats=True,
            part=part,
            reason=f"Thư trùng với thư đã nhận của hồ sơ {again.code}.",
        )
    found = _find(_Mail(reading=reading, known=known, call=call), verified)
    if triaged.triage is Triage.QUERY:
        code = found.code if found else None
        return Placement(triage=Triage.QUERY, code=code, reason=triaged.reason)
    if found is None:
        return Placement(
            triage=triaged.triage,
            opens=True,
            part=part,
            reason=triaged.reason,
        )
    triage = Triage.SUPPLEMENT if triaged.triage is Triage.SUBMISSION else triaged.triage
    return Placement(
        triage=triage,
        code=found.code,
        certain=found.certain,
        part=part,
        reason=found.reason,
    )


def part_of(reading: Reading) -> Part | None:
    """Which part of a dossier sent in several mails; None when the mail says nothing of it."""
    subject = fold(reading.envelope.subject)
    head = fold(reading.envelope.body[:400])
    for text in (subject, head):
        if match := _PART.search(text):
            number, of = int(match["this"]), int(match["all"])
            if 1 <= number <= of and 1 < of <= _MOST_PARTS:
                return Part(number=number, of=of)
    for found in (_PART_ONLY.search(subject), _PART_ONLY.match(head)):
        if found:
            return Part(number=int(found["this"]))
    if _CONTINUES.search(head):
        return Part(number=1)
    return None


_MOST_PARTS = 20


def unit_named(reading: Reading, call: Call) -> str:
    """The unit that a mail says it comes from; empty when only a person's name is known.

    The papers speak first (cover letter, then forms), then the sender's registered address, the
    mail's own words, and the name the sender shows.
    """
    issuers = _issuers(reading)
    if issuers:
        return issuers[0]
    envelope = reading.envelope
    if registered := unit_of_address(envelope.sender.address, call.units):
        return registered.name
    if said := units_in_text(envelope.body, call.office):
        return said[0]
    return envelope.sender.name if reads_as_unit(envelope.sender.name) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    code: str
    certain: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """The mail to place, and what it could belong to."""

    reading: Reading
    known: Sequence[Known]
    call: Call


def _find(mail: _Mail, verified: Callable[[str], str | None]) -> _Found | None:
    """The dossier the strongest evidence points to."""
    by_code = {entry.code: entry for entry in mail.known}
    envelope = mail.reading.envelope
    trail = (*reversed(envelope.references), *envelope.in_reply_to)
    ours = [by_code[code] for one in trail if (code := verified(one)) and code in by_code]
    if ours:
        return _joined(mail, ours[0], "trả lời thư của hệ thống", proven=True)
    if entry := _coded(mail.reading, by_code, mail.call):
        return _joined(mail, entry, f"thư ghi mã {entry.code}")
    threaded = [entry for entry in mail.known if set(trail) & set(entry.message_ids)]
    if threaded:
        return _joined(mail, threaded[-1], "nằm trong chuỗi thư của hồ sơ")
    return _by_unit(mail)


def _joined(mail: _Mail, entry: Known, because: str, *, proven: bool = False) -> _Found | None:
    """Join by token, code or thread, unless the papers are another unit's."""
    reading, issuers = mail.reading, _issuers(mail.reading)
    if (
        entry.unit
        and issuers
        and not any(_is_same(name, entry.unit, mail.call) for name in issuers)
    ):
        other = _by_unit(mail)
        if other and other.code != entry.code:
            return other
        if other is None and _has_cover(reading):
            return None
    doubt = "" if proven or _is_correspondent(reading, entry, mail.call) else _STRANGER
    return _found(entry, because, doubt or _another_set(reading, entry))


_STRANGER = "địa chỉ gửi chưa từng gửi hồ sơ này"


def _found(entry: Known, because: str, doubt: str) -> _Found:
    tail = f" nhưng {doubt}; cán bộ xác nhận" if doubt else ""
    reason = f"Bổ sung hồ sơ {entry.code}: {because}{tail}."
    return _Found(code=entry.code, certain=not doubt, reason=reason)


def _by_unit(mail: _Mail) -> _Found | None:
    """Join by the unit the papers name, or, when they name none, by the address."""
    reading = mail.reading
    issuers = _issuers(reading)
    address = reading.envelope.sender.address.lower()
    named = [
        entry
        for entry in mail.known
        if any(_is_same(name, entry.unit, mail.call) for name in issuers)
    ]
    if named:
        doubt = "" if _is_correspondent(reading, named[-1], mail.call) else _STRANGER
        return _found(named[-1], "cùng đơn vị", doubt or _another_set(reading, named[-1]))
    mine = [entry for entry in mail.known if address and address in entry.addresses]
    if not mine:
        return _by_shown_name(mail)
    if issuers and _has_cover(reading) and all(entry.unit for entry in mine):
        return None
    return _by_address(reading, mine)


def _by_address(reading: Reading, mine: Sequence[Known]) -> _Found:
    """A paper that names no unit, from an address with one dossier or several."""
    if len(mine) == 1:
        return _found(mine[0], "cùng địa chỉ gửi", _another_set(reading, mine[0]))
    for because, evidence in (
        ("cùng địa chỉ gửi, cùng nhiệm vụ", _shares_a_task),
        ("cùng địa chỉ gửi, thư nêu tên đơn vị", _speaks_of),
    ):
        fitting = [entry for entry in mine if evidence(reading, entry)]
        if len(fitting) == 1:
            return _found(fitting[0], because, "")
    return _found(mine[-1], "cùng địa chỉ gửi", "địa chỉ này gửi hồ sơ của nhiều đơn vị")


def _by_shown_name(mail: _Mail) -> _Found | None:
    """A mail without a cover letter from an address never seen: the text may name the unit."""
    reading = mail.reading
    if _has_cover(reading):
        return None
    envelope = reading.envelope
    shown = unit_named(reading, mail.call)
    supplies = bool(_SUPPLIES.search(fold(f"{envelope.subject}\n{envelope.body}")))
    entries = [
        entry
        for entry in mail.known
        if _is_same(shown, entry.unit, mail.call)
        or _shares_a_task(reading, entry)
        or (supplies and _speaks_of(reading, entry))
    ]
    if not entries:
        return None
    doubt = "" if _is_correspondent(reading, entries[-1], mail.call) else _STRANGER
    return _found(entries[-1], "cùng đơn vị", doubt)


def _has_cover(reading: Reading) -> bool:
    return any(isinstance(paper, CoverLetter) for paper in reading.papers)


def _issuers(reading: Reading) -> tuple[str, ...]:
    """Names of units on cover letters, else those who propose on forms."""
    covers = [
        paper.issuer for paper in reading.papers if isinstance(paper, CoverLetter) and paper.issuer
    ]
    if covers:
        return tuple(dict.fromkeys(readable(name) for name in covers))
    proposers = [
        paper.proposer
        for paper in reading.papers
        if isinstance(paper, ProposalForm) and reads_as_unit(paper.proposer)
    ]
    return tuple(dict.fromkeys(readable(name) for name in proposers))


def _is_same(name: str, unit: str, call: Call) -> bool:
    if not name or not unit:
        return False
    if same_unit(name, unit):
        return True
    one, other = find_unit(name, call.units), find_unit(unit, call.units)
    return one is not None and one is other


def _is_correspondent(reading: Reading, entry: Known, call: Call) -> bool:
    """Whether the sender is known to speak for the dossier's unit."""
    sender = reading.envelope.sender
    if sender.address.lower() in entry.addresses:
        return True
    registered = unit_of_address(sender.address, call.units)
    if registered is not None and _is_same(registered.name, entry.unit, call):
        return True
    return _is_own_domain(sender.domain, call) and any(
        address.rpartition("@")[2] == sender.domain for address in entry.addresses
    )


def _is_own_domain(domain: str, call: Call) -> bool:
    """Whether a domain is one organisation's own, not a public provider's or the government's."""
    office = {address.rpartition("@")[2].lower() for address in (call.office.mailbox,)}
    return (
        bool(domain)
        and domain not in _SHARED_DOMAINS
        and not domain.endswith("gov.vn")
        and domain not in office
    )


def _coded(reading: Reading, by_code: dict[str, Known], call: Call) -> Known | None:
    envelope = reading.envelope
    pattern = rf"(?<![\w-]){re.escape(call.id)}-\d{{4,6}}(?!\d)"
    text = f"{envelope.subject}\n{envelope.body}\n{' '.join(envelope.in_reply_to)}"
    for code in re.findall(pattern, text):
        if code in by_code:
            return by_code[code]
    return None


def _repeated(reading: Reading, known: Sequence[Known]) -> Known | None:
    """The dossier that already holds this very mail, or every one of its files."""
    files = {file.digest for file in reading.files if not file.minor}
    words = only_words(reading)
    sender = reading.envelope.sender.address.lower()
    for entry in known:
        if reading.digest in entry.digests:
            return entry
        # A Message-ID alone proves nothing: some programs give every mail the same.
        if files and files <= set(entry.file_digests):
            return entry
        if words and words in entry.texts and sender in entry.addresses:
            return entry
    return None


def titles_of(reading: Reading) -> tuple[str, ...]:
    """Titles of the tasks a mail's papers speak of."""
    found: list[str] = []
    for paper in reading.papers:
        if isinstance(paper, SummaryTable):
            found += (row.title for row in paper.rows)
        elif isinstance(paper, ProposalForm):
            found.append(paper.task)
        elif paper.role is Role.COMMITMENT_LETTER:
            found += paper.tasks
    return tuple(dict.fromkeys(title for title in found if title))


def _shares_a_task(reading: Reading, entry: Known) -> bool:
    return any(best(title, entry.titles)[1] >= SAME for title in titles_of(reading))


def _speaks_of(reading: Reading, entry: Known) -> bool:
    envelope = reading.envelope
    text = f" {fold(envelope.subject)} {fold(envelope.body)} ".replace("\n", " ")
    name = fold(entry.unit)
    return bool(name) and f" {name}" in text


def _another_set(reading: Reading, entry: Known) -> str:
    """A doubt when a whole new set of other tasks comes in an old dossier's name."""
    titles = titles_of(reading)
    has_table = any(isinstance(paper, SummaryTable) and paper.rows for paper in reading.papers)
    has_form = any(isinstance(paper, ProposalForm) for paper in reading.papers)
    if not (titles and entry.titles and has_table and has_form):
        return ""
    if any(best(title, entry.titles)[1] >= SAME for title in titles):
        return ""
    return "là bộ hồ sơ có nhiệm vụ khác"
