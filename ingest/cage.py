"""The cage: every file from outside is read in a child of its own, under limits.

A crash, a loop or a bomb costs one file and a few milliseconds; the service goes on. The children
are forked from a warm parent (`ingest.zygote`), which starts when the first file comes.
"""

import json
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from dossier import UnreadCause
from ingest import convert, landlock, unrar
from ingest.content import Content, UnreadableError
from ingest.programs import Programs, found
from ingest.readers import CONVERTED, OPENERS, PICTURED, Kind, refusal
from ingest.readers.archive import MAX_BYTES, MAX_ENTRIES, Allowance, Entry
from ingest.readers.signatures import is_signed
from ingest.zygote import (
    ANSWER,
    CONTENT,
    ENTRIES,
    FAULT,
    FRAME,
    MADE,
    TRAILER,
    TRAILER_MARK,
    UNREADABLE,
)

_ROOT = Path(__file__).parent.parent
_START = """
import sys
sys.path.insert(0, sys.argv[1])
from ingest.zygote import main
main(int(sys.argv[2]))
"""
_ATTEMPTS = 2
_GRACE = 5.0
"""Seconds the zygote has to end a child that is overdue before it counts as dead itself."""
_OURS = "máy chưa đọc được tệp này (lỗi của chương trình), cán bộ sẽ mở xem"
_CONTENT = TypeAdapter(Content)
_ANSWER = TypeAdapter(list[Any])
_REFUSAL = TypeAdapter(tuple[UnreadCause, str])
_LISTED = TypeAdapter(list[tuple[str, int, UnreadCause | None, str, bool, str]])
_KILLED_BY_CPU = -24
_NEARLY_ALL = 0.5
"""A library in C that is refused memory ends the child; it often asked for twice what it held."""
_SIZE = struct.Struct("<Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost."""

    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    memory: int = 900 << 20
    """Bytes of address space of the child."""
    result: int = 24 << 20
    """Bytes of what a reader gives back."""
    unpacked: int = MAX_BYTES
    entries: int = MAX_ENTRIES
    at_once: int = 2
    """Children at the same time."""
    eye_seconds: float = 45.0
    """Wall time of a file whose pages are pictures; what is not read by then stays unread."""
    eye_cpu_seconds: int = 60
    """Of the reader; every page's Tesseract as much again."""
    eye_memory: int = 1_200 << 20
    """Bytes of address space; of Tesseract as much again, of which it fills a quarter."""
    program_seconds: float = 60.0
    """Wall time of an outside program; its processor time as well."""
    program_memory: int = 1_280 << 20
    """Bytes of address space of an outside program; unar reserves a thousand million at once."""


@dataclass(frozen=True, slots=True)
class Guards:
    """What this machine can do to hold a reader, for `vanthu doctor`."""

    landlock: int
    """The kernel's Landlock version; 0 where files and network cannot be shut off."""
    bubblewrap: bool = False
    """Outside programs run in name spaces of their own."""
    limits: bool = True
    parent_watch: bool = True


class Budget:
    """The time one whole mail may take, all its files together."""

    def __init__(self, seconds: float) -> None:
        """Start the clock now."""
        self._ends_at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._ends_at - time.monotonic())


class Cage:
    """A place to read files safely; one serves a whole service, from any thread."""

    def __init__(self, limits: Limits | None = None, programs: Programs | None = None) -> None:
        """Nothing starts before the first file; the programs are looked for when none are given."""
        self.limits = limits or Limits()
        self.programs = found() if programs is None else programs
        self._zygote: _Zygote | None = None
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self.limits.at_once)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def guards(self) -> Guards:
        """What holds a reader on this machine."""
        return Guards(landlock=landlock.version(), bubblewrap=bool(self.programs.bwrap))

    def read(
        self, kind: str, raw: bytes, *, budget: Budget | None = None, by_eye: bool = False
    ) -> Content:
        """Read a file of a kind that `sniff` named, converted first where that is the way.

        `by_eye` reads pages that are pictures as well, a second or two a page, where Tesseract is
        there; those the time did not suffice for are `Content.unseen`.

        Raises:
            UnreadableError: the file cannot be read; `OURS` when that is not the file's fault.

        """
        if kind in CONVERTED and self.programs.soffice:
            return convert.read(self, kind, raw, budget, by_eye=by_eye)
        tesseract = self.programs.tesseract if by_eye and kind in PICTURED else ""
        if refused := refusal(kind, by_eye=bool(tesseract)):
            raise refused
        asked: dict[str, Any] = {"task": "read", "kind": kind}
        asked |= {"tesseract": tesseract} if tesseract else {}
        asked |= {"signed": True} if kind == Kind.PDF and is_signed(raw) else {}
        tag, payload = self._ask(asked, raw, self.limits.result, budget)
        if tag != CONTENT:
            raise UnreadableError(UnreadCause.OURS, _OURS)
        try:
            return _CONTENT.validate_json(bytes(payload))
        except ValidationError as error:
            raise UnreadableError(UnreadCause.OURS, _OURS) from error

    def open(
        self,
        kind: str,
        raw: bytes,
        *,
        max_entries: int | None = None,
        max_bytes: int | None = None,
        budget: Budget | None = None,
    ) -> list[Entry]:
        """The files in an archive or a mail's wrapping, each with its bytes or why there are none.

        Raises:
            UnreadableError: it cannot be opened as a whole.

        """
        allowed = Allowance(
            entries=self.limits.entries if max_entries is None else max_entries,
            size=self.limits.unpacked if max_bytes is None else max_bytes,
        )
        found = self._entries_of(kind, raw, allowed, budget)
        if any(entry.sealed for entry in found):
            return unrar.unpack(self, raw, found, budget)
        return found

    def _entries_of(
        self, kind: str, raw: bytes, allowed: Allowance, budget: Budget | None
    ) -> list[Entry]:
        if kind not in OPENERS:
            raise refusal(kind) or UnreadableError(UnreadCause.OURS, _OURS)
        asked = {"task": "open", "kind": kind, "entries": allowed.entries, "size": allowed.size}
        tag, payload = self._ask(asked, raw, allowed.size + self.limits.result, budget)
        if tag != ENTRIES:
            raise UnreadableError(UnreadCause.OURS, _OURS)
        try:
            return _entries(payload)
        except (ValidationError, struct.error) as error:
            raise UnreadableError(UnreadCause.OURS, _OURS) from error

    def look(
        self, question: str, kind: str, raw: bytes, *, budget: Budget | None = None
    ) -> list[Any]:
        """Ask a child about a file that an outside program will read.

        Raises:
            UnreadableError: the file must not, or need not, be given to the program.

        """
        asked = {"task": question, "kind": kind}
        tag, payload = self._ask(asked, raw, self.limits.result, budget)
        if tag != ANSWER:
            raise UnreadableError(UnreadCause.OURS, _OURS)
        return _ANSWER.validate_json(bytes(payload))

    def make(
        self, what: str, kind: str, raw: bytes, *, by_eye: bool = False, **asked: object
    ) -> bytes:
        """Have a child make something of a file for the desk (`ingest.pages.making`).

        Raises:
            UnreadableError: it cannot be made of this file; `OURS` when that is not its fault.

        """
        tesseract = self.programs.tesseract if by_eye else ""
        asked |= {"task": "make", "what": what, "kind": kind}
        asked |= {"tesseract": tesseract} if tesseract else {}
        tag, payload = self._ask(asked, raw, self.limits.unpacked, None)
        if tag != MADE:
            raise UnreadableError(UnreadCause.OURS, _OURS)
        return bytes(payload)

    def run(
        self,
        words: Sequence[str],
        folder: Path,
        *,
        budget: Budget | None = None,
        seconds: float | None = None,
        largest: int = MAX_BYTES,
    ) -> int:
        """Run an outside program in a folder (see `workplace`) and give its exit status.

        It sees the system's programs and this folder, has no network where the system can shut it
        off, and writes no file of more than `largest` bytes. A negative status is the signal that
        ended it. What it started ends with it.

        Raises:
            UnreadableError: it took too long (`OURS`), or could not be started.

        """
        patience = self.limits.program_seconds if seconds is None else seconds
        asked = {
            "task": "run",
            "kind": "",
            "words": list(words),
            "folder": str(folder),
            "largest": largest,
            "bwrap": self.programs.bwrap,
            "cpu": int(patience) + 1,
            "memory": self.limits.program_memory,
        }
        try:
            self._exchange(asked, b"", 0, budget, patience)
        except _EndedError as ended:
            if ended.overdue or ended.status == _KILLED_BY_CPU:
                raise self._explained(ended) from ended
            return ended.status
        raise UnreadableError(UnreadCause.OURS, _OURS)

    def close(self) -> None:
        """End the warm parent and whatever it still has at work."""
        if self._zygote is not None:
            self._retire(self._zygote)

    def _ask(
        self, asked: dict[str, Any], raw: bytes, largest: int, budget: Budget | None
    ) -> tuple[bytes, memoryview]:
        """Send a file to a child and take its answer."""
        limits = {"cpu": self.limits.cpu_seconds, "memory": self.limits.memory}
        patience = self.limits.wall_seconds
        if asked.get("tesseract"):
            limits = {"cpu": self.limits.eye_cpu_seconds, "memory": self.limits.eye_memory}
            patience = self.limits.eye_seconds
        try:
            return self._exchange(asked | limits, raw, largest, budget, patience)
        except _EndedError as ended:
            raise self._explained(ended) from ended

    def _exchange(
        self,
        asked: dict[str, Any],
        raw: bytes,
        largest: int,
        budget: Budget | None,
        patience: float,
    ) -> tuple[bytes, memoryview]:
        """One job for one child; once more when the warm parent was lost."""
        with self._places:
            for _ in range(_ATTEMPTS):
                seconds = _seconds(patience, budget)
                job = json.dumps(asked | {"seconds": seconds}).encode()
                zygote = self._started()
                try:
                    return zygote.ask(job, raw, largest, seconds + _GRACE)
                except _LostError:
                    self._retire(zygote)
                except _EndedError as ended:
                    ended.seconds = seconds
                    raise
        raise UnreadableError(UnreadCause.OURS, _OURS)

    def _started(self) -> "_Zygote":
        with self._lock:
            if self._zygote is None:
                self._zygote = _Zygote()
            return self._zygote

    def _retire(self, zygote: "_Zygote") -> None:
        """End a warm parent, unless another thread has done so and started the next."""
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
                zygote.end()

    def _explained(self, ended: "_EndedError") -> UnreadableError:
        if ended.refusal:
            return ended.refusal
        if ended.overdue or ended.status == _KILLED_BY_CPU:
            limit = ended.seconds if ended.overdue else self.limits.cpu_seconds
            reason = f"đọc quá {limit:.0f} giây nên đã dừng, cán bộ sẽ mở xem"
            return UnreadableError(UnreadCause.OURS, reason)
        if ended.status < 0 and ended.memory > self.limits.memory * _NEARLY_ALL:
            reason = f"tệp cần quá nhiều bộ nhớ khi đọc (giới hạn {self.limits.memory >> 20} MB)"
            return UnreadableError(UnreadCause.TOO_LARGE, reason)
        return UnreadableError(UnreadCause.OURS, _OURS)


def _seconds(patience: float, budget: Budget | None) -> float:
    """How long this file may take."""
    seconds = patience if budget is None else budget.left
    if seconds <= 0:
        reason = "chưa đọc kịp trong thời gian dành cho một thư, cán bộ sẽ mở xem"
        raise UnreadableError(UnreadCause.OURS, reason)
    return min(seconds, patience)


class _Zygote:
    """The warm parent, from outside."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # No environment: a child has no use for the service's secrets.
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                [sys.executable, "-I", "-c", _START, str(_ROOT), str(theirs.fileno())],
                env={"LANG": "C.UTF-8"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def ask(
        self, job: bytes, raw: bytes, largest: int, patience: float
    ) -> tuple[bytes, memoryview]:
        """Have a child forked, give it a file and take its frame; any thread may ask."""
        ours, theirs = socket.socketpair()
        with ours:
            ours.settimeout(patience)
            try:
                with theirs:
                    socket.send_fds(self._control, [job], [theirs.fileno()])
                _give(ours, raw)
                return _framed(ours, largest)
            except OSError as error:  # the zygote is gone, or deaf beyond all patience
                raise _LostError from error

    def end(self) -> None:
        """Let it go; it kills what it has at work."""
        self._control.close()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _LostError(Exception):
    """The warm parent itself was lost, through no fault of the file."""


class _EndedError(Exception):
    """A child ended without a reading; as the cause of what is raised, it is for the log."""

    def __init__(
        self,
        *,
        status: int = 0,
        overdue: bool = False,
        memory: int = 0,
        refusal: UnreadableError | None = None,
        fault: str = "",
    ) -> None:
        super().__init__(fault)
        self.status = status
        self.seconds = 0.0
        self.overdue = overdue
        self.memory = memory
        """The most bytes it ever held."""
        self.refusal = refusal


def _give(ours: socket.socket, raw: bytes) -> None:
    try:
        ours.sendall(_SIZE.pack(len(raw)))
        ours.sendall(raw)
    except (BrokenPipeError, ConnectionResetError):
        return  # the child is dead already; what the zygote says of it is still to come


def _framed(ours: socket.socket, largest: int) -> tuple[bytes, memoryview]:
    """The one frame a child answers with."""
    head = _take(ours, FRAME.size)
    if len(head) < FRAME.size or head[:4] == TRAILER_MARK:
        raise _told(bytes(head) + bytes(_take(ours, TRAILER.size - len(head))))
    tag, size = FRAME.unpack(head)
    if size > largest:
        reason = f"kết quả đọc quá lớn (trên {largest >> 20} MB)"
        raise _EndedError(refusal=UnreadableError(UnreadCause.TOO_LARGE, reason))
    payload = _take(ours, size)
    if len(payload) < size:
        raise _told(bytes(payload[-TRAILER.size :]))
    if tag == UNREADABLE:
        raise _EndedError(refusal=UnreadableError(*_REFUSAL.validate_json(bytes(payload))))
    if tag == FAULT:
        raise _EndedError(fault=str(json.loads(bytes(payload))))
    return tag, payload


def _told(tail: bytes) -> Exception:
    """What the zygote says about a child that gave no whole answer."""
    if len(tail) == TRAILER.size and tail.startswith(TRAILER_MARK):
        _, status, overdue, memory = TRAILER.unpack(tail)
        fault = f"exit status {status}"
        return _EndedError(status=status, overdue=overdue, memory=memory, fault=fault)
    return _LostError()


def _take(ours: socket.socket, size: int) -> memoryview:
    """As many bytes as come, at most `size`."""
    taken = memoryview(bytearray(size))
    at = 0
    while at < size:
        got = ours.recv_into(taken[at:])
        if not got:
            break
        at += got
    return taken[:at]


def _entries(payload: memoryview) -> list[Entry]:
    (length,) = _SIZE.unpack(payload[: _SIZE.size])
    at = _SIZE.size + length
    entries: list[Entry] = []
    listed = _LISTED.validate_json(bytes(payload[_SIZE.size : at]))
    for name, size, cause, reason, inline, sealed in listed:
        raw = bytes(payload[at : at + size])
        entries.append(Entry(name, raw, cause, reason, inline=inline, sealed=sealed))
        at += size
    return entries
