"""From attachments to plain files."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options

from dossier import Attachment, Place, Unread, UnreadCause
from ingest.cage import Cage
from ingest.unpack import Unpacked, clean_name, unpack
from tests.ingest.readers.msgs import Attached, Mail, msg
from tests.ingest.readers.rars import File, rar
from tests.ingest.readers.test_smime import encrypted, signed
from tests.papers import HERE, archive, source
from tests.programs import only

LETTER = source("01_congvan_my_thang.docx")
MAIL = (
    b"From: a@xa.vn\r\nTo: b@huyen.vn\r\nSubject: Ho so\r\n"
    b"Date: Wed, 20 Mar 2024 09:00:00 +0700\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKinh gui phong\r\n"
    b'--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="CV.txt"\r\n\r\n'
    b"noi dung\r\n--x--\r\n"
)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as one:
        yield one


def zipped(entries: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        for name, raw in entries.items():
            packed.writestr(name, raw)
    return held.getvalue()


def opened(cage: Cage, name: str, raw: bytes) -> Unpacked:
    return unpack([Attachment(name=name, raw=raw)], cage)


def listed(found: Unpacked) -> list[tuple[str, str]]:
    return [(file.name, file.kind) for file in found.files]


def test_a_plain_file_is_itself(cage: Cage) -> None:
    (file,) = unpack([Attachment(name="CV 25.docx", raw=LETTER, inline=True)], cage).files

    assert (file.name, file.raw, file.kind, file.inline) == ("CV 25.docx", LETTER, "docx", True)
    assert file.digest == sha256(LETTER).hexdigest()


def test_a_file_in_an_archive_has_the_way_to_it(cage: Cage) -> None:
    found = opened(cage, "Ho so.zip", zipped({"Phiếu/CV 25.docx": LETTER}))

    assert listed(found) == [("Ho so.zip/Phiếu/CV 25.docx", "docx")]


def test_archives_in_archives_are_opened(cage: Cage) -> None:
    found = opened(cage, "long_nhau.zip", archive("long_nhau.zip"))

    assert listed(found) == [
        ("long_nhau.zip/HS/Hồ sơ 1.zip/Công văn đề xuất xã Mỹ Thắng.docx", "docx"),
        ("long_nhau.zip/HS/Hồ sơ 1.zip/Bảng tổng hợp.xlsx", "xlsx"),
        (
            "long_nhau.zip/HS/Hồ sơ 1.zip/Phiếu đề xuất/Phiếu đề xuất nhiệm vụ số 1.docx",
            "docx",
        ),
        ("long_nhau.zip/HS/Hồ sơ 1.zip/Cam kết doanh nghiệp.pdf", "pdf"),
        ("long_nhau.zip/HS/Hồ sơ 2.7z/Công văn đề xuất xã Mỹ Thắng.docx", "docx"),
        ("long_nhau.zip/HS/Hồ sơ 2.7z/Bảng tổng hợp.xlsx", "xlsx"),
        (
            "long_nhau.zip/HS/Hồ sơ 2.7z/Phiếu đề xuất/Phiếu đề xuất nhiệm vụ số 1.docx",
            "docx",
        ),
        ("long_nhau.zip/HS/Hồ sơ 2.7z/Cam kết doanh nghiệp.pdf", "pdf"),
    ]
    assert found.unread == ()


def test_what_lies_too_deep_is_unread(cage: Cage) -> None:
    raw = zipped({"4.txt": b"x"})
    for name in ("3.zip", "2.zip", "1.zip"):
        raw = zipped({name: raw})

    found = opened(cage, "0.zip", raw)

    assert found.files == ()
    assert found.unread == (
        Unread(
            at=Place("0.zip/1.zip/2.zip/3.zip"),
            cause=UnreadCause.TOO_LARGE,
            reason="tệp nén lồng nhau quá 3 lớp",
        ),
    )


def test_a_mail_kept_as_a_file_is_opened(cage: Cage) -> None:
    found = opened(cage, "thu.zip", zipped({"Fwd.eml": MAIL}))

    assert listed(found) == [
        ("thu.zip/Fwd.eml/nội dung thư", "text"),
        ("thu.zip/Fwd.eml/CV.txt", "text"),
    ]


def test_an_empty_file_stays_listed(cage: Cage) -> None:
    assert listed(opened(cage, "CV.docx", b"")) == [("CV.docx", "empty")]


def test_an_empty_archive_is_unread(cage: Cage) -> None:
    assert [gap.cause for gap in opened(cage, "a.zip", zipped({})).unread] == [UnreadCause.EMPTY]


def test_the_same_file_under_two_names_is_listed_twice(cage: Cage) -> None:
    found = opened(cage, "a.zip", zipped({"1.docx": LETTER, "2.docx": LETTER}))

    assert len({file.digest for file in found.files}) == 1
    assert [file.name for file in found.files] == ["a.zip/1.docx", "a.zip/2.docx"]


def test_lock_files_and_shadows_stay_listed(cage: Cage) -> None:
    raw = zipped({"~$CV.docx": b"\5An", "__MACOSX/._CV.docx": b"\0\5\x16\7", ".DS_Store": b"\0"})

    found = opened(cage, "a.zip", raw)

    assert len(found.files) == 3
    assert found.unread == ()


@pytest.mark.parametrize("name", ["chay.bat", "CV.pdf.js", "x.VBS", "lien-ket.url"])
def test_words_under_a_script_s_name_are_a_script(cage: Cage, name: str) -> None:
    assert listed(opened(cage, name, b"del /q *.*"))[0][1] == "script"


def test_a_program_under_a_paper_s_name_is_a_program(cage: Cage) -> None:
    assert listed(opened(cage, "CV 25.pdf", b"MZ\x90\0")) == [("CV 25.pdf", "exe")]


def test_a_bomb_is_unread_beyond_the_limits_so_that_its_sender_is_asked_again(cage: Cage) -> None:
    found = opened(cage, "bomb.zip", archive("bomb_ratio.zip"))

    assert [gap.cause for gap in found.unread] == [UnreadCause.TOO_LARGE]
    assert [gap.reason for gap in found.unread] == [
        "tệp nén bất thường (bung ra quá lớn) nên không mở"
    ]


def test_names_that_climb_are_tamed_and_told(cage: Cage) -> None:
    found = opened(cage, "evil.zip", archive("evil_traversal.zip"))

    assert "evil.zip/ok.txt" in [file.name for file in found.files]
    assert [file.name for file in found.files if ".." in file.name or "//" in file.name] == []
    assert found.hostile


@pytest.mark.parametrize("path", sorted((HERE / "archives").iterdir()), ids=lambda path: path.name)
def test_whatever_comes_is_a_file_or_a_reason(cage: Cage, path: object) -> None:
    found = opened(cage, str(path), archive(str(path).rpartition("/")[2]))

    assert found.files or found.unread


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("CV 25.pdf", "CV 25.pdf"),
        ("Ho so\\CV.pdf", "Ho so/CV.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Windows\\x.exe", "Windows/x.exe"),
        ("de xuat\u202ecod.exe", "de xuat_cod.exe"),
        ("a\r\nBcc: b@c.vn", "a_Bcc: b@c.vn"),
        ("=HYPERLINK(1).xlsx", "_HYPERLINK(1).xlsx"),
        ("-1 phiếu.docx", "-1 phiếu.docx"),
        ("Vie\u0323\u0302t.docx", "Việt.docx"),
        ("", "tệp không tên"),
        ("..", "tệp không tên"),
        ("a" * 300 + ".docx", "a" * 114 + "….docx"),
    ],
)
def test_a_name_is_made_safe_and_stays_itself(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_half_a_letter_in_a_name_does_no_harm() -> None:
    assert clean_name("\udc80.docx") == "_.docx"


def test_a_packed_rar_is_opened_like_a_zip(cage: Cage) -> None:
    only("unar")
    raw = rar(File(name="Phiếu/CV 25.docx", raw=LETTER))

    assert listed(opened(cage, "Phụ lục 1.rar", raw)) == [
        ("Phụ lục 1.rar/Phiếu/CV 25.docx", "docx")
    ]


def test_a_rar_cut_off_is_unread_itself_beside_what_came(cage: Cage) -> None:
    files = [File(name=name, raw=b"x" * 50, packed=False) for name in ("a.txt", "b.txt")]
    whole = rar(*files)

    found = opened(cage, "HS.rar", whole[: whole.index(b"b.txt") - 20])

    assert listed(found) == [("HS.rar/a.txt", "text")]
    assert [(one.at.file, one.cause) for one in found.unread] == [("HS.rar", UnreadCause.BROKEN)]


def test_what_winmail_wraps_is_listed_below_it(cage: Cage) -> None:
    assert listed(opened(cage, "winmail.dat", archive("winmail.dat"))) == [
        ("winmail.dat/Công văn đề xuất.docx", "docx"),
        ("winmail.dat/Bảng tổng hợp.xlsx", "xlsx"),
    ]


def test_a_mail_outlook_saved_is_opened_like_an_eml(cage: Cage) -> None:
    raw = msg(
        Mail(subject="V/v", body="Kính gửi", attached=(Attached(name="25.docx", raw=LETTER),))
    )

    assert listed(opened(cage, "Thư.msg", raw)) == [
        ("Thư.msg/nội dung thư", "text"),
        ("Thư.msg/25.docx", "docx"),
    ]


def test_a_signed_mail_is_the_mail_that_was_signed(cage: Cage) -> None:
    body = MAIL[MAIL.index(b"MIME-Version") :]

    assert listed(opened(cage, "smime.p7m", signed(body))) == [
        ("smime.p7m/nội dung thư", "text"),
        ("smime.p7m/CV.txt", "text"),
    ]


def test_a_signed_file_is_the_file_that_was_signed(cage: Cage) -> None:
    assert listed(opened(cage, "CV 25.docx.p7m", signed(LETTER))) == [
        ("CV 25.docx.p7m/CV 25.docx", "docx")
    ]


def test_an_encrypted_mail_is_unread_and_says_so(cage: Cage) -> None:
    found = opened(cage, "smime.p7m", encrypted(MAIL))

    assert [(one.at.file, one.cause) for one in found.unread] == [
        ("smime.p7m", UnreadCause.ENCRYPTED)
    ]


def test_a_signature_beside_a_file_is_a_file_of_its_own(cage: Cage) -> None:
    raw = signed(LETTER, PKCS7Options.DetachedSignature, armoured=True)

    assert listed(opened(cage, "CV.p7s", raw)) == [("CV.p7s", "p7s")]
