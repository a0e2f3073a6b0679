"""Archives: names whoever packed them, and bombs."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry, entries
from tests.ingest.hostile.archives import by_hand
from tests.papers import archive

NAMES = [
    "Công văn đề xuất xã Mỹ Thắng.docx",
    "Bảng tổng hợp.xlsx",
    "Phiếu đề xuất/Phiếu đề xuất nhiệm vụ số 1.docx",
    "Cam kết doanh nghiệp.pdf",
]


def zipped(files: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        for name, raw in files.items():
            packed.writestr(name, raw)
    return held.getvalue()


def unzip(raw: bytes, allowed: Allowance | None = None) -> list[Entry]:
    return entries(raw, allowed or Allowance())


@pytest.mark.parametrize(
    "how", ["utf8flag", "utf8_noflag_mac_nfd", "cp1258", "tcvn3", "unicode_extra"]
)
def test_a_name_is_read_whoever_packed_it(how: str) -> None:
    assert [entry.name for entry in unzip(archive(f"zip_{how}.zip"))] == NAMES


def test_letters_lost_for_good_stay_question_marks() -> None:
    names = [entry.name for entry in unzip(archive("zip_cp437_question.zip"))]

    assert names[0] == "Công v?n ?? xu?t x? M? Th?ng.docx"


@pytest.mark.parametrize("name", ["bomb_overlap.zip", "bomb_ratio.zip"])
def test_a_bomb_is_not_opened(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        unzip(archive(name))

    assert caught.value.cause is UnreadCause.TOO_LARGE


def test_parts_laid_over_one_another_are_refused() -> None:
    raw = zipped({"a.txt": b"a" * 50, "b.txt": b"b" * 50})
    second = raw.rindex(b"PK\1\2")
    both_at_start = raw[: second + 42] + struct.pack("<L", 0) + raw[second + 46 :]

    with pytest.raises(UnreadableError) as caught:
        unzip(both_at_start)

    assert caught.value.cause is UnreadCause.TOO_LARGE


def test_more_files_than_allowed_are_refused() -> None:
    raw = zipped({f"{number}.txt": b"" for number in range(5)})

    with pytest.raises(UnreadableError) as caught:
        unzip(raw, Allowance(entries=4))

    assert caught.value.cause is UnreadCause.TOO_LARGE


def test_an_entry_that_lies_about_its_size_is_broken() -> None:
    (entry,) = unzip(archive("liar_size.zip"))

    assert (entry.raw, entry.cause) == (b"", UnreadCause.BROKEN)


def locked(raw: bytes) -> bytes:
    """The same archive with every entry flagged as encrypted."""
    marked = bytearray(raw)
    for mark, shift in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + shift] |= 1
            at = marked.find(mark, at + 4)
    return bytes(marked)


def test_an_archive_with_a_password_says_so() -> None:
    with pytest.raises(UnreadableError) as caught:
        unzip(locked(zipped({"CV.pdf": b"%PDF"})))

    assert (caught.value.cause, caught.value.reason) == (
        UnreadCause.ENCRYPTED,
        "tệp nén đặt mật khẩu",
    )


def test_one_locked_entry_leaves_the_others_readable() -> None:
    raw = bytearray(zipped({"CV.pdf": b"%PDF", "ok.txt": b"ok"}))
    raw[raw.find(b"PK\3\4") + 6] |= 1
    raw[raw.find(b"PK\1\2") + 8] |= 1

    found = [(entry.name, entry.cause, entry.raw) for entry in unzip(bytes(raw))]

    assert found == [("CV.pdf", UnreadCause.ENCRYPTED, b""), ("ok.txt", None, b"ok")]


def test_folders_and_links_are_no_files() -> None:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        packed.mkdir("Phiếu")
        link = ZipInfo("lien-ket")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("Phiếu/1.txt", "x")

    assert [entry.name for entry in unzip(held.getvalue())] == ["Phiếu/1.txt"]


def test_what_is_no_archive_is_broken() -> None:
    with pytest.raises(UnreadableError) as caught:
        unzip(b"PK\3\4 rubbish")

    assert caught.value.cause is UnreadCause.BROKEN


def test_a_file_without_a_name_is_a_file() -> None:
    packer = zlib.compressobj(wbits=-15)
    body = packer.compress(b"Kinh gui") + packer.flush()
    raw = by_hand((b"", body, zlib.crc32(b"Kinh gui"), 8))

    assert [(one.name, one.raw) for one in entries(raw, Allowance())] == [("", b"Kinh gui")]
