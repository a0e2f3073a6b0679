"""Office documents with what they say (`gold/`), and archives made to do harm (`archives/`).

`manifest.json` says which program made each file of `src/`, `scans/` and `signed/`, and what is in
it. Files from 101 on came later, by other programs than the readers were first written against.
All invented for this project: the units, the people, the numbers.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Gold:
    """One document and what a person reads in it."""

    name: str
    raw: bytes
    units: tuple[tuple[str, str], ...]
    """Kind (“p”, “cell”, “num” …) and words."""
    forbidden: tuple[str, ...]
    """Words that are in the file and not to be read: deleted, hidden."""
    checks: tuple[tuple[str, bool], ...]
    """The words behind a check box, and whether it is ticked."""
    tables: tuple[dict[tuple[int, int], str], ...]
    """By row and column from 1, merged cells once."""
    spans: tuple[dict[tuple[int, int], tuple[int, int]], ...]
    """Of every table, how many rows and columns the cells with words cover."""
    encoding: str

    @property
    def is_legacy(self) -> bool:
        """Typed in TCVN3 or VNI."""
        return self.encoding in {"tcvn3", "vni"}


def papers(extension: str) -> list[Gold]:
    """Every document of a format that has gold."""
    return [_gold(path) for path in sorted((HERE / "src").glob(f"*.{extension}"))]


def archive(name: str) -> bytes:
    """One of the archives and hostile files."""
    return (HERE / "archives" / name).read_bytes()


def source(name: str) -> bytes:
    """One of the documents."""
    return (HERE / "src" / name).read_bytes()


def squeezed(text: str) -> str:
    """Words without spaces, so that line ends do not matter."""
    return re.sub(r"[\s\u00ad\u200b\ufeff]+", "", unicodedata.normalize("NFC", text))


def missed(gold: Gold, words: str) -> list[str]:
    """Units of a document that are not in what was read."""
    read = squeezed(words)
    return [text for _, text in gold.units if not _is_in(text, read)]


def _is_in(text: str, read: str) -> bool:
    return squeezed(text) in read or all(squeezed(line) in read for line in text.split("\n"))


def _gold(path: Path) -> Gold:
    known: dict[str, Any] = json.loads((HERE / "gold" / f"{path.name}.json").read_bytes())
    return Gold(
        name=path.name,
        raw=path.read_bytes(),
        units=tuple((unit["k"], unit["text"]) for unit in known["units"] if unit["text"].strip()),
        forbidden=tuple(known["forbid"]),
        checks=tuple((check["label"], check["checked"]) for check in known["checks"]),
        tables=tuple(
            {
                (row, column): cell["text"]
                for row, cells in enumerate(table, start=1)
                for column, cell in enumerate(cells, start=1)
                if cell.get("text")
            }
            for table in known["tables"]
        ),
        spans=tuple(map(_spans, known["tables"])),
        encoding=known["enc"],
    )


def _spans(table: list[list[dict[str, Any]]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Where a cell ends: at the last square that refers to it."""
    found = {
        (row, column): (1, 1)
        for row, cells in enumerate(table, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.get("text")
    }
    for row, cells in enumerate(table, start=1):
        for column, cell in enumerate(cells, start=1):
            if "ref" in cell:
                top, left = (one + 1 for one in cell["ref"])
                if (top, left) in found:
                    down, across = found[top, left]
                    found[top, left] = (max(down, row - top + 1), max(across, column - left + 1))
    return found
