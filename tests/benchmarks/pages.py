"""How long a page takes to be seen: the first look, the next one, and pdfium alone.

python -m tests.benchmarks.pages [--count N]
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median

import pypdfium2

from ingest.pages.album import WIDTHS, Album, Paper
from ingest.pages.drawing import Wanted
from ingest.readers import sniff
from tests.papers import source
from tests.papers.scanned import scan

PAPERS = (
    ("pdf", "65_phieu_thuong.pdf"),
    ("docx", "09_phieu_thuong.docx"),
    ("docx TCVN3", "15_phieu_tcvn3.docx"),
    ("doc", "43_phieu_thuong.doc"),
    ("odt", "58_phieu_nfd_vun.odt"),
    ("xlsx", "33_bangtonghop_5nv_an.xlsx"),
    ("jpg", "phieu_L4_photo.jpg"),
    ("heic", "phieu_L4_photo.heic"),
)
_PATIENCE = 300.0


def main(count: int) -> None:
    """Print a line a format: milliseconds, and how many times what pdfium alone needs.

    pdfium alone draws an A4 page of print as wide as ours, in this process, and Pillow makes a PNG.
    """
    print(f"{'':12} {'first look':>12} {'other page':>12} {'kept':>8} {'pdfium':>10} {'ratio':>7}")  # noqa: T201 -- a command
    for name, file in PAPERS:
        before = _floor(count)  # beside every paper: the machine may have other work
        first, other, kept = _looks(file, count)
        floor = (before + _floor(count)) / 2
        print(  # noqa: T201 -- a command
            f"{name:12} {first:9.0f} ms {other:9.1f} ms {kept:5.1f} ms {floor:7.1f} ms"
            f" {other / floor:6.1f}×"
        )


def _looks(file: str, count: int) -> tuple[float, float, float]:
    raw = scan(file) if file.endswith(("jpg", "heic")) else source(file)
    firsts, others, kepts = [], [], []
    for _ in range(count):
        with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
            paper = Paper(sha256(raw).hexdigest(), sniff(raw))
            with Album(Path(folder), lambda _: raw, patience=_PATIENCE) as album:
                page = Wanted(number=1, width=WIDTHS[0])
                firsts.append(_ms(lambda: album.picture(paper, page)))  # noqa: B023 -- called at once
                # A mark makes it a page that is not kept: what every next page costs.
                marked = Wanted(number=1, width=WIDTHS[0], marks=((0.1, 0.1, 0.2, 0.2),))
                others.append(_ms(lambda: album.picture(paper, marked)))  # noqa: B023 -- called at once
                kepts.append(_ms(lambda: album.picture(paper, page)))  # noqa: B023 -- called at once
    return median(firsts), median(others), median(kepts)


def _floor(count: int) -> float:
    raw = source("65_phieu_thuong.pdf")

    def draw() -> None:
        document = pypdfium2.PdfDocument(raw)
        page = document[0]
        picture = page.render(scale=WIDTHS[0] / page.get_width()).to_pil()
        picture.save(BytesIO(), "PNG")
        document.close()

    return median(_ms(draw) for _ in range(max(5, count)))


def _ms(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=3, help="how often each paper is looked at")
    main(asked.parse_args().count)
