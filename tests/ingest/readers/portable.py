"""Build small .pdf files from content streams, for one test each."""

import zlib

A4 = (595, 842)


def pdf(*pages: str, encrypted: bool = False, rotate: int = 0, size: tuple[int, int] = A4) -> bytes:
    """A document of these content streams, in Helvetica (F1) and its bold (F2), `/I` a picture."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
        _stream(b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                         "/ColorSpace/DeviceGray"),
    ]  # fmt: skip
    kids = []
    for content in pages:
        objects.append(_stream(content.encode("cp1252"), "/Filter/FlateDecode", pack=True))
        body = len(objects)
        resources = "<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</I 5 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Rotate {rotate}"
            f"/Resources{resources}/Contents {body} 0 R>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects, encrypted=encrypted)


def text(x: float, y: float, words: str, font: str = "F1", size: float = 12) -> str:
    """Words at a place, from the bottom left."""
    return f"BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def grid(xs: list[float], ys: list[float]) -> str:
    """A ruled table."""
    level = (line(xs[0], y, xs[-1], y) for y in ys)
    upright = (line(x, ys[0], x, ys[-1]) for x in xs)
    return "".join((*level, *upright))


def picture(x: float, y: float, width: float, height: float) -> str:
    """A picture stretched over a box."""
    return f"q {width} 0 0 {height} {x} {y} cm /I Do Q\n"


def _stream(raw: bytes, entries: str, *, pack: bool = False) -> bytes:
    raw = zlib.compress(raw) if pack else raw
    return f"<<{entries}/Length {len(raw)}>>stream\n".encode() + raw + b"\nendstream"


def _file(objects: list[bytes], *, encrypted: bool) -> bytes:
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj".encode() + body + b"endobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    # Keys of no password at all, so that any reader must ask for one.
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'11' * 32}>>>"
    identity = "/ID[<00><00>]"
    trailer = f"/Size {len(objects) + 1}/Root 1 0 R{identity}{lock if encrypted else ''}"
    return bytes(made) + f"trailer<<{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
