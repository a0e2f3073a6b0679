"""Hints of seals and signatures on scans: seen where they are, and nowhere else."""

from pathlib import Path

import pytest
from PIL import Image

from dossier import InkKind
from ingest.ocr.stamp import inks
from tests.papers.scanned import SCANS

PAGES = ("bth", "congvan")


@pytest.mark.parametrize("name", PAGES)
def test_a_seal_and_a_signature_are_seen(name: str) -> None:
    with Image.open(SCANS / f"{name}_L6_stamp.jpg") as picture:
        assert inks(picture) == {InkKind.SEAL, InkKind.PEN}


@pytest.mark.parametrize(
    "path", sorted(SCANS.glob("congvan_L[1-5]*.jpg")), ids=lambda one: one.stem
)
def test_a_page_without_them_hints_at_nothing(path: Path) -> None:
    with Image.open(path) as picture:
        assert inks(picture) == frozenset()


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK", "P"])
def test_an_empty_page_of_any_colours_hints_at_nothing(mode: str) -> None:
    assert inks(Image.new(mode, (400, 600), 1)) == frozenset()
