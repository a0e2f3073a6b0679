"""The package: built from what is ready, handed out with its part for the house."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from ledger.models import Dossier, Package
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import a_file, a_judged_dossier, acts, said, text
from tests.ledger.rows import a_gap


def test_the_package_is_built_downloaded_and_opened(desk: Client, store: Store) -> None:
    complete = a_judged_dossier(store, 1)
    a_file(store, complete.mails.get(), "CV 25.pdf", b"%PDF-1.7 ban goc")
    a_judged_dossier(store, 2, a_gap())

    line = said(desk, desk.post("/tong-hop/lap/"))

    made = Package.objects.get()
    answer = desk.get(f"/tong-hop/{made.pk}/{made.name}")
    assert line == "Đã lập hồ sơ tổng hợp; tải về ở dòng đầu bảng dưới đây."
    assert list(made.dossiers.all()) == [complete]
    assert acts() == [(OFFICER, "package", "")]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{made.name}"'
    with ZipFile(BytesIO(b"".join(answer))) as opened:
        assert opened.testzip() is None
        assert b"%PDF-1.7 ban goc" in {opened.read(name) for name in opened.namelist()}


def test_every_call_of_the_office_has_a_package_of_its_own(
    desk: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANTHU_CALLS", '["1322-2025", "tuyen-quang-2026"]')
    first, second = a_judged_dossier(store, 1), a_judged_dossier(store, 2)
    Dossier.objects.filter(pk=second.pk).update(call_id="tuyen-quang-2026")

    page = text(desk.get("/tong-hop/"))
    desk.post("/tong-hop/lap/", {"dot": "tuyen-quang-2026"})

    assert page.index(first.code) < page.index(second.code)
    assert page.count("Lập hồ sơ tổng hợp: ") == 2
    assert [one.pk for one in Package.objects.get().dossiers.all()] == [second.pk]


def test_a_call_the_office_does_not_have_is_refused(desk: Client, store: Store) -> None:
    a_judged_dossier(store, 1)

    line = said(desk, desk.post("/tong-hop/lap/", {"dot": "khong-co"}))

    assert line == "Cơ quan không có đợt đề xuất này; tải lại trang rồi chọn lại."
    assert Package.objects.count() == 0


def test_what_stays_in_the_house_is_handed_out_apart(desk: Client, store: Store) -> None:
    a_judged_dossier(store, 1)
    desk.post("/tong-hop/lap/")
    made = Package.objects.get()

    answer = desk.get(f"/tong-hop/{made.pk}/noi-bo/{made.name}")

    with ZipFile(BytesIO(b"".join(answer))) as opened:
        assert [name.rpartition("/")[2] for name in opened.namelist() if name[-1] != "/"] == [
            "Ket-qua-kiem-tra.xlsx"
        ]
    assert "không gửi ra ngoài" in text(desk.get("/tong-hop/"))


def test_a_package_of_older_days_has_no_part_for_the_house(desk: Client, store: Store) -> None:
    a_judged_dossier(store, 1)
    desk.post("/tong-hop/lap/")
    made = Package.objects.get()
    Package.objects.update(internal="")

    assert desk.get(f"/tong-hop/{made.pk}/noi-bo/{made.name}").status_code == 404
    assert "noi-bo" not in text(desk.get("/tong-hop/"))


def test_a_stored_file_that_changed_stops_the_package(desk: Client, store: Store) -> None:
    file = a_file(store, a_judged_dossier(store, 1).mails.get())
    store.path(file.digest).write_bytes(b"khac")

    line = said(desk, desk.post("/tong-hop/lap/"))

    assert line.startswith("Một tệp lưu trữ đã thay đổi, chưa lập được hồ sơ tổng hợp:")
    assert (Package.objects.count(), acts()) == (0, [])
