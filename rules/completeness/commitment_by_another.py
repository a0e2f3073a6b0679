"""C12: an enterprise's commitment is the enterprise's own letter."""

import re
from collections.abc import Iterator

from dossier import Call, CommitmentLetter, Dossier
from dossier.vietnamese import fold, key
from rules.papers import SELF_PROPOSERS
from rules.rule import Citation, Finding, Severity, fail, rule

_AN_AUTHORITY = re.compile(r"(ubnd|uy ban nhan dan|phong(?! kham)|so|hoi|doan|huyen doan|ban)\b")

_A_COMMITTEE = re.compile(r"(ubnd|uy ban nhan dan|huyen doan)\b")
"""No enterprise is called so, whatever was taken for the name of one."""


@rule(
    "C12",
    Severity.OFFICER,
    title="Văn bản cam kết do chính doanh nghiệp ký",
    cites=(Citation("cong-van", "II.3.b", "cam kết của doanh nghiệp"),),
)
def commitment_by_another(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Cơ quan, đoàn thể không cam kết thay doanh nghiệp; người ký phải là doanh nghiệp.

    Doanh nghiệp, hợp tác xã tự đề xuất thì cam kết của mình là đủ; cam kết của Ủy ban nhân dân
    không thay được. Máy chỉ nêu khi văn bản mang
    tên cơ quan, hoặc không có cả tên doanh nghiệp, mã số lẫn người ký; cán bộ quyết định.
    """
    for task in dossier.tasks:
        if not call.needs_commitment(task.kind):
            continue
        for letter in task.letters:
            if _by_an_authority(dossier, letter) or _by_nobody(letter):
                yield fail(
                    at=letter.at,
                    says=f"Văn bản cam kết trong tệp “{letter.at.file}” chưa thể hiện là văn bản "
                    "của doanh nghiệp.",
                    remedy="Gửi văn bản do doanh nghiệp ký.",
                    confidence=letter.confidence,
                )


def _by_an_authority(dossier: Dossier, letter: CommitmentLetter) -> bool:
    if not letter.enterprise:
        return False
    if dossier.unit.kind in SELF_PROPOSERS:
        return bool(_A_COMMITTEE.match(fold(letter.enterprise)))
    unit = {key(name) for name in (dossier.unit.name, *dossier.unit.aliases)}
    by_unit = key(letter.enterprise) in unit
    return by_unit or bool(_AN_AUTHORITY.match(fold(letter.enterprise)))


def _by_nobody(letter: CommitmentLetter) -> bool:
    return not (letter.enterprise or letter.tax_code or letter.signatory)
