"""The draft official dispatch that carries the package, laid out as Decree 30/2020 asks.

Number, day, signatory and seal are left to the clerk and the leader (Phụ lục I; Mẫu 1.5).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from dossier import Call
from outbox.bundle.packing import settled
from outbox.bundle.sheet import clean
from outbox.bundle.tables import own_letter, symbol
from outbox.wording import counted

_TYPEFACE = "Times New Roman"
_LEFT, _RIGHT = 62, 104
"""The columns of the head, in mm."""
_CELL_MARGIN = 2
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the dispatch reports."""

    tasks: int
    units: int
    nil_returns: int
    in_annex: int = 0


def dispatch(call: Call, counts: Counts, stamp: datetime) -> bytes:
    """A .docx, A4, Times New Roman; same counts, same bytes."""
    document = Document()
    _set_up(document)
    _head(document, call)
    _addressee(document, call)
    for words in _body(call, counts):
        paragraph = _paragraph(document, words, size=14, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.line_spacing = 1.15
    _foot(document, call)
    _properties(document, call, stamp)
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue(), stamp)


def _body(call: Call, counts: Counts) -> list[str]:
    office = call.office
    about = _about(call)
    ordered = next((one for one in call.letters if one.issuer != office.superior), None)
    ground = f"Thực hiện Văn bản số {ordered.numbers[0]} của {ordered.issuer}" if ordered else ""
    opened = (
        f"{ground} về việc {about}, {office.superior}"
        if ground
        else f"Về việc {about}, {office.superior}"
    )
    opened += " đã triển khai đến các cơ quan, đơn vị, doanh nghiệp trên địa bàn."
    nil = (
        f" {counted(counts.nil_returns)} đơn vị báo cáo không có đề xuất."
        if counts.nil_returns
        else ""
    )
    superior = office.superior
    to = office.forwards_to or "cơ quan cấp trên"
    if not counts.tasks:
        nothing = f"Đến hết thời hạn, không có đơn vị đề xuất nhiệm vụ.{nil}"
        return [opened, nothing, f"{superior} báo cáo {to} để tổng hợp./."]
    received = (
        f"Đến hết thời hạn, {superior} nhận được {counted(counts.tasks)} đề xuất nhiệm vụ của "
        f"{counted(counts.units)} đơn vị.{nil}"
    )
    if counts.in_annex:
        received += (
            f" Ngoài ra, {counted(counts.in_annex)} hồ sơ nhận sau thời hạn hoặc còn nội dung cần "
            "bổ sung được tổng hợp riêng tại Phụ lục."
        )
    sent = (
        f"{superior} tổng hợp, gửi {to} xem xét (có Bảng tổng hợp và hồ sơ đề xuất nhiệm vụ kèm "
        "theo)./."
    )
    return [opened, received, sent]


def _set_up(document: DocumentObject) -> None:
    style = document.styles["Normal"]
    style.font.name = _TYPEFACE
    style.font.size = Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _TYPEFACE)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    _field(number, "PAGE")
    draft = section.first_page_header.paragraphs[0]
    draft.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(draft, "DỰ THẢO", size=12, bold=True)


def _head(document: DocumentObject, call: Call) -> None:
    table = _columns(document, rows=2, widths=(_LEFT, _RIGHT))
    left, right = table.rows[0].cells
    lines = _organisation(call.office.superior)
    _line(left.paragraphs[0], lines[0], size=12, bold=True)
    for words in lines[1:]:
        _line(left.add_paragraph(), words, size=12, bold=True)
    _rule(left.add_paragraph(), column=_LEFT, width=24)
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _rule(right.add_paragraph(), column=_RIGHT, width=60)
    left, right = table.rows[1].cells
    _line(left.paragraphs[0], f"Số:         /{symbol(call)}", size=13)
    _line(left.add_paragraph(), f"V/v {_about(call)}", size=12)
    place = f"{call.office.district}, ngày       tháng       năm {call.closes_at.year}"
    _line(right.paragraphs[0], place, size=14, italic=True)


def _about(call: Call) -> str:
    title = clean(call.title)
    return title[:1].lower() + title[1:]


def _organisation(name: str) -> list[str]:
    """“UBND huyện Mỹ Lộc” stands in full capitals, the place under the body."""
    found = re.fullmatch(r"(?:UBND|Ủy ban nhân dân)\s+(.+)", clean(name), re.IGNORECASE)
    return ["ỦY BAN NHÂN DÂN", found[1].upper()] if found else [clean(name).upper()]


def _addressee(document: DocumentObject, call: Call) -> None:
    to = call.office.forwards_to or "…"
    paragraph = _paragraph(document, f"Kính gửi: {to}", size=14, align=_CENTRE)
    paragraph.paragraph_format.space_before = Pt(18)
    paragraph.paragraph_format.space_after = Pt(12)


def _foot(document: DocumentObject, call: Call) -> None:
    left, right = _columns(document, rows=1, widths=(80, 86)).rows[0].cells
    first = left.paragraphs[0]
    first.paragraph_format.space_before = Pt(12)
    _run(first, "Nơi nhận:", size=12, bold=True, italic=True)
    unit = symbol(call).partition("-")[2]
    kept = f"- Lưu: VT, {unit}." if unit else "- Lưu: VT."
    for words in ("- Như trên;", f"- Lãnh đạo {call.office.superior} (để b/c);", kept):
        _run(left.add_paragraph(), words, size=11)
    signs = right.paragraphs[0]
    signs.paragraph_format.space_before = Pt(12)
    stands_for = " ".join(_organisation(call.office.superior)[:1])
    _line(signs, f"TM. {stands_for}" if own_letter(call) else stands_for, size=14, bold=True)
    _line(right.add_paragraph(), "(Chức vụ của người ký)", size=14, italic=True)
    for _ in range(4):
        right.add_paragraph()
    _line(right.add_paragraph(), "(Họ và tên)", size=14, italic=True)


def _columns(document: DocumentObject, *, rows: int, widths: tuple[int, int]) -> Table:
    """Two columns without borders; Word reads the cells' widths, LibreOffice the columns'."""
    table: Table = document.add_table(rows=rows, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _paragraph(
    document: DocumentObject, words: str, *, size: int, align: WD_ALIGN_PARAGRAPH
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, words, size=size)
    return paragraph


def _line(
    paragraph: Paragraph, words: str, *, size: int, bold: bool = False, italic: bool = False
) -> None:
    paragraph.alignment = _CENTRE
    _run(paragraph, words, size=size, bold=bold, italic=italic)


def _run(
    paragraph: Paragraph, words: str, *, size: int, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run(words)
    run.font.name = _TYPEFACE
    run.font.size = Pt(size)
    run.bold = bold
    run.italic = italic


def _rule(paragraph: Paragraph, *, column: int, width: int) -> None:
    """The line under the organisation and under the motto."""
    side = Mm((column - width) / 2 - _CELL_MARGIN)
    paragraph.paragraph_format.left_indent = side
    paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(6)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 -- python-docx has no borders


def _field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 -- python-docx has no fields


def _properties(document: DocumentObject, call: Call, stamp: datetime) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = call.office.name
    core.title = f"V/v {call.title}"
    core.comments = ""
    core.revision = 1
    core.created = core.modified = stamp.replace(tzinfo=None)
