"""Octets to words: what no language writes costs nothing."""

from ingest.charset import decode, is_stacked, unstacked

ACCENTS = "\u0301\u0323" * 50_000


def test_accents_piled_up_are_thinned_before_they_are_composed() -> None:
    assert len(decode(f"Kính gửi a{ACCENTS} phòng".encode())) < 60


def test_words_in_any_language_stay_as_they_are() -> None:
    words = "Kính gửi “phòng” — đề xuất … e\u0302\u0301\u0323 שָׁלוֹם ……………………………………………………"

    assert (unstacked(words), is_stacked(words)) == (words, False)


def test_a_pile_of_accents_is_known() -> None:
    assert is_stacked(f"a{ACCENTS}")
