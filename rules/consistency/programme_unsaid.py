"""N13: the cover letter says which programme and which year it answers."""

import re
from collections.abc import Iterator

from dossier import Call, CoverLetter, Dossier
from rules.evidence import Cue, cues, has, words_in
from rules.papers import is_plain
from rules.rule import Citation, Finding, Severity, rule, unknown

_YEARS = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)


@rule(
    "N13",
    Severity.OFFICER,
    title="Công văn nêu đúng chương trình, đúng đợt",
    cites=(
        Citation(
            "cong-van",
            "V/v",
            "quốc gia dự kiến thực hiện từ năm 2025 thuộc Chương trình 1322",
        ),
    ),
    after=("S13", "S17"),
)
def programme_unsaid(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Công văn không nêu tên chương trình hoặc nêu năm khác có thể là của đợt khác; cán bộ xem.

    Xét trích yếu và tên nhiệm vụ nêu trong công văn; không có trích yếu thì không nêu.
    """
    programme = cues(*call.programme_cues)
    letters = [one for one in dossier.cover_letters if is_plain(one) and one.subject]
    for letter in letters[:1]:
        if not any(_speaks(one, programme) for one in letters):
            yield unknown(
                at=letter.at,
                says=f"Trích yếu công văn chưa nêu {call.programme}.",
                remedy="Cán bộ xem hồ sơ có thuộc đợt đề xuất này không.",
            )
        years = [int(year) for one in letters for year in _YEARS.findall(one.subject)]
        if years and call.first_year not in years:
            yield unknown(
                at=letter.at,
                says=f"Trích yếu công văn nêu năm {years[0]}, đợt đề xuất này từ năm "
                f"{call.first_year}.",
                remedy="Cán bộ xem hồ sơ có thuộc đợt đề xuất này không.",
            )


def _speaks(letter: CoverLetter, programme: tuple[Cue, ...]) -> bool:
    return has(words_in(" ".join((letter.subject, *letter.titles))), programme)
