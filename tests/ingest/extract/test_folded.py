"""Searching without accents, quoting with them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dossier.vietnamese import fold
from ingest.extract.folded import folded


def test_what_was_found_is_quoted_as_it_was_typed() -> None:
    text = folded("Công ty   cam kết ĐỐI ỨNG 500 triệu…")
    match = text.first("doi ung")

    assert match is not None
    assert text.quote(match.start(), match.end()) == "ĐỐI ỨNG"


def test_decomposed_letters_are_the_same_letters() -> None:
    text = folded(unicodedata.normalize("NFD", "nhiệm vụ"))
    match = text.first("nhiem vu")

    assert match is not None
    assert text.quote(match.start(), match.end()) == "nhiệm vụ"


@given(st.text(max_size=60))
def test_every_letter_of_the_folded_text_has_a_place_in_the_original(text: str) -> None:
    found = folded(text)

    assert len(found.starts) == len(found.text)
    assert all(0 <= start < len(found.original) for start in found.starts)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ĐƯƠ.", max_size=40))
def test_vietnamese_folds_as_everywhere_else(text: str) -> None:
    assert folded(text).text == fold(text)
