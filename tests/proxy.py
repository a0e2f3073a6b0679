"""A TCP proxy that breaks on cue: slow lines, silent lines, cut lines, at a chosen word."""

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

_CHUNK = 65536
_LATENCY = 0.2
"""Seconds each way: a satellite."""
_MBIT = 125_000.0
"""Bytes a second of a line of 1 Mbit/s."""
_SEPARATE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time to linger: closing sends RST."""


class Kind(StrEnum):
    """What happens to a line."""

    LATENCY = "latency"  # every byte comes late
    SLOW = "slow"  # 1 Mbit/s
    HOLE = "hole"  # nothing comes any more, and nobody says so
    RST = "rst"  # the line is cut
    FIN = "fin"  # the line is closed in all politeness, in the middle of a word
    DROP = "drop"  # the line is cut after so many bytes more


class Side(StrEnum):
    """Who says the word a fault waits for."""

    CLIENT = "client"
    SERVER = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong, once who says which word, and on how many lines before all is well."""

    kind: Kind
    word: bytes
    """The fault begins when this was said; an empty word is said at once."""
    said_by: Side = Side.CLIENT
    after: int = 0
    """Bytes from the server that still come through after the word (`Kind.DROP`)."""
    passes_word: bool = True
    """The word itself still reaches the other side: an answer is lost, not a question."""
    lines: int = 1


@dataclass(slots=True)
class Proxy:
    """A port that leads to a server; set `fault` at any time."""

    port: int
    fault: Fault | None = None
    struck: int = 0
    """Lines that met the fault so far."""
    opened: int = 0
    """Lines opened so far."""
    up: int = 0
    """Bytes from clients to the server so far."""
    down: int = 0
    """Bytes from the server to clients so far."""
    away: float | None = None
    """Seconds from the last strike to the next line opened; None while nobody came back."""
    is_down: bool = False
    """Nobody gets in, and who was in is thrown out."""
    _struck_at: float | None = None
    _lines: set["_Line"] = field(default_factory=set["_Line"])
    _loop: asyncio.AbstractEventLoop | None = None

    def break_with(self, fault: Fault) -> None:
        """Let the next lines meet a fault; those that are open meet it, too."""
        self.struck, self.away = 0, None
        self.fault = fault

    def mend(self) -> None:
        """Let every new line be sound; a silent one stays silent, as in life."""
        self.fault = None

    def cut_off(self) -> None:
        """Throw everybody out and let nobody in, until `restore`."""
        self.is_down = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._cut_all)

    def restore(self) -> None:
        """Let people in again."""
        self.is_down = False

    def _strike(self) -> None:
        self.struck += 1
        self.away, self._struck_at = None, time.monotonic()

    def _open(self, line: "_Line") -> None:
        self.opened += 1
        self._lines.add(line)
        if self._struck_at is not None:
            self.away, self._struck_at = time.monotonic() - self._struck_at, None

    def _cut_all(self) -> None:
        for line in tuple(self._lines):
            line.cut()


@contextmanager
def proxy(port: int, host: str = "127.0.0.1") -> Iterator[Proxy]:
    """Run a proxy on a free port of loopback that leads to a server."""
    ready = threading.Event()
    made: list[Proxy] = []
    loop = asyncio.new_event_loop()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(_listening(made, loop, (host, port)))
        ready.set()
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=serve, name="proxy", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield made[0]
    finally:
        loop.call_soon_threadsafe(made[0]._cut_all)  # noqa: SLF001 -- its own maker
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _listening(
    made: list[Proxy], loop: asyncio.AbstractEventLoop, target: tuple[str, int]
) -> asyncio.Server:
    async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Line(made[0], reader, writer).lead(target)

    server = await asyncio.start_server(enter, "127.0.0.1", 0)
    made.append(Proxy(port=server.sockets[0].getsockname()[1], _loop=loop))
    return server


class _Line:
    """One connection through the proxy."""

    def __init__(
        self, owner: Proxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._owner = owner
        self._client = (reader, writer)
        self._server: asyncio.StreamWriter | None = None
        self._fault: Fault | None = None
        self._left = 0
        self._tail = {Side.CLIENT: b"", Side.SERVER: b""}

    async def lead(self, target: tuple[str, int]) -> None:
        reader, writer = self._client
        if self._owner.is_down:
            self.cut()
            return
        self._owner._open(self)  # noqa: SLF001 -- a line belongs to its proxy
        try:
            back, self._server = await asyncio.open_connection(*target)
            await asyncio.gather(
                self._pump(reader, self._server, Side.CLIENT),
                self._pump(back, writer, Side.SERVER),
            )
        except OSError:
            self.cut()
        finally:
            self._owner._lines.discard(self)  # noqa: SLF001 -- as above
            self._close()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, side: Side
    ) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(_CHUNK):
                passed = await self._through(chunk, side)
                if passed is None:
                    return
                if side is Side.CLIENT:
                    self._owner.up += len(passed)
                else:
                    self._owner.down += len(passed)
                writer.write(passed)
                await writer.drain()
        with suppress(OSError, RuntimeError):
            if writer.can_write_eof():
                writer.write_eof()

    async def _through(self, chunk: bytes, side: Side) -> bytes | None:
        """What of a chunk gets through; None when the line is no more."""
        began = self._meets(chunk, side)
        fault = self._fault
        if fault is None:
            return chunk
        if began and fault.passes_word and side is fault.said_by:
            # The word arrives; what is wrong is wrong from now on.
            if fault.kind is Kind.RST:
                await self._pass_on(chunk, side)
            return await self._broken(fault, chunk, side, word=True)
        return await self._broken(fault, chunk, side, word=False)

    async def _pass_on(self, chunk: bytes, side: Side) -> None:
        writer = self._server if side is Side.CLIENT else self._client[1]
        if writer is not None:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(0.05)  # a moment for the server to act on it

    def _meets(self, chunk: bytes, side: Side) -> bool:
        """Tell whether the awaited word has just been said."""
        wanted = self._owner.fault
        if self._fault is not None or wanted is None or self._owner.struck >= wanted.lines:
            return False
        if side is not wanted.said_by:
            return False
        heard = self._tail[side] + chunk
        self._tail[side] = heard[-max(len(wanted.word) - 1, 0) :] if len(wanted.word) > 1 else b""
        if wanted.word not in heard.upper():
            return False
        self._owner._strike()  # noqa: SLF001 -- as above
        self._fault = wanted
        self._left = wanted.after
        return True

    async def _broken(self, fault: Fault, chunk: bytes, side: Side, *, word: bool) -> bytes | None:
        match fault.kind:
            case Kind.LATENCY:
                await asyncio.sleep(_LATENCY)
                return chunk
            case Kind.SLOW:
                await asyncio.sleep(len(chunk) / _MBIT)
                return chunk
            case Kind.HOLE:
                return chunk if word else b""
            case Kind.RST:
                self.cut()
                return None
            case Kind.FIN:
                if word:
                    await self._pass_on(chunk, side)
                self._close()
                return None
            case Kind.DROP:
                return self._dropped(chunk, side)

    def _dropped(self, chunk: bytes, side: Side) -> bytes | None:
        if side is Side.CLIENT:
            return chunk
        if self._left <= 0:
            self.cut()
            return None
        passed = chunk[: self._left]
        self._left -= len(chunk)
        return passed

    def cut(self) -> None:
        """Send RST to both ends."""
        for writer in (self._client[1], self._server):
            if writer is None:
                continue
            line = writer.get_extra_info("socket")
            with suppress(OSError, AttributeError):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _SEPARATE)
            writer.transport.abort()

    def _close(self) -> None:
        for writer in (self._client[1], self._server):
            if writer is not None:
                writer.close()
