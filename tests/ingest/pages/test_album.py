"""Papers become pictures: every format, legacy letters whole, once made and then kept."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingest.cage import Cage, Limits
from ingest.content import UnreadableError
from ingest.pages.album import Album, BusyError, Paper
from ingest.pages.drawing import Wanted
from ingest.programs import Programs
from ingest.readers import sniff
from tests.papers import archive, papers, source
from tests.papers.scanned import scan
from tests.programs import programs

LEGACY = ("03_congvan_my_tien_tcvn3.docx", "16_phieu_vni.docx", "32_bangtonghop_tcvn3.xlsx")
LETTER = source("60_congvan_my_thang.pdf")


class Papers:
    """Files by their digests, and how often each was asked for."""

    def __init__(self) -> None:
        """None yet."""
        self._files: dict[str, bytes] = {}
        self.asked: list[str] = []

    def add(self, raw: bytes) -> Paper:
        """One more file, of the kind it is."""
        digest = sha256(raw).hexdigest()
        self._files[digest] = raw
        return Paper(digest, sniff(raw))

    def get(self, digest: str) -> bytes:
        """As the store gives them."""
        self.asked.append(digest)
        return self._files[digest]


@pytest.fixture(scope="module")
def files() -> Papers:
    return Papers()


@pytest.fixture(scope="module")
def album(files: Papers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Album]:
    """With all the programs, and patient: what it made it keeps for the tests after."""
    limits = Limits(at_once=2, eye_seconds=300.0, eye_cpu_seconds=300, program_seconds=300.0)
    cage = Cage(limits, programs("soffice", "tesseract"))
    with Album(tmp_path_factory.mktemp("pages"), files.get, cage=cage, patience=600) as one:
        yield one


@pytest.fixture
def bare(files: Papers, tmp_path: Path) -> Iterator[Album]:
    """On a machine without any program."""
    cage = Cage(programs=Programs())
    with Album(tmp_path / "pages", files.get, cage=cage, patience=90) as one:
        yield one


def drawn(album: Album, paper: Paper, wanted: Wanted) -> Image.Image:
    return Image.open(BytesIO(album.picture(paper, wanted)))


def tiff(*pages: Image.Image) -> bytes:
    held = BytesIO()
    pages[0].save(held, "TIFF", save_all=True, append_images=pages[1:])
    return held.getvalue()


def shown_words(album: Album, paper: Paper) -> set[str]:
    """Every word that can be seen on a preview, in small letters."""
    facts = album._facts(paper)  # noqa: SLF001 -- what was found on the pages
    return {word[0].casefold() for page in facts["words"] for word in page}


# ------------------------------------------------------------------ every format


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("60_congvan_my_thang.pdf", 1),
        ("03_congvan_my_tien_tcvn3.docx", 1),
        ("41_congvan_my_tien_tcvn3.doc", 1),
        ("33_bangtonghop_5nv_an.xlsx", 2),
    ],
)
@pytest.mark.xdist_group("pages")
def test_every_paper_has_pages(album: Album, files: Papers, name: str, pages: int) -> None:
    paper = files.add(source(name))

    sheets = album.sheets(paper)
    page = drawn(album, paper, Wanted(number=1, width=900))

    assert (sheets.total, len(sheets.sizes)) == (pages, pages)
    assert page.width in {900, 901}
    assert page.format == "PNG"
    assert page.height == pytest.approx(900 * sheets.sizes[0][1] / sheets.sizes[0][0], abs=2)
    levels = page.convert("L").histogram()
    assert sum(levels[:20]) > 100
    assert sum(levels[250:]) > 100_000


def test_a_photograph_is_a_page(bare: Album, files: Papers) -> None:
    paper = files.add(scan("phieu_L4_photo.heic"))

    page = drawn(bare, paper, Wanted(number=1, width=900))

    assert (page.width, page.format) == (900, "JPEG")


def test_every_frame_of_a_tiff_is_a_page(bare: Album, files: Papers) -> None:
    paper = files.add(tiff(Image.new("L", (300, 400), 250), Image.new("L", (400, 300), 5)))

    sheets = bare.sheets(paper)
    second = drawn(bare, paper, Wanted(number=2, width=900)).convert("L")

    assert [wide < high for wide, high in sheets.sizes] == [True, False]
    assert (second.size, second.getpixel((10, 10))) == ((900, 675), 5)


def test_a_turned_photograph_stands_upright(bare: Album, files: Papers) -> None:
    held, told = BytesIO(), Image.Exif()
    told[0x0112] = 6  # EXIF: turn a quarter with the clock
    Image.new("RGB", (400, 200), "white").save(held, "JPEG", exif=told)

    sheets = bare.sheets(files.add(held.getvalue()))

    assert sheets.sizes[0][0] < sheets.sizes[0][1]


@pytest.mark.parametrize("name", LEGACY)
@pytest.mark.xdist_group("pages")
def test_legacy_letters_are_all_there_in_the_preview(
    album: Album, files: Papers, name: str
) -> None:
    gold = next(one for one in papers(name.rpartition(".")[2]) if one.name == name)
    paper = files.add(gold.raw)
    album.sheets(paper)

    typed = {word.casefold() for _, text in gold.units for word in text.split()}
    lost = typed - shown_words(album, paper)

    assert {word for word in lost if set(word) & set("ưừứửữựơờớởỡợđ")} == set()


# ------------------------------------------------------------------ evidence


@pytest.mark.parametrize(
    ("name", "spot", "words"),
    [
        ("03_congvan_my_tien_tcvn3.docx", "đoạn 5", ""),
        ("33_bangtonghop_5nv_an.xlsx", "Bang tong hop!E7", "24 tháng"),
        ("60_congvan_my_thang.pdf", "trang 1, dòng 1", "UBND HUYỆN MỸ LỘC"),
    ],
)
@pytest.mark.xdist_group("pages")
def test_the_place_of_words_is_marked(
    album: Album, files: Papers, name: str, spot: str, words: str
) -> None:
    paper = files.add(source(name))

    spotted = album.find(paper, spot, words)
    plain = drawn(album, paper, Wanted(number=1, width=900)).convert("RGB")
    marked = drawn(album, paper, Wanted(number=1, width=900, marks=spotted.marks)).convert("RGB")

    left, top, right, bottom = spotted.marks[0]
    high = plain.height
    box = (round(left * 900), round(top * high), round(right * 900), round(bottom * high))
    assert spotted.page == 1
    assert plain.crop(box) != marked.crop(box)
    assert is_yellow(marked.getpixel((box[0] + 1, box[1] + 1)))
    assert not is_yellow(plain.getpixel((box[0] + 1, box[1] + 1)))


def is_yellow(colour: object) -> bool:
    assert isinstance(colour, tuple)
    red, green, blue = colour
    return bool(red - blue > 60 and green - blue > 60)


@pytest.mark.xdist_group("pages")
def test_words_on_a_scan_are_found_where_they_stand(album: Album, files: Papers) -> None:
    straight, turned = (
        files.add(scan(name)) for name in ("congvan_L1_200light.jpg", "congvan_L5_rot90.jpg")
    )

    upright = album.find(straight, "trang 1, dòng 1", "Độc lập - Tự do - Hạnh phúc")
    lying = album.find(turned, "trang 1, dòng 1", "Độc lập - Tự do - Hạnh phúc")

    left, top, right, bottom = upright.marks[0]
    assert (left > 0.4, bottom < 0.25, right - left > bottom - top) == (True, True, True)
    assert lying.marks
    assert lying.marks[0][3] - lying.marks[0][1] > lying.marks[0][2] - lying.marks[0][0]


# ------------------------------------------------------------------ what cannot be


def test_without_libreoffice_a_pdf_is_shown_and_an_office_file_says_why(
    bare: Album, files: Papers
) -> None:
    word = files.add(source("01_congvan_my_thang.docx"))

    with pytest.raises(UnreadableError) as caught:
        bare.sheets(word)

    assert "thiếu LibreOffice" in caught.value.reason
    assert bare.sheets(files.add(LETTER)).total == 1


def test_what_is_no_paper_has_no_pages(bare: Album, files: Papers) -> None:
    with pytest.raises(UnreadableError) as caught:
        bare.sheets(files.add(b"chi la chu " * 20))

    assert caught.value.reason == "định dạng .text không có ảnh trang"


def test_a_broken_file_says_so_and_is_not_tried_again_at_once(bare: Album, files: Papers) -> None:
    paper = files.add(b"%PDF-1.7 cut off")

    reasons = []
    for _ in range(3):
        with pytest.raises(UnreadableError) as caught:
            bare.sheets(paper)
        reasons.append(caught.value.reason)

    assert reasons == ["tệp PDF hỏng, không mở được"] * 3
    assert files.asked.count(paper.digest) == 1


@pytest.mark.parametrize("number", [0, 2, 10_000])
def test_there_is_no_page_beyond_the_last(bare: Album, files: Papers, number: int) -> None:
    with pytest.raises(UnreadableError):
        bare.picture(files.add(LETTER), Wanted(number=number, width=900))


@pytest.mark.xdist_group("pages")
def test_a_bomb_is_not_given_to_libreoffice(album: Album, files: Papers) -> None:
    paper = Paper(files.add(archive("docx_billion_laughs.docx")).digest, "docx")

    with pytest.raises(UnreadableError):
        album.sheets(paper)


# ------------------------------------------------------------------ made once


def test_what_was_made_is_kept_and_may_be_deleted(
    bare: Album, files: Papers, tmp_path: Path
) -> None:
    paper, wanted = files.add(LETTER), Wanted(number=1, width=900)
    first = bare.picture(paper, wanted)
    before = len(files.asked)

    assert bare.picture(paper, wanted) == first
    assert len(files.asked) == before
    shutil.rmtree(tmp_path / "pages")
    assert bare.picture(paper, wanted) == first


def test_many_who_look_at_once_wait_for_one_making(files: Papers, tmp_path: Path) -> None:
    paper = files.add(LETTER + b"\n% another file")
    cage = Cage(programs=Programs())
    with (
        Album(tmp_path, files.get, cage=cage, patience=90) as album,
        ThreadPoolExecutor(2) as people,
    ):
        found = list(people.map(lambda _: album.sheets(paper).total, range(2)))

    assert found == [1, 1]
    assert files.asked.count(paper.digest) == 1


def test_who_cannot_wait_is_told_to_come_again(files: Papers, tmp_path: Path) -> None:
    paper, may_go_on = files.add(LETTER + b"\n% slow"), threading.Event()

    def slowly(digest: str) -> bytes:
        assert may_go_on.wait(60)
        return files.get(digest)

    with Album(tmp_path, slowly, cage=Cage(programs=Programs()), patience=0.01) as album:
        with pytest.raises(BusyError):
            album.sheets(paper)
        may_go_on.set()
        while True:
            try:
                sheets = album.sheets(paper)
            except BusyError:
                continue
            break

    assert sheets.total == 1
