"""Times, salutations, and a stranger's words made harmless."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import Unit, UnitKind
from outbox.wording import deadline_in_words, moment_in_words, one_line, quoted, salutation
from tests.outbox.office import CALL, VIETNAM


def test_the_deadline_names_the_first_instant_too_late_and_the_last_good_day() -> None:
    assert deadline_in_words(CALL) == (
        "trước 00:00 ngày 23/3/2024 (thứ Bảy), tức là chậm nhất hết ngày 22/3/2024 (thứ Sáu)"
    )


def test_a_deadline_within_a_day_is_said_plainly() -> None:
    call = replace(CALL, closes_at=datetime(2024, 3, 22, 17, tzinfo=VIETNAM))

    assert deadline_in_words(call) == "trước 17:00 ngày 22/3/2024 (thứ Sáu)"


def test_times_are_told_on_the_offices_clock() -> None:
    moment = datetime(2024, 3, 22, 16, 59, tzinfo=UTC)

    assert moment_in_words(moment, CALL) == "23 giờ 59 phút ngày 22/3/2024"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (UnitKind.COMMUNE, "Quý đơn vị"),
        (UnitKind.DEPARTMENT, "Quý cơ quan"),
        (UnitKind.MASS_ORGANISATION, "Quý đơn vị"),
        (UnitKind.ENTERPRISE, "Quý Công ty"),
        (UnitKind.PERSON, "Ông/Bà"),
        (UnitKind.UNKNOWN, "Quý đơn vị"),
    ],
)
def test_a_unit_is_addressed_as_its_kind_asks(kind: UnitKind, said: str) -> None:
    assert salutation(Unit(name="X", kind=kind)) == said


@given(st.text(max_size=300))
def test_a_strangers_words_always_end_on_one_visible_line(text: str) -> None:
    line = one_line(text, 80)

    hidden = {unicodedata.category(letter) for letter in line} & {"Cc", "Cf", "Zl", "Zp", "Cs"}
    assert hidden == set()
    assert len(line) <= 80
    assert line == " ".join(line.split())


def test_a_long_file_name_keeps_its_ending() -> None:
    assert one_line("a" * 200 + ".docx", 40) == "a" * 29 + "…" + "aaaaa.docx"


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("https://evil.com/a", "https[:]//evil[.]com/a"),
        ("www.evil.xyz", "www[.]evil[.]xyz"),
        ("xem evil.com.vn nhé", "xem evil[.]com[.]vn nhé"),
        ("mailto:a@b.com", "mailto[:]a@b[.]com"),
        ("bit.ly/3x", "bit[.]ly/3x"),
    ],
)
def test_nothing_a_stranger_wrote_becomes_a_link(hostile: str, harmless: str) -> None:
    assert quoted(hostile) == harmless


@pytest.mark.parametrize(
    "name", ["Ho so.zip", "CV 25.pdf", "TT.03.2017.docx", "Số 25/UBND-VP", "Mục 3.b: nội dung"]
)
def test_ordinary_names_are_left_alone(name: str) -> None:
    assert quoted(name) == name
