"""The corpus as a whole: who made it, and that tables keep cells and spans in every format."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier import Text
from ingest.cage import Cage
from ingest.content import Table
from ingest.readers import read, sniff
from tests.papers import HERE, Gold, missed, papers, squeezed
from tests.papers.scanned import scan, scans, whole
from tests.programs import programs

MADE_BY: dict[str, dict[str, str]] = json.loads((HERE / "manifest.json").read_bytes())
CLIPPED = {"64_bangtonghop_5nv.pdf", "68_phieu_trong_bang.pdf", "72_bangtonghop_5nv_an.pdf"}
"""Tables without all their lines, and an Excel print that cuts its cells: see `test_pdf`."""
NATIVE = [
    gold
    for kind in ("docx", "docm", "xlsx", "xlsm", "pdf")
    for gold in papers(kind)
    if gold.name not in CLIPPED and not (kind == "pdf" and gold.is_legacy)
]
WRAPPED = [path for name in ("congvan_S1*", "*_S2*", "*_S3*", "camket_S4*") for path in scans(name)]
"""A searchable PDF, a TIFF of two pages, a picture turned by its EXIF mark, a picture in a PDF.

All of them, and the forty worn pages: `python -m tests.benchmarks.scans`.
"""
Spans = dict[tuple[int, int], tuple[int, int]]


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(programs=programs("tesseract")) as one:
        yield one


def test_it_is_known_who_made_every_file() -> None:
    files = {path.name for name in ("src", "scans", "signed") for path in (HERE / name).iterdir()}

    assert sorted(file for made in MADE_BY.values() for file in made) == sorted(files)
    assert (len(files) >= 160, len(MADE_BY) >= 10) == (True, True)


def test_every_native_file_has_gold() -> None:
    with_gold = {path.name.removesuffix(".json") for path in (HERE / "gold").iterdir()}

    assert with_gold == {path.name for path in (HERE / "src").iterdir()}


@pytest.mark.parametrize("gold", [*papers("docm"), *papers("xlsm")], ids=lambda gold: gold.name)
def test_every_word_beside_a_macro_is_read(gold: Gold) -> None:
    content = read(sniff(gold.raw), gold.raw)

    assert missed(gold, content.plain()) == []
    assert content.notes == ("tệp có macro (không được chạy)",)


@pytest.mark.parametrize(
    "gold", [gold for gold in NATIVE if gold.tables], ids=lambda gold: gold.name
)
def test_cells_stand_in_place_with_their_spans(gold: Gold) -> None:
    found = list(read(sniff(gold.raw), gold.raw).tables())

    for known, spans in zip(gold.tables, gold.spans, strict=True):
        best = max(found, key=lambda table: _alike(table, known))
        assert _alike(best, known) == len(known)
        assert {place: span for place, span in _spans(best).items() if place in spans} == spans


@pytest.mark.parametrize("path", WRAPPED, ids=lambda path: path.name)
def test_a_page_is_read_by_eye_whatever_wraps_it(cage: Cage, path: Path) -> None:
    raw = scan(path.name)

    content = cage.read(sniff(raw), raw, by_eye=True)

    words = "\n".join((content.plain(), *(line.text for line in content.margins)))
    assert content.text is Text.OCR
    assert whole(path.name, words) >= 0.95


def _alike(table: Table, known: dict[tuple[int, int], str]) -> int:
    """Cells that begin as the gold has them; one that holds a table says its words as well."""
    cells = {(one.row, one.column): squeezed(one.text) for one in table.cells}
    return sum(cells.get(place, "").startswith(squeezed(text)) for place, text in known.items())


def _spans(table: Table) -> Spans:
    return {(one.row, one.column): (one.row_span, one.column_span) for one in table.cells}
