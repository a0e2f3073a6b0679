"""N08: the form is the one its circular prints for the sort of task the table names."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier, FormAsked, FormFamily
from dossier.vietnamese import key
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_EITHER = re.compile(r"[/,]| hoặc ")
_SORT = "loai"
"""The table's column “Loại hình nhiệm vụ”."""


@rule(
    "N08",
    Severity.OFFICER,
    title="Loại phiếu phù hợp loại hình nhiệm vụ",
    cites=(
        Citation(
            "tt-06-2023",
            "Điều 7 khoản 4",
            "Mẫu A1-ĐXNV đối với đề tài; Mẫu A2-ĐXNV đối với dự án; Mẫu A3-ĐXNV đối với đề án "
            "khoa học.",
        ),
    ),
    after=("S17", "C03"),
)
def form_for_another_sort(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Cùng một ký hiệu mẫu có nghĩa khác nhau giữa hai thông tư, nên máy chỉ nêu để cán bộ xem.

    So loại hình ghi trong Bảng tổng hợp với dòng “(Dùng cho …)” của mẫu đã dùng, trong cùng thông
    tư. Bảng ghi loại hình khác các loại của mẫu (“Mô hình điểm”) thì không so.
    """
    for task, form in forms(dossier):
        sort = task.row.cells.get(_SORT, "") if task.row else ""
        if not sort or not is_plain(form) or form.family is FormFamily.UNKNOWN:
            continue
        prints = [one for one in call.forms if one.family is form.family]
        meant = {one.template for one in prints if key(sort) in _sorts(one)}
        if meant and form.template and form.template not in meant:
            yield unknown(
                at=form.at,
                says=f"Nhiệm vụ “{short(task.title)}” ghi loại hình “{sort}” trong Bảng tổng hợp "
                f"nhưng dùng mẫu {form.template}.",
                remedy="Cán bộ kiểm tra lại mẫu phiếu.",
            )


def _sorts(asked: FormAsked) -> set[str]:
    """The sorts of task a form is for: “đề tài hoặc đề án” is for either."""
    lines = asked.used_for
    return {key(one) for line in lines for one in (line, *_EITHER.split(line))}
