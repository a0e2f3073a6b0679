"""Set everything up on a fresh machine, then run a command in it. Standard library only.

    python3 bootstrap.py demo -- vanthu demo
    python3 bootstrap.py dev -- pytest

The environment lies in `.venv` (or where VANTHU_VENV says). Every package comes from the hashed
lists exported from `uv.lock`, so what runs here is what was tested. A second call with nothing
changed costs milliseconds. The programs the tests need from the system (Dovecot, LibreOffice …) are
installed when this runs as root on Debian or Ubuntu; otherwise the command that installs them is
printed, and the tests that need them say that they were skipped.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("VANTHU_VENV", ROOT / ".venv"))
PYTHON = HOME / "bin" / "python"
LISTS = {"run": "requirements.txt", "demo": "requirements.txt", "dev": "requirements-dev.txt"}
OLDEST = (3, 11)
PROGRAMS = {
    "dovecot": ("dovecot-imapd", "dovecot-lmtpd"),
    "openssl": ("openssl",),
    # Without recommended packages neither brings a font, and Vietnamese needs this one.
    "chromium": ("chromium", "fonts-liberation2"),
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui", "fonts-liberation2"),
    "tesseract": ("tesseract-ocr", "tesseract-ocr-script-viet", "tesseract-ocr-osd"),
    "unar": ("unar",),
    "bwrap": ("bubblewrap",),
    "pg_ctlcluster": ("postgresql",),
}
"""What the tests need from the system: a program, and the Debian packages that bring it."""


class CannotSetUpError(Exception):
    """The machine lacks something; the message says what, and how to get it."""


def main(arguments: list[str]) -> int:
    """Set up for the purpose named first, then run what follows `--`."""
    purpose = arguments[0] if arguments else ""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    if purpose not in LISTS:
        _say(f"Cách dùng / usage: python3 bootstrap.py {{{'|'.join(LISTS)}}} -- COMMAND …")
        return 2
    try:
        _set_up(purpose)
    except CannotSetUpError as error:
        _say(str(error))
        return 2
    if not command:
        return 0
    os.environ["PATH"] = f"{HOME / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    os.chdir(ROOT)
    program = shutil.which(command[0])
    if program:
        # In place of this process, so that whoever stops it stops the command itself.
        os.execv(program, command)  # noqa: S606 -- the caller's own command, no shell
    _say(f"Không có lệnh “{command[0]}” / no such command: {command[0]}")
    return 127


def _set_up(purpose: str) -> None:
    _need_python()
    wanted = ROOT / LISTS[purpose]
    if not _is_ready(wanted):
        _say(f"Cài đặt vào {HOME}, lần đầu mất khoảng một phút … (setting up)")
        _install(wanted)
    if purpose == "dev":
        _bring_programs()


def _need_python() -> None:
    if sys.version_info < OLDEST:
        needed, here = ".".join(map(str, OLDEST)), sys.version.split()[0]
        message = f"Cần Python {needed} trở lên, máy này có {here}. (Python {needed} is needed.)"
        raise CannotSetUpError(message)


def _stamp() -> Path:
    return HOME / "vanthu-installed"


def _fingerprint(wanted: Path) -> str:
    parts = wanted.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return hashlib.sha256(parts).hexdigest()


def _is_ready(wanted: Path) -> bool:
    """The stamp is written last, so a set-up that was cut off starts again."""
    return _stamp().exists() and _fingerprint(wanted) in _stamp().read_text().split()


def _install(wanted: Path) -> None:
    if not PYTHON.exists():
        # Without ensurepip: Debian ships it apart, in python3-venv, and we can do without.
        venv.create(HOME, with_pip=False, clear=HOME.exists() and not any(HOME.glob("bin/python*")))
    pip = _pip()
    _run([*pip, "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", str(wanted)])
    _run([*pip, "install", "-q", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    with _stamp().open("a", encoding="utf-8") as stamp:
        stamp.write(_fingerprint(wanted) + "\n")


def _pip() -> list[str]:
    """The pip of this Python, pointed at the environment; else the environment's own."""
    if _answers([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(PYTHON)]
    if _answers([str(PYTHON), "-m", "ensurepip", "--default-pip"]):
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    if _may_install():
        _apt(("python3-pip",))
        return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(PYTHON)]
    message = (
        "Máy chưa có pip. Nhờ quản trị chạy: apt-get install python3-pip\n"
        "(pip is missing; ask an administrator to run: apt-get install python3-pip)"
    )
    raise CannotSetUpError(message)


def _bring_programs() -> None:
    missing = [name for name in PROGRAMS if not shutil.which(name, path=_system_path())]
    packages = tuple(package for name in missing for package in PROGRAMS[name])
    if missing and _may_install():
        _apt(packages)
    elif missing:
        wanted = " ".join(packages)
        _say(
            f"Thiếu {', '.join(missing)}: các bài kiểm thử cần đến sẽ bị bỏ qua. Để chạy đủ, nhờ"
            f" quản trị: apt-get install {wanted}\n(missing programs; the tests that need them"
            f" will be skipped; to run all: apt-get install {wanted})"
        )


def _system_path() -> str:
    """Dovecot lies in /usr/sbin, which an ordinary user's PATH leaves out."""
    return f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/sbin"


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: tuple[str, ...]) -> None:
    _say(f"Cài gói hệ thống / system packages: {' '.join(packages)} …")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-qq"], quiet)
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], quiet)


def _answers(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 -- fixed words


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603 -- fixed words and our own package lists
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"Không chạy được / failed: {' '.join(command)}\n{done.stdout}{done.stderr}"
        raise CannotSetUpError(message)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
