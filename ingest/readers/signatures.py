"""Digital signatures in a PDF (pyHanko): who, when, and whether the file is still what was signed.

A hint for the officer, never a judgement: whose certificate it is we do not verify, because that
takes roots the office trusts and, for what was withdrawn, the network.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from importlib import import_module
from io import BytesIO
from typing import Any

_MARKS = (b"/ByteRange", b"/Contents")
_MODULES = (
    "pyhanko.pdf_utils.reader",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation",
    "pyhanko_certvalidator",
)
_MOST = 20
_VIETNAM = timezone(timedelta(hours=7))
_UNCHECKED = "tệp có chữ ký số, máy chưa kiểm tra được"


def is_signed(raw: bytes) -> bool:
    """Tell a PDF that may hold a signature, without parsing it."""
    return all(mark in raw for mark in _MARKS)


def warm() -> None:
    """Import pyHanko, half a second, while the system's libraries can still be read."""
    for module in _MODULES:
        import_module(module)


def notes(raw: bytes) -> Iterator[str]:
    """A Vietnamese sentence for every signature; none for a file without."""
    if not is_signed(raw):
        return
    try:
        yield from list(_notes(raw))
    except Exception:  # noqa: BLE001 -- a hint less is no fault of the paper; pyHanko raises anything
        yield _UNCHECKED


def _notes(raw: bytes) -> Iterator[str]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- see `warm`

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it would log a signer's name
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    reader = PdfFileReader(BytesIO(raw), strict=False)
    for signature in reader.embedded_regular_signatures[:_MOST]:
        says = [f"chữ ký số của “{_signer(signature)}”"]
        if signed_at := signature.self_reported_timestamp:
            says.append(_when(signed_at))
        yield f"{', '.join(says)}: {_state(signature)}; chưa xác minh người ký"


def _signer(signature: Any) -> str:  # noqa: ANN401 -- pyHanko ships no types
    """The name in the certificate, as its holder is called."""
    subject = signature.signer_cert.subject
    name = subject.native.get("common_name") or subject.human_friendly
    return " ".join(str(name).split())


def _when(signed_at: datetime) -> str:
    """The signer's own clock; nobody else vouches for it."""
    if signed_at.tzinfo:
        signed_at = signed_at.astimezone(_VIETNAM)
    return f"ghi lúc {signed_at:%H:%M ngày %d/%m/%Y}"


def _state(signature: Any) -> str:  # noqa: ANN401 -- pyHanko ships no types
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 -- see `warm`
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- see `warm`
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- see `warm`

    offline = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=offline)
    if not (status.intact and status.valid):
        return "nội dung đã bị sửa, chữ ký không còn đúng"
    if status.modification_level in {ModificationLevel.OTHER, None}:
        return "tệp đã bị sửa sau khi ký"
    return "tệp còn nguyên vẹn từ khi ký"
