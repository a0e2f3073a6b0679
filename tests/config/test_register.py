"""The register as a workbook: out and in without a loss, and no half import."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from config.load import load_call
from config.register import RegisterError, read_units, write_units
from dossier import Unit, UnitKind

CALL = load_call("1322-2025")
HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Tên gọi khác", "Loại", "Nhóm", "Thư điện tử", "Điện thoại")
WORD = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyÁỀ=+-@ 0123456789", min_size=1, max_size=20).map(
    lambda text: f"x{' '.join(text.split())}"
)


def a_book(*rows: tuple[str | int, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    book = Workbook()
    book.worksheets[0].append(headings)
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def refused(raw: bytes, known: tuple[Unit, ...] = ()) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in read_units(raw, CALL, known).refused]


HA = ("xa-my-ha", "UBND xã Mỹ Hà", "Xã Mỹ Hà", "UBND xã, thị trấn", "", "ha@xa.example", "0228 1")


def test_the_calls_own_units_come_back_as_they_went_out() -> None:
    back = read_units(write_units(CALL.units, CALL), CALL, CALL.units, drop_missing=True)

    assert (back.units, back.refused) == (CALL.units, ())
    assert (back.added, back.changed, back.dropped) == (0, 0, 0)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            WORD, st.sampled_from(list(UnitKind)), WORD, st.sampled_from(["+84 228", "=1", ""])
        ),
        max_size=6,
        unique_by=lambda one: one[0].casefold(),
    )
)
def test_whatever_a_unit_is_called_comes_back_as_it_went_out(
    drawn: list[tuple[str, UnitKind, str, str]],
) -> None:
    units = tuple(
        Unit(
            register_id=f"u{number}",
            name=f"{name}n",
            kind=kind,
            aliases=(f"{name}a{number}",),
            group=group,
            phone=phone if phone != "=1" else "",
            addresses=(f"u{number}@xa.example",),
        )
        for number, (name, kind, group, phone) in enumerate(drawn)
    )

    if units:
        assert read_units(write_units(units, CALL), CALL, (), drop_missing=True).units == units


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+84", "-1", "@SUM(1)"])
def test_a_name_that_begins_like_a_formula_is_written_as_text(name: str) -> None:
    raw = write_units([Unit(register_id="a", name=name)], CALL)

    cell = load_workbook(BytesIO(raw)).worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_every_row_that_cannot_be_used_is_named_with_its_number_and_reason() -> None:
    raw = a_book(
        HA,
        ("", "", "chỉ có tên khác", "Đoàn thể", "", "", ""),
        ("", "Hội A", "", "Hội đoàn", "", "", ""),
        ("", "Hội B", "", "Đoàn thể", "", "hoi-b(a)xa", ""),
        ("MÃ HOA", "Hội C", "", "Đoàn thể", "", "", ""),
        ("", "ubnd xã mỹ hà", "", "UBND xã, thị trấn", "", "", ""),
        ("", "Hội D", "", "Đoàn thể", "", "ha@xa.example", ""),
        ("", "Hội E", "", "Đoàn thể", "", CALL.office.mailbox, ""),
        ("", "Hội F", "", "Đoàn thể", "", "", "<script>"),
    )

    assert refused(raw) == [
        (3, "thiếu tên đơn vị"),
        (
            4,
            (
                "loại “Hội đoàn” không có; chọn một trong “UBND xã, thị trấn”, “Cơ quan, ban, "
                "ngành”, “Đoàn thể”, “Doanh nghiệp”, “Hợp tác xã, hộ kinh doanh”, “Cá nhân”, "
                "“Chưa rõ”"
            ),
        ),
        (5, "địa chỉ thư “hoi-b(a)xa” không đúng dạng ten@mien.vn"),
        (
            6,
            (
                "mã đơn vị “MÃ HOA” chỉ gồm chữ thường không dấu, số và dấu gạch ngang, "
                "không quá 30 ký tự"
            ),
        ),
        (7, "tên “ubnd xã mỹ hà” trùng với dòng 2"),
        (8, "địa chỉ thư “ha@xa.example” trùng với dòng 2"),
        (9, f"“{CALL.office.mailbox}” là địa chỉ của cơ quan nhận, không phải của đơn vị"),
        (10, "số điện thoại “<script>” có ký tự lạ"),
    ]


def test_a_cell_that_is_a_formula_is_refused_not_worked_out() -> None:
    raw = a_book(("", "=1+1", "", "Đoàn thể", "", "", ""))

    assert refused(raw) == [(2, "ô “Tên đơn vị” là công thức; gõ thẳng nội dung")]


def test_a_row_changes_the_unit_of_its_id_or_name_and_adds_any_other() -> None:
    known = (
        Unit(register_id="xa-my-ha", name="UBND xã Mỹ Hà"),
        Unit(register_id="b", name="Hội B"),
    )
    raw = a_book(
        HA, ("", "Hội B", "", "Đoàn thể", "", "", 228123), ("", "Công ty C", "", "", "", "", "")
    )

    read = read_units(raw, CALL, known)

    assert [unit.register_id for unit in read.units] == ["xa-my-ha", "b", "cong-ty-c"]
    assert (read.added, read.changed, read.dropped) == (1, 2, 0)
    assert read.units[1].phone == "228123"


def test_units_the_file_leaves_out_stay_unless_it_is_the_whole_register() -> None:
    known = (
        Unit(register_id="a", name="Hội A"),
        Unit(register_id="xa-my-ha", name="UBND xã Mỹ Hà"),
    )

    kept = read_units(a_book(HA), CALL, known)
    whole = read_units(a_book(HA), CALL, known, drop_missing=True)

    assert [unit.register_id for unit in kept.units] == ["a", "xa-my-ha"]
    assert ([unit.register_id for unit in whole.units], whole.dropped) == (["xa-my-ha"], 1)


def test_an_address_of_a_unit_that_stays_is_not_given_to_another() -> None:
    known = (Unit(register_id="a", name="Hội A", addresses=("ha@xa.example",)),)

    assert refused(a_book(HA), known) == [
        (2, "địa chỉ thư “ha@xa.example” trùng với đơn vị “Hội A” đang có")
    ]


def test_names_that_differ_in_a_mark_are_two_units() -> None:
    one, other = replace(CALL.units[1], name="UBND xã Mỹ Hà"), Unit(name="UBND xã Mỹ Hạ")
    raw = write_units([replace(one, aliases=()), replace(other, register_id="ha-2")], CALL)

    assert refused(raw) == []


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "tệp không phải bảng tính .xlsx hoặc đã hỏng"),
        (b"PK\x03\x04 broken", "tệp không phải bảng tính .xlsx hoặc đã hỏng"),
        (a_book(), "tệp không có đơn vị nào"),
        (
            a_book(("x", "y"), headings=("Cột 1", "Cột 2")),
            "không thấy dòng tiêu đề có cột “Tên đơn vị” và “Loại”",
        ),
    ],
    ids=["empty", "broken", "only headings", "no headings"],
)
def test_a_file_that_is_no_register_says_why(raw: bytes, why: str) -> None:
    with pytest.raises(RegisterError) as error:
        read_units(raw, CALL, ())

    assert str(error.value) == why


def test_headings_may_stand_lower_in_another_order_and_case() -> None:
    book = Workbook()
    for row in (
        ("DANH SÁCH",),
        (),
        ("LOẠI", "email", "TÊN ĐƠN VỊ"),
        ("đoàn thể", "A@B.vn", "Hội A"),
    ):
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)

    read = read_units(out.getvalue(), CALL, ())

    assert read.units == (
        Unit(
            register_id="hoi-a",
            name="Hội A",
            kind=UnitKind.MASS_ORGANISATION,
            addresses=("a@b.vn",),
        ),
    )
