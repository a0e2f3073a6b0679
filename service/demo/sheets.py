"""Workbooks written as raw .xlsx parts: merges, hidden rows, and formulas with their last values.

openpyxl cannot write the value a formula had when the file was saved, and that value is all a
reader has to go by; so the few parts a workbook needs are written here.
"""

# ruff: noqa: E501 -- an XML element stands in one line

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from service.demo.blocks import Cell, Formula, Sheet
from service.demo.spelling import Spelling, spell

_EPOCH = (2024, 3, 20, 8, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ALPHABET = 26
_FONTS = {"": 1, ".VnTime": 2, ".VnTimeH": 3, "VNI-Times": 4}
_FONT_NAMES = ("Calibri", "Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times")


def write(sheets: tuple[Sheet, ...], spelling: Spelling = Spelling.UNICODE) -> bytes:
    """The sheets as one workbook."""
    strings: dict[tuple[tuple[str, str], ...], int] = {}
    parts = {
        f"xl/worksheets/sheet{n}.xml": _sheet(one, strings, spelling)
        for n, one in enumerate(sheets, 1)
    }
    parts |= {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _links(((f"{_REL}/officeDocument", "xl/workbook.xml"),)),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _links(
            (
                *(
                    (f"{_REL}/worksheet", f"worksheets/sheet{n}.xml")
                    for n, _ in enumerate(sheets, 1)
                ),
                (f"{_REL}/styles", "styles.xml"),
                (f"{_REL}/sharedStrings", "sharedStrings.xml"),
            )
        ),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": _shared(strings),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(ZipInfo(name, _EPOCH), _HEAD + parts[name], ZIP_DEFLATED)
    return out.getvalue()


def letter(column: int) -> str:
    """The name of a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, _ALPHABET)
        name = chr(ord("A") + left) + name
    return name


def _sheet(
    sheet: Sheet, strings: dict[tuple[tuple[str, str], ...], int], spelling: Spelling
) -> str:
    rows = []
    for number, cells in enumerate(sheet.rows):
        inside = "".join(
            _cell(f"{letter(column)}{number + 1}", cell, strings, spelling)
            for column, cell in enumerate(cells)
        )
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        rows.append(f'<row r="{number + 1}"{hidden}>{inside}</row>')
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    merges = "".join(
        f'<mergeCell ref="{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"/>'
        for top, left, bottom, right in sheet.merges
    )
    return (
        f'<worksheet xmlns="{_MAIN}">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{''.join(rows)}</sheetData>"
        + (f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else "")
        + "</worksheet>"
    )


def _cell(
    at: str, cell: Cell, strings: dict[tuple[tuple[str, str], ...], int], spelling: Spelling
) -> str:
    match cell:
        case None | "":
            return f'<c r="{at}" s="1"/>'
        case int():
            return f'<c r="{at}" s="1"><v>{cell}</v></c>'
        case Formula():
            value = "" if cell.value is None else f"<v>{cell.value}</v>"
            return f'<c r="{at}" s="1"><f>{escape(cell.text)}</f>{value}</c>'
    runs = spell(cell, spelling)
    index = strings.setdefault(runs, len(strings))
    return f'<c r="{at}" s="{_FONTS[runs[0][1]]}" t="s"><v>{index}</v></c>'


def _shared(strings: dict[tuple[tuple[str, str], ...], int]) -> str:
    items = []
    for runs in strings:
        if len(runs) == 1:
            items.append(f'<si><t xml:space="preserve">{escape(runs[0][0])}</t></si>')
        else:
            inside = "".join(
                f'<r><rPr><rFont val="{font}"/><sz val="12"/></rPr>'
                f'<t xml:space="preserve">{escape(text)}</t></r>'
                for text, font in runs
            )
            items.append(f"<si>{inside}</si>")
    return f'<sst xmlns="{_MAIN}" count="{len(items)}" uniqueCount="{len(items)}">{"".join(items)}</sst>'


def _styles() -> str:
    fonts = "".join(f'<font><sz val="12"/><name val="{name}"/></font>' for name in _FONT_NAMES)
    looks = "".join(
        f'<xf numFmtId="0" fontId="{n}" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        for n, _ in enumerate(_FONT_NAMES)
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="{len(_FONT_NAMES)}">{fonts}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FONT_NAMES)}">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _workbook(sheets: tuple[Sheet, ...]) -> str:
    listed = "".join(
        f'<sheet name="{escape(one.name)}" sheetId="{n}"'
        f'{" state=" + chr(34) + "hidden" + chr(34) if one.hidden else ""} r:id="rId{n}"/>'
        for n, one in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>'


def _links(targets: tuple[tuple[str, str], ...]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACK}/relationships">{listed}</Relationships>'


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PACK}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_OFFICE}.sharedStrings+xml"/>'
        f"{sheets}</Types>"
    )
