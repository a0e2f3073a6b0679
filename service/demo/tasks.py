"""Invented tasks of every kind, with the words of their forms and of their table rows."""

# ruff: noqa: ANN401, E501 -- keywords go on to a dataclass; a sentence of a letter stays whole

from dataclasses import replace
from typing import Any

from service.demo.draw import Draw
from service.demo.facts import House, HouseKind, Money, Period, Pledge, TaskFacts
from service.demo.houses import COMMUNES, ascii_only, company, cooperative
from service.demo.pledges import pledge
from service.demo.trades import (
    GROUNDS,
    IDEAS,
    NATIONWIDE,
    TOOLS,
    TRADES,
    UNIVERSITIES,
    Idea,
    Tool,
    Trade,
)

FIRST_YEAR = 2025
MOST_MONTHS = 36
_SMALL = (420, 560, 680, 780, 850, 960, 1080, 1200, 1350, 1500)
_LARGE = (1800, 2000, 2350, 2600, 3100, 3450, 3900, 4500, 5100)
_FIELDS = (
    "khoa học kỹ thuật công nghiệp", "kinh tế - quản trị", "công nghệ thực phẩm", "cơ khí", "dệt may",
)  # fmt: skip


def period(draw: Draw) -> Period:
    """A duration the circular allows, from a month of 2025."""
    months = draw.one((12, 15, 18, 18, 20, 24, 24, 24, 30, 30, 36))
    return Period(year=FIRST_YEAR, month=draw.one((1, 1, 1, 3, 4, 6)), months=months)


def money(draw: Draw, *, large: bool) -> Money:
    """A budget with a part that is not the state's."""
    total = draw.one(_LARGE if large else _SMALL)
    share = draw.one((0, 20, 25, 30, 35, 40))
    return Money(total=total, state=total - total * share // 1000 * 10)


def spoken_money(draw: Draw, amount: int) -> str:
    """An amount of triệu đồng, in one of the ways people write it."""
    grouped = f"{amount:,}".replace(",", ".")
    whole, rest = divmod(amount, 1000)
    ways = [f"{grouped} triệu đồng", f"{grouped}.000.000 đồng", f"{grouped} (triệu đồng)"]
    if whole and rest % 10 == 0:
        ways.append(f"{whole}{f',{rest:03d}'.rstrip('0') if rest else ''} tỷ đồng")
    if whole and rest:
        ways.append(f"{whole} tỷ {rest} triệu đồng")
    return draw.one(ways)


def spoken_budget(draw: Draw, budget: Money) -> str:
    """The whole sentence of the budget field."""
    total, state = spoken_money(draw, budget.total), spoken_money(draw, budget.state)
    if not budget.counterpart:
        return draw.one(
            (
                f"{total} (100% ngân sách nhà nước).",
                f"{total}, đề nghị từ ngân sách sự nghiệp khoa học.",
            )
        )
    other = spoken_money(draw, budget.counterpart)
    return draw.one(
        (
            f"Tổng kinh phí: {total}; trong đó ngân sách nhà nước: {state}, đối ứng và nguồn khác: {other}.",
            f"Khoảng {total}, trong đó đề nghị ngân sách nhà nước {state}, vốn của doanh nghiệp {other}.",
            f"{total}, gồm NSNN {state} và nguồn đối ứng {other}",
            f"Dự kiến {total} (NSNN {state}; doanh nghiệp đóng góp {other}).",
        )
    )


_WORDS = {
    12: "mười hai",
    15: "mười lăm",
    18: "mười tám",
    20: "hai mươi",
    24: "hai mươi tư",
    30: "ba mươi",
    36: "ba mươi sáu",
}


def spoken_period(draw: Draw, span: Period) -> str:
    """The duration, in one of the ways people write it; every way says months and start."""
    year, month = span.last
    first, last = f"{span.month:02d}/{span.year}", f"{month:02d}/{year}"
    ways = [
        f"{span.months} tháng (từ tháng {first} đến tháng {last})",
        f"{span.months} tháng, từ tháng {first} đến tháng {last}.",
        f"{span.months} tháng: {first} - {last}",
        f"{span.months} tháng (từ tháng {span.month} năm {span.year} đến tháng {month} năm {year}).",
    ]
    if span.months in _WORDS:
        ways.append(
            f"{span.months} ({_WORDS[span.months]}) tháng, bắt đầu từ tháng {first}, kết thúc tháng {last}."
        )
    return draw.one(ways)


def _sentences(*parts: str) -> str:
    return " ".join(part[0].upper() + part[1:] for part in parts)


def _place(draw: Draw, house: House) -> str:
    if house.kind is HouseKind.COMMUNE:
        return house.name.removeprefix("UBND ")
    if house.is_enterprise:
        return house.seat.split(", ")[1]
    return draw.one(("huyện Mỹ Lộc", f"xã {draw.one(COMMUNES)}"))


def _trade_of(draw: Draw, house: House) -> Trade:
    for trade in TRADES:
        if f" {trade.company} " in house.name:
            return trade
    return draw.one(TRADES)


def _with_extras(draw: Draw, form: str, trade: Trade, budget: Money) -> tuple[tuple[str, str], ...]:
    """The fields only A2 and A3 have, and where the task comes from."""
    origin = draw.one(
        (
            "Hình thành từ kết quả của đề tài cấp tỉnh nghiệm thu năm 2022, giấy chứng nhận số 14/2022.",
            "Xuất phát từ dự án đầu tư mở rộng xưởng được phê duyệt ngày 15/11/2023.",
            f"Kế thừa giải pháp hữu ích số 2-0003{draw.digits(3)} được cấp năm 2021 và công nghệ chuyển giao từ Nhật Bản.",
        )
    )
    extras = {
        "thi_truong": f"Nhu cầu của ngành {trade.branch} trong tỉnh khoảng {draw.number(20, 90, 5)} cơ sở; chuyển giao theo hợp đồng trọn gói.",
        "huy_dong": f"Đơn vị bố trí {f'{budget.counterpart} triệu đồng vốn tự có, ' if budget.counterpart else ''}nhân lực kỹ thuật và nhà xưởng hiện có.",
        "nang_luc": f"Nhà xưởng {draw.number(800, 6000, 100)} m2, {draw.number(25, 240, 5)} lao động, đội ngũ kỹ thuật {draw.number(3, 14)} người.",
        "hieu_qua": f"Làm lợi khoảng {draw.number(300, 2400, 50)} triệu đồng mỗi năm; tạo bộ tài liệu hướng dẫn dùng chung cho ngành.",
    }
    wanted = {"A2": ("thi_truong", "huy_dong"), "A3": ("nang_luc", "huy_dong", "hieu_qua")}
    found = tuple((key, extras[key]) for key in wanted.get(form[:2], ()))
    return (("xuat_xu", origin), *found) if form[:2] in wanted else found


def _form(draw: Draw, *, enterprise: bool) -> tuple[str, str]:
    if enterprise:
        return draw.one(
            (("A1", "Đề tài"), ("A1", "Đề tài"), ("A2", "Dự án SXTN"), ("A3", "Dự án KH&CN"))
        )
    return draw.one((("A1", "Đề tài"), ("A1", "Đề tài"), ("A1", "Đề án"), ("A3", "Dự án KH&CN")))


def _tools(draw: Draw, trade: Trade) -> tuple[Tool, Tool]:
    first, second = draw.some([tool for tool in TOOLS if trade.food or not tool.food], 2)
    return first, second


def _tool_words(draw: Draw, trade: Trade, tools: tuple[Tool, ...], count: int) -> dict[str, str]:
    gains = draw.some([gain for tool in tools for gain in tool.gains], 2)
    steps = [step for tool in tools for step in tool.steps][:5]
    proofs = draw.some([proof for tool in tools for proof in tool.proofs], 2)
    joint = draw.one((". ", "; "))
    return {
        "cap_thiet": _sentences(*draw.some(trade.ails, 2), draw.one(NATIONWIDE)),
        "muc_tieu": draw.one(
            (
                f"Đến khi kết thúc, {count:02d} đơn vị tham gia {gains[0]}; {gains[1]}.",
                f"Mục tiêu: (i) {gains[0]}; (ii) {gains[1]}; (iii) hình thành đội ngũ cải tiến tại chỗ.",
                f"Hoàn thành việc áp dụng tại {count:02d} đơn vị, {gains[0]} và {gains[1]}.",
            )
        ),
        "ket_qua": f"{count:02d} đơn vị hoàn thành; {proofs[0]}; {proofs[1]}.",
        "noi_dung": draw.one(
            (
                " ".join(
                    f"({n}) {step[0].upper()}{step[1:]}." for n, step in enumerate(steps, start=1)
                ),
                joint.join(step[0].upper() + step[1:] for step in steps) + ".",
                "\n".join(f"- {step[0].upper()}{step[1:]};" for step in steps),
            )
        ),
    }


def _task(
    draw: Draw, house: House, title: str, kind: str, words: dict[str, str], **more: Any
) -> TaskFacts:
    """Put the common parts to the words of one kind."""
    form, sort = _form(draw, enterprise=house.is_enterprise)
    trade = _trade_of(draw, house)
    budget, span = money(draw, large=kind == "pilot_model"), period(draw)
    ground = draw.one(GROUNDS).format(n=draw.number(12, 60))
    fields = {
        "can_cu": ground,
        "thoi_gian": spoken_period(draw, span),
        "kinh_phi": spoken_budget(draw, budget),
        **dict(_with_extras(draw, form, trade, budget)),
        **words,
    }
    short = str(more.pop("short"))
    facts = TaskFacts(
        title=title,
        kind=kind,
        form=form,
        sort=sort,
        period=span,
        money=budget,
        fields=tuple(fields.items()),
        short=short,
        goal=words["muc_tieu"].split("; ")[0].rstrip(".;"),
        result=words["ket_qua"].rstrip("."),
        content=words["noi_dung"].replace("\n", " ").rstrip(".;"),
        users=words["dia_chi"].rstrip("."),
    )
    return replace(facts, **more)


def applying(draw: Draw, house: House) -> TaskFacts:
    """Enterprises use a standard, a system or a tool."""
    trade, place = _trade_of(draw, house), _place(draw, house)
    tool, second = _tools(draw, trade)
    count = draw.number(3, 15)
    own = house.is_enterprise
    title = draw.one(
        (
            f"Áp dụng {tool.name} tại {house.name}",
            f"Áp dụng {tool.name} kết hợp {second.short} để nâng cao năng suất chất lượng tại {house.name}",
        )
        if own
        else (
            f"Hỗ trợ các doanh nghiệp {trade.branch} trên địa bàn {place} áp dụng {tool.name}",
            f"Áp dụng {tool.name} cho doanh nghiệp nhỏ và vừa ngành {trade.branch} tại {place}",
            f"Hỗ trợ cơ sở {trade.branch} {place} áp dụng {tool.name} gắn với chuyển đổi số quản lý sản xuất",
        )
    )
    words = _tool_words(draw, trade, (tool, second), 1 if own else count)
    words["dia_chi"] = (
        f"{house.name}, {house.seat}."
        if own
        else f"{count:02d} doanh nghiệp, cơ sở {trade.branch} tại {place}; các đơn vị có nhu cầu trong tỉnh."
    )
    return _task(draw, house, title, "apply", words, short=f"{tool.short} {trade.short}")


def pilot(draw: Draw, house: House, partners: int = 2) -> TaskFacts:
    """A pilot model, with the letters of the enterprises that take part."""
    trade, place = _trade_of(draw, house), _place(draw, house)
    tool, second = _tools(draw, trade)
    title = draw.one(
        (
            f"Xây dựng mô hình điểm áp dụng {tool.name} trong doanh nghiệp {trade.branch} tại {place}",
            f"Xây dựng mô hình điểm về năng suất chất lượng dựa trên {tool.name} và {second.short} tại {place}",
            f"Hình thành mô hình điểm {trade.branch} áp dụng {tool.name} gắn với chuyển đổi số",
            f"Xây dựng {partners:02d} mô hình điểm áp dụng {tool.name} cho ngành {trade.branch} huyện Mỹ Lộc",
        )
    )
    firms: list[House] = [house] if house.is_enterprise else []
    while len(firms) < partners:
        new = cooperative(draw) if draw.chance(25) else company(draw, trade.company)
        if all(new.name != firm.name and new.aliases != firm.aliases for firm in firms):
            firms.append(new)
    words = _tool_words(draw, trade, (tool, second), partners)
    words["dia_chi"] = "; ".join(firm.name for firm in firms) + "."
    task = _task(draw, house, title, "pilot_model", words, short=f"mo hinh diem {trade.short}")
    least = max(task.money.counterpart, 120 * partners)
    budget = Money(total=task.money.total, state=task.money.total - least)
    shares = [least // partners // 10 * 10] * partners
    shares[-1] += least - sum(shares)
    letters: tuple[Pledge, ...] = tuple(
        pledge(draw, firm, title, house, share) for firm, share in zip(firms, shares, strict=True)
    )
    fields = {**dict(task.fields), "kinh_phi": spoken_budget(draw, budget)}
    if "huy_dong" in fields:
        fields["huy_dong"] = (
            f"Các doanh nghiệp tham gia đối ứng {spoken_money(draw, budget.counterpart)} bằng tiền và vật tư."
        )
    return replace(task, money=budget, pledges=letters, fields=tuple(fields.items()))


def curriculum(draw: Draw, house: House, schools: int = 3) -> TaskFacts:
    """A course for universities; the call asks for three schools of one discipline group."""
    field = draw.one(_FIELDS)
    names = draw.some(UNIVERSITIES, schools)
    title = draw.one(
        (
            f"Xây dựng học phần năng suất chất lượng cho khối ngành {field} và đưa vào giảng dạy tại các trường đại học, cao đẳng",
            f"Xây dựng môn học về năng suất chất lượng cho sinh viên khối ngành {field} ở các trường đại học, cao đẳng",
        )
    )
    listed = "; ".join(names)
    words = {
        "cap_thiet": _sentences(
            "sinh viên ra trường chưa được trang bị kiến thức về công cụ năng suất, doanh nghiệp phải đào tạo lại từ đầu.",
            draw.one(NATIONWIDE),
        ),
        "muc_tieu": f"Xây dựng và đưa học phần 03 tín chỉ vào chương trình đào tạo của {schools:02d} trường cùng khối ngành {field}.",
        "ket_qua": f"Đề cương, giáo trình, bộ bài tập tình huống; {draw.number(400, 900, 50)} sinh viên được học thử.",
        "noi_dung": "Khảo sát nhu cầu doanh nghiệp; xây dựng đề cương; biên soạn giáo trình; dạy thử; đánh giá, hoàn thiện, chuyển giao.",
        "dia_chi": f"{listed}.",
    }
    return _task(
        draw, house, title, "curriculum", words, short="hoc phan NSCL", kind_also=("training",)
    )


def _from_idea(draw: Draw, house: House, idea: Idea) -> TaskFacts:
    place, trade = _place(draw, house), _trade_of(draw, house)
    count = draw.number(60, 240, 20)
    fill = {"place": place, "where": place, "branch": trade.branch, "n": count}
    words = {
        "cap_thiet": _sentences(*idea.urgent, draw.one(NATIONWIDE)),
        "muc_tieu": idea.goal.format(**fill),
        "ket_qua": idea.result.format(**fill),
        "noi_dung": idea.content,
        "dia_chi": idea.users,
    }
    title = draw.one(idea.titles).format(**fill)
    return _task(draw, house, title, idea.kind, words, short=idea.short, sort=idea.sort, form="A1")


def task(draw: Draw, house: House, kind: str | None = None) -> TaskFacts:
    """A task of this kind; of any but a pilot model when none is named."""
    chosen = kind or draw.one(
        ("apply",)
        if house.is_enterprise
        else ("apply", "apply", "apply", "policy", "training", "tcvn", "capacity")
    )
    if chosen == "apply":
        return applying(draw, house)
    if chosen == "pilot_model":
        return pilot(draw, house)
    if chosen == "curriculum":
        return curriculum(draw, house)
    return _from_idea(draw, house, draw.one([idea for idea in IDEAS if idea.kind == chosen]))


def with_fields(facts: TaskFacts, **changed: str) -> TaskFacts:
    """The same task with other words in some fields; an empty string leaves the field blank."""
    return replace(facts, fields=tuple({**dict(facts.fields), **changed}.items()))


def file_stem(facts: TaskFacts) -> str:
    """The task's words for a file name."""
    return ascii_only(facts.short)
