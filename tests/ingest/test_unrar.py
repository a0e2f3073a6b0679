"""Packed .rar files, with each program that can unpack them."""

from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

import pytest

from dossier import UnreadCause
from ingest.cage import Cage
from ingest.programs import Programs, found
from ingest.readers import Kind
from ingest.readers.archive import Entry
from tests.ingest.readers.rars import File, rar
from tests.papers import source
from tests.programs import only

LETTER = source("01_congvan_my_thang.docx")
WORDS = "Kính gửi phòng Kinh tế\n".encode()
ARCHIVE = rar(
    File(name="Phiếu đề xuất/CV 25.docx", raw=LETTER),
    File(name="Ghi chú.txt", raw=WORDS, packed=False),
)


def opened(programs: Programs, raw: bytes) -> list[Entry]:
    with Cage(programs=programs) as cage:
        return cage.open(Kind.RAR, raw)


def test_packed_files_are_unpacked_under_the_names_their_author_saw() -> None:
    assert opened(only("unar"), ARCHIVE) == [
        Entry("Phiếu đề xuất/CV 25.docx", LETTER),
        Entry("Ghi chú.txt", WORDS),
    ]


def test_packed_files_are_unpacked_in_name_spaces_of_their_own_where_those_may_be_made() -> None:
    here = replace(only("unar"), bwrap=found().bwrap)

    assert [one.cause for one in opened(here, ARCHIVE)] == [None, None]


def test_without_a_program_the_packed_wait_as_our_own_limit() -> None:
    packed, stored = opened(Programs(), ARCHIVE)

    assert (packed.cause, packed.reason) == (
        UnreadCause.UNSUPPORTED,
        "máy chưa mở được tệp nén .rar, cán bộ sẽ mở xem",
    )
    assert stored.raw == WORDS


def test_a_program_that_does_nothing_leaves_it_our_own_limit() -> None:
    packed, _ = opened(Programs(unar="/bin/true"), ARCHIVE)

    assert packed.cause is UnreadCause.UNSUPPORTED


def test_a_packed_file_that_comes_out_otherwise_is_broken() -> None:
    (entry,) = opened(only("unar"), rar(File(name="CV.docx", raw=LETTER, checksum=1)))

    assert (entry.cause, entry.reason) == (UnreadCause.BROKEN, "tệp hỏng trong tệp nén")


@pytest.mark.parametrize("name", ["../../escaped.txt", "/escaped.txt", "a/../../escaped.txt"])
def test_no_name_becomes_a_path_outside_the_folder(name: str) -> None:
    places = (Path("/escaped.txt"), Path(gettempdir(), "escaped.txt"))

    (entry,) = opened(only("unar"), rar(File(name=name, raw=WORDS)))

    assert entry.raw in {WORDS, b""}
    assert [place for place in places if place.exists()] == []
