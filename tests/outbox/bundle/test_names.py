"""File names every system takes."""

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.bundle.names import LONGEST_FILE, Names, ascii_name


@pytest.mark.parametrize(
    ("given_name", "written"),
    [
        ("UBND xã Mỹ Hà", "UBND-xa-My-Ha"),
        ("Đề án số 1 (bản ký).PDF", "De-an-so-1-ban-ky.PDF"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON.txt", "_CON.txt"),
        ("", "tep"),
        ("....", "tep"),
        ("a\x00b\r\nc\u202egpj.exe", "a-b-c-gpj.exe"),
        ("phiếu\\bí mật.docx", "phieu-bi-mat.docx"),
    ],
)
def test_a_name_becomes_plain(given_name: str, written: str) -> None:
    assert ascii_name(given_name, LONGEST_FILE) == written


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    written = ascii_name(name, LONGEST_FILE)

    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", written)
    assert len(written) <= LONGEST_FILE


def test_a_long_name_keeps_its_ending() -> None:
    assert ascii_name("x" * 300 + ".docx", 20) == "x" * 15 + ".docx"


def test_names_that_differ_only_in_case_are_told_apart() -> None:
    names, folder = Names(), PurePosixPath("a")

    given_names = [str(names.free(folder, name)) for name in ("CV.pdf", "cv.pdf", "CV.pdf")]

    assert given_names == ["a/CV.pdf", "a/cv_2.pdf", "a/CV_3.pdf"]
