"""Archives cut into parts."""

import struct
from collections.abc import Iterator

import pytest

from dossier import Attachment, UnreadCause
from ingest.cage import Cage
from ingest.parts import IN_PARTS, is_part, joined
from ingest.unpack import Unpacked, unpack
from tests.ingest.readers.rars import File, rar
from tests.papers import archive

WHOLE = archive("hoso.7z")
PIECES = [WHOLE[:40_000], WHOLE[40_000:80_000], WHOLE[80_000:]]


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as one:
        yield one


def sent(*files: tuple[str, bytes]) -> list[Attachment]:
    return [Attachment(name=name, raw=raw) for name, raw in files]


def missed(found: Unpacked) -> list[tuple[str, UnreadCause, str]]:
    return [(one.at.file, one.cause, one.reason) for one in found.unread]


@pytest.mark.parametrize(
    "name", ["HS.part1.rar", "HS.PART02.RAR", "HS.7z.001", "HS.zip.012", "HS.r00", "HS.z01"]
)
def test_a_part_is_known_by_its_name(name: str) -> None:
    assert is_part(name)


@pytest.mark.parametrize("name", ["HS.rar", "part1.docx", "CV.001", "HS.7z", "Phụ lục 1.rar"])
def test_a_whole_file_is_no_part(name: str) -> None:
    assert not is_part(name)


def test_the_pieces_of_one_mail_are_put_together_in_their_order(cage: Cage) -> None:
    first, second, third = PIECES
    files = sent(
        ("HS.7z.003", third), ("HS.7z.001", first), ("CV.txt", b"x"), ("HS.7z.002", second)
    )

    found = unpack(files, cage)

    assert [file.name for file in found.files] == [
        "HS.7z/Công văn đề xuất xã Mỹ Thắng.docx",
        "HS.7z/Bảng tổng hợp.xlsx",
        "HS.7z/Phiếu đề xuất/Phiếu đề xuất nhiệm vụ số 1.docx",
        "HS.7z/Cam kết doanh nghiệp.pdf",
        "CV.txt",
    ]


def test_pieces_with_one_missing_stay_apart() -> None:
    files = sent(("HS.7z.001", PIECES[0]), ("HS.7z.003", PIECES[2]))

    assert joined(files) == files


def test_a_piece_alone_says_what_to_send(cage: Cage) -> None:
    found = unpack(sent(("HS.7z.001", PIECES[0]), ("HS.7z.003", PIECES[2])), cage)

    assert missed(found) == [
        (name, UnreadCause.UNSUPPORTED, f"{IN_PARTS} (chưa có phần 2)")
        for name in ("HS.7z.001", "HS.7z.003")
    ]


def test_the_only_piece_of_an_archive_that_needed_no_cutting_is_opened(cage: Cage) -> None:
    found = unpack(sent(("HS.7z.001", WHOLE)), cage)

    assert len(found.files) == 4


def test_a_part_of_a_rar_says_what_to_send(cage: Cage) -> None:
    raw = rar(File(name="CV.pdf", raw=b"x", more_follows=True))

    assert missed(unpack(sent(("HS.part1.rar", raw)), cage)) == [
        ("HS.part1.rar", UnreadCause.UNSUPPORTED, f"{IN_PARTS} (mới có phần 1)")
    ]


def split_zip(*, size: int = 60_000) -> list[bytes]:
    """As a zip program splits: a mark, then disks; the list names disk and place of each file."""
    raw = bytearray(b"PK\x07\x08" + archive("zip_utf8flag.zip"))
    end = raw.rindex(b"PK\5\6")
    at = struct.unpack_from("<I", raw, end + 16)[0] + 4
    struct.pack_into("<2H", raw, end + 4, at // size, at // size)
    struct.pack_into("<I", raw, end + 16, at % size)
    while raw[at : at + 4] == b"PK\1\2":
        name, extra, note = struct.unpack_from("<3H", raw, at + 28)
        begins = struct.unpack_from("<I", raw, at + 42)[0] + 4
        struct.pack_into("<H", raw, at + 34, begins // size)
        struct.pack_into("<I", raw, at + 42, begins % size)
        at += 46 + name + extra + note
    return [bytes(raw[start : start + size]) for start in range(0, len(raw), size)]


def test_a_zip_split_by_its_own_program_is_put_together(cage: Cage) -> None:
    *first, last = split_zip()
    parts = [(f"HS.z{number:02}", raw) for number, raw in enumerate(first, start=1)]

    found = unpack(sent(*parts, ("HS.zip", last)), cage)

    whole = unpack(sent(("HS.zip", archive("zip_utf8flag.zip"))), cage)
    assert len(parts) >= 2
    assert found == whole


def test_a_split_zip_without_its_end_says_so(cage: Cage) -> None:
    first, second, *_ = split_zip()

    found = unpack(sent(("HS.z01", first), ("HS.z02", second)), cage)

    assert {cause for _, cause, _ in missed(found)} == {UnreadCause.UNSUPPORTED}


def test_all_parts_of_a_rar_wait_for_a_person(cage: Cage) -> None:
    parts = (
        ("HS.part1.rar", rar(File(name="CV.pdf", raw=b"x", more_follows=True))),
        ("HS.part2.rar", rar(File(name="CV.pdf", raw=b"y", follows=True))),
    )

    found = unpack(sent(*parts), cage)

    assert [reason.endswith("(đã có 2 phần)") for _, _, reason in missed(found)] == [True, True]
