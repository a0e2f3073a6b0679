"""Digital signatures in a PDF (pyHanko): who, when, and whether the file is still what was signed.

A hint for the officer, never a judgement: whose certificate it is we do not verify, because that
takes roots the office trusts and, for what was withdrawn, the network.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dossier import Place, Signature, SignatureState
from dossier.times import VIETNAM
from ingest.content import UnreadableError

if TYPE_CHECKING:  # the service itself asks whether a PDF is signed, and has no use for lxml
    from lxml.etree import _Element as Element

    from ingest.readers.ooxml import Package

_MARKS = (b"/ByteRange", b"/Contents")
_MODULES = (
    "pyhanko.pdf_utils.reader",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation",
    "pyhanko_certvalidator",
)
_OFFICE_SIGNATURE = re.compile(r"_xmlsignatures/[^/]+\.xml")
_LONGEST_NAME = 200
_MOST = 20
_UNCHECKED = "tệp có chữ ký số, máy chưa kiểm tra được"
_SAYS = {
    SignatureState.WHOLE: "tệp còn nguyên vẹn từ khi ký",
    SignatureState.CHANGED: "nội dung đã bị sửa, chữ ký không còn đúng",
    SignatureState.CHANGED_LATER: "tệp đã bị sửa sau khi ký",
}
_IN_FILE = Place("")


def is_signed(raw: bytes) -> bool:
    """Tell a PDF that may hold a signature, without parsing it."""
    return all(mark in raw for mark in _MARKS)


def warm() -> None:
    """Import pyHanko, half a second, while the system's libraries can still be read."""
    for module in _MODULES:
        import_module(module)


def signatures(raw: bytes) -> tuple[Signature, ...]:
    """Every signature of a PDF; one that says nothing where the file cannot be looked through."""
    if not is_signed(raw):
        return ()
    try:
        return tuple(_signatures(raw))
    except Exception:  # noqa: BLE001 -- a hint less is no fault of the paper; pyHanko raises anything
        return (Signature(at=_IN_FILE),)


def notes(found: Iterable[Signature]) -> Iterator[str]:
    """A Vietnamese sentence for every signature."""
    for one in found:
        if one.state is SignatureState.UNCHECKED:
            yield _UNCHECKED
            continue
        says = [f"chữ ký số của “{one.signer}”"]
        says += [f"ghi lúc {one.signed_at}"] if one.signed_at else []
        yield f"{', '.join(says)}: {_SAYS[one.state]}; chưa xác minh người ký"


def in_office_file(package: "Package") -> Iterator[Signature]:
    """The signatures Word and Excel keep in a part of their own, told and never checked."""
    for name in package.names:
        if not _OFFICE_SIGNATURE.fullmatch(name):
            continue
        try:
            root = package.tree(name)
        except UnreadableError:
            root = None
        when = "" if root is None else _text(root, "{*}SigningTime", "{*}Value")
        who = "" if root is None else _text(root, "{*}X509SubjectName", "{*}SignatureText")
        yield Signature(at=_IN_FILE, signer=who[:_LONGEST_NAME], signed_at=when[:_LONGEST_NAME])


def _text(root: "Element", *names: str) -> str:
    """The words of the first element of one of these names."""
    said = ((one.text or "").split() for name in names for one in root.iter(name))
    return next((" ".join(words) for words in said if words), "")


def _signatures(raw: bytes) -> Iterator[Signature]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- see `warm`

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it would log a signer's name
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    reader = PdfFileReader(BytesIO(raw), strict=False)
    for signature in reader.embedded_regular_signatures[:_MOST]:
        signed_at = signature.self_reported_timestamp
        yield Signature(
            at=_IN_FILE,
            signer=_signer(signature),
            signed_at=_when(signed_at) if signed_at else "",
            state=_state(signature),
        )


def _signer(signature: Any) -> str:  # noqa: ANN401 -- pyHanko ships no types
    """The name in the certificate, as its holder is called."""
    subject = signature.signer_cert.subject
    name = subject.native.get("common_name") or subject.human_friendly
    return " ".join(str(name).split())


def _when(signed_at: datetime) -> str:
    """The signer's own clock; nobody else vouches for it."""
    if signed_at.tzinfo:
        signed_at = signed_at.astimezone(VIETNAM)
    return f"{signed_at:%H:%M ngày %d/%m/%Y}"


def _state(signature: Any) -> SignatureState:  # noqa: ANN401 -- pyHanko ships no types
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 -- see `warm`
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- see `warm`
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- see `warm`

    offline = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=offline)
    if not (status.intact and status.valid):
        return SignatureState.CHANGED
    if status.modification_level in {ModificationLevel.OTHER, None}:
        return SignatureState.CHANGED_LATER
    return SignatureState.WHOLE
