"""Papers and mails damaged at random, so that the damage reaches deep into what reads them.

A seed gives the same file every time. Bytes are flipped, cut off, spliced; inside an Office file
or an archive the parts are changed and packed again with right checksums; a PDF's objects and a
mail's headers are changed one word at a time.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

TESTS = Path(__file__).parent.parent
_PAPERS = TESTS / "papers"
_FAMILIES: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "docx": (26, ("src/*.docx",)),
    "xlsx": (20, ("src/*.xlsx",)),
    "pdf": (23, ("src/*.pdf", "signed/*.pdf")),
    "zip": (11, ("archives/zip_*.zip", "archives/long_nhau.zip", "archives/evil*.zip")),
    "eml": (14, ("../office/cases/*/*.eml", "../ingest/letters/*.eml")),
    "old": (2, ("src/*.doc", "src/*.rtf", "src/*.odt", "src/*.xls", "src/*.ods")),
    "others": (4, ("archives/hoso*.7z", "archives/winmail.dat", "scans/phieu_L[1478]*")),
}
"""Of a hundred files how many, and where the whole ones lie."""
_ABSURD = (b"-1", b"0", b"1", b"65536", b"99999999", b"4294967296", b"2147483647", b"1e308", b"")
_XML_NUMBER = re.compile(rb'(?<==")-?\d+(?=")')
_XML_TAG = re.compile(rb"</?[\w:]+(?:\s[^<>]*)?/?>")
_XML_WORD = re.compile(rb'(?<==")[^"<>]{1,60}(?=")')
_PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PDF_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HEADER = re.compile(rb"^[A-Za-z-]+:.*(?:\r?\n[ \t].*)*", re.MULTILINE)
_MIME_WORDS = (
    b"multipart/mixed",
    b"message/rfc822",
    b"text/html; charset=utf-7",
    b"base64",
    b"quoted-printable",
    b"x-uuencode",
    b"application/ms-tnef",
    b"charset=\xff",
    b"=?utf-8?b?////?=",
    b"boundary=",
    b'boundary="\x00"',
    b"filename*0*=utf-8''%ff%fe; filename*9*=x",
)
_LARGEST = 3 << 20
"""Bytes beyond which a whole file is no seed: reading it says nothing more."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One damaged file."""

    number: int
    family: str
    name: str
    """Of the whole file it was made of, with the number in front."""
    raw: bytes
    ways: tuple[str, ...]
    """How it was damaged."""


def mutant(seed: int, number: int) -> Mutant:
    """The damaged file of a number; every number has its own whatever is asked before."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 -- damage, not secrecy
    family = chance.choices(list(_FAMILIES), [share for share, _ in _FAMILIES.values()])[0]
    path = chance.choice(_whole(family))
    raw = path.read_bytes()
    others = path.parent / chance.choice([one.name for one in _whole(family)])
    ways: list[str] = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        name, way = chance.choice(_ways(path.suffix))
        raw = way(raw, chance, others)
        ways.append(name)
    return Mutant(number, family, f"{number}-{path.name}", raw, tuple(ways))


@cache
def _whole(family: str) -> tuple[Path, ...]:
    _, patterns = _FAMILIES[family]
    found = (path for pattern in patterns for path in sorted(_PAPERS.glob(pattern)))
    return tuple(path for path in found if path.stat().st_size <= _LARGEST)


_Way = Callable[[bytes, Random, Path], bytes]


def _ways(suffix: str) -> list[tuple[str, _Way]]:
    bare: list[tuple[str, _Way]] = [
        ("flip", _flip),
        ("cut", _cut),
        ("splice", _splice),
        ("double", _double),
    ]
    deep: list[tuple[str, _Way]] = []
    if suffix in {".docx", ".xlsx", ".odt", ".ods"}:
        deep = [("xml", _in_part), ("parts", _parts), ("xml", _in_part), ("xml", _in_part)]
    elif suffix == ".zip":
        deep = [("member", _in_part), ("parts", _parts), ("directory", _directory)]
    elif suffix == ".pdf":
        deep = [("object", _pdf), ("stream", _pdf_stream), ("object", _pdf)]
    elif suffix == ".eml":
        deep = [("header", _header), ("header", _header), ("lines", _lines)]
    elif suffix == ".rtf":
        deep = [("words", _rtf)]
    return [*bare, *deep, *deep]


def _flip(raw: bytes, chance: Random, _other: Path) -> bytes:
    held = bytearray(raw)
    for _ in range(chance.choice((1, 2, 5, 20, 200))):
        if held:
            held[chance.randrange(len(held))] = chance.choice((0, 0xFF, chance.randrange(256)))
    return bytes(held)


def _cut(raw: bytes, chance: Random, _other: Path) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] if chance.random() < 0.7 else raw[at:]


def _splice(raw: bytes, chance: Random, other: Path) -> bytes:
    strange = other.read_bytes() if other.is_file() else raw
    start, length = chance.randrange(len(strange) or 1), chance.choice((4, 64, 1_024, 16_384))
    at = chance.randrange(len(raw) + 1)
    piece = strange[start : start + length]
    return raw[:at] + piece + raw[at + (len(piece) if chance.random() < 0.5 else 0) :]


def _double(raw: bytes, chance: Random, _other: Path) -> bytes:
    start, length = chance.randrange(len(raw) + 1), chance.choice((1, 16, 512, 8_192))
    piece = raw[start : start + length] * chance.choice((1, 2, 50))
    return raw[:start] + piece + raw[start:]


def _in_part(raw: bytes, chance: Random, other: Path) -> bytes:
    """Change one part of a package and pack it again."""
    parts = _unpacked(raw)
    if not parts:
        return _flip(raw, chance, other)
    texts = [name for name in parts if name.endswith((".xml", ".rels"))]
    name = chance.choice(texts if texts and chance.random() < 0.9 else list(parts))
    body = parts[name]
    if name.endswith((".xml", ".rels")):
        for _ in range(chance.choice((1, 3, 10))):
            way = chance.choice((_xml_number, _xml_word, _xml_tree, _xml_tree, _xml_tree, _xml_tag))
            body = way(body, chance)
    else:
        body = _flip(body, chance, other)
    return _packed(parts | {name: body})


def _xml_number(body: bytes, chance: Random) -> bytes:
    return _replaced(body, _XML_NUMBER, chance.choice(_ABSURD), chance)


def _xml_tag(body: bytes, chance: Random) -> bytes:
    """Take a tag away, or put another of the same part in its place."""
    tags = _XML_TAG.findall(body[: 1 << 18])
    return _replaced(body, _XML_TAG, chance.choice([b"", *tags[:200]]), chance)


def _xml_word(body: bytes, chance: Random) -> bytes:
    words = _XML_WORD.findall(body[: 1 << 18]) or [b""]
    return _replaced(body, _XML_WORD, chance.choice([b"\xc3\xa2" * 500, b"", *words[:200]]), chance)


def _xml_tree(body: bytes, chance: Random) -> bytes:
    """Lose, double, move, rename or bury an element, so that what comes is well formed."""
    try:
        root = etree.fromstring(body)
    except etree.XMLSyntaxError:
        return body
    elements = [one for one in root.iter(etree.Element) if one is not root]
    if not elements:
        return body
    one, other = chance.choice(elements), chance.choice([root, *elements])
    parent = one.getparent()
    if parent is None:
        return body
    way = chance.choice(("lose", "double", "move", "rename", "bury"))
    if way == "lose":
        parent.remove(one)
    elif way == "double":
        for _ in range(chance.choice((1, 5, 50))):
            parent.append(deepcopy(one))
    elif way == "move":
        other.append(deepcopy(one))
    elif way == "rename":
        one.tag = other.tag
    else:
        for _ in range(chance.choice((1, 10, 300))):
            shell = etree.SubElement(parent, one.tag)
            parent = shell
        parent.append(one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parts(raw: bytes, chance: Random, other: Path) -> bytes:
    """Lose, rename or double a part."""
    parts = _unpacked(raw)
    if not parts:
        return _flip(raw, chance, other)
    name = chance.choice(list(parts))
    body = parts.pop(name)
    way = chance.randrange(4)
    if way == 1:
        parts[chance.choice((f"../{name}", name.upper(), "x" * 3_000, f"{name}\0", "con"))] = body
    elif way == 2:
        parts[name] = chance.choice([*parts.values(), b""])
    elif way == 3:
        parts |= {name: body, f"a/{name}": body}
    return _packed(parts)


def _directory(raw: bytes, chance: Random, other: Path) -> bytes:
    """Change the list of an archive at its end."""
    at = raw.find(b"PK\1\2")
    if at < 0:
        return _flip(raw, chance, other)
    return raw[:at] + _flip(raw[at:], chance, other)


def _pdf(raw: bytes, chance: Random, _other: Path) -> bytes:
    for _ in range(chance.choice((1, 2, 8))):
        if chance.random() < 0.6:
            raw = _replaced(raw, _PDF_NUMBER, chance.choice(_ABSURD[:-1]), chance)
        else:
            names = _PDF_NAME.findall(raw[: 1 << 18]) or [b"/X"]
            raw = _replaced(raw, _PDF_NAME, chance.choice(names[:300]), chance)
    return raw


def _pdf_stream(raw: bytes, chance: Random, other: Path) -> bytes:
    """Change what a compressed stream says, and compress it again."""
    streams = list(_PDF_STREAM.finditer(raw))
    if not streams:
        return _flip(raw, chance, other)
    one = chance.choice(streams)
    try:
        plain = zlib.decompress(one[1])
    except zlib.error:
        return _flip(raw, chance, other)
    changed = chance.choice((_flip(plain, chance, other), _pdf(plain, chance, other), plain * 40))
    return raw[: one.start(1)] + zlib.compress(changed) + raw[one.end(1) :]


def _header(raw: bytes, chance: Random, _other: Path) -> bytes:
    headers = list(_HEADER.finditer(raw[: 1 << 18]))
    if not headers:
        return raw
    one = chance.choice(headers)
    name, _, value = one[0].partition(b":")
    changed = chance.choice(
        (
            b"",
            one[0] * chance.choice((2, 100)),
            name + b": " + chance.choice(_MIME_WORDS),
            name + b": " + value[: chance.randrange(len(value) + 1)],
            name + b":" + value.replace(b"\n", b""),
            name + b":" + value.replace(b";", chance.choice((b"", b";;", b"\x00"))),
            chance.choice(headers)[0],
        )
    )
    return raw[: one.start()] + changed + raw[one.end() :]


def _lines(raw: bytes, chance: Random, _other: Path) -> bytes:
    """Move a stretch of lines: boundaries, headers, base64 all the same."""
    lines = raw.splitlines(keepends=True)
    if not lines:
        return raw
    at, length = chance.randrange(len(lines)), chance.choice((1, 3, 30))
    moved = lines[at : at + length]
    del lines[at : at + length]
    to = chance.randrange(len(lines) + 1)
    return b"".join((*lines[:to], *moved, *lines[to:]))


def _rtf(raw: bytes, chance: Random, _other: Path) -> bytes:
    return _replaced(
        raw, re.compile(rb"\\[a-z]+-?\d*"), chance.choice((b"{", b"}", b"\\bin9", b"")), chance
    )


def _replaced(body: bytes, pattern: "re.Pattern[bytes]", by: bytes, chance: Random) -> bytes:
    """Put something in the place of one match."""
    found = list(pattern.finditer(body))
    if not found:
        return body
    one = chance.choice(found)
    return body[: one.start()] + by + body[one.end() :]


def _unpacked(raw: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(raw)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001 -- damaged already; then its bytes are flipped
        return {}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return held.getvalue()
