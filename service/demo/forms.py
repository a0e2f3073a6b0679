"""Proposal forms: A1, A2, A3 of circular 03/2017 word for word, and the family of 06/2023."""

# ruff: noqa: E501 -- a sentence of a letter stays whole, to be read and searched as one

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from service.demo.blocks import Align, Block, Blocks, Control, Grid, Mark, Para, centered
from service.demo.draw import Draw
from service.demo.facts import Plan, TaskFacts

_URGENT = (
    "Tính cấp thiết; tầm quan trọng phải thực hiện ở tầm quốc gia; tác động và ảnh hưởng đến đời sống "
    "kinh tế - xã hội của đất nước v.v...:"
)
_GROUND_HINT = (
    "(giải trình căn cứ theo quy định tại Điều 3 của Thông tư 03/2017/TT-BKHCN Quy định trình tự thủ tục "
    "xác định nhiệm vụ khoa học và công nghệ cấp quốc gia sử dụng ngân sách nhà nước)"
)


class Layout(StrEnum):
    """How the answers stand against the labels."""

    BELOW = "below"
    SAME_LINE = "same_line"
    MIXED = "mixed"
    NUMBERED = "numbered"
    """Word numbers the labels by itself; no “1.” is in the text."""
    TABLE = "table"
    TABLE_OF_THREE = "table_of_three"
    CONTROLS = "controls"
    BULLETS = "bullets"


class Blank(StrEnum):
    """What stands where an answer is missing."""

    NOTHING = "nothing"
    DOTS = "dots"
    ELLIPSIS = "ellipsis"
    UNDERSCORES = "underscores"
    HINT = "hint"


_BLANKS = {
    Blank.NOTHING: "",
    Blank.DOTS: "." * 96 + "\n" + "." * 96,
    Blank.ELLIPSIS: "………………………………………………",
    Blank.UNDERSCORES: "_" * 60,
    Blank.HINT: "",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A form as its circular prints it."""

    code: str
    circular: str
    title: str
    used_for: str
    pages: int
    fields: tuple[Asked, ...]


_TITLE_2017 = "PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ\nKHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA"
_TITLE_2023 = "PHIẾU ĐỀ XUẤT NHIỆM VỤ\nKHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA"
_ORIGIN_A2 = (
    "(Từ một trong các nguồn sau: kết quả của các đề tài; kết quả khai thác sáng chế, giải pháp hữu ích; "
    "kết quả KH&CN chuyển giao từ nước ngoài... có khả năng ứng dụng)"
)
_ORIGIN_A3 = "(nêu rõ nguồn hình thành của dự án KH&CN, tên dự án đầu tư sản xuất, các quyết định phê duyệt liên quan ...)"
_FIELDS_2023 = (
    Asked("can_cu", "Căn cứ đề xuất:"),
    Asked("cap_thiet", "Tính cấp thiết của việc thực hiện nhiệm vụ:"),
    Asked("muc_tieu", "Định hướng mục tiêu:"),
    Asked("ket_qua", "Yêu cầu đối với kết quả:"),
    Asked("noi_dung", "Phương án tổ chức thực hiện, các nội dung chính:"),
    Asked("dia_chi", "Khả năng và địa chỉ ứng dụng:"),
    Asked("thoi_gian", "Dự kiến thời gian thực hiện:"),
    Asked("kinh_phi", "Dự kiến nhu cầu kinh phí:"),
)

TEMPLATES = {
    "A1": Template(
        "A1-ĐXNV",
        "03/2017/TT-BKHCN",
        _TITLE_2017,
        "(Dùng cho đề tài hoặc đề án)",
        4,
        (
            Asked("ten", "Tên Đề tài/Đề án:"),
            Asked("can_cu", "Căn cứ đề xuất", _GROUND_HINT),
            Asked("cap_thiet", _URGENT),
            Asked("muc_tieu", "Mục tiêu:"),
            Asked("ket_qua", "Yêu cầu các kết quả chính và các chỉ tiêu cần đạt:"),
            Asked("noi_dung", "Kiến nghị các nội dung cần thực hiện để đạt kết quả:"),
            Asked("dia_chi", "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra:"),
            Asked("thoi_gian", "Yêu cầu đối với thời gian để đạt được các kết quả:"),
            Asked("kinh_phi", "Dự kiến nhu cầu kinh phí:"),
        ),
    ),
    "A2": Template(
        "A2-ĐXNV",
        "03/2017/TT-BKHCN",
        _TITLE_2017,
        "(Dùng cho dự án SXTN)",
        6,
        (
            Asked("ten", "Tên dự án SXTN:"),
            Asked("xuat_xu", "Xuất xứ hình thành:", _ORIGIN_A2),
            Asked("cap_thiet", _URGENT),
            Asked("muc_tieu", "Mục tiêu:"),
            Asked(
                "noi_dung",
                "Kiến nghị các nội dung chính cần thực hiện để hoàn thiện công nghệ và đạt kết quả:",
            ),
            Asked(
                "ket_qua",
                "Yêu cầu đối với kết quả (công nghệ, thiết bị) và các chỉ tiêu kỹ thuật cần đạt:",
            ),
            Asked(
                "thi_truong",
                "Nhu cầu thị trường:",
                "(Khả năng thị trường tiêu thụ, phương thức chuyển giao và thương mại hoá các sản phẩm của dự án)",
            ),
            Asked("dia_chi", "Dự kiến tổ chức cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra:"),
            Asked("thoi_gian", "Yêu cầu đối với thời gian thực hiện:"),
            Asked(
                "huy_dong",
                "Phương án huy động các nguồn lực của tổ chức dự kiến ứng dụng kết quả tạo ra:",
                "(Khả năng huy động nhân lực, tài chính và cơ sở vật chất từ các nguồn khác nhau để thực hiện dự án)",
            ),
            Asked("kinh_phi", "Dự kiến nhu cầu kinh phí:"),
        ),
    ),
    "A3": Template(
        "A3-ĐXNV",
        "03/2017/TT-BKHCN",
        _TITLE_2017,
        "(Dùng cho dự án khoa học và công nghệ)",
        6,
        (
            Asked("ten", "Tên dự án khoa học và công nghệ (KH&CN):"),
            Asked("xuat_xu", "Xuất xứ hình thành:", _ORIGIN_A3),
            Asked("cap_thiet", _URGENT),
            Asked("muc_tieu", "Mục tiêu:"),
            Asked(
                "noi_dung",
                "Nội dung KH&CN chủ yếu:",
                "(mỗi nội dung đặt ra có thể hình thành được một đề tài, hoặc dự án SXTN)",
            ),
            Asked(
                "ket_qua",
                "Yêu cầu đối với kết quả (công nghệ, thiết bị) và các chỉ tiêu kinh tế - kỹ thuật cần đạt:",
            ),
            Asked("dia_chi", "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra:"),
            Asked("thoi_gian", "Yêu cầu đối với thời gian thực hiện:"),
            Asked("nang_luc", "Năng lực của tổ chức, cơ quan dự kiến ứng dụng kết quả:"),
            Asked("kinh_phi", "Dự kiến nhu cầu kinh phí:"),
            Asked(
                "huy_dong",
                "Phương án huy động các nguồn lực của cơ tổ chức, cơ quan dự kiến ứng dụng kết quả:",
                "(khả năng huy động nhân lực, tài chính và cơ sở vật chất từ các nguồn khác nhau để thực hiện dự án)",
            ),
            Asked("hieu_qua", "Dự kiến hiệu quả của dự án KH&CN:"),
        ),
    ),
    "A1/2023": Template(
        "A1-ĐXNV",
        "06/2023/TT-BKHCN",
        _TITLE_2023,
        "(Dùng cho đề tài)",
        4,
        (Asked("ten", "Tên đề tài:"), *_FIELDS_2023),
    ),
    "A2/2023": Template(
        "A2-ĐXNV",
        "06/2023/TT-BKHCN",
        _TITLE_2023,
        "(Dùng cho dự án)",
        6,
        (Asked("ten", "Tên dự án:"), *_FIELDS_2023),
    ),
    "A3/2023": Template(
        "A3-ĐXNV",
        "06/2023/TT-BKHCN",
        _TITLE_2023,
        "(Dùng cho đề án khoa học)",
        6,
        (Asked("ten", "Tên đề án khoa học:"), *_FIELDS_2023),
    ),
}
"""Labels and hints as printed (domain.md §1.2); those of 06/2023 are not public and follow §1.3."""

_ECONOMY = "(cần làm rõ đóng góp của dự án KH&CN đối với các dự án đầu tư sản xuất trước mắt và lâu dài bao gồm số tiền làm lợi và các đóng góp khác...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLook:
    """How one form is filled in."""

    layout: Layout = Layout.BELOW
    blank: Blank = Blank.DOTS
    hints: bool = True
    """Whether the printed explanations were left standing."""
    signed: bool = True
    """Whether a name stands under the signature block."""
    code: bool = True
    """Whether “Mẫu A1-ĐXNV” stands in the corner."""


def form_look(draw: Draw) -> FormLook:
    """A look at random."""
    layouts = (
        Layout.BELOW,
        Layout.BELOW,
        Layout.SAME_LINE,
        Layout.MIXED,
        Layout.NUMBERED,
        Layout.TABLE,
        Layout.TABLE_OF_THREE,
        Layout.CONTROLS,
        Layout.BULLETS,
    )
    return FormLook(
        layout=draw.one(layouts),
        blank=draw.one(tuple(Blank)),
        hints=draw.chance(60),
        code=draw.chance(85),
    )


def proposal_form(plan: Plan, task: TaskFacts, look: FormLook) -> Blocks:
    """One filled form; fields without words show what the look puts into blanks."""
    template = TEMPLATES[task.form]
    answers = [(asked, _answer(asked, task, look)) for asked in template.fields]
    return (
        *_head(template, look),
        *_BODIES[look.layout](answers, look),
        *_foot(plan, template, signed=look.signed),
    )


def empty_form(code: str, blank: Blank = Blank.DOTS) -> Blocks:
    """The circular's form as downloaded, not filled in."""
    template = TEMPLATES[code]
    look = FormLook(blank=blank)
    answers = [(asked, _BLANKS[blank]) for asked in template.fields]
    signature = "..., ngày ... tháng... năm 20...\nTỔ CHỨC, CÁ NHÂN ĐỀ XUẤT\n(Họ, tên và chữ ký - đóng dấu đối với tổ chức)"
    return (
        *_head(template, look),
        *_BODIES[Layout.BELOW](answers, look),
        Grid((("", signature),), border=False, centered=True),
        _note(template),
    )


def _answer(asked: Asked, task: TaskFacts, look: FormLook) -> str:
    value = task.title if asked.key == "ten" else task.said(asked.key)
    if not value:
        return _BLANKS[look.blank]
    if asked.key == "hieu_qua":
        economy = f"12.1. Hiệu quả kinh tế - xã hội: {_ECONOMY + ' ' if look.hints else ''}{value}"
        return f"{economy}\n12.2. Hiệu quả về khoa học và công nghệ: Hình thành quy trình và đội ngũ làm chủ công cụ cải tiến."
    return value


def _head(template: Template, look: FormLook) -> Blocks:
    corner = (
        (
            Para(f"Mẫu {template.code}", Align.RIGHT, italic=True, size=11),
            Para(template.circular, Align.RIGHT, italic=True, size=11),
        )
        if look.code
        else ()
    )
    title = tuple(centered(line, bold=True, size=14) for line in template.title.split("\n"))
    return (*corner, *title, centered(template.used_for, italic=True), Para(""))


def _note(template: Template) -> Para:
    text = f"Ghi chú: Phiếu đề xuất được trình bày không quá {template.pages} trang giấy khổ A4."
    return Para(text, italic=True, size=11)


def _foot(plan: Plan, template: Template, *, signed: bool) -> Blocks:
    house, day = plan.house, plan.signed
    dated = f"{house.place}, ngày {day.day:02d} tháng {day.month} năm {day.year}"
    lines = (
        dated,
        "TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT",
        "(Họ, tên và chữ ký - đóng dấu đối với tổ chức)",
        "",
        *((house.name, house.signatory.name) if signed else ("", "")),
    )
    return (Grid((("", "\n".join(lines)),), border=False, centered=True), _note(template))


def _labelled(number: int, asked: Asked, look: FormLook) -> str:
    hint = f" {asked.hint}" if asked.hint and (look.hints or look.blank is Blank.HINT) else ""
    return f"{number}. {asked.label}{hint}"


Answers = list[tuple[Asked, str]]


def _lines(value: str) -> Blocks:
    return tuple(Para(line, Align.BOTH) for line in value.split("\n") if line)


def _below(answers: Answers, look: FormLook) -> Blocks:
    blocks: list[Block] = []
    for n, (asked, value) in enumerate(answers, start=1):
        blocks += [Para(_labelled(n, asked, look), bold=True), *_lines(value)]
    return tuple(blocks)


def _same_line(answers: Answers, look: FormLook) -> Blocks:
    return tuple(
        Para(f"{_labelled(n, asked, look)} {value}".rstrip(), Align.BOTH)
        for n, (asked, value) in enumerate(answers, start=1)
    )


def _mixed(answers: Answers, look: FormLook) -> Blocks:
    blocks: list[Block] = []
    for n, (asked, value) in enumerate(answers, start=1):
        if n % 2:
            blocks.append(Para(f"{_labelled(n, asked, look)} {value}".rstrip(), Align.BOTH))
        else:
            blocks += [Para(_labelled(n, asked, look), bold=True), *_lines(value)]
    return tuple(blocks)


def _numbered(answers: Answers, look: FormLook) -> Blocks:
    blocks: list[Block] = []
    for asked, value in answers:
        text = _labelled(0, asked, look).removeprefix("0. ")
        blocks += [Para(text, bold=True, mark=Mark.NUMBER), *_lines(value)]
    return tuple(blocks)


def _bullets(answers: Answers, look: FormLook) -> Blocks:
    blocks: list[Block] = []
    for n, (asked, value) in enumerate(answers, start=1):
        blocks.append(Para(_labelled(n, asked, look), bold=True))
        parts = [part for part in value.replace("; ", ";\n").split("\n") if part]
        if asked.key in ("noi_dung", "ket_qua") and len(parts) > 1:
            blocks += [Para(part.removeprefix("- "), mark=Mark.BULLET) for part in parts]
        else:
            blocks += _lines(value)
    return tuple(blocks)


def _table(answers: Answers, look: FormLook) -> Blocks:
    rows = tuple((_labelled(n, asked, look), value) for n, (asked, value) in enumerate(answers, 1))
    return (Grid(rows, widths=(60, 100)),)


def _table_of_three(answers: Answers, look: FormLook) -> Blocks:
    rows = tuple(
        (str(n), _labelled(n, asked, look).partition(". ")[2].rstrip(":"), value)
        for n, (asked, value) in enumerate(answers, start=1)
    )
    head = ("TT", "Nội dung", "Thông tin đề xuất")
    return (Grid((head, *rows), head=1, widths=(10, 55, 95)),)


def _controls(answers: Answers, look: FormLook) -> Blocks:
    return tuple(
        Control(_labelled(n, asked, look), value) for n, (asked, value) in enumerate(answers, 1)
    )


_BODIES: dict[Layout, Callable[[Answers, FormLook], Blocks]] = {
    Layout.BELOW: _below,
    Layout.SAME_LINE: _same_line,
    Layout.MIXED: _mixed,
    Layout.NUMBERED: _numbered,
    Layout.TABLE: _table,
    Layout.TABLE_OF_THREE: _table_of_three,
    Layout.CONTROLS: _controls,
    Layout.BULLETS: _bullets,
}
