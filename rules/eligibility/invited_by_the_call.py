"""E01: the call names whom it asks; anyone else is welcome, and a person looks."""

from collections.abc import Iterator

from dossier import Call, Dossier, UnitKind
from rules.rule import Citation, Finding, Severity, rule, unknown

_NOT_LISTED = frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE, UnitKind.PERSON})
"""Enterprises are invited as a whole, nobody has their list; E21 speaks of the other two."""


@rule(
    "E01",
    Severity.OFFICER,
    title="Đơn vị đề xuất thuộc các nơi được mời",
    cites=(
        Citation(
            "cong-van",
            "Kính gửi",
            "Các cơ quan, ban, ngành, đoàn thể trên địa bàn huyện;",
        ),
        Citation("cong-van", "Kính gửi", "UBND các xã, thị trấn;"),
    ),
    after=("S18",),
)
def invited_by_the_call(dossier: Dossier, call: Call) -> Iterator[Finding]:
    """Đơn vị ngoài danh sách được mời vẫn được tiếp nhận; cán bộ cân nhắc khi tổng hợp.

    Đối chiếu với danh sách đơn vị được mời của đợt. Doanh nghiệp được mời chung nên không đối
    chiếu; cá nhân, hợp tác xã, hộ kinh doanh do E21 nêu.
    """
    unit = dossier.unit
    if unit.register_id or unit.kind in _NOT_LISTED or not call.units:
        return
    yield unknown(
        at=dossier.cover_letters[0].at if dossier.cover_letters else None,
        says=f"“{unit.name}” chưa có trong danh sách đơn vị được mời.",
        remedy="Cán bộ xem đơn vị có thuộc các nơi nhận của công văn mời hay không.",
    )
