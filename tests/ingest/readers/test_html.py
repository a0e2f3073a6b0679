"""Web pages kept as files."""

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers.html import read


def test_a_page_is_read_as_it_is_seen() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><h1>Kính  gửi</h1>"
        "<p>phòng<br>Kinh <b>tế</b></p><script>alert(1)</script></body></html>"
    )

    assert [line.text for line in read(page.encode()).lines()] == ["Kính gửi", "phòng", "Kinh tế"]


def test_a_table_keeps_its_spans_and_its_place_among_the_words() -> None:
    page = (
        "<p>trước</p><table><tr><th rowspan=2>STT</th><th colspan=2>Kinh phí</th></tr>"
        "<tr><td>NSNN</td><td>Khác</td></tr></table><p>sau</p>"
    )

    content = read(page.encode())

    assert [line.text for line in content.lines()] == [
        *("trước", "STT", "Kinh phí", "NSNN", "Khác", "sau")
    ]
    (table,) = content.tables()
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] == [
        *((1, 1, 2, 1), (1, 2, 1, 2), (2, 2, 1, 1), (2, 3, 1, 1))
    ]


@pytest.mark.parametrize("page", ["<html></html>", "<p> </p>", ""], ids=["bare", "space", "none"])
def test_a_page_without_words_is_empty(page: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(page.encode())

    assert caught.value.cause is UnreadCause.EMPTY
