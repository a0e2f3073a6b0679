"""The invented units: communes, departments, associations, companies, cooperatives, schools."""

# ruff: noqa: E501 -- a row of a pool stands in one line

import unicodedata
from dataclasses import replace

from service.demo.draw import Draw
from service.demo.facts import House, HouseKind, Person

COMMUNES = (
    "Mỹ Hà", "Mỹ Hưng", "Mỹ Phúc", "Mỹ Tân", "Mỹ Thắng", "Mỹ Thành", "Mỹ Thịnh", "Mỹ Thuận",
    "Mỹ Tiến", "Mỹ Trung",
)  # fmt: skip
TOWN = "Mỹ Lộc"

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Hoàng", "Trịnh", "Cù", "Lại",
    "Phùng", "Ngô", "Đinh", "Đoàn", "Mai", "Tạ", "Dương", "Lương", "Khương", "Triệu", "Hà", "Phan",
)  # fmt: skip
_MEN = (
    "Văn Hoạt", "Huy Thắng", "Quốc Bình", "Đức Trọng", "Ngọc Sơn", "Tiến Dũng", "Thanh Bình",
    "Văn Quảng", "Minh Khôi", "Xuân Trường", "Đình Nghĩa", "Công Thành", "Hữu Phước", "Trọng Nghĩa",
    "Viết Tuân", "Mạnh Cường", "Duy Khánh", "Bá Lộc", "Quang Vinh", "Thế Anh", "Hồng Quân", "Việt Đức",
)  # fmt: skip
_WOMEN = (
    "Thị Hằng", "Thu Trang", "Thị Mai", "Thị Ngát", "Thị Thúy", "Thanh Hương", "Thị Lành",
    "Bích Ngọc", "Thị Tuyết", "Kim Oanh", "Thị Nhài", "Hồng Vân", "Thị Loan", "Minh Nguyệt",
    "Thị Khuyên", "Ánh Tuyết", "Thị Yến", "Diệu Linh", "Thị Xuân", "Phương Thảo",
)  # fmt: skip
_PREFIXES = ("0912", "0945", "0983", "0916", "0944", "0978", "0868", "0326", "0705", "0397")

# name of the department, its abbreviation in symbols, its short form, the local part of its mailbox
_DEPARTMENTS = (
    ("Phòng Nông nghiệp và PTNT", "NN&PTNT", "Phòng NN&PTNT", "phongnnptnt"),
    ("Phòng Tài nguyên và Môi trường", "TNMT", "Phòng TN&MT", "phongtnmt"),
    ("Phòng Lao động - Thương binh và Xã hội", "LĐTBXH", "Phòng LĐ-TB&XH", "phongldtbxh"),
    ("Phòng Giáo dục và Đào tạo", "PGDĐT", "Phòng GD&ĐT", "phonggddt"),
    ("Phòng Văn hóa và Thông tin", "VHTT", "Phòng VH&TT", "phongvhtt"),
    ("Phòng Tài chính - Kế hoạch", "TCKH", "Phòng TC-KH", "phongtckh"),
    ("Phòng Y tế", "PYT", "Phòng Y tế", "phongyte"),
    ("Phòng Nội vụ", "PNV", "Phòng Nội vụ", "phongnoivu"),
    ("Phòng Tư pháp", "TP", "Phòng Tư pháp", "phongtuphap"),
    ("Thanh tra", "TTr-H", "Thanh tra huyện", "thanhtra"),
    ("Trung tâm Dịch vụ nông nghiệp", "TTDVNN", "Trung tâm DVNN", "ttdvnn"),
    ("Ban Quản lý các cụm công nghiệp", "BQLCCN", "BQL các CCN", "bqlccn"),
)  # fmt: skip
# what people call them besides
_MASS_ALIASES = {
    "Hội Liên hiệp Phụ nữ": ("Hội LHPN huyện Mỹ Lộc", "Hội Phụ nữ huyện Mỹ Lộc"),
    "Hội Cựu chiến binh": ("Hội CCB huyện Mỹ Lộc",),
    "Ủy ban MTTQ Việt Nam": (
        "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Mỹ Lộc",
        "UBMTTQ huyện Mỹ Lộc",
    ),
    "Liên đoàn Lao động": ("LĐLĐ huyện Mỹ Lộc",),
    "Đoàn TNCS Hồ Chí Minh": ("Huyện đoàn Mỹ Lộc", "Đoàn Thanh niên huyện Mỹ Lộc"),
}
# name, symbol after the number, head above it, head, chief, mailbox
_MASS = (
    ("Hội Nông dân", "CV/HND", "HỘI NÔNG DÂN TỈNH NAM ĐỊNH", "BAN THƯỜNG VỤ", "hoinongdan"),
    ("Hội Liên hiệp Phụ nữ", "CV/BTV", "HỘI LHPN TỈNH NAM ĐỊNH", "BAN THƯỜNG VỤ", "hoiphunu"),
    ("Hội Cựu chiến binh", "CV/CCB", "HỘI CCB TỈNH NAM ĐỊNH", "BAN CHẤP HÀNH", "hoiccb"),
    ("Ủy ban MTTQ Việt Nam", "CV/MTTQ-BTT", "MTTQ VIỆT NAM TỈNH NAM ĐỊNH", "BAN THƯỜNG TRỰC", "mttq"),
    ("Liên đoàn Lao động", "CV/LĐLĐ", "LIÊN ĐOÀN LAO ĐỘNG TỈNH NAM ĐỊNH", "BAN THƯỜNG VỤ", "ldld"),
    ("Đoàn TNCS Hồ Chí Minh", "CV/ĐTN", "ĐOÀN TNCS HỒ CHÍ MINH TỈNH NAM ĐỊNH", "BAN THƯỜNG VỤ", "huyendoan"),
)  # fmt: skip
_FORMS = (
    ("Công ty TNHH", "CÔNG TY TNHH"),
    ("Công ty Cổ phần", "CÔNG TY CỔ PHẦN"),
    ("Công ty TNHH MTV", "CÔNG TY TNHH MTV"),
    ("Công ty TNHH Sản xuất và Thương mại", "CÔNG TY TNHH SẢN XUẤT VÀ THƯƠNG MẠI"),
    ("Công ty CP Đầu tư", "CÔNG TY CP ĐẦU TƯ"),
)
_BRANDS = (
    "Thiên Trường", "Hưng Thịnh", "Lộc An", "Đại Phát", "Sông Châu", "Tân Lộc", "Nam Thành",
    "Hải Đăng", "Bảo Minh", "Phú Cường", "Việt Tiến Phát", "Thành Đạt", "An Khang", "Minh Quang",
    "Trường Giang", "Hoàng Gia Nam", "Kim Sơn", "Đông Phương", "Tuấn Kiệt", "Hồng Hà", "Vĩnh Lộc",
    "Á Châu", "Ngọc Linh", "Thịnh Vượng", "Sao Vàng", "Thái Hòa", "Quang Trung", "Liên Minh",
)  # fmt: skip
TRADES = (
    "May", "Dệt khăn", "Cơ khí", "Chế biến gỗ", "Nhựa", "Bao bì", "Nông sản", "Thủy sản",
    "Vật liệu xây dựng", "Dược liệu", "Thức ăn chăn nuôi", "Giày da", "Thực phẩm", "Đúc đồng",
    "In ấn", "Điện tử",
)  # fmt: skip
_SCHOOLS = (
    ("Trường Trung cấp nghề", "TCN", "truongtcn"),
    ("Trung tâm GDNN - GDTX", "GDNN-GDTX", "gdnngdtx"),
    ("Trường Cao đẳng Công nghệ và Kinh tế Thành Nam", "CĐTN", "caodangthanhnam"),
)
_HAMLETS = (
    "Xóm 3",
    "Xóm 7",
    "Thôn Cao Đài",
    "Thôn Đại Thắng",
    "Cụm công nghiệp",
    "Đội 6",
    "Thôn Vị Việt",
)


def ascii_only(text: str) -> str:
    """The text as somebody types it without a Vietnamese keyboard."""
    plain = text.translate({ord("Đ"): "D", ord("đ"): "d"})
    split = unicodedata.normalize("NFD", plain)
    return "".join(one for one in split if not unicodedata.combining(one))


def slug(text: str) -> str:
    """The text as the local part of an address or a host name has it."""
    return "".join(one for one in ascii_only(text).lower() if one.isalnum())


def person(draw: Draw, post: str, *, official: bool = False) -> Person:
    """Somebody with a name, a telephone and this post."""
    woman = draw.chance(45)
    name = f"{draw.one(_FAMILY)} {draw.one(_WOMEN if woman else _MEN)}"
    digits = draw.digits(6)
    prefix = draw.one(_PREFIXES)
    phone = draw.one(
        (
            f"{prefix} {digits[:3]} {digits[3:]}",
            f"{prefix}.{digits[:3]}.{digits[3:]}",
            f"{prefix}{digits}",
            f"0228 381{digits[0]} {digits[1:4]}",
        )
    )
    courtesy = draw.one(("Đồng chí", "Đ/c")) if official else ("Bà" if woman else "Ông")
    return Person(name=name, post=post, phone=phone, courtesy=courtesy)


def commune(draw: Draw, name: str | None = None) -> House:
    """A commune's people's committee, or the town's."""
    place = name or draw.one((*COMMUNES, TOWN))
    is_town = place == TOWN
    rank = "thị trấn" if is_town else "xã"
    deputy = draw.chance(50)
    before = draw.one(("TM. ỦY BAN NHÂN DÂN", "TM. UỶ BAN NHÂN DÂN"))
    local = f"{'tt' if is_town else 'xa'}{slug(place)}.myloc"
    official = draw.chance(75)
    return House(
        kind=HouseKind.COMMUNE,
        name=f"UBND {rank} {place}",
        aliases=(f"Ủy ban nhân dân {rank} {place}", f"Uỷ ban nhân dân {rank} {place}"),
        parent=draw.one(("UBND HUYỆN MỸ LỘC", "ỦY BAN NHÂN DÂN HUYỆN MỸ LỘC", "HUYỆN MỸ LỘC")),
        title=f"{draw.one(('ỦY BAN NHÂN DÂN', 'UBND', 'UỶ BAN NHÂN DÂN'))} {rank.upper()} {place.upper()}",
        symbol=draw.one(("UBND-VP", "UBND", "UBND-KT", "UBND-VHXH")),
        place=place,
        seat=f"{rank} {place}, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=f"{local}@namdinh.gov.vn" if official else f"ubnd{slug(place)}nd@gmail.com",
        says=f"UBND {rank}",
        authority=(before, "KT. CHỦ TỊCH") if deputy else (before,),
        signatory=person(draw, "PHÓ CHỦ TỊCH" if deputy else "CHỦ TỊCH"),
        contact=person(
            draw,
            draw.one(
                (
                    "công chức Văn phòng - Thống kê",
                    "công chức Địa chính",
                    "công chức Văn hóa - Xã hội",
                )
            ),
            official=True,
        ),
    )


def department(draw: Draw) -> House:
    """A department of the district."""
    name, symbol, short, local = draw.one(_DEPARTMENTS)
    deputy = draw.chance(40)
    chief = "GIÁM ĐỐC" if name.startswith("Trung tâm") else "TRƯỞNG PHÒNG"
    chief = {"Thanh tra": "CHÁNH THANH TRA"}.get(name, chief)
    chief = "TRƯỞNG BAN" if name.startswith("Ban ") else chief
    return House(
        kind=HouseKind.DEPARTMENT,
        name=f"{name} huyện Mỹ Lộc",
        aliases=(name, short),
        parent=draw.one(("UBND HUYỆN MỸ LỘC", "ỦY BAN NHÂN DÂN HUYỆN MỸ LỘC")),
        title=name.upper(),
        symbol=draw.one((symbol, f"{symbol}-TH")),
        place="Mỹ Lộc",
        seat="thị trấn Mỹ Lộc, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=f"{local}.myloc@namdinh.gov.vn",
        says=name[0].lower() + name[1:] if name.startswith("Phòng") else name,
        authority=(f"KT. {chief}",) if deputy else (),
        signatory=person(draw, f"PHÓ {chief}" if deputy else chief),
        contact=person(draw, "chuyên viên", official=True),
    )


def association(draw: Draw) -> House:
    """A mass organisation of the district; its letters need no national heading."""
    name, symbol, parent, board, local = draw.one(_MASS)
    return House(
        kind=HouseKind.MASS,
        name=f"{name} huyện Mỹ Lộc",
        aliases=(name, *_MASS_ALIASES.get(name, ()), f"{name} huyện"),
        parent=parent,
        title=f"{board}\n{name.upper()} HUYỆN MỸ LỘC"
        if draw.chance(40)
        else f"{name.upper()} HUYỆN MỸ LỘC",
        symbol=symbol,
        place="Mỹ Lộc",
        seat="thị trấn Mỹ Lộc, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=draw.one((f"{local}myloc@gmail.com", f"{local}.myloc@namdinh.gov.vn")),
        says=name,
        authority=(f"TM. {board}",),
        signatory=person(draw, "BÍ THƯ" if name.startswith("Đoàn") else "CHỦ TỊCH"),
        contact=person(
            draw, draw.one(("cán bộ văn phòng", "Ủy viên Ban Thường vụ")), official=True
        ),
    )


def party(draw: Draw) -> House:
    """A committee of the Party; its letters open with ĐẢNG CỘNG SẢN VIỆT NAM."""
    name, symbol = draw.one(
        (
            ("Ban Tuyên giáo Huyện ủy", "CV/BTG"),
            ("Văn phòng Huyện ủy", "CV/VPHU"),
            ("Ban Dân vận Huyện ủy", "CV/BDV"),
        )
    )
    chief = "CHÁNH VĂN PHÒNG" if name.startswith("Văn") else "TRƯỞNG BAN"
    return House(
        kind=HouseKind.PARTY,
        name=f"{name} Mỹ Lộc",
        aliases=(name,),
        parent="HUYỆN ỦY MỸ LỘC",
        title=name.removesuffix(" Huyện ủy").upper(),
        symbol=symbol,
        place="Mỹ Lộc",
        seat="thị trấn Mỹ Lộc, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=f"{slug(name.removesuffix(' Huyện ủy'))}.huyenuymyloc@namdinh.gov.vn",
        says=name.removesuffix(" Huyện ủy"),
        authority=(f"K/T {chief}",) if draw.chance(50) else (),
        signatory=person(draw, f"PHÓ {chief}" if draw.chance(50) else chief),
        contact=person(draw, "chuyên viên", official=True),
    )


def _tax_code(draw: Draw) -> str:
    """Ten digits with a valid check digit (domain.md §9)."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    while True:
        nine = "060" + draw.digits(6)
        left = sum(weight * int(digit) for weight, digit in zip(weights, nine, strict=True)) % 11
        if left:  # ten minus nought would be two digits
            return nine + str(10 - left)


def company(draw: Draw, trade: str | None = None) -> House:
    """A company in the district, of any legal form."""
    form, loud = draw.one(_FORMS)
    brand = draw.one(_BRANDS)
    business = trade or draw.one(TRADES)
    name = f"{form} {business} {brand}"
    initials = "".join(word[0] for word in brand.split())
    hamlet, where = draw.one(_HAMLETS), draw.one(COMMUNES)
    chief = draw.one(("GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "GIÁM ĐỐC"))
    mailbox = draw.one(
        (
            f"vanphong@{slug(business + brand)}.com.vn",
            f"{slug(brand)}.{slug(business)}@gmail.com",
            f"info@{slug(brand)}{slug(business)}.vn",
        )
    )
    return House(
        kind=HouseKind.COMPANY,
        name=name,
        aliases=(
            f"{business} {brand}",
            name.replace("Cổ phần", "CP").replace("TNHH MTV", "TNHH một thành viên"),
        ),
        title=f"{loud} {business.upper()} {brand.upper()}",
        symbol=draw.one(
            (f"CV-{initials}", "CV-CT", "CV-TNHH" if "TNHH" in form else "CV-CP", f"{initials}-CV")
        ),
        place=draw.one(("Mỹ Lộc", "Nam Định", where)),
        seat=f"{hamlet}, xã {where}, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=mailbox,
        says="Công ty",
        authority=(),
        signatory=person(draw, chief),
        contact=person(
            draw,
            draw.one(("phòng Kỹ thuật", "phòng Hành chính", "phòng Kế hoạch", "trợ lý Giám đốc")),
        ),
        tax_code=_tax_code(draw),
    )


def cooperative(draw: Draw) -> House:
    """A cooperative."""
    what = draw.one(("dịch vụ nông nghiệp", "rau an toàn", "hoa cây cảnh", "chăn nuôi", "thủy sản"))
    where = draw.one(COMMUNES)
    name = f"HTX {what} {where}"
    return House(
        kind=HouseKind.COOPERATIVE,
        name=name,
        aliases=(f"Hợp tác xã {what} {where}",),
        title=draw.one(
            (f"HTX {what.upper()} {where.upper()}", f"HỢP TÁC XÃ {what.upper()} {where.upper()}")
        ),
        symbol="CV-HTX",
        place=where,
        seat=f"xã {where}, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=f"htx{slug(what)[:8]}{slug(where)}@gmail.com",
        says="HTX",
        signatory=person(draw, draw.one(("GIÁM ĐỐC HTX", "CHỦ TỊCH HĐQT", "GIÁM ĐỐC"))),
        contact=person(draw, "kế toán"),
        tax_code=_tax_code(draw),
    )


def school(draw: Draw) -> House:
    """A school on the territory of the district."""
    stem, symbol, local = draw.one(_SCHOOLS)
    name = stem if "Thành Nam" in stem else f"{stem} huyện Mỹ Lộc"
    return House(
        kind=HouseKind.SCHOOL,
        name=name,
        aliases=(stem,),
        parent=draw.one(("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "UBND TỈNH NAM ĐỊNH")),
        title=name.upper(),
        symbol=f"{symbol}-ĐT",
        place="Mỹ Lộc",
        seat="thị trấn Mỹ Lộc, huyện Mỹ Lộc, tỉnh Nam Định",
        mailbox=f"{local}@namdinh.edu.vn",
        says="Nhà trường",
        signatory=person(draw, draw.one(("HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "GIÁM ĐỐC"))),
        contact=person(draw, "phòng Quản lý khoa học"),
    )


_MAKERS = {
    HouseKind.COMMUNE: commune,
    HouseKind.DEPARTMENT: department,
    HouseKind.MASS: association,
    HouseKind.PARTY: party,
    HouseKind.COMPANY: company,
    HouseKind.COOPERATIVE: cooperative,
    HouseKind.SCHOOL: school,
}


def house(draw: Draw, kind: HouseKind | None = None) -> House:
    """A unit of this kind, or of any."""
    chosen = kind or draw.one(
        (
            HouseKind.COMMUNE,
            HouseKind.COMMUNE,
            HouseKind.COMMUNE,
            HouseKind.DEPARTMENT,
            HouseKind.DEPARTMENT,
            HouseKind.MASS,
            HouseKind.COMPANY,
            HouseKind.COMPANY,
            HouseKind.COMPANY,
            HouseKind.SCHOOL,
        )
    )
    return _MAKERS[chosen](draw)


def other_than(draw: Draw, kind: HouseKind, *taken: House) -> House:
    """A unit that shares neither name nor brand nor mailbox with those taken."""
    marks = {word for one in taken for word in (one.name, one.mailbox)}
    brands = {brand for brand in _BRANDS for one in taken if brand in one.name}
    while True:
        found = house(draw, kind)
        if not marks & {found.name, found.mailbox} and not any(b in found.name for b in brands):
            return found


def writing_from(house_: House, mailbox: str) -> House:
    """The same unit, writing from another mailbox."""
    return replace(house_, mailbox=mailbox)
