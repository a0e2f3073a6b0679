"""The office's words for what the ledger holds."""

from collections.abc import Mapping
from types import MappingProxyType

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()

WORDS: Mapping[str, str] = MappingProxyType(
    {
        # states of a dossier
        "": "đang chờ kiểm tra",
        "complete": "đủ thành phần",
        "gaps": "cần bổ sung",
        "resend": "cần gửi lại tệp",
        "officer": "chờ cán bộ kiểm tra",
        "nil_return": "báo cáo không",
        # what a mail is
        "submission": "hồ sơ",
        "supplement": "bổ sung",
        "query": "hỏi, trao đổi",
        "automatic": "thư tự động",
        "other": "thư khác",
        "quarantined": "cô lập",
        # letters
        "partial": "đã nhận một phần",
        "held": "chờ duyệt",
        "ready": "chờ gửi",
        "sending": "đang gửi",
        "sent": "đã gửi",
        "in_doubt": "chưa rõ đã gửi",
        "failed": "không gửi được",
        "dropped": "không gửi",
        # papers
        "cover_letter": "công văn đề xuất",
        "summary_table": "bảng tổng hợp",
        "proposal_form": "phiếu đề xuất",
        "commitment_letter": "văn bản cam kết",
        "call_letter": "công văn mời (của cơ quan)",
        "blank_template": "biểu mẫu trống",
        "unreadable": "chưa đọc được",
        # findings
        "gap": "thiếu, phải bổ sung",
        "warning": "nên sửa",
        "info": "lưu ý",
        "fail": "không đạt",
        "unknown": "không xác định",
        "error": "lỗi của máy",
        # acts
        "release_letter": "duyệt gửi thư",
        "drop_letter": "không gửi thư",
        "letter_arrived": "xác nhận thư đã đến",
        "send_again": "gửi lại thư",
        "try_again": "gửi lại thư",
        "waive": "bỏ qua có lý do",
        "withdraw_waiver": "rút lại việc bỏ qua",
        "release_dossier": "đưa vào hồ sơ tổng hợp",
        "hold_dossier": "rút khỏi hồ sơ tổng hợp",
        "judge_now": "kiểm tra ngay",
        "retry": "làm lại",
        "read_again": "đọc lại",
        "package": "lập hồ sơ tổng hợp",
        # troubles
        "mailbox": "hộp thư",
        "smtp": "máy chủ gửi thư",
        "mail": "thư đến",
        "letter": "thư trả lời",
        "set_aside": "việc bị gác lại",
        "rule": "quy tắc",
        "caps": "giới hạn gửi thư",
    }
)
LETTER_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "complete": "Xác nhận đủ thành phần",
        "gaps": "Đề nghị bổ sung",
        "held": "Đã nhận, cán bộ đang kiểm tra",
        "resend": "Đề nghị gửi lại tệp",
        "partial": "Đã nhận một phần",
        "nil_return": "Ghi nhận báo cáo không",
    }
)


@register.filter
@stringfilter
def words(value: str) -> str:
    """Name a state, a role, a verb as the office does; an unknown one stays as it is."""
    return WORDS.get(value, value)


@register.filter
@stringfilter
def letter_kind(value: str) -> str:
    """Name a letter by what it says."""
    return LETTER_KINDS.get(value, value)
