"""The letters of an .xlsx in Unicode, and its sheets laid out, for the copy that is looked at."""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree
from lxml.etree import _Element as Element

from ingest.pages.fonts import rename_fonts, written
from ingest.pages.sheet_layout import add_wrapped_styles, lay_out
from ingest.readers.legacy import Run, decode_each
from ingest.readers.ooxml import Package, attribute, child, local, whole


def parts(package: Package) -> Iterator[tuple[str, bytes]]:
    """The parts of an .xlsx that are other than they came."""
    main = package.main_part("xl/workbook.xml")
    targets: dict[str, list[str]] = {}
    for relation in package.relations(main):
        if not relation.external:
            targets.setdefault(relation.kind, []).append(relation.target)
    fonts = tuple(_cell_fonts(package, targets.get("styles", [])))
    strings = tuple(_strings(package, targets.get("sharedStrings", [])))
    texts = ["".join(one.text or "" for one in string.iter("{*}t")) for string in strings]
    for name in targets.get("worksheet", []):
        root = package.tree(name)
        if root is not None:
            _decode_cells(root, fonts, strings)
            lay_out(root, texts, len(fonts))
            yield name, written(root)
    drawn = (name for name in package.names if name.startswith("xl/drawings/"))
    for name in (*targets.get("styles", []), *drawn):
        root = package.tree(name) if name.endswith(".xml") else None
        if root is None:
            continue
        for paragraph in root.iter("{*}p"):
            _decode_runs(paragraph.iter("{*}r"), None, ("rPr", "latin"), "typeface")
        rename_fonts(root)
        add_wrapped_styles(root)
        yield name, written(root)


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
    return _decode_runs(runs, font, ("rPr", "rFont"), "val") | rename_fonts(held)


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
