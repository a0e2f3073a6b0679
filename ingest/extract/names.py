"""Names of organisations and of persons, as heads and feet of papers write them."""

import re
from collections.abc import Iterable, Sequence

from dossier import Call
from dossier.vietnamese import fold, key, tidy
from ingest.extract.folded import folded

_ORGANISATION = re.compile(
    r"(?:tong |chi nhanh |van phong )?"
    r"(?:ubnd|uy ban|ub\b|hdnd|phong|cong ty|cty|htx|hop tac xa|lien hiep|hoi\b|hiep hoi"
    r"|lien doan|ldld"
    r"|huyen doan|doan\b|dang (?:uy|bo)|trung tam|truong\b|ban\b|bch\b|ban chap hanh|so\b"
    r"|chi cuc|cuc\b"
    r"|cong an|doanh nghiep|dntn|ho kinh doanh|hkd|co so|tap doan|benh vien|ngan hang|quy\b"
    r"|vien\b|hoc vien"
    r"|bao hiem|bhxh|kho bac|dien luc|hat\b|thanh tra|mat tran|mttq|ubmttq|xi nghiep|nha may"
    r"|chi nhanh"
    r"|to hop tac|to chuc|xa\b|thi tran|phuong\b|huyen\b|tinh\b|thanh pho|bo\b|lang nghe"
    r"|trang trai|khu\b"
    r"|toa an|vien kiem sat|dai hoc|cao dang|van phong|chi hoi|cau lac bo|xuong|lo\b|nghiep doan)"
)
ENTERPRISE = re.compile(
    r"\b(?:cong ty|cty|tong cong ty|tap doan|htx|hop tac xa|doanh nghiep tu nhan|dntn"
    r"|ho kinh doanh|hkd"
    r"|xi nghiep|nha may|co so san xuat|to hop tac|trang trai|chi nhanh|lien hiep htx|xuong"
    r"|lang nghe)\b"
)
"""Who may sign a commitment: an enterprise, a cooperative, a household; for folded text."""
AUTHORITY = re.compile(
    r"^(?:ubnd|uy ban|phong|so\b|bo\b|hoi\b|lien doan|huyen doan|doan\b|trung tam|ban\b|chi cuc"
    r"|cong an"
    r"|mttq|mat tran|thanh tra|van phong|xa\b|thi tran|huyen\b|dang)"
)
_UNFINISHED = re.compile(
    r"(?:uy ban nhan dan|ubnd|uy ban|ban chap hanh|ban thuong vu|bch|hoi dong nhan dan"
    r"|uy ban nhan dan huyen"
    r"|va|va xa|-|cong ty|cong ty tnhh|cong ty co phan|cong ty cp|cong ty tnhh mtv|hop tac xa"
    r"|thuong mai|dich vu)$"
)
_GOES_ON = re.compile(r"(?:phương|huyền|huyên|tĩnh|tịnh|xá)\b")
"""Ends of names that without their accents look like a ward, a district, a province, a commune:
“CÔNG TY … ĐÔNG / PHƯƠNG”."""
_LEVEL = re.compile(r"^(?:huyen|xa|thi tran|tinh|phuong|thanh pho)\b")
_PERSON = re.compile(
    r"(?i:(?:ông|bà|đ/c|đồng chí|ths|ts|pgs|gs|ks|cn|bs|ds|luật sư|thạc sĩ|tiến sĩ"
    r"|kỹ sư)\b\.?\s*:?\s*)*"
    r"((?:[^\W\d_]+\s+){1,5}[^\W\d_]+)\.?"
)
_NOT_A_PERSON = re.compile(
    r"noi nhan|nhu tren|giam doc|chu tich|bi thu|thu truong|hieu truong|hoi dong|quan ly"
    r"|chu nhiem"
    r"|to chuc|ca nhan|de xuat|don vi|dai dien|nguoi|xac nhan|ky ten|dong dau|kinh gui|^cong hoa"
    r"|^doc lap"
    r"|viet nam$|ghi chu|phieu|bang tong|cam ket|^cong van|van ban|chu ky|ho ten|ho va ten"
    r"|ho, ten"
    r"|uy ban|nhan dan|ubnd|cong ty|htx|hop tac xa|nhiem vu|chuyen vien|lap bieu|tran trong"
    r"|cam on|quyen han|^da ky$"
    r"|^(?:truong (?:phong|ban|tram|khoa)|pho|ban|phong|hoi|huyen|xa|mau|cac|so|ngay|thang"
    r"|luu ?(?::|v[tp]\b)|trang \d)\b"
)
_COMMON_WORDS = frozenset(
    {"trưởng", "phó", "phòng", "hội", "huyện", "xã", "mẫu", "ngày", "tháng", "số", "sở"}
)
"""Words no name begins with; their accents part them from Trường, Phố, Phong, Huyền, Thắng."""
_ALSO_NAMES = frozenset({"phong", "pho", "hoi", "mau", "xa", "so", "thang", "huyen", "cac"})
"""Without its accents the first word of a line says nothing when the accents are there to see."""
_TITLES = re.compile(
    r"\b(?:chu tich|giam doc|truong (?:phong|ban|tram)|thu truong|bi thu|chu nhiem|hieu truong"
    r"|chanh van phong"
    r"|chanh thanh tra|chu (?:doanh nghiep|co so|ho|nhiem|trang trai)|truong|dai dien"
    r"|nguoi (?:dai dien|de xuat|lam don|viet don)"
    r"|to chuc, ca nhan|don vi de xuat|chu ho|phu trach|chi huy truong|nguoi lap|quan doc"
    r"|to truong)\b"
)


def is_organisation(text: str) -> bool:
    """Tell whether a line starts the name of an organisation."""
    return bool(_ORGANISATION.match(fold(text)))


def is_enterprise(name: str) -> bool:
    """Tell whether a name is an enterprise's, a cooperative's or a household's."""
    return bool(ENTERPRISE.search(fold(name))) and not AUTHORITY.match(fold(name))


def is_authority(name: str) -> bool:
    """Tell whether a name is an office's or an association's, which cannot commit a company."""
    return AUTHORITY.match(fold(name)) is not None


def is_capital(text: str) -> bool:
    """Tell whether a line is set in capitals, as titles and issuers are."""
    letters = [letter for letter in text if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    return bool(letters) and upper >= len(letters) * 0.8


def organisations(lines: Iterable[str]) -> tuple[str, ...]:
    """Put the lines of a head block together to names: “ỦY BAN NHÂN DÂN XÃ MỸ” + “HÀ” is one."""
    names: list[str] = []
    for line in lines:
        words = tidy(line)
        bare = fold(words)
        starts = _ORGANISATION.match(bare) is not None and not _GOES_ON.match(words.lower())
        waits = bool(names) and _UNFINISHED.search(fold(names[-1])) is not None
        if names and (not starts or waits or (_LEVEL.match(bare) and _is_body(names[-1]))):
            names[-1] = f"{names[-1]} {words}"
        elif starts:
            names.append(words)
    return tuple(names)


def _is_body(name: str) -> bool:
    """“ỦY BAN NHÂN DÂN” and the like lack the place that follows on the next line."""
    return (
        re.fullmatch(
            r"uy ban nhan dan|ubnd|hoi dong nhan dan|dang uy|cong an|thanh tra", fold(name)
        )
        is not None
    )


def known_unit(name: str, call: Call) -> str:
    """The invited unit a name stands for, as the register writes it; empty when nobody's."""
    wanted = key(name)
    if not wanted:
        return ""
    place = key(call.office.district)
    forms = {wanted, f"{wanted} huyen {place}", wanted.removesuffix(f" huyen {place}")}
    forms |= {re.sub(r"\buy ban nhan dan\b", "ubnd", form) for form in tuple(forms)}
    for unit in call.units:
        if forms & {key(alias) for alias in (unit.name, *unit.aliases)}:
            return unit.name
    return ""


def in_readable_case(name: str, body: str) -> str:
    """The same name as the running text spells it; else each word with a capital."""
    tokens = re.findall(r"[a-z0-9]+", fold(name))
    if not tokens:
        return tidy(name)
    text = folded(body.replace("\n", " "))
    pattern = r"(?<![a-z0-9])" + r"[^a-z0-9]+".join(map(re.escape, tokens)) + r"(?![a-z0-9])"
    for match in text.find(pattern):
        words = text.quote(match.start(), match.end())
        if not is_capital(words):
            return words
    return _capitalised(name) if is_capital(name) else tidy(name)


_KEPT = frozenset(
    {
        "TNHH", "MTV", "CP", "UBND", "HTX", "HĐND", "PTNT", "CCB", "LHPN", "MTTQ", "DVNN", "SX",
        "TM", "DV", "XNK", "VN", "TNCS", "BCH", "BHXH", "GDNN", "GDTX", "TW", "THCS", "THPT", "XD",
        "DNTN",
    }
)  # fmt: skip
_SMALL = frozenset(
    {
        "và", "của", "cổ", "phần", "ty", "hữu", "hạn", "thành", "viên", "xã", "huyện", "tỉnh",
        "nhân", "dân", "tác", "thị", "trấn",
    }
)  # fmt: skip


def _capitalised(name: str) -> str:
    """Write a name in capitals as people write it; best effort, shown only when nothing else is."""
    words = tidy(name).split(" ")
    done = [
        word
        if word.strip("().,&") in _KEPT
        else word.lower()
        if word.lower() in _SMALL and place
        else word.capitalize()
        for place, word in enumerate(words)
    ]
    return " ".join(done)


def person(line: str) -> str:
    """The person a line names and nothing else; empty when it is anything else."""
    words = tidy(line).strip(" .,;:-")
    match = _PERSON.fullmatch(words)
    if not match or _is_no_name(words):
        return ""
    name = match[1]
    parts = name.split(" ")
    if len(parts) > 6 or not all(part[0].isupper() for part in parts):  # noqa: PLR2004 -- no Vietnamese name is longer
        return ""
    return " ".join(part.capitalize() for part in parts) if is_capital(name) else name


def _is_no_name(words: str) -> bool:
    """A title, a place, a heading; told by accents where the line bears any."""
    spoken = words.lower().split()
    if _COMMON_WORDS & set(spoken[:2]):
        return True
    found = _NOT_A_PERSON.search(fold(words))
    if found is None:
        return False
    first_is_a_name = found[0] in _ALSO_NAMES and not words.isascii()
    return not (first_is_a_name and found.start() == 0)


def signatory(lines: Sequence[str]) -> str:
    """Who signs: the last person named below the last title at the foot of a paper."""
    last_title = max(
        (place for place, line in enumerate(lines) if _TITLES.search(fold(line))), default=-1
    )
    if last_title < 0:
        return ""
    below = [name for line in lines[last_title + 1 :] if (name := person(line))]
    if below:
        return below[-1]
    tail = re.split(r"[:\n]", lines[last_title])[-1]
    return person(tail)
