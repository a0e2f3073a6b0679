"""Plain text."""

import pytest

from dossier import UnreadCause
from ingest.content import Table, UnreadableError
from ingest.readers.text import read


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_text_is_read_in_whatever_it_was_saved(charset: str) -> None:
    # cp1258 has no “ệ” of its own: an à with a dot below, as Windows writes it.
    words = "Kính gửi: phòng Kinh tế" if charset != "cp1258" else "Kính g\u01b0\u0309i: pho\u0300ng"
    content = read(words.encode(charset))

    assert [line.text[:11] for line in content.lines()] == ["Kính gửi: p"]


def test_lines_have_their_numbers() -> None:
    content = read("Kính gửi\r\n\r\nphòng Kinh tế\r\n".encode())

    assert [(line.text, line.spot) for line in content.lines()] == [
        ("Kính gửi", "dòng 1"),
        ("phòng Kinh tế", "dòng 3"),
    ]


def test_text_typed_in_tcvn3_is_decoded() -> None:
    content = read("Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp".encode("latin-1"))

    assert next(content.lines()).text == "Cộng hòa xã hội chủ nghĩa Việt Nam"


def test_rows_of_equal_columns_are_a_table() -> None:
    content = read("STT;Tên nhiệm vụ;Kinh phí\n1;Áp dụng 5S;1.500\n2;Đào tạo;\n".encode())

    (table,) = content.items
    assert isinstance(table, Table)
    assert [(cell.row, cell.column, cell.text) for cell in table.cells][3:5] == [
        (2, 1, "1"),
        (2, 2, "Áp dụng 5S"),
    ]


def test_sentences_with_commas_are_no_table() -> None:
    content = read("một, hai, ba\nbốn, năm\n".encode())

    assert [line.text for line in content.lines()] == ["một, hai, ba", "bốn, năm"]


def test_nothing_but_space_is_empty() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(b" \r\n\t")

    assert caught.value.cause is UnreadCause.EMPTY


def test_a_quotation_mark_never_closed_is_no_fault_of_ours() -> None:
    content = read(b'"' + b"x,\n" * 60_000)

    assert len(content.items) == 50_000
