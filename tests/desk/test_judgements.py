"""What no machine judges lies folded up on the dossier's page, with the unit's own words."""

from django.test import Client

from dossier import Place
from ledger.store import Store
from rules import Finding, Judged, Outcome, Severity
from tests.desk.rows import a_judged_dossier, text


def test_a_judgement_lies_apart_from_remarks_and_holds_nothing(desk: Client, store: Store) -> None:
    at = Place("phieu-1.docx", "đoạn 10", "Nhân rộng ra 02 xưởng còn lại.")
    finding = Finding(
        outcome=Outcome.UNKNOWN,
        says="Phiếu “Áp dụng 5S” nói về duy trì, nhân rộng ở mục 5.",
        remedy="Cán bộ xem kết quả có khả năng duy trì không.",
        at=at,
    )
    weighed = Judged(rule="E08", severity=Severity.OFFICER, finding=finding, holds=False)
    dossier = a_judged_dossier(store, 1, weighed)

    page = text(desk.get(f"/ho-so/{dossier.code}/"))

    assert dossier.state == "complete"
    assert "Để cán bộ cân nhắc về nội dung (1)" in page
    assert "Nhân rộng ra 02 xưởng còn lại." in page
    assert "Lưu ý (" not in page
