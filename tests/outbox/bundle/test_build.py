"""The package as the next office opens it."""

import hashlib
import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.workbook.workbook import Workbook

from dossier import Place, Unread, UnreadCause
from outbox.bundle import AlteredError, Bundle, Released, build
from tests.outbox.bundle.made import (
    CALL_WITH_LETTERS,
    HOSTILE_UNIT,
    LATE_UNIT,
    NIL,
    originals,
    released,
    three,
)
from tests.outbox.office import CALL, COURSE, MODEL, NO_SIGNATURE, NO_TABLE, NO_TIME, verdict

HOME = "HoSo-1322-2025_UBND-huyen-My-Loc"
SUMMARY = "01_Bang-tong-hop_de-xuat-nhiem-vu.xlsx"
REGISTER = "02_Danh-muc-ho-so-kem-theo.xlsx"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = tmp_path_factory.mktemp("package")
    return build(three(folder), CALL_WITH_LETTERS, folder / "out", standings=(NIL,))


def book(bundle: Bundle, name: str) -> Workbook:
    with zipfile.ZipFile(bundle.path) as packed:
        return openpyxl.load_workbook(BytesIO(packed.read(f"{HOME}/{name}")))


def words(bundle: Bundle) -> list[str]:
    document = Document(str(bundle.folder / "00_Du-thao_Cong-van_tong-hop.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in document.paragraphs)]


def test_the_same_dossiers_in_any_order_make_the_same_bytes(tmp_path: Path) -> None:
    one = build(three(tmp_path), CALL, tmp_path / "a")
    other = build(reversed(three(tmp_path)), CALL, tmp_path / "b")

    assert other.path.read_bytes() == one.path.read_bytes()
    assert other.internal.read_bytes() == one.internal.read_bytes()
    assert one.digest == hashlib.sha256(one.path.read_bytes()).hexdigest()


def test_every_file_lies_where_the_next_office_looks_for_it(bundle: Bundle) -> None:
    unit = "03_Ho-so-don-vi/02_UBND-xa-My-Ha"

    mine = [one.path for one in bundle.files if one.path.startswith(unit)]

    assert mine == [
        f"{unit}/1_Cong-van/CV-25.pdf",
        f"{unit}/2_Bang-tong-hop/Bang-tong-hop.xlsx",
        f"{unit}/3_Phieu-de-xuat/01_Xay-dung-mo-hinh-diem-ap-dung/Phieu-1.docx",
        f"{unit}/3_Phieu-de-xuat/02_Dao-tao-chuyen-gia-nang-suat/Phieu-2.docx",
        f"{unit}/4_Cam-ket-doanh-nghiep/Cam-ket.pdf",
        f"{unit}/5_Tai-lieu-khac/Cong-van-285.pdf",
    ]


def test_a_late_dossier_with_a_gap_lies_in_the_annex_with_its_status(bundle: Bundle) -> None:
    annexed = {one.path.split("/")[1] for one in bundle.files if one.path.startswith("04_")}
    sheet = book(bundle, SUMMARY)["Phụ lục"]

    assert annexed == {"01_Cong-ty-Co-phan-Det-may-My-Trung"}
    assert sheet["F6"].value == LATE_UNIT.name
    assert sheet["P6"].value == "Còn nội dung cần bổ sung, nhận sau thời hạn"


def test_the_manifest_and_the_sums_name_every_file_and_its_origin(bundle: Bundle) -> None:
    manifest = json.loads((bundle.folder / "MANIFEST.json").read_text(encoding="utf-8"))
    sums = (bundle.folder / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()

    letter = next(
        one for one in manifest["files"] if one["path"].endswith("My-Ha/1_Cong-van/CV-25.pdf")
    )
    assert letter["original_name"] == "CV 25.pdf"
    assert letter["mail"] == "<1322-2025-0007@example.vn>"
    assert letter["roles"] == ["cover_letter"]
    assert sums == [f"{one.digest}  {one.path}" for one in bundle.files]
    for one in bundle.files:
        raw = (bundle.folder / one.path).read_bytes()
        assert (hashlib.sha256(raw).hexdigest(), len(raw)) == (one.digest, one.size)


def test_the_zip_holds_the_folder_and_nothing_internal(bundle: Bundle) -> None:
    with zipfile.ZipFile(bundle.path) as packed:
        names = packed.namelist()
        everything = b"".join(packed.read(name) for name in names)

    wanted = [*(one.path for one in bundle.files), "SHA256SUMS.txt"]
    assert sorted(names) == sorted(f"{HOME}/{path}" for path in wanted)
    assert all(name.isascii() for name in names)
    assert b"NOI-BO" not in everything
    assert NO_TIME.finding.says.encode() not in everything


def test_what_stays_in_the_house_has_every_finding_and_decision(bundle: Bundle) -> None:
    with zipfile.ZipFile(bundle.internal) as packed:
        raw = packed.read("NOI-BO/Ket-qua-kiem-tra.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(raw))["Kết quả kiểm tra"]

    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[2] for row in rows] == ["C19", "D01", "C26", "C26"]
    assert [row[10] for row in rows] == [None, None, *["Cán bộ bỏ qua: đã có bản giấy."] * 2]
    assert rows[2][5] == NO_SIGNATURE.finding.says


def test_the_summary_has_a_row_a_task_in_the_units_own_order(bundle: Bundle) -> None:
    sheet = book(bundle, SUMMARY)["Bảng tổng hợp"]

    rows = list(sheet.iter_rows(min_row=6, max_row=9, values_only=True))

    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        (1, None, MODEL, HOSTILE_UNIT.name),
        (2, None, COURSE, HOSTILE_UNIT.name),
        (3, None, MODEL, "UBND xã Mỹ Hà"),
        (4, None, COURSE, "UBND xã Mỹ Hà"),
    ]
    assert rows[2][10:15] == (
        "24 tháng; từ 01/2025 đến 12/2026",
        1500,
        1000,
        None,
        "số 12/CV-CK ngày 18/3/2024, Công ty TNHH Cơ khí Mỹ Hà",
    )


def test_only_money_that_is_known_is_added_up(tmp_path: Path) -> None:
    one = released(tmp_path, "1322-2025-0007")
    first, second = one.dossier.tasks
    bare = replace(second, row=None, forms=(replace(second.forms[0], budget=None),))
    halved = replace(one, dossier=replace(one.dossier, tasks=(first, bare)))

    made = build((halved,), CALL, tmp_path / "out")

    sheet = book(made, SUMMARY)["Bảng tổng hợp"]
    assert sheet["A8"].value == "Tổng cộng (01/02 nhiệm vụ có số liệu)"
    assert [sheet[f"{column}8"].value for column in "LMN"] == [1500, 1000, None]


def test_every_cell_read_from_a_paper_names_its_mail_file_and_spot(bundle: Bundle) -> None:
    opened = book(bundle, SUMMARY)
    sources = {
        (row[0], row[1]): row[3:7]
        for row in opened["Nguồn"].iter_rows(min_row=4, values_only=True)
        if row[1]
    }

    assert sources["Bảng tổng hợp", "G8"] == (
        "1322-2025-0007",
        "<1322-2025-0007@example.vn>",
        "Phieu 1.docx",
        "mục 4",
    )
    for tab, cell in sources:
        assert opened[str(tab)][str(cell)].value is not None


def test_nothing_a_stranger_wrote_is_a_formula(bundle: Bundle) -> None:
    kinds = {
        cell.data_type
        for name in (SUMMARY, REGISTER)
        for sheet in book(bundle, name).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }

    cell = book(bundle, SUMMARY)["Bảng tổng hợp"]["F6"]
    assert kinds == {"s", "n"}
    assert (cell.value, cell.quotePrefix) == (HOSTILE_UNIT.name, True)


def test_a_sheet_prints_on_a4_across_with_its_headings_on_every_page(bundle: Bundle) -> None:
    sheet = book(bundle, SUMMARY)["Bảng tổng hợp"]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("$4:$5", 0)


def test_units_that_are_silent_or_have_nothing_to_propose_are_named(bundle: Bundle) -> None:
    sheet = book(bundle, REGISTER)["Tình hình phản hồi"]

    rows = [row[1:4] for row in sheet.iter_rows(min_row=4, max_row=8, values_only=True)]

    assert rows == [
        (LATE_UNIT.name, "Gửi sau thời hạn", "1322-2025-0011"),
        (HOSTILE_UNIT.name, "Đã gửi, đủ thành phần", "1322-2025-0009"),
        ("UBND xã Mỹ Hà", "Đã gửi, đủ thành phần", "1322-2025-0007"),
        ("UBND xã Mỹ Tân", "Báo cáo không có đề xuất", "1322-2025-0003"),
        ("UBND xã Mỹ Thắng", "Chưa phản hồi", None),
    ]


def test_the_draft_reports_what_came(bundle: Bundle) -> None:
    said = words(bundle)

    assert "TM. ỦY BAN NHÂN DÂN\n(Chức vụ của người ký)\n\n\n\n\n(Họ và tên)" in said
    assert (
        "Đến hết thời hạn, UBND huyện Mỹ Lộc nhận được 04 đề xuất nhiệm vụ của 02 đơn vị. 01 đơn "
        "vị báo cáo không có đề xuất. Ngoài ra, 01 hồ sơ nhận sau thời hạn hoặc còn nội dung cần "
        "bổ sung được tổng hợp riêng tại Phụ lục." in said
    )


def test_a_call_nobody_answered_still_makes_a_package(tmp_path: Path) -> None:
    made = build((), CALL_WITH_LETTERS, tmp_path / "out")

    assert "Đến hết thời hạn, không có đơn vị đề xuất nhiệm vụ." in words(made)
    assert book(made, SUMMARY)["Bảng tổng hợp"]["A7"].value == "Không có nhiệm vụ đề xuất."


def test_a_nil_return_is_registered_as_one(tmp_path: Path) -> None:
    one = released(tmp_path, "1322-2025-0007", judged=verdict(NO_TABLE, late=True))
    nil = replace(one, dossier=replace(one.dossier, tasks=(), nothing_to_propose=True))

    made = build((nil,), CALL, tmp_path / "out")

    opened = book(made, REGISTER)
    assert opened["Danh mục hồ sơ"]["N5"].value == "Báo cáo không có đề xuất"
    assert opened["Tình hình phản hồi"]["C4"].value == "Báo cáo không có đề xuất"
    assert [one.path for one in made.files if one.path.startswith("04_")] == []


def test_an_altered_original_stops_the_package(tmp_path: Path) -> None:
    one = released(tmp_path, "1322-2025-0007")
    one.originals[0].path.write_bytes(b"other")

    with pytest.raises(AlteredError):
        build((one,), CALL, tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == []


def test_a_package_is_never_written_over(tmp_path: Path) -> None:
    build((), CALL, tmp_path / "out")

    with pytest.raises(FileExistsError):
        build((), CALL, tmp_path / "out")


def test_a_file_nobody_may_open_is_not_sent_on(tmp_path: Path) -> None:
    one = released(tmp_path, "1322-2025-0007")
    unsafe = Unread(at=Place("xem.exe"), cause=UnreadCause.UNSAFE, reason="tệp chạy được")
    infected: Released = replace(
        one,
        dossier=replace(one.dossier, unread=(unsafe,)),
        originals=(*one.originals, *originals(tmp_path, "<m@x>", ("xem.exe",))),
    )

    made = build((infected,), CALL, tmp_path / "out")

    assert [one.path for one in made.files if "xem" in one.path] == []


def test_two_files_of_one_name_are_both_kept_and_one_sent_twice_once(tmp_path: Path) -> None:
    one = released(tmp_path, "1322-2025-0007")
    twin = originals(tmp_path, "<m@x>", ("khac/CV 25.PDF", "CV 25.pdf"))
    doubled = replace(one, originals=(*one.originals, *twin))

    made = build((doubled,), CALL, tmp_path / "out")

    found = [one.path.rpartition("/")[2] for one in made.files if "CV-25" in one.path]
    assert sorted(found) == ["CV-25.PDF", "CV-25.pdf"]


def test_a_waived_finding_is_shown_in_the_house_with_its_reason(tmp_path: Path) -> None:
    one = released(tmp_path, "1322-2025-0007")
    forgiven = replace(one, verdict=one.verdict.without({NO_SIGNATURE.key}), waived=(NO_SIGNATURE,))

    made = build((forgiven,), CALL, tmp_path / "out")

    with zipfile.ZipFile(made.internal) as packed:
        raw = packed.read("NOI-BO/Ket-qua-kiem-tra.xlsx")
    rows = openpyxl.load_workbook(BytesIO(raw))["Kết quả kiểm tra"].iter_rows(
        min_row=4, values_only=True
    )
    assert [(row[2], row[10]) for row in rows] == [("C26", "Cán bộ bỏ qua: đã có bản giấy.")]
