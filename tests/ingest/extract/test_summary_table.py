"""The summary table: one row a task, under headers of many names and layouts."""

from decimal import Decimal

import pytest

from dossier import CERTAIN, SummaryTable
from ingest.content import Content, Table
from ingest.extract.passage import Origin, passages
from ingest.extract.summary_header import column_of
from ingest.extract.summary_table import extract
from tests.ingest.extract.contents import CALL, table, word
from tests.ingest.extract.texts import FIRST, HEADER, ROWS, SECOND, TABLE_TITLE, summary


def read(content: Content) -> SummaryTable:
    tables = [item for item in content.items if isinstance(item, Table)]
    lines = tuple(passages(content.items))
    found = extract(tables, lines, CALL, Origin(file="bang.docx"))
    assert found is not None
    return found


def titles(found: SummaryTable) -> list[str]:
    return [row.title for row in found.rows]


def test_every_task_is_a_row_with_its_cells_time_and_money() -> None:
    found = read(word(TABLE_TITLE, summary()))

    assert titles(found) == [FIRST, SECOND]
    first = found.rows[0]
    assert first.cells["muc_tieu"] == "Giảm lãng phí"
    assert first.at.spot == "bảng 1, dòng 2, cột 2"
    assert first.duration is not None
    assert first.duration.months == 24
    assert first.budget is not None
    assert first.budget.total == Decimal(1500)
    assert found.columns == (
        "stt",
        "ten",
        "muc_tieu",
        "noi_dung",
        "ket_qua",
        "thoi_gian",
        "kinh_phi",
    )
    assert found.confidence == 1


def test_order_is_counted_and_a_rank_is_read_only_where_one_is_stated() -> None:
    ranked = read(
        word(
            table(
                ("Ưu tiên", "Tên nhiệm vụ", "Mục tiêu"),
                ("2", FIRST, "x"),
                ("1", SECOND, "y"),
            )
        )
    )
    plain = read(word(summary()))

    assert [(row.order, row.priority) for row in ranked.rows] == [(1, 2), (2, 1)]
    assert [(row.order, row.priority) for row in plain.rows] == [(1, None), (2, None)]


def test_a_header_of_two_rows_is_read_with_its_merged_cells() -> None:
    found = read(
        word(
            table(
                ("STT", "Tên nhiệm vụ", "Thời gian", "<", "Kinh phí (triệu đồng)", "<", "<"),
                ("^", "^", "Bắt đầu", "Kết thúc", "Tổng", "NSNN", "Khác"),
                ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
                ("1", FIRST, "01/2025", "12/2026", "1.500", "1.000", "500"),
            )
        )
    )

    assert titles(found) == [FIRST]
    row = found.rows[0]
    assert row.budget is not None
    assert [row.budget.total, row.budget.state, row.budget.other] == [1500, 1000, 500]
    assert row.duration is not None
    assert row.duration.months == 24


def test_sources_without_a_total_make_the_total() -> None:
    found = read(
        word(
            table(
                ("STT", "Tên nhiệm vụ", "Mục tiêu", "Kinh phí (triệu đồng)", "<"),
                ("^", "^", "^", "NSNN", "Nguồn khác"),
                ("1", FIRST, "x", "2.850", "950"),
            )
        )
    )

    budget = found.rows[0].budget
    assert budget is not None
    assert [budget.total, budget.state, budget.other] == [3800, 2850, 950]


def test_the_unit_may_stand_in_a_line_above() -> None:
    header = (*HEADER[:-1], "Kinh phí")

    with_line = read(word(f"{TABLE_TITLE}\nĐVT: triệu đồng", summary(header=header)))
    without = read(word(TABLE_TITLE, summary(header=header)))

    assert with_line.rows[0].budget is not None
    assert with_line.rows[0].budget.total == 1500
    assert without.rows[0].budget is None


def test_a_units_name_is_no_unit_of_money() -> None:
    header = (*HEADER[:-1], "Kinh phí")

    found = read(word(f"{TABLE_TITLE}\nĐơn vị: Liên đoàn Lao động huyện", summary(header=header)))

    assert found.rows[0].budget is None


def test_groups_sums_blank_rows_and_signatures_are_no_tasks() -> None:
    found = read(
        word(
            summary(
                ("I", "Lĩnh vực công nghiệp", "", "", "", "", ""),
                ROWS[0],
                ("II", "Lĩnh vực nông nghiệp", "", "", "", "", ""),
                ROWS[1],
                ("3", "", "", "", "", "", ""),
                ("4", "……………", "", "", "", "", ""),
                ("", "Tổng cộng", "", "", "", "", "2.000"),
                ("", "NGƯỜI LẬP BIỂU", "", "", "", "", ""),
                ("", "Trần Thị Lan", "", "", "", "", ""),
            )
        )
    )

    assert titles(found) == [FIRST, SECOND]


def test_a_group_heading_merged_over_many_columns_is_no_task() -> None:
    found = read(
        word(
            summary(
                ("I", "Lĩnh vực công nghiệp", "<", "<", "<", "<", "<"),
                ROWS[0],
                ("II. Lĩnh vực nông nghiệp", "<", "<", "<", "<", "<", "<"),
                ROWS[1],
            )
        )
    )

    assert titles(found) == [FIRST, SECOND]


def test_a_row_broken_over_two_pages_is_one() -> None:
    first = summary(("1", "Áp dụng 5S và Kaizen tại", "a", "b", "c", "24 tháng", "1.500"))
    rest = table(("", "doanh nghiệp cơ khí", "", "d", "", "", ""), ROWS[1], number=2)

    found = read(word(first, rest))

    assert titles(found) == [FIRST, SECOND]
    assert found.rows[0].cells["noi_dung"] == "b d"


def test_a_header_repeated_on_the_next_page_is_no_task() -> None:
    assert titles(read(word(summary(ROWS[0]), summary(ROWS[1])))) == [FIRST, SECOND]


def test_fields_one_below_another_are_a_table_on_its_side() -> None:
    found = read(
        word(
            TABLE_TITLE,
            table(
                ("Tên nhiệm vụ", FIRST, SECOND),
                ("Mục tiêu", "a", "b"),
                ("Thời gian thực hiện", "24 tháng", "12 tháng"),
                ("Kinh phí (triệu đồng)", "1.500", "500"),
            ),
        )
    )

    assert titles(found) == [FIRST, SECOND]
    assert [row.budget.total for row in found.rows if row.budget] == [1500, 500]


def test_a_table_on_its_side_may_stand_again_for_every_task() -> None:
    one = (("Thứ tự ưu tiên", "1"), ("Tên nhiệm vụ", FIRST), ("Mục tiêu", "a"), ("Kinh phí", "x"))
    two = (("Thứ tự ưu tiên", "2"), ("Tên nhiệm vụ", SECOND), ("Mục tiêu", "b"), ("Kinh phí", "y"))

    in_one = read(word(TABLE_TITLE, table(*one, *two)))
    apart = read(word(TABLE_TITLE, table(*one), table(*two, number=2)))

    assert [titles(in_one), titles(apart)] == [[FIRST, SECOND]] * 2
    assert [row.priority for row in in_one.rows] == [1, 2]


def test_a_table_of_another_kind_is_not_ours() -> None:
    content = word(
        table(("TT", "Nội dung chi", "Đơn giá", "Thành tiền"), ("1", "Thuê chuyên gia", "5", "50"))
    )

    assert (
        extract([i for i in content.items if isinstance(i, Table)], (), CALL, Origin(file="x"))
        is None
    )


def test_a_hidden_sheet_is_not_read_and_a_hidden_row_is_marked() -> None:
    hidden = table(
        HEADER, ("1", "Nhiệm vụ cũ đã bỏ đi", "a", "b", "c", "d", "5"), sheet="Cu", hidden=True
    )
    shown = summary()
    filtered = Table(cells=shown.cells, spot=shown.spot, hidden_rows=(3,))

    found = read(Content(items=(hidden, filtered)))

    assert [(row.title, row.hidden) for row in found.rows] == [(FIRST, False), (SECOND, True)]


def test_a_title_nobody_has_calculated_is_a_doubt() -> None:
    shown = summary()
    stale = Table(cells=shown.cells, spot=shown.spot, stale=("bảng 1, dòng 2, cột 2",))

    assert read(Content(items=(stale,))).confidence < CERTAIN


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("TÊN NHIỆM VỤ", "ten"),
        ("Ten nhiem vu KH&CN", "ten"),
        ("Tên nhiệm vụ KH&CN cấp quốc gia đề xuất", "ten"),
        ("Tên đề tài/dự án/đề án", "ten"),
        ("Nội dung chính và kết quả dự kiến", "noi_dung"),
        ("Dự kiến kết quả, sản phẩm", "ket_qua"),
        ("Kinh phí (triệu đồng)", "kinh_phi"),
        ("Tổng kinh phí", "kinh_phi"),
        ("Ngân sách nhà nước", "kinh_phi_nsnn"),
        ("Đối ứng, nguồn khác", "kinh_phi_khac"),
        ("Thứ tự ưu tiên", "uu_tien"),
        ("Đơn vị đề xuất", "don_vi"),
        ("Thời gian bắt đầu - kết thúc", "thoi_gian"),
        ("Số lao động", ""),
        ("Đơn giá", ""),
    ],
)
def test_a_header_is_known_by_its_aliases(header: str, key: str) -> None:
    assert column_of(header, CALL) == key


def test_a_header_may_name_the_title_in_brackets() -> None:
    found = read(
        word(
            table(
                ("STT", "Nội dung đề xuất (tên nhiệm vụ)", "Mục tiêu", "Thời gian (tháng)"),
                ("1", FIRST, "x", "12"),
            )
        )
    )

    assert titles(found) == [FIRST]
