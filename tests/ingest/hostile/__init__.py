"""Files and mails made to do harm, by code, each when it is asked for."""

from collections.abc import Iterator

from dossier import Call
from ingest.cage import Cage
from tests.ingest.hostile import archives, disguised, mails, office, pdfs, pictures
from tests.ingest.hostile.trap import Trap
from tests.ingest.way import Gone, handed_in, mailed

__all__ = ["DEAR", "Trap", "sprung", "traps"]

DEAR = frozenset(
    {
        "doc with macros",
        "docx of 80,000 paragraphs",
        "docx of stacked accents",
        "docx with a row of 40,000 cells",
        "gif of 300 frames",
        "gzip of a gigabyte",
        "line of fifty million letters",
        "mail of 50,000 parts",
        "mail of ten million letters",
        "mail with 1,900 words for files",
        "mail with 5,000 files",
        "multiparts 10,000 deep",
        "ods cut off",
        "ods of rows repeated a milliard times",
        "odt cut off",
        "odt with external DTD",
        "page of 100,000 frames",
        "page of 100,000 frames in one another",
        "pdf of 100,000 pages",
        "pdf of 300,000 strokes",
        "pdf of a million letters",
        "pdf whose forms draw themselves",
        "pdf with a page of a gigabyte",
        "rtf of 20,000 objects",
        "tiff of 401 pages",
        "tiff whose pages go in circles",
        "xls cut off",
        "xls whose sectors go in circles",
        "xlsx flooded with shared formulas",
        "xlsx of 1,000 sheets",
        "xlsx of 20,000 rows",
        "zip of 70,000 files",
        "zip of a gigabyte of nothing",
        "zip of zips of zips",
        "zip with a name of 60,000 letters",
    }
)
"""Those that take seconds to make or to read: only the benchmark has them."""


def traps() -> Iterator[Trap]:
    """Every kind of harm."""
    for family in (archives, office, pdfs, pictures, mails, disguised):
        yield from family.traps()


def sprung(trap: Trap, raw: bytes, call: Call, cage: Cage) -> Gone:
    """Read a trap the way the service reads what it is."""
    return mailed(raw, call, cage) if trap.is_mail else handed_in(trap.file, raw, call, cage)
