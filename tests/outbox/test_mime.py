"""The bytes of a letter, read back by other readers."""

import email
import email.policy
import random
import re
from dataclasses import replace
from datetime import datetime
from email.header import decode_header, make_header
from email.utils import parseaddr

import mailparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import Address, Reply
from outbox.mime import UnsendableError, to_bytes
from outbox.wording import one_line
from tests.outbox.letters import CASES, reply
from tests.outbox.office import OFFICE, VIETNAM

SENDER = Address(OFFICE.mailbox, OFFICE.name)
ID = "<vt.1322-2025-0007.gaps.1.0123456789abcdef@namdinh.gov.vn>"
DATE = datetime(2024, 3, 20, 10, tzinfo=VIETNAM)
LETTER = reply(CASES["T2 đề nghị bổ sung"])
BRIEF = replace(LETTER, text="x", html="<p>x</p>")
SYLLABLES = re.split(
    " ",
    "Đề nghị bổ sung hoàn thiện hồ sơ Mỹ Lộc xã Phường Đã nhận ư ở – “ngoặc” 1322-2025 KH&CN "
    "Nguyễn Thị Ánh Tuyết, (Trưởng phòng) năng suất chất lượng [0007] ISO 9001:2015 a@b",
)


def written(letter: Reply = LETTER) -> bytes:
    return to_bytes(letter, message_id=ID, sender=SENDER, date=DATE)


def decoded(words: str) -> str:
    return str(make_header(decode_header(words)))


def subject(raw: bytes) -> str:
    return decoded(email.message_from_bytes(raw)["subject"])


def addressee(raw: bytes) -> tuple[str, str]:
    name, address = parseaddr(email.message_from_bytes(raw)["to"])
    return decoded(name), address


def phrases() -> list[str]:
    chance = random.Random(1322)  # noqa: S311 -- test words
    return [" ".join(chance.choices(SYLLABLES, k=chance.randint(1, 25))) for _ in range(400)]


def test_four_hundred_vietnamese_subjects_and_names_arrive_as_they_were_written() -> None:
    subjects = phrases()
    names = [phrase[:100].strip() for phrase in reversed(subjects)]

    raws = [
        written(replace(BRIEF, subject=said, to=Address("a@example.vn", name)))
        for said, name in zip(subjects, names, strict=True)
    ]

    addressees = [(name, "a@example.vn") for name in names]
    assert [subject(raw) for raw in raws] == subjects
    assert [addressee(raw) for raw in raws] == addressees
    others = [mailparser.parse_from_bytes(raw) for raw in raws]
    assert [mail.subject for mail in others] == subjects
    assert [mail.to for mail in others] == [[one] for one in addressees]


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(min_codepoint=33, exclude_categories=["C", "Z"]), min_size=1))
def test_any_visible_subject_arrives_as_it_was_written(words: str) -> None:
    raw = written(replace(BRIEF, subject=f"[1] {words}"))

    assert subject(raw) == one_line(f"[1] {words}")


def test_the_same_letter_is_the_same_bytes() -> None:
    assert written() == written()


def test_the_mail_is_pure_ascii_in_short_lines_ended_alike() -> None:
    raw = written()

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_mail_says_it_was_written_by_a_machine_and_answers_a_mail() -> None:
    mail = email.message_from_bytes(written())

    wanted = ("Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "In-Reply-To")
    assert [mail[name] for name in wanted] == ["auto-replied", "All", "vi", "<a1@example.vn>"]
    assert mail["References"] == "<a1@example.vn>"
    assert mail["Message-ID"] == ID
    assert mail["Date"] == "Wed, 20 Mar 2024 10:00:00 +0700"
    assert mail["Precedence"] is None


def test_both_parts_arrive_whole() -> None:
    mail = email.message_from_bytes(written(), policy=email.policy.default)

    plain, html = mail.iter_parts()
    assert mail.get_content_type() == "multipart/alternative"
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html


def test_a_long_message_id_is_folded_but_never_encoded() -> None:
    thread = tuple(f"<{'x' * 120}{n}@mail.example.vn>" for n in range(10))

    mail = email.message_from_bytes(
        written(replace(LETTER, references=thread, in_reply_to=thread[0]))
    )

    assert mail["References"].split() == list(thread)
    assert mail["In-Reply-To"] == thread[0]


def test_a_strangers_message_id_cannot_write_headers() -> None:
    raw = written(
        replace(
            LETTER, in_reply_to="<a@b>\r\nBcc: x@y.vn", references=("<c@d> e", "<ok@x>", "<é@x>")
        )
    )

    mail = email.message_from_bytes(raw)
    assert (mail["Bcc"], mail["In-Reply-To"], mail["References"]) == (None, None, "<ok@x>")


def test_a_hostile_name_cannot_write_headers() -> None:
    raw = written(replace(LETTER, to=Address("a@example.vn", 'x" <y@evil.vn>\r\nBcc: z@evil.vn')))

    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["a@example.vn"]


@pytest.mark.parametrize(
    "address", ["", "khong phai dia chi", "a@b@c", "a@b.vn\r\nBcc: c@d.vn", "ố@b.vn", "<a@b.vn>"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UnsendableError):
        written(replace(LETTER, to=Address(address)))
