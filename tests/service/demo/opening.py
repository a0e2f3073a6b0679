"""Open what the demo wrote with other people's libraries, as deep as it goes."""

import unicodedata
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import openpyxl
import pypdfium2
from docx import Document


def files(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, octets) of every file of a mail, of the mails and the archives in it."""
    for part in message_from_bytes(raw).walk():
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and (name := _name(part)):
            yield name, body
            yield from _inside(name, body)


def _inside(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(".eml"):
        yield from files(body)
    elif name.endswith(".zip"):
        try:
            with ZipFile(BytesIO(body)) as archive:
                members = [(one, one.flag_bits & 1) for one in archive.infolist()]
                for member, is_secret in members:
                    inner = b"" if is_secret else archive.read(member)
                    yield _zip_name(member.filename, member.flag_bits), inner
                    yield from _inside(member.filename, inner)
        except BadZipFile:
            return


def _zip_name(name: str, flags: int) -> str:
    if flags & 0x800 or name.isascii():
        return unicodedata.normalize("NFC", name)
    try:
        return unicodedata.normalize("NFC", name.encode("cp437").decode("utf-8"))
    except UnicodeDecodeError:
        return name


def _name(part: Message) -> str:
    for field, value in part.raw_items():
        if field.lower() == "content-disposition" and any(
            "\udc80" <= one <= "\udcff" for one in value
        ):
            bare = value.encode("ascii", "surrogateescape").decode("utf-8")
            return unicodedata.normalize("NFC", bare.partition('filename="')[2].partition('"')[0])
    found = part.get_filename()
    return unicodedata.normalize("NFC", str(make_header(decode_header(found)))) if found else ""


def words_of(raw: bytes) -> str:
    """All the words a foreign library finds in a file of an office format; raises if it cannot."""
    if raw.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(raw)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    with ZipFile(BytesIO(raw)) as archive:
        is_book = "xl/workbook.xml" in archive.namelist()
    if is_book:
        book = openpyxl.load_workbook(BytesIO(raw), data_only=True)
        return "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
    body = Document(BytesIO(raw)).element.body
    return "\n".join(str(text) for text in body.itertext())
