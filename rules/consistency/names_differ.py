"""N01: table and form call a task by the same name."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier
from dossier.vietnamese import key
from rules.papers import both_plain
from rules.rule import Finding, Severity, fail, rule

_OPENING = re.compile(r"^(nhiem vu|de tai|de an|du an)( (khcn|kh cn|sxtn))? ")
_CUT_SHORT = re.compile(r"(…|\.\.\.)\W*$")


@rule("N01", Severity.WARNING, title="Tên nhiệm vụ thống nhất giữa bảng tổng hợp và phiếu")
def names_differ(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Tên nhiệm vụ được chép sang bảng tổng hợp chung nên cần một tên.

    Không kể dấu, cách viết hoa, dấu câu và chữ “Nhiệm vụ”, “Đề tài” đứng đầu.
    """
    for task in dossier.tasks:
        pair = both_plain(dossier, task)
        if pair is None:
            continue
        row, form = pair
        if form.task.strip() and not _same(row.title, form.task):
            yield fail(
                at=form.at,
                says=f"Tên nhiệm vụ chưa thống nhất: Bảng tổng hợp ghi “{row.title}”, Phiếu ghi "
                f"“{form.task}”.",
                remedy="Xác nhận tên đúng.",
            )


def _same(one: str, other: str) -> bool:
    first, second = (_OPENING.sub("", key(name)).replace(" ", "") for name in (one, other))
    if _CUT_SHORT.search(one) or _CUT_SHORT.search(other):
        return first.startswith(second) or second.startswith(first)
    return first == second
