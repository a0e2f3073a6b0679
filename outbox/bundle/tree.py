"""Where each original lies in the package."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from dossier import Dossier, Paper, Role, UnreadCause
from outbox.bundle.names import LONGEST_FILE, LONGEST_FOLDER, Names, ascii_name
from outbox.bundle.released import Original, Released

_FOLDERS = {
    Role.COVER_LETTER: "1_Cong-van",
    Role.SUMMARY_TABLE: "2_Bang-tong-hop",
    Role.PROPOSAL_FORM: "3_Phieu-de-xuat",
    Role.COMMITMENT_LETTER: "4_Cam-ket-doanh-nghiep",
}
_OTHER = "5_Tai-lieu-khac"
_LONGEST_TASK = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An original and its place in the package."""

    path: PurePosixPath
    original: Original
    released: Released
    roles: tuple[Role, ...]


def placed(released: Sequence[Released], folder: str) -> Iterator[Placed]:
    """Every original once, by unit and by what it is; a file of several papers by its first."""
    names = Names()
    for number, one in enumerate(released, start=1):
        unit = ascii_name(one.dossier.unit.name, LONGEST_FOLDER)
        home = PurePosixPath(folder) / f"{number:02d}_{unit}"
        unsafe = {u.at.file for u in one.dossier.unread if u.cause is UnreadCause.UNSAFE}
        for original in _once(one.originals):
            if original.name in unsafe:
                continue  # nobody is sent a file that nobody may open
            papers = [paper for paper in one.dossier.papers() if paper.at.file == original.name]
            name = ascii_name(original.name.rpartition("/")[2], LONGEST_FILE)
            yield Placed(
                path=names.free(home / _folder(original, one.dossier, papers), name),
                original=original,
                released=one,
                roles=tuple(dict.fromkeys(paper.role for paper in papers)),
            )


def _once(originals: Sequence[Original]) -> Iterator[Original]:
    """The same file sent again under the same name is one file."""
    yield from {(one.name, one.digest): one for one in reversed(originals)}.values()


def _folder(original: Original, dossier: Dossier, papers: Sequence[Paper]) -> PurePosixPath:
    roles = {paper.role for paper in papers}
    role = next((role for role in _FOLDERS if role in roles), None)
    if role is None:
        return PurePosixPath(_OTHER)
    folder = PurePosixPath(_FOLDERS[role])
    if role is not Role.PROPOSAL_FORM:
        return folder
    for number, task in enumerate(dossier.tasks, start=1):
        if any(form.at.file == original.name for form in task.forms):
            return folder / f"{number:02d}_{ascii_name(task.title, _LONGEST_TASK)}"
    return folder
