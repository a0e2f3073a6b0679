"""Mails that nest without end, and what wraps files: winmail.dat, .msg, smime.p7m."""

import base64
from collections.abc import Iterator
from functools import partial

from asn1crypto import cms

from dossier import UnreadCause
from tests.ingest.hostile.trap import Trap
from tests.ingest.readers.msgs import Attached, Mail, msg
from tests.ingest.readers.test_tnef import winmail
from tests.papers import source

_LARGE, _BROKEN, _OURS = UnreadCause.TOO_LARGE, UnreadCause.BROKEN, UnreadCause.OURS
_LOCKED, _EMPTY, _LIMIT = UnreadCause.ENCRYPTED, UnreadCause.EMPTY, UnreadCause.UNSUPPORTED
_HEAD = (
    b"From: UBND xa My Ha <xamyha@namdinh.gov.vn>\r\nTo: phongkthtmyloc@namdinh.gov.vn\r\n"
    b"Subject: Ho so de xuat nhiem vu Chuong trinh 1322\r\nMessage-ID: <1@namdinh.gov.vn>\r\n"
    b"Date: Wed, 20 Mar 2024 09:00:00 +0700\r\nMIME-Version: 1.0\r\n"
)
_TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nKinh gui Phong Kinh te va Ha tang.\r\n"


def traps() -> Iterator[Trap]:
    """Every mail, and every wrapping."""
    yield from _mails()
    yield from _headers()
    yield from _wrappings()


def _mail(name: str, make: "partial[bytes]", *causes: UnreadCause) -> Trap:
    return Trap(name=name, file="thu.eml", make=make, causes=causes, is_mail=True)


def _mails() -> Iterator[Trap]:
    yield _mail("mail in mail, 10,000 deep", partial(_in_mails, 10_000), _OURS, _LARGE)
    yield _mail("multiparts 10,000 deep", partial(_in_parts, 10_000), _OURS)
    yield _mail("mail of 50,000 parts", partial(_parts, 50_000), _OURS)
    yield _mail("mail with 5,000 files", partial(_files, 5_000), _OURS, _LARGE)
    yield _mail("mail with 1,900 words for files", partial(_files, 1_900), _OURS)
    yield _mail("mail whose boundaries are alike", partial(_boundaries))
    yield _mail("mail cut off in a file", partial(_cut), _OURS, _BROKEN)
    yield _mail("mail that is one part of several", partial(_fragment), _OURS)
    yield _mail("mail of ten million letters", partial(_long), _OURS)
    yield _mail("page of 100,000 frames in one another", partial(_page))
    yield _mail("mail of stacked accents", partial(_stacked))
    yield _mail("mail in an unheard-of charset", partial(_charset))


def _headers() -> Iterator[Trap]:
    yield _mail(
        "mail with a subject of ten megabytes", partial(_header, b"Subject: " + b"x" * 10_000_000)
    )
    yield _mail("mail with 100,000 headers", partial(_header, b"X-A: b\r\n" * 100_000 + b"X-B: c"))
    yield _mail(
        "mail to 50,000",
        partial(_header, b"Cc: " + b",\r\n ".join(b"a%d@b.vn" % n for n in range(50_000))),
    )
    yield _mail(
        "mail with 50,000 encoded words",
        partial(_header, b"Subject: " + b"\r\n ".join([b"=?utf-8?b?S8OtbmggZ+G7rWk=?="] * 50_000)),
    )
    yield _mail(
        "mail with comments 10,000 deep",
        partial(_header, b"From: " + b"(" * 10_000 + b"a@b.vn" + b")" * 10_000),
    )
    yield _mail("file whose name comes in 5,000 pieces", partial(_pieces))
    yield _mail(
        "mail that names a reply to inject",
        partial(_header, b"Reply-To: =?utf-8?q?a=0D=0ABcc=3A?= <x@y.vn>"),
    )


def _in_mails(depth: int) -> bytes:
    return _HEAD + b"Content-Type: message/rfc822\r\n\r\n" * depth + _HEAD + _TEXT


def _in_parts(depth: int) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(depth)
    )
    closed = b"".join(b"\r\n--%d--\r\n" % n for n in reversed(range(depth)))
    return _HEAD + opened + _TEXT + closed


def mixed(*parts: bytes, boundary: bytes = b"b") -> bytes:
    """A mail of these parts, each with its own headers."""
    inside = b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts)
    kind = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n' % boundary
    return _HEAD + kind + inside + b"--%s--\r\n" % boundary


def file_part(name: bytes, raw: bytes) -> bytes:
    """A file in a mail."""
    return (
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="%s"\r\n\r\n%s'
        % (name, base64.encodebytes(raw))
    )


def _parts(count: int) -> bytes:
    return mixed(*[_TEXT] * count)


def _files(count: int) -> bytes:
    parts = (file_part(b"%d.txt" % n, b"Kinh gui Phong, noi dung so %d" % n) for n in range(count))
    return mixed(_TEXT, *parts)


def _boundaries() -> bytes:
    return mixed(_TEXT, mixed(_TEXT, boundary=b"b")[len(_HEAD) :], boundary=b"bb")


def _cut() -> bytes:
    whole = mixed(_TEXT, file_part(b"CV.docx", source("01_congvan_my_thang.docx")))
    return whole[: len(whole) // 2]


def _fragment() -> bytes:
    return _HEAD + b'Content-Type: message/partial; id="a"; number=2; total=3\r\n\r\n' + _TEXT


def _long() -> bytes:
    return _HEAD + _TEXT + b"Kinh gui Phong. " * 650_000


def _page() -> bytes:
    frames = b"<div>" * 100_000 + b"Kinh gui Phong" + b"</div>" * 100_000
    return _HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + frames


def _stacked() -> bytes:
    accents = ("a" + "\u0301\u0323" * 190_000).encode()
    return _HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nKinh gui " + accents + b"\r\n"


def _charset() -> bytes:
    return (
        _HEAD + b'Content-Type: text/plain; charset="../../etc/passwd\0"\r\n\r\nK\xfdnh g\xeei\r\n'
    )


def _header(line: bytes) -> bytes:
    return _HEAD + line + b"\r\n" + _TEXT


def _pieces() -> bytes:
    names = b";\r\n ".join(b"filename*%d*=utf-8''%%41" % n for n in range(5_000))
    part = b"Content-Type: text/plain\r\nContent-Disposition: attachment; " + names + b"\r\n\r\nxin"
    return mixed(_TEXT, part)


def _wrappings() -> Iterator[Trap]:
    broken = (_BROKEN, _LARGE)
    yield Trap(name="msg in msg, ten deep", file="thu.msg", make=_msgs, causes=(_LARGE,))
    yield Trap(
        name="msg whose folders hold themselves",
        file="thu.msg",
        make=_msg_ring,
        causes=(*broken, _LIMIT),
    )
    yield Trap(
        name="winmail.dat in winmail.dat, ten deep",
        file="winmail.dat",
        make=_winmails,
        causes=(_LARGE,),
    )
    yield Trap(
        name="winmail.dat that lies about a size",
        file="winmail.dat",
        make=_winmail_liar,
        causes=broken,
    )
    yield Trap(
        name="winmail.dat of 5,000 files", file="winmail.dat", make=_winmail_crowd, causes=(_LARGE,)
    )
    yield Trap(name="p7m in p7m, ten deep", file="CV.p7m", make=_signed, causes=(_LARGE,))
    yield Trap(
        name="p7m of lists 50,000 deep", file="CV.p7m", make=_lists, causes=(*broken, _LIMIT)
    )
    yield Trap(
        name="p7m that says it is a gigabyte",
        file="CV.p7m",
        make=_p7m_liar,
        causes=(*broken, _LIMIT),
    )
    yield Trap(name="p7m that is locked", file="smime.p7m", make=_enveloped, causes=(_LOCKED,))
    yield Trap(
        name="mail in mail as a file, ten deep",
        file="thu.eml",
        make=_attached,
    )


def _msgs() -> bytes:
    mail = Mail(subject="V/v", body="Kinh gui")
    for _ in range(10):
        mail = Mail(subject="V/v", body="Kinh gui", attached=(Attached(name="thu", mail=mail),))
    return msg(mail)


def _msg_ring() -> bytes:
    """The first folder's own first child is the folder."""
    raw = bytearray(msg(Mail(body="x" * 100, attached=(Attached(name="a.txt", raw=b"x" * 50),))))
    at = raw.index("__attach".encode("utf-16-le"))
    number = raw[:at].count(b"") and (at - raw.index("Root Entry".encode("utf-16-le"))) // 128
    raw[at + 76 : at + 80] = number.to_bytes(4, "little")
    raw[at + 72 : at + 76] = number.to_bytes(4, "little")
    return bytes(raw)


def _winmails() -> bytes:
    raw = winmail((b"CV.txt", b"Kinh gui"))
    for _ in range(10):
        raw = winmail((b"winmail.dat", raw))
    return raw


def _winmail_liar() -> bytes:
    raw = bytearray(winmail((b"CV.txt", b"Kinh gui" * 50)))
    at = raw.index(b"Kinh gui") - 4
    raw[at : at + 4] = b"\xff\xff\xff\x7f"
    return bytes(raw)


def _winmail_crowd() -> bytes:
    return winmail(*((b"%d.txt" % n, b"x") for n in range(5_000)))


def wrapped(raw: bytes) -> bytes:
    """What a signed file looks like, signed by nobody."""
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": {"content_type": "data", "content": raw},
            "signer_infos": [],
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return made


def _signed() -> bytes:
    raw = b"Kinh gui Phong"
    for _ in range(10):
        raw = wrapped(raw)
    return raw


def _lists() -> bytes:
    return wrapped(b"x" * 50)[:40] + b"\x30\x80" * 50_000


def _p7m_liar() -> bytes:
    raw = wrapped(b"x" * 3_000)
    return raw.replace(b"\x04\x82\x0b\xb8", b"\x04\x84\x40\0\0\0", 1)


def _enveloped() -> bytes:
    return bytes.fromhex("3080 06092a864886f70d010703 a080 3080 020100") + bytes(500)


def _attached() -> bytes:
    raw = _HEAD + _TEXT
    for _ in range(10):
        raw = mixed(_TEXT, file_part(b"thu.eml", raw))
    return raw
