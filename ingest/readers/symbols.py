"""Signs that Word draws with a symbol font: a tick is a letter in Wingdings, not in Unicode."""

import re

CHECKED = "☒"
UNCHECKED = "☐"


def _pairs(written: str) -> dict[int, str]:
    words = iter(written.split())
    return {int(code, 16): letter for code, letter in zip(words, words, strict=True)}


_WINGDINGS = {
    **dict.fromkeys((0xFE, 0xFD, 0x78), CHECKED),
    **dict.fromkeys((0xA8, 0x6F, 0x71, 0x72), UNCHECKED),
    **_pairs("FC ✓ FB ✗ A7 • 6C ● 6E ■ 76 ❖ D8 ➢ F0 ⇨ E0 → 9F • B7 • 2D -"),
}
_WINGDINGS_2 = {
    **dict.fromkeys((0x51, 0x52, 0x53, 0x54), CHECKED),
    **dict.fromkeys((0xA3, 0x30), UNCHECKED),
    **_pairs("50 ✓ 4F ✗"),
}
_SYMBOL = _pairs("B7 • 2D - A3 ≤ B3 ≥ B1 ± B4 × B0 ° AE → D7 ⋅ B9 ≠ BB ≈ 25 % 2B + 3D =")
_BY_FONT = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
# LibreOffice writes the private-use codes without saying which font they belong to.
_ANY_FONT = {**_WINGDINGS_2, **_WINGDINGS}
_PRIVATE = range(0xF020, 0xF100)
_PRIVATE_LETTER = re.compile("[\uf020-\uf0ff]")


def sign(code: int, font: str | None) -> str:
    """The Unicode sign of a symbol font's letter; the letter itself where it is unknown."""
    low = code - 0xF000 if code in _PRIVATE else code
    known = _BY_FONT.get((font or "").lower(), _ANY_FONT)
    return known.get(low, chr(code))


def with_signs(text: str, font: str | None) -> str:
    """Text with private-use letters, and all letters of a symbol font, turned into signs."""
    is_symbol_font = (font or "").lower() in {"wingdings", "wingdings 2"}
    if not is_symbol_font and not _PRIVATE_LETTER.search(text):
        return text
    return "".join(
        sign(ord(letter), font) if is_symbol_font or ord(letter) in _PRIVATE else letter
        for letter in text
    )
