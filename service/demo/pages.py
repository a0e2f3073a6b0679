"""Blocks written as PDF with a real text layer; the only module that may import reportlab.

Two families of letters with every Vietnamese glyph come from PyPI: Source Serif Pro (OFL) and
Source Sans Pro (OFL).
"""

from functools import cache
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape

import font_source_sans_pro
import font_source_serif_pro
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus import PageBreak as NextPage

from service.demo.blocks import Align, Block, Blocks, Box, Control, Grid, Mark, PageBreak, Para
from service.demo.spelling import Spelling, spell

_ALIGN: dict[Align, Literal[0, 1, 2, 4]] = {
    Align.LEFT: 0,
    Align.CENTER: 1,
    Align.RIGHT: 2,
    Align.BOTH: 4,
}
"""reportlab's numbers; its own names for them are plain `int`."""
SERIF, SANS = "SourceSerif", "SourceSans"
FACES = (SERIF, SANS)


@cache
def _letters() -> None:
    """Make both families known to reportlab, once."""
    serif, sans = font_source_serif_pro.font_files_ttf, font_source_sans_pro.font_files_ttf
    for name, path in (
        (SERIF, serif["SourceSerifPro"]),
        (f"{SERIF}-Bold", serif["SourceSerifProBold"]),
        (SANS, sans["SourceSansPro"]),
        (f"{SANS}-Bold", sans["SourceSansProBold"]),
    ):
        pdfmetrics.registerFont(TTFont(name, path))


def write(
    blocks: Blocks,
    *,
    spelling: Spelling = Spelling.UNICODE,
    face: str = SERIF,
    author: str = "Admin",
    wide: bool = False,
) -> bytes:
    """The blocks as a PDF; `wide` turns the paper."""
    _letters()
    out = BytesIO()
    size = landscape(A4) if wide else A4
    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=(15 if wide else 28) * mm,
        rightMargin=(15 if wide else 18) * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        author=author,
        title="",
        invariant=1,
    )
    width = size[0] - document.leftMargin - document.rightMargin
    writer = _Writer(face, spelling, width)
    document.build([flowable for block in blocks for flowable in writer.flow(block)])
    return out.getvalue()


class _Writer:
    """Turns blocks into flowables of one face, spelling and width; counts the automatic numbers."""

    def __init__(self, face: str, spelling: Spelling, width: float) -> None:
        self._face, self._spelling, self._width, self._count = face, spelling, width, 0

    def flow(self, block: Block) -> list[Flowable]:
        match block:
            case Para():
                return [self._paragraph(block), Spacer(1, 3)]
            case Grid():
                return [self._table(block), Spacer(1, 6)]
            case Box():
                return [self._paragraph(Para(block.text)), Spacer(1, 6)]
            case Control():
                label = self._paragraph(Para(block.label, bold=True))
                return [label, self._paragraph(Para(block.value)), Spacer(1, 3)]
            case PageBreak():
                return [NextPage()]

    def _paragraph(self, block: Para, size: int | None = None) -> Paragraph:
        text = block.text
        if block.mark is Mark.NUMBER:
            self._count += 1
            text = f"{self._count}. {text}"
        elif block.mark is Mark.BULLET:
            text = f"• {text}"
        points = size or block.size - 1
        style = ParagraphStyle(
            "paper",
            fontName=f"{self._face}-Bold" if block.bold else self._face,
            fontSize=points,
            leading=points * 1.3,
            alignment=_ALIGN[block.align],
        )
        spelled = "".join(part for part, _ in spell(text, self._spelling))
        return Paragraph(escape(spelled).replace("\n", "<br/>"), style)

    def _table(self, block: Grid) -> Table:
        columns = len(block.rows[0])
        total = sum(block.widths) or columns
        even = block.widths or (1,) * columns
        align = Align.CENTER if block.centered else Align.LEFT
        size = 8 if columns > 6 else 11  # noqa: PLR2004 -- many columns need small letters
        cells = [
            [
                self._paragraph(Para(text, align, bold=block.bold or row < block.head), size)
                for text in texts
            ]
            for row, texts in enumerate(block.rows)
        ]
        looks: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        looks += [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
        looks += [("GRID", (0, 0), (-1, -1), 0.5, "#000000")] if block.border else []
        looks += [
            ("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in block.merges
        ]
        widths = [self._width * one / total for one in even]
        return Table(
            cells, colWidths=widths, style=TableStyle(looks), repeatRows=block.head, splitInRow=1
        )


def pictures_only(pictures: tuple[bytes, ...]) -> bytes:
    """A PDF whose pages are pictures, as a scanner makes it: no letter in it can be selected."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 -- slow, and only scans need it

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for picture in pictures:
        canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
