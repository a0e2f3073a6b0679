"""Dossiers with something wanting that every reader can see: the gap must be found, and no other."""

# ruff: noqa: E501 -- a sentence of a letter stays whole, to be read and searched as one

from dataclasses import replace

from service.demo.blocks import Blocks, Para, centered
from service.demo.draw import Draw
from service.demo.facts import HouseKind, Pledge, TaskFacts
from service.demo.forms import Blank, empty_form
from service.demo.gold import Answer, Said
from service.demo.letters import CoverStyle, PledgeStyle, number_line
from service.demo.papers import OTHER, TEMPLATE, Format, renamed
from service.demo.scene import Case, Recipe, a_scene
from service.demo.tasks import curriculum, spoken_period, with_fields

_SHORT = (
    "Em gửi hồ sơ ạ.",
    "Nhờ anh chị xem giúp hồ sơ đính kèm.",
    "Gửi anh chị file đính kèm, có gì báo lại em nhé.",
)
_ANNOUNCED = ("C25", "N02", "C13")


def no_cover_letter(draw: Draw) -> Case:
    """Table and forms without any letter of the unit."""
    scene = a_scene(draw)
    papers = (scene.desk.table(), *scene.desk.forms())
    letter = scene.letter(
        *papers,
        text=f"{draw.one(_SHORT)}\n\n{scene.plan.house.contact.name}\n{scene.plan.house.name}\n{scene.plan.house.contact.phone}\n",
    )
    answer = Answer(state="gaps", papers=papers, must_fail=("C01",), may_fail=("S19", "C13"))
    return scene.judged(no_cover_letter, answer, letter)


def letter_only_in_the_body(draw: Draw) -> Case:
    """The whole letter, number and all, stands in the mail's body and in no file."""
    scene = a_scene(draw)
    desk = scene.desk
    papers = (desk.table(), *desk.forms())
    unit, day = scene.plan.house, scene.plan.signed
    listed = "\n".join(f"{n}. {task.title}." for n, task in enumerate(scene.plan.tasks, 1))
    text = (
        f"{unit.title}\n{number_line(scene.plan, desk.look.cover)}\nV/v đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322\n"
        f"{unit.place}, ngày {day.day:02d} tháng {day.month} năm {day.year}\n\nKính gửi: UBND huyện Mỹ Lộc (qua phòng Kinh tế và Hạ tầng)\n\n"
        f"Thực hiện Công văn của UBND huyện, {unit.name} đề xuất {len(scene.plan.tasks):02d} nhiệm vụ KH&CN cấp quốc gia thực hiện từ năm 2025 thuộc Chương trình 1322:\n"
        f"{listed}\nLiên hệ: {unit.contact.name}, {unit.contact.phone}.\nTrân trọng./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n"
        f"{unit.signatory.post}\n{unit.signatory.name}\n"
    )
    answer = Answer(
        state="gaps",
        state_also=("complete", "officer"),
        papers=papers,
        must_fail=("C01|S19",),
        may_fail=("C13", "C01", "S19"),
    )
    letter = scene.letter(*papers, text=text)
    return scene.judged(
        letter_only_in_the_body,
        answer,
        letter,
        "S19 only warns, C01 asks: the documents leave both.",
    )


def no_table(draw: Draw) -> Case:
    """No summary table in any file."""
    scene = a_scene(
        draw, first=draw.one(("apply", "policy", "pilot_model")), kind=HouseKind.COMMUNE
    )
    desk = scene.desk
    cover = desk.cover(enclosures=desk.enclosures(table=draw.chance(50)))
    papers = (cover, *desk.forms(), *desk.pledges())
    return scene.gaps(no_table, *papers, must_fail=("C02",), may_fail=(*_ANNOUNCED, "C06", "N07"))


def no_form(draw: Draw) -> Case:
    """Letter and table, and no proposal form."""
    scene = a_scene(draw)
    desk = scene.desk
    papers = (desk.cover(enclosures=desk.enclosures(forms=0)), desk.table())
    return scene.gaps(no_form, *papers, must_fail=("C03",), may_fail=(*_ANNOUNCED, "C04"))


def letter_alone(draw: Draw) -> Case:
    """The letter alone, which promises the rest."""
    scene = a_scene(draw)
    cover = scene.desk.cover()
    return scene.gaps(
        letter_alone,
        cover,
        must_fail=("C02", "C03"),
        may_fail=(*_ANNOUNCED, "C04", "C07"),
        without_fields=True,
        tasks=(),
        tasks_may=tuple(task.title for task in scene.plan.tasks),
    )


def row_without_form(draw: Draw) -> Case:
    """One task of the table has no form."""
    scene = a_scene(draw, count=draw.one((2, 3)))
    desk = scene.desk
    missing = draw.number(1, len(scene.plan.tasks))
    forms = tuple(desk.form(k) for k in range(1, len(scene.plan.tasks) + 1) if k != missing)
    papers = (desk.cover(), desk.table(), *forms)
    return scene.gaps(row_without_form, *papers, must_fail=("C04",), may_fail=_ANNOUNCED)


def pilot_without_letters(draw: Draw) -> Case:
    """A pilot model and not one letter of an enterprise."""
    scene = a_scene(draw, draw.one((HouseKind.COMMUNE, HouseKind.DEPARTMENT)), first="pilot_model")
    desk = scene.desk
    papers = (desk.cover(enclosures=desk.enclosures(pledges=0)), desk.table(), *desk.forms())
    may = (*_ANNOUNCED, "C08", "C09", "C10", "C11")
    return scene.gaps(pilot_without_letters, *papers, must_fail=("C07",), may_fail=may)


def second_pilot_without_letters(draw: Draw) -> Case:
    """Two pilot models; the letters speak of the first one only."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    other = a_scene(draw.branch("other"), HouseKind.COMMUNE, count=1, first="pilot_model")
    second = replace(other.plan.tasks[0], pledges=(), short=f"{other.plan.tasks[0].short} 2")
    place = scene.plan.house.name.removeprefix("UBND ")
    second = replace(
        second,
        title=f"Hình thành mô hình điểm làng nghề năng suất xanh, kinh tế tuần hoàn tại {place}",
    )
    scene = scene.with_tasks(*scene.plan.tasks, second)
    return scene.gaps(
        second_pilot_without_letters, *scene.desk.all(), must_fail=("C07",), may_fail=("C13", "N07")
    )


# the other sentences when one is left out: they must not say the missing thing in passing
_NEED = "{we} có nhu cầu đổi mới quản lý sản xuất để giảm lãng phí, giữ được đơn hàng."
_COOPERATION = (
    "Cử 02 cán bộ kỹ thuật phối hợp thực hiện với đơn vị chủ trì, cung cấp số liệu sản xuất."
)
_FUNDING = "Đối ứng kinh phí {n} triệu đồng từ nguồn vốn tự có."
_TAKE_UP = "Tiếp nhận kết quả của nhiệm vụ sau khi nghiệm thu và duy trì tối thiểu 3 năm."


def _without(draw: Draw, recipe: Recipe, *elements: str) -> Case:
    rules = {"need": "C08", "cooperation": "C09", "funding": "C10", "take_up": "C11"}
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    scene = scene.dressed(
        pledge=draw.one((PledgeStyle.NUMBERED, PledgeStyle.PROSE, PledgeStyle.AGREEMENT))
    )
    task = scene.plan.tasks[0]
    victim = draw.number(0, len(task.pledges) - 1)
    plain = task.pledges[victim]
    sentences = {
        "need": _NEED.format(we="Công ty" if plain.house.says == "Công ty" else plain.house.says),
        "cooperation": _COOPERATION,
        "funding": _FUNDING.format(n=plain.amount),
        "take_up": _TAKE_UP,
    }
    said = {**sentences, **dict.fromkeys(elements, "")}
    lame = replace(
        plain,
        need=said["need"],
        cooperation=said["cooperation"],
        funding=said["funding"],
        take_up=said["take_up"],
    )
    pledges: list[Pledge] = list(task.pledges)
    pledges[victim] = lame
    scene = scene.with_tasks(replace(task, pledges=tuple(pledges)))
    must = tuple(rules[element] for element in elements)
    may = ("C13", "N07", "N06")
    return scene.gaps(recipe, *scene.desk.all(), must_fail=must, may_fail=may)


def letter_without_need(draw: Draw) -> Case:
    """A commitment letter does not state the enterprise's need."""
    return _without(draw, letter_without_need, "need")


def letter_without_cooperation(draw: Draw) -> Case:
    """A commitment letter does not promise to cooperate."""
    return _without(draw, letter_without_cooperation, "cooperation")


def letter_without_funding(draw: Draw) -> Case:
    """A commitment letter is silent about the counterpart."""
    return _without(draw, letter_without_funding, "funding")


def letter_without_take_up(draw: Draw) -> Case:
    """A commitment letter does not say that the results are taken up."""
    return _without(draw, letter_without_take_up, "take_up")


def letter_without_two(draw: Draw) -> Case:
    """A commitment letter lacks two of its four elements."""
    return _without(draw, letter_without_two, "funding", "take_up")


_RULES = {
    "cap_thiet": "C15",
    "muc_tieu": "C16",
    "noi_dung": "C17",
    "ket_qua": "C18",
    "thoi_gian": "C19",
    "dia_chi": "C20",
    "kinh_phi": "C21",
}


def _blank(draw: Draw, recipe: Recipe, *keys: str, blank: Blank | None = None) -> Case:
    scene = a_scene(draw)
    look = replace(scene.desk.look.form, blank=blank or draw.one(tuple(Blank)))
    scene = scene.dressed(form=look)
    victim = draw.number(0, len(scene.plan.tasks) - 1)
    tasks: list[TaskFacts] = list(scene.plan.tasks)
    tasks[victim] = with_fields(tasks[victim], **dict.fromkeys(keys, ""))
    table = scene.desk.table()
    scene = scene.with_tasks(*tasks)
    papers = (scene.desk.cover(), table, *scene.desk.forms())
    must = tuple(_RULES[key] for key in keys)
    return scene.gaps(recipe, *papers, must_fail=must)


def blank_urgency(draw: Draw) -> Case:
    """Field 3 of a form, its urgency, is blank."""
    return _blank(draw, blank_urgency, "cap_thiet")


def blank_goal(draw: Draw) -> Case:
    """The goal is blank."""
    return _blank(draw, blank_goal, "muc_tieu")


def blank_contents(draw: Draw) -> Case:
    """The contents are blank."""
    return _blank(draw, blank_contents, "noi_dung")


def blank_results(draw: Draw) -> Case:
    """The results are blank."""
    return _blank(draw, blank_results, "ket_qua")


def blank_duration(draw: Draw) -> Case:
    """The duration is blank."""
    return _blank(draw, blank_duration, "thoi_gian")


def blank_address(draw: Draw) -> Case:
    """Who will use the results is blank."""
    return _blank(draw, blank_address, "dia_chi")


def blank_budget(draw: Draw) -> Case:
    """The budget is blank."""
    return _blank(draw, blank_budget, "kinh_phi")


def blank_hint_left(draw: Draw) -> Case:
    """Where an answer should stand there is nothing but the printed explanation."""
    return _blank(draw, blank_hint_left, "dia_chi", "kinh_phi", blank=Blank.HINT)


def blank_three_fields(draw: Draw) -> Case:
    """Three fields of one form are dots."""
    return _blank(draw, blank_three_fields, *draw.some(tuple(_RULES), 3), blank=Blank.DOTS)


def blank_title(draw: Draw) -> Case:
    """The form does not name its task."""
    scene = a_scene(draw, count=1)
    task = scene.plan.tasks[0]
    papers = (
        scene.desk.cover(),
        scene.desk.table(),
        scene.desk.form(1, task=replace(task, title="")),
    )
    may = ("C13", "C04", "C05", "N01")
    return scene.gaps(blank_title, *papers, must_fail=("C14",), may_fail=may)


def downloaded_form(draw: Draw) -> Case:
    """The form was attached as downloaded, not filled in."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    code = scene.plan.tasks[0].form
    name = desk.name(2, Format.DOCX, k=1, short="moi")
    empty = desk.file(
        empty_form(code, draw.one((Blank.DOTS, Blank.ELLIPSIS, Blank.NOTHING))),
        name,
        (TEMPLATE,),
        Format.DOCX,
    )
    papers = (desk.cover(), desk.table(), empty)
    may = ("C13", "C03", "C04", *(f"C{n}" for n in range(14, 27)))
    return scene.gaps(downloaded_form, *papers, must_fail=("S16|C03",), may_fail=may)


def _other_form(title: str, lines: tuple[str, ...]) -> Blocks:
    return (
        *(centered(line, bold=True) for line in title.split("\n")),
        *(Para(line) for line in lines),
    )


def _look_alike(draw: Draw, recipe: Recipe, title: str, lines: tuple[str, ...], name: str) -> Case:
    scene = a_scene(
        draw, count=1, first="apply", kind=draw.one((HouseKind.DEPARTMENT, HouseKind.COMPANY))
    )
    desk = scene.desk
    wrong = desk.file(_other_form(title, lines), name, (OTHER,), Format.DOCX)
    papers = (desk.cover(), desk.table(), wrong)
    may = ("C13", "C04", "C25", "N02")
    more = {"must_fail": ("C03|F02",), "may_fail": (*may, "F02", "C03"), "state_also": ("officer",)}
    return scene.gaps(recipe, *papers, **more)


def _said(draw: Draw) -> TaskFacts:
    return a_scene(draw.branch("matter"), HouseKind.COMPANY, count=1, first="apply").plan.tasks[0]


def provincial_form(draw: Draw) -> Case:
    """A provincial call's form came instead: it looks much like ours and is not."""
    task = _said(draw)
    lines = (
        f"1. Tên đề tài: {task.title}",
        f"2. Tính cấp thiết: {task.said('cap_thiet')}",
        f"3. Mục tiêu: {task.said('muc_tieu')}",
        f"4. Nội dung chính: {task.said('noi_dung')}",
        f"5. Dự kiến sản phẩm: {task.said('ket_qua')}",
        f"6. Thời gian thực hiện: {task.said('thoi_gian')}",
        f"7. Kinh phí dự kiến: {task.said('kinh_phi')}",
        "Kính đề nghị Sở Khoa học và Công nghệ xem xét.",
    )
    title = draw.one(
        (
            "PHIẾU ĐỀ XUẤT ĐỀ TÀI KHOA HỌC VÀ CÔNG NGHỆ\nCẤP TỈNH NĂM 2024",
            "PHIẾU ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP TỈNH",
        )
    )
    return _look_alike(draw, provincial_form, title, lines, "Phieu de xuat.docx")


def study_description(draw: Draw) -> Case:
    """A THUYẾT MINH ĐỀ TÀI of the selection stage came instead of a form."""
    task = _said(draw)
    lines = (
        "I. THÔNG TIN CHUNG VỀ ĐỀ TÀI",
        f"1. Tên đề tài: {task.title}",
        "2. Mã số: (được cấp khi hồ sơ trúng tuyển)",
        f"3. Thời gian thực hiện: {task.said('thoi_gian')}",
        "4. Chủ nhiệm đề tài: ThS. Trần Quang Vinh",
        "II. MỤC TIÊU, NỘI DUNG KHOA HỌC VÀ CÔNG NGHỆ",
        f"5. Mục tiêu của đề tài: {task.said('muc_tieu')}",
        "6. Tổng quan tình hình nghiên cứu: đã có một số công trình trong nước, chưa có giải pháp tổng thể.",
        f"7. Nội dung nghiên cứu: {task.said('noi_dung')}",
    )
    return _look_alike(
        draw,
        study_description,
        "THUYẾT MINH ĐỀ TÀI\nNGHIÊN CỨU KHOA HỌC VÀ PHÁT TRIỂN CÔNG NGHỆ",
        lines,
        "Thuyet minh.docx",
    )


def school_form(draw: Draw) -> Case:
    """A school's own registration form came instead of ours."""
    task = _said(draw)
    lines = (
        f"1. Tên đề tài: {task.title}",
        "2. Chủ nhiệm: ThS. Lương Thị Yến, khoa Cơ khí",
        f"3. Mục tiêu: {task.said('muc_tieu')}",
        f"4. Kinh phí: {task.said('kinh_phi')}",
    )
    return _look_alike(
        draw,
        school_form,
        "PHIẾU ĐĂNG KÝ ĐỀ TÀI\nNGHIÊN CỨU KHOA HỌC CẤP TRƯỜNG",
        lines,
        "Phieu dang ky.docx",
    )


def table_under_a_forms_name(draw: Draw) -> Case:
    """The file called “Phiếu” holds the table once more; no form came at all."""
    scene = a_scene(draw, count=1).dressed(table_format=Format.DOCX)
    table = scene.desk.table()
    wrong = renamed(table, "Phieu de xuat nhiem vu.docx")
    papers = (scene.desk.cover(), table, wrong)
    may = (*_ANNOUNCED, "C04")
    return scene.gaps(table_under_a_forms_name, *papers, must_fail=("C03",), may_fail=may)


def _timed(draw: Draw, recipe: Recipe, rule: str, **period: int) -> Case:
    scene = a_scene(draw)
    tasks: list[TaskFacts] = list(scene.plan.tasks)
    span = replace(tasks[0].period, **period)
    tasks[0] = with_fields(replace(tasks[0], period=span), thoi_gian=spoken_period(draw, span))
    scene = scene.with_tasks(*tasks)
    papers = (scene.desk.cover(), scene.desk.table(), *scene.desk.forms())
    return scene.gaps(recipe, *papers, must_fail=(rule,))


def forty_eight_months(draw: Draw) -> Case:
    """A task of more than 36 months, in form and table alike."""
    return _timed(draw, forty_eight_months, "E06", months=draw.one((40, 42, 48, 60)), month=1)


def starts_in_2024(draw: Draw) -> Case:
    """A task that starts before 2025."""
    return _timed(draw, starts_in_2024, "E07", year=2024, month=draw.one((6, 7, 9)))


def two_schools(draw: Draw) -> Case:
    """A course for two schools, where the call asks for three."""
    scene = a_scene(draw, draw.one((HouseKind.SCHOOL, HouseKind.DEPARTMENT)), count=1)
    task = curriculum(draw.branch("course"), scene.plan.house, 2)
    scene = scene.with_tasks(task)
    return scene.gaps(two_schools, *scene.desk.all(), must_fail=("E12",))


def many_gaps(draw: Draw) -> Case:
    """No table, a blank goal, and a commitment without money: all gaps in one letter."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    scene = scene.dressed(pledge=PledgeStyle.NUMBERED, cover=CoverStyle.DISPATCH)
    task = with_fields(scene.plan.tasks[0], muc_tieu="")
    lame = tuple(replace(one, funding="") for one in task.pledges)
    scene = scene.with_tasks(replace(task, pledges=lame))
    desk = scene.desk
    papers = (desk.cover(), *desk.forms(), *desk.pledges())
    must = ("C02", "C16", "C10")
    return scene.gaps(
        many_gaps, *papers, must_fail=must, may_fail=(*_ANNOUNCED, "N07", "C06", "N06")
    )


def nothing_but_forms(draw: Draw) -> Case:
    """A company sends its forms and nothing else."""
    scene = a_scene(draw, HouseKind.COMPANY, count=draw.one((1, 2)))
    papers = scene.desk.forms()
    unit = scene.plan.house
    letter = scene.letter(
        *papers,
        text=f"{draw.one(_SHORT)}\n\n{unit.contact.name}\n{unit.name}\n{unit.contact.phone}\n",
    )
    may = ("S19", "C13", "N02")
    answer = Answer(
        state="gaps", papers=papers, must_fail=("C01", "C02"), may_fail=may, priorities=False
    )
    return scene.judged(nothing_but_forms, answer, letter)


def empty_table(draw: Draw) -> Case:
    """The table has its headers and numbers and not one task."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    look = replace(desk.look.table, blanks=6, totals=False, groups=False)
    scene = scene.dressed(table=look)
    table = renamed(scene.desk.table(()), desk.table().name)
    papers = (desk.cover(), replace(table, roles=()), *desk.forms())
    return scene.gaps(
        empty_table,
        *papers,
        must_fail=("C02|S16",),
        may_fail=("C13", "C05", "S16", "C02", "N02"),
        priorities=False,
    )


def through_a_group(draw: Draw) -> Case:
    """A dossier forwarded by a unit's group address, marked as bulk: judged, the reply held."""
    scene = a_scene(draw, kind=HouseKind.COMMUNE)
    desk = scene.desk
    papers = (desk.cover(enclosures=desk.enclosures(table=False)), *desk.forms(), *desk.pledges())
    answer = Answer(
        state="gaps",
        papers=papers,
        must_fail=("C02",),
        state_also=("officer",),
        may_fail=(*_ANNOUNCED, "C06", "N07"),
    )
    letter = scene.letter(*papers, headers=("Precedence: bulk",))
    held = Said(triage="submission", reply="held")
    return scene.case(through_a_group, (letter,), (held,), answer)


RECIPES: tuple[Recipe, ...] = (
    no_cover_letter,
    letter_only_in_the_body,
    no_table,
    no_form,
    letter_alone,
    row_without_form,
    pilot_without_letters,
    second_pilot_without_letters,
    letter_without_need,
    letter_without_cooperation,
    letter_without_funding,
    letter_without_take_up,
    letter_without_two,
    blank_urgency,
    blank_goal,
    blank_contents,
    blank_results,
    blank_duration,
    blank_address,
    blank_budget,
    blank_hint_left,
    blank_three_fields,
    blank_title,
    downloaded_form,
    provincial_form,
    study_description,
    school_form,
    table_under_a_forms_name,
    forty_eight_months,
    starts_in_2024,
    two_schools,
    many_gaps,
    nothing_but_forms,
    empty_table,
    through_a_group,
)
