"""File names every system takes: ASCII, short, never twice."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_FILE = 120
LONGEST_FOLDER = 40
_STROKED = str.maketrans("đĐ", "dD")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


def ascii_name(words: str, longest: int) -> str:
    """“UBND xã Mỹ Hà” becomes “UBND-xa-My-Ha”; an ending such as “.docx” is kept whole.

    Never empty, never hidden, never a path and never a name that Windows keeps for itself.
    """
    bare = unicodedata.normalize("NFD", words.translate(_STROKED))
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", re.sub(r"[\u0300-\u036f]", "", bare))
    plain = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", plain)).strip("-._ ")
    ending = PurePosixPath(plain).suffix
    if not _ENDING.fullmatch(ending):
        ending = ""
    stem = _cut(plain.removesuffix(ending), longest - len(ending)) or "tep"
    name = f"{stem}{ending}"
    return f"_{name}"[:longest] if _RESERVED.fullmatch(name) else name


def _cut(words: str, longest: int) -> str:
    """Shorten between two words where that costs little."""
    if len(words) <= longest:
        return words.rstrip("-._")
    whole, _dash, _rest = words[: longest + 1].rpartition("-")
    return (whole if len(whole) > longest - 12 else words[:longest]).rstrip("-._")


class Names:
    """The names given so far; two files that would share one are told apart by a number."""

    def __init__(self) -> None:
        """Nothing is taken yet."""
        self._taken: set[str] = set()

    def free(self, folder: PurePosixPath, name: str) -> PurePosixPath:
        """The name in that folder, or the first free one like it; case does not count."""
        path = folder / name
        count = 1
        while str(path).casefold() in self._taken:
            count += 1
            path = folder / _numbered(name, f"_{count}")
        self._taken.add(str(path).casefold())
        return path


def _numbered(name: str, mark: str) -> str:
    path = PurePosixPath(name)
    return f"{path.stem[: LONGEST_FILE - len(path.suffix) - len(mark)]}{mark}{path.suffix}"
