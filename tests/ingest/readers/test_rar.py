"""What is seen of a .rar without unpacking it."""

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance
from ingest.readers.rar import entries
from tests.ingest.readers.rars import File, locked_rar, rar

WORDS = "Kính gửi phòng Kinh tế\n".encode()


def refused(raw: bytes, allowed: Allowance | None = None) -> tuple[UnreadCause, str]:
    with pytest.raises(UnreadableError) as caught:
        entries(raw, allowed or Allowance())
    return caught.value.cause, caught.value.reason


def test_a_stored_file_is_read_without_any_program() -> None:
    (entry,) = entries(rar(File(name="Phiếu/CV 25.txt", raw=WORDS, packed=False)), Allowance())

    assert (entry.name, entry.raw, entry.cause) == ("Phiếu/CV 25.txt", WORDS, None)


def test_a_packed_file_waits_for_a_program_under_its_size_and_checksum() -> None:
    (entry,) = entries(rar(File(name="CV.txt", raw=WORDS, checksum=0xABC)), Allowance())

    assert (entry.cause, entry.sealed) == (UnreadCause.UNSUPPORTED, f"{len(WORDS)}:00000abc")


def test_an_archive_with_a_password_says_so() -> None:
    assert refused(rar(File(name="CV.txt", raw=WORDS, locked=True))) == (
        UnreadCause.ENCRYPTED,
        "tệp nén đặt mật khẩu",
    )


def test_an_archive_that_hides_its_names_says_so() -> None:
    assert refused(locked_rar())[0] is UnreadCause.ENCRYPTED


def test_one_locked_file_does_not_hide_the_others() -> None:
    raw = rar(
        File(name="a.txt", raw=WORDS, packed=False), File(name="b.txt", raw=WORDS, locked=True)
    )

    assert [entry.cause for entry in entries(raw, Allowance())] == [None, UnreadCause.ENCRYPTED]


def test_a_stored_file_that_is_damaged_is_broken() -> None:
    (entry,) = entries(rar(File(name="a", raw=WORDS, packed=False, checksum=1)), Allowance())

    assert (entry.raw, entry.cause) == (b"", UnreadCause.BROKEN)


def test_an_archive_cut_off_keeps_what_came() -> None:
    whole = rar(
        File(name="a.txt", raw=WORDS, packed=False), File(name="b.txt", raw=WORDS, packed=False)
    )

    found = entries(whole[: len(whole) - 20], Allowance())

    assert [(entry.name, entry.cause) for entry in found] == [
        ("a.txt", None),
        ("b.txt", UnreadCause.BROKEN),
        ("", UnreadCause.BROKEN),
    ]


def test_an_archive_cut_between_two_files_says_that_some_may_be_missing() -> None:
    second = File(name="b.txt", raw=WORDS, packed=False)
    whole = rar(File(name="a.txt", raw=WORDS, packed=False), second)

    found = entries(whole[: whole.index(b"b.txt") - 20], Allowance())

    assert [(entry.name, entry.cause) for entry in found] == [
        ("a.txt", None),
        ("", UnreadCause.BROKEN),
    ]


@pytest.mark.parametrize(
    "part",
    [
        File(name="a.pdf", raw=WORDS, more_follows=True),
        File(name="a.pdf", raw=WORDS, follows=True),
    ],
)
def test_one_part_of_several_says_what_to_send(part: File) -> None:
    cause, reason = refused(rar(part))

    assert cause is UnreadCause.UNSUPPORTED
    assert reason == (
        "một phần của tệp nén chia nhiều phần; cần đủ các phần trong một thư, hoặc gửi rời từng tệp"
    )


def test_a_link_out_of_the_archive_is_not_followed() -> None:
    raw = rar(File(name="CV.docx", raw=b"", packed=False, links_to="/etc/passwd"))

    assert refused(raw)[0] is UnreadCause.UNSAFE


def test_an_archive_of_too_many_files_is_too_large() -> None:
    raw = rar(*(File(name=str(number), raw=b"x", packed=False) for number in range(5)))

    assert refused(raw, Allowance(entries=4))[0] is UnreadCause.TOO_LARGE


def test_rubbish_behind_the_mark_is_broken() -> None:
    assert refused(b"Rar!\x1a\x07\x01\x00rubbish")[0] is UnreadCause.BROKEN
