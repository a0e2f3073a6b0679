"""A copy of an Office file made for looking at; runs in the cage.

LibreOffice draws text typed in TCVN3 fonts without a single “ư” (U+00AD is a soft hyphen to it), so
legacy letters become Unicode in Times New Roman. A sheet is as wide as its page, because columns
cut over several pages tell a reader nothing. Nothing else changes, and nothing is judged by it.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from ingest.readers.docx_styles import Styles
from ingest.readers.kinds import Kind
from ingest.readers.legacy import Run, decode_each, scheme_of
from ingest.readers.ooxml import Package, attribute, child, local, value, whole

_FONT = "Times New Roman"
_WORD = frozenset({Kind.DOCX, Kind.DOCM})
_MACROS = "vbaproject.bin"
_SOFT_HYPHEN = "\u00ad"
_BEFORE_SETUP = frozenset(
    (
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
        *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter"),
        *("sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
        *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    )
)
"""What stands before `pageSetup` in a sheet (ECMA-376, 18.3.1.99)."""


def copied(kind: str, raw: bytes) -> bytes:
    """A .docx or .xlsx as it should look.

    Raises:
        UnreadableError: the file is broken or oversized.

    """
    package = Package(raw)
    changed = dict(_word(package) if kind in _WORD else _sheets(package))
    return _packed(package, changed)


def _packed(package: Package, changed: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for name in package.names:
            if not name.lower().endswith(_MACROS):
                body = changed.get(name)
                copy.writestr(name, package.bytes_of(name) or b"" if body is None else body)
    return held.getvalue()


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ------------------------------------------------------------------ Word


def _word(package: Package) -> Iterator[tuple[str, bytes]]:
    parts: dict[str, list[str]] = {}
    for relation in package.relations(package.main_part("word/document.xml")):
        if not relation.external:
            parts.setdefault(relation.kind, []).append(relation.target)
    styles = Styles(package, parts)
    for name in package.names:
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        raw = package.bytes_of(name) or b""
        is_worth_it = b"rFonts" in raw or b":latin" in raw or b":t>" in raw or b":t " in raw
        root = package.tree(name) if is_worth_it else None
        if root is not None and (_decode_paragraphs(root, styles) | _rename_fonts(root)):
            yield name, _written(root)


def _decode_paragraphs(root: Element, styles: Styles) -> bool:
    changed = False
    for paragraph in root.iter("{*}p"):
        texts = list(_texts(paragraph, styles))
        decoded = decode_each(Run(_said(one), font) for one, font in texts)
        for (one, _), words in zip(texts, decoded, strict=True):
            if words != _said(one):
                _say(one, words)
                changed = True
    return changed


def _texts(paragraph: Element, styles: Styles) -> Iterator[tuple[Element, str | None]]:
    """Every text of a paragraph's own runs, with the font it is set in."""
    style = styles.settled(value(child(paragraph, "pPr"), "pStyle") or styles.paragraph)
    for run in paragraph.iter("{*}r"):
        if next(run.iterancestors("{*}p"), None) is not paragraph:
            continue
        properties = child(run, "rPr")
        look = styles.look(properties).over(styles.character(value(properties, "rStyle")))
        for one in run:
            if local(one) in {"t", "softHyphen"}:
                yield one, look.over(style).font


def _said(text: Element) -> str:
    return _SOFT_HYPHEN if local(text) == "softHyphen" else text.text or ""


def _say(text: Element, words: str) -> None:
    text.tag = str(text.tag).replace("}softHyphen", "}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _rename_fonts(root: Element) -> bool:
    """Legacy fonts give way to one that has every Vietnamese letter."""
    changed = False
    for fonts in root.iter("{*}rFonts", "{*}latin", "{*}rFont", "{*}name"):
        for key, name in fonts.attrib.items():
            if scheme_of(str(name)):
                fonts.set(key, _FONT)
                changed = True
    return changed


# ------------------------------------------------------------------ sheets


def _sheets(package: Package) -> Iterator[tuple[str, bytes]]:
    main = package.main_part("xl/workbook.xml")
    targets: dict[str, list[str]] = {}
    for relation in package.relations(main):
        if not relation.external:
            targets.setdefault(relation.kind, []).append(relation.target)
    fonts = tuple(_cell_fonts(package, targets.get("styles", [])))
    strings = tuple(_strings(package, targets.get("sharedStrings", [])))
    for name in targets.get("worksheet", []):
        root = package.tree(name)
        if root is not None:
            _decode_cells(root, fonts, strings)
            _fit(root)
            yield name, _written(root)
    drawn = (name for name in package.names if name.startswith("xl/drawings/"))
    for name in (*targets.get("styles", []), *drawn):
        root = package.tree(name) if name.endswith(".xml") else None
        if root is None:
            continue
        for paragraph in root.iter("{*}p"):
            _decode_runs(paragraph.iter("{*}r"), None, ("rPr", "latin"), "typeface")
        if _rename_fonts(root):
            yield name, _written(root)


def _cell_fonts(package: Package, parts: Iterable[str]) -> Iterator[str | None]:
    """The font of every cell style, in their order."""
    for part in parts:
        root = package.tree(part)
        names = [attribute(child(font, "name"), "val") for font in child(root, "fonts") or ()]
        for style in child(root, "cellXfs") or ():
            number = whole(attribute(style, "fontId"))
            yield names[number] if 0 <= number < len(names) else None


def _strings(package: Package, parts: Iterable[str]) -> Iterator[Element]:
    for part in parts:
        root = package.tree(part)
        yield from (one for one in root or () if local(one) == "si")


def _decode_cells(sheet: Element, fonts: Sequence[str | None], strings: Sequence[Element]) -> None:
    """A shared text may be shown in several fonts, so what is decoded goes into its own cell."""
    for cell in sheet.iter("{*}c"):
        number = whole(attribute(cell, "s"))
        font = fonts[number] if 0 <= number < len(fonts) else None
        if attribute(cell, "t") == "s":
            at = whole(_stored(cell), -1)
            if 0 <= at < len(strings):
                _inline(cell, strings[at], font)
        elif attribute(cell, "t") == "inlineStr" and (held := child(cell, "is")) is not None:
            _decode_string(held, font)
        elif attribute(cell, "t") == "str" and (result := child(cell, "v")) is not None:
            (result.text,) = decode_each([Run(result.text or "", font)])


def _stored(cell: Element) -> str | None:
    """What a cell stores."""
    held = child(cell, "v")
    return None if held is None else held.text


def _inline(cell: Element, string: Element, font: str | None) -> None:
    namespace = str(cell.tag).rpartition("}")[0] + "}"
    held = etree.fromstring(etree.tostring(string))
    if not _decode_string(held, font):
        return
    held.tag = f"{namespace}is"
    for one in list(cell):
        if local(one) in {"v", "is"}:
            cell.remove(one)
    cell.set("t", "inlineStr")
    cell.append(held)


def _decode_string(held: Element, font: str | None) -> bool:
    """Decode a plain or a rich text in place; True when it was in a legacy encoding."""
    if (plain := child(held, "t")) is not None:
        (words,) = decode_each([Run(plain.text or "", font)])
        changed, plain.text = words != plain.text, words
        return changed
    runs = (one for one in held if local(one) == "r")
    return _decode_runs(runs, font, ("rPr", "rFont"), "val") | _rename_fonts(held)


def _decode_runs(
    runs: Iterable[Element], font: str | None, path: tuple[str, ...], name: str
) -> bool:
    texts = [
        (text, attribute(child(run, *path), name) or font)
        for run in runs
        if (text := child(run, "t")) is not None
    ]
    decoded = decode_each(Run(text.text or "", own) for text, own in texts)
    changed = False
    for (text, _), words in zip(texts, decoded, strict=True):
        changed |= words != (text.text or "")
        text.text = words
    return changed


def _fit(sheet: Element) -> None:
    """All columns on one page's width, as many pages long as it takes."""
    namespace = str(sheet.tag).rpartition("}")[0] + "}"
    properties = child(sheet, "sheetPr")
    if properties is None:
        properties = etree.Element(f"{namespace}sheetPr")
        sheet.insert(0, properties)
    setup = child(properties, "pageSetUpPr")
    if setup is None:
        setup = etree.SubElement(properties, f"{namespace}pageSetUpPr")
    setup.set("fitToPage", "1")
    page = child(sheet, "pageSetup")
    if page is None:
        page = etree.Element(f"{namespace}pageSetup")
        before = [n for n, one in enumerate(sheet) if local(one) in _BEFORE_SETUP]
        sheet.insert(max(before, default=-1) + 1, page)
        page.set("orientation", "landscape")
    page.set("paperSize", "9")
    page.set("fitToWidth", "1")
    page.set("fitToHeight", "0")
    page.attrib.pop("scale", "")
