"""C26: the signature block of a form bears a name."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, fail, rule


@rule(
    "C26",
    Severity.WARNING,
    title="Phiếu có họ tên người đề xuất ở phần ký",
    cites=(
        Citation(
            "phieu-a1-2017",
            "phần ký",
            "(Họ, tên và chữ ký - đóng dấu đối với tổ chức)",
        ),
    ),
    after=("C03",),
)
def form_unsigned(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Phần ký để trống thì chưa rõ ai đề xuất; chữ ký là ảnh hoặc mực thì máy không xét.

    Chỉ nêu khi thấy phần ký trên văn bản gõ chữ mà không có tên nào.
    """
    for task, form in forms(dossier):
        signed = form.signatory or form.proposer or len(task.forms) > 1
        if form.signature_block and is_plain(form) and not signed:
            yield fail(
                at=form.signature_block,
                says=f"Phiếu “{form.task}” chưa có họ tên của tổ chức, cá nhân đề xuất ở phần ký.",
                remedy="Gửi bản có họ tên, chữ ký (đóng dấu đối với tổ chức) hoặc ký số.",
            )
