"""Papers that came without a mail, put into one: the same papers are the same bytes."""

from base64 import encodebytes
from collections.abc import Iterator, Mapping, Sequence
from email.header import Header
from hashlib import sha256
from urllib.parse import quote

_LINE = 76


def enclose(headers: Mapping[str, str], words: str, files: Sequence[tuple[str, bytes]]) -> bytes:
    """Make a mail of headers, a text and files; header values are Vietnamese as they are.

    Raises ValueError when a header's value holds a line break.
    """
    for value in headers.values():
        if "\n" in value or "\r" in value:
            message = "a header is one line"
            raise ValueError(message)
    digests = "".join(sha256(raw).hexdigest() for _, raw in files)
    boundary = sha256((repr(headers) + words + digests).encode()).hexdigest()[:40]
    head = [f"{name}: {_encoded(value)}" for name, value in headers.items()]
    head += ["MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{boundary}"', "", ""]
    parts = b"".join(
        f"--{boundary}\r\n".encode() + part for part in (_text(words), *_attached(files))
    )
    return "\r\n".join(head).encode("ascii") + parts + f"--{boundary}--\r\n".encode()


def _encoded(value: str) -> str:
    """Encode only what needs it: an address in brackets stays as it is."""
    name, bracket, address = value.partition(" <")
    if value.isascii():
        return value
    return Header(name, "utf-8", maxlinelen=_LINE).encode(linesep="\r\n") + bracket + address


def _text(words: str) -> bytes:
    kind = b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return kind + _base64(words.encode())


def _attached(files: Sequence[tuple[str, bytes]]) -> Iterator[bytes]:
    for name, raw in files:
        kept = quote(name, safe="")
        yield (
            "Content-Type: application/octet-stream\r\n"
            f"Content-Disposition: attachment; filename*=UTF-8''{kept}\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n"
        ).encode("ascii") + _base64(raw)


def _base64(raw: bytes) -> bytes:
    return encodebytes(raw).replace(b"\n", b"\r\n")
