"""Archives of 7-Zip."""

from io import BytesIO

import pytest
from py7zr import SevenZipFile

from dossier import UnreadCause
from ingest.cage import Cage
from ingest.content import UnreadableError
from ingest.readers import Kind
from ingest.readers.archive import Allowance
from ingest.readers.sevenzip import entries
from tests.papers import archive


def packed(files: dict[str, bytes], password: str | None = None, *, hidden: bool = False) -> bytes:
    held = BytesIO()
    with SevenZipFile(held, "w", password=password, header_encryption=hidden) as made:
        for name, raw in files.items():
            made.writestr(raw, name)
    return held.getvalue()


def refused(raw: bytes, allowed: Allowance | None = None) -> tuple[UnreadCause, str]:
    with pytest.raises(UnreadableError) as caught:
        entries(raw, allowed or Allowance())
    return caught.value.cause, caught.value.reason


def test_every_file_has_the_name_its_author_gave_it() -> None:
    assert [(entry.name, len(entry.raw)) for entry in entries(archive("hoso.7z"), Allowance())] == [
        ("Công văn đề xuất xã Mỹ Thắng.docx", 38_782),
        ("Bảng tổng hợp.xlsx", 8_769),
        ("Phiếu đề xuất/Phiếu đề xuất nhiệm vụ số 1.docx", 38_242),
        ("Cam kết doanh nghiệp.pdf", 45_844),
    ]


def test_it_is_opened_in_the_cage_as_well() -> None:
    with Cage() as cage:
        found = cage.open(Kind.SEVEN_ZIP, archive("hoso.7z"))

    assert found == entries(archive("hoso.7z"), Allowance())


def test_two_files_of_one_name_are_both_there() -> None:
    held = BytesIO()
    with SevenZipFile(held, "w") as made:
        made.writestr(b"mot", "CV.txt")
        made.writestr(b"hai", "CV.txt")

    assert sorted(entry.raw for entry in entries(held.getvalue(), Allowance())) == [b"hai", b"mot"]


def test_an_empty_file_is_there_too() -> None:
    found = entries(packed({"CV.txt": b"x", "rỗng.txt": b""}), Allowance())

    assert [(entry.name, entry.raw) for entry in found] == [("CV.txt", b"x"), ("rỗng.txt", b"")]


@pytest.mark.parametrize("hidden", [False, True], ids=["files", "names"])
def test_an_archive_with_a_password_says_so(*, hidden: bool) -> None:
    raw = packed({"CV.txt": b"x" * 100}, "bimat", hidden=hidden)

    assert refused(raw) == (UnreadCause.ENCRYPTED, "tệp nén đặt mật khẩu")


def test_an_archive_that_was_sent_with_a_password_says_so() -> None:
    assert refused(archive("hoso_matkhau.7z"))[0] is UnreadCause.ENCRYPTED


def test_a_bomb_is_not_unpacked() -> None:
    raw = packed({"bom.txt": bytes(64 << 20)})

    assert refused(raw)[1] == "tệp nén bất thường (bung ra quá lớn) nên không mở"


def test_an_archive_of_too_many_files_is_too_large() -> None:
    raw = packed({str(number): b"x" for number in range(5)})

    assert refused(raw, Allowance(entries=4))[0] is UnreadCause.TOO_LARGE


def test_an_archive_larger_than_allowed_is_too_large() -> None:
    raw = packed({"CV.txt": bytes(range(256)) * 8_192})

    assert refused(raw, Allowance(size=1 << 20)) == (
        UnreadCause.TOO_LARGE,
        "tệp nén bung ra quá lớn (trên 1 MB)",
    )


@pytest.mark.parametrize("keep", [40, 1_000, 90_000])
def test_an_archive_cut_off_is_broken(keep: int) -> None:
    assert refused(archive("hoso.7z")[:keep])[0] is UnreadCause.BROKEN


def test_a_damaged_byte_is_noticed() -> None:
    raw = bytearray(archive("hoso.7z"))
    raw[20_000] ^= 0xFF

    assert refused(bytes(raw))[0] is UnreadCause.BROKEN
