"""C26: the signature block of a form bears a name."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Severity, fail, rule

_ENOUGH_LABELS = 6


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

    Chỉ xét văn bản gõ chữ, đọc được gần đủ các mục. Khi không thấy cả phần ký lẫn tên thì chỉ ghi
    nhận, vì tên có thể nằm ở chỗ máy không đọc.
    """
    for task, form in forms(dossier):
        signed = form.signatory or form.proposer or len(task.forms) > 1
        read_whole = form.signature_block is not None or len(form.fields) >= _ENOUGH_LABELS
        if read_whole and is_plain(form) and not signed:
            yield fail(
                at=form.signature_block or form.at,
                says=f"Phiếu “{form.task}” chưa có họ tên của tổ chức, cá nhân đề xuất ở phần ký.",
                remedy="Gửi bản có họ tên, chữ ký (đóng dấu đối với tổ chức) hoặc ký số.",
                weighs=None if form.signature_block else Severity.INFO,
            )
