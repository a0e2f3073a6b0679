"""Mails with scans and photographs among their files, read within the time a mail has."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image, ImageDraw, ImageFont

from dossier import CERTAIN, Attachment, CommitmentLetter, CoverLetter, Message, Reading, Role, Text
from ingest.cage import Cage
from ingest.programs import Programs
from ingest.reading import read_mail
from tests.ingest.builders import digest, envelope, my_loc
from tests.papers.scanned import scan
from tests.programs import only

COMMITMENT = "camket_L1_200light.jpg"
LETTER = "congvan_L1_200light.jpg"
TABLE = "bth_L1_200light.jpg"


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(programs=only("tesseract")) as opened:
        yield opened


def read(cage: Cage, *files: tuple[str, bytes], seconds: float = 40.0) -> Reading:
    attachments = tuple(Attachment(name=name, raw=raw) for name, raw in files)
    message = Message(envelope=envelope(body="Gửi hồ sơ."), attachments=attachments)
    return read_mail(message, digest("mail"), my_loc(), cage, seconds=seconds)


def as_pdf(name: str, pages: int = 1) -> bytes:
    page = Image.open(BytesIO(scan(name))).convert("RGB")
    held = BytesIO()
    page.save(held, "PDF", save_all=True, append_images=[page] * (pages - 1), resolution=200)
    return held.getvalue()


def typed(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def letter_with_picture(picture: bytes) -> bytes:
    """A typed cover letter with a picture of 80 square centimetres below it."""
    document = Document()
    for paragraph in (
        "UBND XÃ MỸ HÀ",
        "Số: 25/UBND-VP",
        "V/v đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322",
        "Kính gửi: UBND huyện Mỹ Lộc",
        "UBND xã Mỹ Hà đề xuất các nhiệm vụ sau đây.",
        "Nơi nhận: Như trên; Lưu: VT.",
        "CHỦ TỊCH",
    ):
        document.add_paragraph(paragraph)
    document.add_picture(BytesIO(picture), width=Cm(10), height=Cm(8))
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def commitment_in_word() -> bytes:
    return typed(
        "CÔNG TY TNHH MAY LỘC AN",
        "VĂN BẢN CAM KẾT",
        "Kính gửi: UBND huyện Mỹ Lộc",
        "Công ty TNHH May Lộc An có nhu cầu và cam kết tham gia nhiệm vụ “Áp dụng Lean”:",
        "1. Phối hợp thực hiện. 2. Đối ứng kinh phí 100 triệu đồng. 3. Tiếp nhận kết quả.",
        "GIÁM ĐỐC",
        "Vũ Thị Hằng",
    )


def test_a_scanned_letter_and_a_photographed_commitment_are_papers(cage: Cage) -> None:
    reading = read(cage, ("CV.pdf", as_pdf(LETTER)), ("Cam ket.jpg", scan(COMMITMENT)))

    letter, commitment = reading.papers
    assert isinstance(letter, CoverLetter)
    assert isinstance(commitment, CommitmentLetter)
    assert {letter.text, commitment.text} == {Text.OCR}
    assert min(letter.confidence, commitment.confidence) >= CERTAIN
    assert (letter.number, commitment.tax_code) == ("45/UBND", "0600012345")
    assert reading.unread == ()


def test_a_photographed_table_gives_its_tasks(cage: Cage) -> None:
    (table,) = read(cage, ("Bang.jpg", scan(TABLE))).papers

    assert [row.title[:24] for row in getattr(table, "rows", ())] == [
        "Xây dựng mô hình điểm áp",
        "Hỗ trợ doanh nghiệp cơ k",
    ]


def test_a_table_pasted_small_into_a_letter_is_read_where_no_other_came(cage: Cage) -> None:
    found = read(cage, ("CV.docx", letter_with_picture(scan(TABLE))))

    assert found.files[0].roles == (Role.COVER_LETTER, Role.SUMMARY_TABLE)
    assert found.unread == ()


def test_a_small_picture_that_brings_nothing_missing_leaves_a_letter_as_it_was(cage: Cage) -> None:
    found = read(cage, ("CV.docx", letter_with_picture(scan(LETTER))))

    assert [(file.roles, file.text) for file in found.files] == [
        ((Role.COVER_LETTER,), Text.NATIVE)
    ]


def test_a_long_scan_takes_no_time_from_the_files_behind_it(cage: Cage) -> None:
    files = (("Ho so.pdf", as_pdf(COMMITMENT, 40)), ("Cam ket.docx", commitment_in_word()))

    reading = read(cage, *files, seconds=10)

    typed_papers = [paper for paper in reading.papers if paper.at.file == "Cam ket.docx"]
    assert [paper.role for paper in typed_papers] == [Role.COMMITMENT_LETTER]
    assert {gap.at.file for gap in reading.unread} == {"Ho so.pdf"}


def test_without_tesseract_a_scan_waits_for_a_person_as_before() -> None:
    with Cage(programs=Programs()) as bare:
        reading = read(bare, ("CV.pdf", as_pdf(LETTER)), ("Cam ket.jpg", scan(COMMITMENT)))

    assert reading.papers == ()
    assert [(gap.at.file, gap.reason) for gap in reading.unread] == [
        ("CV.pdf", "bản quét hoặc ảnh chụp, chưa đọc tự động được chữ"),
        ("Cam ket.jpg", "tệp ảnh, chưa đọc tự động được chữ trong ảnh"),
    ]


def test_the_same_scan_under_two_names_is_read_once(cage: Cage) -> None:
    reading = read(cage, ("CV.jpg", scan(LETTER)), ("CV (1).jpg", scan(LETTER)))

    assert [paper.at.file for paper in reading.papers] == ["CV.jpg"]
    assert [file.roles for file in reading.files] == [(Role.COVER_LETTER,)] * 2


def test_a_mark_of_secrecy_stamped_in_red_isolates_the_mail(cage: Cage) -> None:
    stamped = Image.open(BytesIO(scan(LETTER))).convert("RGB")
    red, left, top = (205, 35, 45), stamped.width // 8, stamped.height // 7
    face = ImageFont.load_default(64)
    # The built-in face has no “Ậ”; a stamp worn down to “MAT” is a mark all the same.
    box = ImageDraw.Draw(stamped).textbbox((left, top), "MAT", font=face)
    frame = (box[0] - 20, box[1] - 20, box[2] + 20, box[3] + 20)
    ImageDraw.Draw(stamped).text((left, top), "MAT", font=face, fill=red)
    ImageDraw.Draw(stamped).rectangle(frame, outline=red, width=4)
    held = BytesIO()
    stamped.save(held, "JPEG", quality=80)

    assert read(cage, ("CV.jpg", held.getvalue())).secret
    assert not read(cage, ("CV.jpg", scan(LETTER))).secret
