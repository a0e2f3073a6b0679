"""The edges: things worth a mention, limits just kept, words that sound like a gap and are none."""

# ruff: noqa: ANN401, E501 -- keywords go on to a dataclass; a sentence of a letter stays whole

from dataclasses import replace
from typing import Any

from service.demo.blocks import Para
from service.demo.draw import Draw
from service.demo.facts import HouseKind, Money, Period
from service.demo.gold import Answer
from service.demo.letters import CoverStyle
from service.demo.papers import COVER, PLEDGE, Format, Paper
from service.demo.pledges import REFUSING, pledge
from service.demo.scene import Case, Recipe, Scene, a_scene
from service.demo.tables import Row, TableLook
from service.demo.tasks import pilot, with_fields

_STATE = (HouseKind.COMMUNE, HouseKind.DEPARTMENT, HouseKind.MASS)


def _warned(
    scene: Scene, recipe: Recipe, rule: str, *papers: Paper, may: tuple[str, ...] = (), **more: Any
) -> Case:
    return scene.complete(recipe, *papers, must_fail=(rule,), may_fail=("C13", *may), **more)


def _with_rows(scene: Scene, *rows: Row) -> tuple[Paper, ...]:
    desk = scene.desk
    return (desk.cover(), desk.table(rows), *desk.forms(), *desk.pledges())


def budget_differs(draw: Draw) -> Case:
    """Table and form name different budgets."""
    scene = a_scene(draw)
    first, *rest = scene.desk.rows()
    more = draw.one((100, 150, 300))
    cash = Money(total=first.money.total + more, state=first.money.state + more)
    papers = _with_rows(scene, replace(first, money=cash), *rest)
    return _warned(scene, budget_differs, "N03", *papers, may=("N05", "N06"), without_fields=True)


def duration_differs(draw: Draw) -> Case:
    """Table and form name different durations, both allowed."""
    scene = a_scene(draw)
    first, *rest = scene.desk.rows()
    months = draw.one([n for n in (12, 18, 24, 30) if n != first.task.period.months])
    papers = _with_rows(scene, replace(first, time=f"{months} tháng"), *rest)
    return _warned(scene, duration_differs, "N04", *papers, without_fields=True)


def title_differs(draw: Draw) -> Case:
    """The table shortens the task's name by a word or two."""
    scene = a_scene(draw, count=1)
    row = scene.desk.rows()[0]
    papers = _with_rows(scene, replace(row, title=_reworded(row.title)))
    may = ("N01", "C05")
    return _warned(scene, title_differs, "N01", *papers, may=may, tasks_may=(row.title,))


def _reworded(title: str) -> str:
    for old, new in (
        ("Áp dụng", "Ứng dụng"),
        ("Hỗ trợ", "Trợ giúp"),
        ("Xây dựng", "Hình thành"),
        ("Nghiên cứu", "Khảo sát"),
    ):
        if title.startswith(old):
            return title.replace(old, new, 1)
    return f"{title} năm 2025"


def count_differs(draw: Draw) -> Case:
    """The letter speaks of one task more than it brings."""
    scene = a_scene(draw, draw.one(_STATE), count=2).dressed(cover=CoverStyle.DISPATCH)
    desk = scene.desk
    enclosed = (*desk.enclosures(forms=2),)
    cover = desk.cover(counted=3, enclosures=enclosed)
    papers = (cover, desk.table(), *desk.forms())
    return _warned(scene, count_differs, "N02", *papers, may=("C25",))


def sum_differs(draw: Draw) -> Case:
    """In the table the parts of a budget do not make its total."""
    scene = a_scene(draw, count=1).dressed(table=TableLook(two_rows=True))
    row = scene.desk.rows()[0]
    off = Money(total=row.money.total - 50, state=row.money.state - 50)
    papers = _with_rows(scene, replace(row, money=off, total=row.money.total))
    return _warned(scene, sum_differs, "N05", *papers, may=("N03",))


def equal_ranks(draw: Draw) -> Case:
    """Two tasks bear the same rank."""
    scene = a_scene(draw, count=2).dressed(table=TableLook(priority=True))
    rows = tuple(replace(row, priority=1) for row in scene.desk.rows())
    papers = _with_rows(scene, *rows)
    return _warned(scene, equal_ranks, "N11", *papers, priorities=False)


def dated_tomorrow(draw: Draw) -> Case:
    """The letter bears a date days after its arrival."""
    scene = a_scene(draw, draw.one(_STATE)).dressed(cover=CoverStyle.DISPATCH)
    day = scene.plan.signed.replace(day=29)
    cover = scene.desk.cover(day=day)
    papers = (cover, scene.desk.table(), *scene.desk.forms())
    return _warned(scene, dated_tomorrow, "N10", *papers)


def unnumbered_draft(draw: Draw) -> Case:
    """The letter has no number yet."""
    scene = a_scene(draw, draw.one(_STATE)).dressed(
        cover=CoverStyle.DISPATCH, cover_format=Format.DOCX
    )
    papers = (scene.desk.cover(numbered=False), scene.desk.table(), *scene.desk.forms())
    return _warned(scene, unnumbered_draft, "F03", *papers)


def undated_draft(draw: Draw) -> Case:
    """The letter has no day yet."""
    scene = a_scene(draw, draw.one(_STATE)).dressed(
        cover=CoverStyle.DISPATCH, cover_format=Format.DOCX
    )
    papers = (scene.desk.cover(dated=False), scene.desk.table(), *scene.desk.forms())
    return _warned(scene, undated_draft, "F04", *papers)


def unsigned_letter(draw: Draw) -> Case:
    """No name stands under the letter."""
    scene = a_scene(draw, draw.one(_STATE)).dressed(
        cover=CoverStyle.DISPATCH, cover_format=Format.DOCX
    )
    papers = (scene.desk.cover(signed=False), scene.desk.table(), *scene.desk.forms())
    return _warned(scene, unsigned_letter, "F07", *papers)


def unsigned_form(draw: Draw) -> Case:
    """No name stands under a form."""
    scene = a_scene(draw)
    scene = scene.dressed(form=replace(scene.desk.look.form, signed=False))
    return _warned(scene, unsigned_form, "C26", *scene.desk.all())


def duration_without_numbers(draw: Draw) -> Case:
    """The duration is there and says no number."""
    words = draw.one(
        (
            "Theo tiến độ được cấp có thẩm quyền phê duyệt, bắt đầu ngay khi có quyết định.",
            "Thực hiện ngay sau khi được phê duyệt và hoàn thành theo kế hoạch của Chương trình.",
        )
    )
    scene = a_scene(draw, count=1)
    scene = scene.with_tasks(with_fields(scene.plan.tasks[0], thoi_gian=words))
    may = ("N04",)
    return _warned(
        scene, duration_without_numbers, "C24", *scene.desk.all(), may=may, without_fields=True
    )


def announced_and_absent(draw: Draw) -> Case:
    """The letter announces a paper that did not come; nobody asks for it."""
    extra = draw.one(
        (
            "01 Báo cáo khảo sát nhu cầu doanh nghiệp",
            "01 bản sao Giấy chứng nhận đăng ký doanh nghiệp",
        )
    )
    scene = a_scene(draw)
    cover = scene.desk.cover(enclosures=(*scene.desk.enclosures(), extra))
    papers = (cover, scene.desk.table(), *scene.desk.forms())
    return _warned(scene, announced_and_absent, "C25", *papers)


def form_without_row(draw: Draw) -> Case:
    """A form came for a task the table does not list."""
    scene = a_scene(draw, count=2)
    rows = scene.desk.rows()[:1]
    papers = _with_rows(scene, *rows)
    return _warned(scene, form_without_row, "C05", *papers, may=("N02",), priorities=False)


def one_letter_of_two(draw: Draw) -> Case:
    """The form names two enterprises, one of them sent its letter."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1)
    task = pilot(draw.branch("pilot"), scene.plan.house, 2)
    scene = scene.with_tasks(replace(task, pledges=task.pledges[:1]))
    papers = scene.desk.all()
    return scene.complete(one_letter_of_two, *papers, must_fail=("C13",), may_fail=("N07", "N06"))


def blank_origin(draw: Draw) -> Case:
    """The form's ground is blank: worth a word, no gap."""
    scene = a_scene(draw)
    tasks = tuple(with_fields(task, can_cu="", xuat_xu="") for task in scene.plan.tasks)
    scene = scene.with_tasks(*tasks)
    return _warned(scene, blank_origin, "C22", *scene.desk.all())


def blank_market(draw: Draw) -> Case:
    """Fields only A2 and A3 have are blank."""
    scene = a_scene(draw, HouseKind.COMPANY, count=1)
    task = replace(scene.plan.tasks[0], form=draw.one(("A2", "A3")))
    blanks = dict.fromkeys(("thi_truong", "nang_luc", "huy_dong", "hieu_qua"), "")
    scene = scene.with_tasks(
        with_fields(task, xuat_xu="Kế thừa kết quả đề tài cấp tỉnh nghiệm thu năm 2022.", **blanks)
    )
    return _warned(scene, blank_market, "C23", *scene.desk.all())


def nobody_to_phone(draw: Draw) -> Case:
    """No telephone and no person stand anywhere."""
    scene = a_scene(draw, draw.one(_STATE)).dressed(cover=CoverStyle.DISPATCH)
    cover = scene.desk.cover(contact=False)
    papers = (cover, scene.desk.table(), *scene.desk.forms())
    unit = scene.plan.house
    letter = scene.letter(
        *papers, name=unit.name, text=f"Kính gửi phòng Kinh tế và Hạ tầng hồ sơ của {unit.name}.\n"
    )
    answer = Answer(state="complete", papers=papers, must_fail=("C28",))
    return scene.judged(nobody_to_phone, answer, letter)


def long_form(draw: Draw) -> Case:
    """A form of far more than its pages, as PDF, where pages can be counted."""
    scene = a_scene(draw, count=1).dressed(form_format=Format.PDF)
    task = replace(scene.plan.tasks[0], form="A1")
    lines = "\n".join(f"{task.said('cap_thiet')} {task.said('ket_qua')}" for _ in range(34))
    table = scene.desk.table()
    scene = scene.with_tasks(
        with_fields(task, cap_thiet=lines, can_cu="Quyết định số 1322/QĐ-TTg ngày 31/8/2020.")
    )
    papers = (scene.desk.cover(), table, *scene.desk.forms())
    return _warned(scene, long_form, "F01", *papers, may=("C27",))


def _spoken(draw: Draw, recipe: Recipe, span: Period, words: str, **more: Any) -> Case:
    scene = a_scene(draw, count=1)
    task = with_fields(replace(scene.plan.tasks[0], period=span), thoi_gian=words)
    scene = scene.with_tasks(task)
    row = replace(scene.desk.rows()[0], time=words.rstrip("."))
    return scene.complete(recipe, *_with_rows(scene, row), **more)


def thirty_six_months(draw: Draw) -> Case:
    """Exactly 36 months: allowed."""
    words = draw.one(
        (
            "36 tháng, từ tháng 01/2025 đến tháng 12/2027.",
            "36 (ba mươi sáu) tháng (01/2025 - 12/2027)",
            "03 năm, từ tháng 01/2025 đến hết tháng 12/2027",
        )
    )
    return _spoken(draw, thirty_six_months, Period(year=2025, month=1, months=36), words)


_UNSURE = ("officer",)


def thirty_seven_by_counting(draw: Draw) -> Case:
    """“03 năm” from 01/2025 to 01/2028: 37 months if both ends count; never a gap."""
    words = draw.one(
        ("03 năm (từ 01/2025 đến 01/2028)", "36 tháng, từ tháng 01/2025 đến tháng 01/2028.")
    )
    span = Period(year=2025, month=1, months=36)
    more = {"state_also": _UNSURE, "may_fail": ("C13", "N04", "C24"), "without_fields": True}
    return _spoken(draw, thirty_seven_by_counting, span, words, **more)


def contradicting_numbers(draw: Draw) -> Case:
    """36 months and a range of 48: an officer decides, the unit is not told of a gap."""
    words = draw.one(
        (
            "36 tháng kể từ năm 2025 (01/2025 - 12/2028)",
            "36 tháng, từ tháng 01/2025 đến tháng 12/2028",
        )
    )
    span = Period(year=2025, month=1, months=36)
    more = {
        "state_also": _UNSURE,
        "must_be_officer": ("E06",),
        "without_fields": True,
        "may_fail": ("C13", "N04", "C24"),
    }
    return _spoken(draw, contradicting_numbers, span, words, **more)


def starts_in_2026(draw: Draw) -> Case:
    """A start after 2025 is for the officer, no gap."""
    span = Period(year=2026, month=1, months=24)
    words = "24 tháng, từ tháng 01/2026 đến tháng 12/2027."
    return _spoken(draw, starts_in_2026, span, words, state_also=_UNSURE, must_be_officer=("E07",))


def _titled(draw: Draw, recipe: Recipe, title: str, kind: str, *also: str, **more: Any) -> Case:
    scene = a_scene(
        draw, draw.one((HouseKind.COMMUNE, HouseKind.DEPARTMENT)), count=1, first="apply"
    )
    task = replace(scene.plan.tasks[0], title=title, kind=kind, kind_also=also)
    scene = scene.with_tasks(task)
    return scene.complete(recipe, *scene.desk.all(), **more)


def loose_model(draw: Draw) -> Case:
    """“Mô hình 5S”, “mô hình quản lý”: no pilot model, no letters asked for."""
    title = draw.one(
        (
            "Áp dụng mô hình 5S và quản lý trực quan cho các cơ sở cơ khí trên địa bàn huyện Mỹ Lộc",
            "Hỗ trợ doanh nghiệp áp dụng mô hình quản lý tinh gọn Lean tại các cụm công nghiệp",
            "Hỗ trợ doanh nghiệp may áp dụng mô hình quản trị theo KPI và ISO 9001:2015",
        )
    )
    return _titled(draw, loose_model, title, "apply")


def sample_model(draw: Draw) -> Case:
    """“Mô hình mẫu”, “mô hình thí điểm”: nearly the words of the call; an officer decides."""
    title = draw.one(
        (
            "Xây dựng mô hình mẫu về năng suất chất lượng tại làng nghề cơ khí huyện Mỹ Lộc",
            "Xây dựng mô hình thí điểm áp dụng TPM trong doanh nghiệp dệt khăn",
        )
    )
    kinds = ("pilot_model", "apply")
    return _titled(
        draw, sample_model, title, "unknown", *kinds, state="officer", must_be_officer=("C07",)
    )


def pilot_at_its_own_house(draw: Draw) -> Case:
    """The proposer is the enterprise of the pilot model: its own letter carries the commitment."""
    scene = a_scene(draw, HouseKind.COMPANY, count=1).dressed(cover=CoverStyle.FREE)
    task = pilot(draw.branch("pilot"), scene.plan.house, 1)
    scene = scene.with_tasks(task)
    own = task.pledges[0]
    sentences = (own.need, own.cooperation, own.funding, own.take_up)
    words = ("Đối với nhiệm vụ nêu trên, Công ty cam kết:", *(f"- {one}" for one in sentences))
    cover = scene.desk.cover(more=words, enclosures=scene.desk.enclosures(pledges=0))
    papers = (replace(cover, roles=(COVER, PLEDGE)), scene.desk.table(), *scene.desk.forms())
    may = ("C13", "C25", "N07", "C12")
    return scene.complete(pilot_at_its_own_house, *papers, state_also=_UNSURE, may_fail=may)


def vague_counterpart(draw: Draw) -> Case:
    """A counterpart is promised without an amount: the element is there."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    task = scene.plan.tasks[0]
    vague = tuple(
        replace(
            one,
            amount=0,
            funding=pledge(draw.branch(one.house.name), one.house, "", scene.plan.house, 0).funding,
        )
        for one in task.pledges
    )
    scene = scene.with_tasks(replace(task, pledges=vague))
    return scene.complete(
        vague_counterpart, *scene.desk.all(), state_also=_UNSURE, may_fail=("C13", "N07")
    )


def denied_counterpart(draw: Draw) -> Case:
    """“Không có kinh phí đối ứng”: neither present nor simply absent; an officer decides."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    task = scene.plan.tasks[0]
    denied = tuple(replace(one, funding=draw.one(REFUSING)) for one in task.pledges)
    scene = scene.with_tasks(replace(task, pledges=denied))
    more = {
        "state": "officer",
        "state_also": ("gaps",),
        "must_be_officer": ("C10",),
        "may_fail": ("C13", "N07", "C10"),
    }
    return scene.complete(denied_counterpart, *scene.desk.all(), **more)


def budget_without_unit(draw: Draw) -> Case:
    """A bare number in the form is no amount of đồng and no difference to the table."""
    scene = a_scene(draw, count=1)
    task = scene.plan.tasks[0]
    bare = f"{task.money.total:,}".replace(",", ".")
    scene = scene.with_tasks(with_fields(task, kinh_phi=f"Tổng kinh phí dự kiến: {bare}"))
    return scene.complete(
        budget_without_unit, *scene.desk.all(), may_fail=("C13", "N03"), without_fields=True
    )


def three_schools(draw: Draw) -> Case:
    """A course for three schools of one discipline group."""
    scene = a_scene(draw, draw.one((HouseKind.SCHOOL, HouseKind.DEPARTMENT)), first="curriculum")
    return scene.complete(three_schools, *scene.desk.all(), state_also=())


def unnamed_schools(draw: Draw) -> Case:
    """A course for “các trường”: how many is not said, so it is a word, not a gap."""
    scene = a_scene(draw, HouseKind.SCHOOL, count=1, first="curriculum")
    task = with_fields(
        scene.plan.tasks[0],
        muc_tieu="Xây dựng và đưa học phần 03 tín chỉ vào chương trình đào tạo của các trường cùng khối ngành.",
        dia_chi="Các trường đại học, cao đẳng có đào tạo khối ngành kỹ thuật trong vùng.",
    )
    task = replace(
        task, goal="Xây dựng học phần 03 tín chỉ", users="Các trường đại học, cao đẳng trong vùng"
    )
    scene = scene.with_tasks(task)
    return scene.complete(
        unnamed_schools, *scene.desk.all(), state_also=_UNSURE, may_fail=("C13", "E12")
    )


def cooperative_proposes(draw: Draw) -> Case:
    """A cooperative proposes: not named by the call, and never refused by a machine."""
    scene = a_scene(draw, HouseKind.COOPERATIVE)
    return scene.complete(cooperative_proposes, *scene.desk.all(), state_also=_UNSURE)


def a_scientist_proposes(draw: Draw) -> Case:
    """A single scientist proposes: not named by the call, an officer looks, nobody refuses."""
    scene = a_scene(draw, HouseKind.COMPANY, count=1, first="policy").dressed(cover=CoverStyle.FREE)
    unit = scene.plan.house
    name = f"{draw.one(('TS.', 'ThS.', 'PGS.TS.'))} {unit.signatory.name}"
    alone = replace(
        unit,
        name=name,
        aliases=(unit.signatory.name,),
        title=name.upper(),
        says="tôi",
        symbol="CN",
        mailbox=f"nckh.{draw.letters(6)}@gmail.com",
        signatory=replace(unit.signatory, post="NGƯỜI ĐỀ XUẤT"),
        contact=replace(unit.signatory, post="người đề xuất"),
    )
    scene = scene.planned(house=alone)
    papers = scene.desk.all()
    more = {"state_also": _UNSURE, "may_fail": ("C13", "F03", "F07", "N07")}
    return scene.complete(a_scientist_proposes, *papers, **more)


def secret_words_in_the_text(draw: Draw) -> Case:
    """“Bí mật kinh doanh”, “mật độ”, “mật ong”: words, not a stamp."""
    scene = a_scene(draw, HouseKind.COMPANY, count=1)
    task = scene.plan.tasks[0]
    words = f"{task.said('cap_thiet')} Mật độ thao tác cao, bí mật kinh doanh và công thức sản phẩm mật ong phải được giữ an toàn; tài liệu tuyệt mật của khách hàng không được lộ."
    scene = scene.with_tasks(with_fields(task, cap_thiet=words))
    return scene.complete(secret_words_in_the_text, *scene.desk.all())


def certificate_and_brochure(draw: Draw) -> Case:
    """A certificate and a brochure lie beside the dossier; they are neither papers nor gaps."""
    scene = a_scene(draw, HouseKind.COMPANY)
    desk, unit = scene.desk, scene.plan.house
    certificate = (
        Para("SỞ KẾ HOẠCH VÀ ĐẦU TƯ TỈNH NAM ĐỊNH\nPHÒNG ĐĂNG KÝ KINH DOANH", bold=True),
        Para("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", bold=True),
        Para(f"Mã số doanh nghiệp: {unit.tax_code}\nĐăng ký lần đầu: ngày 12 tháng 5 năm 2011"),
        Para(
            f"1. Tên công ty: {unit.title}\n2. Địa chỉ trụ sở chính: {unit.seat}\n3. Vốn điều lệ: 9.000.000.000 đồng"
        ),
    )
    brochure = (
        Para(f"{unit.name}: uy tín - chất lượng - phát triển", bold=True),
        Para(
            "Công ty có 15 năm kinh nghiệm, cam kết mang lại sản phẩm tốt nhất cho khách hàng. Hotline hỗ trợ 24/7."
        ),
    )
    more = (
        desk.file(certificate, "Dang ky kinh doanh.pdf", ("other",), Format.PDF),
        desk.file(brochure, "Gioi thieu cong ty.docx", ("other",), Format.DOCX),
    )
    return scene.complete(certificate_and_brochure, *desk.all(), *more)


RECIPES: tuple[Recipe, ...] = (
    budget_differs,
    duration_differs,
    title_differs,
    count_differs,
    sum_differs,
    equal_ranks,
    dated_tomorrow,
    unnumbered_draft,
    undated_draft,
    unsigned_letter,
    unsigned_form,
    duration_without_numbers,
    announced_and_absent,
    form_without_row,
    one_letter_of_two,
    blank_origin,
    blank_market,
    nobody_to_phone,
    long_form,
    thirty_six_months,
    thirty_seven_by_counting,
    contradicting_numbers,
    starts_in_2026,
    loose_model,
    sample_model,
    pilot_at_its_own_house,
    vague_counterpart,
    denied_counterpart,
    budget_without_unit,
    three_schools,
    unnamed_schools,
    cooperative_proposes,
    a_scientist_proposes,
    secret_words_in_the_text,
    certificate_and_brochure,
)
