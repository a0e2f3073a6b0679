"""Pages as scanners and telephones see them (`scans/`), and the words that stand on them.

Four papers in ten qualities each: `L0` is 300 dpi and clean, `L8` 100 dpi, `L4` a photograph in
perspective and shadow, `L5` on its side, `L5b` on its head, `L6` under a seal and a signature.
Eight more (`_S`) are the same pages as other programs wrap them: searchable PDFs, a fax of two
pages in one TIFF, a photograph turned by its EXIF mark alone.
"""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
SCANS = HERE / "scans"
PAPERS = {
    "bth": "06_bangtonghop_my_thang.docx",
    "camket": "18_camket_1.docx",
    "congvan": "01_congvan_my_thang.docx",
    "phieu": "09_phieu_thuong.docx",
}
_FOOT = "Nơi nhận"
_WITHOUT_FOOT = ("bth", "phieu")
"""Papers that were scanned before their closing lines were written."""


def scans(pattern: str = "*_L*") -> list[Path]:
    """The pictures of a pattern, the .heic copy left out."""
    return [path for path in sorted(SCANS.glob(pattern)) if path.suffix != ".heic"]


def scan(name: str) -> bytes:
    """One of the pictures."""
    return (SCANS / name).read_bytes()


def whole(name: str, words: str) -> float:
    """The share of a picture's words that were read whole, accents included."""
    asked = _asked_of(name.partition("_")[0])
    return (asked & _counted(words)).total() / asked.total()


def quality(path: Path) -> str:
    """What a picture suffers from: “L4_photo”."""
    return path.stem.partition("_")[2]


def _asked_of(papers: str) -> Counter[str]:
    """The words of a picture, or of the pages of one file: “congvan-camket”."""
    asked = Counter[str]()
    for paper in papers.split("-"):
        asked += _asked(paper)
    return asked


def _asked(paper: str) -> Counter[str]:
    units = json.loads((HERE / "gold" / f"{PAPERS[paper]}.json").read_text("utf-8"))["units"]
    words: list[str] = []
    for unit in units:
        if paper in _WITHOUT_FOOT and unit["text"].startswith(_FOOT):
            break
        words.append(unit["text"])
    return _counted(" ".join(words))


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text)))
