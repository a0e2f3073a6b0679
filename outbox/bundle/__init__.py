"""The package for the next office: summary table, register, originals, manifest."""

from outbox.bundle.build import Bundle, Packed, build
from outbox.bundle.packing import AlteredError
from outbox.bundle.released import Answer, Original, Released, Standing

__all__ = [
    "AlteredError",
    "Answer",
    "Bundle",
    "Original",
    "Packed",
    "Released",
    "Standing",
    "build",
]
