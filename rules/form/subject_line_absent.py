"""F05: a cover letter says in a line what it is about."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import is_plain
from rules.rule import Finding, Severity, fail, rule


@rule("F05", Severity.INFO, title="Công văn có trích yếu", after=("S17",))
def subject_line_absent(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Trích yếu (V/v) giúp văn thư vào sổ; thiếu thì cán bộ tự ghi, không nói với đơn vị.

    Nghị định số 30/2020/NĐ-CP, Phụ lục I. Chỉ nêu khi không bản công văn nào có.
    """
    letters = dossier.cover_letters
    if letters and all(is_plain(one) and not one.subject.strip() for one in letters):
        yield fail(
            at=letters[0].at,
            says=f"Công văn (tệp “{letters[0].at.file}”) không có trích yếu.",
            remedy="Cán bộ ghi trích yếu khi vào sổ.",
        )
