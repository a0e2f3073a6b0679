"""E19: whether a national standard serves productivity directly is a judgement."""

from collections.abc import Iterator

from dossier import Call, Dossier, TaskKind
from rules.evidence import cues, opening, telling
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_FIELDS = ("muc_tieu", "cap_thiet", "ket_qua", "noi_dung", "ten")
_SERVES = cues("năng suất", "chất lượng", "năng xuất")


@rule(
    "E19",
    Severity.OFFICER,
    title="TCVN phục vụ trực tiếp nâng cao năng suất chất lượng",
    cites=(
        Citation(
            "cong-van",
            "II.2",
            "Xây dựng tiêu chuẩn quốc gia (TCVN) phục vụ trực tiếp cho hoạt động nâng cao năng "
            "suất chất lượng",
        ),
    ),
    after=("S17", "C03"),
)
def standard_for_productivity(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Máy nhận ra nhiệm vụ xây dựng TCVN; có phục vụ trực tiếp hay không là nhận định."""
    for task, form in forms(dossier):
        if task.kind is not TaskKind.TCVN:
            continue
        found = telling(form, _FIELDS, _SERVES)
        said = found or opening(form, _FIELDS)
        yield unknown(
            at=said.at if said else form.at,
            says=f"Phiếu “{short(task.title)}” xây dựng tiêu chuẩn quốc gia"
            + ("." if found else ", chưa thấy nói đến năng suất, chất lượng."),
            remedy="Cán bộ xem TCVN có phục vụ trực tiếp nâng cao năng suất chất lượng không.",
            confidence=form.confidence,
        )
