"""E09: whether results are of use is a judgement; results and users are shown side by side."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.evidence import Said, opening
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_QUOTED = 110


@rule(
    "E09",
    Severity.OFFICER,
    title="Kết quả được áp dụng trong thực tiễn",
    cites=(
        Citation(
            "tt-15-2022",
            "Điều 5 khoản 2",
            "Kết quả, sản phẩm được áp dụng thực tiễn hoặc giải quyết các vấn đề về lý luận, khoa "
            "học trong lĩnh vực năng suất, chất lượng",
        ),
    ),
    after=("S17", "C03"),
)
def used_in_practice(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Đây là nhận định; máy đặt kết quả dự kiến cạnh nơi sẽ dùng kết quả để cán bộ so."""
    for task, form in forms(dossier):
        result, user = opening(form, ("ket_qua",)), opening(form, ("dia_chi",))
        if not result and not user:
            continue
        yield unknown(
            at=(result or user or form).at,
            says=f"Phiếu “{short(task.title)}”: kết quả {_quoted(result)}; nơi dùng "
            f"{_quoted(user)}.",
            remedy="Cán bộ xem kết quả có được áp dụng thực tiễn không.",
            confidence=form.confidence,
        )


def _quoted(said: Said | None) -> str:
    return f"“{short(said.sentence.rstrip('.'), _QUOTED)}”" if said else "chưa nêu"
