"""E03: whether the office's superior may carry a proposal is a person's judgement."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.evidence import cues, telling
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown

_FIELDS = ("ten", "dia_chi", "muc_tieu", "noi_dung", "ket_qua")
_WIDER = cues(
    "toàn quốc", "cả nước", "các tỉnh", "nhiều tỉnh", "toàn tỉnh", "địa bàn tỉnh", "cấp tỉnh",
    "các huyện", "nhiều địa phương", "liên tỉnh", "liên vùng", "toàn vùng", "Bộ Khoa học",
    "Bộ KH&CN", "Bộ Công Thương", "Bộ Nông nghiệp", "Bộ Kế hoạch",
)  # fmt: skip
"""Words of a reach beyond one district."""


@rule(
    "E03",
    Severity.OFFICER,
    title="Phạm vi đề xuất và thẩm quyền quản lý của cơ quan mời",
    cites=(
        Citation(
            "cong-van",
            "I",
            "Các đề xuất nhiệm vụ phải phù hợp thẩm quyền quản lý của UBND huyện.",
        ),
    ),
    after=("S17", "C03"),
)
def within_authority(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Máy không kết luận về thẩm quyền; chỉ chỉ ra phiếu nào nói đến phạm vi rộng hơn.

    Cách hiểu: nhiệm vụ cấp quốc gia thường có ích ngoài địa bàn; nêu phạm vi rộng không phải là
    trái thẩm quyền.
    """
    proposed = forms(dossier)
    wider = [found for _, form in proposed if (found := telling(form, _FIELDS, _WIDER))]
    remedy = f"Cán bộ xem đề xuất có phù hợp thẩm quyền quản lý của {call.office.superior} không."
    if wider:
        first = wider[0]
        yield unknown(
            at=first.at,
            says=f"Có {len(wider)}/{len(proposed)} phiếu nói đến phạm vi rộng hơn "
            f"{call.office.district}.",
            remedy=remedy,
        )
    elif proposed:
        yield unknown(
            at=proposed[0][1].at,
            says=f"Không phiếu nào nói đến phạm vi rộng hơn {call.office.district}.",
            remedy=remedy,
        )
