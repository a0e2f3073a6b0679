"""Office files made to hang, to fill the memory, to reach out, or to run."""

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dossier import UnreadCause
from tests.ingest.hostile.archives import by_hand, nothing
from tests.ingest.hostile.trap import Trap
from tests.ingest.readers.msgs import Tree, compound
from tests.ingest.readers.word import cell, docx, paragraph, table
from tests.papers import source

_LARGE, _UNSAFE, _BROKEN = UnreadCause.TOO_LARGE, UnreadCause.UNSAFE, UnreadCause.BROKEN
_OURS, _LOCKED, _SCAN = UnreadCause.OURS, UnreadCause.ENCRYPTED, UnreadCause.SCAN
_OURS_LIMIT = UnreadCause.UNSUPPORTED
_LETTER = "01_congvan_my_thang.docx"
_MAIN = "word/document.xml"
_SHEET = "xl/worksheets/sheet1.xml"
_LAST_CELL = "A1:XFD1048576"
_OFFICE = ("soffice",)


def traps() -> Iterator[Trap]:
    """Every Office file."""
    yield from _of_xml()
    yield from _of_word()
    yield from _of_excel()
    yield from _of_old_formats()


def _of_xml() -> Iterator[Trap]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    heads = {
        "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>',
        "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
        "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "external DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    }
    for name, head in heads.items():
        made = partial(_with_head, head, _LETTER, _MAIN)
        yield Trap(name=f"docx with {name}", file="CV.docx", make=made, causes=(_UNSAFE,))
        made = partial(_with_head, head, "31_bangtonghop_nfd.xlsx", _SHEET)
        yield Trap(name=f"xlsx with {name}", file="BTH.xlsx", make=made, causes=(_UNSAFE,))
        made = partial(_with_head, head, "55_congvan_my_thang.odt", "content.xml")
        # OpenOffice once wrote a DTD into every file: it is named there, and never fetched.
        causes = () if name == "external DTD" else (_UNSAFE,)
        yield Trap(name=f"odt with {name}", file="CV.odt", make=made, causes=causes, needs=_OFFICE)


def _with_head(head: str, paper: str, part: str) -> bytes:
    def declared(body: bytes) -> bytes:
        start = body.index(b"?>") + 2 if body.startswith(b"<?xml") else 0
        return body[:start] + head.encode() + body[start:]

    return changed(source(paper), part, declared)


def changed(raw: bytes, part: str, by: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed, or put there."""
    held = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, by(old.read(part) if part in old.namelist() else b""))
    return held.getvalue()


def added(raw: bytes, part: str, body: bytes) -> bytes:
    """The same package with one part more."""
    return changed(raw, part, lambda _old: body)


def _of_word() -> Iterator[Trap]:
    yield Trap(name="docx of a gigabyte of XML", file="CV.docx", make=_gigabyte, causes=(_LARGE,))
    yield Trap(name="docx of tables 20,000 deep", file="CV.docx", make=_deep, causes=(_LARGE,))
    yield Trap(
        name="docx of tables 60 deep", file="CV.docx", make=partial(_deep, 60), causes=(_LARGE,)
    )
    yield Trap(name="docx with a row of 40,000 cells", file="CV.docx", make=_wide, causes=(_OURS,))
    yield Trap(name="docx of 80,000 paragraphs", file="CV.docx", make=_long, causes=(_OURS, _LARGE))
    yield Trap(
        name="docx with one word of ten million letters",
        file="CV.docx",
        make=_word,
        causes=(_LARGE,),
    )
    yield Trap(name="docx of stacked accents", file="CV.docx", make=_stacked, causes=(_OURS,))
    yield Trap(name="docx whose parts go in circles", file="CV.docx", make=_circles)
    yield Trap(name="docx whose styles go in circles", file="CV.docx", make=_styles)
    yield Trap(name="docx with a template elsewhere", file="CV.docx", make=_template)
    yield Trap(name="docx with pictures elsewhere", file="CV.docx", make=_pictures_elsewhere)
    yield Trap(name="docm with macros", file="CV.docm", make=_macros)
    yield Trap(name="docm with macros called docx", file="CV.docx", make=_macros)
    yield Trap(name="docx with a password", file="CV.docx", make=_sealed, causes=(_LOCKED,))
    yield Trap(name="xlsx with a password", file="BTH.xlsx", make=_sealed, causes=(_LOCKED,))
    yield Trap(
        name="docx of nothing but a directory",
        file="CV.docx",
        make=_hollow,
        causes=(_BROKEN, UnreadCause.EMPTY, _OURS_LIMIT),
    )


def _gigabyte() -> bytes:
    packed, checksum = nothing(1_024)
    return by_hand(
        (b"[Content_Types].xml", *_stored(b'<Types xmlns="wordprocessingml"/>')),
        (_MAIN.encode(), packed, checksum, 1 << 30),
    )


def _stored(raw: bytes) -> tuple[bytes, int, int]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush(), zlib.crc32(raw), len(raw)


def _deep(levels: int = 20_000) -> bytes:
    inside = paragraph("Kính gửi Phòng Kinh tế")
    opened = "<w:tbl><w:tr><w:tc>" * levels
    closed = f"{paragraph('x')}</w:tc></w:tr></w:tbl>" * levels
    return docx(f"{opened}{inside}{closed}{paragraph('Hết')}")


def _wide() -> bytes:
    return docx(table("".join(cell("a") for _ in range(39_000))))


def _long() -> bytes:
    return docx(paragraph("Nội dung") * 80_000)


def _word() -> bytes:
    return docx(paragraph("ă" * 10_000_000))


def _stacked() -> bytes:
    return docx(paragraph("Kinh gui a" + "\u0301\u0323" * 20_000))


def _circles() -> bytes:
    raw = docx(paragraph("Kính gửi Phòng"), header=paragraph("đầu"), footer=paragraph("chân"))
    loop = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{kind}" Target="{target}.xml" Type="x/{kind}"/>'
            for kind in ("header", "footer", "officeDocument", "settings", "styles", "footnotes")
            for target in ("document", "header")
        )
        + "</Relationships>"
    )
    return added(raw, "word/_rels/header.xml.rels", loop.encode())


def _styles() -> bytes:
    ring = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 50}"/></w:style>'
        for n in range(50)
    )
    return docx(paragraph("Kính gửi Phòng", '<w:pStyle w:val="s0"/>'), styles=ring)


def _template() -> bytes:
    raw = docx(paragraph("Kính gửi Phòng"), settings="<w:attachedTemplate/>")
    return added(raw, "word/_rels/settings.xml.rels", _away("attachedTemplate"))


def _pictures_elsewhere() -> bytes:
    return added(source(_LETTER), "word/_rels/header9.xml.rels", _away("image"))


def _away(kind: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:9/{kind}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        "</Relationships>"
    ).encode()


def _macros() -> bytes:
    return added(source(_LETTER), "word/vbaProject.bin", compound({"VBA": {"dir": b"Attribut"}}))


def _sealed() -> bytes:
    """[MS-OFFCRYPTO] 2.1: an encrypted package in a compound file."""
    return compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 8_000})


def _hollow() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as packed:
        packed.writestr("[Content_Types].xml", '<Types xmlns="wordprocessingml"/>')
    return held.getvalue()


def _of_excel() -> Iterator[Trap]:
    yield Trap(name="xlsx with a cell at its far end", file="BTH.xlsx", make=_far, causes=(_LARGE,))
    yield Trap(name="xlsx that says it is full", file="BTH.xlsx", make=_dimension)
    yield Trap(name="xlsx with one merged sheet", file="BTH.xlsx", make=_merged)
    yield Trap(name="xlsx with 30,000 merges", file="BTH.xlsx", make=_merges)
    yield Trap(name="xlsx flooded with shared formulas", file="BTH.xlsx", make=_formulas)
    yield Trap(name="xlsx of 20,000 rows", file="BTH.xlsx", make=_rows, causes=(_LARGE, _OURS))
    yield Trap(name="xlsx of 1,000 sheets", file="BTH.xlsx", make=_sheets)
    yield Trap(name="xlsx of a million shared words", file="BTH.xlsx", make=_strings)
    yield Trap(name="xlsx with an absurd font table", file="BTH.xlsx", make=_fonts)
    yield Trap(name="xlsm with macros", file="BTH.xlsm", make=_excel_macros)


def _workbook(fill: "dict[str, str] | None" = None) -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for spot, value in (fill or {"A1": "STT", "B1": "Tên nhiệm vụ", "A2": "1"}).items():
        sheet[spot] = value
    return workbook


def _saved(workbook: Workbook) -> bytes:
    held = BytesIO()
    workbook.save(held)
    return held.getvalue()


def _in_sheet(old: bytes, new: bytes, fill: "dict[str, str] | None" = None) -> bytes:
    def by(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new)

    return changed(_saved(_workbook(fill)), _SHEET, by)


def _far() -> bytes:
    return _in_sheet(b'r="A2"', b'r="XFD1048576"')


def _dimension() -> bytes:
    return _in_sheet(b'<dimension ref="A1:B2"', f'<dimension ref="{_LAST_CELL}"'.encode())


def _merged() -> bytes:
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{_LAST_CELL}"/></mergeCells>'
    return _in_sheet(b"</sheetData>", merge.encode())


def _merges() -> bytes:
    merges = "".join(f'<mergeCell ref="C{n}:H{n + 1}"/>' for n in range(1, 60_000, 2))
    return _in_sheet(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())


def _formulas() -> bytes:
    first = (
        f'<c r="A3"><f t="shared" ref="{_LAST_CELL}" si="0">{"SUM(B1:B2)+" * 300}1</f><v>1</v></c>'
    )
    rest = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>1</v></c></row>'
        for n in range(4, 4_000)
    )
    return _in_sheet(b"</sheetData>", f'<row r="3">{first}</row>{rest}</sheetData>'.encode())


def _rows() -> bytes:
    rows = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{column}{n}" t="inlineStr"><is><t>{n} {column}</t></is></c>'
            for column in "ABCDEFGHIJ"
        )
        + "</row>"
        for n in range(3, 20_003)
    )
    return _in_sheet(b"</sheetData>", f"{rows}</sheetData>".encode())


def _sheets() -> bytes:
    workbook = _workbook()
    for number in range(1_000):
        workbook.create_sheet(f"{number}")["A1"] = "Kính gửi"
    return _saved(workbook)


def _strings() -> bytes:
    words = b"<si><t>x</t></si>" * 1_000_000
    return changed(
        _saved(_workbook()),
        "xl/sharedStrings.xml",
        lambda body: body.replace(b"</sst>", words + b"</sst>"),
    )


def _fonts() -> bytes:
    font = b'<font><sz val="-1e308"/><family val="99"/><charset val="9999"/></font>'
    return changed(
        _saved(_workbook()),
        "xl/styles.xml",
        lambda body: body.replace(b"<fonts", b"<fonts").replace(
            b"</fonts>", font * 2_000 + b"</fonts>"
        ),
    )


def _excel_macros() -> bytes:
    project = compound({"VBA": {"dir": b"Attribut"}})
    return added(source("31_bangtonghop_nfd.xlsx"), "xl/vbaProject.bin", project)


def _of_old_formats() -> Iterator[Trap]:
    broken = (_BROKEN, _OURS_LIMIT)
    yield Trap(
        name="doc whose sectors go in circles",
        file="CV.doc",
        make=partial(_cyclic, "40_congvan_my_thang.doc"),
        causes=broken,
        needs=_OFFICE,
    )
    yield Trap(
        name="xls whose sectors go in circles",
        file="BTH.xls",
        make=partial(_cyclic, "35_bangtonghop_thang.xls"),
        causes=broken,
        needs=_OFFICE,
    )
    yield Trap(
        name="doc with an absurd header", file="CV.doc", make=_absurd, causes=broken, needs=_OFFICE
    )
    yield Trap(name="doc with a password", file="CV.doc", make=_locked_doc, causes=(_LOCKED,))
    yield Trap(
        name="doc with macros", file="CV.doc", make=_doc_macros, causes=broken, needs=_OFFICE
    )
    yield Trap(
        name="rtf of groups 20,000 deep",
        file="CV.rtf",
        make=_deep_rtf,
        causes=(_LARGE,),
        needs=_OFFICE,
    )
    yield Trap(
        name="rtf of 20,000 objects", file="CV.rtf", make=_objects, causes=(_OURS,), needs=_OFFICE
    )
    yield Trap(
        name="rtf of bytes without end",
        file="CV.rtf",
        make=_bin,
        causes=(_BROKEN, _OURS_LIMIT),
        needs=_OFFICE,
    )
    yield Trap(
        name="odt with a password",
        file="CV.odt",
        make=_locked_odt,
        causes=(_LOCKED,),
        needs=_OFFICE,
    )
    yield Trap(
        name="ods of rows repeated a milliard times", file="BTH.ods", make=_repeated, needs=_OFFICE
    )


def _cyclic(paper: str) -> bytes:
    """Every sector of the table follows itself."""
    raw = bytearray(source(paper))
    at = (struct.unpack_from("<I", raw, 76)[0] + 1) * 512
    for number in range(128):
        struct.pack_into("<I", raw, at + number * 4, (number + 1) % 100)
    return bytes(raw)


def _absurd() -> bytes:
    raw = bytearray(source("40_congvan_my_thang.doc"))
    struct.pack_into("<I", raw, 44, 0x7FFFFFFF)
    struct.pack_into("<I", raw, 72, 0x7FFFFFFF)
    return bytes(raw)


def _locked_doc() -> bytes:
    """[MS-DOC] 2.5.1: the bit that says the text is encrypted."""
    head = bytearray(600)
    head[:2], head[11] = b"\xec\xa5", 0x01
    return compound({"WordDocument": bytes(head), "1Table": bytes(600)})


def _doc_macros() -> bytes:
    macros: Tree = {"VBA": {"dir": b"Attribut", "ThisDocument": b"AutoOpen"}}
    return compound({"WordDocument": bytes(600), "1Table": bytes(600), "Macros": macros})


def _deep_rtf() -> bytes:
    return b"{\\rtf1 " + b"{\\b " * 20_000 + b"x" + b"}" * 20_000 + b"}"


def _objects() -> bytes:
    one = rb"{\object\objemb{\*\objclass Package}{\*\objdata 0105000002000000}{\result x}}"
    return b"{\\rtf1\\ansi " + one * 20_000 + b"Kinh gui Phong Kinh te va Ha tang}"


def _bin() -> bytes:
    return b"{\\rtf1\\ansi Kinh gui {\\bin2147483647 " + b"\0" * 5_000 + b"}}"


def _locked_odt() -> bytes:
    def sealed(body: bytes) -> bytes:
        mark = b"<manifest:encryption-data/></manifest:manifest>"
        return body.replace(b"</manifest:manifest>", mark)

    return changed(source("55_congvan_my_thang.odt"), "META-INF/manifest.xml", sealed)


def _repeated() -> bytes:
    def grown(body: bytes) -> bytes:
        row = (
            b'<table:table-row table:number-rows-repeated="1000000000"><table:table-cell '
            b'table:number-columns-repeated="1000000000" office:value-type="string">'
            b"<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        )
        return body.replace(b"</table:table>", row, 1)

    return changed(source("38_bangtonghop_thang.ods"), "content.xml", grown)
