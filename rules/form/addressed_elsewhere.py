"""F06: the cover letter is addressed to the office, its superior, or whom both report to."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dossier import Call, Dossier
from dossier.vietnamese import key
from rules.papers import bodys_key, is_sure
from rules.rule import Citation, Finding, Severity, rule, unknown
from rules.wording import short

_PLACE = re.compile(r" (huyen|quan|thi xa|thanh pho|tinh|xa|phuong)( \w+){1,4}$")


@rule(
    "F06",
    Severity.OFFICER,
    title="Công văn gửi đúng nơi nhận",
    cites=(Citation("cong-van", "II.4", "gửi về UBND huyện qua phòng Kinh tế và Hạ tầng"),),
    after=("S13", "S17"),
)
def addressed_elsewhere(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Công văn ghi nơi nhận khác nhưng đã đến hộp thư này thì cán bộ xem; không trả lại tự động.

    Gửi UBND huyện, phòng chuyên môn hay Sở đều được. Không ghi “Kính gửi” thì không nêu.
    """
    ours = _ours(call)
    for letter in dossier.cover_letters:
        if letter.addressee and is_sure(letter) and not _names(letter.addressee, ours):
            yield unknown(
                at=letter.at,
                says=f"Công văn (tệp “{letter.at.file}”) gửi “{short(letter.addressee)}”.",
                remedy="Cán bộ xem công văn có gửi nhầm nơi nhận hay không.",
                confidence=letter.confidence,
            )


def _names(addressee: str, ours: tuple[str, ...]) -> bool:
    words = f" {bodys_key(addressee)} "
    return any(one in words for one in ours)


@lru_cache(maxsize=64)
def _ours(call: Call) -> tuple[str, ...]:
    """Whoever the letter may be for, with and without the place that follows the name."""
    office = call.office
    names = [bodys_key(one) for one in (office.name, office.superior, office.forwards_to) if one]
    names += [_PLACE.sub("", one) for one in (names[0], names[-1])]
    names += [one.removesuffix(f" {key(office.district)}") for one in names]
    return tuple(f" {one} " for one in dict.fromkeys(names) if one)
