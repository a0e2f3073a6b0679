"""A summary table of which a PDF gives lines only."""

from dossier import CERTAIN, SummaryTable
from ingest.extract.passage import Origin, passages
from ingest.extract.table_in_lines import extract
from tests.ingest.extract.contents import CALL, pdf

TEXT = """
    BẢNG TỔNG HỢP ĐỀ XUẤT NHIỆM VỤ
    STT Tên nhiệm
    vụ
    Mục tiêu Thời gian
    thực hiện
    1 Xây dựng mô
    hình điểm áp
    dụng ISO
    9001 tại
    huyện
    Mỹ Lộc
    Nâng cao
    năng suất
    24 tháng
    2 Hỗ trợ doanh
    nghiệp cơ khí
    áp dụng TPM
    Tăng chỉ số OEE
    18 tháng
    Nơi nhận:
    - Như trên;
"""


def read(text: str) -> SummaryTable | None:
    return extract(tuple(passages(pdf(text).items)), CALL, Origin(file="bang.pdf"))


def test_numbered_lines_below_a_header_are_rows() -> None:
    found = read(TEXT)

    assert found is not None
    assert [row.title for row in found.rows] == [
        "Xây dựng mô hình điểm áp dụng ISO 9001 tại huyện Mỹ Lộc",
        "Hỗ trợ doanh nghiệp cơ khí áp dụng TPM",
    ]
    assert [row.duration.months for row in found.rows if row.duration] == [24, 18]
    assert found.columns == ("stt", "ten", "muc_tieu", "thoi_gian")
    assert found.confidence >= CERTAIN


def test_a_label_before_a_title_is_no_part_of_it() -> None:
    labelled = TEXT.replace("2 Hỗ trợ doanh", "2 Tên nhiệm vụ: Hỗ trợ doanh")

    found = read(labelled)

    assert found is not None
    assert found.rows[1].title == "Hỗ trợ doanh nghiệp cơ khí áp dụng TPM"


def test_lines_without_a_header_are_no_table() -> None:
    assert read("Kế hoạch\n1. Khảo sát hiện trạng doanh nghiệp\n2. Tập huấn") is None
