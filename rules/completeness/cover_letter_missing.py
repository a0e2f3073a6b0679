"""C01: a dossier opens with the unit's cover letter."""

from collections.abc import Iterator

from dossier import Call, Dossier, Role
from rules.papers import is_sure
from rules.rule import Citation, Finding, Severity, missing, rule, unknown


@rule(
    "C01",
    Severity.GAP,
    title="Hồ sơ có công văn đề xuất của đơn vị",
    cites=(Citation("cong-van", "II.3.b", "Công văn đề xuất nhiệm vụ của đơn vị"),),
    after=("S17",),
)
def cover_letter_missing(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Công văn là lời đề xuất chính thức của đơn vị; các văn bản khác là phần kèm theo.

    Tờ trình, báo cáo hoặc văn bản khác có lời đề xuất cũng được nhận như công văn.
    """
    letters = dossier.cover_letters
    asked = call.paper(Role.COVER_LETTER)
    if not letters:
        office = call.office
        yield missing(
            dossier,
            says=f"Thiếu {asked.name}.",
            remedy=asked.remedy
            or f"Gửi văn bản gửi {office.superior} (qua {office.name}), nêu tài liệu kèm theo.",
        )
    elif not any(is_sure(letter) for letter in letters):
        yield unknown(
            at=letters[0].at,
            says=f"Chưa chắc tệp “{letters[0].at.file}” là {asked.briefly}.",
            remedy="Cán bộ đọc và xác định.",
            confidence=letters[0].confidence,
        )
