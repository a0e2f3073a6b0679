"""Octets and encoded words to Vietnamese text: what the headers and bodies of real mail hold.

A declared character set is a hint. Where octets could be read in several ways, the reading with
the most well-formed Vietnamese syllables wins.
"""

import base64
import binascii
import codecs
import quopri
import re
import unicodedata
from functools import lru_cache

from ingest.tcvn3 import TCVN3

_LATIN = frozenset({"cp1252", "iso8859-1", "iso8859-15", "cp1258", "ascii", "latin_1"})
_GUESSES = ("cp1258", "cp1252", "latin_1", "viscii", "tcvn3")
_NOT_ASCII_BASED = re.compile(r"utf.?16|utf.?32|utf.?7|iso.?2022|^hz", re.IGNORECASE)

_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
"""RFC 1456, octets 80 to FF; its six capitals below 20 do not occur in names."""

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?[aăâeêioôơuưy]{{1,3}}(?:ng|nh|ch|[cmnpt])?")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile(
    r"[\u0080-\u00bf\u0192\u02c6\u02dc\u2018-\u2022\u2026\u2030\u20ac\u2122\ufffd]"
)

_ENCODED_WORD = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MOJIBAKE = re.compile("á[º»]|Ä[‘\u2018\x91\x90\u0090]|Æ[°¡]|Ã[\x80-\xbf]|áº|á»")
_TOO_LONG_TO_WEIGH = 4000
_LAST_ASCII = 0x7F
_MOST_ACCENTS = 30
_STACKED = re.compile(r"[^\w\s\x00-\x7f]{31,}")
"""So many signs in a row that are neither letters nor ASCII: accents may be among them."""


def decode(raw: bytes, charset: str | None = None) -> str:
    """Octets of a declared or unknown character set as NFC text; never raises.

    Valid UTF-8 is UTF-8 whatever was declared: by chance no other text is.
    """
    return _nfc(_decoded(raw, (charset or "").strip(" \"'").lower()))


def decode_words(text: str) -> str:
    """RFC 2047 words as text: also inside quotes, unspaced, or cut inside a character."""
    if "=?" not in text:
        return _undo_mojibake(_nfc(text))
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _ENCODED_WORD.finditer(text):
        between = text[end : word.start()]
        if between.strip() or not end or word[1].lower() != charset:
            out.append(decode(pending, charset))
            out.append(between if between.strip() or not end else "")
            pending = b""
        charset = word[1].lower()
        pending += _word_octets(word[2].lower(), word[3])
        end = word.end()
    out += (decode(pending, charset), text[end:])
    return _undo_mojibake(_nfc("".join(out)))


def one_line(text: str) -> str:
    """Make the text safe to stand in a header: no line break, no control, no hidden turning."""
    return _CONTROLS.sub(" ", _TURNING.sub("", text)).strip()


def turns_direction(text: str) -> bool:
    """Tell whether the text hides its true order (an .exe shown as a .pdf)."""
    return bool(re.search("[\u202a-\u202e\u2066-\u2069]", text))


def unstacked(text: str) -> str:
    """The text with no more than thirty accents on a letter (UAX #15, Stream-Safe Text Format).

    Composing what stands on one letter takes the square of its length, and hours are bought with a
    page of accents.
    """
    return _STACKED.sub(_thinned, text)


def is_stacked(text: str) -> bool:
    """Tell whether somebody piled up accents as no language does."""
    return any(_thinned(match) != match[0] for match in _STACKED.finditer(text))


def _thinned(run: "re.Match[str]") -> str:
    kept: list[str] = []
    accents = 0
    for letter in run[0]:
        accents = accents + 1 if unicodedata.combining(letter) else 0
        if accents <= _MOST_ACCENTS:
            kept.append(letter)
    return "".join(kept)


def _nfc(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates end here
    return unicodedata.normalize("NFC", unstacked(whole))


def _decoded(raw: bytes, charset: str) -> str:
    if _NOT_ASCII_BASED.search(charset) and (text := _attempt(raw, charset)) is not None:
        return text
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    if (text := _attempt(raw, "utf-8-sig")) is not None:
        return text
    name = _codec_name(charset)
    if name and name not in _LATIN and (text := _attempt(raw, name)) is not None:
        return text
    if name == "utf-8" and _mostly_utf8(raw):
        return raw.decode("utf-8", "replace")
    guesses = dict.fromkeys((name, *_GUESSES) if name in _LATIN else _GUESSES)
    readings = [text for guess in guesses if (text := _attempt(raw, guess)) is not None]
    return max(readings, key=_vietnameseness)


def _mostly_utf8(raw: bytes) -> bool:
    """A few broken octets in a text that says it is UTF-8: a cut, not another character set."""
    high = sum(octet > _LAST_ASCII for octet in raw)
    return raw.decode("utf-8", "replace").count("\ufffd") * 5 < high


def _codec_name(charset: str) -> str:
    if "viscii" in charset:
        return "viscii"
    if "tcvn" in charset:
        return "tcvn3"
    try:
        return codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return ""


def _attempt(raw: bytes, charset: str) -> str | None:
    if charset == "viscii":
        return "".join(chr(o) if o <= _LAST_ASCII else _VISCII[o - 128] for o in raw)
    if charset == "tcvn3":
        return "".join(TCVN3.get(o, chr(o)) for o in raw)
    try:
        return raw.decode(charset)
    except (LookupError, ValueError):
        return None


def _vietnameseness(text: str) -> int:
    """Well-formed Vietnamese syllables beyond ASCII, less the words and signs that are none."""
    text = unicodedata.normalize("NFC", unstacked(text[:_TOO_LONG_TO_WEIGH]))
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(1 if _is_syllable(word) else -1 for word in words) - len(_STRANGE.findall(text))


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def _word_octets(encoding: str, text: str) -> bytes:
    if encoding == "q":
        return quopri.decodestring(text.replace("_", " ").encode("utf-8", "replace"), header=False)
    kept = re.sub("[^A-Za-z0-9+/]", "", text)
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + "=" * (-len(kept) % 4))
    except binascii.Error:
        return text.encode("utf-8", "replace")


def _undo_mojibake(text: str) -> str:
    """UTF-8 or TCVN3 octets once read as Western text: undone only where Vietnamese comes out."""
    if text.isascii():
        return text
    if _MOJIBAKE.search(text):
        readings = [_nfc(back) for back in (_reread(text, "utf-8"),) if back]
        return next((back for back in readings if _vietnameseness(back) > 0), text)
    back = _reread(text, "tcvn3")
    if back and _vietnameseness(text) < 0 and _vietnameseness(back) >= 2:  # noqa: PLR2004 -- one syllable may be chance
        return _nfc(back)
    return text


def _reread(text: str, charset: str) -> str | None:
    octets = b"".join(
        one.encode("cp1252", "ignore") or one.encode("latin-1", "replace") for one in text
    )
    return _attempt(octets, charset)
