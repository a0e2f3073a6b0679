"""The calls with their registers as the ledger has them now: read again only after an edit."""

from collections.abc import Iterator, Mapping
from threading import Lock

from dossier import Call
from ledger import register


class Registers(Mapping[str, Call]):
    """Every open call by its id, its units those of the register at the moment it is asked for.

    An office edits its register while the service runs; a step that begins after that sees it.
    """

    def __init__(self, calls: Mapping[str, Call]) -> None:
        """Hold the calls as their files have them."""
        self._files = dict(calls)
        self._current: dict[str, tuple[int, Call]] = {}
        self._lock = Lock()

    def __getitem__(self, call_id: str) -> Call:
        """The call as it is now. Raises KeyError."""
        file = self._files[call_id]
        version = register.version(call_id)
        if not version:
            return file
        with self._lock:
            seen = self._current.get(call_id)
        if seen is None or seen[0] != version:
            seen = (version, register.with_units(file))
            with self._lock:
                self._current[call_id] = seen
        return seen[1]

    def __iter__(self) -> Iterator[str]:
        """The ids, in the order of the settings."""
        return iter(self._files)

    def __len__(self) -> int:
        """How many calls are open."""
        return len(self._files)
