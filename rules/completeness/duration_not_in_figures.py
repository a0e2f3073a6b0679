"""C24: how long a task takes is said in figures."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier, ProposalForm
from dossier.vietnamese import fold
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, fail, rule

_A_LENGTH = re.compile(
    r"\b(\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|ruoi)\W*(\([^)]*\)\W*)?(thang|nam|quy)\b"
    r"(?!\W*20\d\d)"
    r"|20\d\d\W+(\w+\W+){0,4}20\d\d"
)


@rule(
    "C24",
    Severity.WARNING,
    title="Thời gian thực hiện nêu thành số",
    cites=(Citation("cong-van", "I", "trong khoảng thời gian cụ thể"),),
    after=("C03",),
)
def duration_not_in_figures(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """“Theo tiến độ của dự án, từ năm 2025” không phải là khoảng thời gian cụ thể.

    Mục còn trống do C19 nêu. Không nêu khi phiếu có số hoặc số viết bằng chữ mà máy chưa hiểu.
    """
    for _, form in forms(dossier):
        said = form.value("thoi_gian")
        if said.strip() and is_plain(form) and not _has_a_length(form, said):
            yield fail(
                at=form.fields["thoi_gian"].at,
                says=f"Phiếu “{form.task}” chưa ghi rõ thời gian thực hiện: “{said}”.",
                remedy="Ghi số tháng thực hiện và thời điểm bắt đầu, kết thúc "
                f"(ví dụ: 24 tháng, từ 01/{call.first_year} đến 12/{call.first_year + 1}).",
            )


def _has_a_length(form: ProposalForm, said: str) -> bool:
    known = form.duration
    if known and (known.months or known.contradicts_itself or known.end_year):
        return True
    return bool(_A_LENGTH.search(fold(said))) or not re.search(r"[^\W_]{2}", said)
