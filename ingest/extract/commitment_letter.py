"""Văn bản thể hiện nhu cầu và cam kết: whose it is, for which task, and its four elements."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier import Call, Commitment, CommitmentLetter, Element
from dossier.vietnamese import fold, tidy
from ingest.extract import money, names
from ingest.extract.folded import Folded, folded
from ingest.extract.head import Head
from ingest.extract.passage import Origin, Passage, clip, paragraphs, sentences, words

_NEARBY = 120
QUOTED = re.compile(r"[“«\"„](?P<title>[^”»\"“«]{12,400})[”»\"]")
"""A title in quotation marks."""
_TAX_CODE = re.compile(r"(?<!\d)(\d(?:[ .]?\d){9}(?:\s?-\s?\d{3})?)(?!\d)")
_TAX_WORDS = re.compile(
    r"\b(?:mst|ma so (?:thue|doanh nghiep|dn|htx|hop tac xa|dkkd)|msdn|ma so)\b"
)
_TASK = re.compile(
    r"(?:nhiem vu|du an|de tai|mo hinh)(?: kh&cn| khoa hoc va cong nghe| cap quoc gia| so \d+"
    r"| nay)*\s*[:,]?\s*"
    r"(?P<title>(?:xay dung|ap dung|ho tro|ung dung|nghien cuu|dao tao|nang cao|hoan thien"
    r"|trien khai|san xuat|phat trien)"
    r"\b[^.;:“”\"\n]{15,260}?)(?=,? (?:do|thuoc chuong trinh|voi cac noi dung|cam ket|nhu sau"
    r"|va cam ket)\b|[.;:\n]|$)"
)
_KINDS = (
    r"(?:Tổng công ty|Công ty|Hợp tác xã|HTX|Doanh nghiệp tư nhân|DNTN|Hộ kinh doanh|Cơ sở"
    r"|Xí nghiệp|Tổ hợp tác|Chi nhánh|Nhà máy|Trang trại)"
)
_INTRODUCED = re.compile(
    r"^[-\s\d.)]*(?:chúng tôi(?: là)?|tên (?:doanh nghiệp|công ty|đơn vị|tổ chức|hợp tác xã|cơ sở)"
    r"|doanh nghiệp|đơn vị|tổ chức phối hợp[^:\n]{0,40})?\s*:?\s*"
    rf"(?P<name>{_KINDS}\s[^,;:(\n]{{2,90}})",
    re.IGNORECASE | re.MULTILINE,
)
_REGISTERED = re.compile(
    rf"(?P<name>{_KINDS}\s[^,;:(\n]{{2,90}})[,;( ]+(?:mã số|MST|địa chỉ)", re.IGNORECASE
)
_INTRODUCTION = 6000
"""A letter says whose it is within so many letters."""
_NAME_ENDS = re.compile(
    r"\s+(?:có nhu cầu|cam kết|đăng ký|xin|kính|do ông|do bà|mã số|MST|địa chỉ|đề nghị|rất"
    r"|hoàn toàn|là\b|được|sẽ)"
)
_NEGATED_BEFORE = re.compile(r"\b(?:khong|chua)\b(?! chi\b)(?! ngung)[^,.;:]{0,24}$")
_NEGATED_AFTER = re.compile(
    r"^(?:\s*(?:kinh phi|von|thuc hien|ket qua|mo hinh))*\s*:?\s*(?:la\s*)?(?:khong\b|chua (?:co"
    r"|bo tri|xac dinh)\b|0 (?:dong|trieu))"
)
_LABEL_ONLY = re.compile(
    r"^\W*(?:\d{1,2}|[a-dđ]|[ivx]{1,4})?\s*[.)/-]?\s*[^:]{0,110}:\s*[.…_\s-]*$"
)
_PRINTED = re.compile(
    r"phoi hop\s*/\s*dong tai tro|(?:to chuc|don vi|ben)\s+phoi hop[^:;.]{0,40}:"
    r"|noi dung cam ket[^:;]{0,200}:"
    r"|^\W*(?:[-+\d.]*\s*)?doi voi (?:cam ket )?[^:;.]{0,60}:(?=[\s\W]*$)"
)
_TITLE_LINE = re.compile(r"^(?:v/v|ve viec|\(?ve viec)\b")


def extract(lines: tuple[Passage, ...], head: Head, call: Call, origin: Origin) -> CommitmentLetter:
    """Read one letter; `head` is the head of the same lines."""
    body = paragraphs(lines[head.body :])
    whole = "\n".join(line.text for line in lines)
    own = enterprise(head, whole)
    return CommitmentLetter(
        at=lines[0].place(origin.file),
        enterprise=own,
        tax_code=_tax_code(whole),
        number=head.number,
        issued=head.issued,
        tasks=_tasks(body),
        commitments=tuple(_commitments(body, call, origin.file)),
        signatory=names.signatory([line.text for line in lines[head.body :]]),
        text=origin.text,
    )


def elements(lines: tuple[Passage, ...], head: Head, call: Call) -> frozenset[Element]:
    """Which elements a letter commits to in plain words; to tell a commitment letter by."""
    found = _commitments(paragraphs(lines[head.body :]), call, "")
    return frozenset(one.element for one in found if not one.negated)


def enterprise(head: Head, whole: str) -> str:
    """Whose letter it is: the head's name, else the one the text introduces itself by."""
    if head.issuer and (names.is_enterprise(head.issuer) or names.is_authority(head.issuer)):
        return head.issuer
    for pattern in (_INTRODUCED, _REGISTERED):
        if found := pattern.search(whole, 0, _INTRODUCTION):
            name = _NAME_ENDS.split(tidy(found["name"]), maxsplit=1)[0]
            return names.in_readable_case(name, whole).strip(" .-")
    return head.issuer


def _tax_code(whole: str) -> str:
    text = folded(whole)
    for match in text.find(_TAX_WORDS.pattern):
        code = _TAX_CODE.search(text.text[match.end() : match.end() + 60])
        if code:
            return re.sub(r"[ .]", "", code[1])
    return ""


def tasks_named(lines: Sequence[Passage]) -> tuple[str, ...]:
    """Titles of tasks any paper names: behind a label, in quotation marks, after “nhiệm vụ”."""
    labelled = (
        tidy(line.text[match.end() :]).strip(' .,;“”"')
        for line in lines
        if (match := _TASK_LABEL.match(line.text))
    )
    titles = tuple(title for title in labelled if len(words(title)) >= 4)  # noqa: PLR2004 -- a title, not a word
    return titles or _tasks(paragraphs(tuple(lines)))


_TASK_LABEL = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)?(?:Tên |Cho |Chủ nhiệm )?(?:nhiệm vụ|đề tài|dự án)[^:\n]{0,40}:\s*"
    r"(?=\w|[“\"])",
    re.IGNORECASE,
)


def _tasks(body: Sequence[Passage]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in body:
        for match in QUOTED.finditer(line.text):
            title = tidy(match["title"]).strip(" .,;")
            if len(words(title)) >= 4:  # noqa: PLR2004 -- a title, not a quoted word
                found.setdefault(title)
    if found:
        return tuple(found)
    for line in body:
        text = folded(line.text)
        for match in text.find(_TASK.pattern):
            title = tidy(text.quote(match.start("title"), match.end("title"))).strip(" .,;")
            if len(words(title)) >= 5:  # noqa: PLR2004 -- a title, not a phrase
                found.setdefault(title)
    return tuple(found)


def _commitments(body: Sequence[Passage], call: Call, file: str) -> Iterator[Commitment]:
    kept = [line for line in body if not _TITLE_LINE.match(line.folded)]
    for place, line in enumerate(kept):
        after = kept[place + 1].folded if place + 1 < len(kept) else ""
        if _LABEL_ONLY.match(line.folded) and _is_left_blank(line.folded, after):
            continue
        for sentence in sentences(line.text):
            plain = _without_labels(folded(QUOTED.sub(" ", sentence)))
            yield from _in_sentence(plain, sentence, line, call, file)


def _without_labels(plain: Folded) -> Folded:
    """Blank out what the form prints: a heading that names the elements promises none."""
    return replace(plain, text=_PRINTED.sub(lambda match: " " * len(match[0]), plain.text))


def _is_left_blank(line: str, after: str) -> bool:
    """“3. Đối ứng kinh phí: ……” promises nothing; a list below the colon would."""
    if re.search(r"[.…_]{3,}\W*$", line):
        return True
    return not after or re.match(r"^\W*(?:\d{1,2}|[ivx]{1,4})\s*[.)/]", after) is not None


def _in_sentence(
    plain: Folded, sentence: str, line: Passage, call: Call, file: str
) -> Iterator[Commitment]:
    for element, cues in call.commitment_cues.items():
        matches = [match for cue in cues for match in plain.find(cue)]
        if not matches:
            continue
        # One refusal is enough: “Đối ứng kinh phí: … không đối ứng” names it first as a heading.
        negated = any(_is_negated(plain.text, match) for match in matches)
        near = money.amounts(plain)
        million = None
        if element is Element.CO_FUND and near:
            cue = matches[0]
            closest = min(near, key=lambda one: abs(one.start - cue.start()))
            million = closest.million if abs(closest.start - cue.start()) <= _NEARBY else None
        yield Commitment(
            element=element,
            at=line.place(file, clip(sentence)),
            negated=negated,
            million=million,
        )


def _is_negated(text: str, match: re.Match[str]) -> bool:
    lead = re.split(r"[,.;:]", text[: match.start()])[-1]
    return bool(_NEGATED_BEFORE.search(f"{lead} ".lstrip()) if lead else False) or bool(
        _NEGATED_AFTER.match(text[match.end() :])
    )


def other_commitment(title: str) -> bool:
    """Tell a commitment of another kind (secrecy, environment, food safety) by its title."""
    return bool(
        re.search(
            r"bao mat|bao ve moi truong|moi truong|an toan thuc pham|an toan giao thong"
            r"|an toan lao dong|phong chay"
            r"|thue|khong khieu nai|tinh nguyen|hoan tra|vay von|chap hanh|khong vi pham"
            r"|so huu tri tue|su dung con dau",
            fold(title),
        )
    )
