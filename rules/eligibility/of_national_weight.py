"""E16: whether a task weighs enough for the nation is a judgement; the form's words are shown."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.council import Question, ask
from rules.evidence import cues, opening, telling
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_FIELDS = ("cap_thiet", "muc_tieu", "hieu_qua", "dia_chi", "can_cu")
_WIDE = cues(
    "cả nước", "quốc gia", "toàn quốc", "liên ngành", "liên vùng", "nhiều ngành", "nhiều tỉnh",
    "các tỉnh", "nhiều địa phương", "các địa phương", "toàn ngành", "nền kinh tế", "Việt Nam",
)  # fmt: skip


@rule(
    "E16",
    Severity.OFFICER,
    title="Tiêu chí nhiệm vụ cấp quốc gia",
    cites=(
        Citation(
            "nd-08-2014",
            "Điều 25 khoản 1",
            "Có tầm quan trọng đối với phát triển kinh tế - xã hội, quốc phòng, an ninh trong phạm "
            "vi cả nước",
        ),
        Citation(
            "nd-08-2014",
            "Điều 25 khoản 1",
            "Giải quyết các vấn đề khoa học và công nghệ liên quan đến nhiều ngành, nhiều lĩnh "
            "vực, liên vùng",
        ),
        Citation("nd-08-2014", "Điều 25 khoản 1", "Phải huy động nguồn lực quốc gia"),
    ),
    after=("S17", "C03"),
)
def of_national_weight(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Đây là nhận định; máy dẫn câu của phiếu nói về tầm quốc gia, liên ngành, liên vùng."""
    for task, form in forms(dossier):
        found = telling(form, _FIELDS, _WIDE)
        said = found or opening(form, ("cap_thiet",))
        named = f"Phiếu “{short(task.title)}”"
        yield unknown(
            at=said.at if said else form.at,
            says=f"{named} nói về tầm quốc gia, liên ngành, liên vùng ở {found.where}."
            if found
            else f"{named} không có câu nào nói về tầm quốc gia, liên ngành, liên vùng.",
            remedy=ask(Question.BREADTH, Question.NATIONAL_RESOURCES),
            confidence=form.confidence,
        )
