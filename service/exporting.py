"""Everything in plain files, for people and for other programs: nobody is locked in.

so.jsonl                        every row, without passwords
ho-so/1322-2025-0007_…/         one folder a dossier
    thu-den/ thu-di/ tep/       mails as they came, letters as they went, files as they lay
thu-khac/                       mails of no dossier
goi/                            packages sent on
SHA256SUMS                      for `sha256sum -c`
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import copyfile

from ledger import archive
from ledger.models import Dossier, Incoming, Outgoing, Package
from ledger.store import Store
from outbox.bundle.names import LONGEST_FILE, LONGEST_FOLDER, Names, ascii_name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One file of the export: where it goes, and whose bytes it has."""

    path: PurePosixPath
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export wrote, and what it could not."""

    files: int
    missing: tuple[PurePosixPath, ...]
    """Files whose bytes are not in the store any more."""


def export(store: Store, folder: Path) -> Exported:
    """Write everything below an empty folder; what is gone from the store is named.

    Raises FileExistsError when something lies there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    with (folder / "so.jsonl").open("w", encoding="utf-8") as lines:
        archive.write(lines, passwords=False)
    sums: list[str] = []
    missing: list[PurePosixPath] = []
    for item in _items(Names()):
        if not store.holds(item.digest):
            missing.append(item.path)
            continue
        target = folder / item.path
        target.parent.mkdir(parents=True, exist_ok=True)
        copyfile(store.path(item.digest), target)
        sums.append(f"{item.digest}  {item.path}\n")
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return Exported(files=len(sums), missing=tuple(missing))


def _items(names: Names) -> Iterator[_Item]:
    for dossier in Dossier.objects.order_by("call_id", "number"):
        label = ascii_name(f"{dossier.code}_{dossier.unit_name}", LONGEST_FOLDER)
        yield from _of_dossier(dossier, PurePosixPath("ho-so", label), names)
    for mail in Incoming.objects.filter(dossier=None).order_by("received_at", "pk"):
        yield _mail(mail, PurePosixPath("thu-khac"), names)
    for package in Package.objects.order_by("made_at", "pk"):
        name = ascii_name(package.name, LONGEST_FILE)
        yield _Item(path=names.free(PurePosixPath("goi"), name), digest=package.digest)


def _of_dossier(dossier: Dossier, folder: PurePosixPath, names: Names) -> Iterator[_Item]:
    for mail in dossier.mails.order_by("received_at", "pk").prefetch_related("files"):
        yield _mail(mail, folder / "thu-den", names)
        for file in mail.files.all():
            if file.digest:
                name = ascii_name(file.name.replace("/", "_"), LONGEST_FILE)
                yield _Item(path=names.free(folder / "tep", name), digest=file.digest)
    for letter in dossier.letters.order_by("made_at", "pk"):
        yield _letter(letter, folder / "thu-di", names)


def _mail(mail: Incoming, folder: PurePosixPath, names: Names) -> _Item:
    words = f"{mail.received_at:%Y%m%d-%H%M}_{mail.subject or 'khong-tieu-de'}"
    name = f"{ascii_name(words, LONGEST_FILE - 4)}.eml"
    return _Item(path=names.free(folder, name), digest=mail.digest)


def _letter(letter: Outgoing, folder: PurePosixPath, names: Names) -> _Item:
    name = f"{letter.made_at:%Y%m%d-%H%M}_{letter.kind}_{letter.state}.eml"
    return _Item(path=names.free(folder, name), digest=letter.digest)
