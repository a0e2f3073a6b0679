"""What is told of a PDF's digital signatures."""

import pytest

from dossier import Place, Signature
from ingest.cage import Cage
from ingest.readers import Kind
from ingest.readers.signatures import is_signed, notes, signatures
from tests.ingest.hostile.office import added
from tests.papers import HERE, source

WHO = "chữ ký số của “Nguyễn Văn Thưởng”, ghi lúc 02:37 ngày 23/11/2026"
STATES = {
    "ky_so_1.pdf": ["tệp còn nguyên vẹn từ khi ký"],
    "ky_so_2chuky.pdf": ["tệp còn nguyên vẹn từ khi ký"] * 2,
    "ky_so_bi_sua.pdf": ["nội dung đã bị sửa, chữ ký không còn đúng"],
    "ky_so_sua_sau.pdf": ["tệp đã bị sửa sau khi ký"],
}


def signed(name: str) -> bytes:
    return (HERE / "signed" / name).read_bytes()


@pytest.mark.parametrize(("name", "states"), STATES.items())
def test_who_signed_and_whether_the_file_is_still_what_was_signed(
    name: str, states: list[str]
) -> None:
    assert list(notes(signatures(signed(name)))) == [
        f"{WHO}: {state}; chưa xác minh người ký" for state in states
    ]


def test_the_reader_tells_it_from_inside_the_cage() -> None:
    raw = signed("ky_so_1.pdf")

    with Cage() as cage:
        content = cage.read(Kind.PDF, raw)

    assert list(content.notes) == list(notes(content.signatures))
    assert content.signatures == signatures(raw)


def test_a_file_without_a_signature_says_nothing() -> None:
    raw = source("60_congvan_my_thang.pdf")

    assert (is_signed(raw), signatures(raw)) == (False, ())


def test_a_signature_that_cannot_be_checked_is_still_told() -> None:
    raw = signed("ky_so_1.pdf")

    broken = signatures(raw[: len(raw) // 2] + b"/ByteRange /Contents")

    assert list(notes(broken)) == ["tệp có chữ ký số, máy chưa kiểm tra được"]


def test_a_signature_of_word_is_told_with_its_name_and_never_called_whole() -> None:
    part = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>'
        "<X509SubjectName>CN=Nguyễn Văn A</X509SubjectName></X509Data>"
        "<SignatureTime><Value>2024-03-12T01:10:00Z</Value></SignatureTime></Signature>"
    )
    raw = added(source("01_congvan_my_thang.docx"), "_xmlsignatures/sig1.xml", part.encode())

    with Cage() as cage:
        content = cage.read(Kind.DOCX, raw)

    assert content.signatures == (
        Signature(at=Place(""), signer="CN=Nguyễn Văn A", signed_at="2024-03-12T01:10:00Z"),
    )
