"""Pictures inside Word and Excel files: read by eye where they stand."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from dossier import Text, UnreadCause
from ingest.cage import Cage
from ingest.content import Content, Line
from ingest.readers import Kind
from tests.papers.scanned import scan, whole
from tests.programs import programs

LETTER = "congvan_L8_100dpi.jpg"
TABLE = "bth_L8_100dpi.jpg"


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    programs("tesseract")
    with Cage() as one:
        yield one


def word_with(*pictures: tuple[bytes, float]) -> bytes:
    """A few words, pictures so many centimetres wide, a few words more."""
    document = Document()
    document.add_paragraph("Kính gửi phòng, xin gửi kèm")
    for raw, wide in pictures:
        document.add_picture(BytesIO(raw), width=Cm(wide))
    document.add_paragraph("Trân trọng cảm ơn")
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def sheet_with(raw: bytes) -> bytes:
    """A sheet with a word and a picture."""
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "Phụ lục"
    workbook.worksheets[0].add_image(SheetImage(BytesIO(raw)), "B3")
    held = BytesIO()
    workbook.save(held)
    return held.getvalue()


def seen(cage: Cage, kind: Kind, raw: bytes) -> Content:
    return cage.read(kind, raw, by_eye=True)


def test_a_scanned_letter_pasted_into_word_is_read_where_it_stands(cage: Cage) -> None:
    content = seen(cage, Kind.DOCX, word_with((scan(LETTER), 16.0)))

    lines = [item for item in content.items if isinstance(item, Line)]
    assert whole(LETTER, content.plain()) > 0.9
    assert (lines[0].text, lines[-1].text) == ("Kính gửi phòng, xin gửi kèm", "Trân trọng cảm ơn")
    assert lines[1].spot.startswith("ảnh sau đoạn 1, dòng")
    assert lines[1].new_page
    assert content.text is Text.OCR


def test_a_table_photographed_and_pasted_is_a_table(cage: Cage) -> None:
    content = seen(cage, Kind.DOCX, word_with((scan(TABLE), 16.0)))

    (table,) = content.tables()
    assert len(table.rows()) == 4
    assert table.spot.startswith("ảnh sau đoạn 1, ")


def test_a_picture_in_a_sheet_is_read(cage: Cage) -> None:
    content = seen(cage, Kind.XLSX, sheet_with(scan(LETTER)))

    assert whole(LETTER, content.plain()) > 0.9


def test_what_cannot_be_read_in_a_large_picture_is_told(cage: Cage) -> None:
    held = BytesIO()
    Image.new("RGB", (1_600, 2_200), "grey").save(held, "PNG")

    content = seen(cage, Kind.DOCX, word_with((held.getvalue(), 16.0)))

    assert [(one.spot, one.cause) for one in content.unseen] == [("sau đoạn 1", UnreadCause.SCAN)]
    assert content.text is Text.NATIVE


def test_a_logo_is_no_page(cage: Cage) -> None:
    content = seen(cage, Kind.DOCX, word_with((scan(LETTER), 3.0)))

    assert (content.unseen, content.text) == ((), Text.NATIVE)


def test_a_large_picture_nobody_looks_at_is_told(cage: Cage) -> None:
    content = cage.read(Kind.DOCX, word_with((scan(LETTER), 16.0)))

    assert [one.cause for one in content.unseen] == [UnreadCause.SCAN]
