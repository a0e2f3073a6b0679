"""S13: a letter that speaks of another programme may have gone to the wrong office."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier
from dossier.vietnamese import tidy
from rules.papers import proposes_nothing
from rules.rule import Citation, Finding, Severity, fail, rule


@rule(
    "S13",
    Severity.OFFICER,
    title="Hồ sơ thuộc đợt đề xuất này",
    cites=(Citation("nd-30-2020", "Điều 21 khoản 2 điểm b", "gửi sai nơi nhận"),),
)
def other_call(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Công văn nói về chương trình khác có thể được gửi nhầm; cán bộ xem rồi mới hướng dẫn lại.

    Chỉ nêu khi trích yếu có tên chương trình khác và không có dấu hiệu nào của chương trình này.
    """
    if proposes_nothing(dossier):
        return
    for letter in dossier.cover_letters:
        other = _first(call.other_programmes, letter.subject)
        if other and not _first(call.programme_cues, letter.subject):
            yield fail(
                at=letter.at,
                says=f"Trích yếu công văn nêu “{other}”, không thấy {call.programme}.",
                remedy="Cán bộ xác định hồ sơ có thuộc đợt đề xuất này hay không.",
                confidence=letter.confidence,
            )


def _first(cues: tuple[str, ...], text: str) -> str:
    """Accents decide here: folded, “cung cấp bổ sung” would hold “cấp bộ”."""
    words = tidy(text).casefold()
    return next((cue for cue in cues if re.search(rf"\b{re.escape(cue.casefold())}\b", words)), "")
