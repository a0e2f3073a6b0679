"""Letters: covers of every kind of unit, answers without a proposal, commitments of enterprises."""

# ruff: noqa: E501 -- a sentence of a letter stays whole, to be read and searched as one

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.demo.blocks import Align, Block, Blocks, Box, Grid, Para, centered
from service.demo.draw import Draw
from service.demo.facts import House, HouseKind, Plan, Pledge, TaskFacts

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CALL_LETTER = "Công văn số 285/UBND-KTHT ngày 15/3/2024 của UBND huyện Mỹ Lộc"


class CoverStyle(StrEnum):
    """What sort of letter covers the dossier."""

    DISPATCH = "dispatch"
    """Công văn, laid out as Decree 30/2020 asks; the head stands in a table."""
    BOXED = "boxed"
    """The same with its head in text boxes."""
    SUBMISSION = "submission"
    """Tờ trình."""
    REPORT = "report"
    """Báo cáo."""
    FREE = "free"
    """A company's letter, laid out as it likes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a cover letter says beside the unit's name."""

    style: CoverStyle
    tasks: tuple[TaskFacts, ...]
    enclosures: tuple[str, ...]
    counted: int | None = None
    """How many tasks the letter claims; those it lists, when not given."""
    numbered: bool = True
    dated: bool = True
    signed: bool = True
    contact: bool = True
    """Whether somebody to be phoned is named."""
    day: date | None = None
    """The day it bears; the plan's, when not given."""
    more: tuple[str, ...] = ()
    """Further sentences before the closing."""


def cover_style(draw: Draw, house: House) -> CoverStyle:
    """A style that suits the unit."""
    if house.is_enterprise:
        return draw.one((CoverStyle.FREE, CoverStyle.FREE, CoverStyle.DISPATCH))
    if house.kind is HouseKind.COMMUNE:
        return draw.one(
            (CoverStyle.DISPATCH, CoverStyle.DISPATCH, CoverStyle.SUBMISSION, CoverStyle.BOXED)
        )
    if house.kind in (HouseKind.MASS, HouseKind.PARTY):
        return draw.one((CoverStyle.DISPATCH, CoverStyle.DISPATCH, CoverStyle.REPORT))
    return draw.one((CoverStyle.DISPATCH, CoverStyle.DISPATCH, CoverStyle.REPORT, CoverStyle.BOXED))


_TYPES = {CoverStyle.SUBMISSION: ("TỜ TRÌNH", "TTr"), CoverStyle.REPORT: ("BÁO CÁO", "BC")}


def number_line(plan: Plan, style: CoverStyle, *, numbered: bool = True) -> str:
    """“Số: 25/UBND-VP” as this unit writes it; the number left out of a draft."""
    house = plan.house
    number = f"{plan.number:02d}" if numbered else "     "
    symbol = house.symbol
    if style in _TYPES:
        stem = symbol.split("/")[-1] if "/" in symbol else symbol.split("-")[0]
        symbol = f"{_TYPES[style][1]}{'/' if '/' in symbol else '-'}{stem}"
    if house.kind in (HouseKind.MASS, HouseKind.PARTY):
        return f"Số: {number}-{symbol}" if house.kind is HouseKind.MASS else f"Số {number}-{symbol}"
    if house.is_enterprise and plan.number % 2:
        return f"Số: {number}/{plan.signed.year}/{symbol}"
    return f"Số: {number}/{symbol}"


def dated(place: str, day: date) -> str:
    """“Mỹ Hà, ngày 05 tháng 02 năm 2024”: a nought before days under 10 and the first two months."""
    month = f"{day.month:02d}" if day.month in (1, 2) else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


_ABOUT = (
    "V/v đề xuất nhiệm vụ KH&CN cấp quốc gia\ndự kiến thực hiện từ năm 2025\nthuộc Chương trình 1322",
    "V/v đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322",
    "V/v đề xuất nhiệm vụ khoa học và công nghệ\ncấp quốc gia thực hiện từ năm 2025",
    "V/v gửi hồ sơ đề xuất nhiệm vụ KH&CN\nthuộc Chương trình 1322",
)
_ADDRESSEES = (
    "Kính gửi: UBND huyện Mỹ Lộc\n(qua phòng Kinh tế và Hạ tầng)",
    "Kính gửi: Ủy ban nhân dân huyện Mỹ Lộc (qua phòng Kinh tế và Hạ tầng)",
    "Kính gửi: Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc",
    "Kính gửi:\n- UBND huyện Mỹ Lộc;\n- Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc.",
)
_OPENINGS = (
    "Thực hiện {call} về việc đề xuất nhiệm vụ KH&CN cấp quốc gia dự kiến thực hiện từ năm 2025 thuộc Chương trình 1322, {name} đề xuất {count} nhiệm vụ, xếp theo thứ tự ưu tiên như sau:",
    "Thực hiện Công văn của UBND huyện về đề xuất nhiệm vụ thuộc Chương trình quốc gia hỗ trợ doanh nghiệp nâng cao năng suất và chất lượng sản phẩm hàng hóa giai đoạn 2021-2030 (Chương trình 1322), trên cơ sở nhu cầu thực tế, {name} đề xuất {count} nhiệm vụ bắt đầu thực hiện từ năm 2025, cụ thể:",
    "Căn cứ {call}; xét đề nghị của các tổ chức, doanh nghiệp, {name} kính đề nghị UBND huyện xem xét đề xuất {count} nhiệm vụ KH&CN cấp quốc gia thuộc Chương trình 1322 thực hiện từ năm 2025:",
    "Sau khi nghiên cứu {call}, {name} gửi hồ sơ đề xuất {count} nhiệm vụ KH&CN thuộc Chương trình 1322 dự kiến thực hiện từ năm 2025 gồm:",
)
_CLOSINGS = (
    "{says} trân trọng đề nghị UBND huyện xem xét, tổng hợp./.",
    "Kính đề nghị UBND huyện quan tâm, tổng hợp báo cáo Sở Khoa học và Công nghệ./.",
    "{says} báo cáo và kính đề nghị UBND huyện xem xét./.",
    "Rất mong nhận được sự quan tâm của quý cơ quan. Trân trọng cảm ơn./.",
)
_ENCLOSED = (
    "Hồ sơ kèm theo: {}.",
    "Gửi kèm công văn này: {}.",
    "(Gửi kèm theo: {})",
    "Tài liệu gửi kèm gồm: {}.",
)
_CONTACTS = (
    "Đầu mối liên hệ: {courtesy} {name}, {post}, điện thoại {phone}.",
    "Mọi thông tin xin liên hệ {courtesy} {name} ({post}), ĐT: {phone}.",
    "Cán bộ phụ trách: {courtesy} {name} - {post}, số điện thoại {phone}.",
)


def head(  # noqa: PLR0913 -- the six things a head is made of
    draw: Draw, plan: Plan, number: str, about: str, day: str, *, boxed: bool = False
) -> Blocks:
    """The head of an official letter: names and number left, heading and date right."""
    house = plan.house
    left = [line for line in (house.parent, house.title) if line]
    right = [NATION, MOTTO]
    if house.kind is HouseKind.PARTY:
        left, right = [*left, "*"], ["ĐẢNG CỘNG SẢN VIỆT NAM", ""]
    elif house.kind is HouseKind.MASS:
        left = [*left, "***"]
        right = right if draw.chance(40) else [""]
    left += [number, about] if about else [number]
    right += [day]
    if boxed:
        return (Box("\n".join(left)), Box("\n".join(right)))
    joined = "\n".join(left), "\n".join(right)
    return (Grid((joined,), border=False, centered=True, widths=(75, 90)),)


def _free_head(draw: Draw, house: House, *, phone: bool) -> Blocks:
    lines: list[Block] = [Para(house.title, bold=True)]
    seat = f"Địa chỉ: {house.seat}"
    lines.append(Para(f"{seat} - MST: {house.tax_code}" if draw.chance(60) else seat, size=11))
    if draw.chance(50) and phone:
        lines.append(Para(f"Điện thoại: {house.contact.phone} - Email: {house.mailbox}", size=11))
    if draw.chance(70):
        lines += [
            centered(NATION, bold=True),
            centered(MOTTO, bold=True),
            centered("-----o0o-----"),
        ]
    return tuple(lines)


def _signature(house: House, *, signed: bool, copies: str) -> Block:
    name = house.signatory.name if signed else ""
    right = "\n".join((*house.authority, house.signatory.post, "", "", "", name))
    left = f"Nơi nhận:\n- Như trên;\n- Lưu: {copies}." if copies else ""
    return Grid(((left, right),), border=False, centered=False, widths=(80, 85))


def cover_letter(draw: Draw, plan: Plan, cover: Cover) -> Blocks:
    """The letter that proposes the tasks."""
    house = plan.house
    number = number_line(plan, cover.style, numbered=cover.numbered)
    day = dated(house.place, cover.day or plan.signed)
    day = day if cover.dated else f"{house.place}, ngày      tháng 3 năm 2024"
    about = draw.one(_ABOUT)
    blocks: list[Block] = []
    if cover.style in _TYPES:
        blocks += head(draw, plan, number, "", day)
        title = about.removeprefix("V/v ").replace("\n", " ")
        blocks += [
            centered(_TYPES[cover.style][0], bold=True, size=14),
            centered(f"Về việc {title}", bold=True),
        ]
    elif cover.style is CoverStyle.FREE:
        blocks += [
            *_free_head(draw, house, phone=cover.contact),
            Para(number),
            Para(day, Align.RIGHT, italic=True),
        ]
        blocks += [centered("CÔNG VĂN", bold=True, size=14)] if draw.chance(40) else []
        blocks += [Para(about.replace("\n", " "), bold=True)]
    else:
        boxed = cover.style is CoverStyle.BOXED
        blocks += head(draw, plan, number, about, day, boxed=boxed)
    blocks += [centered(draw.one(_ADDRESSEES)), Para("")]
    blocks += _cover_body(draw, plan, cover)
    copies = "VT" if house.is_enterprise else draw.one(("VT", f"VT, {house.symbol[:2]}"))
    blocks.append(_signature(house, signed=cover.signed, copies=copies))
    return tuple(blocks)


def _cover_body(draw: Draw, plan: Plan, cover: Cover) -> Blocks:
    house, contact = plan.house, plan.house.contact
    count = f"{cover.counted if cover.counted is not None else len(cover.tasks):02d}"
    opening = draw.one(_OPENINGS).format(call=CALL_LETTER, name=house.name, count=count)
    listed = tuple(
        Para(f"{n}. {task.title}{draw.one(('.', ';', ''))}", Align.BOTH)
        for n, task in enumerate(cover.tasks, start=1)
    )
    enclosed = draw.one(_ENCLOSED).format("; ".join(cover.enclosures))
    reach = draw.one(_CONTACTS).format(
        courtesy=contact.courtesy, name=contact.name, post=contact.post, phone=contact.phone
    )
    says = house.says[0].upper() + house.says[1:]
    return (
        Para(opening, Align.BOTH),
        *listed,
        *(Para(line, Align.BOTH) for line in cover.more),
        *((Para(enclosed, Align.BOTH),) if cover.enclosures else ()),
        *((Para(reach, Align.BOTH),) if cover.contact else ()),
        Para(draw.one(_CLOSINGS).format(says=says), Align.BOTH),
    )


_NIL = (
    "{name} không có nội dung đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322 thực hiện từ năm 2025.",
    "Qua rà soát, năm 2025 {name} không có nhu cầu đề xuất nhiệm vụ thuộc Chương trình 1322.",
    "Sau khi rà soát chức năng, nhiệm vụ và lấy ý kiến các cơ sở sản xuất, {name} không đề xuất nhiệm vụ nào.",
    "{name} không có đề xuất nhiệm vụ khoa học và công nghệ cấp quốc gia trong đợt này.",
)
_NIL_ABOUT = (
    "V/v không có đề xuất nhiệm vụ\nthuộc Chương trình 1322",
    "V/v trả lời Công văn số\n285/UBND-KTHT của UBND huyện",
    "V/v đề xuất nhiệm vụ KH&CN\nthuộc Chương trình 1322",
)


def nil_words(draw: Draw, house: House) -> str:
    """The sentence that says there is nothing to propose."""
    words = draw.one(_NIL).format(name=house.name)
    return words[0].upper() + words[1:]


def nil_letter(draw: Draw, plan: Plan) -> Blocks:
    """A letter that answers the call without a proposal."""
    house = plan.house
    number = number_line(plan, CoverStyle.DISPATCH)
    day = dated(house.place, plan.signed)
    says = house.says[0].upper() + house.says[1:]
    return (
        *head(draw, plan, number, draw.one(_NIL_ABOUT), day),
        centered(draw.one(_ADDRESSEES)),
        Para(
            f"{house.name} nhận được {CALL_LETTER} về việc đề xuất nhiệm vụ KH&CN cấp quốc gia dự kiến thực hiện từ năm 2025 thuộc Chương trình 1322.",
            Align.BOTH,
        ),
        Para(nil_words(draw, house), Align.BOTH),
        Para(f"{says} trân trọng thông báo để phòng Kinh tế và Hạ tầng tổng hợp./.", Align.BOTH),
        _signature(house, signed=True, copies="VT"),
    )


class PledgeStyle(StrEnum):
    """What sort of paper carries the commitment."""

    NUMBERED = "numbered"
    """“BẢN CAM KẾT” with four numbered points."""
    PROSE = "prose"
    """The same in running sentences."""
    DISPATCH = "dispatch"
    """Styled as an official letter, V/v and Nơi nhận and all."""
    AGREEMENT = "agreement"
    """Two parties, as the Ministry's later form BM-12 has it."""


_PLEDGE_TITLES = ("BẢN CAM KẾT", "GIẤY CAM KẾT", "VĂN BẢN CAM KẾT", "THƯ CAM KẾT")
_POINTS = ("Nhu cầu", "Phối hợp thực hiện", "Đối ứng kinh phí", "Tiếp nhận, ứng dụng kết quả")
_POINTS_ABOUT = ("Về nhu cầu", "Về phối hợp", "Về kinh phí", "Về kết quả")


def pledge_style(draw: Draw) -> PledgeStyle:
    """A style at random."""
    return draw.one(tuple(PledgeStyle))


def pledge_letter(
    draw: Draw, plan: Plan, task: TaskFacts, pledge: Pledge, style: PledgeStyle
) -> Blocks:
    """The letter of one enterprise for one task; an empty sentence of the pledge is left out."""
    firm = pledge.house
    day = dated(firm.place, plan.signed)
    head_lines = _pledge_head(draw, firm, style, day)
    who = (
        f"{firm.name}, mã số doanh nghiệp {firm.tax_code}, địa chỉ: {firm.seat}; người đại diện: "
        f"{firm.signatory.courtesy} {firm.signatory.name}, chức vụ: {_post(firm)}."
    )
    sentences = (pledge.need, pledge.cooperation, pledge.funding, pledge.take_up)
    subject = f"Đối với nhiệm vụ “{task.title}” do {plan.house.name} đề xuất, {_self(firm)} "
    body: Blocks
    if style is PledgeStyle.PROSE:
        said = " ".join(sentence for sentence in sentences if sentence)
        body = (Para(who, Align.BOTH), Para(f"{subject}có ý kiến như sau: {said}", Align.BOTH))
    else:
        names = _POINTS if style is PledgeStyle.NUMBERED else _POINTS_ABOUT
        mark = "{n}. {name}: {text}" if style is PledgeStyle.NUMBERED else "- {name}: {text}"
        points = [(name, text) for name, text in zip(names, sentences, strict=True) if text]
        lines = [mark.format(n=n, name=name, text=text) for n, (name, text) in enumerate(points, 1)]
        if style is PledgeStyle.AGREEMENT:
            body = _agreement(plan, task, who, lines)
        else:
            body = (
                Para(who, Align.BOTH),
                Para(f"{subject}thống nhất và cam kết các nội dung sau:", Align.BOTH),
                *(Para(line, Align.BOTH) for line in lines),
            )
    liable = "chịu trách nhiệm trước pháp luật về các nội dung nêu trên./."
    closing = Para(
        f"{_self(firm).capitalize() if firm.says != 'HTX' else 'HTX'} {liable}", Align.BOTH
    )
    copies = "VT" if style is PledgeStyle.DISPATCH or draw.chance(30) else ""
    return (*head_lines, *body, closing, _signature(firm, signed=True, copies=copies))


def _post(firm: House) -> str:
    return firm.signatory.post.capitalize().replace("hđqt", "HĐQT").replace("htx", "HTX")


def _self(firm: House) -> str:
    return "Công ty" if firm.kind is HouseKind.COMPANY else firm.says


def _pledge_head(draw: Draw, firm: House, style: PledgeStyle, day: str) -> Blocks:
    number = f"Số: {draw.number(1, 60):02d}/{firm.symbol if draw.chance(60) else 'CK'}"
    if style is PledgeStyle.DISPATCH:
        about = f"V/v {draw.one(('phối hợp thực hiện nhiệm vụ', 'nhiệm vụ mô hình điểm', 'ý kiến về nhiệm vụ KH&CN'))}"
        left, right = f"{firm.title}\n{number}\n{about}", f"{NATION}\n{MOTTO}\n{day}"
        return (
            Grid(((left, right),), border=False, centered=True, widths=(75, 90)),
            centered("Kính gửi: UBND huyện Mỹ Lộc; Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc"),
        )
    title = (
        "VĂN BẢN CAM KẾT PHỐI HỢP/ĐỒNG TÀI TRỢ\nTHỰC HIỆN NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ"
        if style is PledgeStyle.AGREEMENT
        else draw.one(_PLEDGE_TITLES)
    )
    return (
        Para(firm.title, bold=True),
        centered(NATION, bold=True),
        centered(MOTTO, bold=True),
        Para(day, Align.RIGHT, italic=True),
        centered(title, bold=True, size=14),
        centered("Kính gửi: UBND huyện Mỹ Lộc"),
    )


def _agreement(plan: Plan, task: TaskFacts, who: str, lines: list[str]) -> Blocks:
    return (
        Para(
            "Căn cứ Công văn của UBND huyện Mỹ Lộc về việc đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322;"
        ),
        Para("Chúng tôi gồm các bên dưới đây thống nhất ký văn bản này:"),
        Para(f"1. Tổ chức đăng ký chủ trì: {plan.house.name}", Align.BOTH),
        Para(f"2. Tổ chức phối hợp/đồng tài trợ: {who}", Align.BOTH),
        Para(
            f"3. Nội dung cam kết phối hợp/đồng tài trợ đối với nhiệm vụ “{task.title}”:",
            Align.BOTH,
        ),
        *(Para(line, Align.BOTH) for line in lines),
    )
