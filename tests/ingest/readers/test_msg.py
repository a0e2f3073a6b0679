"""Mails that Outlook saved as files."""

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers import Kind, sniff
from ingest.readers.archive import Allowance, Entry
from ingest.readers.msg import BODY, entries
from tests.ingest.readers.msgs import Attached, Mail, msg
from tests.papers import source

LETTER = source("01_congvan_my_thang.docx")


def test_its_words_and_its_files_come_out() -> None:
    raw = msg(
        Mail(
            subject="Hồ sơ đề xuất",
            body="Kính gửi phòng",
            attached=(
                Attached(name="Công văn 25.docx", raw=LETTER),
                Attached(name="Ghi chú.txt", raw=b"x"),
            ),
        )
    )

    assert sniff(raw) == Kind.MSG
    assert entries(raw, Allowance()) == [
        Entry(BODY, "Hồ sơ đề xuất\n\nKính gửi phòng".encode()),
        Entry("Công văn 25.docx", LETTER),
        Entry("Ghi chú.txt", b"x"),
    ]


def test_a_mail_without_words_is_its_files() -> None:
    raw = msg(Mail(attached=(Attached(name="a.txt", raw=b"x"),)))

    assert [one.name for one in entries(raw, Allowance())] == ["a.txt"]


def test_a_mail_with_nothing_but_a_page_says_the_pages_words() -> None:
    page = "<p>Kính gửi <b>phòng</b></p>".encode()

    (entry,) = entries(msg(Mail(subject="V/v", page=page)), Allowance())

    assert entry.raw.decode() == "V/v\n\nKính gửi phòng"


def test_a_picture_inside_the_words_is_told_from_a_file() -> None:
    raw = msg(Mail(attached=(Attached(name="image001.png", raw=b"x", inline=True),)))

    assert [one.inline for one in entries(raw, Allowance())] == [True]


def test_a_mail_in_the_mail_is_opened_too() -> None:
    inner = Mail(subject="Fwd", body="Xin gửi", attached=(Attached(name="CV.docx", raw=LETTER),))
    raw = msg(Mail(body="Kính chuyển", attached=(Attached(name="Thư của xã", mail=inner),)))

    assert [one.name for one in entries(raw, Allowance())] == [
        BODY,
        f"Thư của xã/{BODY}",
        "Thư của xã/CV.docx",
    ]


def test_mails_lying_too_deep_are_unread() -> None:
    mail = Mail(body="đáy")
    for _ in range(5):
        mail = Mail(attached=(Attached(name="thư", mail=mail),))

    assert [(one.name, one.cause) for one in entries(msg(mail), Allowance())] == [
        ("thư/thư/thư/thư", UnreadCause.TOO_LARGE)
    ]


def test_a_file_of_which_only_the_name_came_is_unread() -> None:
    raw = msg(Mail(attached=(Attached(name="lon.pdf", is_link=True),)))

    assert [(one.name, one.cause) for one in entries(raw, Allowance())] == [
        ("lon.pdf", UnreadCause.BROKEN)
    ]


def test_a_mail_cut_off_says_that_files_may_be_missing() -> None:
    raw = msg(Mail(body="x", attached=(Attached(name="CV.docx", raw=LETTER),)))
    # Its table of sectors names more of them than came.
    longer = raw[:-64] + b"\xfe\xff\xff\xff" * 16

    found = entries(longer, Allowance())

    assert [(one.name, one.cause) for one in found if one.cause] == [("", UnreadCause.BROKEN)]


def test_a_damaged_mail_is_broken() -> None:
    raw = msg(Mail(subject="x", attached=(Attached(name="CV.docx", raw=LETTER),)))

    with pytest.raises(UnreadableError) as caught:
        entries(raw[:30_000], Allowance())

    assert caught.value.cause is UnreadCause.BROKEN
