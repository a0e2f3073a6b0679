"""What was signed, and what was encrypted."""

import base64
from datetime import UTC, datetime

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers import Kind, sniff
from ingest.readers.archive import Allowance
from ingest.readers.smime import entries

MAIL = b"Content-Type: text/plain; charset=utf-8\r\n\r\nK\xc3\xadnh g\xe1\xbb\xadi\r\n"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def certificate(key: Key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Văn A")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1)
    since, until = datetime(2024, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)
    return made.not_valid_before(since).not_valid_after(until).sign(key, hashes.SHA256())


def signed(raw: bytes, *options: pkcs7.PKCS7Options, armoured: bool = False) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = pkcs7.PKCS7SignatureBuilder().set_data(raw)
    form = serialization.Encoding.PEM if armoured else serialization.Encoding.DER
    builder = builder.add_signer(certificate(key), key, hashes.SHA256())
    return builder.sign(form, [pkcs7.PKCS7Options.Binary, *options])


def encrypted(raw: bytes) -> bytes:
    key = rsa.generate_private_key(65_537, 2_048)
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(raw).add_recipient(certificate(key))
    return builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def refused(raw: bytes) -> UnreadCause:
    with pytest.raises(UnreadableError) as caught:
        entries(raw, Allowance())
    return caught.value.cause


@pytest.mark.parametrize("armoured", [False, True], ids=["bare", "armoured"])
def test_what_was_signed_comes_out(*, armoured: bool) -> None:
    raw = signed(MAIL, armoured=armoured)

    assert sniff(raw) == Kind.P7M
    assert [one.raw for one in entries(raw, Allowance())] == [MAIL]


def test_what_a_gateway_wrote_in_pieces_comes_out_whole() -> None:
    """RFC 8551 lets a sender stream: lengths unknown, the content in several strings."""
    halves = b"\x04\x28" + MAIL[:40] + b"\x04" + bytes([len(MAIL) - 40]) + MAIL[40:]
    plain = bytes.fromhex("06092a864886f70d010701") + b"\xa0\x80\x24\x80" + halves + bytes(4)
    inside = b"\x02\x01\x01\x31\x00\x30\x80" + plain + bytes(2) + b"\x31\x00"
    raw = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80\x30\x80" + inside
    raw += bytes(6)

    assert sniff(raw) == Kind.P7M
    assert [one.raw for one in entries(raw, Allowance())] == [MAIL]


def test_a_signature_that_travels_beside_its_file_holds_nothing() -> None:
    raw = signed(MAIL, pkcs7.PKCS7Options.DetachedSignature)

    assert sniff(raw) == Kind.P7S
    assert entries(raw, Allowance()) == []


def test_an_armoured_signature_holds_nothing_either() -> None:
    raw = signed(MAIL, pkcs7.PKCS7Options.DetachedSignature, armoured=True)

    assert entries(raw, Allowance()) == []


def test_what_was_encrypted_stays_shut_and_says_so() -> None:
    raw = encrypted(MAIL)

    assert sniff(raw) == Kind.P7M
    assert refused(raw) is UnreadCause.ENCRYPTED


def test_a_form_we_do_not_know_is_our_limit() -> None:
    raw = cms.ContentInfo({"content_type": "digested_data"}).dump()

    assert refused(raw) is UnreadCause.UNSUPPORTED


@pytest.mark.parametrize(
    "raw", [b"\x30\x82\xff\xffrubbish", base64.b64encode(b"rubbish")], ids=["bare", "armoured"]
)
def test_rubbish_is_broken(raw: bytes) -> None:
    assert refused(raw) is UnreadCause.BROKEN


def test_signed_content_cut_off_is_broken() -> None:
    assert refused(signed(MAIL * 40)[:600]) is UnreadCause.BROKEN
