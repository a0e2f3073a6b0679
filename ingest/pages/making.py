"""What a child of the cage makes for the desk: pictures, copies, lists of words."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ingest.ocr.engine import Engine
from ingest.pages import copying, drawing, writing

SIZES, WRITTEN, SEEN, DRAWN, COPIED = "sizes", "written", "seen", "drawn", "copied"
"""What can be asked for."""


def made(asked: Mapping[str, Any], raw: bytes, engine: Engine | None) -> bytes:
    """Make one thing of one file, in this very process: the cage calls this.

    Raises:
        UnreadableError: it cannot be made of this file.

    """
    return _MAKERS[asked["what"]](asked, raw, engine)


def _sizes(asked: Mapping[str, Any], raw: bytes, _engine: Engine | None) -> bytes:
    return _json(drawing.sizes(asked["kind"], raw))


def _written(_asked: Mapping[str, Any], raw: bytes, _engine: Engine | None) -> bytes:
    return _json(writing.written(raw))


def _seen(asked: Mapping[str, Any], raw: bytes, engine: Engine | None) -> bytes:
    page = writing.seen(asked["kind"], raw, asked["number"], engine) if engine else []
    return _json(page)


def _drawn(asked: Mapping[str, Any], raw: bytes, _engine: Engine | None) -> bytes:
    left, top, right, bottom = asked["part"]
    wanted = drawing.Wanted(
        number=asked["number"],
        width=asked["width"],
        marks=tuple(tuple(one) for one in asked["marks"]),
        part=(left, top, right, bottom),
    )
    return drawing.draw(asked["kind"], raw, wanted)


def _copied(asked: Mapping[str, Any], raw: bytes, _engine: Engine | None) -> bytes:
    return copying.copied(asked["kind"], raw)


_MAKERS: Mapping[str, Callable[[Mapping[str, Any], bytes, Engine | None], bytes]] = (
    MappingProxyType(
        {SIZES: _sizes, WRITTEN: _written, SEEN: _seen, DRAWN: _drawn, COPIED: _copied}
    )
)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
