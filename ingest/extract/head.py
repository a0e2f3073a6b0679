"""The head of an official letter: who issues it, its number, date, subject and addressee."""

import re
from dataclasses import dataclass
from datetime import date

from dossier import Call
from dossier.vietnamese import fold, key, tidy
from ingest.extract import dates, names
from ingest.extract.folded import folded
from ingest.extract.passage import Passage

_HEAD_LINES = 32
_FIRST_LINES = 3
_GENERIC = frozenset({"van phong", "ban thuong vu", "ban chap hanh", "cong an", "thanh tra"})
"""Names that need the body above them: “HUYỆN ỦY MỸ LỘC / VĂN PHÒNG”."""
_COMMITTEE = re.compile(
    r"(?:ban (?:thuong vu|chap hanh|thuong truc)|btv|bch|btt)(?: hoi| doan| cong doan)?"
    r" (?=(?:huyen|xa|thi tran|phuong|thanh pho) )"
)
_LEVEL_OF_A_BODY = re.compile(r"(?i)\s+(?:tỉnh|huyện|thành phố|tp\.?)\s.*$")
_NATION = re.compile(
    r"cong hoa xa hoi|^xa hoi chu nghia|doc lap"
    r"|tu do\W*-?\W*hanh phuc|^chu nghia viet nam|^viet nam$|^nam$"
)
_NUMBER = re.compile(
    r"^so\s*[:.]?\s*(?P<whole>(?P<digits>\d{0,5}[a-z]?)[\s.…_]*(?:/\s*20\d\d\s*)?[/-]\s*[a-z&]+(?:\s?[-./&+]\s?[a-z0-9&]+)*"
    r"|\d{1,5}(?=\s*$))"
)
_SUBJECT = re.compile(r"\b(?:v/v|ve viec|v\.v)\b\s*:?\s*")
_RULE = re.compile(r"^[\W_o0]*$")
_ADDRESSEE = re.compile(r"^kinh gui\b\s*:?\s*")
_AFTER_SUBJECT = re.compile(
    r"ngay\b.{0,12}thang|kinh gui|^so\s*:|^[-_─*o]{3,}|cong hoa|doc lap|^can cu|^thuc hien"
    r"|^[-_\W]*$"
)
_ADDRESS = re.compile(
    r"\bmst\b|ma so|dien thoai|\bdt\b\s*:|\btel\b|fax|email|e-mail|website|dia chi|hotline"
    r"|tai khoan|@|www\."
)
_INCOMING = re.compile(r"cong van den|^den\b|^so den|van thu den")
_MARGIN_NOTE = re.compile(
    r"^(?:mau|bieu mau|bm|kem theo|\(|ban (?:du thao|sao)|hoa toc|khan|phu luc|trang \d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the text of a letter."""

    issuer: str = ""
    """The unit as the register or the running text writes it."""
    names: tuple[str, ...] = ()
    """Every organisation of the head block, the superior body first."""
    number: str = ""
    """Số, ký hiệu; empty when the letter bears none."""
    symbol: str = ""
    """The number as printed, even when its digits were left out: “/UBND-KTHT”."""
    issued: date | None = None
    subject: str = ""
    addressee: str = ""
    body: int = 0
    """The passage the text begins with."""


def head(lines: tuple[Passage, ...], call: Call) -> Head:
    """Read the head of a letter; every part of it may be absent."""
    body = _body(lines)
    top = lines[:body]
    number, symbol = _number(top)
    block = names.organisations(_issuer_lines(top, call))
    text = "\n".join(line.text for line in lines)
    return Head(
        issuer=_issuer(block, text, call),
        names=block,
        number=number,
        symbol=symbol,
        issued=_issued(top, lines[body:]),
        subject=_subject(top),
        addressee=_addressee(lines),
        body=body,
    )


def _body(lines: tuple[Passage, ...]) -> int:
    """Where the text begins: after “Kính gửi”, else at the first line that reads as a sentence."""
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if _ADDRESSEE.match(line.folded):
            return _after_addressee(lines, place)
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if re.match(
            r"^(?:thuc hien|can cu|chung toi|ten (?:doanh nghiep|cong ty|don vi|toi)|toi la"
            r"|phuc dap|hom nay)",
            line.folded,
        ):
            return place
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if len(line.text.split()) >= 14 and not names.is_capital(line.text):  # noqa: PLR2004 -- longer than any line of a head
            return place
    return min(len(lines), _HEAD_LINES)


def _after_addressee(lines: tuple[Passage, ...], place: int) -> int:
    after = place + 1
    while after < len(lines) and after <= place + 8:
        words = lines[after].folded
        goes_on = re.match(r"^[-–+•(]", words) or (
            lines[after - 1].folded.rstrip().endswith((",", "-", "–", "va"))
            or _ADDRESSEE.sub("", lines[after - 1].folded).strip() == ""
        )
        if not goes_on:
            break
        after += 1
    return after


def _number(top: tuple[Passage, ...]) -> tuple[str, str]:
    for place, line in enumerate(top):
        text = folded(line.text)
        if line.text.startswith("s"):
            continue  # “V/v trả lời Công văn / số 285/UBND-KTHT”: another letter's number
        for match in text.find(r"(?:^|(?<=\s{2})|(?<=\t))so\s*[:.]?\s*[\d/.…_-].*$"):
            found = _NUMBER.match(text.text[match.start() :])
            if not found or (place and _INCOMING.search(top[place - 1].folded)):
                continue
            start = match.start() + found.start("whole")
            whole = re.sub(
                r"\s*([/.&-])\s*", r"\1", text.quote(start, match.start() + found.end("whole"))
            )
            whole = re.sub(r"[.…_]+(?=/)", "", tidy(whole))
            return (whole if whole[0].isdigit() else ""), whole
    return "", ""


def _issuer_lines(top: tuple[Passage, ...], call: Call) -> list[str]:
    """The lines of the left column, down to number, subject, date or title."""
    found: list[str] = []
    for line in top:
        text = _left_of_the_nation(line.text)
        bare = fold(text)
        if not text or _RULE.match(bare) or _MARGIN_NOTE.match(bare) or _NATION.search(bare):
            continue
        if _is_issuer(text, bare, goes_on=bool(found)):
            found.append(text)
        elif found:
            break
    return [line for line in found if key(line) != key(call.office.district)]


def _left_of_the_nation(text: str) -> str:
    """A head set in one line holds the issuer left of “CỘNG HÒA …”."""
    return re.split(r"(?i)\s{2,}|\s+(?=CỘNG H)", text, maxsplit=1)[0]


def _is_issuer(text: str, bare: str, *, goes_on: bool) -> bool:
    """A line of the issuer's name: an organisation's, or in capitals below one."""
    begins_the_rest = (
        _SUBJECT.search(bare)
        or _ADDRESSEE.match(bare)
        or _ADDRESS.search(bare)
        or re.match(r"^so\s*(?::|[.]?\s*[-\d/.…_])", bare)
        or "ngay" in bare.split()[:6]
    )
    if begins_the_rest or (goes_on and re.match(_TITLE, bare)):
        return False
    return names.is_organisation(text) or (goes_on and names.is_capital(text))


_TITLE = (
    r"^(?:to trinh|bao cao|cong van|thong bao|(?:ban|giay|van ban|thu|phieu|don) (?:cam ket"
    r"|dang ky|de nghi|xac nhan|the hien)"
    r"|bang tong hop|phieu de xuat|danh muc|quyet dinh|ke hoach|phu luc|v/v)"
)


def _issuer(block: tuple[str, ...], text: str, call: Call) -> str:
    superior = {
        key(call.office.superior),
        key(f"Ủy ban nhân dân huyện {call.office.district}"),
        key(f"huyện {call.office.district}"),
    }
    own = _with_committees([name for name in block if key(name) not in superior])
    for name in reversed(own):
        if unit := names.known_unit(name, call):
            return unit
    if own:
        whole = f"{own[-1]} {own[-2]}" if len(own) > 1 else ""
        if key(own[-1]) in _GENERIC and whole:
            return names.in_readable_case(whole, text)
        return names.in_readable_case(own[-1], text)
    if block:
        return call.office.superior
    return ""


def _with_committees(block: list[str]) -> list[str]:
    """“HỘI LHPN TỈNH …” above “BAN THƯỜNG VỤ HUYỆN MỸ LỘC” is the union of that district.

    The committee's own line names the level and the place; the body above says which body it is.
    """
    found: list[str] = []
    for name in block:
        committee = _COMMITTEE.match(fold(name))
        above = _LEVEL_OF_A_BODY.sub("", found[-1]).strip(" ,-") if found else ""
        if committee is None or not above or key(above) in _GENERIC:
            found.append(name)
            continue
        if re.fullmatch(r"(?:tinh|huyen|thanh) doan(?: .+)?", fold(found[-1])):
            above = "Đoàn TNCS Hồ Chí Minh"
        found[-1] = f"{above} {name[committee.end() :]}"
    return found


def _issued(top: tuple[Passage, ...], rest: tuple[Passage, ...]) -> date | None:
    for line in top:
        if found := dates.issued(line.text):
            subject = _SUBJECT.search(line.folded)
            if not subject:
                return found
    for line in reversed(rest):
        if dates.PLACE_AND_DATE.match(line.folded) and (found := dates.issued(line.text)):
            return found
    return None


def _subject(top: tuple[Passage, ...]) -> str:
    """Trích yếu, put together from the lines it is broken over."""
    for place, line in enumerate(top):
        text = folded(line.text)
        match = _SUBJECT.search(text.text)
        if match is None or (match.start() > 0 and place > _FIRST_LINES):
            continue
        parts = [text.quote(match.end(), len(text.text))]
        for after in top[place + 1 : place + 6]:
            if _AFTER_SUBJECT.search(after.folded) or (
                names.is_capital(after.text) and not re.search(r"\d", after.text)
            ):
                break
            parts.append(after.text)
        return tidy(" ".join(parts)).strip(" ./_")
    return ""


def _addressee(lines: tuple[Passage, ...]) -> str:
    for place, line in enumerate(lines[:_HEAD_LINES]):
        match = _ADDRESSEE.match(line.folded)
        if not match:
            continue
        after = _after_addressee(lines, place)
        text = folded(line.text)
        parts = [
            text.quote(match.end(), len(text.text)),
            *(one.text for one in lines[place + 1 : after]),
        ]
        return tidy("; ".join(part.strip(" -–+•;.,") for part in parts if part.strip(" -–+•;.,")))
    return ""
