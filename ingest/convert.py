"""Office files our readers do not know, by way of LibreOffice: one file, one process, one profile.

LibreOffice answers 0 whether it wrote something or not, so only what lies in the folder counts.
"""

import os
import re
import socket
from contextlib import suppress
from dataclasses import replace
from errno import ECONNREFUSED
from pathlib import Path
from typing import TYPE_CHECKING

from dossier import UnreadCause
from ingest.content import Content, UnreadableError, Unseen
from ingest.programs import SOCKETS
from ingest.readers import CONVERTED
from ingest.workplace import result, workplace

if TYPE_CHECKING:
    from ingest.cage import Budget, Cage

_LARGEST = 200 << 20
_MACROS = re.compile(b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0|PK\\x01\\x02.{42}Basic/", re.DOTALL)
"""A Visual Basic project in a compound file ([MS-OVBA] 2.2.1), Basic in an OpenDocument file."""
_NOTHING = "máy không đọc được chữ nào trong tệp này, cán bộ sẽ mở xem"
_HALF_A_WORD = re.compile(rb"\\[^\\{}\s]{0,40}\Z")
"""A control word of RTF that the end of the file cut in two."""
_KEPT = frozenset(
    {UnreadCause.SCAN, UnreadCause.UNSUPPORTED, UnreadCause.OURS, UnreadCause.TOO_LARGE}
)
"""What the reader of a converted file may say of the file that came; its form is LibreOffice's."""


def read(
    cage: "Cage", kind: str, raw: bytes, budget: "Budget | None", *, by_eye: bool = False
) -> Content:
    """Read an older office file as the .docx or .xlsx that LibreOffice makes of it.

    Spots are those of the converted file, which count paragraphs, tables and cells alike.

    Raises:
        UnreadableError: as `Cage.read`; a file that gave no words at all waits for a person.

    """
    is_cut, end = cage.look("guard", kind, raw, budget=budget)
    target = CONVERTED[kind]
    whole = _HALF_A_WORD.sub(b"", raw) + end.encode() if end else raw
    converted = _converted(cage, kind, whole, target, budget)
    if not converted:
        cage.look("blame", kind, raw, budget=budget)
    try:
        content = cage.read(target, converted, budget=budget, by_eye=by_eye)
    except UnreadableError as error:
        if error.cause in _KEPT:
            raise
        raise UnreadableError(UnreadCause.UNSUPPORTED, _NOTHING) from error
    if not content.items:
        raise UnreadableError(UnreadCause.UNSUPPORTED, _NOTHING)
    if _MACROS.search(raw):
        notes = (*content.notes, "tệp có macro (không được chạy)")
        content = replace(content, notes=notes, has_macros=True)
    if not is_cut:
        return content
    reason = "tệp bị cắt ngang, có thể thiếu phần cuối"
    cut = Unseen(spot="cả tệp", cause=UnreadCause.BROKEN, reason=reason)
    return replace(content, unseen=(*content.unseen, cut))


def convert(
    cage: "Cage", kind: str, raw: bytes, target: str, *, budget: "Budget | None" = None
) -> bytes:
    """Any office file in another format (“pdf” for its pages), looked through before.

    Raises:
        UnreadableError: it must not be given to LibreOffice, or nothing came of it.

    """
    cage.look("guard", kind, raw, budget=budget)
    converted = _converted(cage, kind, raw, target, budget)
    if not converted:
        cage.look("blame", kind, raw, budget=budget)
    return converted


def _converted(cage: "Cage", kind: str, raw: bytes, target: str, budget: "Budget | None") -> bytes:
    """What LibreOffice wrote; empty when it wrote nothing."""
    name = f"in.{kind}"
    with workplace({name: raw}) as folder:
        try:
            cage.run(_words(cage.programs.soffice, name, target, folder), folder, budget=budget)
        finally:
            if not cage.programs.bwrap:
                _sweep_sockets()
        return result(folder / "out" / f"in.{target}", _LARGEST)


def _words(soffice: str, name: str, target: str, folder: Path) -> tuple[str, ...]:
    return (
        soffice,
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", target, "--outdir", "out", name),
    )


def _sweep_sockets() -> None:
    """Remove the socket of a LibreOffice that was killed: nobody answers at it any more."""
    for place in SOCKETS:
        for path in place.glob("OSL_PIPE_*"):
            with suppress(OSError), socket.socket(socket.AF_UNIX) as door:
                if path.stat().st_uid == os.getuid() and door.connect_ex(str(path)) == ECONNREFUSED:
                    path.unlink()
