"""F01: a form keeps to the pages its note allows."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import forms, is_sure
from rules.rule import Citation, Finding, Severity, fail, rule


@rule(
    "F01",
    Severity.WARNING,
    title="Phiếu không dài quá số trang cho phép",
    cites=(
        Citation("phieu-a1-2017", "ghi chú", "không quá 4 trang giấy khổ A4"),
        Citation("phieu-a3-2017", "ghi chú", "không quá 6 trang giấy khổ A4"),
    ),
)
def form_too_long(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Ghi chú của mẫu giới hạn số trang; chỉ đếm được trên tệp PDF, tệp Word thì không xét."""
    limits = {
        (asked.template, asked.family): asked.max_pages for asked in call.forms if asked.template
    }
    for _, form in forms(dossier):
        most = limits.get((form.template, form.family))
        if most and form.pages and form.pages > most and is_sure(form):
            yield fail(
                at=form.at,
                says=f"Phiếu “{form.task}” dài {form.pages} trang; theo ghi chú của mẫu, phiếu "
                f"không quá {most} trang A4.",
                remedy="Rút gọn (nếu được).",
            )
