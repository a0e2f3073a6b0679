"""Tell Vietnamese syllables from other letters: how text in an unknown encoding is judged."""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
WORD = re.compile(r"[^\W\d_]+")

_STOPPED = ("c", "ch", "p", "t")
_ONSETS = frozenset(
    ["", *re.findall(r"\S+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x")]
)
_RHYMES = frozenset(
    re.findall(
        r"\S+",
        """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iê iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oă oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uac uach uai uan uang uanh uao uap uat uau uay uăc uăn uăng uăt uâ uân uâng uât uây uc
    ue uen ueo uet uê uêch uên uênh ui um un ung uô uôc uôi uôm uôn uông uôp uôt uơ up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp ươt ưt ưu y yêm yên yêng yêt yêu
    """,
    )
)
_UNTONED = str.maketrans("", "", TONES)


@lru_cache(100_000)
def is_syllable(word: str) -> bool:
    """Tell whether a word could be one Vietnamese syllable, tone and spelling included."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in decomposed if letter in TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", decomposed.translate(_UNTONED))
    return bare == "gi" or any(
        bare[:cut] in _ONSETS and _is_rhyme(bare[:cut], bare[cut:], tones) for cut in range(4)
    )


def _is_rhyme(onset: str, rhyme: str, tones: list[str]) -> bool:
    if onset == "q" and not rhyme.startswith("u"):
        return False
    if rhyme not in _RHYMES and not (onset == "gi" and f"i{rhyme}" in _RHYMES):
        return False
    # A syllable closed by a stop carries only the acute or the dot below.
    return not (tones and rhyme.endswith(_STOPPED) and tones[0] not in "\u0301\u0323")


def share_of_syllables(text: str) -> float:
    """The share of words that are Vietnamese syllables, 0 to 1; 0 when there is no word."""
    words = WORD.findall(unicodedata.normalize("NFC", text))
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
