"""What a file is, by its bytes and, for containers, by what lies inside. Never by its name."""

import re
from enum import StrEnum
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import olefile


class Kind(StrEnum):
    """Every kind of file the service tells apart."""

    EMPTY = "empty"
    DOCX = "docx"
    DOCM = "docm"
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    WORDML = "wordml"
    WPS = "wps"
    PDF = "pdf"
    PNG = "png"
    JPG = "jpg"
    TIFF = "tiff"
    HEIC = "heic"
    GIF = "gif"
    WEBP = "webp"
    BMP = "bmp"
    METAFILE = "metafile"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    GZIP = "gzip"
    TAR = "tar"
    EML = "eml"
    MSG = "msg"
    TNEF = "tnef"
    P7M = "p7m"
    P7S = "p7s"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"
    MEDIA = "media"
    OFFICE_ENCRYPTED = "office-encrypted"
    OLE = "ole"
    OLE_BROKEN = "ole-broken"
    EXECUTABLE = "exe"
    SCRIPT = "script"
    SHORTCUT = "shortcut"
    DISK_IMAGE = "iso"
    INSTALLER = "installer"
    UNKNOWN = "unknown"


PICTURES = frozenset(
    {Kind.PNG, Kind.JPG, Kind.TIFF, Kind.HEIC, Kind.GIF, Kind.WEBP, Kind.BMP, Kind.METAFILE}
)
UNSAFE = frozenset({Kind.EXECUTABLE, Kind.SCRIPT, Kind.SHORTCUT, Kind.DISK_IMAGE, Kind.INSTALLER})
"""Never opened, whatever they are called."""

_MAX_ENTRIES = 5_000
_PEEK = 200_000
_HEAD = 4_096
_PDF_HEAD = 1_024
_ISO_MARK = slice(0x8001, 0x8006)
_TAR_MARK = slice(257, 262)
_FIB_FLAGS = slice(10, 12)
_FIB_ENCRYPTED = 0x100

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind.RTF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf'\x1c", Kind.SEVEN_ZIP),
    (b"\x78\x9f\x3e\x22", Kind.TNEF),
    (b"\xff\xd8\xff", Kind.JPG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"GIF8", Kind.GIF),
    (b"\xd7\xcd\xc6\x9a", Kind.METAFILE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"MZ", Kind.EXECUTABLE),
    (b"\x7fELF", Kind.EXECUTABLE),
    (b"\xca\xfe\xba\xbe", Kind.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", Kind.EXECUTABLE),
    (b"\xce\xfa\xed\xfe", Kind.EXECUTABLE),
    (b"#!", Kind.SCRIPT),
    (b"\x4c\0\0\0\x01\x14\x02\0", Kind.SHORTCUT),
    (b"[InternetShortcut]", Kind.SHORTCUT),
    (b"MSCF", Kind.INSTALLER),
    (b"ITSF", Kind.SCRIPT),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", Kind.SCRIPT),
    (b"ID3", Kind.MEDIA),
    (b"OggS", Kind.MEDIA),
    (b"\x1a\x45\xdf\xa3", Kind.MEDIA),
)
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif")
_OPEN_DOCUMENT = (
    (b"opendocument.text", Kind.ODT),
    (b"opendocument.spreadsheet", Kind.ODS),
    (b"opendocument.presentation", Kind.ODP),
)
_OFFICE_TYPES = (
    (b"wordprocessingml", Kind.DOCX),
    (b"ms-word.document", Kind.DOCX),
    (b"ms-word.template", Kind.DOCX),
    (b"sheet.binary", Kind.XLSB),
    (b"spreadsheetml", Kind.XLSX),
    (b"ms-excel", Kind.XLSX),
    (b"presentationml", Kind.PPTX),
    (b"ms-powerpoint", Kind.PPTX),
)
_OFFICE_FOLDERS = (("word", Kind.DOCX), ("xl", Kind.XLSX), ("ppt", Kind.PPTX))
_WITH_MACROS = {Kind.DOCX: Kind.DOCM, Kind.XLSX: Kind.XLSM}
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_PLAIN_DATA = bytes.fromhex("06092a864886f70d010701")
_TYPE_ALONE = b"\x30\x0b"
_ENCLOSED = b"\xa0"  # the ASN.1 tag of content that is there, and of the certificates after it
_SEALED_DATA = (
    bytes.fromhex("06092a864886f70d010703"),  # enveloped
    bytes.fromhex("06092a864886f70d010706"),  # encrypted
    bytes.fromhex("060b2a864886f70d0109100117"),  # authenticated and enveloped
    bytes.fromhex("060b2a864886f70d0109100109"),  # compressed
)
_HEADER_LINE = re.compile(
    rb"(?:return-path|received|from|to|cc|subject|date|message-id|delivered-to|mime-version|"
    rb"content-type|x-[a-z-]+|dkim-signature|arc-seal):[ \t]",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(
    rb"^(?:from|subject|date|message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|div|table|p)\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MANY_HEADERS = 3


def sniff(raw: bytes) -> Kind:
    """The kind of a file; reads a few kilobytes of it and never decompresses more."""
    if not raw:
        return Kind.EMPTY
    if raw.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return _in_zip(raw)
    if raw.startswith(olefile.MAGIC):
        return _in_ole(raw)
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            return kind
    return _by_mark(raw) or _by_words(raw)


def _by_mark(raw: bytes) -> Kind | None:
    """Formats whose mark stands inside the file."""
    if raw[:1] == b"\x30" and _SIGNED_DATA in raw[:64]:
        return Kind.P7M if _encloses(raw) else Kind.P7S
    if raw[:1] == b"\x30" and any(mark in raw[:64] for mark in _SEALED_DATA):
        return Kind.P7M
    marks = (
        (b"%PDF-" in raw[:_PDF_HEAD], Kind.PDF),
        (raw[4:8] == b"ftyp" and raw[8:12] in _HEIC_BRANDS, Kind.HEIC),
        (raw[4:8] == b"ftyp", Kind.MEDIA),
        (raw[:4] == b"RIFF" and raw[8:12] == b"WEBP", Kind.WEBP),
        (raw[:4] == b"RIFF", Kind.MEDIA),
        (raw[:2] == b"BM" and raw[6:10] == bytes(4), Kind.BMP),
        (raw[:4] == b"\1\0\0\0" and raw[40:44] == b" EMF", Kind.METAFILE),
        (raw[_ISO_MARK] == b"CD001", Kind.DISK_IMAGE),
        (raw[_TAR_MARK] == b"ustar", Kind.TAR),
    )
    return next((kind for is_there, kind in marks if is_there), None)


def _encloses(raw: bytes) -> bool:
    """Tell signed content that is there from a mere signature (RFC 5652, 5.2).

    What follows the type of the content is the content, unless the two-byte head of the sequence
    says that the type is all there is.
    """
    at = raw.find(_PLAIN_DATA)
    follows = raw[at + len(_PLAIN_DATA) :][:1] == _ENCLOSED
    return at >= 0 and follows and raw[at - 2 : at] != _TYPE_ALONE


def _by_words(raw: bytes) -> Kind:
    """Formats that are text."""
    head = raw[:_HEAD]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t")
    lowered = start.lower()
    is_mail = _HEADER_LINE.match(start) and len(set(_MAIL_HEADER.findall(head))) >= _MANY_HEADERS
    is_page = _HTML.match(start) is not None
    signs = (
        (head.startswith((b"\xff\xfe", b"\xfe\xff")), Kind.TEXT),
        (is_mail and b"saved by" in lowered and b"multipart/related" in lowered, Kind.MHTML),
        (is_mail, Kind.EML),
        (lowered.startswith((b"-----begin pkcs7", b"-----begin cms")), Kind.P7M),
        (b'progid="word.document"' in lowered or b"wordml" in lowered, Kind.WORDML),
        (is_page and b"<hta:application" in lowered, Kind.SCRIPT),
        (is_page, Kind.HTML),
        (lowered.startswith((b"@echo off", b"<job", b"windows registry editor")), Kind.SCRIPT),
        (_CONTROL.search(head) is not None, Kind.UNKNOWN),
    )
    return next((kind for is_there, kind in signs if is_there), Kind.TEXT)


def _in_zip(raw: bytes) -> Kind:
    try:
        archive = ZipFile(BytesIO(raw))
        entries = {entry.filename: entry for entry in archive.infolist()[:_MAX_ENTRIES]}
        types = _peek(archive, entries, "[content_types].xml")
        mimetype = _peek(archive, entries, "mimetype")
    except Exception:  # noqa: BLE001 -- zipfile raises anything on damage; the opener will say so
        return Kind.ZIP
    for words, kind in _OPEN_DOCUMENT:
        if words in mimetype:
            return kind
    names = [name.lower().replace("\\", "/") for name in entries]
    if types or "_rels/.rels" in names:
        return _office(types, names)
    if "meta-inf/manifest.mf" in names or "androidmanifest.xml" in names:
        return Kind.EXECUTABLE
    return Kind.ZIP


def _office(types: bytes, names: list[str]) -> Kind:
    kind = next((kind for words, kind in _OFFICE_TYPES if words in types), None)
    if kind is None:
        tops = {name.partition("/")[0] for name in names}
        kind = next((kind for folder, kind in _OFFICE_FOLDERS if folder in tops), Kind.ZIP)
    has_macros = b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names)
    return _WITH_MACROS.get(kind, kind) if has_macros else kind


def _peek(archive: ZipFile, entries: dict[str, ZipInfo], name: str) -> bytes:
    entry = next((entry for key, entry in entries.items() if key.lower() == name), None)
    if entry is None:
        return b""
    try:
        with archive.open(entry) as part:
            return part.read(_PEEK)
    except Exception:  # noqa: BLE001 -- damaged inside; the reader of that kind will say so
        return b""


def _in_ole(raw: bytes) -> Kind:
    """Word, Excel and PowerPoint before 2007, Outlook's .msg, and encrypted newer files."""
    try:
        with olefile.OleFileIO(BytesIO(raw)) as ole:
            streams = {"/".join(path).lower(): path for path in ole.listdir(storages=True)}
            header = ole.openstream("WordDocument").read(12) if "worddocument" in streams else b""
    except Exception:  # noqa: BLE001 -- olefile raises anything on damage
        return Kind.OLE_BROKEN
    flags = int.from_bytes(header[_FIB_FLAGS], "little")
    signs = (
        ("encryptedpackage" in streams or bool(flags & _FIB_ENCRYPTED), Kind.OFFICE_ENCRYPTED),
        ("__properties_version1.0" in streams, Kind.MSG),
        ("worddocument" in streams, Kind.DOC),
        ("workbook" in streams or "book" in streams, Kind.XLS),
        ("powerpoint document" in streams, Kind.PPT),
        ("matost" in streams, Kind.WPS),  # Microsoft Works; WPS Office writes Word's own format
        # How .msi spells the names of its tables.
        (any("\u4840" in name for name in streams), Kind.INSTALLER),
    )
    return next((kind for is_there, kind in signs if is_there), Kind.OLE)
