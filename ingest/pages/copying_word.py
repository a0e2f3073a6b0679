"""The letters of a .docx in Unicode, for the copy that is looked at."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from ingest.pages.fonts import rename_fonts, written
from ingest.readers.docx_styles import Styles
from ingest.readers.legacy import Run, decode_each
from ingest.readers.ooxml import Package, child, local, value

_SOFT_HYPHEN = "\u00ad"


def parts(package: Package) -> Iterator[tuple[str, bytes]]:
    """The parts of a .docx that are other than they came."""
    related: dict[str, list[str]] = {}
    for relation in package.relations(package.main_part("word/document.xml")):
        if not relation.external:
            related.setdefault(relation.kind, []).append(relation.target)
    styles = Styles(package, related)
    for name in package.names:
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        raw = package.bytes_of(name) or b""
        is_worth_it = b"rFonts" in raw or b":latin" in raw or b":t>" in raw or b":t " in raw
        root = package.tree(name) if is_worth_it else None
        if root is not None and (_decode_paragraphs(root, styles) | rename_fonts(root)):
            yield name, written(root)


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
