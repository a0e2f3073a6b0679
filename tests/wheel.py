"""The wheel, not the tree: build it, install it into an empty environment, judge with it."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "office" / "cases" / "002-phong-nnptnt-file-roi"
CARRIED = (
    "config/calls/1322-2025.yaml",
    "config/sources/cong-van.txt",
    "config/letters/",
    "ledger/migrations/0001_initial.py",
    "desk/templates/",
    "desk/static/",
    "rules/completeness/cover_letter_missing.yaml",
)
"""What is not Python, or not imported by name, and so is easily left behind."""


def main() -> int:
    """Stop at the first step that fails; the error says which."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT)
        [wheel] = home.glob("*.whl")
        _carries_everything(wheel)
        venv.create(home / "empty", with_pip=False)
        python = home / "empty" / "bin" / "python"
        uv = str(Path(sys.executable).with_name("uv"))
        into = [uv, "pip", "install", "-q", "--python", str(python)]
        _run([*into, "--require-hashes", "-r", str(ROOT / "requirements.txt")], cwd=home)
        _run([*into, "--no-deps", str(wheel)], cwd=home)
        vanthu = str(python.with_name("vanthu"))
        answer = _run([vanthu, "check", str(SAMPLE), "--call", "1322-2025", "--json"], cwd=home)
        state = json.loads(answer)["dossiers"][0]["state"]
        _run([vanthu, "--help"], cwd=home)
    sys.stdout.write(f"the wheel works away from the tree: {SAMPLE.name} is {state}\n")
    return 0


def _carries_everything(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    missing = [wanted for wanted in CARRIED if not any(name.startswith(wanted) for name in names)]
    if missing:
        message = f"the wheel lacks {', '.join(missing)}"
        raise SystemExit(message)


def _run(command: list[str], cwd: Path) -> str:
    """No PYTHONPATH: the tree must not be found by accident."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(  # noqa: S603 -- fixed words
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"failed: {' '.join(command)}\n{done.stdout}{done.stderr}"
        raise SystemExit(message)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
