"""E11: groups the programme prefers, named for the officer; nothing is asked of anybody."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.evidence import cues, named_in, telling, words_of
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, fail, rule
from rules.wording import listed, short

_FIELDS = ("ten", "muc_tieu", "cap_thiet", "dia_chi", "ket_qua", "noi_dung", "can_cu")
_GROUPS = tuple(
    (name, cue)
    for name, words in (
        ("doanh nghiệp nhỏ và vừa", ("doanh nghiệp nhỏ và vừa", "DNNVV", "doanh nghiệp siêu nhỏ")),
        (
            "sản phẩm, hàng hóa chủ lực",
            ("sản phẩm chủ lực", "hàng hóa chủ lực", "ngành chủ lực", "trọng điểm"),
        ),
    )
    for cue in cues(*words)
)


@rule(
    "E11",
    Severity.INFO,
    title="Đối tượng được ưu tiên",
    cites=(
        Citation(
            "tt-15-2022",
            "Điều 5 khoản 5",
            "ưu tiên doanh nghiệp nhỏ và vừa, doanh nghiệp sản xuất, kinh doanh sản phẩm, hàng hóa "
            "chủ lực của quốc gia, ngành, lĩnh vực và địa phương.",
        ),
    ),
    after=("S17", "C03"),
)
def of_a_priority_group(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Chỉ ghi nhận để xếp thứ tự khi tổng hợp; không ưu tiên không phải là thiếu.

    Máy không xét quy mô doanh nghiệp theo Nghị định số 80/2021/NĐ-CP vì công văn không hỏi số liệu.
    """
    for task, form in forms(dossier):
        found = named_in(words_of(form), _GROUPS)
        groups = tuple(dict.fromkeys(found))
        if groups:
            about = telling(form, _FIELDS, tuple(cue for name, cue in _GROUPS if name in groups))
            yield fail(
                at=about.at if about else form.at,
                says=f"Phiếu “{short(task.title)}” nêu đối tượng ưu tiên: {listed(groups)}.",
                remedy="Không cần làm gì.",
                confidence=form.confidence,
            )
