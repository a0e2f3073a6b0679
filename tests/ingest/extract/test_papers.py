"""The project's corpus of papers, read and extracted, against what a person wrote down."""

import json
import re
from functools import cache as remembered
from importlib import import_module
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from dossier import ProposalForm, SummaryTable
from dossier.vietnamese import key, tidy
from ingest.readers import READERS, sniff
from ingest.recognise import Recognised, recognise
from tests.ingest.extract.contents import CALL

PAPERS = Path(__file__).parents[2] / "papers"
ROLES = {
    "congvan": "cover_letter",
    "bangtonghop": "summary_table",
    "phieu": "proposal_form",
    "camket": "commitment_letter",
    "khac": "other",
}
"""By the second word of a file's name; “khac” is a paper no dossier asks for."""
KEYS = {
    "1": "ten",
    "2": "hinh_thuc",
    "3": "muc_tieu",
    "4": "cap_thiet",
    "5": "noi_dung",
    "6": "dia_chi",
    "7": "thoi_gian",
    "8": "kinh_phi",
    "9": "huy_dong",
    "10": "hieu_qua",
}
UNREADABLE = {
    "69_phieu_tcvn3.pdf",  # its writer lost every “ư”
    "72_bangtonghop_5nv_an.pdf",  # an Excel print that clips its cells
}
READABLE = sorted(
    path
    for path in (PAPERS / "src").iterdir()
    if path.suffix in {".docx", ".xlsx", ".pdf"} and path.name not in UNREADABLE
)
FORMS = [path for path in READABLE if "phieu" in path.name]
LEGACY_PDF = {"70_phieu_vni.pdf"}


def gold(path: Path) -> dict[str, object]:
    found = json.loads((PAPERS / "gold" / f"{path.name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@remembered
def read(path: Path) -> Recognised:
    """Each paper is read once, whatever is asked of it."""
    raw = path.read_bytes()
    content = import_module(READERS[sniff(raw)]).read(raw)
    return recognise(path.name, content, CALL)


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_every_paper_plays_its_role(path: Path) -> None:
    kind = re.sub(r"^\d+_|_.*", "", path.stem)

    assert [role.value for role in read(path).roles] == [ROLES[kind]]


@pytest.mark.parametrize("path", [path for path in FORMS if path.name not in LEGACY_PDF], ids=named)
def test_every_field_says_what_its_writer_wrote(path: Path) -> None:
    (form,) = read(path).papers
    fields = gold(path)["fields"]

    assert isinstance(form, ProposalForm)
    assert isinstance(fields, dict)
    for number, told in fields.items():
        value = form.value(KEYS[number])
        assert fuzz.partial_ratio(key(told["value"]), key(value)) >= 95, (number, value)


@pytest.mark.parametrize(
    "path", [path for path in READABLE if "bangtonghop" in path.name], ids=named
)
def test_every_task_of_a_table_is_a_row(path: Path) -> None:
    (found,) = read(path).papers
    tasks = gold(path).get("tasks")

    assert isinstance(found, SummaryTable)
    if tasks:
        assert isinstance(tasks, list)
        expected = [one["ten"] if isinstance(one, dict) else one for one in tasks]
        assert [key(row.title) for row in found.rows] == [key(tidy(str(one))) for one in expected]
    assert found.rows
