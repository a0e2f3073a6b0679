"""A copy of an Office file made for looking at; runs in the cage.

LibreOffice draws text typed in TCVN3 fonts without a single “ư” (U+00AD is a soft hyphen to it), so
legacy letters become Unicode in Times New Roman. Sheets are laid out to be read. Nothing is judged
by the copy.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from ingest.pages import copying_sheets, copying_word
from ingest.readers.kinds import Kind
from ingest.readers.ooxml import Package

_WORD = frozenset({Kind.DOCX, Kind.DOCM})
_MACROS = "vbaproject.bin"


def copied(kind: str, raw: bytes) -> bytes:
    """A .docx or .xlsx as it should look.

    Raises:
        UnreadableError: the file is broken or oversized.

    """
    package = Package(raw)
    parts = copying_word.parts(package) if kind in _WORD else copying_sheets.parts(package)
    return _packed(package, dict(parts))


def _packed(package: Package, changed: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for name in package.names:
            if not name.lower().endswith(_MACROS):
                body = changed.get(name)
                copy.writestr(name, package.bytes_of(name) or b"" if body is None else body)
    return held.getvalue()
