"""Every paper once, with the mail and the kind of file it came in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier import Paper, Reading

_EDITABLE = ("docx", "docm", "doc", "odt", "rtf", "xlsx", "xlsm", "xls", "ods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A paper and the mail it came in."""

    mail: int
    paper: Paper
    kind: str = ""
    """Of its file: “docx”, “pdf”."""

    @property
    def editable(self) -> bool:
        """Whether it came as its author wrote it, not as a print or a scan."""
        return self.kind in _EDITABLE


def sent_papers(readings: Sequence[Reading]) -> Iterator[Sent]:
    """Every paper once: a file that comes again byte for byte brings nothing new."""
    met: set[str] = set()
    for number, reading in enumerate(readings):
        files = {file.name: file for file in reading.files}
        fresh: set[str] = set()
        for paper in reading.papers:
            file = files.get(paper.at.file)
            digest = file.digest if file else ""
            if digest and digest in met:
                continue
            fresh.add(digest)
            yield Sent(mail=number, paper=paper, kind=file.kind if file else "")
        met |= fresh - {""}
