"""Archives cut into parts."""

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
        ("HS.7z.001", UnreadCause.UNSUPPORTED, IN_PARTS),
        ("HS.7z.003", UnreadCause.UNSUPPORTED, IN_PARTS),
    ]


def test_the_only_piece_of_an_archive_that_needed_no_cutting_is_opened(cage: Cage) -> None:
    found = unpack(sent(("HS.7z.001", WHOLE)), cage)

    assert len(found.files) == 4


def test_a_part_of_a_rar_says_what_to_send(cage: Cage) -> None:
    raw = rar(File(name="CV.pdf", raw=b"x", more_follows=True))

    assert missed(unpack(sent(("HS.part1.rar", raw)), cage)) == [
        ("HS.part1.rar", UnreadCause.UNSUPPORTED, IN_PARTS)
    ]
