"""Older and other office files (.doc, .rtf, .odt, .xls …): what is looked at around LibreOffice.

They are read by way of .docx and .xlsx (`ingest.convert`). Before LibreOffice sees a file it is
looked through here for what would hang it; when LibreOffice made nothing of it, why.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import olefile
from lxml import etree

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.kinds import Kind
from ingest.readers.ooxml import BROKEN_ZIP, MAX_ENTRIES, MAX_PART, MAX_TOTAL

_IN_ZIP = frozenset(
    {Kind.ODT, Kind.ODS, Kind.XLSB, Kind.DOCX, Kind.DOCM, Kind.XLSX, Kind.XLSM, Kind.PPTX, Kind.ODP}
)
_IN_OLE = frozenset({Kind.DOC, Kind.XLS, Kind.PPT, Kind.WPS})
_XML = (".xml", ".rels", ".vml")
_HEAD = 4_096
_CHUNK = 1 << 16
_RTF_DEPTH = 500
"""Braces deeper than any real document nests its tables; each level costs LibreOffice stack."""
_RTF_SIZE = 120 << 20
_BYTES_FOLLOW = re.compile(rb"\\bin(\d{1,20})")
_ESCAPED = re.compile(rb"\\[{}\\]")
_BRACES = re.compile(rb"[{}]")
_OLE_HEADER = 512
_SECTOR_SHIFT = slice(30, 32)
_SECTOR_SIZES = (512, 4_096)
_TABLES, _TABLES_AT = struct.Struct("<109I"), 76
_LARGEST_SECTOR = 0xFFFFFFFA
_FREE_SECTOR = 0xFFFFFFFF
_RECORD = struct.Struct("<HH")
_FILE_PASS = 0x002F
_BOUND_SHEET = 0x0085
_ENDS_HEADERS = frozenset({0x000A, _BOUND_SHEET})
_MANY_RECORDS = 2_000


def guard(kind: str, raw: bytes) -> tuple[bool, str]:
    """Look a file through before LibreOffice gets it.

    Tells whether its end was cut off, and what to put there so that LibreOffice reads the rest.

    Raises:
        UnreadableError: it is encrypted, broken, or made to hang a reader.

    """
    if kind in _IN_ZIP:
        _guard_zip(raw)
        return False, ""
    if kind == Kind.RTF:
        depth = _guard_rtf(raw)
        return depth > 0, "}" * depth
    if kind == Kind.WORDML:
        _guard_xml(BytesIO(raw), len(raw))
        return False, ""
    return is_ole_cut(raw), ""


def blame(kind: str, raw: bytes) -> UnreadableError:
    """Why LibreOffice made nothing of a file: a password, damage, or we cannot tell."""
    if kind == Kind.XLS and _has_file_pass(raw):
        return UnreadableError(UnreadCause.ENCRYPTED, "tệp đặt mật khẩu")
    is_damaged = (
        (kind in _IN_OLE and is_ole_cut(raw))
        or (kind in _IN_ZIP and _first_bad_part(raw) is not None)
        or (kind == Kind.RTF and _guard_rtf(raw) > 0)
    )
    if is_damaged:
        return UnreadableError(UnreadCause.BROKEN, "tệp hỏng, không mở được")
    reason = "LibreOffice không mở được tệp này, cán bộ sẽ mở xem"
    return UnreadableError(UnreadCause.UNSUPPORTED, reason)


def _guard_zip(raw: bytes) -> None:
    """The guards of `ooxml.Package`, and every part of XML parsed once within libxml2's limits."""
    try:
        package = ZipFile(BytesIO(raw))
        entries = package.infolist()
        if len(entries) > MAX_ENTRIES or sum(one.file_size for one in entries) > MAX_TOTAL:
            reason = "tệp bung ra quá lớn, vượt giới hạn an toàn (200 MB)"
            raise UnreadableError(UnreadCause.TOO_LARGE, reason)
        for entry in entries:
            if entry.filename == "META-INF/manifest.xml" and _hides(package.read(entry)):
                raise UnreadableError(UnreadCause.ENCRYPTED, "tệp đặt mật khẩu")
        for entry in entries:
            if entry.filename.lower().endswith(_XML) and not entry.is_dir():
                with package.open(entry) as part:
                    _guard_xml(BytesIO(part.read(MAX_PART + 1)), entry.file_size)
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise UnreadableError(UnreadCause.ENCRYPTED, "tệp đặt mật khẩu") from error
    except (*BROKEN_ZIP, ValueError) as error:
        raise UnreadableError(UnreadCause.BROKEN, "tệp hỏng, không mở được") from error


def _hides(manifest: bytes) -> bool:
    """An OpenDocument manifest names what is encrypted (ODF 1.3 part 2, 4.4)."""
    return b"encryption-data" in manifest


def _guard_xml(part: BytesIO, size: int) -> None:
    if size > MAX_PART:
        reason = "một phần của tệp quá lớn, vượt giới hạn an toàn (60 MB)"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)
    if b"<!ENTITY" in part.getvalue()[:_HEAD]:
        reason = "tệp chứa khai báo XML không an toàn nên không mở"
        raise UnreadableError(UnreadCause.UNSAFE, reason)
    events = etree.iterparse(
        part,
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in events:
            element.clear()
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            reason = "tệp lồng nhau quá sâu, vượt giới hạn an toàn"
            raise UnreadableError(UnreadCause.TOO_LARGE, reason) from error
        # What is only ill-formed LibreOffice may still mend, and it says so if not.


def _guard_rtf(raw: bytes) -> int:
    """How many groups are still open at the end."""
    if len(raw) > _RTF_SIZE:
        reason = f"tệp quá lớn, vượt giới hạn an toàn ({_RTF_SIZE >> 20} MB)"
        raise UnreadableError(UnreadCause.TOO_LARGE, reason)
    for promise in _BYTES_FOLLOW.finditer(raw):
        if promise.end() + int(promise[1]) > len(raw):  # LibreOffice would wait for them for ever
            raise UnreadableError(UnreadCause.BROKEN, "tệp hỏng, không mở được")
    depth = 0
    for depth in _depths(raw):
        if depth > _RTF_DEPTH:
            reason = "tệp lồng nhau quá sâu, vượt giới hạn an toàn"
            raise UnreadableError(UnreadCause.TOO_LARGE, reason)
    return max(0, depth)


def _depths(raw: bytes) -> Iterator[int]:
    depth = 0
    for brace in _BRACES.finditer(_ESCAPED.sub(b"", raw)):
        depth += 1 if brace[0] == b"{" else -1
        yield depth


def is_ole_cut(raw: bytes) -> bool:
    """Tell whether the file ends before the last sector its own table says is in use.

    Looks at the part of the table that the header itself names ([MS-CFB] 2.2), seven million
    bytes of an ordinary file; olefile leaves out what lies beyond the end.
    """
    if len(raw) < _OLE_HEADER:
        return True
    size = 1 << int.from_bytes(raw[_SECTOR_SHIFT], "little")
    if size not in _SECTOR_SIZES:
        return True
    each = struct.Struct(f"<{size // 4}I")
    last = -1
    for number, sector in enumerate(_TABLES.unpack_from(raw, _TABLES_AT)):
        if sector > _LARGEST_SECTOR:
            continue
        at = (sector + 1) * size
        if at + size > len(raw):
            return True
        used = (i for i, next_ in enumerate(each.unpack_from(raw, at)) if next_ != _FREE_SECTOR)
        last = max((last, *(number * (size // 4) + i for i in used)))
    return len(raw) <= (last + 1) * size  # the header takes one; the last may be short


def _has_file_pass(raw: bytes) -> bool:
    """Tell whether a workbook's stream is encrypted ([MS-XLS] 2.4.117, FilePass)."""
    try:
        with olefile.OleFileIO(BytesIO(raw)) as ole:
            name = "Workbook" if ole.exists("Workbook") else "Book"
            stream: bytes = ole.openstream(name).read()
    except Exception:  # noqa: BLE001 -- olefile raises anything on damage
        return False
    at = 0
    for _ in range(_MANY_RECORDS):
        if at + _RECORD.size > len(stream):
            return False
        kind, length = _RECORD.unpack_from(stream, at)
        if kind == _FILE_PASS:
            return True
        if kind in _ENDS_HEADERS:
            return False
        at += _RECORD.size + length
    return False


def _first_bad_part(raw: bytes) -> str | None:
    try:
        return ZipFile(BytesIO(raw)).testzip()
    except (*BROKEN_ZIP, BadZipFile, ValueError, RuntimeError):
        return ""
