"""What Outlook wraps into winmail.dat."""

import struct

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance
from ingest.readers.tnef import entries
from tests.papers import archive

MARK = struct.pack("<IH", 0x223E9F78, 1)
VERSION, RENDERING, TITLE, FILE, CODE_PAGE = 0x9006, 0x9002, 0x8010, 0x800F, 0x9007
MAIL, ATTACHMENT = 1, 2


def attribute(level: int, name: int, raw: bytes) -> bytes:
    head = struct.pack("<BHHI", level, name, 6, len(raw))
    return head + raw + struct.pack("<H", sum(raw) & 0xFFFF)


def winmail(*files: tuple[bytes, bytes]) -> bytes:
    """The short form, in which names are of an old code page."""
    made = MARK + attribute(MAIL, VERSION, struct.pack("<I", 0x10000))
    for name, raw in files:
        made += attribute(ATTACHMENT, RENDERING, bytes(14))
        made += attribute(ATTACHMENT, TITLE, name + b"\0") + attribute(ATTACHMENT, FILE, raw)
    return made


def test_the_files_of_a_mail_come_out_under_their_names() -> None:
    found = entries(archive("winmail.dat"), Allowance())

    assert [(one.name, len(one.raw)) for one in found] == [
        ("Công văn đề xuất.docx", 38_782),
        ("Bảng tổng hợp.xlsx", 8_769),
    ]


def test_a_name_in_an_old_code_page_is_a_name_still() -> None:
    (entry,) = entries(
        winmail(("Ba\u0309ng tô\u0309ng hơ\u0323p.txt".encode("cp1258"), b"mot")), Allowance()
    )

    assert (entry.name, entry.raw) == ("Bảng tổng hợp.txt", b"mot")


def test_two_files_of_one_name_are_both_there() -> None:
    found = entries(winmail((b"CV.txt", b"mot"), (b"CV.txt", b"hai")), Allowance())

    assert [one.raw for one in found] == [b"mot", b"hai"]


def test_a_winmail_that_holds_no_file_is_not_broken() -> None:
    assert entries(winmail(), Allowance()) == []


def test_too_many_files_are_too_large() -> None:
    raw = winmail(*((b"a.txt", b"x"),) * 5)

    with pytest.raises(UnreadableError) as caught:
        entries(raw, Allowance(entries=4))

    assert caught.value.cause is UnreadCause.TOO_LARGE


def test_a_winmail_cut_off_says_that_files_may_be_missing() -> None:
    whole = winmail((b"a.txt", b"mot"), (b"b.txt", b"hai" * 100))

    found = entries(whole[:-80], Allowance())

    assert (found[0].raw, found[-1].name, found[-1].cause) == (b"mot", "", UnreadCause.BROKEN)


def test_a_damaged_winmail_is_broken() -> None:
    raw = MARK + attribute(ATTACHMENT, FILE, b"no attachment was announced")

    with pytest.raises(UnreadableError) as caught:
        entries(raw, Allowance())

    assert caught.value.cause is UnreadCause.BROKEN
