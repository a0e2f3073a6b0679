"""How many schools a curriculum task brings in."""

import pytest

from dossier import Place
from ingest.extract.schools import schools

AT = Place("phieu.docx")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("áp dụng tại tối thiểu 03 trường cùng khối ngành", 3),
        ("tại ba (03) trường cao đẳng", 3),
        ("02 trường đại học và 02 trường cao đẳng", 4),
        ("Khảo sát 20 trường; đưa vào chương trình của 02 trường", 2),
        ("Trường Cao đẳng Công nghiệp Nam Định và Trường Đại học Kinh tế - Kỹ thuật", 2),
        ("Trường ĐH Nam Định, Trường CĐ Xây dựng Nam Định; Cao đẳng nghề Nam Định", 3),
        ("Trường Cao đẳng Xây dựng; TRƯỜNG CAO ĐẲNG XÂY DỰNG", 1),
    ],
)
def test_schools_are_counted_as_stated_or_as_named(text: str, number: int) -> None:
    found = schools([(text, AT)])

    assert found is not None
    assert found[0] == number


@pytest.mark.parametrize("text", ["các trường cao đẳng khối kỹ thuật", "", "05 trường hợp"])
def test_no_number_and_no_name_tell_nothing(text: str) -> None:
    assert schools([(text, AT)]) is None
