"""The package: built from what is ready, handed out with its part for the house."""

from io import BytesIO
from zipfile import ZipFile

from django.test import Client

from ledger.models import Package
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
