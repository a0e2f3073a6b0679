"""The warm parent of the cage: it forks one child a file, and kills the child that takes too long.

Runs as a process of its own (`ingest.cage` starts it), because a service with threads and open
sockets must not fork. It is single-threaded, holds nothing but the readers' modules, and ends when
the service's end of the control socket closes, however the service ended.

Of a job only its kind comes through the control socket, with a socket for the job itself. On that
socket the child gets the file and answers with one frame; when the child is gone, the zygote adds
a trailer that says how it ended.
"""

import ctypes
import gc
import json
import os
import resource
import selectors
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from dossier import UnreadCause
from ingest import landlock, programs, readers
from ingest.content import UnreadableError
from ingest.ocr.engine import Engine
from ingest.readers import archive, signatures

CONTENT, ENTRIES, ANSWER, MADE, UNREADABLE, FAULT = b"C", b"E", b"A", b"M", b"U", b"F"
"""What a frame carries: a reading, an archive's files, an answer, something made of the file, a
refusal, a crash in Python."""
FRAME = struct.Struct("<cQ")
TRAILER = struct.Struct("<4si?q")
TRAILER_MARK = b"\0END"

_SIGNAL_ON_PARENT_DEATH = 1
_FILES_OPEN = 64
_PROGRAM_FILES_OPEN = 1_024
_NOT_STARTED = 127
_ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"}
"""What an outside program is told; Tesseract with more threads only waits for itself."""
_OFFICE = "ingest.readers.office"
_MAKING = "ingest.pages.making"
_OUTLOOK = "ingest.readers.msg"
_MAX_ASKED = 1 << 16
_LAST_SECONDS = 4.0
"""What a reader of pictures keeps to put together what it has read in time."""
_PACKAGES = ("ingest", "dossier")


@dataclass(slots=True)
class _Job:
    """A child at work."""

    answer: socket.socket
    ends_at: float
    overdue: bool = False


def main(control: int) -> None:
    """Serve until the other end of the control socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the service's to understand
    bell, ringer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ringer)
    door = socket.socket(fileno=control)
    jobs: dict[int, _Job] = {}
    gc.freeze()
    with selectors.DefaultSelector() as selector:
        selector.register(door, selectors.EVENT_READ)
        selector.register(bell, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select(_patience(jobs))}
            if bell in ready:
                os.read(bell, 1 << 12)
            if door.fileno() in ready and not _accept(door, jobs):
                break
            _stop_overdue(jobs)
            _bury(jobs)
    for child in jobs:
        _kill(child)


def _patience(jobs: Mapping[int, _Job]) -> float | None:
    waiting = [job.ends_at for job in jobs.values() if not job.overdue]
    return max(0.0, min(waiting) - time.monotonic()) if waiting else None


def _accept(door: socket.socket, jobs: dict[int, _Job]) -> bool:
    """Fork a child for the next job; False when nobody will ask any more."""
    message, handles, _, _ = socket.recv_fds(door, _MAX_ASKED, 1)
    if not message:
        return False
    asked: dict[str, Any] = json.loads(message)
    answer = socket.socket(fileno=handles[0])
    _warm(asked)
    child = os.fork()
    if child == 0:
        _become(asked) if asked["task"] == "run" else _live(answer, asked)
    with suppress(ProcessLookupError, PermissionError):
        os.setpgid(child, child)
    jobs[child] = _Job(answer, time.monotonic() + asked["seconds"])
    return True


def _warm(asked: Mapping[str, Any]) -> None:
    """Import the reader here, once, so that every later child finds it ready."""
    module = {
        "read": readers.READERS.get(asked["kind"]),
        "open": readers.OPENERS.get(asked["kind"]),
        "guard": _OFFICE,
        "make": _MAKING,
    }.get(asked["task"])
    with suppress(Exception):  # the child meets the same fault and reports it
        if asked.get("signed"):
            signatures.warm()
        if module:
            import_module(module)
            gc.freeze()


def _stop_overdue(jobs: Mapping[int, _Job]) -> None:
    now = time.monotonic()
    for child, job in jobs.items():
        if not job.overdue and job.ends_at <= now:
            job.overdue = True
            _kill(child)


def _bury(jobs: dict[int, _Job]) -> None:
    """Tell how each finished child ended; first end what it may have started."""
    while jobs:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None:
            return
        _kill(found.si_pid)  # its group; the number cannot be another's before we wait for it
        _, status, used = os.wait4(found.si_pid, 0)
        job = jobs.pop(found.si_pid)
        code, memory = os.waitstatus_to_exitcode(status), used.ru_maxrss << 10
        trailer = TRAILER.pack(TRAILER_MARK, code, job.overdue, memory)
        with suppress(OSError):  # the asker has gone, or has had its answer
            job.answer.send(trailer, socket.MSG_DONTWAIT)
        job.answer.close()


def _kill(child: int) -> None:
    for stop in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            stop(child, signal.SIGKILL)


def _live(answer: socket.socket, asked: Mapping[str, Any]) -> None:
    """The whole life of a child: shut the doors, read one file, answer, end."""
    status = 1
    try:
        _shut_doors(answer.fileno(), asked)
        raw = _receive(answer)
        _send(answer, *_answered(asked, raw))
        status = 0
    finally:
        os._exit(status)


def _become(asked: Mapping[str, Any]) -> None:
    """Turn into an outside program that sees one folder; the zygote tells how it ended."""
    try:
        _leash()
        os.closerange(3, 1 << 20)
        folder = Path(asked["folder"])
        os.chdir(folder)
        _limit(asked, largest=int(asked["largest"]), handles=_PROGRAM_FILES_OPEN)
        command = tuple(asked["words"])
        if asked["bwrap"]:
            command = programs.confined(asked["bwrap"], command, folder)
        else:
            landlock.enter(programs.readable(), (folder, Path("/dev/null")), programs.SOCKETS)
        # Nothing of ours is in the environment but where it may write.
        at_home = {"HOME": str(folder), "TMPDIR": str(folder)}
        os.execve(command[0], command, _ENVIRONMENT | at_home)  # noqa: S606 -- a program found by `ingest.programs`, fixed words
    finally:
        os._exit(_NOT_STARTED)


def _shut_doors(kept: int, asked: Mapping[str, Any]) -> None:
    """Keep one socket; give up files, network, time and memory beyond the limits."""
    _leash()
    os.closerange(3, kept)
    os.closerange(kept + 1, 1 << 20)
    _limit(asked, largest=0, handles=_FILES_OPEN)
    # Tesseract runs below a reader of pictures, inside the same doors.
    seen = programs.readable() if asked.get("tesseract") else ()
    landlock.enter([*_needed_folders(), *seen])


def _leash() -> None:
    """Make sure this child dies with the zygote, and can be killed with all it starts."""
    parent = os.getppid()
    with suppress(OSError):
        os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_SIGNAL_ON_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _limit(asked: Mapping[str, Any], *, largest: int, handles: int) -> None:
    seconds, memory = int(asked["cpu"]), int(asked["memory"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))  # py7zr asks for this one


def _needed_folders() -> list[Path]:
    """Where modules and code pages lie that a reader may still import."""
    libraries = [Path(entry) for entry in sys.path if "packages" in entry or "lib/python" in entry]
    root = Path(__file__).parent.parent
    return [*libraries, *(root / package for package in _PACKAGES)]


def _answered(asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    try:
        return _TASKS[asked["task"]](asked, raw)
    except UnreadableError as error:
        return UNREADABLE, _json([error.cause, error.reason])
    except MemoryError:
        limit = f"{int(asked['memory']) >> 20} MB"
        reason = f"tệp cần quá nhiều bộ nhớ khi đọc (giới hạn {limit})"
        return UNREADABLE, _json([UnreadCause.TOO_LARGE, reason])
    except Exception as error:  # noqa: BLE001 -- a reader's fault costs one file and is told as ours
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        line = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
        return FAULT, _json(f"{type(error).__name__} {line}")


def _read(asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    return CONTENT, _json(_plain(readers.read(asked["kind"], raw, _engine(asked))))


def _make(asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    return MADE, import_module(_MAKING).made(asked, raw, _engine(asked))


def _engine(asked: Mapping[str, Any]) -> Engine | None:
    if program := asked.get("tesseract"):
        return Engine(program, time.monotonic() + asked["seconds"] - _LAST_SECONDS)
    return None


def _open(asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    allowed = archive.Allowance(entries=asked["entries"], size=asked["size"])
    found = readers.entries(asked["kind"], raw, allowed)
    listed = _json(
        [[one.name, len(one.raw), one.cause, one.reason, one.inline, one.sealed] for one in found]
    )
    return ENTRIES, b"".join((struct.pack("<Q", len(listed)), listed, *(one.raw for one in found)))


def _guard(asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    return ANSWER, _json(list(import_module(_OFFICE).guard(asked["kind"], raw)))


def _blame(asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    raise import_module(_OFFICE).blame(asked["kind"], raw)


def _msg_header(_asked: Mapping[str, Any], raw: bytes) -> tuple[bytes, bytes]:
    return ANSWER, _json([import_module(_OUTLOOK).header(raw)])


_TASKS: Mapping[str, Callable[[Mapping[str, Any], bytes], tuple[bytes, bytes]]] = {
    "read": _read,
    "open": _open,
    "guard": _guard,
    "blame": _blame,
    "make": _make,
    "msg_header": _msg_header,
}


def _plain(value: object) -> object:
    """A value of ours as JSON knows it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _receive(answer: socket.socket) -> bytes:
    size = struct.unpack("<Q", _exactly(answer, 8))[0]
    return bytes(_exactly(answer, size))


def _exactly(answer: socket.socket, size: int) -> bytearray:
    taken = bytearray(size)
    view, at = memoryview(taken), 0
    while at < size:
        got = answer.recv_into(view[at:])
        if not got:
            raise EOFError
        at += got
    return taken


def _send(answer: socket.socket, tag: bytes, payload: bytes) -> None:
    answer.sendall(FRAME.pack(tag, len(payload)))
    answer.sendall(payload)
