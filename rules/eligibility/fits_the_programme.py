"""E04: whether a task serves the programme is a judgement; its words are shown for it."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from dossier import Call, Dossier
from rules.council import Question, ask
from rules.evidence import Cue, cues, named_in, telling, words_of
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import listed, short

_FIELDS = ("muc_tieu", "noi_dung", "ket_qua", "can_cu")
_SHOWN = 4


@rule(
    "E04",
    Severity.OFFICER,
    title="Nhiệm vụ và mục tiêu, nhiệm vụ, giải pháp của Chương trình",
    cites=(
        Citation(
            "cong-van",
            "I",
            "phải phù hợp với mục tiêu, nhiệm vụ và giải pháp được quy định tại Quyết định số "
            "1322/QĐ-TTg",
        ),
        Citation(
            "tt-15-2022",
            "Điều 5 khoản 1",
            "Có tính cấp thiết, phù hợp với mục tiêu, nội dung, nhiệm vụ và giải pháp của Chương "
            "trình.",
        ),
    ),
    after=("S17", "C03"),
)
def fits_the_programme(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Máy chỉ nêu những từ ngữ của Chương trình có trong phiếu; phù hợp hay không do cán bộ xét.

    Phiếu không có từ nào của Chương trình cần được đọc kỹ hơn.
    """
    words = _words(call)
    for task, form in forms(dossier):
        found = named_in(words_of(form), words)
        shown = tuple(islice(dict.fromkeys(found), _SHOWN))
        named = f"Phiếu “{short(task.title)}”"
        about = telling(form, _FIELDS, tuple(cue for name, cue in words if name in shown[:1]))
        yield unknown(
            at=about.at if about else form.at,
            says=f"{named} có các từ ngữ của Chương trình: {listed(shown)}."
            if shown
            else f"{named} không có từ ngữ nào của Chương trình.",
            remedy=ask(Question.URGENCY),
            confidence=form.confidence,
        )


@lru_cache(maxsize=64)
def _words(call: Call) -> tuple[tuple[str, Cue], ...]:
    """The words that tell a kind of task the call asks for, as written and as looked for."""
    told = (cue for kind in call.kinds for cue in (*kind.literal, *kind.cues) if "*" not in cue)
    return tuple((one, cue) for one in dict.fromkeys(told) for cue in cues(one))
