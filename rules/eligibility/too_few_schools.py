"""E12: a curriculum task reaches enough schools."""

from collections.abc import Iterator

from dossier import Call, Dossier, ProposalForm, TaskKind
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, fail, rule, unknown


@rule(
    "E12",
    Severity.GAP,
    title="Nhiệm vụ xây dựng học phần, môn học có tối thiểu 03 trường",
    cites=(
        Citation(
            "cong-van",
            "II.2",
            "đưa kiến thức năng suất chất lượng vào chương trình đào tạo của tối thiểu 03 trường "
            "cùng khối ngành trong khuôn khổ một (01) nhiệm vụ",
        ),
    ),
)
def too_few_schools(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Phiếu ghi rõ số trường ít hơn yêu cầu thì phải rà soát; không ghi số trường thì chỉ nhắc.

    Các trường có cùng khối ngành hay không do cán bộ xem xét.
    """
    for task, form in forms(dossier):
        if task.kind is not TaskKind.CURRICULUM:
            continue
        least = f"{call.min_schools:02d}"
        if form.schools is None and is_plain(form):
            yield fail(
                at=form.at,
                says=f"Nhiệm vụ “{task.title}” chưa nêu số trường tham gia; yêu cầu tối thiểu "
                f"{least} trường cùng khối ngành.",
                remedy="Nêu rõ các trường tham gia.",
                weighs=Severity.WARNING,
            )
        elif form.schools is not None and form.schools < call.min_schools:
            yield _too_few(task.title, form, form.schools, least)


def _too_few(title: str, form: ProposalForm, schools: int, least: str) -> Finding:
    at = form.schools_at or form.at
    says = (
        f"Nhiệm vụ “{title}” mới nêu {schools} trường; yêu cầu tối thiểu {least} trường cùng khối "
        "ngành trong một nhiệm vụ."
    )
    if not is_plain(form):
        return unknown(at=at, says=says, remedy="Cán bộ đọc số trường trong phiếu.")
    return fail(at=at, says=says, remedy="Rà soát, bổ sung trường tham gia.")
