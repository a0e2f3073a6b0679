"""What each hostile file costs: seconds and memory, children included, and what is said of it.

python -m tests.benchmarks.hostile [WORDS OF A NAME]

Ends with status 1 when one took a minute, one and a half thousand million bytes, left a file, or
was told otherwise than its kind may be.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from config.load import load_call
from dossier import Call
from ingest.cage import Cage
from ingest.programs import Programs, found
from tests.benchmarks.watching import MOST_BYTES, MOST_SECONDS, Watch, empty_folders
from tests.ingest.hostile import Trap, sprung, traps


def main(words: str = "") -> int:
    """Print a line a trap; gives the exit status."""
    call, programs = load_call("1322-2025"), found()
    asked = [trap for trap in traps() if words in trap.name and _can(programs, trap)]
    wrong = 0
    for trap in asked:
        # Made here and read in a new process, which is then as large as a service and no larger.
        with ProcessPoolExecutor(1, get_context("spawn")) as service:
            line, is_wrong = service.submit(_line, trap, trap.make(), call).result()
        print(line, flush=True)  # noqa: T201 -- a command
        wrong += is_wrong
    print(f"{len(asked)} kinds, {wrong} wrong")  # noqa: T201 -- a command
    return 1 if wrong else 0


def _can(programs: Programs, trap: Trap) -> bool:
    return all(getattr(programs, name) for name in trap.needs)


def _line(trap: Trap, raw: bytes, call: Call) -> tuple[str, bool]:
    """Read one in a cage of its own: what it cost, and whether anything is wrong."""
    with empty_folders() as folders, Cage() as cage:
        with Watch() as watch:
            gone = sprung(trap, raw, call, cage)
        left = [path for folder in folders for path in folder.iterdir()]
    allowed = {cause.value for cause in trap.causes}
    complaints = [
        *(["slow"] if watch.seconds > MOST_SECONDS else []),
        *(["large"] if watch.peak > MOST_BYTES else []),
        *(f"left {path}" for path in left),
        *(["unexpected"] if bool(gone.causes) != bool(allowed) else []),
        *(f"not {cause}" for cause in gone.causes if cause not in allowed),
    ]
    says = "; ".join(dict.fromkeys(gap.reason for gap in gone.reading.unread)) or "read"
    cost = f"{watch.seconds:6.2f} s {watch.peak >> 20:5} MB"
    told = "+".join(gone.causes)
    line = f"{cost}  {trap.name:42} {told:12} {says[:90]} {' '.join(complaints).upper()}"
    return line, bool(complaints)


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
