"""The desk's pictures of papers: its port `desk.papers.Pages` on the album of `ingest.pages`."""

from collections.abc import Iterator
from contextlib import contextmanager

from config.settings import Settings
from desk.papers import BusyError, NoPagesError, Outline, Spot
from dossier import Place, UnreadCause
from ingest.content import UnreadableError
from ingest.pages import album as making
from ingest.pages.album import SHOWN, Album, Paper
from ingest.pages.drawing import Wanted
from ingest.pages.excerpt import NARROW, WIDE, part_around
from ledger.store import DamagedError, Store
from service.log import logger

_LOST = "tệp không còn nguyên trong kho"


def album_of(settings: Settings) -> Album:
    """The pictures of this installation's papers, kept in a folder that may be deleted."""
    folder = settings.data_folder
    return Album(folder / "pages", Store(folder / "store").get)


class Shown:
    """What the desk asks, in its own words."""

    def __init__(self, album: Album) -> None:
        """Make pictures with this album."""
        self._album = album

    def shows(self, kind: str) -> bool:
        """Tell whether papers of a kind have pages at all."""
        return kind in SHOWN

    def outline(self, digest: str, kind: str) -> Outline:
        """How many pages there are, and how large."""
        with _told():
            sheets = self._album.sheets(Paper(digest, kind))
        return Outline(total=sheets.total, sizes=sheets.sizes)

    def picture(self, digest: str, kind: str, *, page: int, width: int, at: Place | None) -> bytes:
        """A page, with the words of a place marked where they stand on it."""
        paper = Paper(digest, kind)
        with _told():
            spotted = self._album.find(paper, at.spot, at.words) if at else None
            marks = spotted.marks if spotted and spotted.page == page else ()
            return self._album.picture(paper, Wanted(number=page, width=width, marks=marks))

    def locate(self, digest: str, kind: str, at: Place) -> Spot:
        """The page the words of a place stand on."""
        with _told():
            spotted = self._album.find(Paper(digest, kind), at.spot, at.words)
        return Spot(page=spotted.page, is_marked=bool(spotted.marks), is_sure=spotted.is_sure)

    def excerpt(self, digest: str, kind: str, at: Place, *, narrow: bool) -> bytes:
        """The part of the page around the words of a place."""
        paper, shape = Paper(digest, kind), NARROW if narrow else WIDE
        with _told():
            spotted = self._album.find(paper, at.spot, at.words)
            sizes = self._album.sheets(paper).sizes
            size = sizes[min(spotted.page, len(sizes)) - 1] if sizes else (1.0, 1.0)
            part = part_around(spotted.marks, size, shape)
            wanted = Wanted(number=spotted.page, width=shape.width, marks=spotted.marks, part=part)
            return self._album.picture(paper, wanted)


@contextmanager
def _told() -> Iterator[None]:
    """Say in the desk's words what cannot be made."""
    try:
        yield
    except making.BusyError as error:
        raise BusyError from error
    except UnreadableError as error:
        if error.cause is UnreadCause.OURS:
            logger().warning("no_pages", fault=str(error.__cause__ or ""))
        raise NoPagesError(error.reason) from error
    except DamagedError as error:
        raise NoPagesError(_LOST) from error
