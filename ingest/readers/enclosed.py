"""Pictures inside a Word or Excel file: a scanned letter pasted in, a table photographed.

Read by eye where there is an engine, and placed where they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dossier import UnreadCause
from ingest.content import Content, Line, Table, UnreadableError, Unseen
from ingest.ocr.engine import Engine
from ingest.readers.ooxml import Package

PAGE_LIKE = 220.0
"""Square centimetres: a third of a page. What is as large and stays unread is told."""
_TABLE_LIKE = 60.0
"""A smaller picture is a logo, a seal or a signature."""
MARK_LIKE = 2.0
"""A smaller picture is a bullet or a tick, and answers nothing."""
_MOST = 40
"""Pictures of one file that are read."""
_REASON = "ảnh lớn, có thể là ảnh chụp trang giấy"


@dataclass(slots=True)
class Pictures:
    """What the pictures of one file said, and which of them nobody could read."""

    package: Package
    engine: Engine | None
    count: int = 0
    unseen: list[Unseen] = field(default_factory=list[Unseen])
    margins: list[Line] = field(default_factory=list[Line])
    """Marks of secrecy."""
    recognised: bool = False
    """Words of a picture stand among those of the file."""
    _tried: int = 0

    def see(self, part: str, area: float, where: str) -> Iterator[Line | Table]:
        """One picture of so many square centimetres: its words, if it is a page or a table."""
        self.count += 1
        content = self._read(part) if area >= _TABLE_LIKE else None
        if content is not None:
            self.recognised = True
            self.margins += (replace(line, spot=where, page=None) for line in content.margins)
            self.unseen += (replace(one, spot=where) for one in content.unseen)
            yield from _placed(content, where)
        elif area >= PAGE_LIKE:
            self.unseen.append(Unseen(spot=where, cause=UnreadCause.SCAN, reason=_REASON))

    def _read(self, part: str) -> Content | None:
        raw = self.package.bytes_of(part) if self.engine and part else None
        if raw is None or self._tried >= _MOST:
            return None
        self._tried += 1
        from ingest.readers import images  # noqa: PLC0415 -- most files hold no picture to read

        try:
            return images.read(raw, self.engine)
        except UnreadableError:
            return None


def _placed(content: Content, where: str) -> Iterator[Line | Table]:
    """What a picture says, as if it were a page of the file."""
    for number, item in enumerate(content.items):
        spot = f"ảnh {where}, {_inner(item.spot)}"
        opens = number == 0
        if isinstance(item, Line):
            yield replace(item, spot=spot, page=None, new_page=opens)
        else:
            cells = tuple(
                replace(cell, spot=f"ảnh {where}, {_inner(cell.spot)}") for cell in item.cells
            )
            yield replace(item, cells=cells, spot=spot, page=None, new_page=opens)


def _inner(spot: str) -> str:
    """A spot of a picture of one page without its page: “dòng 7”."""
    return spot.removeprefix("trang 1, ")
