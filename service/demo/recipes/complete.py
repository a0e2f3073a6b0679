"""Dossiers with nothing wanting, in every shape they come in: no gap may be found in any."""

from dataclasses import replace

from service.demo.blocks import Para
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.forms import Layout, proposal_form
from service.demo.gold import Answer
from service.demo.houses import slug
from service.demo.letters import CoverStyle, PledgeStyle
from service.demo.mails import Client
from service.demo.papers import COVER, FORM, TABLE, Format, joined, renamed
from service.demo.scene import Case, Recipe, a_scene
from service.demo.tables import TableLook

CLEAN = ("C13", "N07")
"""What a complete dossier with letters of enterprises may still be told."""


def loose_files(draw: Draw) -> Case:
    """A state body sends every paper as a file of its own."""
    scene = a_scene(draw, draw.one((HouseKind.DEPARTMENT, HouseKind.COMMUNE)), count=2)
    return scene.complete(loose_files, *scene.desk.all())


def pilot_with_letters(draw: Draw) -> Case:
    """A pilot model with a commitment letter of every enterprise."""
    scene = a_scene(draw, HouseKind.COMMUNE, first="pilot_model")
    return scene.complete(pilot_with_letters, *scene.desk.all(), may_fail=CLEAN)


def company_letter(draw: Draw) -> Case:
    """A company's letter without any official layout."""
    scene = a_scene(draw, HouseKind.COMPANY).dressed(cover=CoverStyle.FREE)
    return scene.complete(company_letter, *scene.desk.all())


def submission_instead_of_dispatch(draw: Draw) -> Case:
    """A Tờ trình serves as the cover letter."""
    scene = a_scene(draw, HouseKind.COMMUNE).dressed(cover=CoverStyle.SUBMISSION)
    return scene.complete(submission_instead_of_dispatch, *scene.desk.all())


def report_instead_of_dispatch(draw: Draw) -> Case:
    """A Báo cáo of an association serves as the cover letter."""
    scene = a_scene(draw, HouseKind.MASS).dressed(cover=CoverStyle.REPORT)
    return scene.complete(report_instead_of_dispatch, *scene.desk.all())


def party_heading(draw: Draw) -> Case:
    """A Party committee's letter: no national heading, “Số 15-CV/BTG”."""
    scene = a_scene(draw, HouseKind.PARTY).dressed(cover=CoverStyle.DISPATCH)
    return scene.complete(party_heading, *scene.desk.all())


def association_heading(draw: Draw) -> Case:
    """A mass organisation's letter, numbered “15-CV/HND”."""
    scene = a_scene(draw, HouseKind.MASS).dressed(cover=CoverStyle.DISPATCH)
    return scene.complete(association_heading, *scene.desk.all())


def head_in_text_boxes(draw: Draw) -> Case:
    """Number, date and heading stand in text boxes, where paragraph readers do not look."""
    scene = a_scene(draw, HouseKind.COMMUNE).dressed(
        cover=CoverStyle.BOXED, cover_format=Format.DOCX
    )
    return scene.complete(head_in_text_boxes, *scene.desk.all())


def one_docx(draw: Draw) -> Case:
    """Everything in one Word file, a page break between the papers."""
    scene = a_scene(draw, count=draw.one((1, 2)), first=draw.one(("apply", "pilot_model")))
    name = draw.one(
        (
            "Ho so de xuat 1322.docx",
            "Hồ sơ đề xuất nhiệm vụ.docx",
            "New Microsoft Word Document.docx",
        )
    )
    return scene.complete(one_docx, scene.desk.one_file(name), may_fail=CLEAN)


def one_pdf(draw: Draw) -> Case:
    """Everything in one PDF with a text layer."""
    scene = a_scene(draw, count=draw.one((1, 2)), first=draw.one(("apply", "pilot_model")))
    scene = scene.dressed(table=replace(scene.desk.look.table, extra=("loai",)))
    name = draw.one(("Ho so.pdf", "scan0001.pdf", "Hồ sơ đề xuất (ký số).pdf"))
    file = scene.desk.one_file(name, Format.PDF)
    return scene.complete(one_pdf, file, may_fail=(*CLEAN, "C27"))


def cover_with_table(draw: Draw) -> Case:
    """The table stands behind the letter in the same Word file, as its appendix."""
    scene = a_scene(draw).dressed(cover_format=Format.DOCX)
    desk = scene.desk
    both = joined(desk.cover_blocks(), desk.table_blocks())
    name = draw.one(("Cong van va bang tong hop.docx", "CV kèm bảng tổng hợp.docx"))
    cover = desk.file(both, name, (COVER, TABLE), Format.DOCX)
    return scene.complete(cover_with_table, cover, *desk.forms(), *desk.pledges())


def forms_together(draw: Draw) -> Case:
    """All forms stand in one file; each title opens a new task."""
    scene = a_scene(draw, count=3)
    desk = scene.desk
    parts = [proposal_form(scene.plan, task, desk.look.form) for task in scene.plan.tasks]
    forms = desk.file(joined(*parts), "Các phiếu đề xuất.docx", (FORM,), Format.DOCX)
    return scene.complete(forms_together, desk.cover(), desk.table(), forms)


def _form_layout(draw: Draw, recipe: Recipe, layout: Layout) -> Case:
    scene = a_scene(draw)
    scene = scene.dressed(form=replace(scene.desk.look.form, layout=layout))
    return scene.complete(recipe, *scene.desk.all())


def form_in_a_table(draw: Draw) -> Case:
    """The form was rebuilt as a table: labels left, answers right."""
    layout = draw.one((Layout.TABLE, Layout.TABLE_OF_THREE))
    return _form_layout(draw, form_in_a_table, layout)


def form_numbered_by_word(draw: Draw) -> Case:
    """Word numbers the fields by itself; the text holds no “1.”."""
    return _form_layout(draw, form_numbered_by_word, Layout.NUMBERED)


def form_in_content_controls(draw: Draw) -> Case:
    """The answers were typed into content controls, which python-docx does not show."""
    return _form_layout(draw, form_in_content_controls, Layout.CONTROLS)


def form_on_label_lines(draw: Draw) -> Case:
    """Every answer stands on the line of its label."""
    return _form_layout(draw, form_on_label_lines, Layout.SAME_LINE)


def form_with_bullets(draw: Draw) -> Case:
    """Contents and results are bullet lists."""
    return _form_layout(draw, form_with_bullets, Layout.BULLETS)


def _form_kind(draw: Draw, recipe: Recipe, form: str, sort: str, **fields: str) -> Case:
    scene = a_scene(draw, HouseKind.COMPANY, count=1)
    task = replace(scene.plan.tasks[0], form=form, sort=sort)
    task = replace(task, fields=tuple({**fields, **dict(task.fields)}.items()))
    scene = scene.with_tasks(task)
    return scene.complete(recipe, *scene.desk.all())


_MORE = {
    "xuat_xu": "Từ kết quả của đề tài cấp tỉnh nghiệm thu năm 2022 do chính đơn vị chủ trì.",
    "thi_truong": "Trong tỉnh có khoảng 40 cơ sở cùng ngành; chuyển giao bằng hợp đồng trọn gói.",
    "huy_dong": "Vốn tự có và vay ngân hàng, nhân lực kỹ thuật hiện có của đơn vị.",
    "nang_luc": "Nhà xưởng 1.800 m2, 96 lao động, phòng kỹ thuật 6 người.",
    "hieu_qua": "Làm lợi khoảng 900 triệu đồng mỗi năm, giảm chi phí sản xuất 6%.",
}


def title_spaced_out(draw: Draw) -> Case:
    """The form's title is typed with a space between all letters: P H I Ế U."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    blocks = tuple(
        replace(block, text="  ".join(" ".join(word) for word in block.text.split()))
        if isinstance(block, Para) and block.text.startswith("PHIẾU")
        else block
        for block in proposal_form(scene.plan, scene.plan.tasks[0], desk.look.form)
    )
    form = desk.file(blocks, desk.name(2, Format.DOCX, short="moi"), (FORM,), Format.DOCX)
    return scene.complete(title_spaced_out, desk.cover(), desk.table(), form)


def form_a2(draw: Draw) -> Case:
    """An SXTN project on form A2."""
    return _form_kind(draw, form_a2, "A2", "Dự án SXTN", **_MORE)


def form_a3(draw: Draw) -> Case:
    """A science project on form A3, with its field 12 in two parts."""
    return _form_kind(draw, form_a3, "A3", "Dự án KH&CN", **_MORE)


def form_of_2023(draw: Draw) -> Case:
    """The form of circular 06/2023, the law in force: accepted, never called a wrong form."""
    scene = a_scene(draw)
    code = draw.one(("A1/2023", "A1/2023", "A2/2023", "A3/2023"))
    tasks = tuple(replace(task, form=code) for task in scene.plan.tasks)
    scene = scene.with_tasks(*tasks)
    return scene.complete(form_of_2023, *scene.desk.all())


def _table_look(
    draw: Draw, recipe: Recipe, table: TableLook, format_: Format, count: int = 2
) -> Case:
    scene = a_scene(draw, count=count).dressed(table=table, table_format=format_)
    return scene.complete(recipe, *scene.desk.all())


def workbook_two_headers(draw: Draw) -> Case:
    """A workbook with two merged header rows, totals, and formulas with their last values."""
    return _table_look(draw, workbook_two_headers, TableLook(formulas=True), Format.XLSX)


def workbook_hidden_row(draw: Draw) -> Case:
    """A filter hides one task's row; it counts all the same."""
    table = TableLook(hidden_row=draw.number(0, 1), totals=False)
    return _table_look(draw, workbook_hidden_row, table, Format.XLSX)


def workbook_second_sheet(draw: Draw) -> Case:
    """The table stands on the second sheet, behind instructions."""
    return _table_look(draw, workbook_second_sheet, TableLook(second_sheet=True), Format.XLSX)


def workbook_blank_rows(draw: Draw) -> Case:
    """Pre-numbered empty rows are left from the template: they are no tasks."""
    table = TableLook(blanks=draw.number(4, 9), two_rows=draw.chance(50))
    return _table_look(draw, workbook_blank_rows, table, draw.one((Format.XLSX, Format.DOCX)))


def table_group_rows(draw: Draw) -> Case:
    """Roman group rows stand between the tasks."""
    table = TableLook(groups=True, priority=draw.chance(50))
    return _table_look(draw, table_group_rows, table, draw.one((Format.XLSX, Format.DOCX)))


def table_unit_above(draw: Draw) -> Case:
    """“ĐVT: triệu đồng” stands in a line above the table only."""
    table = TableLook(unit_above=True, two_rows=draw.chance(50))
    return _table_look(draw, table_unit_above, table, draw.one((Format.XLSX, Format.DOCX)))


def table_in_pdf(draw: Draw) -> Case:
    """The table is a PDF with a text layer, wide paper."""
    table = TableLook(extra=("loai",), two_rows=draw.chance(50))
    scene = a_scene(draw, count=2).dressed(table=table, table_format=Format.PDF)
    return scene.complete(table_in_pdf, *scene.desk.all(), may_fail=("C13", "C27"))


def letters_in_one_file(draw: Draw) -> Case:
    """The commitment letters of several enterprises stand in one file."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    desk, task = scene.desk, scene.plan.tasks[0]
    parts = [desk.pledge_blocks(task, one) for one in task.pledges]
    format_ = desk.look.pledge_format
    file = desk.file(
        joined(*parts), f"Cam ket cac doanh nghiep.{format_}", ("commitment_letter",), format_
    )
    papers = (desk.cover(), desk.table(), *desk.forms(), file)
    return scene.complete(letters_in_one_file, *papers, may_fail=CLEAN)


def letter_like_bm12(draw: Draw) -> Case:
    """The commitment follows the Ministry's later model of two parties."""
    scene = a_scene(draw, HouseKind.DEPARTMENT, first="pilot_model")
    scene = scene.dressed(pledge=PledgeStyle.AGREEMENT)
    return scene.complete(letter_like_bm12, *scene.desk.all(), may_fail=CLEAN)


def letter_like_a_dispatch(draw: Draw) -> Case:
    """The commitments look like official letters; none may become the cover letter."""
    scene = a_scene(draw, HouseKind.COMMUNE, first="pilot_model")
    scene = scene.dressed(pledge=PledgeStyle.DISPATCH)
    papers = scene.desk.all()
    more = {"state_also": ("officer",), "may_fail": (*CLEAN, "N10")}
    return scene.complete(letter_like_a_dispatch, *papers, **more)


def letter_in_prose(draw: Draw) -> Case:
    """The four elements run through one paragraph."""
    scene = a_scene(draw, HouseKind.COMMUNE, first="pilot_model").dressed(pledge=PledgeStyle.PROSE)
    return scene.complete(letter_in_prose, *scene.desk.all(), may_fail=CLEAN)


def form_twice(draw: Draw) -> Case:
    """Each form comes twice, as Word and as PDF: the same task, not two."""
    scene = a_scene(draw)
    desk = scene.desk
    twins = replace(desk, look=replace(desk.look, form_format=Format.PDF))
    papers = (desk.cover(), desk.table(), *desk.forms(), *twins.forms(), *desk.pledges())
    return scene.complete(form_twice, *papers)


def private_address(draw: Draw) -> Case:
    """A state body writes from somebody's private address."""
    scene = a_scene(draw, HouseKind.COMMUNE, client=Client.GMAIL)
    contact = scene.plan.house.contact
    box = f"{slug(contact.name)}{draw.number(70, 99)}@gmail.com"
    letter = scene.letter(*(papers := scene.desk.all()), sender=box, name=contact.name)
    return scene.judged(private_address, Answer(state="complete", papers=papers), letter)


def scrambled_order(draw: Draw) -> Case:
    """The files come in no order and their names say nothing."""
    scene = a_scene(draw, count=2)
    papers = draw.some(scene.desk.all(), len(scene.desk.all()))
    plain = tuple(
        renamed(
            paper,
            f"{draw.one(('Document', 'Tai lieu', 'moi'))}{n}.{paper.name.rsplit('.', 1)[1]}",
        )
        for n, paper in enumerate(papers, start=1)
    )
    return scene.complete(scrambled_order, *plain)


RECIPES: tuple[Recipe, ...] = (
    loose_files,
    pilot_with_letters,
    company_letter,
    submission_instead_of_dispatch,
    report_instead_of_dispatch,
    party_heading,
    association_heading,
    head_in_text_boxes,
    one_docx,
    one_pdf,
    cover_with_table,
    forms_together,
    form_in_a_table,
    form_numbered_by_word,
    form_in_content_controls,
    form_on_label_lines,
    form_with_bullets,
    title_spaced_out,
    form_a2,
    form_a3,
    form_of_2023,
    workbook_two_headers,
    workbook_hidden_row,
    workbook_second_sheet,
    workbook_blank_rows,
    table_group_rows,
    table_unit_above,
    table_in_pdf,
    letters_in_one_file,
    letter_like_bm12,
    letter_like_a_dispatch,
    letter_in_prose,
    form_twice,
    private_address,
    scrambled_order,
)
