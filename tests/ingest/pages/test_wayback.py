"""A word found on a cleaned page is marked where it stands in the picture that came."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.ocr.clean import cleaned
from ingest.ocr.wayback import WayBack

SIZE = (1000, 1400)
DOT = (700, 300)


def a_page() -> Image.Image:
    """Lines of print, and one dot apart from them."""
    page = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(page)
    for y in range(500, 1300, 40):
        pen.rectangle((100, y, 900, y + 12), fill=0)
    pen.ellipse((DOT[0] - 15, DOT[1] - 15, DOT[0] + 15, DOT[1] + 15), fill=0)
    return page


def dot_in(page: Image.Image) -> tuple[float, float]:
    """The middle of the dark in the upper third, the page's edges apart, as shares."""
    dark = np.asarray(page.convert("L")) < 128
    dark[page.height // 3 :] = dark[: page.height // 20] = False
    dark[:, : page.width // 20] = dark[:, -page.width // 20 :] = False
    rows, columns = np.nonzero(dark)
    return float(columns.mean()) / page.width, float(rows.mean()) / page.height


@pytest.mark.parametrize("angle", [0.0, 2.5, -4.0])
def test_a_skewed_scan(angle: float) -> None:
    picture = a_page().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)

    clean = cleaned(picture)

    assert clean.way_back.to_picture(dot_in(clean.page)) == pytest.approx(
        dot_in(picture), abs=0.004
    )


def test_a_photograph_taken_from_the_side() -> None:
    room = Image.new("RGB", (1400, 1800), (60, 60, 60))
    corners = (150, 120, 260, 1700, 1230, 1620, 1300, 200)  # of the sheet: NW, SW, SE, NE
    bent = _bent(a_page(), room.size, corners)
    picture = Image.composite(bent.convert("RGB"), room, _bent(_white(), room.size, corners))

    clean = cleaned(picture)
    x, y = clean.way_back.to_picture(dot_in(clean.page))

    around = picture.convert("L").crop(
        (round(x * 1400) - 8, round(y * 1800) - 8, round(x * 1400) + 8, round(y * 1800) + 8)
    )
    assert clean.way_back.projection
    assert np.asarray(around).mean() < 60


def _white() -> Image.Image:
    return Image.new("L", SIZE, 255)


def _bent(page: Image.Image, size: tuple[int, int], corners: tuple[int, ...]) -> Image.Image:
    """A page as a camera sees it whose picture has the page's corners there."""
    wide, high = page.size
    sources = ((0, 0), (0, high), (wide, high), (wide, 0))
    rows: list[list[float]] = []
    wanted: list[float] = []
    for (u, v), x, y in zip(sources, corners[::2], corners[1::2], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    numbers = [float(one) for one in np.linalg.solve(np.array(rows), np.array(wanted))]
    return page.transform(size, Image.Transform.PERSPECTIVE, numbers, fillcolor=0)


@pytest.mark.parametrize(
    "turn",
    [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270],
)
def test_a_page_that_lay_on_its_side_or_its_head(turn: Image.Transpose) -> None:
    picture = Image.new("L", (400, 600), 255)
    picture.putpixel((100, 30), 0)
    turned = picture.transpose(turn)
    rows, columns = np.nonzero(np.asarray(turned) == 0)
    point = (columns[0] / turned.width, rows[0] / turned.height)

    back = WayBack(picture=picture.size, sheet=picture.size, turn=turn).to_picture(point)

    assert back == pytest.approx((100 / 400, 30 / 600), abs=0.004)
