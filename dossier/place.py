"""Where in a dossier something was seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A file and, where known, a spot inside it and the words that stand there."""

    file: str
    """The file as its sender named it, with the way to it: “Ho so.zip/CV 25.pdf”."""

    spot: str = ""
    """In words a person can follow: “trang 2”, “bảng 1, dòng 3”, “Sheet1!B4”."""

    words: str = ""
    """The words seen there, as the unit wrote them, short enough to quote."""

    def __str__(self) -> str:
        return f"{self.file}, {self.spot}" if self.spot else self.file
