"""A paper photographed page by page, over several files."""

from io import BytesIO

import pytest
from PIL import Image

from dossier import Attachment, Call, ProposalForm, Reading, UnreadCause
from ingest.cage import Cage
from ingest.content import Content, Line
from ingest.photographs import Album, Photograph, albums
from ingest.reading import read_papers
from tests.ingest.builders import envelope, my_loc
from tests.papers.scanned import SCANS
from tests.programs import programs


def photograph(name: str, *lines: str, opens: bool = False) -> Photograph:
    items = tuple(
        Line(text=text, spot=f"trang 1, dòng {number}", page=1, new_page=number == 1)
        for number, text in enumerate(lines, start=1)
    )
    return Photograph(name, Content(items=items), opens)


def made(*photographs: Photograph) -> list[tuple[list[str], bool]]:
    return [([page.name for page in one.pages], one.certain) for one in albums(photographs)]


def test_pages_that_say_their_number_are_one_paper() -> None:
    first = photograph("IMG_001.jpg", "PHIẾU ĐỀ XUẤT", opens=True)
    second = photograph("IMG_002.jpg", "nội dung", "Trang 2/3")
    third = photograph("IMG_003.jpg", "nội dung", "3")

    assert made(third, first, second) == [(["IMG_001.jpg", "IMG_002.jpg", "IMG_003.jpg"], True)]


def test_fields_that_go_on_are_one_paper() -> None:
    first = photograph("Anh 1.jpg", "PHIẾU", "1. Tên nhiệm vụ", "5. Mục tiêu", opens=True)
    second = photograph("Anh 2.jpg", "6. Kinh phí: 500 triệu đồng")

    assert made(first, second) == [(["Anh 1.jpg", "Anh 2.jpg"], True)]


def test_a_page_that_only_follows_is_a_doubt() -> None:
    first = photograph("IMG_1.jpg", "PHIẾU ĐỀ XUẤT", opens=True)

    assert made(first, photograph("IMG_2.jpg", "Ảnh chụp xưởng")) == [
        (["IMG_1.jpg", "IMG_2.jpg"], False)
    ]


def test_a_paper_with_a_title_begins_anew() -> None:
    pages = [photograph(f"IMG_{n}.jpg", "TIÊU ĐỀ", opens=True) for n in (1, 2)]

    assert made(*pages) == []


def test_what_is_not_numbered_on_stays_apart() -> None:
    first = photograph("IMG_1.jpg", "PHIẾU", opens=True)

    assert made(first, photograph("IMG_7.jpg", "2"), photograph("Xưởng.jpg", "2")) == []


def test_spots_name_the_file_a_page_came_in() -> None:
    pages = (photograph("HS/a1.jpg", "một", opens=True), photograph("HS/a2.jpg", "hai"))

    assert [(one.spot, one.page) for one in Album(pages, certain=True).content.items] == [
        ("a1.jpg, dòng 1", 1),
        ("a2.jpg, dòng 1", 2),
    ]


@pytest.fixture(scope="module")
def call() -> Call:
    return my_loc()


def halves() -> list[Attachment]:
    """A form of one page, photographed in two."""
    with Image.open(SCANS / "phieu_L0_300clean.jpg") as page:
        middle = page.height * 45 // 100
        parts = page.crop((0, 0, page.width, middle)), page.crop((0, middle, *page.size))
        return [Attachment(name=f"IMG_{n}.jpg", raw=_jpeg(one)) for n, one in enumerate(parts, 1)]


def _jpeg(picture: Image.Image) -> bytes:
    held = BytesIO()
    picture.save(held, "JPEG", quality=90)
    return held.getvalue()


def test_a_form_photographed_in_two_is_one_form_with_all_its_fields(call: Call) -> None:
    programs("tesseract")
    with Cage() as cage:
        reading = read_papers(halves(), envelope=envelope(), call=call, cage=cage)

    (form,) = forms(reading)
    assert len(form.fields) >= 9
    assert [file.roles for file in reading.files] == [(form.role,)] * 2
    assert {gap.cause for gap in reading.unread} <= {UnreadCause.SCAN}


def forms(reading: Reading) -> list[ProposalForm]:
    return [paper for paper in reading.papers if isinstance(paper, ProposalForm)]
