"""Mails written by hand, in other voices and with other tools than the demonstration's own.

Each folder of `judged` holds mails, the hour each came in, and the right answers (`gold.json`).
"""

import json
import shutil
from pathlib import Path

import pytest

from config.load import load_call
from service.check import examine
from tests.office.score import compare
from tests.programs import programs

CASES = sorted(Path(__file__).with_name("judged").iterdir())
OLDER_FORMATS = {"j02-xa-doc-odt-rtf", "k07-la-ma-viet-hoa", "k22-bang-nhom-xls"}
"""Cases whose papers are read by way of LibreOffice."""
BY_EYE = {"n04-bang-la-anh-trong-word", "n05-bang-la-anh-trong-pdf", "n06-muc-tieu-la-anh"}
"""Cases whose answer is a picture, read by way of Tesseract."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mail_written_by_another_hand_is_judged_rightly(case: Path, tmp_path: Path) -> None:
    if case.name in OLDER_FORMATS:
        programs("soffice")
    if case.name in BY_EYE:
        programs("tesseract")
    for file in case.iterdir():
        if file.suffix != ".json":
            shutil.copy(file, tmp_path)
    gold = json.loads((case / "gold.json").read_text(encoding="utf-8"))

    told = examine((tmp_path,), load_call("1322-2025"))
    _, differences = compare(gold, told)  # type: ignore[no-untyped-call]  # -- shared as it is

    assert differences == []
