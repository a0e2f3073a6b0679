"""Any paper as pictures of its pages, made when somebody looks, and kept for the next look.

What takes a second or more (LibreOffice, reading a scan) is made by one thread, one paper after the
other, in a cage of its own: looking never waits for the mails, nor the mails for it. Who asks waits
for that a moment, two at a time, and is else told to come again.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Any, Self

from dossier import UnreadCause
from ingest import convert
from ingest.cage import Cage, Limits
from ingest.content import Content, UnreadableError
from ingest.pages import making
from ingest.pages.drawing import WHOLE, Wanted
from ingest.pages.places import Places, Spotted, Word
from ingest.pages.shelf import LARGEST, Shelf
from ingest.readers import CONVERTED, READERS
from ingest.readers.kinds import PICTURES, Kind

WIDTHS = (900, 1600)
"""How wide pages are drawn, in pixels: for a screen, and for a fine one."""
PATIENCE = 2.5
"""Seconds somebody waits for what is being made before they are told to come again."""
_AS_IT_CAME = frozenset({Kind.PDF, *(PICTURES & READERS.keys())})
"""Kinds that are drawn as they came; all others by way of LibreOffice."""
SHOWN: frozenset[str] = frozenset(
    {*_AS_IT_CAME, Kind.DOCX, Kind.DOCM, Kind.XLSX, Kind.XLSM, *CONVERTED}
)
"""Kinds that can be shown, those that need LibreOffice among them."""

_LAYOUT = 1
"""Counts up when what is kept changes its form or its looks."""
_WAITING = 2
"""How many may wait at a time; the desk has four threads."""
_MOST_FAILURES = 500
_AGAIN_AFTER = 600.0
"""Seconds after which what failed is tried again."""
_NO_OFFICE = UnreadableError(
    UnreadCause.UNSUPPORTED, "máy này thiếu LibreOffice nên chưa dựng được trang của tệp Office"
)


class BusyError(Exception):
    """It is being made; ask again in a few seconds."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: its bytes by their digest, and what kind it is."""

    digest: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What is known of a paper's pages."""

    total: int
    """How many there are; only the first 200 are shown."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height in points of those that are shown."""


class Album:
    """Pages of papers, their pictures and their words; one serves a whole desk, from any thread."""

    def __init__(
        self,
        folder: Path,
        bytes_of: Callable[[str], bytes],
        *,
        cage: Cage | None = None,
        largest: int = LARGEST,
        patience: float = PATIENCE,
    ) -> None:
        """Nothing starts before the first look; `bytes_of` gives a file by its digest."""
        self._shelf = Shelf(folder / f"v{_LAYOUT}", largest)
        self._bytes_of = bytes_of
        self._cage = cage or Cage(Limits(at_once=2))
        self._bench = _Bench(patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what is being made."""
        self._bench.close()
        self._cage.close()

    def sheets(self, paper: Paper) -> Sheets:
        """How many pages there are and how large they are.

        Raises:
            BusyError: they are being made.
            UnreadableError: there can be no pictures of this paper; the reason is for people.

        """
        facts = self._facts(paper)
        sizes = tuple((float(wide), float(high)) for wide, high in facts["sizes"])
        return Sheets(total=int(facts["total"]), sizes=sizes)

    def picture(self, paper: Paper, wanted: Wanted) -> bytes:
        """A page as PNG or JPEG, some places marked, or a part of it.

        Raises:
            BusyError: the paper's pages are being made.
            UnreadableError: there can be no picture of this page.

        """
        if not 1 <= wanted.number <= len(self.sheets(paper).sizes):
            raise UnreadableError(UnreadCause.UNSUPPORTED, f"tệp không có trang {wanted.number}")
        is_plain = not wanted.marks and wanted.part == WHOLE
        name = f"{paper.digest}.{wanted.number}.{wanted.width}"
        if is_plain and (kept := self._shelf.get(name)) is not None:
            return kept
        kind, raw = self._drawable(paper)
        drawn = self._cage.make(making.DRAWN, kind, raw, **asdict(wanted))
        if is_plain:
            self._shelf.put(name, drawn)
        return drawn

    def find(self, paper: Paper, spot: str, words: str) -> Spotted:
        """Where words that were read at a spot stand; the first page when they are nowhere.

        Raises:
            BusyError: the paper's pages are being made or read.
            UnreadableError: there can be no pictures of this paper.

        """
        facts = self._facts(paper)
        spots = {spot: (first, last) for spot, first, last in facts["spots"]}
        found = Places(_words(facts["words"]), spots).find(spot, words)
        if found.marks or not facts["pictures"] or not self._cage.programs.tesseract:
            return found
        wanted = found.page if found.is_sure else facts["pictures"][0]
        if wanted not in facts["pictures"]:
            return found
        try:
            read = self._seen(paper, wanted)
        except UnreadableError:  # the page itself can still be shown
            return found
        seen = Places(_words([[]] * (wanted - 1) + [read]), {}).find(f"trang {wanted}", words)
        return seen if seen.marks else found

    # -- what takes long

    def _facts(self, paper: Paper) -> dict[str, Any]:
        refused = self._refusal(paper)
        if refused is not None:
            raise refused
        name = f"{paper.digest}.json"
        kept = self._shelf.get(name)
        if kept is None:
            kept = self._bench.wait(name, lambda: self._made(paper))
        return dict(json.loads(kept))

    def _refusal(self, paper: Paper) -> UnreadableError | None:
        if paper.kind not in SHOWN:
            return UnreadableError(
                UnreadCause.UNSUPPORTED, f"định dạng .{paper.kind or '?'} không có ảnh trang"
            )
        needs_office = paper.kind not in _AS_IT_CAME
        return _NO_OFFICE if needs_office and not self._cage.programs.soffice else None

    def _made(self, paper: Paper) -> bytes:
        """Everything about a paper's pages but their pictures."""
        content, kind, raw = self._prepared(paper)
        total, sizes = json.loads(self._cage.make(making.SIZES, kind, raw))
        words: list[Any] = [[] for _ in sizes]
        pictures = list(range(1, len(sizes) + 1))
        if kind == Kind.PDF:
            words, pictures = json.loads(self._cage.make(making.WRITTEN, kind, raw))
        found = Places(_words(words), {}).spots_of(content.lines() if content else ())
        spots = [[spot, *ends] for spot, ends in found.items()]
        facts = {"total": total, "sizes": sizes, "words": words, "pictures": pictures}
        made = json.dumps(facts | {"spots": spots}, ensure_ascii=False).encode()
        self._shelf.put(f"{paper.digest}.json", made)
        return made

    def _prepared(self, paper: Paper) -> tuple[Content | None, str, bytes]:
        """What its reader says of a paper, and the paper as it can be drawn."""
        kind, raw = paper.kind, self._bytes_of(paper.digest)
        if kind in PICTURES:
            return None, kind, raw
        if kind == Kind.PDF:
            return self._content(kind, raw), kind, raw
        if kind in CONVERTED:
            raw, kind = convert.convert(self._cage, kind, raw, CONVERTED[kind]), CONVERTED[kind]
        content = self._content(kind, raw)
        copy = self._cage.make(making.COPIED, kind, raw)
        drawable = convert.convert(self._cage, kind, copy, Kind.PDF)
        self._shelf.put(f"{paper.digest}.pdf", drawable)
        return content, Kind.PDF, drawable

    def _content(self, kind: str, raw: bytes) -> Content | None:
        """What was judged; a paper that nobody can read may still be looked at."""
        try:
            return self._cage.read(kind, raw)
        except UnreadableError:
            return None

    def _drawable(self, paper: Paper) -> tuple[str, bytes]:
        if paper.kind in _AS_IT_CAME:
            return paper.kind, self._bytes_of(paper.digest)
        name = f"{paper.digest}.pdf"
        kept = self._shelf.get(name)
        if kept is None:
            kept = self._bench.wait(name, lambda: self._prepared(paper)[2])
        return Kind.PDF, kept

    def _seen(self, paper: Paper, number: int) -> list[Any]:
        """The words on the picture of one page."""
        name = f"{paper.digest}.{number}.words.json"
        kept = self._shelf.get(name)
        if kept is None:
            kept = self._bench.wait(name, lambda: self._read_by_eye(paper, number, name))
        return list(json.loads(kept))

    def _read_by_eye(self, paper: Paper, number: int, name: str) -> bytes:
        kind, raw = self._drawable(paper)
        read = self._cage.make(making.SEEN, kind, raw, by_eye=True, number=number)
        self._shelf.put(name, read)
        return read


def _words(pages: list[Any]) -> Iterator[Word]:
    for number, page in enumerate(pages, start=1):
        for text, left, top, right, bottom in page:
            yield Word(str(text), number, (left, top, right, bottom))


class _Bench:
    """One thread that makes one thing after the other; who wants the same thing shares it."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pages")
        self._lock = Lock()
        self._waiting = BoundedSemaphore(_WAITING)
        self._under_way: dict[str, Future[bytes]] = {}
        self._failed: OrderedDict[str, tuple[float, UnreadableError]] = OrderedDict()

    def wait(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The thing itself, if it is made soon enough.

        Raises:
            BusyError: it is not.
            UnreadableError: it cannot be made, or could not lately.

        """
        task = self._task(name, make)
        if task.done():
            return task.result()
        if not self._waiting.acquire(blocking=False):
            raise BusyError
        try:
            return task.result(self._patience)
        except NotYetError as error:
            raise BusyError from error
        finally:
            self._waiting.release()

    def close(self) -> None:
        """Begin nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _task(self, name: str, make: Callable[[], bytes]) -> Future[bytes]:
        with self._lock:
            failed_at, failure = self._failed.get(name, (0.0, None))
            if failure is not None and time.monotonic() - failed_at < _AGAIN_AFTER:
                raise failure
            self._failed.pop(name, None)
            if name not in self._under_way:
                task = self._thread.submit(make)
                self._under_way[name] = task
                task.add_done_callback(lambda done: self._ended(name, done))
            return self._under_way[name]

    def _ended(self, name: str, task: Future[bytes]) -> None:
        with self._lock:
            self._under_way.pop(name, None)
            failure = None if task.cancelled() else task.exception()
            if isinstance(failure, UnreadableError):
                self._failed[name] = (time.monotonic(), failure)
                while len(self._failed) > _MOST_FAILURES:
                    self._failed.popitem(last=False)
