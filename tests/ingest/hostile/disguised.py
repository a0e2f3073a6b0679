"""Programs under a paper's name, odd words, and every kind of file empty or cut off."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

from PIL import Image
from py7zr import SevenZipFile

from dossier import UnreadCause
from tests.ingest.hostile.archives import zipped
from tests.ingest.hostile.mails import wrapped
from tests.ingest.hostile.trap import Trap
from tests.ingest.readers.msgs import Attached, Mail, msg
from tests.ingest.readers.rars import File, rar
from tests.papers import archive, source
from tests.papers.scanned import scan

_UNSAFE, _BROKEN, _EMPTY = UnreadCause.UNSAFE, UnreadCause.BROKEN, UnreadCause.EMPTY
_LIMIT, _SCAN, _OURS = UnreadCause.UNSUPPORTED, UnreadCause.SCAN, UnreadCause.OURS
_PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(2_000)


def traps() -> Iterator[Trap]:
    """Everything that is not what it is called."""
    yield from _programs()
    yield from _words()
    for name, make in _whole().items():
        yield Trap(name=f"{name} of no bytes", file=f"CV.{name}", make=bytes, causes=(_EMPTY,))
        needs = ("soffice",) if name in _CONVERTED else ()
        yield Trap(
            name=f"{name} cut off",
            file=f"CV.{name}",
            make=partial(_half, make),
            causes=(_BROKEN, _SCAN, _LIMIT, _EMPTY, _OURS),
            needs=needs,
        )


_CONVERTED = ("doc", "rtf", "odt", "xls", "ods")


def _programs() -> Iterator[Trap]:
    programs = {
        "program called docx": ("CV.docx", _PROGRAM),
        "program called pdf": ("CV 25.pdf", b"\x7fELF\2\1\1" + bytes(500)),
        "script called pdf": ("CV.pdf", b"#!/bin/sh\nrm -rf /\n"),
        "script with two endings": ("CV.pdf.js", b"WScript.Shell\n"),
        "batch file": ("chay.bat", b"@echo off\r\ndel /q *.*\r\n"),
        "page that is a program": ("CV.html", b"<html><HTA:APPLICATION id=x></html>"),
        "shortcut": ("CV.pdf.lnk", b"\x4c\0\0\0\x01\x14\x02\0" + bytes(200)),
        "disk image": ("HS.iso", bytes(0x8001) + b"CD001" + bytes(2_000)),
        "java program called zip": ("HS.zip", zipped({"META-INF/MANIFEST.MF": b"Main-Class: x"})),
        "installer called doc": ("CV.doc", b"MSCF" + bytes(200)),
    }
    for name, (file, raw) in programs.items():
        yield Trap(name=name, file=file, make=partial(bytes, raw), causes=(_UNSAFE,))
    packed = partial(zipped, {"CV.docx": _PROGRAM, "thư.txt": b"Kinh gui Phong"})
    yield Trap(name="program in a zip", file="HS.zip", make=packed, causes=(_UNSAFE,))


def _words() -> Iterator[Trap]:
    stacked = ("a" + "\u0301\u0323" * 50_000).encode()
    words: dict[str, tuple[str, Callable[[], bytes], tuple[UnreadCause, ...]]] = {
        "words in UTF-16 without a mark": ("CV.txt", _utf16, (_LIMIT,)),
        "words of stacked accents": ("CV.txt", partial(bytes, stacked), ()),
        "words of NULs": ("CV.txt", partial(bytes, 100_000), (_LIMIT, _BROKEN)),
        "words in UTF-7": ("CV.html", partial(bytes, b"<html><meta charset=utf-7>+ADw-script"), ()),
        "page of 100,000 frames": ("CV.html", _frames, (_OURS, UnreadCause.TOO_LARGE)),
        "line of fifty million letters": ("CV.txt", _line, (_OURS, UnreadCause.TOO_LARGE)),
        "noise": ("CV.docx", _noise, (_BROKEN, _LIMIT)),
        "formulas for words": ("CV.txt", partial(bytes, b"=cmd|'/c calc'!A1\r\nKinh gui"), ()),
    }
    for name, (file, make, causes) in words.items():
        yield Trap(name=name, file=file, make=make, causes=causes)


def _utf16() -> bytes:
    return "Kính gửi Phòng Kinh tế và Hạ tầng".encode("utf-16-le")


def _frames() -> bytes:
    return b"<html>" + b"<div>" * 100_000 + b"Kinh gui" + b"</div>" * 100_000


def _line() -> bytes:
    return b"ab " * 17_000_000


def _noise() -> bytes:
    return b"".join((b"PK\3\4", *(bytes((n * 7 % 256, n * 13 % 251)) for n in range(20_000))))


def _whole() -> dict[str, Callable[[], bytes]]:
    """One whole file a kind."""
    return {
        "docx": partial(source, "01_congvan_my_thang.docx"),
        "xlsx": partial(source, "31_bangtonghop_nfd.xlsx"),
        "pdf": partial(source, "60_congvan_my_thang.pdf"),
        "doc": partial(source, "40_congvan_my_thang.doc"),
        "rtf": partial(source, "50_congvan_my_ha_nfd.rtf"),
        "odt": partial(source, "55_congvan_my_thang.odt"),
        "xls": partial(source, "35_bangtonghop_thang.xls"),
        "ods": partial(source, "38_bangtonghop_thang.ods"),
        "zip": partial(archive, "zip_utf8flag.zip"),
        "7z": _seven,
        "rar": _rar,
        "gz": _gzip,
        "jpg": partial(scan, "phieu_L8_100dpi.jpg"),
        "png": partial(scan, "phieu_L7_bw200.png"),
        "tif": _tiff,
        "heic": partial(scan, "phieu_L4_photo.heic"),
        "msg": _msg,
        "dat": partial(archive, "winmail.dat"),
        "p7m": partial(wrapped, b"Kinh gui Phong " * 100),
    }


def _half(make: Callable[[], bytes]) -> bytes:
    raw = make()
    return raw[: len(raw) // 2]


def _seven() -> bytes:
    held = BytesIO()
    with SevenZipFile(held, "w") as packed:
        packed.writestr(b"Kinh gui Phong " * 500, "CV.txt")
    return held.getvalue()


def _rar() -> bytes:
    return rar(*(File(name=f"{n}.txt", raw=b"Kinh gui Phong" * 9, packed=False) for n in range(4)))


def _gzip() -> bytes:
    import gzip  # noqa: PLC0415 -- only here

    return gzip.compress(source("40_congvan_my_thang.doc"))


def _tiff() -> bytes:
    held = BytesIO()
    Image.effect_noise((1_200, 1_600), 40).save(held, "TIFF", compression="tiff_deflate")
    return held.getvalue()


def _msg() -> bytes:
    letter = Attached(name="25.docx", raw=source("01_congvan_my_thang.docx"))
    return msg(Mail(subject="V/v", body="Kinh gui", attached=(letter,)))
