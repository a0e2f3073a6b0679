"""A call is loaded strictly, and a mistake in it is told so that a person can mend it."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from config.load import CALLS, CallError, calls, load_call
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
        load_call("1322-2025", folder)

    assert "1322-2025.yaml" in str(told.value)
    assert "office.mailbx" in str(told.value)
    assert "“mailbox”" in str(told.value)


def test_a_misspelt_key_deep_in_a_list_is_told_with_its_way(tmp_path: Path) -> None:
    folder = copy_with(
        tmp_path, "        labels: [Căn cứ đề xuất]", "        lables: [Căn cứ đề xuất]"
    )

    with pytest.raises(CallError, match=r"forms\[0\]\.fields\[1\]\.lables"):
        load_call("1322-2025", folder)


def test_a_value_of_the_wrong_kind_is_told_with_its_key(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "max_months: 36", "max_months: ba mươi sáu")

    with pytest.raises(CallError, match="max_months"):
        load_call("1322-2025", folder)


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "2024-03-23T00:00:00+07:00", "2024-03-23T00:00:00")

    with pytest.raises(CallError, match="closes_at"):
        load_call("1322-2025", folder)


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "max_months: 36", "max_months: 36\nmax_months: 48")

    with pytest.raises(CallError, match="max_months"):
        load_call("1322-2025", folder)


def test_a_missing_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"cong-van\.txt"):
        load_call("1322-2025", sources=tmp_path)


def test_every_call_in_the_house_loads() -> None:
    assert [load_call(call_id).id for call_id in calls()] == list(calls())
