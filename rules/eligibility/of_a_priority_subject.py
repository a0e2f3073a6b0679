"""E14: subjects the call puts first this year, named for the officer."""

from collections.abc import Iterator
from functools import lru_cache

from dossier import Call, Dossier
from rules.evidence import Cue, cues, named_in, telling, words_of
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, fail, rule
from rules.wording import listed, short

_FIELDS = ("ten", "muc_tieu", "noi_dung", "ket_qua")


@rule(
    "E14",
    Severity.INFO,
    title="Nội dung trọng tâm, ưu tiên của đợt",
    cites=(
        Citation("cong-van", "II.2", "Các nội dung trọng tâm, ưu tiên thực hiện năm 2025"),
        Citation(
            "cong-van",
            "II.2",
            "trong đó ưu tiên lĩnh vực giảm phát thải khí nhà kính, tái chế, năng suất xanh, kinh "
            "tế tuần hoàn",
        ),
    ),
    after=("S17", "C03"),
)
def of_a_priority_subject(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Chỉ ghi nhận để xếp thứ tự khi tổng hợp; nội dung khác vẫn được đề xuất."""
    words = _words(call)
    for task, form in forms(dossier):
        found = named_in(words_of(form), words)
        subjects = tuple(dict.fromkeys(found))
        if subjects:
            about = telling(form, _FIELDS, tuple(cue for name, cue in words if name in subjects))
            yield fail(
                at=about.at if about else form.at,
                says=f"Phiếu “{short(task.title)}” thuộc nội dung ưu tiên: {listed(subjects)}.",
                remedy="Không cần làm gì.",
                confidence=form.confidence,
            )


@lru_cache(maxsize=64)
def _words(call: Call) -> tuple[tuple[str, Cue], ...]:
    return tuple((one.name, cue) for one in call.priorities for cue in cues(*one.cues))
