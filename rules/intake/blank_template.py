"""S16: a blank template is not a filled form."""

from collections.abc import Iterator

from dossier import Call, Dossier, OtherPaper, Role
from dossier.vietnamese import fold
from rules.papers import forms, lacks, proposes_nothing
from rules.rule import Citation, Finding, Severity, fail, missing, rule

_OTHER_TEMPLATES = {
    "tong hop": Role.SUMMARY_TABLE,
    "danh muc": Role.SUMMARY_TABLE,
    "cam ket": Role.COMMITMENT_LETTER,
    "cong van": Role.COVER_LETTER,
}


@rule(
    "S16",
    Severity.GAP,
    title="Biểu mẫu gửi đến đã điền nội dung",
    cites=(Citation("cong-van", "II.3.b", "Các phiếu đề xuất nhiệm vụ theo mẫu"),),
)
def blank_template(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Biểu mẫu còn trống không nói đơn vị đề xuất điều gì, nên chưa phải là phiếu đề xuất.

    Phải bổ sung khi hồ sơ chưa có phiếu nào đã điền. Khi chỉ thiếu phiếu của vài nhiệm vụ, hoặc
    biểu mẫu trống là bảng tổng hợp, quy tắc về văn bản đó nêu việc thiếu, ở đây chỉ nhắc thêm.
    Khi hồ sơ đã đủ, biểu mẫu gửi kèm chỉ được ghi nhận.
    """
    for paper in dossier.other_papers:
        if paper.role is Role.BLANK_TEMPLATE and not proposes_nothing(dossier):
            yield _finding(dossier, call, paper)


def _finding(dossier: Dossier, call: Call, paper: OtherPaper) -> Finding:
    says = f"Tệp “{paper.at.file}” là biểu mẫu chưa điền nội dung."
    if paper.paper:  # the call's own requirement says that it lacks
        remedy = "Gửi bản đã điền đầy đủ."
        return missing(dossier, at=paper.at, says=says, remedy=remedy, weighs=Severity.WARNING)
    role = _role(paper)
    if role is Role.PROPOSAL_FORM and not forms(dossier):
        remedy = "Gửi phiếu đề xuất đã điền đầy đủ."
        return missing(dossier, at=paper.at, says=says, remedy=remedy)
    if role in lacks(dossier, call):
        remedy = "Gửi bản đã điền đầy đủ."
        return missing(dossier, at=paper.at, says=says, remedy=remedy, weighs=Severity.WARNING)
    remedy = "Không cần làm gì nếu gửi nhầm."
    return fail(at=paper.at, says=says, remedy=remedy, weighs=Severity.INFO)


def _role(paper: OtherPaper) -> Role:
    """What the template would be if it were filled; a proposal form unless it says otherwise."""
    title = fold(paper.title)
    if "phieu" in title:
        return Role.PROPOSAL_FORM
    found = (role for words, role in _OTHER_TEMPLATES.items() if words in title)
    return next(found, Role.PROPOSAL_FORM)
