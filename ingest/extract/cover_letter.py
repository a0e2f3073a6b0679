"""Công văn đề xuất (also a tờ trình, a báo cáo): what the unit proposes, encloses and asks."""

import re
from collections.abc import Iterator, Sequence

from dossier import Call, CoverLetter
from dossier.vietnamese import fold, tidy
from ingest.extract import names
from ingest.extract.commitment_letter import QUOTED
from ingest.extract.folded import folded
from ingest.extract.head import Head
from ingest.extract.numbers import WORD_NUMBER, count
from ingest.extract.passage import Origin, Passage, paragraphs, words

_TITLE_WORDS = 4
"""Fewer words are a remark, not a task's title."""
_PHONE = re.compile(r"(?<![\d/.,-])(?:\+84|0)\d{1,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)")
_IS_CITED = re.compile(r"\bve(?: viec)?$|\b(?:xem xet|quan tam|chap thuan|tong hop)$")
"""“… của UBND huyện về việc đề xuất”, “UBND huyện xem xét đề xuất”: another than the writer."""
_IN_OFFICE = re.compile(
    r"\W*(?:la |giu )?(?:chuc vu|(?:tong )?giam doc|chu\b|truong\b|pho\b|dai dien|hieu)"
)
"""After a person's name: whoever signs for a firm or an office does not propose alone."""
_TASKS = re.compile(
    rf"(?<![\d/.,a-z])(?P<number>\d{{1,2}}|{WORD_NUMBER})\s*(?:\([^)]{{1,20}}\)\s*)?(?:de xuat\s+)?"
    r"(?:nhiem vu|de tai|du an|de an|de xuat nhiem vu)\b"
)
_PROPOSES = re.compile(
    r"(?:de xuat|kinh trinh|trinh|dang ky|bao cao|tong hop|gui|de nghi)\b[^.;]{0,90}?$"
    r"|^\W*(?:so luong[^.;]{0,40})?$"
)
_ENCLOSED = re.compile(
    r"(?:ho so (?:kem theo|gui kem|gom|de xuat gom|bao gom)?|gui kem(?: theo)?|kem theo|dinh kem"
    r"|tai lieu kem theo|co)\b"
)
_PAPER = re.compile(
    r"bang tong hop|danh muc|phieu|cam ket|van ban the hien|thuyet minh|hinh anh|tai lieu|giay"
    r"|bao cao|danh sach|bien ban|ban sao|ho so nang luc|quyet dinh|^\W*\d{2}\s"
)
"""What an enclosure may be; anything counted (“01 …”) in a list of them is one."""
_NIL = re.compile(
    r"\b(?:khong|chua) (?:co|phat sinh) (?:bat ky |bat cu )?(?:noi dung|nhiem vu|nhu cau|de tai"
    r"|du an|ho so|y tuong|don vi nao)"
    r"(?: [a-z&-]+){0,9}? (?:de xuat|dang ky|tham gia)\b"
    r"|\b(?:khong|chua) co (?:noi dung |nhiem vu |y kien )?(?:de xuat|dang ky)\b(?! moi\b)"
    r"|\bkhong (?:de xuat|dang ky)(?: (?:moi|them|bo sung))?(?: [a-z&-]+){0,5}? (?:nhiem vu"
    r"|noi dung|de tai|du an|dot nay|nao)\b"
    r"|\bkhong (?:de xuat|dang ky|tham gia de xuat)\s*(?:[.;/,)]|$)"
    r"|\b(?:khong|chua) co (?:nhiem vu|de tai|du an)(?: [a-z&-]+){0,9}? (?:nao|phu hop)\b"
    r"|\b(?:khong|chua) (?:co|phat sinh) nhu cau(?: [a-z&-]+){0,8}? (?:nhiem vu|thuc hien"
    r"|tham gia|kh&cn)\b"
    r"|\bkhong tham gia de xuat\b"
    r"|\b(?:0|00|khong) (?:nhiem vu|de xuat)\s*(?:[.;/,)]|$)"
    r"|\b(?:khong|chua) co (?:don vi|doanh nghiep|to chuc|ca nhan|co so|htx|hop tac xa|bo phan)"
    r"(?: [a-z&-]+){0,8}? (?:de xuat|dang ky|nhu cau)\b"
    r"|\b(?:khong|chua) nhan duoc (?:de xuat|dang ky|nhu cau)\b"
    r"|\b(?:khong|chua) (?:xay dung|hinh thanh|xac dinh)(?: duoc)? (?:de xuat|nhiem vu|y tuong)\b"
    r"|\bkhong tham gia(?: dot nay)?\s*(?:[.;/)]|$)"
    r"|\b(?:nhiem vu|noi dung|danh muc)(?: [a-z&-]+){0,6}? de xuat\s*:\s*(?:khong|0+)\s*(?:co\s*)?"
    r"(?:[.;/)]|$)"
    r"|\b(?:noi dung|ket qua|nhiem vu) (?:de xuat )?\s*:\s*(?:khong(?: co)?|0+)\s*(?:[.;/)]|$)"
    r"|\bbao cao \W?khong\W?\s*(?:[.;/,)]|$)"
)
_NOT_NIL = re.compile(r"\b(?:trung|tuong tu|dang thuc hien|dang trien khai)\b")
_OF_OTHERS = re.compile(
    r"^(?:\s(?:gi|nao))*\s(?:them|khac|trung|tuong tu|dang (?:thuc hien|trien khai)|da"
    r"|kinh phi|dieu chinh|ho tro|thay doi|bo sung|sua)\b"
)
"""“không có đề xuất nào khác” says that there is one, “… kinh phí” speaks of money."""
_CONDITION = re.compile(
    r"\b(?:neu|truong hop|doi voi|nhung don vi|cac don vi|ngoai(?: ra| nhiem vu| cac| de xuat))\b"
    r"[^.;]{0,80}$"
)
_LIST_ITEM = re.compile(
    r"^\W*(?:(?:nhiem vu|de tai|du an"
    r"|uu tien)\s*(?:so\s*)?)?(?P<number>\d{1,2})\s*[.):/-]\s*(?=[^\d\s])|^\s*[-–+•*]\s+"
)
_LIST_ENDS = re.compile(
    r"^\W*(?:\(?(?:ho so|gui kem|kem theo|tai lieu|co bang|dau moi|lien he|moi thong tin"
    r"|kinh (?:de nghi|mong|trinh)|tran trong|noi nhan"
    r"|trong qua trinh|(?:ubnd|uy ban|phong|cong ty|htx|hoi)\b[^:]{0,80}(?:kinh|tran trong"
    r"|bao cao|cam ket|xin)))"
)


def extract(lines: tuple[Passage, ...], head: Head, call: Call, origin: Origin) -> CoverLetter:
    """Read one letter; `head` is the head of the same lines."""
    body = paragraphs(lines[head.body :])
    titles = _titles(body)
    stated = _tasks_stated(body)
    said = (head.subject, "\n".join(line.text for line in body))
    return CoverLetter(
        at=lines[0].place(origin.file, head.subject),
        number=head.number,
        issued=head.issued,
        subject=head.subject,
        issuer=head.issuer or proposer(body, call),
        signatory=names.signatory([line.text for line in lines[head.body :]]),
        addressee=head.addressee,
        contact=_contact(body),
        tasks_stated=stated,
        titles=titles,
        enclosures=tuple(_enclosures(body)),
        says_nothing_to_propose=not (titles or stated) and any(map(says_nothing_to_propose, said)),
        text=origin.text,
        pages=origin.pages,
    )


def says_nothing_to_propose(text: str) -> bool:
    """Tell a nil return (“không có nội dung đề xuất”); conditions and quotes do not count."""
    plain = folded(QUOTED.sub(" ", text.replace("\n", " ")))
    return any(
        not _CONDITION.search(plain.text[: match.start()])
        and not _NOT_NIL.search(match[0])
        and not _OF_OTHERS.match(plain.text[match.end() :])
        for match in plain.find(_NIL.pattern)
    )


def proposes(lines: Sequence[Passage], head: Head) -> bool:
    """Tell whether a letter itself proposes tasks, not merely answers or commits."""
    body = paragraphs(lines[head.body :])
    if re.search(
        r"de xuat|dang ky (?:nhiem vu|de tai|du an)", fold(head.subject)
    ) and not re.search(r"cam ket|tham gia|phoi hop|doi ung", fold(head.subject)):
        return True
    return _tasks_stated(body) is not None or any(
        re.search(
            r"\b(?:xin |kinh )?(?:de xuat|trinh)\b[^.;]{0,60}nhiem vu",
            re.sub(
                r"do [^.;,]{0,80}? de xuat|de xuat cua|nhiem vu (?:duoc )?de xuat",
                " ",
                folded(QUOTED.sub(" ", line.text)).text,
            ),
        )
        and "thuc hien cong van" not in line.folded[:20]
        for line in body
    )


def proposer(body: Sequence[Passage], call: Call) -> str:
    """The unit the running text names as the one that proposes, when the head names none."""
    text = " ".join(line.text for line in body)
    found = re.finditer(
        r"((?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Phòng|phòng|Công ty|Hợp tác xã|HTX|Hội"
        r"|Trung tâm|Huyện đoàn|Liên đoàn|Trường|Ban|DNTN|Doanh nghiệp|Hộ kinh doanh|Cơ sở"
        r"|Ủy ban MTTQ)\s[^,.;:()]{2,80}?)"
        r"\s+(?:xin |kính |có )?(?:đề xuất|trình|đăng ký|báo cáo|không có|gửi|trân trọng)",
        text,
    )
    match = next((one for one in found if not _IS_CITED.search(fold(one[1]))), None)
    if not match:
        return _person(text)
    name = tidy(re.split(r".*(?=UBND|Ủy ban nhân dân|Uỷ ban nhân dân)", match[1])[-1] or match[1])
    return names.known_unit(name, call) or name


def _person(text: str) -> str:
    """The person who proposes alone: “Tôi tên là: TS. Trịnh Công Lý”, “TS. Lý đề xuất …”."""
    if titled := re.search(
        r"((?:(?:GS|PGS|TS|ThS|KS|BS|CN|Ông|Bà)\b\.?,? ?)+(?: ?[A-ZĐÀ-Ỹ]\w+){2,5})"
        r"\s+(?:xin |kính )?(?:đề xuất|đăng ký|đề nghị)",
        text,
    ):
        return tidy(titled[1])
    match = re.search(
        r"\b[Tt]ôi (?:tên )?là\s*:?\s*([^,;:()\d]{4,60})(?=[,;(]|\.\s|\s[-–]\s)", text
    )
    if not match or _IN_OFFICE.match(fold(text[match.end() :])):
        return ""
    name = tidy(match[1]).strip(" .")
    return name if names.person(name) else ""


def _contact(body: Sequence[Passage]) -> str:
    for line in body:
        if match := _PHONE.search(line.text):
            start = max(line.text.rfind(mark, 0, match.start()) for mark in ("./", ". ", ";", ":"))
            said = line.text[
                start + 1
                if start > match.start() - 120
                else max(0, match.start() - 80) : match.end()
            ]
            return tidy(said).strip(" ./,;:(")
    return ""


def _tasks_stated(body: Sequence[Passage]) -> int | None:
    for line in body:
        plain = folded(QUOTED.sub(" ", line.text))
        for match in plain.find(_TASKS.pattern):
            lead = plain.text[max(0, match.start() - 110) : match.start()]
            if _PROPOSES.search(lead) and not re.search(r"khuon kho mot|cam ket[^.;]{0,40}$", lead):
                return count(match["number"])
    return None


def _titles(body: Sequence[Passage]) -> tuple[str, ...]:
    """Numbered lines below the sentence that proposes, else titles in quotation marks."""
    listed = tuple(dict.fromkeys(_listed(body)))
    return listed or next((found for line in body if (found := _named_in(line))), ())


def _listed(body: Sequence[Passage]) -> Iterator[str]:
    opened = False
    for line in body:
        text = folded(line.text)
        if not opened:
            opened = _opens_a_list(text.text)
        elif _LIST_ENDS.match(text.text):
            opened = False
        elif item := _LIST_ITEM.match(text.text):
            title = _clean(text.quote(item.end(), len(text.text)))
            if len(words(title)) >= _TITLE_WORDS:
                yield title


def _opens_a_list(text: str) -> bool:
    bare = re.sub(r"\bde xuat cua\b", " ", text).rstrip()
    ends = bare.endswith((":", "sau", "cu the", "sau day"))
    return ends and re.search(r"(?:de xuat|trinh|dang ky|nhiem vu)\b", bare) is not None


def _named_in(line: Passage) -> tuple[str, ...]:
    """Titles one sentence names: in quotation marks, or after “đề xuất 01 nhiệm vụ:”."""
    if not re.search(r"de xuat|nhiem vu|trinh|dang ky", line.folded):
        return ()
    quoted = (_clean(match["title"]) for match in QUOTED.finditer(line.text))
    if kept := tuple(title for title in quoted if len(words(title)) >= _TITLE_WORDS):
        return tuple(dict.fromkeys(kept))
    text = folded(line.text)
    after = text.first(r"(?:de xuat|trinh|dang ky)[^.;:]{0,120}nhiem vu[^.;:]{0,160}:\s*(?=\S)")
    if after is None:
        return ()
    title = _clean(re.split(r"[.;]\s", text.quote(after.end(), len(text.text)), maxsplit=1)[0])
    return (title,) if len(words(title)) > _TITLE_WORDS else ()


def _clean(title: str) -> str:
    title = tidy(title).strip(" .;,/")
    title = re.sub(
        r"^(?:nhiệm vụ|đề tài|dự án)\s*(?:số\s*)?\d{0,2}\s*[:.]\s*", "", title, flags=re.IGNORECASE
    )
    whole = re.fullmatch(r"[“«\"](.+)[”»\"]", title)
    return (whole[1] if whole else title).strip(" .;,")


def _enclosures(body: Sequence[Passage]) -> Iterator[str]:
    """What the letter says it encloses, one paper an entry."""
    for place, line in enumerate(body):
        text = folded(line.text)
        match = text.first(
            r"\b(?:ho so|gui kem(?: theo)?|kem theo|dinh kem|tai lieu kem theo)\b|\(co\b"
        )
        if not match or (
            re.match(r"^\W*(?:thuc hien|can cu)", text.text) and "kem theo" not in text.text
        ):
            continue
        parts = re.split(
            r"[;,]|\(\d\)|\s\+\s", line.text.split(":", 1)[-1] if ":" in line.text else line.text
        )
        if line.text.rstrip().endswith(":"):
            parts = []
            for after in body[place + 1 : place + 8]:
                if not _LIST_ITEM.match(after.folded):
                    break
                parts.append(after.text)
        for part in parts:
            for piece in _split_and(part):
                if _PAPER.search(fold(piece)):
                    yield _enclosure(piece)


def _enclosure(piece: str) -> str:
    """One paper's name, without the sentence that follows it or the words around it."""
    name = re.split(r"\.\s", tidy(piece))[0]
    name = re.sub(r"(?i)\s*(?:được )?(?:gửi )?kèm (?:theo|công văn).*$|\s*gửi kèm.*$", "", name)
    name = re.sub(r"(?i)^\W*(?:có|gồm|gửi kèm|kèm theo|hồ sơ)\s*:?\s+", "", name).strip(" .;:-–+/")
    if name.count("(") > name.count(")"):
        return f"{name})" if re.match(r"[^(]+\(.+", name) else name.lstrip("( ")
    return name.rstrip(")") if name.count(")") > name.count("(") else name


def _split_and(part: str) -> Iterator[str]:
    pieces = re.split(r"(?<!nhu cầu)\s+và\s+", part)
    if len(pieces) > 1 and all(_PAPER.search(fold(piece)) for piece in pieces):
        yield from pieces
    else:
        yield part
