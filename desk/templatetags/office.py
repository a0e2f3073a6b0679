"""The office's words for what the ledger holds."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html

from desk import papers
from desk import waiting as counted
from ledger.models import IncomingFile

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
        "cho-can-bo": "chờ cán bộ trả lời",
        "ban-luu": "bản lưu thư của cơ quan",
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
        "other_paper": "tài liệu khác",
        # kinds of tasks
        "pilot_model": "mô hình điểm",
        "apply": "áp dụng tiêu chuẩn, công cụ",
        "curriculum": "học phần, môn học",
        "training": "đào tạo, bồi dưỡng",
        "tcvn": "tiêu chuẩn quốc gia",
        "capacity": "năng lực đánh giá, chứng nhận",
        "policy": "cơ chế, chính sách",
        "unknown": "chưa rõ loại",
        # acts
        "release_letter": "duyệt gửi thư",
        "drop_letter": "không gửi thư",
        "letter_arrived": "xác nhận thư đã đến",
        "send_again": "gửi lại thư",
        "try_again": "gửi lại thư",
        "waive": "bỏ qua có lý do",
        "withdraw_waiver": "rút lại việc bỏ qua",
        "release_dossier": "đưa vào hồ sơ tổng hợp",
        "hold_dossier": "rút lại việc đưa vào hồ sơ tổng hợp",
        "judge_now": "kiểm tra ngay",
        "retry": "làm lại",
        "read_again": "đọc lại",
        "package": "lập hồ sơ tổng hợp",
        "confirm_doubt": "xác nhận",
        "keep_out": "giữ lại, chưa tổng hợp",
        "stop_keeping_out": "thôi giữ lại",
        "settle_mail": "đã giải quyết thư",
        "open_sealed_mail": "lấy nguyên bản thư bị cô lập",
        # troubles
        "mailbox": "hộp thư",
        "smtp": "máy chủ gửi thư",
        "mail": "thư đến",
        "letter": "thư trả lời",
        "set_aside": "việc bị gác lại",
        "rule": "quy tắc",
        "caps": "giới hạn gửi thư",
        "pause": "quy tắc tạm dừng gửi thư",
        # registers, rules, mails moved
        "import_units": "sửa danh sách đơn vị",
        "add_address": "thêm địa chỉ thư",
        "resume": "cho gửi thư trở lại",
        "confirm_gap": "xác nhận là thiếu",
        "withdraw_gap": "rút lại việc xác nhận thiếu",
        "move_mail": "chuyển thư sang hồ sơ khác",
        "tell_astray": "báo gửi nhầm nơi nhận",
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
        "reminder": "Nhắc thời hạn",
        "astray": "Báo gửi nhầm nơi nhận",
    }
)
STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        "silent": "chưa phản hồi",
        "waiting": "đang xem xét",
        "gaps": "cần bổ sung",
        "complete": "đủ thành phần",
        "nil_return": "báo cáo không",
    }
)


SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "cong-van": "Công văn mời đề xuất",
        "nd-08-2014": "Nghị định số 08/2014/NĐ-CP",
        "nd-30-2020": "Nghị định số 30/2020/NĐ-CP",
        "phieu-a1-2017": "Mẫu A1-ĐXNV (Thông tư số 03/2017/TT-BKHCN)",
        "phieu-a2-2017": "Mẫu A2-ĐXNV (Thông tư số 03/2017/TT-BKHCN)",
        "phieu-a3-2017": "Mẫu A3-ĐXNV (Thông tư số 03/2017/TT-BKHCN)",
        "tt-06-2023": "Thông tư số 06/2023/TT-BKHCN",
        "tt-15-2022": "Thông tư số 15/2022/TT-BKHCN",
    }
)
"""The texts our rules cite, by the name of their file in `config/sources/`."""
_DECEPTIVE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
"""Signs that hide what stands beside them or turn it round: “gpj.exe” shown as “exe.jpg”."""
_LONG_TITLE = re.compile("“([^”]{32})[^”]{8,}”")


@register.simple_tag
def waiting() -> counted.Waiting:
    """What waits for a person, for the heading of every page."""
    return counted.waiting()


@register.filter
def has_pages(file: IncomingFile) -> bool:
    """Tell whether the pages of a file can be looked at."""
    return papers.is_shown(file)


@register.filter(is_safe=True)
@stringfilter
def plain(value: str) -> str:
    """What a stranger wrote, with a mark in place of every sign that could deceive the eye."""
    return _DECEPTIVE.sub("\ufffd", value)


@register.filter
@stringfilter
def short(value: str) -> str:
    """Cut long titles between quotation marks: in a list the point stands after them."""
    return _LONG_TITLE.sub(lambda found: f"“{found[1].rstrip()}…”", value)


@register.filter
@stringfilter
def address(value: str) -> str:
    """A mail address that may break after its @, and nowhere else."""
    name, at, host = plain(value).rpartition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def kind_among(kind: str, names: Mapping[str, str]) -> str:
    """A kind of task in short, or as the call names one that only it knows."""
    return WORDS.get(kind) or names.get(kind, kind)


@register.filter
@stringfilter
def source(value: str, named: str = "") -> str:
    """Name a text the rules cite, else as the call's letters do."""
    return SOURCES.get(value, named or value)


@register.filter
@stringfilter
def words(value: str) -> str:
    """Name a state, a role, a verb as the office does; an unknown one stays as it is."""
    return WORDS.get(value, value)


@register.filter
@stringfilter
def standing(value: str) -> str:
    """Name how a unit of the register stands."""
    return STANDINGS.get(value, value)


@register.filter
def share(value: float) -> str:
    """A share of one as a percentage: 0.25 is “25 %”."""
    return f"{value:.0%}".replace("%", " %")


@register.filter
@stringfilter
def letter_kind(value: str) -> str:
    """Name a letter by what it says."""
    return LETTER_KINDS.get(value, value)
