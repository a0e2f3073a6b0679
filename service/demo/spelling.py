"""How a paper's letters were typed: Unicode in all its forms, TCVN3 and VNI fonts, no marks at all.

The two old code tables are built from their published charts. A TCVN3 typist sets words with a
toned capital in the capital font `.VnTimeH`: the case of such a letter lives in the font's name.
"""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from service.demo.houses import ascii_only

Run: TypeAlias = tuple[str, str]
"""(characters, font name); the font name is empty where the document's own font serves."""


class Spelling(StrEnum):
    """One way of typing Vietnamese."""

    UNICODE = "unicode"
    NFD = "nfd"
    """As macOS and iOS keep it: every mark a character of its own."""
    TCVN3 = "tcvn3"
    VNI = "vni"
    CAPITALS = "capitals"
    BARE = "bare"
    """Without any mark: CONG TY TNHH."""
    NOISY = "noisy"
    """No-break and double spaces, zero-width characters left by copying from the web."""
    WORN = "worn"
    """U+00D0 for Đ, the old place of the tone (hoà, uỷ), official typing slips."""


_TCVN3_ROWS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"), (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
_PLAIN_CAPITALS = "ĂÂÊÔƠƯĐ"


def _tcvn3_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for start, letters in _TCVN3_ROWS:
        table |= {letter: chr(start + n) for n, letter in enumerate(letters)}
    return table


def _vni_table() -> dict[str, str]:
    tones = {"": "", "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
    hats = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
    breves = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
    families = [(base, base, tones) for base in "aeouy"]
    families += [("a\u0302", "a", hats), ("e\u0302", "e", hats), ("o\u0302", "o", hats)]
    families += [("a\u0306", "a", breves), ("o\u031b", "ô", tones), ("u\u031b", "ö", tones)]
    table = {
        unicodedata.normalize("NFC", letter + tone): base + mark
        for letter, base, marks in families
        for tone, mark in marks.items()
    }
    table |= {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "đ": "ñ", "ỵ": "î"}
    table |= {letter.upper(): code.upper() for letter, code in table.items()}
    return {letter: code for letter, code in table.items() if letter != code}


_TCVN3 = _tcvn3_table()
_VNI = _vni_table()
_OLD_TONES = (
    ("hòa", "hoà"), ("Hòa", "Hoà"), ("HÒA", "HOÀ"), ("ủy", "uỷ"), ("Ủy", "Uỷ"), ("ỦY", "UỶ"),
    ("hóa", "hoá"), ("Hóa", "Hoá"), ("HÓA", "HOÁ"),
    ("thủy", "thuỷ"), ("Thủy", "Thuỷ"), ("THỦY", "THUỶ"),
)  # fmt: skip
_SLIPS = (("TT-BKHCN", "TT-BKHHCN"), ("năng suất chất lượng", "năng xuất chất lượng"))


def _tcvn3(text: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    for word in re.findall(r"\s+|\S+", unicodedata.normalize("NFC", text)):
        toned = any(one.lower() in _TCVN3 and one not in _TCVN3 for one in word)
        if toned and word.isupper():
            loud = "".join(
                _TCVN3.get(one.lower(), one)
                if one not in _TCVN3 or one in _PLAIN_CAPITALS
                else _TCVN3[one]
                for one in word
            )
            runs.append((loud, ".VnTimeH"))
            continue
        for one in word:
            capital = one.lower() in _TCVN3 and one not in _TCVN3
            code = _TCVN3[one.lower()] if capital else _TCVN3.get(one, one)
            runs.append((code, ".VnTimeH" if capital else ".VnTime"))
    return _joined(runs)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for text, font in runs:
        if merged and merged[-1][1] == font:
            merged[-1] = (merged[-1][0] + text, font)
        else:
            merged.append((text, font))
    return tuple(merged)


def _vni(text: str) -> tuple[Run, ...]:
    normal = unicodedata.normalize("NFC", text)
    return (("".join(_VNI.get(one, one) for one in normal), "VNI-Times"),)


def _worn(text: str) -> tuple[Run, ...]:
    for new, old in (*_OLD_TONES, *_SLIPS):
        text = text.replace(new, old)
    return ((text.replace("Đ", "\u00d0"), ""),)


def _noisy(text: str) -> tuple[Run, ...]:
    words = text.split(" ")
    spaces = ("\u00a0", " ", "  ", " ", " \u200b", " ")
    joined = words[0] + "".join(spaces[n % len(spaces)] + word for n, word in enumerate(words[1:]))
    return ((joined, ""),)


_WAYS: dict[Spelling, Callable[[str], tuple[Run, ...]]] = {
    Spelling.UNICODE: lambda text: ((text, ""),),
    Spelling.NFD: lambda text: ((unicodedata.normalize("NFD", text), ""),),
    Spelling.TCVN3: _tcvn3,
    Spelling.VNI: _vni,
    Spelling.CAPITALS: lambda text: ((text.upper(), ""),),
    Spelling.BARE: lambda text: ((ascii_only(text), ""),),
    Spelling.NOISY: _noisy,
    Spelling.WORN: _worn,
}


def spell(text: str, way: Spelling) -> tuple[Run, ...]:
    """The text as runs of characters and fonts."""
    return tuple(run for run in _WAYS[way](text) if run[0])
