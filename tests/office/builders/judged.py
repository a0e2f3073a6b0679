"""Play one of the mails of `tests/office/judged`, written by other hands."""

import json
import shutil
from pathlib import Path

from service.check import examine
from tests.office.builders.played import CALL, Played
from tests.office.score import compare

CASES = Path(__file__).parents[1] / "judged"


def judged(folder: Path, name: str) -> Played:
    """Judge the mails of a case, and compare with its right answers."""
    for file in (CASES / name).iterdir():
        if file.suffix != ".json":
            shutil.copy(file, folder)
    gold = json.loads((CASES / name / "gold.json").read_text(encoding="utf-8"))
    report = examine((folder,), CALL)
    _, differences = compare(gold, report)  # type: ignore[no-untyped-call]  # -- shared as it is
    return Played(report, tuple(differences))
