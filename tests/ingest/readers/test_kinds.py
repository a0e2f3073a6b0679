"""What a file is, by its bytes."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.readers.kinds import Kind, sniff
from tests.papers import HERE, archive


def zipped(**entries: bytes) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        for name, raw in entries.items():
            packed.writestr(name, raw)
    return held.getvalue()


@pytest.mark.parametrize("path", sorted((HERE / "src").iterdir()), ids=lambda path: path.name)
def test_an_office_paper_is_known_by_its_bytes(path: Path) -> None:
    assert sniff(path.read_bytes()) == path.suffix.removeprefix(".")


def test_a_winmail_is_known() -> None:
    assert sniff(archive("winmail.dat")) is Kind.TNEF


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", Kind.EMPTY),
        (b"MZ\x90\0\x03\0\0\0", Kind.EXECUTABLE),
        (b"\x7fELF\x02\x01", Kind.EXECUTABLE),
        (b"#!/bin/sh\nrm -rf /", Kind.SCRIPT),
        (b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0", Kind.SHORTCUT),
        (b"\0" * 0x8001 + b"CD001" + b"\0" * 9, Kind.DISK_IMAGE),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind.JPG),
        (b"GIF89a", Kind.GIF),
        (b"II*\0", Kind.TIFF),
        (b"\0\0\0\x18ftypheic", Kind.HEIC),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.WEBP),
        (b"Rar!\x1a\x07\x01\0", Kind.RAR),
        (b"7z\xbc\xaf'\x1c", Kind.SEVEN_ZIP),
        (b"{\\rtf1\\ansi", Kind.RTF),
        (b"rubbish before %PDF-1.4", Kind.PDF),
        (b"<!DOCTYPE html><html></html>", Kind.HTML),
        (b"\xef\xbb\xbf  <html><body>", Kind.HTML),
        (b"From: a@b.vn\nSubject: x\nDate: Mon, 1 Jan 2024 00:00:00 +0700\n\nxin", Kind.EML),
        (b"Subject: \xc4\x91\xe1\xbb\x81 xu\xe1\xba\xa5t\n", Kind.TEXT),
        ("Kính gửi".encode(), Kind.TEXT),
        ("Kính gửi".encode("utf-16"), Kind.TEXT),
        (b"\x00\x01\x02\x03", Kind.UNKNOWN),
    ],
    ids=str,
)
def test_a_file_is_known_by_its_first_bytes(raw: bytes, kind: Kind) -> None:
    assert sniff(raw) is kind


def test_a_document_with_macros_is_told_from_one_without() -> None:
    types = (
        b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
    )
    raw = zipped(**{"[Content_Types].xml": types, "word/vbaProject.bin": b"", "word/x.xml": b""})

    assert sniff(raw) is Kind.DOCM


def test_a_java_archive_is_a_program() -> None:
    assert sniff(zipped(**{"META-INF/MANIFEST.MF": b"", "a.class": b""})) is Kind.EXECUTABLE


def test_a_plain_archive_is_a_zip() -> None:
    assert sniff(zipped(**{"CV 25.pdf": b"%PDF-"})) is Kind.ZIP


def test_a_signature_beside_a_file_is_told_from_a_signed_file() -> None:
    signed, plain = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
    alone = b"\x30\x80" + signed + b"\xa0\x80\x02\x01\x01\x31\x00\x30\x0b" + plain + b"\x31\x00"
    around = b"\x30\x80" + signed + b"\xa0\x80\x02\x01\x01\x31\x00\x30\x80" + plain + b"\xa0\x80"

    assert (sniff(alone), sniff(around)) == (Kind.P7S, Kind.P7M)
