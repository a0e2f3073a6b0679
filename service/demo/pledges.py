"""The four sentences of a commitment letter, as enterprises word them."""

# ruff: noqa: E501 -- a sentence of a letter stays whole

from service.demo.draw import Draw
from service.demo.facts import House, Pledge

_NEED = (
    "{we} có nhu cầu tham gia mô hình để đáp ứng yêu cầu ngày càng cao của khách hàng.",
    "{we} rất mong muốn được tham gia nhiệm vụ vì tỷ lệ hàng lỗi còn cao, chi phí sản xuất lớn.",
    "Hiện nay {we} có nhu cầu cấp thiết về đổi mới quản lý sản xuất, giảm lãng phí.",
    "{we} đăng ký tham gia nhiệm vụ; nhu cầu của đơn vị là được tư vấn và đào tạo tại xưởng.",
    "Qua nghiên cứu nội dung, {we} nhận thấy sự cần thiết và có nhu cầu được hỗ trợ áp dụng.",
    "Đơn vị chúng tôi đề nghị được tham gia mô hình vì dây chuyền hiện nay hao hụt lớn.",
)
_COOPERATION = (
    "Cam kết phối hợp thực hiện với đơn vị chủ trì, cung cấp số liệu và bố trí nhân lực tham gia.",
    "Cử 02 cán bộ kỹ thuật và một tổ sản xuất tham gia thực hiện các hoạt động của nhiệm vụ.",
    "Phối hợp triển khai theo kế hoạch, bố trí mặt bằng, thiết bị và tạo điều kiện cho chuyên gia làm việc.",
    "Sẵn sàng phối hợp với đơn vị chủ trì trong suốt thời gian thực hiện, bố trí nhân sự đầu mối.",
    "Tham gia thực hiện đầy đủ các nội dung, cử cán bộ theo dõi và báo cáo hằng tháng.",
)
_FUNDING = (
    "Cam kết đối ứng kinh phí {money} từ nguồn vốn của đơn vị.",
    "Đóng góp kinh phí đối ứng là {money} để cải tạo mặt bằng, mua sắm dụng cụ.",
    "Bố trí kinh phí đối ứng {money} bằng tiền và vật tư, chuyển theo tiến độ.",
    "Đối ứng {money}, chia làm hai đợt trong thời gian thực hiện.",
    "Đồng tài trợ cho nhiệm vụ số tiền {money} trong hai năm.",
)
_FUNDING_VAGUE = (
    "Cam kết bố trí kinh phí đối ứng theo quy định và theo dự toán được phê duyệt.",
    "Đối ứng kinh phí theo tỷ lệ được cơ quan có thẩm quyền phê duyệt.",
    "Bố trí vốn đối ứng từ quỹ phát triển sản xuất, mức cụ thể theo hợp đồng.",
)
_TAKE_UP = (
    "Cam kết tiếp nhận kết quả, duy trì mô hình và chia sẻ kinh nghiệm với doanh nghiệp khác.",
    "Ứng dụng kết quả của nhiệm vụ vào sản xuất và duy trì tối thiểu 3 năm.",
    "Tiếp nhận, sử dụng kết quả của mô hình và nhân rộng ra các xưởng còn lại.",
    "Sau khi kết thúc, tiếp nhận sản phẩm của nhiệm vụ, áp dụng kết quả cho toàn bộ dây chuyền.",
    "Tiếp nhận và duy trì hệ thống, báo cáo kết quả áp dụng hằng năm.",
)
REFUSING = (
    "Do tình hình tài chính khó khăn, đơn vị không có kinh phí đối ứng.",
    "Hiện đơn vị chưa bố trí được kinh phí đối ứng cho nhiệm vụ này.",
    "Đơn vị tham gia nhưng không đối ứng kinh phí.",
)
"""A counterpart that is denied (domain.md §7, case 13)."""


def pledge(draw: Draw, firm: House, title: str, host: House, amount: int) -> Pledge:
    """The pledge of one enterprise for the task; an amount of 0 leaves the sum to later."""
    del title, host  # the letter names them; the pledge is only its four sentences
    grouped = f"{amount:,}".replace(",", ".")
    spoken = draw.one((f"{grouped} triệu đồng", f"{grouped}.000.000 đồng"))
    funding = draw.one(_FUNDING).format(money=spoken) if amount else draw.one(_FUNDING_VAGUE)
    we = firm.says if firm.says != "Công ty" else draw.one(("Công ty", "Công ty chúng tôi"))
    need = draw.one(_NEED).format(we=we)
    return Pledge(
        house=firm,
        amount=amount,
        need=need[0].upper() + need[1:],
        cooperation=draw.one(_COOPERATION),
        funding=funding,
        take_up=draw.one(_TAKE_UP),
    )
