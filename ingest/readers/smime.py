"""Open .p7m: what was signed (S/MIME, CAdES); what was encrypted stays shut (RFC 5652, 8551)."""

import base64
import binascii
import re

from asn1crypto import cms

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry, refuse_bombs

_ARMOUR = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----(.*?)-----END", re.DOTALL)
_BASE64 = re.compile(rb"^[A-Za-z0-9+/=\s]+$")
_ENCRYPTED = frozenset(
    {"enveloped_data", "encrypted_data", "authenticated_enveloped_data", "authenticated_data"}
)
_LOCKED = "thư hoặc tệp được mã hoá, chỉ người có khoá mở được"


def entries(raw: bytes, allowed: Allowance) -> list[Entry]:
    """The one thing that was signed: a mail's body, or a file. The signature is not judged here.

    Nothing when only a signature is there (a detached one).

    Raises:
        UnreadableError: it is encrypted, or broken.

    """
    try:
        signed = cms.ContentInfo.load(_der(raw))
        kind = signed["content_type"].native
    except (ValueError, TypeError, binascii.Error) as error:
        raise _broken() from error
    if kind in _ENCRYPTED:
        raise UnreadableError(UnreadCause.ENCRYPTED, _LOCKED)
    if kind != "signed_data":
        reason = "kiểu tệp ký số này chưa mở tự động được, cán bộ sẽ mở xem"
        raise UnreadableError(UnreadCause.UNSUPPORTED, reason)
    try:
        content = signed["content"]["encap_content_info"]["content"]
        inside = content.native if content else None
    except (ValueError, TypeError, KeyError) as error:
        raise _broken() from error
    if not isinstance(inside, bytes):
        return []
    refuse_bombs(len(inside), len(raw), allowed)
    return [Entry("", inside)]


def _broken() -> UnreadableError:
    return UnreadableError(UnreadCause.BROKEN, "tệp ký số hỏng, không mở được")


def _der(raw: bytes) -> bytes:
    """The bytes themselves, out of their armour if they wear any."""
    if armoured := _ARMOUR.search(raw):
        return base64.b64decode(armoured[1])
    if _BASE64.match(raw):
        return base64.b64decode(raw)
    return raw
