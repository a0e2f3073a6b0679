"""What a mail is to us (contract.md): a dossier, a question, a machine's mail, something else.

Pure: it looks at what reading the mail found and touches nothing.
"""

import re
from dataclasses import dataclass

from dossier import (
    Call,
    CoverLetter,
    FormFamily,
    OtherPaper,
    Paper,
    ProposalForm,
    Reading,
    Role,
    SummaryTable,
    Triage,
    UnreadCause,
)
from dossier.vietnamese import fold
from ingest.extract import cover_letter

DOSSIER_ROLES = (
    Role.COVER_LETTER,
    Role.SUMMARY_TABLE,
    Role.PROPOSAL_FORM,
    Role.COMMITMENT_LETTER,
    Role.BLANK_TEMPLATE,
)
"""A paper of one of these roles belongs to a dossier."""

_PROPOSES = re.compile(
    r"de xuat (?:dat hang )?(?:cac )?(?:nhiem vu|nv\b|de tai|du an|de an)|phieu de xuat|"
    r"bang tong hop|(?:nhiem vu|nv) (?:kh ?& ?cn|khcn|khoa hoc)|ho so (?:de xuat|nhiem vu)|"
    r"cong van de xuat|ho so.{0,30}de xuat|\bde xuat\b.{0,40}(?:khcn|kh&cn)"
)
"""Words anybody uses who answers a call for proposals."""

_ASKS = re.compile(
    r"\?|\bxin hoi\b|\bcho (?:em|toi|minh|don vi|phong|hoi|xa|cong ty)?\s?hoi\b|\bhoi (?:ve|them|"
    r"lai)\b|^hoi\b|\bhuong dan\b|\bde nghi (?:cho biet|giai dap|tra loi|gia han)|\bcho biet\b|"
    r"\bxin (?:y kien|gia han|lui|mau|lai|so|file|tep|phep)|\bgia han\b|\bvuong mac\b|"
    r"\bda gui (?:roi|day du|du|tu|hom|ngay|truoc)|\bda nop\b|\bchua nhan duoc\b|\bkhong dong y\b|"
    r"\bgui (?:lai )?(?:giup|cho) (?:em|toi|minh|don vi|xa)|\bxac nhan (?:giup|lai|da nhan)|"
    r"\bkiem tra (?:lai|giup)|\bgoi (?:lai|dien|cho)|\blien he (?:lai|voi)|\bcam on\b|\bcam ta\b|"
    r"\bda nhan (?:duoc )?(?:thu|thong bao|mail|email)|\bda ro\b|\bthac mac\b|\bkhieu nai\b|"
    r"\bnho (?:anh|chi|phong|ac|a/c|cac)|\bthong tin (?:them|giup)|\bla the nao\b|\bthe nao\b|"
    r"\bbao gio\b|\bkhi nao\b|\bbo sung nhu the nao\b|\bsao lai\b|\btai sao\b"
)
"""A person wants something of a person."""

_NOTHING = re.compile(
    r"khong (?:co )?(?:nhu cau |noi dung |y kien )?(?:de xuat|dang ky)(?! (?:gi )?them)"
    r"(?! (?:kinh phi|dieu chinh|ho tro|thay doi|bo sung|sua))|"
    r"khong co (?:cac |bat ky )?(?:nhiem vu|nhu cau|noi dung)(?: nao)?"
    r"(?:[^.;\n]{0,40}(?:de xuat|dang ky|khcn|kh ?& ?cn|khoa hoc)|\s*(?:[.;,\n]|$))|"
    r"chua co (?:nhu cau |nhiem vu |noi dung )?(?:de xuat|dang ky|nhiem vu[^.;\n]{0,30}de xuat)|"
    r"bao cao (?:la )?[\"“(]?khong[\"”)]?(?:\s*(?:[.;,\n]|$))|"
    r"khong tham gia (?:de xuat|dang ky)|khong phat sinh (?:de xuat|nhiem vu|nhu cau)"
)
_CONDITION = re.compile(
    r"\?|\b(?:neu|truong hop|co phai|hay khong|co duoc|co can)\b|"
    r"khong de xuat (?:thi|co)|de nghi (?:cac )?(?:don vi|phong|xa)|\bngoai (?:ra|nhiem vu|cac)\b|"
    r"de xuat(?: gi| nao)? (?:khac|them)\b|(?:nao|gi) (?:trung|tuong tu|dang thuc hien)\b"
)

_ELSEWHERE = re.compile(
    r"giay moi|thu moi|\bmoi (?:hop|du|tham du)\b|lich (?:cong tac|lam viec|tiep cong dan)|"
    r"ban tin|diem tin|khuyen mai|quang cao|bao gia|hoa don|tuyen dung|chuc mung|thiep|"
    r"hop dong|thanh toan|invoice|payment|unsubscribe|newsletter|trung thuong|thong bao cuoc hop"
)
"""Words of the other mail an office gets."""

_LATENESS = re.compile(
    r"\bgia han\b(?! (?:giay phep|hop dong|the|no|vay|thue|bao hiem|visa|ho chieu|tam tru|su dung))"
    r"|\bhan (?:nop|cuoi)\b|\bnop (?:cham|muon|tre|sang|sau ngay)\b"
)
"""A unit that asks for time need not say for what: it writes to the office that called."""

_OUR_CODE = r"\b{call}-\d{{4}}\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """What a mail is, and why, in Vietnamese."""

    triage: Triage
    reason: str


def triage(
    reading: Reading,
    call: Call,
    *,
    hard: tuple[str, ...] = (),
    soft: tuple[str, ...] = (),
) -> Triaged:
    """Sort one mail. `hard` and `soft` are the courtesy evidence that a machine wrote it.

    A mail that joins a dossier already open is told apart (`SUPPLEMENT`) by `ingest.join`.
    """
    if reading.secret:
        reason = "Có dấu chỉ mức độ mật; thư được cô lập, cán bộ xem ngay."
        return Triaged(triage=Triage.QUARANTINED, reason=reason)
    if hard:
        return Triaged(triage=Triage.AUTOMATIC, reason=f"Thư tự động: {'; '.join(hard)}.")
    if reading.hostile and not _could_be_papers(reading) and _is_all_unsafe(reading):
        reason = f"Tệp nguy hiểm, thư được cô lập: {'; '.join(reading.hostile)}."
        return Triaged(triage=Triage.QUARANTINED, reason=reason)
    if _has_papers(reading, call):
        return _of_papers(reading, call)
    if soft and _looks_machine_made(reading, call):
        return Triaged(triage=Triage.AUTOMATIC, reason=f"Thư tự động: {'; '.join(soft)}.")
    return _of_words(reading, call)


def speaks_of_call(reading: Reading, call: Call) -> bool:
    """Whether a mail's own words or its papers speak of this call."""
    return _is_about_call(
        reading, call, fold(f"{reading.envelope.subject}\n{reading.envelope.body}")
    )


def says_nothing_to_propose(text: str) -> str:
    """The sentence by which a unit says that it proposes nothing; empty when none does.

    Questions and conditions (“nếu không có đề xuất thì …”) say nothing of the kind.
    """
    for sentence in re.split(r"(?<=[.;!?])\s+|\n+", text):
        folded = fold(sentence)
        said = _NOTHING.search(folded) or cover_letter.says_nothing_to_propose(sentence)
        if said and not _CONDITION.search(folded):
            return " ".join(sentence.split())
    return ""


def body_is_letter(body: str) -> bool:
    """Tell a cover letter typed into the mail (S19) from a few lines that present the files."""
    text = fold(body)
    cues = (
        r"cong hoa xa hoi chu nghia",
        r"(?:^|\n)\W*so\s*:?\s*\d*\s*/\s*\w",
        r"(?:^|\n)\W*v/v\b",
        r"(?:^|\n)\W*kinh gui",
        r"(?:^|\n)\W*(?:can cu|thuc hien|phuc dap) (?:cong van|van ban|quyet dinh)",
        r"(?:^|\n)\W*noi nhan\s*:",
        r"(?:^|\n)\W*(?:tm\.|kt\.|tl\.|chu tich|giam doc|truong phong)",
        r"de xuat.{0,80}(?:nhiem vu|du an|de tai)",
        r"nhiem vu (?:thu )?(?:1|nhat|01)\b|(?:^|\n)\W*1[.)]\s*(?:ten )?nhiem vu",
    )
    found = sum(bool(re.search(cue, text)) for cue in cues)
    return found >= _LETTER_CUES and len(text.split()) >= _LETTER_WORDS


_LETTER_CUES = 4
_LETTER_WORDS = 60


def _of_papers(reading: Reading, call: Call) -> Triaged:
    papers = _of_dossier(reading)
    if _is_of_another_call(reading, call, papers):
        seen = ", ".join(reading.other_cues) or "nội dung khác"
        reason = f"Thư không thuộc đợt đề xuất này ({seen})."
        return Triaged(triage=Triage.OTHER, reason=reason)
    if _is_nil_return(reading, papers):
        reason = "Đơn vị báo không có đề xuất."
        return Triaged(triage=Triage.NIL_RETURN, reason=reason)
    count = len(papers) + len(reading.unread)
    if papers or reading.unread:
        return Triaged(triage=Triage.SUBMISSION, reason=f"Thư có {count} tài liệu của hồ sơ.")
    if reading.links:
        return Triaged(triage=Triage.SUBMISSION, reason="Thư gửi liên kết thay cho tệp đính kèm.")
    if _files(reading):
        return Triaged(
            triage=Triage.SUBMISSION, reason="Thư nói về hồ sơ đề xuất, có tệp đính kèm."
        )
    return Triaged(triage=Triage.SUBMISSION, reason="Nội dung công văn nằm trong thân thư.")


def _of_words(reading: Reading, call: Call) -> Triaged:
    """Sort a mail that brings no paper."""
    envelope = reading.envelope
    own = f"{envelope.subject}\n{envelope.body}"
    folded = fold(own)
    about_call = _is_about_call(reading, call, folded)
    if about_call and (words := says_nothing_to_propose(own)):
        return Triaged(triage=Triage.NIL_RETURN, reason=f"Đơn vị báo không có đề xuất: “{words}”.")
    answers_us = bool(envelope.in_reply_to or envelope.references) and bool(
        re.match(r"\W*(?:re|tra loi|tl)\b", fold(envelope.subject))
    )
    if _names_our_code(own, call) or (answers_us and about_call):
        return Triaged(triage=Triage.QUERY, reason="Người gửi trả lời thư, không kèm tài liệu.")
    if about_call and _ASKS.search(folded):
        return Triaged(triage=Triage.QUERY, reason="Người gửi hỏi hoặc trao đổi về đợt đề xuất.")
    if _LATENESS.search(folded) and not _ELSEWHERE.search(folded):
        return Triaged(triage=Triage.QUERY, reason="Người gửi hỏi về thời hạn nộp.")
    if _ELSEWHERE.search(folded) or not about_call:
        return Triaged(triage=Triage.OTHER, reason="Thư không liên quan đến đợt đề xuất.")
    return Triaged(
        triage=Triage.QUERY, reason="Thư nói về đợt đề xuất nhưng không kèm tài liệu nào."
    )


def _of_dossier(reading: Reading) -> tuple[Paper, ...]:
    return tuple(paper for paper in reading.papers if _is_of_dossier(paper))


def _is_of_dossier(paper: Paper) -> bool:
    """One of the roles every call knows, or a paper only this call asks for."""
    return paper.role in DOSSIER_ROLES or (isinstance(paper, OtherPaper) and bool(paper.paper))


def _files(reading: Reading) -> tuple[str, ...]:
    """Files that are neither pictures of a signature nor the call sent back."""
    return tuple(
        file.name
        for file in reading.files
        if not file.minor and set(file.roles) != {Role.CALL_LETTER}
    )


def _could_be_papers(reading: Reading) -> bool:
    return bool(_of_dossier(reading) or reading.links)


def _is_all_unsafe(reading: Reading) -> bool:
    """Whether nothing is left that could be asked for again in another form."""
    return all(gap.cause is UnreadCause.UNSAFE for gap in reading.unread)


def _has_papers(reading: Reading, call: Call) -> bool:
    """Whether anything here could be a dossier's paper."""
    envelope = reading.envelope
    folded = fold(f"{envelope.subject}\n{envelope.body}")
    if _of_dossier(reading) or body_is_letter(envelope.body):
        return True
    about_call = _is_about_call(reading, call, folded)
    elsewhere = bool(_ELSEWHERE.search(folded))
    if reading.unread:
        return about_call or not (elsewhere or reading.other_cues)
    return about_call and not elsewhere and bool(reading.links or _files(reading))


def _is_about_call(reading: Reading, call: Call, folded: str) -> bool:
    """Whether the mail's own words or its papers speak of this call."""
    if reading.call_cues or _PROPOSES.search(folded):
        return True
    if any(re.search(cue, folded) for cue in call.mail_cues):
        return True
    numbers = {fold(number) for letter in call.letters for number in letter.numbers}
    named = any(
        re.search(rf"(?<!\w){re.escape(number)}(?!\w)", folded) for number in numbers if number
    )
    shorts = {number.split("/")[0] for number in numbers if number.split("/")[0].isdigit()}
    return named or any(
        re.search(rf"\b(?:cv|cong van|van ban|so)\W{{0,3}}(?:so )?{short}\b", folded)
        for short in shorts
    )


def _names_our_code(text: str, call: Call) -> bool:
    return bool(re.search(_OUR_CODE.format(call=re.escape(call.id)), text))


def _is_of_another_call(reading: Reading, call: Call, papers: tuple[Paper, ...]) -> bool:
    """Whether the papers are for somebody else: another programme, an ordinary official letter."""
    envelope = reading.envelope
    own = fold(f"{envelope.subject}\n{envelope.body}")
    if reading.call_cues or any(isinstance(paper, SummaryTable) for paper in papers):
        return False
    forms = [paper for paper in papers if isinstance(paper, ProposalForm)]
    if any(form.family is not FormFamily.LOOK_ALIKE for form in forms):
        return False
    if reading.other_cues or (forms and not _is_about_call(reading, call, own)):
        return True
    letters = [paper for paper in papers if isinstance(paper, CoverLetter)]
    only_letters = bool(letters) and len(letters) == len(papers) and not reading.unread
    speaks = fold("\n".join(f"{letter.subject}\n{'; '.join(letter.titles)}" for letter in letters))
    says_nil = any(letter.says_nothing_to_propose for letter in letters)
    return (
        only_letters
        and not says_nil
        and not _is_about_call(reading, call, f"{own}\n{speaks}")
        and not reading.links
    )


def _is_nil_return(reading: Reading, papers: tuple[Paper, ...]) -> bool:
    """A letter or the mail says so, and there is no task anywhere (S17)."""
    has_task = any(
        isinstance(paper, ProposalForm)
        or (isinstance(paper, SummaryTable) and paper.rows)
        or paper.role is Role.COMMITMENT_LETTER
        for paper in papers
    )
    if has_task:
        return False
    letters = [paper for paper in papers if isinstance(paper, CoverLetter)]
    if any(letter.says_nothing_to_propose for letter in letters):
        return True
    if letters and any(letter.titles or letter.tasks_stated for letter in letters):
        return False
    envelope = reading.envelope
    return bool(says_nothing_to_propose(f"{envelope.subject}\n{envelope.body}"))


def _looks_machine_made(reading: Reading, call: Call) -> bool:
    """A list, an absence notice, a circular: nothing in it is written to us for an answer."""
    envelope = reading.envelope
    folded = fold(f"{envelope.subject}\n{envelope.body}")
    bulk = any(
        envelope.header(name)
        for name in ("list-id", "list-unsubscribe", "list-post", "feedback-id")
    ) or fold(envelope.header("precedence")) in ("bulk", "list", "junk", "auto_reply")
    absent = re.search(
        r"(?:^|\n)\W*(?:re:\s*)?(?:tra loi tu dong|thu tu dong|tu dong tra loi|auto(?:matic)?[ -]?"
        r"(?:reply|response)|out of (?:the )?office|undeliver|delivery (?:status|failure)|"
        r"returned mail|mail delivery|thu khong gui duoc|failure notice|vang mat|"
        r"(?:toi|em|minh) (?:dang|hien)[^.\n]{0,40}(?:nghi phep|cong tac|vang))",
        folded,
    )
    asks = _names_our_code(f"{envelope.body}", call) or "?" in envelope.body
    return bool(absent) or (bulk and not asks)
