"""What a hostile file is, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass

from dossier import UnreadCause

Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """One kind of harm, made when it is asked for."""

    name: str
    """What the harm is, in a few words."""
    file: str
    """What its sender calls it."""
    make: Make
    causes: tuple[UnreadCause, ...] = ()
    """What may be said of it; empty where it is read and does no harm."""
    is_mail: bool = False
    """The bytes are a whole mail, not a file in one."""
    needs: tuple[str, ...] = ()
    """Outside programs without which it is not even tried (`ingest.programs`)."""

    def __str__(self) -> str:
        return self.name
