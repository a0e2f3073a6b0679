"""A line between us and a server that counts its bytes, and breaks where it is told to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_CHUNK = 65_536


@dataclass(slots=True)
class Line:
    """Both directions of every connection through one port."""

    port: int = 0
    sent: int = 0
    """Bytes we sent to the server."""
    received: int = 0
    """Bytes the server sent to us."""
    breaks_after: int = 0
    """The line breaks when so many more bytes came from the server; 0 never."""
    _ends: list[socket.socket] = field(default_factory=list)
    _carriers: list[threading.Thread] = field(default_factory=list)

    @property
    def carried(self) -> int:
        """Bytes in both directions."""
        return self.sent + self.received

    def cut(self) -> None:
        """Break every connection now."""
        for end in self._ends:
            with suppress(OSError):  # broken already
                end.shutdown(socket.SHUT_RDWR)

    def carry_down(self, server: socket.socket, client: socket.socket) -> None:
        """Bring the server's bytes to us."""
        with suppress(OSError):  # the other direction broke
            while octets := server.recv(_CHUNK):
                if self.breaks_after:
                    octets = octets[: self.breaks_after]
                    self.breaks_after -= len(octets)
                    client.sendall(octets)
                    self.received += len(octets)
                    if not self.breaks_after:
                        break
                else:
                    client.sendall(octets)
                    self.received += len(octets)
        self.cut()

    def carry_up(self, client: socket.socket, server: socket.socket) -> None:
        """Bring our bytes to the server."""
        with suppress(OSError):  # as above
            while octets := client.recv(_CHUNK):
                self.sent += len(octets)
                server.sendall(octets)
        self.cut()

    def join(self, client: socket.socket, target: int) -> None:
        """Connect a client to the server."""
        server = socket.create_connection(("127.0.0.1", target))
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        up = threading.Thread(target=self.carry_up, args=(client, server), daemon=True)
        down = threading.Thread(target=self.carry_down, args=(server, client), daemon=True)
        self._carriers += (up, down)
        self._ends += (client, server)
        for carrier in (up, down):
            carrier.start()

    def close(self) -> None:
        """Break every connection, and wait until nothing is under way."""
        self.cut()
        for carrier in self._carriers:
            carrier.join(10)
        for end in self._ends:
            end.close()
        self._ends.clear()
        self._carriers.clear()


@contextmanager
def line_to(target: int) -> Iterator[Line]:
    """Open a port on loopback that leads to another."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = Line(port=int(door.getsockname()[1]))

        def serve() -> None:
            with suppress(OSError):  # the door was closed: the end
                while True:
                    client, _ = door.accept()
                    line.close()  # one connection at a time: an older one is over
                    line.join(client, target)

        keeper = threading.Thread(target=serve, daemon=True)
        keeper.start()
        try:
            yield line
        finally:
            door.shutdown(socket.SHUT_RDWR)
            keeper.join(10)
            line.close()
