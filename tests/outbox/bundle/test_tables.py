"""The consolidated table shows what each call's layout asks for."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from config.library import SHIPPED
from config.load import load_call
from dossier import Dossier, FormField, Place
from outbox.bundle import Released
from outbox.bundle.tables import task_headings, task_rows, task_sheet
from tests.builders import a_complete_dossier, a_form, without
from tests.outbox.office import NO_SIGNATURE, verdict

FIRST, OTHER = load_call("1322-2025"), load_call("tuyen-quang-2026")


def released(dossier: Dossier) -> Released:
    return Released(
        dossier=dossier,
        verdict=verdict(NO_SIGNATURE),
        originals=(),
        register_number="112",
        released_by="canbo",
        released_at=datetime(2026, 7, 1, tzinfo=UTC),
    )


def test_the_first_call_keeps_its_sixteen_columns() -> None:
    names = [one.name for one in task_headings(FIRST)]

    assert len(names) == 16
    assert names[6:10] == [
        "Mục tiêu",
        "Nội dung chính",
        "Dự kiến kết quả, chỉ tiêu cần đạt",
        "Địa chỉ ứng dụng; doanh nghiệp tham gia",
    ]


def test_a_field_only_one_call_asks_for_has_its_column() -> None:
    own = FormField(key="linh_vuc", at=Place("Phieu 1.docx"), value="Nông nghiệp")
    form = replace(a_form(), fields={**a_form().fields, "linh_vuc": own})
    dossier = without(a_complete_dossier(), forms=(form,))

    sheet = task_sheet(task_rows([released(dossier)], OTHER), OTHER, tab="A", title="B")

    row = dict(zip((one.name for one in sheet.headings), sheet.rows[0], strict=True))
    assert (row["Lĩnh vực"], row["Tổng"]) == ("Nông nghiệp", Decimal(1500))


@pytest.mark.parametrize("call_id", SHIPPED.calls())
def test_the_sum_stands_below_the_money(call_id: str) -> None:
    call = load_call(call_id)

    sheet = task_sheet(task_rows([released(a_complete_dossier())], call), call, tab="A", title="B")

    names = [one.name for one in sheet.headings]
    assert sheet.total[names.index("Tổng")] == Decimal(1500)
