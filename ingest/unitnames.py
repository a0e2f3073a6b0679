"""Names of units: one key for many spellings, the kind a name tells, a readable case."""

import re
from collections.abc import Iterable, Sequence

from dossier import Office, Unit, UnitKind
from dossier.vietnamese import fold, key, tidy

_SPELLINGS = (
    (r"\b(?:uy|ui) ban nhan dan\b", "ubnd"),
    (r"\bcong ty (?:trach nhiem huu han|tnhh)\b", "cong ty tnhh"),
    (r"\bmot thanh vien\b", "mtv"),
    (r"\b1 thanh vien\b", "mtv"),
    (r"\bcong ty (?:co phan|cp)\b", "cong ty cp"),
    (r"\bcty\b", "cong ty"),
    (r"\bhop tac xa\b", "htx"),
    (r"\bdoanh nghiep tu nhan\b", "dntn"),
    (r"\bho kinh doanh\b", "hkd"),
    (r"\bthi tran\b", "tt"),
    (r"\bnong nghiep (?:va|&) (?:phat trien nong thon|ptnt)\b", "nnptnt"),
    (r"\bnn ?(?:&|va)? ?ptnt\b", "nnptnt"),
    (r"\bgiao duc (?:va|&) dao tao\b", "gddt"),
    (r"\bgd ?(?:&|va)? ?dt\b", "gddt"),
    (r"\blao dong,? (?:-|–)? ?thuong binh va xa hoi\b", "ldtbxh"),
    (r"\bld ?-? ?tb ?(?:&|va)? ?xh\b", "ldtbxh"),
    (r"\btai nguyen (?:va|&) moi truong\b", "tnmt"),
    (r"\btn ?(?:&|va)? ?mt\b", "tnmt"),
    (r"\btai chinh ?(?:-|–|va|&)? ?ke hoach\b", "tckh"),
    (r"\btc ?-? ?kh\b", "tckh"),
    (r"\bvan hoa (?:va|&) thong tin\b", "vhtt"),
    (r"\bvh ?(?:&|va|-)? ?tt\b", "vhtt"),
    (r"\bkinh te (?:va|&) ha tang\b", "ktht"),
    (r"\bkt ?(?:&|va|-)? ?ht\b", "ktht"),
    (r"\blien hiep phu nu\b", "lhpn"),
    (r"\bphu nu\b", "lhpn"),
    (r"\bcuu chien binh\b", "ccb"),
    (r"\bthanh nien cong san ho chi minh\b", "tncs"),
    (r"\bthanh nien cong san\b", "tncs"),
    (r"\btncs ho chi minh\b", "tncs"),
    (r"\bmat tran to quoc viet nam\b", "mttq"),
    (r"\bmat tran to quoc\b", "mttq"),
    (r"\bubmttq\b", "uy ban mttq"),
    (r"\blien doan lao dong\b", "ldld"),
)
_FILLERS = re.compile(r"\b(?:viet nam|va|huyen|tinh|cua|thuong mai|tm)\b")

_KINDS: tuple[tuple[UnitKind, str], ...] = (
    (UnitKind.COMMUNE, r"\bubnd (?:xa|tt|phuong)\b|^(?:xa|tt) \w"),
    (UnitKind.COOPERATIVE, r"\b(?:htx|hkd|lien hiep hop tac xa|to hop tac)\b"),
    (
        UnitKind.ENTERPRISE,
        r"\b(?:cong ty|dntn|doanh nghiep|tong cong ty|xi nghiep|nha may|tap doan|tnhh|ltd|jsc)\b",
    ),
    (
        UnitKind.MASS_ORGANISATION,
        r"\b(?:hoi|doan|mttq|ldld|lhpn|cong doan|lien hiep hoi|hiep hoi)\b",
    ),
    (
        UnitKind.DEPARTMENT,
        (
            r"\b(?:phong|(?<!uy )ban(?! chap hanh)|so|chi cuc|cuc|trung tam|truong|benh vien|"
            r"cong an|vien|dai|hat|doi|toa an|kho bac|buu dien|(?:dang|huyen) uy|ubnd|nhcsxh|"
            r"ngan hang|thanh tra|"
            r"bao hiem|dien luc|van phong)\b"
        ),
    ),
    (UnitKind.PERSON, r"^(?:ong|ba|anh|chi|ks|ts|ths|pgs|gs|ky su|tien si|thac si|ca nhan)\b"),
)
_FIRMS = (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE, UnitKind.PERSON)
"""Names of firms are whole: “Hà Lộc” and “Hà Lộc Phát” are two companies."""
_TAIL = 3
"""How many words an office's longer spelling may add at its end: a place, after the name."""
_TEXT_NAME = re.compile(
    r"(?P<before>(?:\b(?:kinh )?(?:gui|qua|tai|voi|cho|toi|den|thua)\s+(?:quy |cac )?)?)\b"
    r"(?P<name>(?:ubnd|uy ban nhan dan|uy ban mttq|uy ban mat tran|cong ty|cty|htx|phong|"
    r"hop tac xa|"
    r"hoi|huyen doan|doan (?:tncs|thanh nien|huyen|xa)|trung tam|lien doan|dntn|"
    r"doanh nghiep tu nhan|"
    r"truong (?:thpt|thcs|tieu hoc|mam non|cao dang|dai hoc|trung cap|pho thong)|ho kinh doanh|"
    r"ban (?:chap hanh|quan ly|tuyen giao|dan van|chi huy)|chi cuc|benh vien|thanh tra|cong an)"
    r"\s[^,.;:()|\n]{2,90}?)"
    r"(?=\s+(?:xin|kinh(?! (?:te|doanh))|gui|nop|chuyen|bao cao|de nghi|tran trong|khong|chua|"
    r"tra loi|bo sung|de xuat|da(?! (?:giay|khoa|nganh|nang))|se|hien(?! dai)|cung(?! (?:ung|cap))|"
    r"dang(?! (?:uy|bo))|co(?! (?:phan|khi|dien|gioi|so))|vua|moi(?! truong)|dinh kem|de|a|nhu|"
    r"ho so|ve viec)\b|"
    r"\s*[,.;:()|]|\s+[-–]\s|\s*$)"
)
"""How a mail's own text names the unit: “UBND xã Mỹ Hà xin gửi …”, a line of the signature."""
_WORDS_OF_A_NAME = 2
_BELOW = frozenset(("xa", "tt", "phuong", "thon", "to", "khu"))
"""Words of a lower level: the farmers' union of a commune is not the district's."""
_LONGEST_NAME = 5
"""Words in a person's name."""
_HEADED = frozenset(("phòng", "hội", "ban", "đoàn"))
"""After these an office's own name begins: “Phòng Nông nghiệp”."""
_UNIT_WORDS = re.compile(
    r"^\W*(?:(?:van thu|van phong|cv|email|vp) )?(?:"
    r"ubnd|uy ban|dang uy|hdnd|cong ty|cty|htx|hop tac xa|phong|hoi|trung tam|chi cuc|doanh nghiep|"
    r"dntn|lien doan|ngan hang|benh vien|vien|xa|thi tran|tram|ho kinh doanh|nha may|xi nghiep|"
    r"mat tran|cong an|quy|hiep hoi|tap doan|tong cong ty|huyen doan|bao hiem|dien luc|kho bac|"
    r"thanh tra|buu dien|hat kiem lam|nhcsxh|"
    r"truong (?:thpt|thcs|tieu hoc|mam non|cao dang|dai hoc|trung cap|pho thong|tc|cd|dh)|"
    r"doan (?:thanh nien|tncs|huyen|xa|khoi|phuong)|"
    r"ban (?:chap hanh|quan ly|dan van|tuyen giao|chi)"
    r")\b"
)
"""At the start of a name only: Phong, Đoàn and Trương are people's names too."""
_KEPT_UPPER = frozenset(
    re.findall(
        r"\S+",
        """
        UBND HĐND TNHH MTV CP HTX TM DV XNK KHCN KH&CN NN&PTNT PTNT MTTQ TNCS CCB BCH GD&ĐT TN&MT
        DNTN II III IV VI ISO SX TMDV XD ĐT HCM CNC VN TDP KT&HT GDNN GDTX LHPN LĐLĐ
        """,
    )
)
_LOWERED = frozenset(
    re.findall(
        r"\S+",
        """
        ủy uỷ ban nhân dân xã thị trấn huyện tỉnh phòng hội đoàn công ty cổ phần trách nhiệm hữu hạn
        một thành viên hợp tác và sản xuất thương mại dịch vụ doanh nghiệp tư nhân trung tâm trường
        nông nghiệp phát triển nông thôn kinh tế hạ tầng tư pháp nội vụ giáo dục đào tạo tài chính
        kế hoạch y tế văn hóa văn hoá thông tin thanh tra lao động thương binh xã hội tài nguyên môi
        liên hiệp phụ nữ cựu chiến binh thanh niên cộng sản đầu xây dựng xuất nhập khẩu kỹ thuật chế
        biến hộ kinh doanh chi nhánh nghề chăn nuôi tổng hợp phường thành phố tổng nhà máy xí nghiệp
        tập đoàn liên đoàn
        """,
    )
)
"""Common words of units' names, which stand in small letters unless they open the name."""


def unit_key(name: str) -> str:
    """Fold a unit's name so that its usual spellings become equal.

    “Ủy ban nhân dân xã Mỹ Hà” and “UBND XÃ MỸ HÀ”, “Phòng NN&PTNT huyện” and “Phòng Nông nghiệp
    và Phát triển nông thôn” each give one key.
    """
    text = fold(name.replace("\n", " "))
    for pattern, short in _SPELLINGS:
        text = re.sub(pattern, short, text)
    return key(_FILLERS.sub(" ", text))


def same_unit(one: str, other: str) -> bool:
    """Tell whether two names mean one unit, a left-out tail (“huyện Mỹ Lộc”) forgiven."""
    first, second = unit_key(one).split(), unit_key(other).split()
    if not first or not second:
        return False
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    if "".join(shorter) == "".join(longer):
        return True
    is_a_firm = unit_kind(one) in _FIRMS or unit_kind(other) in _FIRMS
    return (
        not is_a_firm
        and len(shorter) > 1
        and longer[: len(shorter)] == shorter
        and len(longer) - len(shorter) <= _TAIL
        and not _BELOW & set(longer[len(shorter) :])
    )


def is_tail_of(name: str, whole: str) -> bool:
    """Tell whether a name is only the end of a unit's: a letterhead broken over two lines."""
    short, long = unit_key(name), unit_key(whole)
    return (
        bool(short)
        and short != long
        and not reads_as_unit(name)
        and reads_as_unit(whole)
        and f" {long}".endswith(f" {short}")
    )


def unit_kind(name: str) -> UnitKind:
    """What kind of unit a name speaks of; the first words decide."""
    text = unit_key(name)
    if not reads_as_unit(name) and not re.search(_KINDS[2][1], text):
        words = name.split()
        is_a_person = 1 < len(words) <= _LONGEST_NAME and all(map(str.isalpha, words))
        return (
            UnitKind.PERSON if is_a_person or re.search(_KINDS[-1][1], text) else UnitKind.UNKNOWN
        )
    head = " ".join(text.split()[:4])
    for where in (head, text):
        found = [
            (match.start(), order, kind)
            for order, (kind, pattern) in enumerate(_KINDS)
            if (match := re.search(pattern, where))
        ]
        if found:
            return min(found)[2]
    return UnitKind.UNKNOWN


def reads_as_unit(name: str) -> bool:
    """Tell a unit's name (“Hội CCB Mỹ Lộc”) from a person's (“Phùng Thị Thúy”)."""
    return bool(_UNIT_WORDS.search(fold(name)))


def units_in_text(text: str, office: Office) -> tuple[str, ...]:
    """Names by which a mail's own words present its sender, the receiving office left out.

    On a line of the signature (“Phòng Hành chính - Công ty TNHH Hà Lộc”) the last name is the unit.
    """
    found: list[str] = []
    for line in map(tidy, text.splitlines()):
        folded = fold(line)
        names = [
            (line if len(folded) == len(line) else folded)[match.start("name") : match.end("name")]
            for match in _TEXT_NAME.finditer(folded)
            if not match["before"]
        ]
        names = [name for name in names if _is_whole(name, office)]
        found += names[-1:] if " - " in line else names
    return tuple(dict.fromkeys(name.strip(" -–") for name in found))


def _is_whole(name: str, office: Office) -> bool:
    """Whether a name says which unit it is, and is not the office's own or its superior's."""
    ours = any(same_unit(name, own) for own in (office.name, office.superior))
    return not ours and len(unit_key(name).split()) > _WORDS_OF_A_NAME - (
        unit_kind(name) is UnitKind.DEPARTMENT
    )


def find_unit(name: str, units: Iterable[Unit]) -> Unit | None:
    """The invited unit a name means; None when nobody of that name was invited."""
    if not name.strip():
        return None
    known = tuple(units)
    exact = unit_key(name)
    for unit in known:
        if exact in {unit_key(spelling) for spelling in (unit.name, *unit.aliases)}:
            return unit
    close = [
        unit
        for unit in known
        if any(same_unit(name, spelling) for spelling in (unit.name, *unit.aliases))
    ]
    return close[0] if len(close) == 1 else None


def unit_of_address(address: str, units: Iterable[Unit]) -> Unit | None:
    """The invited unit that is known to write from an address."""
    if not address:
        return None
    return next((unit for unit in units if address.lower() in map(str.lower, unit.addresses)), None)


def readable(name: str, seen: Sequence[str] = ()) -> str:
    """A name in the case a person would write: “CÔNG TY TNHH HÀ LỘC” to “Công ty TNHH Hà Lộc”.

    `seen` are other spellings met in the papers; one of them in ordinary case is preferred.
    """
    name = tidy(name.replace("\n", " ")).strip(" .,;:-–")
    if not _is_shouted(name):
        return name
    wanted = unit_key(name)
    for other in seen:
        if unit_key(other) == wanted and not _is_shouted(other):
            return tidy(other)
    words = [_calm(word) for word in name.split()]
    opened = 2 if words[0].lower() in _HEADED else 1
    return " ".join(
        word[:1].upper() + word[1:] if spot < opened else word for spot, word in enumerate(words)
    )


def _is_shouted(name: str) -> bool:
    words = [word for word in name.split() if any(map(str.isalpha, word))]
    shouted = [word for word in words if word.upper() == word and word not in _KEPT_UPPER]
    return bool(words) and len(shouted) * 2 > len(words)


def _calm(word: str) -> str:
    if word in _KEPT_UPPER or any(map(str.isdigit, word)):
        return word
    if word.lower() in _LOWERED:
        return word.lower()
    return "-".join(part.capitalize() for part in word.split("-"))
