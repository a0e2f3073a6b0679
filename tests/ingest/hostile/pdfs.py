"""PDFs that go in circles, grow without end, run, or hide another file."""

import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from dossier import UnreadCause
from tests.ingest.hostile.archives import nothing, zipped
from tests.ingest.hostile.trap import Trap
from tests.papers import source

_LARGE, _BROKEN, _LOCKED = UnreadCause.TOO_LARGE, UnreadCause.BROKEN, UnreadCause.ENCRYPTED
_EMPTY, _SCAN, _OURS, _LIMIT = (
    UnreadCause.EMPTY,
    UnreadCause.SCAN,
    UnreadCause.OURS,
    UnreadCause.UNSUPPORTED,
)
_PAPER = "60_congvan_my_thang.pdf"
_WORDS = b"BT /F1 12 Tf 72 720 Td (Kinh gui Phong Kinh te va Ha tang huyen My Loc) Tj ET"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def traps() -> Iterator[Trap]:
    """Every PDF."""
    wordless = (_EMPTY, _BROKEN, _SCAN, _LIMIT)
    yield Trap(name="pdf whose pages hold themselves", file="CV.pdf", make=_ring, causes=wordless)
    yield Trap(
        name="pdf of a milliard pages", file="CV.pdf", make=_milliard, causes=(*wordless, _LARGE)
    )
    yield Trap(name="pdf of 100,000 pages", file="CV.pdf", make=_crowd, causes=(_LARGE,))
    yield Trap(name="pdf of pages 50,000 deep", file="CV.pdf", make=_deep_tree, causes=wordless)
    yield Trap(
        name="pdf with a page of a square mile", file="CV.pdf", make=partial(_box, b"0 0 1e9 1e9")
    )
    yield Trap(
        name="pdf with a page of no size", file="CV.pdf", make=partial(_box, b"nan inf 0 -1")
    )
    yield Trap(name="pdf whose forms draw themselves", file="CV.pdf", make=_forms, causes=(_LARGE,))
    yield Trap(
        name="pdf of forms that double 30 times", file="CV.pdf", make=_doubling, causes=(_LARGE,)
    )
    yield Trap(
        name="pdf with a page of a gigabyte",
        file="CV.pdf",
        make=_gigabyte,
        causes=(*wordless, _LARGE),
    )
    yield Trap(
        name="pdf of twenty packings in one another",
        file="CV.pdf",
        make=_packings,
        causes=(*wordless, _LARGE),
    )
    yield Trap(name="pdf of brackets 100,000 deep", file="CV.pdf", make=_brackets)
    yield Trap(
        name="pdf with a gigabyte of objects",
        file="CV.pdf",
        make=_objects,
    )
    yield Trap(name="pdf whose tables go in circles", file="CV.pdf", make=_tables)
    yield Trap(
        name="pdf with a picture of 65,535 squared",
        file="CV.pdf",
        make=_picture,
        causes=(_SCAN, *wordless, _LARGE),
    )
    yield Trap(name="pdf of 300,000 strokes", file="CV.pdf", make=_strokes)
    yield Trap(
        name="pdf of a million letters",
        file="CV.pdf",
        make=_letters,
        causes=(_OURS, _LARGE, _LIMIT),
    )
    yield Trap(
        name="pdf that runs JavaScript",
        file="CV.pdf",
        make=partial(_acts, b"<</S/JavaScript/JS(app.alert(1))>>"),
    )
    yield Trap(
        name="pdf that starts a program",
        file="CV.pdf",
        make=partial(_acts, b"<</S/Launch/F(cmd.exe)>>"),
    )
    yield Trap(
        name="pdf that sends itself",
        file="CV.pdf",
        make=partial(_acts, b"<</S/SubmitForm/F(http://127.0.0.1:9/)>>"),
    )
    yield Trap(name="pdf with a file inside", file="CV.pdf", make=_enclosing, causes=(_LIMIT,))
    yield Trap(name="pdf with a password", file="CV.pdf", make=_locked, causes=(_LOCKED,))
    yield Trap(name="pdf that is a zip as well", file="CV.pdf", make=_both)
    yield Trap(name="pdf with a broken signature", file="CV.pdf", make=_false_signature)
    yield Trap(name="pdf with a font of odd codes", file="CV.pdf", make=_odd_font, causes=wordless)


def made(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these numbered objects; 1 is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at)
    return bytes(out)


def stream(body: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(body), body)


def _page(  # noqa: PLR0913 -- each is one part of a file, and all are named
    content: bytes = stream(_WORDS),
    *,
    resources: bytes = b"",
    page: bytes = b"/MediaBox[0 0 595 842]",
    catalogue: bytes = b"",
    more: "dict[int, bytes] | None" = None,
    trailer: bytes = b"",
) -> bytes:
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
        % (page, resources),
        4: content,
        5: _FONT,
    }
    return made(objects | (more or {}), trailer)


def _ring() -> bytes:
    kids = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 5>>"
    return made({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: kids, 3: kids.replace(b"3 0 R", b"1 0 R")})


def _milliard() -> bytes:
    return made(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        }
    )


def _crowd() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 100_010))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    head = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids,
        4: stream(_WORDS),
        5: _FONT,
    }
    return made(head | dict.fromkeys(range(10, 100_010), page))


def _deep_tree() -> bytes:
    nodes = {
        number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1)
        for number in range(2, 50_002)
    }
    last = {50_002: b"<</Type/Page/MediaBox[0 0 595 842]>>"}
    return made({1: b"<</Type/Catalog/Pages 2 0 R>>"} | nodes | last)


def _box(sides: bytes) -> bytes:
    return _page(page=b"/MediaBox[%s]" % sides)


def _forms() -> bytes:
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R/Y 7 0 R>>>>"
    return _page(
        stream(_WORDS + b" /X Do"),
        resources=b"/XObject<</X 6 0 R>>",
        more={6: stream(b"/X Do /Y Do", head), 7: stream(b"/X Do /Y Do", head)},
    )


def _doubling() -> bytes:
    """Each form draws the next one twice: a thousand million at the bottom."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
    forms = {number: stream(b"/X Do /X Do", head % (number + 1)) for number in range(6, 36)}
    forms[36] = stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return _page(stream(_WORDS + b" /X Do"), resources=b"/XObject<</X 6 0 R>>", more=forms)


def _gigabyte() -> bytes:
    raw, _ = nothing(1_024)
    return _page(stream(b"\x78\x9c" + raw, b"/Filter/FlateDecode"))


def _packings() -> bytes:
    raw, _ = nothing(512)
    body = b"\x78\x9c" + raw
    for _ in range(19):
        body = zlib.compress(body)
    return _page(stream(body, b"/Filter[%s]" % (b"/FlateDecode" * 20)))


def _brackets() -> bytes:
    return _page(more={6: b"[" * 100_000 + b"]" * 100_000}, catalogue=b"/X 6 0 R/Names 6 0 R")


def _objects() -> bytes:
    """A stream of objects that unpacks to a gigabyte, and holds the page."""
    raw, _ = nothing(1_024)
    head = b"/Type/ObjStm/N 1000000/First 8000000/Filter/FlateDecode/Extends 6 0 R"
    return _page(more={6: stream(b"\x78\x9c" + raw, head)}, catalogue=b"/X 7 0 R/Outlines 6 0 R")


def _tables() -> bytes:
    whole = _page()
    at = whole.rindex(b"startxref\n") + 10
    start = whole[at:].split(b"\n")[0]
    return _page(trailer=b"/Prev %s/XRefStm %s" % (start, start))


def _picture() -> bytes:
    raw, _ = nothing(64)
    head = (
        b"/Type/XObject/Subtype/Image/Width 65535/Height 65535/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Filter/FlateDecode"
    )
    return _page(
        stream(b"q 595 0 0 842 0 0 cm /P Do Q"),
        resources=b"/XObject<</P 6 0 R>>",
        more={6: stream(b"\x78\x9c" + raw, head)},
    )


def _strokes() -> bytes:
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 595, 0, n % 595, 842) for n in range(300_000))
    return _page(stream(_WORDS + lines))


def _letters() -> bytes:
    line = b"BT /F1 1 Tf %d %d Td (%s) Tj ET\n"
    body = b"".join(line % (n % 500, n % 800, b"abcdefghij" * 20) for n in range(5_000))
    return _page(stream(body))


def _acts(action: bytes) -> bytes:
    return _page(catalogue=b"/OpenAction 6 0 R/AA<</WC 6 0 R>>", more={6: action})


def _enclosing() -> bytes:
    return _page(
        catalogue=b"/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>>>",
        more={
            6: b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>",
            7: stream(b"MZ\x90", b"/Type/EmbeddedFile"),
        },
    )


def _locked() -> bytes:
    writer: Any = copy_into_new_writer(PdfFileReader(BytesIO(source(_PAPER))))
    writer.encrypt(owner_pass="bi mat", user_pass="bi mat")  # noqa: S106 -- of a trap
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def _both() -> bytes:
    return source(_PAPER) + zipped({"x.exe": b"MZ\x90"})


def _false_signature() -> bytes:
    signature = (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached"
        b"/ByteRange[0 9999999999 -5 1]/Contents<308080>>>"
    )
    field = b"<</FT/Sig/T(a)/V 7 0 R/Subtype/Widget/Rect[0 0 0 0]>>"
    return _page(catalogue=b"/AcroForm<</SigFlags 3/Fields[6 0 R]>>", more={6: field, 7: signature})


def _odd_font() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0 0 0 0 0 0]/CharProcs<<>>"
        b"/FirstChar 0/LastChar 999999999"
        b"/Encoding<</Type/Encoding/Differences[0/g0/g1/g2/g3/.notdef]>>>>"
    )
    return _page(more={5: font})
