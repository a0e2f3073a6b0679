"""A paper read from a picture is trusted no further than its letters."""

from dataclasses import replace

import pytest

from dossier import CERTAIN, OtherPaper, Paper, Text
from ingest.content import Content, Line, Table
from ingest.recognise import recognise
from tests.ingest.extract.contents import CALL, table, word
from tests.ingest.extract.texts import (
    FIRST,
    HEADER,
    LETTER,
    ROWS,
    TABLE_TITLE,
    blank_form,
    commitment,
    form,
    summary,
)

CLEAN = 0.95
"""What Tesseract says of a clean scan, in the mean."""


def scanned(content: Content, confidence: float = CLEAN, poor: str = "") -> Content:
    """The same words read from a picture; lines that hold the words of `poor` less surely."""

    def sure(text: str) -> float:
        return 0.7 if poor and poor in text else confidence

    def seen(item: Line | Table) -> Line | Table:
        if isinstance(item, Line):
            return replace(item, confidence=sure(item.text))
        cells = tuple(replace(cell, confidence=sure(cell.text)) for cell in item.cells)
        return replace(item, cells=cells)

    return replace(content, items=tuple(map(seen, content.items)), text=Text.OCR)


def papers(content: Content) -> tuple[Paper, ...]:
    return recognise("scan.pdf", content, CALL).papers


def is_certain(content: Content) -> bool:
    (paper,) = papers(content)
    return paper.confidence >= CERTAIN


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(word(LETTER), id="công văn"),
        pytest.param(word(TABLE_TITLE, summary()), id="bảng tổng hợp"),
        pytest.param(word(form()), id="phiếu"),
        pytest.param(word(commitment()), id="cam kết"),
    ],
)
def test_a_clean_scan_of_a_paper_is_certain_and_a_poor_one_is_a_doubt(content: Content) -> None:
    assert is_certain(scanned(content))
    assert not is_certain(scanned(content, 0.88))


def test_the_words_of_a_picture_are_no_typed_words() -> None:
    assert {paper.text for paper in papers(scanned(word(form())))} == {Text.OCR}


@pytest.mark.parametrize("content", [word(blank_form()), word("Giấy chứng nhận\nSố 12345")])
def test_what_is_none_of_our_papers_in_a_picture_may_be_one(content: Content) -> None:
    typed, read = papers(content), papers(scanned(content))

    assert [paper.confidence >= CERTAIN for paper in typed] == [True]
    assert [paper.confidence >= CERTAIN for paper in read] == [False]
    assert all(isinstance(paper, OtherPaper) for paper in (*typed, *read))


def test_an_answer_written_by_hand_makes_a_form_a_doubt() -> None:
    assert is_certain(scanned(word(form(muc_tieu="Giảm lãng phí 20%"))))
    assert not is_certain(scanned(word(form(muc_tieu="Giảm lãng phí 20%")), poor="lãng phí 20%"))


def test_dots_read_as_letters_are_no_answer() -> None:
    assert is_certain(scanned(word(form(muc_tieu="Giảm lãng phí trong xưởng"))))
    assert not is_certain(scanned(word(form(muc_tieu="sssssc cccssr eeccc rrrcs"))))


def test_words_like_pilot_model_with_a_letter_misread_are_a_doubt() -> None:
    assert is_certain(scanned(word(form(ten="Áp dụng Kaizen tại doanh nghiệp cơ khí"))))
    assert not is_certain(scanned(word(form(ten="Xây dựng mô hinh điếrn Kaizen tại cơ khí"))))


def test_a_row_that_became_no_task_makes_a_table_a_doubt() -> None:
    lost = ("3", "", "Giảm lãng phí", "Khảo sát", "Sổ tay", "24 tháng", "800")

    assert is_certain(scanned(word(TABLE_TITLE, summary(*ROWS))))
    assert not is_certain(scanned(word(TABLE_TITLE, summary(*ROWS, lost))))


def test_words_side_by_side_below_a_table_may_be_a_row_without_its_lines() -> None:
    row = "3\tÁp dụng TPM\tGiảm dừng máy\t24 tháng"

    assert not is_certain(scanned(word(TABLE_TITLE, summary(), row)))


def test_a_table_without_lines_is_a_doubt_in_a_picture() -> None:
    bare = f"{TABLE_TITLE}\n{' '.join(HEADER)}\n1 {FIRST}\nGiảm lãng phí\n24 tháng\n1.500"

    (paper,) = papers(scanned(word(bare)))

    assert paper.confidence < CERTAIN


def test_a_sum_below_the_rows_is_no_row() -> None:
    total = ("", "Tổng cộng", "", "", "", "48 tháng", "2.300")

    assert is_certain(scanned(word(TABLE_TITLE, summary(*ROWS, total))))


def test_a_scanner_that_tells_nothing_of_its_letters_is_left_as_it_was() -> None:
    layer = replace(word(form()), text=Text.OCR)

    assert is_certain(layer)


def test_typed_papers_are_as_they_were() -> None:
    assert papers(word(TABLE_TITLE, table(HEADER, *ROWS)))[0].confidence >= CERTAIN
