"""What machines send: how much of it stays unanswered, and whose letter it is about.

    python -m tests.benchmarks.bounces FOLDER

FOLDER holds reports of mail servers as `.eml` files, such as `maildir/bsd` of the public
collection `set-of-emails` of sisimai. Beside them stand the project's own mails of people, none of
which may be silenced.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from config.load import load_call
from dossier import Triage
from ingest.bounce import read_bounce
from service.check import examine
from service.demo.cases import demo_cases

LEAST_UNANSWERED = 621 / 629
LEAST_NAMED = 0.88


def main(folder: Path) -> int:
    """Print the shares; 1 when one of the promises is not kept."""
    reports = sorted(folder.rglob("*.eml"))
    unanswered = _told(reports)["none"]
    found = [read_bounce(path.read_bytes()) for path in reports]
    named, listed = sum(bool(one.ids) for one in found), sum(bool(one.failures) for one in found)
    people = [case.mails[0] for case in demo_cases() if case.expected["dossiers"]]
    with tempfile.TemporaryDirectory(prefix="people-") as scratch:
        for number, mail in enumerate(people):
            Path(scratch, f"{number:03}.eml").write_bytes(mail.raw)
        silenced = _told(sorted(Path(scratch).glob("*.eml")), by="triage")[Triage.AUTOMATIC]
    count = len(reports)
    _say(f"{count} reports: {unanswered} unanswered ({unanswered / count:.1%})")
    _say(f"a letter's Message-ID found in {named} ({named / count:.1%}), addresses in {listed}")
    _say(f"{len(people)} mails of people: {silenced} silenced")
    kept = unanswered >= LEAST_UNANSWERED * count and named >= LEAST_NAMED * count
    return 0 if kept and not silenced else 1


def _told(paths: Iterable[Path], by: str = "reply") -> Counter[str]:
    report = examine(tuple(paths), load_call("1322-2025"))
    return Counter(str(message[by]) for message in report["messages"])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
