"""Names and words survive the way each mail program writes them."""

import unicodedata
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from service.demo.draw import Draw
from service.demo.mails import Client, Letter, encoded_word, post, quoted_reply
from service.demo.papers import DOCX, Paper
from tests.service.demo.opening import files

_WHEN = datetime(2024, 3, 20, 9, 15, 30, tzinfo=timezone(timedelta(hours=7)))
_NAMES = (
    "Phiếu đề xuất nhiệm vụ KH&CN cấp quốc gia - UBND xã Mỹ Thắng.docx",
    "Phieu 1.docx",
    "Bảng tổng hợp (bản 2).docx",
)
_SUBJECT = "Hồ sơ đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322 - UBND thị trấn Mỹ Lộc"


def _letter(client: Client) -> Letter:
    papers = tuple(Paper(name=name, raw=b"PK octets", media=DOCX, roles=()) for name in _NAMES)
    return Letter(
        sender="xamythang@namdinh.gov.vn",
        name="UBND xã Mỹ Thắng",
        subject=_SUBJECT,
        text="Kính gửi phòng Kinh tế và Hạ tầng,\nĐơn vị gửi hồ sơ.\n",
        at=_WHEN,
        papers=papers,
        client=client,
        logo=True,
    )


@pytest.mark.parametrize("client", list(Client))
def test_file_names_survive_every_program(client: Client) -> None:
    mail = post(Draw("a"), _letter(client))

    found = [(name, raw) for name, raw in files(mail.raw) if raw == b"PK octets"]
    assert tuple(name for name, _raw in found) == _NAMES


@pytest.mark.parametrize("client", list(Client))
def test_subject_sender_and_words_survive_every_program(client: Client) -> None:
    mail = message_from_bytes(post(Draw("a"), _letter(client)).raw)

    plain = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    body = plain.get_payload(decode=True)
    assert str(make_header(decode_header(mail["Subject"]))) == _SUBJECT
    assert "UBND xã Mỹ Thắng" in str(make_header(decode_header(mail["From"])))
    assert isinstance(body, bytes)
    assert "Đơn vị gửi hồ sơ." in body.decode()


@pytest.mark.parametrize("client", list(Client))
def test_a_mail_has_no_line_beyond_what_a_server_takes(client: Client) -> None:
    raw = post(Draw("a"), _letter(client)).raw

    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_encoded_words_are_cut_between_letters() -> None:
    words = encoded_word(_SUBJECT)

    assert str(make_header(decode_header(words.replace("\r\n", "")))) == _SUBJECT
    assert all(len(word) <= 75 for word in words.split("\r\n "))


def test_a_reply_quotes_every_line_of_what_it_answers() -> None:
    told = quoted_reply("Em gửi ạ.", _letter(Client.GMAIL))

    assert told.split("\n")[-3:] == [
        "> Kính gửi phòng Kinh tế và Hạ tầng,",
        "> Đơn vị gửi hồ sơ.",
        "> ",
    ]


def test_apple_names_may_come_in_pieces() -> None:
    pieces = unicodedata.normalize("NFD", _NAMES[0])
    paper = Paper(name=pieces, raw=b"PK octets", media=DOCX, roles=())
    letter = Letter(
        sender="a@b.vn",
        name="",
        subject="",
        text="",
        at=_WHEN,
        papers=(paper,),
        client=Client.APPLE,
    )

    raw = post(Draw("a"), letter).raw
    assert b"%CC%A3" in raw  # a tone of its own
    assert [name for name, _raw in files(raw)] == [_NAMES[0]]
