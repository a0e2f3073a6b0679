"""From a page made ready for reading back to the picture it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin
from types import MappingProxyType
from typing import TypeAlias

from PIL import Image

Point: TypeAlias = tuple[float, float]
"""Shares of a picture's width and height, from its top left corner."""
Size: TypeAlias = tuple[int, int]

_UNTURNED: Mapping[Image.Transpose, tuple[Point, Point, Point]] = MappingProxyType(
    {
        Image.Transpose.ROTATE_90: ((1, 0), (0, 1), (-1, 0)),
        Image.Transpose.ROTATE_180: ((1, 1), (-1, 0), (0, -1)),
        Image.Transpose.ROTATE_270: ((0, 1), (0, -1), (1, 0)),
    }
)
"""Where a turned page's top left corner, its x and its y lay before the turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """How a picture was flattened, straightened and turned; sizes do not matter to shares."""

    picture: Size
    sheet: Size
    """The size of the flattened sheet, in pixels."""
    projection: tuple[float, ...] = ()
    """Takes pixels of the sheet to pixels of the picture; empty for a scan, which is its sheet."""
    angle: float = 0.0
    """By how many degrees the sheet was turned against the clock to stand straight."""
    turn: Image.Transpose | None = None

    def to_picture(self, point: Point) -> Point:
        """Where in the picture a point of the page lay."""
        x, y = point
        if self.turn is not None:
            (left, top), (right_x, right_y), (down_x, down_y) = _UNTURNED[self.turn]
            x, y = left + x * right_x + y * down_x, top + x * right_y + y * down_y
        wide, high = self.sheet
        turned = radians(-self.angle)
        across, down = (x - 0.5) * wide, (y - 0.5) * high
        x = cos(turned) * across + sin(turned) * down + wide / 2
        y = -sin(turned) * across + cos(turned) * down + high / 2
        if self.projection:
            a, b, c, d, e, f, g, h = self.projection
            depth = g * x + h * y + 1
            x, y = (a * x + b * y + c) / depth, (d * x + e * y + f) / depth
        return x / self.picture[0], y / self.picture[1]
