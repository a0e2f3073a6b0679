"""One spelling for many ways of typing the same words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.vietnamese import fold, key, tidy


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("PHIẾU ĐỀ XUẤT", "phieu de xuat"),
        ("hoà bình", "hoa binh"),
        ("hòa bình", "hoa binh"),
        ("Ðộc lập", "doc lap"),  # U+00D0, as an old keyboard types it
        ("Ɖộc lập", "doc lap"),  # U+0189
        ("uỷ ban", "uy ban"),
        ("2021–2030", "2021-2030"),
        ("2021−2030", "2021-2030"),
        ("năng\u00a0suất\u200b", "nang suat"),
        ("  hai   khoảng \t trắng ", "hai khoang trang"),
        ("ﬁle", "file"),
    ],
)
def test_many_ways_of_typing_fold_to_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_folding_keeps_the_lines() -> None:
    assert fold("Kính gửi:\n  UBND  huyện") == "kinh gui:\nubnd huyen"


def test_a_name_typed_on_a_mac_has_the_same_key() -> None:
    typed = "Bảng tổng hợp đề xuất"

    assert key(unicodedata.normalize("NFD", typed)) == key(typed)


def test_a_key_holds_words_and_figures_only() -> None:
    assert key("“Áp dụng 5S” – giai đoạn 1.") == "ap dung 5s giai doan 1"


def test_tidying_keeps_the_accents_and_closes_up_the_space() -> None:
    assert tidy(unicodedata.normalize("NFD", " Mỹ \n Hà\u200b ")) == "Mỹ Hà"


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
