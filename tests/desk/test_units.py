"""The register at the desk: who has answered, the workbook out and in, an address more."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from config.load import load_call
from config.register import write_units
from dossier import Unit
from ledger import register
from ledger.models import Dossier
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_judged_dossier, acts, said, text
from tests.ledger.rows import a_gap

CALL = load_call("1322-2025")
PAGE = f"/don-vi/{CALL.id}"


def upload(desk: Client, raw: bytes, **form: str) -> str:
    file = SimpleUploadedFile("don-vi.xlsx", raw)
    answer = desk.post(f"{PAGE}/nhap/", {"tep": file, **form})
    return said(desk, answer) if answer.status_code == 302 else text(answer)


def test_every_unit_is_listed_with_what_came_of_it(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())

    page = text(desk.get("/don-vi/"))
    gaps = text(desk.get("/don-vi/?tinh-trang=gaps"))
    silent = text(desk.get("/don-vi/?tinh-trang=silent"))

    assert f"1/{len(CALL.units)} đơn vị đã có phản hồi" in page
    assert (gaps.count("<tr id="), silent.count("<tr id=")) == (1, len(CALL.units) - 1)
    assert f"/ho-so/{dossier.code}/" in gaps


def test_a_unit_is_found_by_its_name_without_marks(desk: Client) -> None:
    assert text(desk.get("/don-vi/?tim=my%20ha")).count("<tr id=") == 1


def test_the_workbook_that_goes_out_may_come_in_again_and_changes_nothing(desk: Client) -> None:
    raw = b"".join(desk.get(f"{PAGE}/don-vi.xlsx"))

    line = upload(desk, raw)

    assert line == "Đã nhập: thêm 0, sửa 0, bỏ 0 đơn vị."
    assert (register.version(CALL.id), acts()) == (0, [])
    assert load_workbook(BytesIO(raw)).worksheets[0].max_row == len(CALL.units) + 1


def test_an_edited_workbook_is_the_register_and_the_book_says_who(desk: Client) -> None:
    units = (*CALL.units[:3], Unit(register_id="moi", name="Hợp tác xã Mới"))

    line = upload(desk, write_units(units, CALL), **{"bo-don-vi-khac": "co"})

    dropped = len(CALL.units) - 3
    assert line == f"Đã nhập: thêm 1, sửa 0, bỏ {dropped} đơn vị."
    assert register.units_of(CALL) == units
    assert acts() == [(OFFICER, "import_units", f"thêm 1, sửa 0, bỏ {dropped} đơn vị")]
    assert "Hợp tác xã Mới" in text(desk.get("/don-vi/"))


def test_a_wrong_row_is_named_and_nothing_is_taken(desk: Client) -> None:
    units = (Unit(register_id="a", name="Hội A"), Unit(register_id="a", name="Hội B <b>"))

    page = upload(desk, write_units(units, CALL))

    assert "Chưa nhập gì: 1 dòng không dùng được" in page
    assert "Dòng 3: mã đơn vị “a” trùng với dòng 2." in page
    assert (register.version(CALL.id), acts()) == (0, [])


@pytest.mark.parametrize("raw", [b"", b"not a workbook"], ids=["empty", "other"])
def test_a_file_that_is_no_workbook_says_so(desk: Client, raw: bytes) -> None:
    line = upload(desk, raw)

    assert line in {
        "Không nhập được: tệp không phải bảng tính .xlsx hoặc đã hỏng.",
        "Chọn một tệp .xlsx, không quá 8 MB.",
    }
    assert acts() == []


def test_an_address_is_added_to_a_unit(desk: Client) -> None:
    line = said(desk, desk.post(f"{PAGE}/xa-my-ha/dia-chi/", {"dia-chi": " MOI@xa.example "}))

    [unit] = [one for one in register.units_of(CALL) if one.register_id == "xa-my-ha"]
    assert line == "Đã thêm địa chỉ; thư từ địa chỉ này được coi là của đơn vị."
    assert unit.addresses == ("moi@xa.example",)
    assert acts() == [(OFFICER, "add_address", "UBND xã Mỹ Hà: moi@xa.example")]


@pytest.mark.parametrize("address", ["", "xa", "a@b", CALL.office.mailbox])
def test_what_is_no_units_address_is_refused(desk: Client, address: str) -> None:
    line = said(desk, desk.post(f"{PAGE}/xa-my-ha/dia-chi/", {"dia-chi": address}))

    assert line.startswith("Không thêm được: ")
    assert acts() == []


def test_dossiers_of_nobody_invited_stand_apart(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1)
    Dossier.objects.update(unit_name="Công ty TNHH Lạ", register_id="")

    page = text(desk.get("/don-vi/"))

    assert f"0/{len(CALL.units)} đơn vị" in page
    assert f'<a href="/ho-so/{dossier.code}/">{dossier.code}</a> Công ty TNHH Lạ' in page


def test_a_call_that_is_not_open_has_no_page(desk: Client) -> None:
    assert desk.get("/don-vi/khac/don-vi.xlsx").status_code == 404
