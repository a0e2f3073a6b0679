"""Logos and signatures apart from photographed pages."""

import struct

import pytest

from ingest.pictures import is_minor_picture, picture_size


def png(width: int, height: int, size: int = 5_000) -> bytes:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    return (head + struct.pack(">II", width, height)).ljust(size, b"\0")


def jpg(width: int, height: int, size: int = 5_000) -> bytes:
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width)
    return (b"\xff\xd8" + app0 + frame).ljust(size, b"\0")


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("png", png(640, 480)),
        ("jpg", jpg(640, 480)),
        ("gif", b"GIF89a" + struct.pack("<HH", 640, 480)),
        ("bmp", b"BM" + b"\0" * 16 + struct.pack("<ii", 640, -480)),
    ],
    ids=["png", "jpg", "gif", "bmp"],
)
def test_a_pictures_size_is_in_its_header(kind: str, raw: bytes) -> None:
    assert picture_size(kind, raw) == (640, 480)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xd8", b"\xff\xd8\xff", png(1, 1)[:18]],
    ids=["empty", "start", "marker", "short"],
)
def test_a_cut_picture_has_no_size(raw: bytes) -> None:
    kind = "png" if raw.startswith(b"\x89") else "jpg"

    assert picture_size(kind, raw) is None


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("image001.png", png(180, 60)),
        ("logo.png", png(600, 600)),
        ("image003.jpg", jpg(1600, 300)),
        ("image004.png", png(1000, 1000)),
    ],
    ids=["signature", "square", "banner", "code"],
)
def test_a_logo_in_the_text_is_minor(name: str, raw: bytes) -> None:
    assert is_minor_picture(name, name[-3:], raw, inline=True)


@pytest.mark.parametrize(
    ("name", "raw", "inline"),
    [
        ("IMG_2041.jpg", jpg(3024, 4032, 400_000), False),
        ("image001.jpg", jpg(1240, 1754, 300_000), True),
        ("image002.jpg", jpg(1080, 1920, 200_000), True),
        ("scan.png", png(800, 1100, 90_000), False),
        ("trang 1.heic", b"\0" * 300_000, True),
    ],
    ids=["photo", "page", "tall photo", "screenshot", "no size"],
)
def test_what_could_be_a_page_is_never_minor(name: str, raw: bytes, *, inline: bool) -> None:
    kind = name.rpartition(".")[2]

    assert not is_minor_picture(name, kind, raw, inline=inline)
