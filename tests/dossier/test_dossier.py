"""What a dossier holds, and what keeps us from saying that anything is missing."""

from dataclasses import replace
from datetime import datetime

import pytest

from config.load import load_call
from dossier import CoverLetter, OtherPaper, Place, Role, Task, TaskKind
from tests.builders import a_commitment_letter, a_complete_dossier, a_form, an_unread


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2024-03-20T08:00:00")

    with pytest.raises(ValueError, match="received_at of dossier 1322-2025-0001 has no time zone"):
        replace(a_complete_dossier(), received_at=naive)


def test_a_call_that_closes_at_a_time_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2024-03-23T00:00:00")

    with pytest.raises(ValueError, match="closes_at of call 1322-2025 has no time zone"):
        replace(load_call("1322-2025"), closes_at=naive)


def test_a_letter_tied_to_two_tasks_is_counted_once() -> None:
    letter = a_commitment_letter()
    tasks = tuple(Task(title=title, letters=(letter,)) for title in ("A", "B"))
    loose = a_commitment_letter(file="khac.docx")

    dossier = replace(a_complete_dossier(), tasks=tasks, loose_letters=(loose, letter))

    assert dossier.commitment_letters == (letter, loose)


def test_every_paper_is_listed_once() -> None:
    other = OtherPaper(at=Place("anh.png"))

    papers = list(replace(a_complete_dossier(), other_papers=(other,)).papers())

    assert [paper.at.file for paper in papers] == [
        "CV 25.pdf",
        "Bang tong hop.xlsx",
        "Phieu 1.docx",
        "Cam ket.docx",
        "anh.png",
    ]


def test_nothing_hides_a_paper_in_a_dossier_read_whole() -> None:
    assert a_complete_dossier().could_hide_a_paper == ()


def test_an_unread_file_and_a_doubtful_role_may_hide_a_paper() -> None:
    unread = an_unread()
    doubtful = CoverLetter(at=Place("CV 12.pdf"), confidence=0.6)

    dossier = replace(a_complete_dossier(), cover_letters=(doubtful,), unread=(unread,))

    assert dossier.could_hide_a_paper == (unread, doubtful)


def test_the_call_itself_hides_nothing_however_unsure_we_are() -> None:
    call = OtherPaper(at=Place("CV trien khai.pdf"), role=Role.CALL_LETTER, confidence=0.5)

    assert replace(a_complete_dossier(), other_papers=(call,)).could_hide_a_paper == ()


def test_the_form_to_judge_is_the_first() -> None:
    word, pdf = a_form(), a_form(file="Phieu 1.pdf")

    assert Task(title="A", forms=(word, pdf)).form == word
    assert Task(title="A").form is None


def test_a_place_says_its_file_and_spot() -> None:
    assert str(Place("Ho so.zip/CV 25.pdf", "trang 2")) == "Ho so.zip/CV 25.pdf, trang 2"
    assert str(Place("CV 25.pdf")) == "CV 25.pdf"


def test_a_call_names_the_kinds_of_task_it_asks_for() -> None:
    call = load_call("1322-2025")

    assert "mô hình điểm" in call.kind_name(TaskKind.PILOT_MODEL)
    assert not call.kind_name(TaskKind.UNKNOWN)
