"""E13: whether the schools of a curriculum task are of one discipline group is a judgement."""

from collections.abc import Iterator

from dossier import Call, Dossier, TaskKind
from rules.evidence import cues, opening, telling
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_FIELDS = ("dia_chi", "noi_dung", "ket_qua", "muc_tieu", "ten")
_SCHOOLS = cues("trường", "đại học", "cao đẳng", "học viện", "khối ngành")


@rule(
    "E13",
    Severity.OFFICER,
    title="Các trường thuộc cùng khối ngành",
    cites=(
        Citation(
            "cong-van",
            "II.2",
            "tối thiểu 03 trường cùng khối ngành trong khuôn khổ một (01) nhiệm vụ",
        ),
    ),
    after=("S17", "C03"),
)
def one_discipline_group(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Máy đếm số trường (E12); các trường có cùng khối ngành hay không do cán bộ xem xét."""
    for task, form in forms(dossier):
        if task.kind is not TaskKind.CURRICULUM:
            continue
        found = telling(form, _FIELDS, _SCHOOLS)
        said = found or opening(form, _FIELDS)
        yield unknown(
            at=form.schools_at or (said.at if said else form.at),
            says=f"Phiếu “{short(task.title)}” đưa học phần, môn học vào các trường.",
            remedy="Cán bộ xem các trường nêu trong phiếu có cùng khối ngành hay không.",
            confidence=form.confidence,
        )
