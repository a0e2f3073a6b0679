"""What the council will be asked of every proposal: the officer meets these questions first.

The words of “Phiếu nhận xét và đánh giá đề xuất đặt hàng” (Mẫu B1-TVHĐ, 03/2017/TT-BKHCN), 1.1 to
1.5. None of them is a machine's to answer.
"""

from enum import StrEnum


class Question(StrEnum):
    """One line of the council's sheet, “Đạt yêu cầu” or “Không đạt yêu cầu”."""

    URGENCY = "Tính cấp thiết của việc thực hiện đề tài/dự án"
    BREADTH = (
        "Tính liên ngành, liên vùng và tầm quan trọng của vấn đề khoa học đặt ra trong đề xuất "
        "đặt hàng"
    )
    NO_DUPLICATION = (
        "Khả năng không trùng lắp của đề tài, dự án với các nhiệm vụ khoa học và công nghệ đã và "
        "đang thực hiện"
    )
    NATIONAL_RESOURCES = (
        "Nhu cầu cần thiết phải huy động nguồn lực quốc gia cho việc thực hiện đề tài, dự án"
    )
    OUTSIDE_MONEY = (
        "Khả năng huy động được nguồn kinh phí ngoài ngân sách để thực hiện (chỉ áp dụng đối với "
        "dự án)"
    )


def ask(*questions: Question) -> str:
    """What the officer is asked to weigh, in the council's own words."""
    quoted = "; ".join(f"“{one}”" for one in questions)
    return f"Cán bộ cân nhắc câu hỏi của hội đồng: {quoted}."
