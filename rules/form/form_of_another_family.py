"""F02: which circular's form a proposal uses; both are taken, another procedure's is not."""

from collections.abc import Iterator

from dossier import Call, Dossier, FormFamily
from rules.rule import Citation, Finding, Severity, fail, rule


@rule(
    "F02",
    Severity.INFO,
    title="Phiếu theo mẫu được nhận",
    cites=(
        Citation("cong-van", "II.3.b", "theo mẫu quy định tại Thông tư số 03/2017/TT-BKHHCN"),
        Citation("tt-06-2023", "Điều 7 khoản 4", "Mẫu A1-ĐXNV đối với đề tài"),
    ),
)
def form_of_another_family(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Mẫu của Thông tư số 03/2017 (công văn dẫn) và 06/2023 (đang có hiệu lực) đều được nhận.

    Ở đây chỉ ghi nhận mẫu nào đã dùng. Phiếu của thủ tục khác không thay được phiếu đề xuất; việc
    thiếu phiếu do C03 hoặc C04 nêu.
    """
    for form in dossier.proposal_forms:
        named = f"Phiếu “{form.task}” (tệp “{form.at.file}”)"
        if form.family is FormFamily.TT06_2023:
            yield fail(
                at=form.at,
                says=f"{named} theo mẫu của Thông tư số 06/2023/TT-BKHCN, được chấp nhận.",
                remedy="Không cần làm gì.",
                confidence=form.confidence,
            )
        elif form.family is FormFamily.LOOK_ALIKE:
            called = f" ({form.title_line})" if form.title_line else ""
            yield fail(
                at=form.at,
                says=f"{named} là phiếu của thủ tục khác{called}.",
                remedy="Lập lại theo mẫu kèm công văn.",
                confidence=form.confidence,
            )
        elif form.family is FormFamily.UNKNOWN:
            yield fail(
                at=form.at,
                says=f"{named} không cho biết theo mẫu nào.",
                remedy="Cán bộ xem mẫu phiếu.",
                confidence=form.confidence,
            )
