"""What several rules see the same way: twins, likeness, what is lacking, a company's own name."""

from dataclasses import replace

import pytest

from config.load import load_call
from dossier import OtherPaper, Place, Role
from rules.papers import alike, has_capital, lacks, look_alikes, own_words, read_twin
from tests.builders import a_complete_dossier, a_row, an_unread, without

CALL = load_call("1322-2025")


@pytest.mark.parametrize(
    ("unread", "twin"),
    [
        ("Phieu 1.pdf", "Phieu 1.docx"),
        ("Phieu 1 (scan).pdf", "Phieu 1.docx"),
        ("PHIẾU 1 - đã ký.PDF", "Phieu 1.docx"),
        ("Phieu 1_signed.pdf", "Phieu 1.docx"),
        ("Phieu 2.pdf", ""),
        ("Ho so.zip/Phieu 1.pdf", ""),
        ("Phieu 1.docx", ""),  # a page of the same file that could not be read
    ],
)
def test_a_file_of_the_same_name_in_the_same_folder_is_a_twin(unread: str, twin: str) -> None:
    assert read_twin(a_complete_dossier(), an_unread(file=unread)) == twin


def test_a_name_made_of_copy_words_alone_is_nobodys_twin() -> None:
    scan = OtherPaper(at=Place("scan.docx"))
    dossier = replace(a_complete_dossier(), other_papers=(scan,))

    assert not read_twin(dossier, an_unread(file="scan.pdf"))


def test_a_complete_dossier_lacks_nothing() -> None:
    assert lacks(a_complete_dossier(), CALL) == frozenset()


def test_each_paper_taken_away_is_lacking() -> None:
    complete = a_complete_dossier()

    assert lacks(replace(complete, cover_letters=()), CALL) == {Role.COVER_LETTER}
    assert lacks(replace(complete, summary_tables=()), CALL) == {Role.SUMMARY_TABLE}
    assert lacks(without(complete, forms=()), CALL) == {Role.PROPOSAL_FORM}
    assert lacks(without(complete, letters=()), CALL) == {Role.COMMITMENT_LETTER}


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Áp dụng 5S", "AP DUNG 5S", 1.0, 1.0),
        ("Áp dụng TPM tại Công ty A", "Công ty A áp dụng TPM", 0.8, 1.0),
        ("Áp dụng TPM", "Đào tạo chuyên gia năng suất", 0.0, 0.3),
        ("", "Áp dụng TPM", 0.0, 0.0),
    ],
)
def test_likeness_of_names_looks_at_words(one: str, other: str, least: float, most: float) -> None:
    assert least <= alike(one, other) <= most


def test_a_paper_of_another_procedure_is_named_once() -> None:
    paper = OtherPaper(at=Place("TM.docx"), title="THUYẾT MINH ĐỀ TÀI")
    picture = OtherPaper(at=Place("anh.png"), title="Ảnh nhà xưởng")

    dossier = replace(a_complete_dossier(), other_papers=(paper, paper, picture))

    assert look_alikes(dossier) == ("THUYẾT MINH ĐỀ TÀI",)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Công ty TNHH Một thành viên Minh An", {"minh", "an"}),
        ("CTCP Thành Đạt", {"thanh", "dat"}),
        ("các công ty may", {"cac", "may"}),
    ],
)
def test_a_companys_own_words_are_what_is_left(name: str, own: set[str]) -> None:
    assert own_words(name) == own


def test_a_name_of_its_own_has_a_capital() -> None:
    assert has_capital("Công ty TNHH Minh An")
    assert not has_capital("Công ty may trên địa bàn")


def test_two_rows_keep_their_own_orders() -> None:
    assert [a_row("A", 1).order, a_row("B", 2).order] == [1, 2]
