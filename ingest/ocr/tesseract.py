"""The only door to Tesseract: one process a page, the picture in and words with boxes out.

Runs inside the cage (`ingest.zygote`), whose limits the process inherits: it sees the system's
files, writes none, and has no network where the kernel can shut it off.
"""

import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image

from ingest.ocr.engine import Engine

MODEL = "Vietnamese"
"""The script model (Debian `tesseract-ocr-script-viet`): 98.7 % of words where `vie` had 97.9 %."""
PAGE_SECONDS = 30.0
WHOLE_PAGE, SCATTERED = "3", "11"
"""How Tesseract should look for words: column by column, or wherever they are (`--psm`)."""
_ENVIRONMENT = {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
_WORD_LEVEL = "5"
_COLUMNS = 12
_LEAST_SECONDS = 0.5


class Seen(NamedTuple):
    """One word as Tesseract saw it; the box in pixels from the top left."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    """0 to 1."""
    line: tuple[int, int, int]
    """Block, paragraph and line, which tell where one line ends and the next begins."""


def read(page: Image.Image, engine: Engine, layout: str = WHOLE_PAGE) -> tuple[Seen, ...] | None:
    """The words of a page in reading order; None when there was no time, or Tesseract failed."""
    seconds = min(PAGE_SECONDS, engine.left)
    if seconds < _LEAST_SECONDS:
        return None
    grey = page.convert("L")
    picture = b"P5 %d %d 255\n" % grey.size + grey.tobytes()
    command = (engine.program, "-", "-", "-l", MODEL, "--psm", layout, "--dpi", "300", "tsv")
    try:
        told = subprocess.run(  # noqa: S603 -- a program found by `ingest.programs`, fixed words
            command,
            input=picture,
            stdout=subprocess.PIPE,
            env=_ENVIRONMENT,
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return tuple(_seen(told.stdout.decode("utf-8", "replace")))


def _seen(table: str) -> Iterator[Seen]:
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        block, paragraph, line = map(int, cells[2:5])
        yield Seen(
            text=cells[11].strip(),
            left=left,
            top=top,
            right=left + width,
            bottom=top + height,
            confidence=max(0.0, float(cells[10])) / 100,
            line=(block, paragraph, line),
        )
