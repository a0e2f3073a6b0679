"""E21: the call addresses bodies and enterprises; others are not refused, a person looks."""

from collections.abc import Iterator

from dossier import Call, Dossier, UnitKind
from rules.rule import Citation, Finding, Severity, fail, rule

_NAMED = {
    UnitKind.PERSON: "cá nhân",
    UnitKind.COOPERATIVE: "hợp tác xã hoặc hộ kinh doanh",
}


@rule(
    "E21",
    Severity.OFFICER,
    title="Đề xuất của cơ quan, đoàn thể, doanh nghiệp được mời",
    cites=(Citation("cong-van", "Kính gửi", "Các doanh nghiệp trên địa bàn huyện."),),
)
def proposed_by_a_person(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Công văn không gửi cá nhân, hợp tác xã, hộ kinh doanh, nhưng cũng không loại trừ.

    Không bao giờ từ chối tự động; cán bộ cân nhắc khi tổng hợp.
    """
    if named := _NAMED.get(dossier.unit.kind):
        yield fail(
            says=f"Đơn vị đề xuất “{dossier.unit.name}” là {named}.",
            remedy="Cán bộ xem xét khi tổng hợp.",
        )
