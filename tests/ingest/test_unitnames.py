"""Names of units in their many spellings."""

import pytest

from dossier import UnitKind
from ingest.unitnames import (
    find_unit,
    readable,
    reads_as_unit,
    same_unit,
    unit_kind,
    units_in_text,
)
from tests.ingest.builders import my_loc


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy ban nhân dân xã Mỹ Hà", "UBND XÃ MỸ HÀ"),
        ("Uỷ ban nhân dân thị trấn Mỹ Lộc", "UBND TT Mỹ Lộc"),
        ("Phòng NN&PTNT", "Phòng Nông nghiệp và Phát triển nông thôn huyện Mỹ Lộc"),
        ("Công ty Trách nhiệm hữu hạn Hà Lộc", "CÔNG TY TNHH HÀ LỘC"),
        ("Công ty CP Dệt may Hưng Thịnh", "Công ty cổ phần Dệt May Hưng Thịnh"),
        ("Hợp tác xã Mỹ Tân", "HTX Mỹ Tân"),
    ],
)
def test_spellings_of_one_unit_are_one(one: str, other: str) -> None:
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã Mỹ Hà", "UBND xã Mỹ Hưng"),
        ("Công ty TNHH Hà Lộc", "Công ty TNHH Hà Lộc Phát"),
        ("Hội Nông dân huyện Mỹ Lộc", "Hội Nông dân xã Mỹ Hà"),
        ("", "UBND xã Mỹ Hà"),
    ],
)
def test_two_units_are_two(one: str, other: str) -> None:
    assert not same_unit(one, other)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ỦY BAN NHÂN DÂN XÃ MỸ HÀ", UnitKind.COMMUNE),
        ("UBND thị trấn Mỹ Lộc", UnitKind.COMMUNE),
        ("Phòng Tư pháp", UnitKind.DEPARTMENT),
        ("Trường THPT Mỹ Lộc", UnitKind.DEPARTMENT),
        ("Ủy ban MTTQ Việt Nam huyện Mỹ Lộc", UnitKind.MASS_ORGANISATION),
        ("Ban Chấp hành Đoàn huyện", UnitKind.MASS_ORGANISATION),
        ("Công ty TNHH Trường Phát", UnitKind.ENTERPRISE),
        ("Doanh nghiệp tư nhân Ban Mai", UnitKind.ENTERPRISE),
        ("HTX dịch vụ Mỹ Tân", UnitKind.COOPERATIVE),
        ("Hộ kinh doanh Nguyễn Văn A", UnitKind.COOPERATIVE),
        ("Nguyễn Văn Phong", UnitKind.PERSON),
        ("Đoàn Văn Hậu", UnitKind.PERSON),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: UnitKind) -> None:
    assert unit_kind(name) is kind


@pytest.mark.parametrize("name", ["Hội CCB Mỹ Lộc", "Phong Tu phap", "UBND xã Mỹ Hà"])
def test_a_units_name_reads_as_one(name: str) -> None:
    assert reads_as_unit(name)


@pytest.mark.parametrize("name", ["Phùng Thị Thúy", "Đoàn Văn Hậu", "Trương Văn Ban", "Bùi Phong"])
def test_a_persons_name_does_not(name: str) -> None:
    assert not reads_as_unit(name)


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("ỦY BAN NHÂN DÂN XÃ MỸ HÀ", "Ủy ban nhân dân xã Mỹ Hà"),
        ("CÔNG TY TNHH HÀ LỘC", "Công ty TNHH Hà Lộc"),
        ("PHÒNG TƯ PHÁP", "Phòng Tư pháp"),
        ("UBND xã Mỹ Hà", "UBND xã Mỹ Hà"),
    ],
)
def test_capitals_are_read_as_a_person_would_write_them(shouted: str, written: str) -> None:
    assert readable(shouted) == written


def test_a_spelling_met_in_the_papers_is_preferred() -> None:
    seen = ("Công ty cổ phần Dệt may Hưng Thịnh",)

    assert readable("CÔNG TY CP DỆT MAY HƯNG THỊNH", seen) == seen[0]


@pytest.mark.parametrize(
    ("name", "register_id"),
    [
        ("ỦY BAN NHÂN DÂN XÃ MỸ HÀ", "xa-my-ha"),
        ("Phòng Tư pháp", "tu-phap"),
        ("Hội CCB huyện", "hoi-ccb"),
        ("Công ty TNHH Hà Lộc", ""),
        ("Hội Nông dân xã Mỹ Hà", ""),
        ("", ""),
    ],
)
def test_an_invited_unit_is_found_by_any_of_its_names(name: str, register_id: str) -> None:
    found = find_unit(name, my_loc().units)

    assert (found.register_id if found else "") == register_id


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND xã Mỹ Hà xin gửi hồ sơ đề xuất.", ("UBND xã Mỹ Hà",)),
        ("UBND xa My Phuc khong co noi dung de xuat nhiem vu", ("UBND xa My Phuc",)),
        ("Công chức Địa chính - UBND xã Mỹ Thành", ("UBND xã Mỹ Thành",)),
        ("Phòng Hành chính - Công ty TNHH Hà Lộc", ("Công ty TNHH Hà Lộc",)),
        ("Kính gửi Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc,", ()),
        ("Em gửi phòng Kinh tế và Hạ tầng hồ sơ của phòng Nông nghiệp.", ("phòng Nông nghiệp",)),
        ("theo công văn 285/UBND-KTHT của UBND huyện.", ()),
        ("Em gửi hồ sơ ạ.\nNguyễn Văn A", ()),
        (
            "Phòng Tài nguyên và Môi trường huyện Mỹ Lộc",
            ("Phòng Tài nguyên và Môi trường huyện Mỹ Lộc",),
        ),
        ("Trường Cao đẳng Công nghệ và Kinh tế Hà", ("Trường Cao đẳng Công nghệ và Kinh tế Hà",)),
    ],
)
def test_a_mails_own_words_name_its_unit(text: str, names: tuple[str, ...]) -> None:
    assert units_in_text(text, my_loc().office) == names
