"""N14: a signed copy and an editable copy of one form say the same."""

from collections.abc import Iterator

from dossier import Call, Dossier, FormFamily, ProposalForm
from dossier.vietnamese import key
from rules.papers import alike, is_plain
from rules.rule import Finding, Severity, rule, unknown
from rules.wording import short

_THE_SAME = 0.95


@rule("N14", Severity.OFFICER, title="Bản ký và bản mềm của phiếu giống nhau", after=("S17", "C03"))
def copies_differ(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Hai bản của một phiếu khác nhau thì cán bộ hỏi đơn vị dùng bản nào; máy không chọn thay.

    Chỉ so các mục có chữ ở cả hai bản, không kể dấu, chữ hoa và cách dòng; bản quét không so.
    """
    for task in dossier.tasks:
        copies = [one for one in task.forms if one.family is not FormFamily.LOOK_ALIKE]
        if len(copies) < 2 or not all(map(is_plain, copies)):  # noqa: PLR2004 -- a pair
            continue
        first, *others = copies
        for other in others:
            if differing := tuple(_differing(first, other)):
                yield unknown(
                    at=other.at,
                    says=f"Hai bản của phiếu “{short(task.title)}” (“{first.at.file}” và "
                    f"“{other.at.file}”) khác nhau ở mục {', '.join(differing)}.",
                    remedy="Cán bộ hỏi đơn vị dùng bản nào.",
                )


def _differing(one: ProposalForm, other: ProposalForm) -> Iterator[str]:
    """The fields that say different things, as the form numbers them."""
    for name, field in one.fields.items():
        mine, theirs = field.value, other.value(name)
        if mine and theirs and key(mine) != key(theirs) and alike(mine, theirs) < _THE_SAME:
            yield field.number or f"“{field.label or name}”"
