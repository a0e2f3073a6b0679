"""Text typed in TCVN3 (`.VnTime`) or VNI (`VNI-Times`) fonts, turned into Unicode.

Such text is Latin-1 letters that only look Vietnamese in their font. The font's name proposes the
encoding, the letters decide: Unicode text often wears a left-over `.VnTime`. U+00AD is “ư” in
TCVN3, so nothing may strip soft hyphens before this module has seen the text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from ingest import tcvn3
from ingest.readers.syllables import WORD, is_syllable

TCVN3 = "tcvn3"
VNI = "vni"

_FONTS = (
    (TCVN3, re.compile(r"\.vn", re.IGNORECASE)),
    (VNI, re.compile(r"vni[-_ ]", re.IGNORECASE)),
)
_CAPITAL_FONT = re.compile(r"\.vn\w*h(?![a-z])", re.IGNORECASE)
_SUBSET = re.compile(r"[A-Z]{6}\+")
_HIGH = re.compile("[\u00a1-\u00ff]")
_UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    "\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]"
)
_TOKEN = re.compile(r"[^\s\d(),.;:!?\"“”/&%+=<>–-]+")
_ENOUGH_WORDS = 4
_ENOUGH_SHARE = 0.6
_ENOUGH_LINES = 3

_FROM_TCVN3 = {**tcvn3.TCVN3, 0x2212: "ư"}
"""PDF writers turn the glyph of the soft hyphen, TCVN3's “ư”, into a minus sign."""

_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HATS = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVES = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ñ": "đ", "î": "ỵ"}
_VNI_HORNS = {"ô": "ơ", "ö": "ư"}


def _vni_chart() -> dict[str, str]:
    chart = dict(_VNI_ALONE)
    for base in "aeouy":
        chart |= {base + mark: _nfc(base + tone) for tone, mark in _VNI_TONES.items()}
    for base, hatted in zip("aeo", "âêô", strict=True):
        chart |= {base + mark: _nfc(hatted + tone) for tone, mark in _VNI_HATS.items()}
    chart |= {"a" + mark: _nfc("ă" + tone) for tone, mark in _VNI_BREVES.items()}
    for code, horned in _VNI_HORNS.items():
        chart[code] = horned
        chart |= {code + mark: _nfc(horned + tone) for tone, mark in _VNI_TONES.items()}
    del chart["yï"]  # “ỵ” has a code of its own
    capitals = {code.upper(): letter.upper() for code, letter in chart.items()}
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in chart.items()}
    return chart | mixed | capitals


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_FROM_VNI = _vni_chart()
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Turn TCVN3 codes into Unicode letters."""
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    """Turn VNI codes, one or two letters each, into Unicode letters."""
    return _VNI_CODE.sub(lambda code: _FROM_VNI[code[0]], text)


_DECODERS: dict[str, Callable[[str], str]] = {TCVN3: from_tcvn3, VNI: from_vni}


def scheme_of(font: str | None) -> str | None:
    """The encoding a font's name proposes: “tcvn3”, “vni” or none."""
    name = _SUBSET.sub("", font or "").lstrip()
    return next((scheme for scheme, pattern in _FONTS if pattern.match(name)), None)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font."""

    text: str
    font: str | None = None


def decode(runs: Iterable[Run], assumed: str | None = None) -> tuple[str, frozenset[str]]:
    """The text of one paragraph in Unicode NFC, and the encodings it was typed in.

    Neighbours in one font are joined first, because a program may cut a letter from its tone.
    `assumed` is the encoding that prevails in a file whose fonts tell nothing.
    """
    joined = _joined(runs)
    is_unicode = any(scheme_of(run.font) and _UNICODE_ONLY.search(run.text) for run in joined)
    pieces: list[str] = []
    met: set[str] = set()
    for run in joined:
        letters = _letters(run, is_unicode=is_unicode)
        pieces.append(letters)
        if letters != run.text:
            met.add(scheme_of(run.font) or "")
    text = _nfc("".join(pieces))
    if not met and (found := detect(text) or (assumed if _may_be_coded(text) else None)):
        return _nfc(_DECODERS[found](text)), frozenset({found})
    return text, frozenset(met)


def decode_each(runs: Iterable[Run]) -> list[str]:
    """The same as `decode`, a text a run, for a copy that keeps its runs.

    Where a letter and its tone stand in two runs, the first one gets both, and all that follows
    in the same font.
    """
    runs = list(runs)
    text, schemes = decode(runs)
    if not schemes:
        return [run.text for run in runs]
    is_unicode = any(scheme_of(run.font) and _UNICODE_ONLY.search(run.text) for run in runs)
    texts: list[str] = []
    for font, same in groupby(runs, key=lambda run: run.font):
        group = [run.text for run in same]
        whole = Run("".join(group), font)
        texts += _split(group, _letters(whole, is_unicode=is_unicode), scheme_of(font))
    if _nfc("".join(texts)) != text:  # no font told, the words did
        texts = _split([run.text for run in runs], text, next(iter(schemes)))
    return texts


def _split(pieces: list[str], text: str, scheme: str | None) -> list[str]:
    """A decoded text in the pieces it was typed in, where these can be told apart."""
    if scheme is None or text == "".join(pieces):
        return pieces
    each = [_DECODERS[scheme](piece) for piece in pieces]
    for one in (each, [piece.upper() for piece in each]):
        if _nfc("".join(one)) == _nfc(text):
            return [_nfc(piece) for piece in one]
    return [_nfc(text), *[""] * (len(pieces) - 1)]


def _letters(run: Run, *, is_unicode: bool) -> str:
    """What a stretch of one font says; as it stands when it is not coded."""
    scheme = scheme_of(run.font)
    if scheme is None or not _is_coded(run, scheme, is_unicode=is_unicode):
        return run.text
    letters = _DECODERS[scheme](run.text)
    is_capital = scheme == TCVN3 and _CAPITAL_FONT.search(run.font or "")
    return letters.upper() if is_capital else letters


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].font == run.font:
            joined[-1] = Run(joined[-1].text + run.text, run.font)
        else:
            joined.append(run)
    return joined


def _is_coded(run: Run, scheme: str, *, is_unicode: bool) -> bool:
    """Tell whether the letters are codes; a tie goes with the rest of the paragraph."""
    if _UNICODE_ONLY.search(run.text):
        return False
    if not _HIGH.search(run.text) and "\u2212" not in run.text:
        return not is_unicode
    plain, coded = _votes(run.text)[None], _votes(run.text)[scheme]
    return coded > plain or (coded == plain and not is_unicode)


def detect(text: str) -> str | None:
    """Guess the encoding by which reading yields Vietnamese syllables, where no font tells.

    None for Unicode, for other languages, and for anything shorter than a few words: a wrong
    guess would destroy text, a missing one leaves it as it came.
    """
    if not _may_be_coded(text) or len(text.split()) < _ENOUGH_WORDS:
        return None
    votes = _votes(text)
    plain = votes.pop(None)
    scheme, best = max(votes.items(), key=lambda entry: entry[1])
    coded = sum(1 for token in _TOKEN.findall(text) if _HIGH.search(token))
    if best <= plain or best < _ENOUGH_SHARE * coded:
        return None
    return scheme


def prevailing(lines: Iterable[str]) -> str | None:
    """The encoding most lines of a file are in, so that its short lines can be read as well."""
    candidates = [line for line in lines if _may_be_coded(line)]
    found = Counter(scheme for line in candidates if (scheme := detect(line)))
    scheme, count = next(iter(found.most_common(1)), (None, 0))
    return scheme if count >= max(_ENOUGH_LINES, len(candidates) / 2) else None


def _may_be_coded(text: str) -> bool:
    return bool(_HIGH.search(text)) and not _UNICODE_ONLY.search(text)


def _votes(text: str) -> dict[str | None, int]:
    """Count the words with high letters that are syllables as they stand and once decoded."""
    tokens = [token for token in _TOKEN.findall(_nfc(text)) if _HIGH.search(token)]
    votes: dict[str | None, int] = {None: sum(map(_is_word, tokens))}
    for scheme, decoder in _DECODERS.items():
        decoded = ((token, decoder(token)) for token in tokens)
        votes[scheme] = sum(new != old and _is_word(new) for old, new in decoded)
    return votes


def _is_word(token: str) -> bool:
    return WORD.fullmatch(token) is not None and is_syllable(token)
