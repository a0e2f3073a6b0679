"""What kind of task a title tells."""

import pytest

from dossier import Place, TaskKind
from ingest.extract.kind import kind_of
from tests.ingest.extract.contents import CALL

AT = Place("phieu.docx", "đoạn 6")


def kind(title: str, objective: str = "", declared: str = "") -> TaskKind:
    return kind_of(CALL, [(title, AT), (objective, AT)], declared)[0]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Xây dựng mô hình điểm áp dụng Lean và HACCP", TaskKind.PILOT_MODEL),
        ("XÂY DỰNG MÔ HÌNH ĐIỂM VỀ NĂNG SUẤT", TaskKind.PILOT_MODEL),
        ("Xay dung mo hinh diem 5S", TaskKind.PILOT_MODEL),
        ("Ứng dụng truy xuất nguồn gốc theo TCVN 12850:2019", TaskKind.APPLY),
        ("Xây dựng tiêu chuẩn quốc gia (TCVN) về hoa, cây cảnh", TaskKind.TCVN),
        ("Nghiên cứu xây dựng 03 TCVN về gạo hữu cơ", TaskKind.TCVN),
        ("Nghiên cứu, đề xuất cơ chế hỗ trợ hộ kinh doanh nâng cao năng suất", TaskKind.POLICY),
        ("Đào tạo chuyên gia năng suất chất lượng áp dụng ISO", TaskKind.TRAINING),
        ("Hỗ trợ doanh nghiệp áp dụng ISO 9001 kết hợp đào tạo", TaskKind.APPLY),
        (
            "Đào tạo và đưa kiến thức năng suất vào chương trình đào tạo của trường",
            TaskKind.CURRICULUM,
        ),
        ("Nâng cao năng lực đánh giá, chứng nhận sản phẩm Halal", TaskKind.CAPACITY),
        ("Triển khai mô hình 5S tại doanh nghiệp", TaskKind.APPLY),
        ("Phát triển làng nghề truyền thống", TaskKind.APPLY),
        ("", TaskKind.UNKNOWN),
    ],
)
def test_a_title_tells_its_kind(title: str, expected: TaskKind) -> None:
    assert kind(title) is expected


@pytest.mark.parametrize(
    "title", ["Xây dựng mô hình thí điểm áp dụng Lean", "Mô hình mẫu về 5S tại làng nghề"]
)
def test_words_near_a_pilot_model_are_a_persons_to_judge(title: str) -> None:
    found, words = kind_of(CALL, [(title, AT), ("", AT)])

    assert found is TaskKind.UNKNOWN
    assert words is not None


@pytest.mark.parametrize(
    "title",
    ["Nâng cao chất lượng mô hình điểm đến du lịch", "Áp dụng 5S cho mô hình điểm bán OCOP"],
)
def test_the_literal_words_by_chance_are_no_pilot_model(title: str) -> None:
    assert kind(title) is not TaskKind.PILOT_MODEL


def test_a_declared_pilot_model_is_one() -> None:
    assert kind("Áp dụng Lean tại doanh nghiệp", declared="Mô hình điểm") is TaskKind.PILOT_MODEL
    assert kind("Áp dụng Lean tại doanh nghiệp", declared="Đề tài") is TaskKind.APPLY
