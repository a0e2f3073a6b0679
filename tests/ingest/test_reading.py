"""One mail, all its files, read and recognised, with the real readers in the real cage."""

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from dossier import Attachment, Message, Reading, Role, UnreadCause
from ingest.cage import Cage
from ingest.content import Cell, Content, Line, Table
from ingest.reading import is_secret, is_stamped_subject, read_mail, read_papers
from tests.ingest.builders import digest, envelope, my_loc


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as opened:
        yield opened


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def cover_letter() -> bytes:
    return docx(
        "UBND XÃ MỸ HÀ",
        "Số: 25/UBND-VP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "V/v đề xuất nhiệm vụ khoa học và công nghệ thuộc Chương trình 1322",
        "Kính gửi: UBND huyện Mỹ Lộc (qua Phòng Kinh tế và Hạ tầng)",
        "UBND xã Mỹ Hà đề xuất 01 nhiệm vụ. Đầu mối: Vũ Thị Hằng, điện thoại 0228 3811 204.",
        "Nơi nhận: - Như trên; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Nam",
    )


def png(width: int, height: int) -> bytes:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    return (head + struct.pack(">II", width, height)).ljust(20_000, b"\0")


def read(
    cage: Cage, *files: tuple[str, bytes], inline: bool = False, body: str = "Gửi hồ sơ."
) -> Reading:
    attachments = tuple(Attachment(name=name, raw=raw, inline=inline) for name, raw in files)
    message = Message(envelope=envelope(body=body), attachments=attachments)
    return read_mail(message, digest("mail"), my_loc(), cage)


def test_a_paper_is_read_and_recognised(cage: Cage) -> None:
    found = read(cage, ("CV 25.docx", cover_letter()))

    assert [(file.name, file.roles) for file in found.files] == [
        ("CV 25.docx", (Role.COVER_LETTER,))
    ]
    assert found.contact == "0228 3811 204"
    assert "1322" in found.call_cues
    assert found.unread == ()


def test_what_a_reader_saw_of_a_signature_reaches_the_officer(cage: Cage) -> None:
    signed = (Path(__file__).parents[1] / "papers/signed/ky_so_bi_sua.pdf").read_bytes()

    found = read(cage, ("CV 25.pdf", signed))

    [note] = [note for note in found.notes if note.startswith("“CV 25.pdf”")]
    assert "nội dung đã bị sửa" in note


def test_a_file_in_an_archive_keeps_its_way(cage: Cage) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("NV1/CV 25.docx", cover_letter())

    found = read(cage, ("Ho so.zip", packed.getvalue()))

    assert [file.name for file in found.files] == ["Ho so.zip/NV1/CV 25.docx"]


def test_the_same_bytes_twice_are_listed_twice_and_read_once(cage: Cage) -> None:
    letter = cover_letter()

    found = read(cage, ("CV 25.docx", letter), ("Copy of CV 25.docx", letter))

    assert [file.roles for file in found.files] == [(Role.COVER_LETTER,), (Role.COVER_LETTER,)]
    assert len(found.papers) == 1


def test_a_broken_file_is_unread_and_not_silence(cage: Cage) -> None:
    found = read(cage, ("Phieu.docx", b"PK\x03\x04 not a document"), ("rong.docx", b""))

    assert {gap.at.file: gap.cause for gap in found.unread}["rong.docx"] is UnreadCause.EMPTY
    assert {gap.at.file for gap in found.unread} == {"Phieu.docx", "rong.docx"}
    assert all(file.roles == (Role.UNREADABLE,) for file in found.files)


def test_a_signature_picture_is_minor_and_never_unread(cage: Cage) -> None:
    found = read(cage, ("image001.png", png(180, 60)), inline=True)

    assert [file.minor for file in found.files] == [True]
    assert found.unread == ()


@pytest.mark.parametrize("inline", [True, False])
def test_a_photographed_page_is_unread(cage: Cage, *, inline: bool) -> None:
    found = read(cage, ("IMG_01.png", png(1240, 1754)), inline=inline)

    assert [gap.cause for gap in found.unread] == [UnreadCause.SCAN]


@pytest.mark.parametrize("name", ["~$CV 25.docx", "smime.p7s", "__MACOSX/._CV.docx", "nam.vcf"])
def test_what_no_paper_lies_in_is_minor(cage: Cage, name: str) -> None:
    found = read(cage, (name, b"x" * 162))

    assert [file.minor for file in found.files] == [True]
    assert found.unread == ()


def test_a_program_is_never_opened_and_the_officer_hears_of_it(cage: Cage) -> None:
    found = read(cage, ("hoso.exe", b"MZ" + b"\0" * 200))

    assert [gap.cause for gap in found.unread] == [UnreadCause.UNSAFE]
    assert len(found.hostile) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Hồ sơ tại https://drive.google.com/drive/folders/1aZ?usp=sharing nhé",
        "Tải tại 1drv.ms/f/s!Abc",
        "https://congty-my.sharepoint.com/:f:/g/personal/abc",
        "link: https://www.fshare.vn/file/ABC",
        "https://we.tl/t-abc",
        "http://www.mediafire.com/file/x/ho_so.rar",
    ],
)
def test_a_link_to_files_elsewhere_is_seen(cage: Cage, body: str) -> None:
    assert len(read(cage, body=body).links) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Nguyễn Thị Hà - https://www.detmayhungthinh.com.vn",
        "Website: namdinh.gov.vn | Zalo: https://zalo.me/0912745330",
        "Xem https://thuvienphapluat.vn/van-ban/thong-tu-15-2022",
    ],
)
def test_a_website_in_a_signature_is_no_link_to_files(cage: Cage, body: str) -> None:
    assert read(cage, body=body).links == ()


@pytest.mark.parametrize(
    "note",
    [
        "The attachment 'Ho so.zip' was removed because it exceeds the size limit.",
        "Tệp đính kèm đã bị hệ thống thư gỡ bỏ vì lý do an toàn.",
        "Máy chủ đã xóa tệp Ho so.zip.",
    ],
)
def test_a_gateway_that_took_the_file_off_is_told_from_a_missing_file(
    cage: Cage, note: str
) -> None:
    found = read(cage, ("REMOVED.txt", note.encode()))

    assert [gap.cause for gap in found.unread] == [UnreadCause.BROKEN]


def test_a_mail_cut_short_leaves_a_doubt(cage: Cage) -> None:
    message = Message(envelope=envelope(unread=("thư bị cắt giữa chừng",)))
    found = read_mail(message, digest("mail"), my_loc(), cage)

    assert [(gap.cause, gap.reason) for gap in found.unread] == [
        (UnreadCause.OURS, "thư bị cắt giữa chừng")
    ]


def test_when_the_time_is_up_the_rest_is_our_limit_and_no_gap_of_theirs(cage: Cage) -> None:
    attachment = Attachment(name="CV.docx", raw=cover_letter())
    message = Message(envelope=envelope(), attachments=(attachment,))

    found = read_mail(message, digest("mail"), my_loc(), cage, seconds=0)

    assert [gap.cause for gap in found.unread] == [UnreadCause.OURS]


def test_papers_handed_in_are_read_like_a_mails(cage: Cage) -> None:
    files = [Attachment(name="CV 25.docx", raw=cover_letter())]

    found = read_papers(files, envelope=envelope(subject="", body=""), call=my_loc(), cage=cage)

    assert [paper.role for paper in found.papers] == [Role.COVER_LETTER]


@pytest.mark.parametrize(
    "stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "“MẬT”", "Độ mật: TỐI MẬT", "Số: 12/BC-UBND-M"]
)
def test_a_stamp_at_the_head_is_a_state_secret(stamp: str) -> None:
    lines = (Line(text="UBND XÃ MỸ HÀ", spot="đoạn 1"), Line(text=stamp, spot="đoạn 2"))

    assert is_secret(Content(items=lines))


def test_a_stamp_in_a_cell_is_seen() -> None:
    cell = Cell(text="UBND XÃ MỸ HÀ\nMẬT", row=0, column=0)

    assert is_secret(Content(items=(Table(cells=(cell,), spot="bảng 1"),)))


def test_a_stamp_on_a_later_papers_head_is_seen() -> None:
    text = tuple(Line(text=f"Dòng {number}", spot="") for number in range(40))
    page = Line(text="BÁO CÁO", spot="trang 2", new_page=True)

    assert is_secret(Content(items=(*text, page, Line(text="TỐI MẬT", spot="trang 2"))))


@pytest.mark.parametrize(
    "words",
    [
        "Bí mật kinh doanh của công ty",
        "Mật độ xây dựng",
        "MẬT ONG MỸ LỘC",
        "Mật",
        "Số: 25/CV-ML",
        "Chế biến mật ong",
    ],
)
def test_ordinary_words_are_no_stamp(words: str) -> None:
    assert not is_secret(Content(items=(Line(text=words, spot="đoạn 1"),)))


def test_a_stamp_word_deep_in_the_text_is_no_stamp() -> None:
    text = tuple(Line(text=f"Dòng {number}", spot="") for number in range(40))

    assert not is_secret(Content(items=(*text, Line(text="MẬT", spot="đoạn 41"))))


@pytest.mark.parametrize(
    ("subject", "secret"),
    [("[MẬT] Báo cáo", True), ("TUYỆT MẬT: kế hoạch", True), ("MẬT ONG MỸ LỘC", False)],
)
def test_a_subject_may_bear_the_stamp(subject: str, *, secret: bool) -> None:
    assert is_stamped_subject(subject) is secret


def test_rubbish_under_a_papers_name_is_a_broken_paper(cage: Cage) -> None:
    found = read(cage, ("Phieu 1.docx", bytes(range(256)) * 8))

    assert [gap.cause for gap in found.unread] == [UnreadCause.BROKEN]


def test_a_file_beyond_any_dossier_is_left_to_a_person(cage: Cage) -> None:
    found = read(cage, ("phieu.txt", b"1. Muc tieu\n" * 6_001))

    assert [gap.cause for gap in found.unread] == [UnreadCause.OURS]
