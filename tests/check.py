"""What every change must pass, all at once: `make check`."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHECKS = {
    "ruff": ("ruff", "check", "-q", "."),
    "format": ("ruff", "format", "--check", "-q", "."),
    "types": ("mypy",),
    "imports": ("lint-imports",),
    "judgement": ("pytest", "-q", "-p", "no:randomly", "tests/rules", "tests/test_house.py"),
}
"""The handbook's freshness is one of the house tests."""


def main() -> int:
    """Run every check beside the others; print only what failed, and how long it took."""
    started = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        failed = [
            name for name, good in zip(CHECKS, pool.map(_passes, CHECKS), strict=True) if not good
        ]
    said = f": failed {', '.join(failed)}" if failed else ""
    took = time.perf_counter() - started
    passed = len(CHECKS) - len(failed)
    sys.stdout.write(f"{passed} of {len(CHECKS)} checks passed in {took:.1f} s{said}\n")
    return int(bool(failed))


def _passes(name: str) -> bool:
    done = subprocess.run(  # noqa: S603 -- the fixed commands above
        [Path(sys.executable).parent / CHECKS[name][0], *CHECKS[name][1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stdout.write(f"--- {name}\n{done.stdout}{done.stderr}")
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
