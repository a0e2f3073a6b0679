"""Papers as a scanner or a telephone sees them: pictures of pages, no letter to be selected."""

from io import BytesIO

import pypdfium2
from PIL import Image

from service.demo import pages
from service.demo.blocks import Blocks
from service.demo.draw import Draw
from service.demo.papers import PDF, Paper

JPEG = "image/jpeg"
_POINTS = 72
_WHITE = 255
_GRAIN = 96


def photographed(
    draw: Draw, blocks: Blocks, *, dpi: int = 110, quality: int = 55
) -> tuple[bytes, ...]:
    """Each page as a slightly turned, grainy JPEG."""
    document = pypdfium2.PdfDocument(pages.write(blocks, face=draw.one(pages.FACES)))
    found = []
    for page in document:
        image = page.render(scale=dpi / _POINTS).to_pil().convert("L")
        angle = (draw.number(0, 30) - 15) / 10
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_WHITE)
        out = BytesIO()
        _grainy(draw, image).save(out, "JPEG", quality=quality)
        found.append(out.getvalue())
    return tuple(found)


def _grainy(draw: Draw, image: Image.Image) -> Image.Image:
    grain = Image.frombytes("L", (_GRAIN, _GRAIN), draw.octets(_GRAIN * _GRAIN))
    noise = grain.resize(image.size, Image.Resampling.NEAREST)
    return Image.blend(image, noise, 0.08)


def scanned(draw: Draw, blocks: Blocks, name: str, roles: tuple[str, ...] = ()) -> Paper:
    """The paper as one PDF of pictures."""
    raw = pages.pictures_only(photographed(draw, blocks))
    return Paper(name=name, raw=raw, media=PDF, roles=roles)


def photos(draw: Draw, blocks: Blocks, stem: str) -> tuple[Paper, ...]:
    """The paper as one JPEG a page."""
    shots = photographed(draw, blocks)
    return tuple(
        Paper(name=f"{stem}{n}.jpg", raw=raw, media=JPEG, roles=())
        for n, raw in enumerate(shots, 1)
    )
