"""The outside programs some formats need: which of them this machine has.

None is required. Without one, the papers that need it wait for the officer, and nobody is told
that anything is missing.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PROBE_SECONDS = 10.0
_SCRATCH = 256 << 20
"""Bytes a confined program may keep in its own /tmp, which is memory."""
_SYSTEM = (
    "/lib",
    "/lib64",
    "/bin",
    "/opt",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/libreoffice",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/var/cache/fontconfig",
)
"""What programs need of the system beside /usr: libraries, fonts, LibreOffice's own files, and
for unar the name of the user it runs as."""
SOCKETS = (Path("/tmp"),)  # noqa: S108 -- LibreOffice insists on this place
"""Where a program that only Landlock confines may make a socket and remove it: LibreOffice looks
there for another of itself, and does not start when it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """Where each program lies; an empty string for one that is not there."""

    soffice: str = ""
    tesseract: str = ""
    """Only with the script model “Vietnamese”."""
    unar: str = ""
    bsdtar: str = ""
    bwrap: str = ""
    """Only where the system permits it: many containers do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One thing the service can or cannot do on this machine, for `vanthu doctor`."""

    name: str
    is_there: bool
    says: str
    """A Vietnamese sentence for the person who runs the service."""
    packages: tuple[str, ...] = ()
    """The Debian packages that would bring it."""


@cache
def found() -> Programs:
    """Look once for every program, on the service's own PATH."""
    return Programs(
        soffice=_path("soffice", "libreoffice"),
        tesseract=_vietnamese(_path("tesseract")),
        unar=_path("unar"),
        bsdtar=_path("bsdtar"),
        bwrap=_permitted(_path("bwrap")),
    )


def capabilities(programs: Programs) -> Iterator[Capability]:
    """What the programs bring, each named whether it is there or not."""
    waits = "chờ cán bộ mở xem"
    yield Capability(
        name="LibreOffice",
        is_there=bool(programs.soffice),
        says="Đọc được tệp .doc, .rtf, .odt, .xls, .ods (LibreOffice)."
        if programs.soffice
        else f"Chưa đọc được .doc, .rtf, .odt, .xls, .ods: thiếu LibreOffice; tệp ấy {waits}.",
        packages=("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    )
    yield Capability(
        name="Tesseract",
        is_there=bool(programs.tesseract),
        says="Đọc được bản quét và ảnh chụp (Tesseract)."
        if programs.tesseract
        else "Chưa đọc được bản quét và ảnh chụp: thiếu Tesseract hoặc bộ chữ Việt của nó;"
        f" tệp ấy {waits}.",
        packages=("tesseract-ocr", "tesseract-ocr-script-viet", "tesseract-ocr-osd"),
    )
    yield Capability(
        name="unar",
        is_there=bool(programs.unar or programs.bsdtar),
        says="Mở được tệp nén .rar (unar hoặc bsdtar)."
        if programs.unar or programs.bsdtar
        else f"Chưa mở được tệp nén .rar: thiếu unar hoặc bsdtar; tệp ấy {waits}.",
        packages=("unar",),
    )
    yield Capability(
        name="bubblewrap",
        is_there=bool(programs.bwrap),
        says="Chương trình ngoài chạy tách biệt, không mạng, không thấy tệp khác (bubblewrap)."
        if programs.bwrap
        else "Thiếu bubblewrap hoặc máy không cho phép dùng: chương trình ngoài chỉ được giữ bằng"
        " giới hạn của nhân Linux.",
        packages=("bubblewrap",),
    )


def confined(bwrap: str, words: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """A command that sees the system's programs, one folder it may write in, and nothing else."""
    seen = (word for path in _SYSTEM for word in ("--ro-bind-try", path, path))
    return (
        *(bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--ro-bind", "/usr", "/usr", *seen),
        *("--proc", "/proc", "--dev", "/dev", "--size", str(_SCRATCH), "--tmpfs", "/tmp"),  # noqa: S108 -- inside its own name space
        *("--bind", str(folder), str(folder), "--chdir", str(folder), "--", *words),
    )


def readable() -> tuple[Path, ...]:
    """What a program may read where only Landlock confines it."""
    return tuple(Path(path) for path in ("/usr", "/proc", "/dev", *_SYSTEM))


def _path(*names: str) -> str:
    return next((path for name in names if (path := shutil.which(name))), "")


def _vietnamese(tesseract: str) -> str:
    """The same, if it has the model that reads Vietnamese print; without it words lose accents."""
    if not tesseract:
        return ""
    try:
        told = subprocess.run(  # noqa: S603 -- fixed words
            (tesseract, "--list-langs"), check=False, capture_output=True, timeout=_PROBE_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return tesseract if b"Vietnamese" in told.stdout.split() else ""


def _permitted(bwrap: str) -> str:
    """The same, if the system lets it make name spaces; most containers forbid that."""
    if not bwrap:
        return ""
    command = confined(bwrap, ("/usr/bin/env", "true"), Path("/usr"))
    command = tuple("--ro-bind" if word == "--bind" else word for word in command)
    try:
        tried = subprocess.run(  # noqa: S603 -- fixed words
            command, check=False, capture_output=True, timeout=_PROBE_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if tried.returncode else bwrap
