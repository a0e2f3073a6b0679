"""C13: every enterprise a pilot model names has sent its letter."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier, Task
from rules.papers import form_of, has_capital, is_plain, own_words
from rules.rule import Finding, Severity, missing, rule

_ENTERPRISE = re.compile(
    r"\b(?:Công ty|Cty|CTCP|Doanh nghiệp tư nhân|DNTN|Hợp tác xã|HTX)\s+"
    r"(?:(?!\s+và\s+(?:Công ty|Cty|CTCP|Doanh|DNTN|Hợp|HTX))[^,;.()\n])+",
    re.IGNORECASE,
)


@rule("C13", Severity.WARNING, title="Doanh nghiệp được nêu tên đều có văn bản cam kết")
def named_enterprise_without_letter(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Phiếu nêu tên doanh nghiệp tham gia mô hình điểm thì nên có văn bản của từng doanh nghiệp.

    Công văn không nói số doanh nghiệp, nên đây chỉ là nội dung lưu ý; tên được so theo phần riêng
    của tên, không kể loại hình công ty và cách viết tắt.
    """
    for task in dossier.tasks:
        form = form_of(task)
        if not call.needs_commitment(task.kind) or not task.letters:
            continue
        if form is None or not is_plain(form):
            continue
        named = _named(form.value("dia_chi"))
        absent = [name for name in named if not _has_letter(task, dossier, name)]
        if absent and len(named) > len(absent):
            yield missing(
                dossier,
                at=form.at,
                says=f"Phiếu “{form.task}” nêu {len(named)} doanh nghiệp, hồ sơ mới có văn bản "
                f"của {len(named) - len(absent)}.",
                remedy=f"Bổ sung văn bản của: {'; '.join(absent)}.",
            )


def _named(text: str) -> tuple[str, ...]:
    """Enterprises with a name of their own; “các công ty trên địa bàn” has none."""
    names = (" ".join(match.group().split()) for match in _ENTERPRISE.finditer(text))
    return tuple(dict.fromkeys(name for name in names if has_capital(name)))


def _has_letter(task: Task, dossier: Dossier, name: str) -> bool:
    """A letter whose enterprise we could not read may be anybody's."""
    letters = (*task.letters, *dossier.loose_letters)
    return any(not letter.enterprise or _same(name, letter.enterprise) for letter in letters)


def _same(name: str, other: str) -> bool:
    """Most of the shorter name's own words stand in the other: “HTX DVNN Mỹ Hà” is spelt out."""
    mine, theirs = own_words(name), own_words(other)
    shared = len(mine & theirs)
    return not theirs or shared * 2 > min(len(mine), len(theirs))
