"""Seeded choices: the same seed gives the same dossier on every machine, for ever."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"


class Draw:
    """A source of choices that depends on its seed alone.

    Only `random.random()` is asked: its sequence is promised to stay, that of the other
    methods is not.
    """

    def __init__(self, seed: str) -> None:
        """Start the sequence named by `seed`."""
        self._seed = seed
        self._source = random.Random(seed)  # noqa: S311 -- invented letters, nothing secret

    def branch(self, name: str) -> "Draw":
        """A sequence of its own, so that one more choice here changes nothing elsewhere."""
        return Draw(f"{self._seed}/{name}")

    def number(self, low: int, high: int, step: int = 1) -> int:
        """A whole number from `low` to `high`, both possible, in steps of `step`."""
        return low + step * int(self._source.random() * ((high - low) // step + 1))

    def one(self, pool: Sequence[Thing]) -> Thing:
        """One of the things offered."""
        return pool[int(self._source.random() * len(pool))]

    def some(self, pool: Sequence[Thing], count: int) -> tuple[Thing, ...]:
        """`count` different things of the pool, in a drawn order."""
        left = list(pool)
        return tuple(left.pop(int(self._source.random() * len(left))) for _ in range(count))

    def chance(self, percent: int) -> bool:
        """Come true `percent` times in a hundred."""
        return self._source.random() * 100 < percent

    def digits(self, count: int) -> str:
        """A string of digits."""
        return "".join(self.one(_DIGITS) for _ in range(count))

    def letters(self, count: int) -> str:
        """A string of small letters and digits, as identifiers carry them."""
        return "".join(self.one(_LETTERS + _DIGITS) for _ in range(count))

    def hexes(self, count: int) -> str:
        """A string of hexadecimal digits."""
        return "".join(self.one(_DIGITS + "abcdef") for _ in range(count))

    def octets(self, count: int) -> bytes:
        """Bytes without a meaning."""
        return bytes(int(self._source.random() * 256) for _ in range(count))
