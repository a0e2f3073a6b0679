"""A call is loaded strictly, and a mistake in it is told so that a person can mend it."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from config.library import CALLS, SHIPPED, SOURCES, Library, Shelf, library
from config.load import CallError, load_call, read_call
from dossier import Element, FormFamily, Mode, TaskKind

HANOI = timezone(timedelta(hours=7))


def copy_with(tmp_path: Path, old: str, new: str) -> Path:
    text = (CALLS / "1322-2025.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "1322-2025.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_the_call_closes_at_the_first_moment_of_the_day_it_names() -> None:
    call = load_call("1322-2025")

    assert call.closes_at == datetime(2024, 3, 23, tzinfo=HANOI)
    assert (call.first_year, call.max_months, call.min_schools) == (2025, 36, 3)
    assert call.mode is Mode.APPROVE


def test_our_own_mailbox_is_among_our_addresses() -> None:
    office = load_call("1322-2025").office

    assert office.mailbox == "phongkthtmyloc@namdinh.gov.vn"
    assert office.mailbox in office.addresses


def test_the_district_has_one_town_and_ten_communes() -> None:
    communes = [unit.name for unit in load_call("1322-2025").units if unit.kind == "commune"]

    assert len(communes) == 11
    assert sum(name.startswith("UBND thị trấn") for name in communes) == 1


def test_no_two_units_share_an_id() -> None:
    ids = [unit.register_id for unit in load_call("1322-2025").units]

    assert len(ids) == len(set(ids))


def test_every_circular_has_its_three_forms() -> None:
    forms = load_call("1322-2025").forms

    for family in (FormFamily.TT03_2017, FormFamily.TT06_2023):
        assert [form.template for form in forms if form.family is family] == ["A1", "A2", "A3"]


def test_the_forms_of_the_call_ask_nine_eleven_and_twelve_fields() -> None:
    forms = [form for form in load_call("1322-2025").forms if form.family is FormFamily.TT03_2017]

    assert [len(form.fields) for form in forms] == [9, 11, 12]
    assert all(
        [one.number for one in form.fields] == list(range(1, len(form.fields) + 1))
        for form in forms
    )


def test_only_a_pilot_model_needs_commitments() -> None:
    kinds = load_call("1322-2025").kinds

    assert [kind.kind for kind in kinds if kind.needs_commitment] == [TaskKind.PILOT_MODEL]


def test_every_element_of_a_commitment_has_cues() -> None:
    assert set(load_call("1322-2025").commitment_cues) == set(Element)


def test_the_text_of_the_call_itself_is_filled_in() -> None:
    letters = load_call("1322-2025").letters

    assert "Hồ sơ đề xuất" in letters[0].text
    assert letters[1].text == ""


def test_a_call_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(CallError, match="1322-2025"):
        load_call("1322-2026")


def test_a_misspelt_key_is_told_with_the_key_that_was_meant(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "  mailbox:", "  mailbx:")

    with pytest.raises(CallError) as told:
        load_call("1322-2025", Library((Shelf(folder, SOURCES),)))

    assert "1322-2025.yaml" in str(told.value)
    assert "office.mailbx" in str(told.value)
    assert "“mailbox”" in str(told.value)


def test_a_misspelt_key_deep_in_a_list_is_told_with_its_way(tmp_path: Path) -> None:
    folder = copy_with(
        tmp_path, "        labels: [Căn cứ đề xuất]", "        lables: [Căn cứ đề xuất]"
    )

    with pytest.raises(CallError, match=r"forms\[0\]\.fields\[1\]\.lables"):
        load_call("1322-2025", Library((Shelf(folder, SOURCES),)))


def test_a_value_of_the_wrong_kind_is_told_with_its_key(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "max_months: 36", "max_months: ba mươi sáu")

    with pytest.raises(CallError, match="max_months"):
        load_call("1322-2025", Library((Shelf(folder, SOURCES),)))


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "2024-03-23T00:00:00+07:00", "2024-03-23T00:00:00")

    with pytest.raises(CallError, match="closes_at"):
        load_call("1322-2025", Library((Shelf(folder, SOURCES),)))


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "max_months: 36", "max_months: 36\nmax_months: 48")

    with pytest.raises(CallError, match="max_months"):
        load_call("1322-2025", Library((Shelf(folder, SOURCES),)))


def test_a_missing_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"cong-van\.txt"):
        load_call("1322-2025", Library((Shelf(CALLS, tmp_path),)))


def test_every_call_in_the_house_loads() -> None:
    assert [load_call(call_id).id for call_id in SHIPPED.calls()] == list(SHIPPED.calls())


def a_sound_call(tmp_path: Path, old: str, new: str) -> Path:
    text = (CALLS / "tuyen-quang-2026.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "tuyen-quang-2026.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("paper: {role: ly_lich, each: task}", "paper: {role: ly_lch}", "Did you mean ly_lich?"),
        ("key: san_pham}", "key: san_phan}", "Did you mean san_pham?"),
        ("when: {kinds: [du_an]}", "when: {kinds: [du_na]}", "requirements[4].when.kinds"),
        ("when: {units: [enterprise]}", "when: {units: [entreprise]}", "when.units"),
        ("count: {of: tasks,", "count: {of: taks,", "Did you mean tasks?"),
        ("after: [C03]", "after: [F12]", "requirements[0].after"),
        ("id: X02", "id: X01", "“X01” đã có ở trên / is already written above"),
        ("id: X02", "id: C99", "the id must be X and two digits"),
        ("says: Nhiệm vụ “{task}” chưa", "says: Nhiệm vụ “{tasks}” chưa", "no such slot"),
        (
            "limit: {of: state_share, at_most: 70}",
            "limit: {of: state_share}",
            "at_least or at_most",
        ),
        ("    field: {key: san_pham}\n", "", "exactly one of them"),
        ("words: Công văn đề xuất của đơn vị", "words: Công văn của ai đó", "not in it"),
        ("  C01:\n", "  C010:\n", "rules.C010: “C010” không có"),
        ("kind: truong", "kind: truonng", "Did you mean truong?"),
        ("    kind: du_an\n    used_for", "    kind: du_na\n    used_for", "forms[1].kind"),
        ('    - "doi ung"', '    - "(doi ung"', "commitment_cues.co_fund[0]: biểu thức viết sai"),
        ("mode: approve", "mode: approve\nweights: {C01: nhe}", "weights.C01: “nhe” không có"),
        ("remedy: Nêu nơi ứng dụng sản phẩm.", 'remedy: "Nêu {noi}."', "rules.C20.remedy"),
        ("  gia-han-tuyen-quang-2026: Công", "  gia-han: Công", "name gia-han-tuyen-quang-2026"),
    ],
)
def test_parts_that_do_not_fit_are_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    file = a_sound_call(tmp_path, old, new)

    with pytest.raises(CallError) as error:
        read_call(file)

    assert told in str(error.value)
    assert "/ line " in str(error.value)


def test_a_mistake_names_the_very_line(tmp_path: Path) -> None:
    file = a_sound_call(tmp_path, "first_year: 2027", "first_year: hai nghìn")
    text = file.read_text(encoding="utf-8").splitlines()
    line = text.index("first_year: hai nghìn") + 1

    with pytest.raises(CallError, match=rf"dòng {line} / line {line}: first_year: phải là số"):
        read_call(file)


def test_the_last_of_several_deadlines_is_in_force() -> None:
    call = load_call("tuyen-quang-2026")

    assert call.closes_at == call.deadlines[1].closes_at > call.deadlines[0].closes_at


def test_a_call_without_a_ground_for_its_deadline_is_refused(tmp_path: Path) -> None:
    cites = (
        "    cites:\n      - source: gia-han-tuyen-quang-2026\n        clause: nội dung gia hạn\n"
        "        words: hồ sơ gửi trước 17 giờ 00 ngày 15/7/2026\n"
    )
    file = a_sound_call(tmp_path, cites, "")

    with pytest.raises(CallError, match="no ground for the deadline"):
        read_call(file)


def test_the_office_works_on_its_own_days() -> None:
    calendar = load_call("tuyen-quang-2026").calendar

    assert not calendar.is_working(date(2026, 9, 2))
    assert not calendar.is_working(date(2026, 9, 5))
    assert calendar.next_working(date(2026, 9, 1)) == date(2026, 9, 3)
    assert replace(calendar, made_up=(date(2026, 9, 5),)).is_working(date(2026, 9, 5))


def test_an_offices_own_call_is_found_before_a_shipped_one_and_its_texts_beside_it(
    tmp_path: Path,
) -> None:
    folder = copy_with(tmp_path, "max_months: 36", "max_months: 30")
    (folder / "sources").mkdir()
    words = (SOURCES / "cong-van.txt").read_text(encoding="utf-8")
    (folder / "sources" / "cong-van.txt").write_text(f"{words}\nBản của phòng.", encoding="utf-8")

    call = load_call("1322-2025", library(folder))

    assert call.max_months == 30
    assert call.letters[0].text.endswith("Bản của phòng.")
    assert call.version != load_call("1322-2025").version
