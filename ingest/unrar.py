"""Open .rar archives: our own reader for the headers, an outside program for what is packed."""

from typing import TYPE_CHECKING

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.archive import Allowance, Entry

if TYPE_CHECKING:
    from ingest.cage import Budget, Cage


def open_rar(
    cage: "Cage", raw: bytes, allowed: Allowance, budget: "Budget | None"
) -> list[Entry]:
    """Stub."""
    raise UnreadableError(UnreadCause.UNSUPPORTED, "định dạng .rar chưa đọc tự động được")
