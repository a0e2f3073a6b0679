"""What the copies of .docx and .xlsx share: fonts that have every letter, and XML written out."""

from lxml import etree
from lxml.etree import _Element as Element

from ingest.readers.legacy import scheme_of

FONT = "Times New Roman"


def written(root: Element) -> bytes:
    """A part as its package holds it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def rename_fonts(root: Element) -> bool:
    """Put a font that has every Vietnamese letter in place of legacy ones; True where any were."""
    changed = False
    for fonts in root.iter("{*}rFonts", "{*}latin", "{*}rFont", "{*}name"):
        for key, name in fonts.attrib.items():
            if scheme_of(str(name)):
                fonts.set(key, FONT)
                changed = True
    return changed
