"""Blocks written as .docx; python-docx writes, what it has no words for goes in as XML."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from service.demo.blocks import Align, Block, Blocks, Box, Control, Grid, Mark, PageBreak, Para
from service.demo.spelling import Spelling, spell

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_STYLES = {Mark.NONE: None, Mark.NUMBER: "List Number", Mark.BULLET: "List Bullet"}
_QUICK = 2
"""A weak compression: the demo writes hundreds of files."""
_EPOCH = (2024, 3, 20, 8, 0, 0)
_WRITTEN = datetime(2024, 3, 20, 8, tzinfo=UTC).replace(tzinfo=None)  # the format has no zone
_BOX = (
    '<w:p {ns} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>'
    '<v:shape type="#_x0000_t202" style="width:230pt;height:90pt">'
    "<v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
_CONTROL = (
    "<w:sdt {ns}><w:sdtPr><w:alias w:val={alias}/><w:text w:multiLine='1'/></w:sdtPr>"
    "<w:sdtContent>{lines}</w:sdtContent></w:sdt>"
)


def write(blocks: Blocks, spelling: Spelling = Spelling.UNICODE, author: str = "Admin") -> bytes:
    """The blocks as a Word document."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    for block in blocks:
        _WRITERS[type(block)](document, block, spelling)
    core = document.core_properties
    core.author, core.created, core.modified = author, _WRITTEN, _WRITTEN
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue())


def settled(raw: bytes) -> bytes:
    """The same zip with fixed times inside, so that equal content is equal bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _EPOCH), source.read(name), ZIP_DEFLATED, _QUICK)
    return out.getvalue()


def _type(run_of: Paragraph, block: Para, spelling: Spelling) -> None:
    for n, line in enumerate(block.text.split("\n")):
        if n:
            run_of.add_run().add_break()
        for text, font in spell(line, spelling):
            run = run_of.add_run(text)
            run.bold, run.italic, run.font.size = block.bold, block.italic, Pt(block.size)
            if font:
                _set_font(run, font)


def _set_font(run: WordRun, font: str) -> None:
    run.font.name = font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 -- no public way in
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), font)


def _para(document: WordDocument, block: Block, spelling: Spelling) -> None:
    if isinstance(block, Para):
        paragraph = document.add_paragraph(style=_STYLES[block.mark])
        paragraph.alignment = _ALIGN[block.align]
        paragraph.paragraph_format.space_after = Pt(3)
        _type(paragraph, block, spelling)


def _grid(document: WordDocument, block: Block, spelling: Spelling) -> None:
    if isinstance(block, Grid):
        table = document.add_table(len(block.rows), len(block.rows[0]))
        if block.border:
            table.style = "Table Grid"
        for top, left, bottom, right in block.merges:
            table.cell(top, left).merge(table.cell(bottom, right))
        covered = {
            (row, column)
            for top, left, bottom, right in block.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                if column < len(block.widths):
                    cell.width = Mm(block.widths[column])
                if (row, column) not in covered:
                    bold = block.bold or row < block.head
                    _cell(cell, Para(block.rows[row][column], bold=bold, size=12), block, spelling)


def _cell(cell: _Cell, words: Para, grid: Grid, spelling: Spelling) -> None:
    for n, line in enumerate(words.text.split("\n")):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        if grid.centered or words.bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _type(paragraph, Para(line, bold=words.bold, size=words.size), spelling)


def _xml_lines(text: str, spelling: Spelling) -> str:
    paragraphs = []
    for line in text.split("\n"):
        runs = "".join(
            f"<w:r>{_xml_font(font)}<w:t xml:space='preserve'>{_escaped(part)}</w:t></w:r>"
            for part, font in spell(line, spelling)
        )
        paragraphs.append(f"<w:p>{runs}</w:p>")
    return "".join(paragraphs)


def _xml_font(font: str) -> str:
    return f"<w:rPr><w:rFonts w:ascii='{font}' w:hAnsi='{font}'/></w:rPr>" if font else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _append(document: WordDocument, xml: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml))  # before the section's properties


def _box(document: WordDocument, block: Block, spelling: Spelling) -> None:
    if isinstance(block, Box):
        _append(document, _BOX.format(ns=nsdecls("w"), lines=_xml_lines(block.text, spelling)))


def _control(document: WordDocument, block: Block, spelling: Spelling) -> None:
    if isinstance(block, Control):
        _para(document, Para(block.label, bold=True), spelling)
        alias = '"' + _escaped(block.label[:40]).replace('"', "&quot;") + '"'
        lines = _xml_lines(block.value, spelling)
        _append(document, _CONTROL.format(ns=nsdecls("w"), alias=alias, lines=lines))


def _page_break(document: WordDocument, block: Block, _spelling: Spelling) -> None:
    if isinstance(block, PageBreak):
        if not block.landscape:
            document.add_page_break()  # type: ignore[no-untyped-call]  # -- untyped in python-docx
            return
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)


_WRITERS: dict[type[Block], Callable[[WordDocument, Block, Spelling], None]] = {
    Para: _para,
    Grid: _grid,
    Box: _box,
    Control: _control,
    PageBreak: _page_break,
}
