"""TCVN3 and VNI letters."""

import pytest

from ingest.readers.legacy import TCVN3, VNI, Run, decode, detect, prevailing, scheme_of

SENTENCE = "Cộng hòa xã hội chủ nghĩa Việt Nam"
IN_TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam"
IN_VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"


@pytest.mark.parametrize(
    ("font", "scheme"),
    [
        (".VnTime", TCVN3),
        (".vnArialH", TCVN3),
        ("ABCDEF+.VnTime-Bold", TCVN3),
        ("VNI-Times", VNI),
        ("VNI Helve", VNI),
        ("Times New Roman", None),
        ("Vnesia", None),
        (None, None),
    ],
)
def test_a_font_proposes_an_encoding(font: str | None, scheme: str | None) -> None:
    assert scheme_of(font) == scheme


def test_tcvn3_becomes_unicode() -> None:
    assert decode([Run(IN_TCVN3, ".VnTime")]) == (SENTENCE, frozenset({TCVN3}))


def test_vni_becomes_unicode() -> None:
    assert decode([Run(IN_VNI, "VNI-Times")]) == (SENTENCE, frozenset({VNI}))


def test_a_capital_font_makes_capitals_of_small_codes() -> None:
    assert decode([Run("§éc lËp", ".VnTimeH")])[0] == "ĐỘC LẬP"


def test_the_soft_hyphen_is_a_letter_in_tcvn3() -> None:
    assert decode([Run("ch\u00ad\u00acng tr×nh", ".VnTime")])[0] == "chương trình"


def test_unicode_that_wears_a_legacy_font_is_left_alone() -> None:
    text = "Có cam kết của doanh nghiệp"

    assert decode([Run(text, ".VnTime")]) == (text, frozenset())


def test_a_run_without_proof_goes_with_its_paragraph() -> None:
    runs = [Run("Doanh nghiệp ", ".VnTime"), Run("có", ".VnTime-Bold"), Run(" nhu cầu", ".VnTime")]

    assert decode(runs) == ("Doanh nghiệp có nhu cầu", frozenset())


def test_a_letter_cut_from_its_tone_is_joined_first() -> None:
    runs = [Run("Co", "VNI-Times"), Run("äng hoøa", "VNI-Times")]

    assert decode(runs)[0] == "Cộng hòa"


def test_letters_typed_on_a_mac_compare_equal() -> None:
    assert decode([Run("Vie\u0323\u0302t", None)])[0] == "Việt"


def test_legacy_text_without_a_font_is_known_by_its_syllables() -> None:
    assert detect(IN_TCVN3) == TCVN3
    assert detect(IN_VNI) == VNI


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "The café résumé of Zürich naïve façade",
        "Société Générale à Paris, déjà vu",
        "12 m² × 3 µm ± 5%, 25 °C, § 12 Abs. 3",
        "© 2024 Công ty TNHH Thực phẩm sạch",
        "Cã",
    ],
)
def test_other_text_is_not_taken_for_legacy(text: str) -> None:
    assert detect(text) is None


def test_short_lines_follow_the_rest_of_their_file() -> None:
    lines = [IN_VNI, IN_VNI.upper(), "Ñoäc laäp - Töï do - Haïnh phuùc", "Maãu A1-ÑXNV"]

    found = prevailing(lines)

    assert found == VNI
    assert decode([Run("Maãu A1-ÑXNV")], found)[0] == "Mẫu A1-ĐXNV"


def test_one_legacy_line_does_not_make_a_legacy_file() -> None:
    assert prevailing([IN_VNI, "été à la café", "Zürich"]) is None
