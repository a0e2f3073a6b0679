"""What a reader needs to read pictures: the program, and how long it may take."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Engine:
    """Where Tesseract is, and until when (on the monotonic clock) it may work on a file."""

    program: str
    until: float

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.until - time.monotonic())
