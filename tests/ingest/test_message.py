"""A mail's bytes become a message, whatever they are."""

import json
import random
import re
import time
from datetime import UTC, datetime
from typing import Any

import mailparser
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dossier import Address, ReceivedSource
from ingest.message import NO_SENDER, OUR_OWN_READING, SEVERAL_SENDERS, parse
from ingest.mime import Left, Repair
from tests.ingest.mails import (
    DOCX,
    LETTERS,
    RECEIVED,
    file_part,
    letter,
    mail,
    mixed,
    read,
    text_part,
)

NAMES: dict[str, dict[str, str]] = json.loads((LETTERS / "names.json").read_text(encoding="utf-8"))

# ------------------------------------------------------------------ names


@pytest.mark.parametrize("name", NAMES)
def test_every_way_to_write_a_vietnamese_name_is_read(name: str) -> None:
    found = letter(f"names/{name}.eml")

    assert {
        "file": [one.name for one in found.attachments],
        "subject": found.envelope.subject,
        "sender": found.envelope.sender.name,
    } == NAMES[name] | {"file": [NAMES[name]["file"]]}


@pytest.mark.parametrize("name", NAMES)
def test_an_awkward_name_is_no_reason_to_call_an_officer(name: str) -> None:
    found = letter(f"names/{name}.eml")

    assert (found.envelope.notes, found.envelope.unread) == ((), ())


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="C«ng v¨n ®Ò xuÊt.doc"', "Công văn đề xuất.doc"),
        ('attachment; filename="Phi%E1%BA%BFu 1.docx"', "Phiếu 1.docx"),
        ('attachment; filename="Phi&#7871;u 1.docx"', "Phiếu 1.docx"),
        ('attachment filename="Phiếu 1.docx"', "Phiếu 1.docx"),
        ('attachment; filename="Mẫu "A" 1322.docx"', 'Mẫu "A" 1322.docx'),
        ("attachment; filename*=unknown-8bit''Phi%E1%BA%BFu.docx", "Phiếu.docx"),
        ("attachment; filename*=Giá 'A' và 'B'.docx", "Giá 'A' và 'B'.docx"),
    ],
)
def test_names_that_break_every_rule_are_read_all_the_same(disposition: str, name: str) -> None:
    found = read(mixed(text_part(), file_part(Content_Disposition=disposition)))

    assert [one.name for one in found.attachments] == [name]


def test_raw_octets_of_the_old_tcvn_fonts_in_a_name_are_read() -> None:
    raw = mixed(text_part(), file_part("@@")).encode()

    found = read(raw.replace(b"@@", "C«ng v¨n ®Ò xuÊt.doc".encode("latin-1")))

    assert [one.name for one in found.attachments] == ["Công văn đề xuất.doc"]


def test_a_name_that_hides_its_ending_is_shown_in_its_true_order_with_a_note() -> None:
    found = read(mixed(text_part(), file_part("phieu\u202efdp.exe")))

    assert [(one.name, one.notes) for one in found.attachments] == [
        ("phieufdp.exe", (Repair.TURNED_NAME,))
    ]


def test_nameless_files_get_a_name_to_speak_of_them() -> None:
    pdf = file_part("", b"%PDF-1.4 a", content_type="application/pdf")
    other = file_part("", b"%PDF-1.4 b")

    found = read(mixed(text_part(), pdf, other))

    assert [(one.name, one.raw) for one in found.attachments] == [
        ("tệp không tên 1.pdf", b"%PDF-1.4 a"),
        ("tệp không tên 2", b"%PDF-1.4 b"),
    ]


# ------------------------------------------------------------------ files

FOUND_WHOLE = sorted(
    path.stem
    for path in (LETTERS / "edges").glob("*.eml")
    if path.stem.partition("_")[0] not in {"03", "28", "31", "34", "35", "36", "47", "48"}
)


@pytest.mark.parametrize("name", FOUND_WHOLE)
def test_no_broken_structure_costs_the_document(name: str) -> None:
    found = letter(f"edges/{name}.eml")

    assert DOCX in [one.raw for one in found.attachments]


@pytest.mark.parametrize(
    ("name", "notes", "unread"),
    [
        ("01_ok", (), ()),
        ("02_no_close_boundary", (), (Left.CUT,)),
        ("06_nested_rfc822_base64", (Repair.DECODED_MAIL,), ()),
        ("07_eml_as_octet_stream", (Repair.DECODED_MAIL,), ()),
        ("08_uuencode_inline_body", (Repair.UUENCODED,), ()),
        ("16_wrong_boundary", (Repair.BOUNDARY,), ()),
        ("32_partial", (), (Left.FRAGMENT,)),
        ("38_from_missing", (NO_SENDER,), ()),
        ("39_two_from", (SEVERAL_SENDERS,), ()),
        ("48_yenc", (), (Left.YENC,)),
        ("51_header_fold_no_ws", (Repair.HEADER_FOLD,), ()),
    ],
)
def test_what_was_mended_or_left_is_said(
    name: str, notes: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    found = letter(f"edges/{name}.eml").envelope

    assert (found.notes, found.unread) == (notes, unread)


def test_a_footer_below_a_file_is_no_part_of_it() -> None:
    found = letter("edges/47_b64_ads_after_pad.eml")

    assert [one.raw for one in found.attachments] == [DOCX + b"z"]


def test_a_file_cut_short_comes_as_far_as_it_goes() -> None:
    found = letter("edges/03_truncated_b64.eml")

    assert [DOCX.startswith(one.raw) for one in found.attachments] == [True]
    assert found.envelope.unread == (Left.CUT,)


def test_an_inner_closing_line_forgotten_is_no_cut() -> None:
    raw = mail("Xã gửi hồ sơ.", html="<p>Xã gửi hồ sơ.</p>").replace("--aa--\n", "")
    inner = raw[raw.index("Content-Type: multipart") :]

    found = read(mixed(inner, file_part()))

    assert (found.envelope.body, found.envelope.unread) == ("Xã gửi hồ sơ.", ())
    assert [one.raw for one in found.attachments] == [DOCX]


def test_base64_that_forgot_to_say_so_is_decoded() -> None:
    found = read(mixed(text_part(), file_part(Content_Transfer_Encoding="7bit")))

    assert [one.raw for one in found.attachments] == [DOCX]


def test_a_file_said_to_be_base64_but_sent_as_it_is_stays_as_it_is() -> None:
    part = (
        'Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64\n\n%PDF-1'
    )

    found = read(mixed(text_part(), part))

    assert [one.raw for one in found.attachments] == [b"%PDF-1"]


def test_parts_after_the_closing_line_are_found() -> None:
    raw = mixed(text_part()) + f"--bb\n{file_part()}\n--bb--\n"

    found = read(raw)

    assert [one.raw for one in found.attachments] == [DOCX]
    assert found.envelope.notes == (Repair.AFTER_END,)


def test_a_line_without_colon_in_the_header_does_not_hide_the_files() -> None:
    raw = mixed(text_part(), file_part()).replace("Subject:", "garbage line\nSubject:")

    found = read(raw)

    assert [one.raw for one in found.attachments] == [DOCX]
    assert found.envelope.subject == "Hồ sơ đề xuất"


def test_blank_lines_before_the_header_are_no_header() -> None:
    found = read("\n\n" + mixed(text_part(), file_part()))

    assert [one.raw for one in found.attachments] == [DOCX]
    assert found.envelope.sender.address == "xamythang@namdinh.gov.vn"


def test_files_of_a_forwarded_mail_carry_the_way_to_them() -> None:
    inner = mixed(text_part("Gửi huyện giúp anh."), file_part("1. CV.docx"), boundary="cc")
    part = f'Content-Type: message/rfc822; name="FW_ Ho so.eml"\n\n{inner}'

    found = read(mixed(text_part("Em gửi phòng."), part))

    assert [one.name for one in found.attachments] == ["FW_ Ho so.eml/1. CV.docx"]
    assert found.envelope.body == "Em gửi phòng."
    assert found.envelope.quoted.endswith("Gửi huyện giúp anh.")


def test_a_nameless_forwarded_mail_is_called_by_its_subject() -> None:
    inner = mixed(text_part(), file_part(), boundary="cc", Subject="Fw: hồ sơ 1/2")

    found = read(mixed(text_part(), f"Content-Type: message/rfc822\n\n{inner}"))

    assert [one.name for one in found.attachments] == ["Fw: hồ sơ 1_2.eml/a.docx"]


def test_a_forwarded_mail_without_any_name_is_counted() -> None:
    inner = mixed(text_part(), file_part(), boundary="cc", Subject="")

    found = read(mixed(text_part(), f"Content-Type: message/rfc822\n\n{inner}"))

    assert [one.name for one in found.attachments] == ["thư chuyển tiếp 1.eml/a.docx"]


def test_a_chain_of_forwards_keeps_its_innermost_file() -> None:
    raw = mixed(text_part(), file_part(), boundary="z0")
    for step in range(1, 40):
        part = f'Content-Type: message/rfc822; name="f{step}.eml"\n\n{raw}'
        raw = mixed(text_part(), part, boundary=f"z{step}")

    found = read(raw)

    assert [one.raw for one in found.attachments] == [DOCX]
    assert found.envelope.unread == ()


def test_a_mail_nested_beyond_reason_says_that_it_was_not_read() -> None:
    raw = mixed(text_part(), file_part(), boundary="z0")
    for step in range(1, 600):
        kind = f'Content-Type: multipart/mixed; boundary="z{step}"'
        raw = f"{kind}\n\n--z{step}\n{raw}\n--z{step}--\n"

    found = read("From: a@b.vn\n" + raw)

    assert found.envelope.unread == (Left.DEPTH,)
    assert found.envelope.sender == Address("a@b.vn")


def test_a_mail_of_too_many_parts_says_that_it_was_not_read() -> None:
    found = read(mixed(*[text_part("a")] * 2100, file_part()))

    assert found.envelope.unread == (Left.PARTS,)


def picture(name: str, **headers: str) -> str:
    return file_part(name, b"\x89PNG", content_type="image/png", **headers)


def test_a_picture_in_the_text_is_told_from_one_attached() -> None:
    html = '<p>Ảnh: <img src="cid:logo@x"></p>'
    parts = (
        f"Content-Type: text/html; charset=utf-8\n\n{html}",
        picture("logo.png", Content_ID="<logo@x>"),
        picture("trang.png", Content_Disposition='inline; filename="trang.png"'),
        picture("anh.png", Content_ID="<other@x>"),
        file_part("cv.pdf", b"%PDF-1", Content_Disposition='inline; filename="cv.pdf"'),
    )

    found = read(mixed(*parts))

    assert {one.name: one.inline for one in found.attachments} == {
        "logo.png": True,
        "trang.png": True,
        "anh.png": False,
        "cv.pdf": False,
    }


def test_a_hostile_name_of_a_character_set_costs_nothing() -> None:
    part = text_part("@@").replace("utf-8", '"utf\0-8"').encode()
    raw = (
        mixed("@part@", file_part()).encode().replace(b"@part@", part.replace(b"@@", "Xã".encode()))
    )

    found = read(raw)

    assert (found.envelope.body, [one.raw for one in found.attachments]) == ("Xã", [DOCX])


CASES = {
    "002-phong-nnptnt-file-roi-01": [
        "96_NNPTNT_De xuat NV KHCN.pdf",
        "Bảng tổng hợp NV KHCN 2025.xlsx",
        "Phieu 1 - TXNG.docx",
        "Phieu 2 - TCVN hoa cay canh.docx",
    ],
    "010-xa-my-ha-to-trinh-3-nhiem-vu-01": [
        "1. To trinh 14.pdf",
        "2. Bang tong hop.docx",
        "3.1 Phieu mo hinh diem.docx",
        "3.2 Phieu 5S moc nhom kinh.docx",
        "3.3 Phieu co che HKD.docx",
        "4.1 Cam ket HTX.pdf",
        "4.2 Cam ket Ha Loc.pdf",
        "4.3 CV Song Chau.pdf",
    ],
    "024-hoi-ccb-trong-dia-chi-kinh-phi-01": [
        "cong van va bang tong hop CCB.docx",
        "phieu de xuat CCB.docx",
    ],
    "034-cty-duoc-lieu-link-drive-01": ["CV 19 Duoc lieu Thien Truong.pdf"],
    "041-phong-tu-phap-bao-cao-khong-01": ["CV 28 Tu phap.pdf"],
    "045-cty-thuy-san-ba-thu-01": ["CV 22 Loc Ha.pdf", "Bang tong hop Loc Ha.xlsx"],
    "045-cty-thuy-san-ba-thu-02": ["Phieu 1 ISO 22000.docx"],
    "045-cty-thuy-san-ba-thu-03": ["Phieu 2 phi le.docx"],
    "b005-ooo-en-exchange-01": [],
    "b101-question-about-the-call-01": [],
    "b201-rfc2231-continuations-01": [
        "1. CV 31 - đề xuất nhiệm vụ 1322.docx",
        "2. Bảng tổng hợp đề xuất.xlsx",
        "3. Phiếu đề xuất.docx",
        "4. Cam kết của TNHH Cơ khí Hà Phát.docx",
    ],
    "b209-forward-nested-rfc822-01": [
        "FW_ Ho so 1322 ban cuoi.eml/CV moi cua huyen.docx",
        "FW_ Ho so 1322 ban cuoi.eml/Ho so 1322 ban cuoi.eml/1. CV 09 - đề xuất nhiệm vụ 1322.docx",
        "FW_ Ho so 1322 ban cuoi.eml/Ho so 1322 ban cuoi.eml/2. Bảng tổng hợp đề xuất.xlsx",
        "FW_ Ho so 1322 ban cuoi.eml/Ho so 1322 ban cuoi.eml/3. Phiếu đề xuất.docx",
    ],
    "b314-injection-names-and-titles-01": [
        "1. CV 07 - đề xuất nhiệm vụ 1322.docx",
        "2. Bảng tổng hợp <img src=x onerror=alert(3)>.xlsx",
        "3. Phiếu Bcc: victim@example.com X: ../../đề xuấtcod.exe.docx",
    ],
    "b408-supplement-in-time-without-code-01": [
        "1. CV 45 - đề xuất nhiệm vụ 1322.docx",
        "2. Bảng tổng hợp đề xuất.xlsx",
        "3.1 Phiếu đề xuất nhiệm vụ 1.docx",
        "3.2 Phiếu đề xuất nhiệm vụ 2.docx",
    ],
    "b408-supplement-in-time-without-code-02": ["4. Cam kết của cổ phần May Lộc An.docx"],
}


@pytest.mark.parametrize("case", CASES)
def test_every_file_of_a_real_shape_of_mail_is_found_by_its_name(case: str) -> None:
    found = letter(f"cases/{case}.eml")

    assert [one.name for one in found.attachments] == CASES[case]
    assert (found.envelope.unread, found.envelope.notes) == (
        (),
        (Repair.TURNED_NAME,) if case.startswith("b314") else (),
    )


# ------------------------------------------------------------------ header


def test_no_decoded_value_can_become_a_header_line() -> None:
    envelope = letter("cases/b314-injection-names-and-titles-01.eml").envelope

    values = [envelope.subject, envelope.sender.name, *(value for _, value in envelope.headers)]

    assert envelope.subject == "Hồ sơ 1322 Bcc: all@namdinh.gov.vn <script>alert(2)</script>"
    assert envelope.sender.name == "=cmd|' /C calc'!A0 Bcc: all@namdinh.gov.vn"
    assert [value for value in values if len(value.splitlines()) > 1] == []


def test_the_envelope_tells_who_wrote_when_about_what_and_in_answer_to_what() -> None:
    envelope = read(
        mail(
            From="=?UTF-8?B?VUJORCB4w6MgTeG7uSBIw6A=?= <xamyha@namdinh.gov.vn>",
            Cc="a@example.vn, B <b@example.vn>",
            Reply_To="vanthu@namdinh.gov.vn",
            Return_Path="<xamyha@namdinh.gov.vn>",
            In_Reply_To="<hs.1322-2025-0001.1.92e6@namdinh.gov.vn>",
            References="<0@x> <hs.1322-2025-0001.1.92e6@namdinh.gov.vn>",
        )
    ).envelope

    assert envelope.sender == Address("xamyha@namdinh.gov.vn", "UBND xã Mỹ Hà")
    assert envelope.cc == (Address("a@example.vn"), Address("b@example.vn", "B"))
    assert envelope.answer_to == Address("vanthu@namdinh.gov.vn")
    assert envelope.return_path == "xamyha@namdinh.gov.vn"
    assert envelope.sent_at == datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
    assert envelope.message_id == "<1@namdinh.gov.vn>"
    assert envelope.in_reply_to == ("<hs.1322-2025-0001.1.92e6@namdinh.gov.vn>",)
    assert envelope.references == ("<0@x>", "<hs.1322-2025-0001.1.92e6@namdinh.gov.vn>")
    assert (envelope.received_at, envelope.received_source) == (RECEIVED, ReceivedSource.GIVEN)


def test_the_null_sender_is_told_from_no_envelope_sender_at_all() -> None:
    machine, ordinary = read(mail(Return_Path="<>")), read(mail())

    assert (machine.envelope.return_path, ordinary.envelope.return_path) == ("", None)


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("foo <foo@bar.com", "foo@bar.com"),
        ("UBND xã, Mỹ Thắng <xa@example.vn>", "xa@example.vn"),
        ("xa@example.vn (UBND xã)", "xa@example.vn"),
        ("MAILER-DAEMON", ""),
        ("", ""),
    ],
)
def test_a_sender_written_wrongly_is_read_as_far_as_it_goes(field: str, address: str) -> None:
    assert read(mail(From=field)).envelope.sender.address == address


def test_where_mail_parser_stumbles_our_own_reading_takes_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(_raw: bytes) -> Any:  # noqa: ANN401 -- the library's own signature
        raise AttributeError

    monkeypatch.setattr(mailparser, "parse_from_bytes", stumble)

    envelope = read(mail()).envelope

    assert envelope.notes == (OUR_OWN_READING,)
    assert envelope.sender == Address("xamythang@namdinh.gov.vn", "UBND xã Mỹ Thắng")
    assert envelope.to == (Address("phongkthtmyloc@namdinh.gov.vn"),)
    assert envelope.subject == "Hồ sơ đề xuất"
    assert envelope.sent_at == datetime(2024, 3, 20, 2, 0, tzinfo=UTC)


def test_nobodys_words_come_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    envelope = read(mail(Subject="=?UTF-8?B?SOG;duG7pSB?= =?x?B?IE3hu7kgVGjh?=")).envelope

    assert (bool(envelope.subject), caplog.records) == (True, [])


def test_a_time_of_receipt_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        parse(b"", received_at=datetime(2024, 3, 20), source=ReceivedSource.GIVEN)  # noqa: DTZ001 -- the fault


# ------------------------------------------------------------------ words


def test_the_plain_words_are_preferred_to_the_same_in_html() -> None:
    found = read(mail("Xã gửi hồ sơ.", html="<p>Xã gửi <b>hồ sơ</b>.</p>"))

    assert (found.envelope.body, found.attachments) == ("Xã gửi hồ sơ.", ())


def test_html_alone_becomes_text_without_its_scripts_and_styles() -> None:
    html = (
        "<html><head><style>p {color: red}</style><title>x</title></head><body>"
        "<p>Kính gửi&nbsp;phòng,</p><script>alert(1)</script><!-- <p>ẩn</p> -->"
        "<div>Xã <b>Mỹ</b> Thắng<br>gửi 1 &lt; 2</div></body></html>"
    )

    assert read(mail("", html=html)).envelope.body == ("Kính gửi phòng,\nXã Mỹ Thắng\ngửi 1 < 2")


def test_a_stub_that_asks_for_an_html_reader_is_not_the_mail() -> None:
    html = "<p>Công ty gửi hồ sơ đề xuất nhiệm vụ, gồm công văn, bảng tổng hợp và phiếu.</p>" * 5

    assert read(mail("Xem bản HTML.", html=html)).envelope.body.startswith("Công ty gửi hồ sơ")


def test_words_their_writer_indented_are_the_writers() -> None:
    html = (
        '<p>Gồm:</p><blockquote style="margin: 0 0 0 40px; border: none;">Công văn</blockquote>'
        "<blockquote>thư cũ</blockquote>"
    )

    found = read(mail("", html=html)).envelope

    assert (found.body, found.quoted) == ("Gồm:\nCông văn", "> thư cũ")


@pytest.mark.parametrize(
    "link",
    [
        "https://drive.google.com/drive/folders/1aZ",
        (
            "https://apc01.safelinks.protection.outlook.com/?url="
            "https%3A%2F%2Fdrive.google.com%2Fdrive%2Ffolders%2F1aZ&data=05"
        ),
        "https://www.google.com/url?q=https://drive.google.com/drive/folders/1aZ&sa=D",
    ],
)
def test_a_link_behind_words_stands_in_the_body(link: str) -> None:
    html = f'<p>Hồ sơ ở <a class=x href="{link}">đây</a></p>'

    for plain in ("Hồ sơ ở đây", ""):
        body = read(mail(plain, html=html)).envelope.body

        assert "https://drive.google.com/drive/folders/1aZ" in re.split(r"[\s<>]+", body)


def test_a_link_in_the_quoted_part_stays_out_of_the_body() -> None:
    html = (
        "<p>Xã gửi bổ sung.</p><div>Vào Th 4, 20 thg 3, 2024 lúc 10:15 PKT đã viết:</div>"
        '<blockquote><a href="https://myloc.vn/mau">mẫu</a></blockquote>'
    )
    plain = "Xã gửi bổ sung.\n\nVào Th 4, 20 thg 3, 2024 lúc 10:15 PKT đã viết:\n> mẫu"

    assert read(mail(plain, html=html)).envelope.body == "Xã gửi bổ sung."


def test_soft_line_breaks_are_joined() -> None:
    raw = mail("Xã gửi \nhồ sơ.\nTrân trọng.").replace("utf-8", "utf-8; format=flowed")

    assert read(raw).envelope.body == "Xã gửi hồ sơ.\nTrân trọng."


def test_utf8_is_read_as_utf8_whatever_the_mail_says() -> None:
    raw = mail("Xã Mỹ Thắng").replace("charset=utf-8", "charset=iso-8859-1")

    assert read(raw).envelope.body == "Xã Mỹ Thắng"


def test_vietnamese_windows_text_is_read_even_when_called_western() -> None:
    raw = mail("@@").replace("charset=utf-8", "charset=windows-1252").encode()

    found = read(raw.replace(b"@@", "Xa\u0303 My\u0303 Th\u0103\u0301ng".encode("cp1258")))

    assert found.envelope.body == "Xã Mỹ Thắng"


TRAILS = {
    "Gmail, Vietnamese": (
        "Vào Th 4, 20 thg 3, 2024 vào lúc 10:15 Phòng KT\n<p@x.vn> đã viết:\n\n> Thiếu phiếu."
    ),
    "Gmail, English": "On Wed, Mar 20, 2024 at 10:15 AM P <p@x.vn>\nwrote:\n\n> Thiếu phiếu.",
    "Thunderbird": "On 20/03/2024 10:15, P wrote:\n> Thiếu phiếu.",
    "Apple, Vietnamese": "Vào 10:15, Th 4, 20 thg 3, 2024 P <p@x.vn> đã viết:\n\nThiếu phiếu.",
    "Zimbra": "----- Original Message -----\nFrom: P\nSent: Wed\nSubject: x\n\nThiếu phiếu.",
    "Outlook, Vietnamese": (
        "________________________________\nTừ: P <p@x.vn>\nĐã gửi: Thứ Tư\nTới: UBND\n"
        "Chủ đề: x\n\nThiếu phiếu."
    ),
    "Outlook, English": "From: P <p@x.vn>\nSent: Wednesday\nTo: UBND\nSubject: x\n\nThiếu phiếu.",
    "Outlook, bold": "*From:* P\n*Sent:* Wednesday\n*To:* UBND\n*Subject:* x\n\nThiếu phiếu.",
    "old Gmail": "2024-03-20 10:15 GMT+07:00 P <p@x.vn>:\n\n> Thiếu phiếu.",
}


@pytest.mark.parametrize("trail", TRAILS.values(), ids=TRAILS.keys())
def test_what_was_written_before_is_not_what_the_sender_writes_now(trail: str) -> None:
    found = read(mail(f"Xã gửi bổ sung phiếu.\n\n{trail}", Subject="Re: Hồ sơ")).envelope

    assert found.body == "Xã gửi bổ sung phiếu."
    assert found.quoted.endswith("Thiếu phiếu.")


def test_answers_between_the_quoted_lines_are_the_senders() -> None:
    words = "On 20/03/2024, P wrote:\n> Thiếu phiếu.\nĐã gửi kèm.\n> Thiếu cam kết.\nGửi sau."

    found = read(mail(words, Subject="Re: Hồ sơ")).envelope

    assert found.body == "Đã gửi kèm.\nGửi sau."


def test_words_that_only_look_like_a_trail_stay() -> None:
    words = "Từ: 01/2025\nĐến: 12/2026\nNgày 20/3 xã đã viết công văn như sau:\nKính đề nghị."

    assert read(mail(words)).envelope.body == words


FORWARDS = {
    "Gmail": "---------- Forwarded message ---------\nFrom: A\nDate: Wed\nSubject: x\nTo: B",
    "Gmail, Vietnamese": "---------- Thư chuyển tiếp ----------\nTừ: A\nNgày: x\nTới: B\nChủ đề: x",
    "Apple": "Begin forwarded message:\n\nFrom: A\nSubject: x\nDate: y\nTo: B",
    "Outlook": "________________________________\nFrom: A\nSent: Wed\nTo: B\nSubject: x",
    "Zimbra": "----- Forwarded Message -----\nFrom: A\nTo: B\nSent: Wed\nSubject: x",
}


@pytest.mark.parametrize("block", FORWARDS.values(), ids=FORWARDS.keys())
def test_what_is_forwarded_is_what_the_sender_wants_read(block: str) -> None:
    words = (
        f"Kính chuyển.\n\n{block}\n\nXã không có đề xuất.\n\nOn 1/3/2024, P wrote:\n> Công văn mời."
    )

    found = read(mail(words, Subject="Fwd: Hồ sơ")).envelope

    assert found.body.startswith("Kính chuyển.")
    assert found.body.endswith("Xã không có đề xuất.")
    assert found.quoted.endswith("> Công văn mời.")


def test_a_delivery_report_shows_its_type_and_its_words() -> None:
    report = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.vn\n\nAction: failed"
    returned = "Content-Type: text/rfc822-headers\n\nMessage-ID: <hs.1@namdinh.gov.vn>"
    raw = mixed(text_part("Không gửi được."), report, returned)

    found = read(raw.replace("multipart/mixed", "multipart/report; report-type=delivery-status"))

    assert found.attachments == ()
    assert found.envelope.content_type == "multipart/report"
    assert found.envelope.part_types == (
        "multipart/report",
        "text/plain",
        "message/delivery-status",
        "text/rfc822-headers",
    )
    assert "Message-ID: <hs.1@namdinh.gov.vn>" in found.envelope.quoted.splitlines()


def test_a_report_somebody_forwards_does_not_make_the_mail_a_report() -> None:
    inner = mixed("Content-Type: message/delivery-status\n\nAction: failed", boundary="cc")

    found = read(mixed(text_part(), f"Content-Type: message/rfc822\n\n{inner}"))

    assert found.envelope.part_types == ("multipart/mixed", "text/plain", "message/rfc822")


# ------------------------------------------------------------------ anything

ALL = sorted((LETTERS).glob("*/*.eml"))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(min_value=0, max_value=2**32), cuts=st.integers(min_value=1, max_value=20))
@example(seed=1, cuts=1)
def test_no_mutation_of_a_mail_makes_reading_it_fail(seed: int, cuts: int) -> None:
    draw = random.Random(seed)  # noqa: S311 -- repeatable mutation, no secret
    raw = bytearray(draw.choice(ALL).read_bytes()[:20_000])
    for _ in range(cuts):
        at = draw.randrange(len(raw) + 1)
        length = draw.randrange(1, 40)
        raw[at : at + length] = draw.choice(
            (
                b"",
                b"\r\n",
                b"\n\n",
                b'"',
                b"=?utf-8?b?",
                b"\xff\x00",
                draw.randbytes(length),
                bytes(raw[draw.randrange(len(raw) + 1) :][:length]),
            )
        )

    found = read(bytes(raw))

    assert [one for one in found.envelope.headers if len(one[1].splitlines()) > 1] == []


@given(raw=st.binary(max_size=2000))
def test_no_bytes_at_all_make_reading_fail(raw: bytes) -> None:
    assert read(raw).envelope.received_at == RECEIVED


HOSTILE = {
    "comments never closed": b"From: " + b"(" * 100_000 + b"\n\n",
    "begins without ends": b"From: a@b.vn\n\n" + b"begin 644 a\n" * 50_000,
    "html comments never closed": b"Content-Type: text/html\n\n" + b"<!--" * 100_000,
    "html tags never closed": b"Content-Type: text/html\n\n" + b"<a href=" * 100_000,
    "html quotes never closed": b"Content-Type: text/html\n\n" + b"<blockquote>a" * 50_000,
    "one parameter of a megabyte": b"Content-Type: text/plain; " + b"a" * 1_000_000 + b"\n\n",
    "encoded words without end": b"Subject: " + b"=?utf-8?q?" * 50_000 + b"\n\n",
    "many headers": b"".join(b"X-%d: a\n" % number for number in range(50_000)) + b"\n",
    "a trail of markers": b"From: a@b.vn\n\n" + b"On 1 x\nFrom: x\nTo: y\n" * 8_000,
    "quotes never closed": b'Content-Type: a/b; name="' + b'"a;' * 100_000 + b"\n\n",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_mail_is_read_in_little_time(raw: bytes) -> None:
    began = time.process_time()

    found = read(raw)

    assert found.envelope.received_at == RECEIVED
    assert time.process_time() - began < 5


def test_a_mail_that_names_a_file_and_gives_none_says_that_something_is_unread() -> None:
    kind = 'multipart/mixed; boundary="bb"'
    base64 = "text/plain\nContent-Transfer-Encoding: base64"
    broken = mixed(text_part(), file_part()).replace(kind, base64, 1)

    assert read(broken).attachments == ()
    assert read(broken).envelope.unread == (Left.BOUNDARY,)
