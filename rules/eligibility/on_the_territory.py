"""E02: the call asks bodies and enterprises of one territory."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dossier import Call, Dossier, UnitKind
from dossier.vietnamese import key
from rules.evidence import Cue, cues, has, words_in
from rules.papers import forms
from rules.rule import Citation, Finding, Severity, rule, unknown

_COMMUNE = re.compile(r"^(ubnd|uy ban nhan dan)? ?(xa|thi tran|phuong)\b")


@rule(
    "E02",
    Severity.OFFICER,
    title="Đơn vị ở trên địa bàn",
    cites=(Citation("cong-van", "Kính gửi", "Các doanh nghiệp trên địa bàn huyện."),),
    after=("S17", "S18"),
)
def on_the_territory(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Doanh nghiệp đăng ký nơi khác nhưng có nhà máy trên địa bàn vẫn có thể đề xuất.

    Máy chỉ tìm tên huyện và các xã trong tên đơn vị, tên nhiệm vụ, địa chỉ ứng dụng và văn bản cam
    kết; không thấy ở đâu thì cán bộ xem địa chỉ.
    """
    unit = dossier.unit
    places = _places(call)
    if (
        unit.register_id
        or not unit.name
        or any(has(words_in(one), places) for one in _names(dossier))
    ):
        return
    yield unknown(
        at=dossier.cover_letters[0].at if dossier.cover_letters else None,
        says=f"Chưa thấy địa chỉ nào ở {call.office.district} trong hồ sơ của “{unit.name}”.",
        remedy="Cán bộ xem trụ sở hoặc cơ sở sản xuất của đơn vị.",
    )


@lru_cache(maxsize=64)
def _places(call: Call) -> tuple[Cue, ...]:
    """The district and its communes, as an address names them."""
    communes = (
        _COMMUNE.sub("", key(one.name)) for one in call.units if one.kind is UnitKind.COMMUNE
    )
    named = (key(call.office.district), *communes)
    return cues(*named)


def _names(dossier: Dossier) -> Iterator[str]:
    """Where a paper would name the place, the nearest first."""
    yield dossier.unit.name
    yield from (letter.issuer for letter in dossier.cover_letters)
    for task, form in forms(dossier):
        yield from (form.proposer, task.title, form.value("dia_chi"), form.value("cap_thiet"))
    for letter in dossier.commitment_letters:
        yield letter.enterprise
        yield from (one.at.words for one in letter.commitments)
