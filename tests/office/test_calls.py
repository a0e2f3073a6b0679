"""Calls that differ in every part from the first, judged by the same code.

Each folder of `calls/<call id>` holds a mail, the hour it came in, and the right answers
(`expected.json`, in the form of the first call's samples); `calls/write.py` writes them.
"""

import json
import shutil
from pathlib import Path

import pytest

from config.load import load_call
from service.check import examine
from tests.office.score import compare

FOLDER = Path(__file__).with_name("calls")
CASES = sorted(path.parent for path in FOLDER.glob("*/*/expected.json"))


def judged(case: Path, tmp_path: Path) -> tuple[dict[str, object], dict[str, object]]:
    for file in case.iterdir():
        if file.suffix != ".json":
            shutil.copy(file, tmp_path)
    gold = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return gold, examine((tmp_path,), load_call(case.parent.name))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}: {case.name}")
def test_a_dossier_of_another_call_is_judged_by_that_call_alone(case: Path, tmp_path: Path) -> None:
    gold, told = judged(case, tmp_path)

    _, differences = compare(gold, told)  # type: ignore[no-untyped-call]  # -- shared as it is

    assert differences == []


@pytest.mark.parametrize("call_id", sorted({case.parent.name for case in CASES}))
def test_each_call_has_dossiers_of_every_sort(call_id: str) -> None:
    golds = [
        json.loads((case / "expected.json").read_text(encoding="utf-8"))["expected"]
        for case in CASES
        if case.parent.name == call_id
    ]

    states = [gold["dossiers"][0]["state"] for gold in golds]

    assert {"complete", "gaps", "resend"} <= set(states)
    assert len(states) >= 5
