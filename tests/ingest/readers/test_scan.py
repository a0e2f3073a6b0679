"""Scans and photographs, read in the cage as a service would."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from dossier import Text, UnreadCause
from ingest.cage import Budget, Cage, Limits
from ingest.content import Content, UnreadableError
from ingest.ocr.engine import Engine
from ingest.programs import Programs
from ingest.readers import pdf as pdf_reader
from ingest.readers import sniff
from tests.papers.scanned import scan, scans, whole
from tests.programs import only

LETTER = "camket_L0_300clean.jpg"
"""A commitment letter of one page."""
TABLE = "bth_L1_200light.jpg"
TITLES = ("Tên nhiệm vụ", "Nguồn khác", "Xây dựng mô hình", "Hỗ trợ doanh nghiệp")
"""How the second cell of each row of its table begins."""


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(programs=only("tesseract")) as one:
        yield one


def read(cage: Cage, raw: bytes) -> Content:
    return cage.read(sniff(raw), raw, by_eye=True)


def refused(cage: Cage, raw: bytes) -> UnreadCause:
    with pytest.raises(UnreadableError) as caught:
        read(cage, raw)
    return caught.value.cause


def picture(name: str) -> Image.Image:
    return Image.open(BytesIO(scan(name))).convert("RGB")


def saved(image: Image.Image, kind: str, *more: Image.Image, **how: object) -> bytes:
    held = BytesIO()
    several = {"save_all": True, "append_images": more} if more else {}
    image.save(held, kind, **several, **how)
    return held.getvalue()


def everything(content: Content) -> str:
    return "\n".join((content.plain(), *(line.text for line in content.margins)))


@pytest.mark.parametrize("path", scans("camket_L*"), ids=lambda path: path.stem)
def test_nearly_every_word_is_read_in_every_quality(cage: Cage, path: object) -> None:
    name = getattr(path, "name", "")

    content = read(cage, scan(name))

    assert whole(name, everything(content)) >= 0.97
    assert (content.text, content.pages, content.unseen) == (Text.OCR, 1, ())


def test_a_letter_taken_with_a_telephone_of_another_make_is_read(cage: Cage) -> None:
    content = read(cage, scan("phieu_L4_photo.heic"))

    assert whole("phieu_L4_photo.jpg", everything(content)) >= 0.97


def test_a_ruled_table_keeps_its_rows_and_merged_cells(cage: Cage) -> None:
    (table,) = read(cage, scan(TABLE)).tables()

    assert [
        row[1].text.startswith(title) for row, title in zip(table.rows(), TITLES, strict=True)
    ] == [True] * 4
    assert [cell.column_span for cell in table.rows()[0]] == [1, 1, 1, 1, 1, 2, 1, 1]
    assert [cell.row_span for cell in table.rows()[0]] == [2, 2, 2, 2, 2, 1, 2, 2]


def test_every_line_tells_how_surely_it_was_read(cage: Cage) -> None:
    content = read(cage, scan(LETTER))

    assert all(0 < line.confidence < 1 for line in content.items if not hasattr(line, "cells"))


def test_a_pdf_of_pictures_is_read_page_by_page(cage: Cage) -> None:
    raw = saved(picture(LETTER), "PDF", picture("congvan_L1_200light.jpg"), resolution=200)

    content = read(cage, raw)

    assert (content.pages, content.scanned_pages, content.unseen) == (2, (), ())
    assert {line.page for line in content.lines()} == {1, 2}
    assert "VĂN BẢN CAM KẾT" in content.plain()


def test_several_pages_in_one_tiff_are_all_read(cage: Cage) -> None:
    pages = [picture(LETTER).convert("1"), picture("congvan_L7_bw200.png").convert("1")]

    content = read(cage, saved(pages[0], "TIFF", *pages[1:], compression="group4"))

    assert content.pages == 2
    assert {line.page for line in content.lines()} == {1, 2}


def test_what_the_telephone_says_about_up_is_heeded(cage: Cage) -> None:
    on_its_side = picture(LETTER).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # EXIF orientation: turn clockwise to show

    content = read(cage, saved(on_its_side, "JPEG", exif=exif))

    assert whole(LETTER, everything(content)) >= 0.97


def test_a_page_that_cannot_be_made_out_stays_unread(cage: Cage) -> None:
    blurred = picture(LETTER).resize((160, 226)).resize((1500, 2120))

    assert refused(cage, saved(blurred, "PNG")) is UnreadCause.SCAN


def test_a_doubtful_page_is_read_and_told_to_be_doubtful(cage: Cage) -> None:
    coarse = picture("phieu_L0_300clean.jpg").resize((530, 750), Image.Resampling.BOX)

    content = read(cage, saved(coarse, "JPEG", quality=40))

    assert [(one.spot, one.cause) for one in content.unseen] == [("trang 1", UnreadCause.SCAN)]
    assert "PHIẾU" in content.plain()


def test_a_photograph_without_words_stays_unread(cage: Cage) -> None:
    shed = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    ImageDraw.Draw(shed).rectangle((400, 500, 1200, 1100), fill=(90, 60, 30))

    assert refused(cage, saved(shed, "JPEG")) is UnreadCause.SCAN


def test_a_page_beside_typed_pages_is_read_where_it_stands(cage: Cage) -> None:
    content = read(cage, mixed())

    assert [line.page for line in content.lines() if "Trang danh may" in line.text] == [1]
    assert {line.page for line in content.lines() if "cam kết" in line.text} == {2}
    assert content.unseen == ()


def mixed() -> bytes:
    """A typed page, and a page that is only a picture."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 -- only here

    from tests.ingest.readers.portable import pdf, text  # noqa: PLC0415 -- only here

    typed = pdf(text(72, 700, "Trang danh may co du chu de khong phai la anh quet"))
    with PdfDocument(typed) as whole_file, PdfDocument(saved(picture(LETTER), "PDF")) as scanned:
        whole_file.import_pages(scanned)
        held = BytesIO()
        whole_file.save(held)
    return held.getvalue()


def test_a_picture_too_large_is_refused_before_it_is_unpacked(cage: Cage) -> None:
    assert refused(cage, saved(Image.new("1", (9000, 9000)), "PNG")) is UnreadCause.TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_a_picture_cut_off_is_no_fault_of_ours(cage: Cage, kind: str) -> None:
    raw = saved(picture(LETTER).resize((620, 877)), kind)

    assert refused(cage, raw[: len(raw) // 3]) in {UnreadCause.BROKEN, UnreadCause.SCAN}


class Impatient(Engine):
    """An engine whose time is over once it has been asked for it so many times."""

    def __init__(self, asked: int) -> None:
        """Answer `asked` times that there is a minute left."""
        super().__init__(only("tesseract").tesseract, 0.0)
        object.__setattr__(self, "answers", iter([60.0] * asked))

    @property
    def left(self) -> float:
        """A minute, or nothing."""
        return next(getattr(self, "answers"), 0.0)  # noqa: B009 -- set past the frozen class


def test_pages_there_was_no_time_for_are_left_to_a_person() -> None:
    page = picture("camket_L8_100dpi.jpg")
    two_pages = Impatient(4)

    content = pdf_reader.read(saved(page, "PDF", *[page] * 4), two_pages)

    assert (content.pages, content.scanned_pages) == (5, (3, 4, 5))
    assert [one.spot for one in content.unseen] == ["trang 3", "trang 4", "trang 5"]
    assert "VĂN BẢN CAM KẾT" in content.plain()


def test_a_budget_that_is_spent_leaves_the_file_a_scan(cage: Cage) -> None:
    page = picture("camket_L8_100dpi.jpg")

    with pytest.raises(UnreadableError) as caught:
        cage.read("pdf", saved(page, "PDF", page), by_eye=True, budget=Budget(3))

    assert caught.value.cause is UnreadCause.SCAN


def test_without_tesseract_nothing_is_started_and_a_person_reads() -> None:
    with Cage(programs=Programs()) as bare:
        found = [refused(bare, raw) for raw in (scan(LETTER), saved(picture(LETTER), "PDF"))]

    assert found == [UnreadCause.SCAN, UnreadCause.SCAN]


def test_a_tesseract_that_fails_costs_only_its_pages() -> None:
    with Cage(Limits(), Programs(tesseract="/bin/false")) as broken:
        assert refused(broken, scan(LETTER)) is UnreadCause.SCAN
