"""Readers: one module a format, one function a reader, bytes in and `Content` out.

A new format is one module with `read(raw) -> Content` and one line in `READERS`. Readers run in
the cage (`ingest.cage`), never in the service itself.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from dossier import UnreadCause
from ingest.content import Content, Table, UnreadableError
from ingest.ocr.engine import Engine
from ingest.readers.archive import Allowance, Entry
from ingest.readers.kinds import PICTURES, UNSAFE, Kind, sniff

__all__ = [
    "CONVERTED",
    "OPENERS",
    "PICTURED",
    "READERS",
    "Kind",
    "entries",
    "read",
    "refusal",
    "sniff",
]

READERS: Mapping[str, str] = MappingProxyType(
    {
        Kind.DOCX: "ingest.readers.docx",
        Kind.DOCM: "ingest.readers.docx",
        Kind.XLSX: "ingest.readers.xlsx",
        Kind.XLSM: "ingest.readers.xlsx",
        Kind.PDF: "ingest.readers.pdf",
        Kind.TEXT: "ingest.readers.text",
        Kind.HTML: "ingest.readers.html",
        Kind.JPG: "ingest.readers.images",
        Kind.PNG: "ingest.readers.images",
        Kind.TIFF: "ingest.readers.images",
        Kind.HEIC: "ingest.readers.images",
        Kind.WEBP: "ingest.readers.images",
        Kind.BMP: "ingest.readers.images",
        Kind.GIF: "ingest.readers.images",
    }
)
"""Which module reads a kind; imported when the first file of the kind comes."""

_HOLDING_PICTURES = frozenset({Kind.PDF, Kind.DOCX, Kind.DOCM, Kind.XLSX, Kind.XLSM})
PICTURED = frozenset((PICTURES & READERS.keys()) | _HOLDING_PICTURES)
"""Kinds that are or hold pictures of pages: their readers take an `Engine` to read by eye."""

CONVERTED: Mapping[str, str] = MappingProxyType(
    {
        Kind.DOC: Kind.DOCX,
        Kind.RTF: Kind.DOCX,
        Kind.ODT: Kind.DOCX,
        Kind.WORDML: Kind.DOCX,
        Kind.WPS: Kind.DOCX,
        Kind.XLS: Kind.XLSX,
        Kind.ODS: Kind.XLSX,
        Kind.XLSB: Kind.XLSX,
    }
)
"""What LibreOffice makes of a kind, where it is there (`ingest.convert`)."""

OPENERS: Mapping[str, str] = MappingProxyType(
    {
        Kind.ZIP: "ingest.readers.archive",
        Kind.RAR: "ingest.readers.rar",
        Kind.SEVEN_ZIP: "ingest.readers.sevenzip",
        Kind.TAR: "ingest.readers.tar",
        Kind.GZIP: "ingest.readers.tar",
        Kind.MSG: "ingest.readers.msg",
        Kind.TNEF: "ingest.readers.tnef",
        Kind.P7M: "ingest.readers.smime",
    }
)
"""Which module's `entries` opens a kind that only holds other files."""

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        Kind.WORDML: "Word XML",
        Kind.OLE: "Office cũ",
        Kind.MEDIA: "âm thanh, hình ảnh động",
    }
)


_TOO_DEEP = "tệp lồng nhau quá sâu, vượt giới hạn an toàn"
_MAX_DEPTH = 20
"""Tables in tables; what comes out of the cage is written as JSON, which nests only so deep."""
_REFUSED: Mapping[str, tuple[UnreadCause, str]] = MappingProxyType(
    {
        Kind.EMPTY: (UnreadCause.EMPTY, "tệp rỗng (0 KB)"),
        Kind.OLE_BROKEN: (UnreadCause.BROKEN, "tệp Office hỏng, không mở được"),
        Kind.OFFICE_ENCRYPTED: (UnreadCause.ENCRYPTED, "tệp đặt mật khẩu"),
        Kind.UNKNOWN: (
            UnreadCause.UNSUPPORTED,
            "không rõ định dạng nên chưa đọc tự động được, cán bộ sẽ mở xem",
        ),
        **dict.fromkeys(
            UNSAFE, (UnreadCause.UNSAFE, "tệp chạy được hoặc có thể gây hại nên không mở")
        ),
        **dict.fromkeys(
            PICTURES, (UnreadCause.SCAN, "tệp ảnh, chưa đọc tự động được chữ trong ảnh")
        ),
    }
)


def refusal(kind: str, *, by_eye: bool = False) -> UnreadableError | None:
    """Why no reader is asked for files of a kind; None when one is.

    Pictures have a reader only where they are read by eye.
    """
    if kind in READERS and (by_eye or kind not in PICTURES):
        return None
    if kind in _REFUSED:
        return UnreadableError(*_REFUSED[kind])
    name = _NAMES.get(kind, f".{kind}")
    reason = f"định dạng {name} chưa đọc tự động được, cán bộ sẽ mở xem"
    return UnreadableError(UnreadCause.UNSUPPORTED, reason)


def read(kind: str, raw: bytes, engine: Engine | None = None) -> Content:
    """Read a file of a kind that `sniff` named, in this very process: the cage calls this.

    With an engine pages that are pictures are read by eye.

    Raises:
        UnreadableError: the file cannot be read, or it holds no words at all.

    """
    if refused := refusal(kind, by_eye=engine is not None):
        raise refused
    reader = import_module(READERS[kind]).read
    try:
        if kind in PICTURED:
            content = cast("Callable[[bytes, Engine | None], Content]", reader)(raw, engine)
        else:
            content = cast("Callable[[bytes], Content]", reader)(raw)
    except RecursionError as error:
        raise UnreadableError(UnreadCause.TOO_LARGE, _TOO_DEEP) from error
    if _depth(content) > _MAX_DEPTH:
        raise UnreadableError(UnreadCause.TOO_LARGE, _TOO_DEEP)
    return content


def _depth(content: Content) -> int:
    """How deep its tables lie in one another."""
    layer = [item for item in content.items if isinstance(item, Table)]
    depth = 0
    while layer:
        depth += 1
        layer = [inner for table in layer for cell in table.cells for inner in cell.tables]
    return depth


def entries(kind: str, raw: bytes, allowed: Allowance) -> list[Entry]:
    """Open a file that only holds others, in this very process: the cage calls this.

    Raises:
        UnreadableError: it cannot be opened as a whole.

    """
    opener = import_module(OPENERS[kind]).entries
    return cast("Callable[[bytes, Allowance], list[Entry]]", opener)(raw, allowed)
