"""Older office files read by way of LibreOffice, on papers with gold text."""

import os
import re
import select
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cache as remembered
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from dossier import UnreadCause
from ingest.cage import Budget, Cage, Limits
from ingest.content import Content, UnreadableError
from ingest.convert import convert
from ingest.programs import Programs, found
from ingest.readers import Kind, sniff
from tests.papers import Gold, archive, missed, papers, source, squeezed
from tests.programs import only, programs

PAPERS = [gold for kind in ("doc", "rtf", "odt", "xls", "ods") for gold in papers(kind)]
every_paper = pytest.mark.parametrize("gold", PAPERS, ids=lambda gold: gold.name)
LETTER = source("40_congvan_my_thang.doc")
SHEET = source("35_bangtonghop_thang.xls")


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(programs=programs("soffice")) as one:
        yield one


@remembered
def read(cage: Cage, raw: bytes) -> Content:
    """Each paper is converted once, whatever is asked of it."""
    return cage.read(sniff(raw), raw)


def everything(content: Content) -> str:
    return "\n".join((content.plain(), *(line.text for line in content.margins)))


def refused(cage: Cage, raw: bytes) -> tuple[UnreadCause, str]:
    with pytest.raises(UnreadableError) as caught:
        cage.read(sniff(raw), raw)
    return caught.value.cause, caught.value.reason


def repacked(raw: bytes, part: str, body: bytes) -> bytes:
    """The same package with one part replaced."""
    held = BytesIO()
    with ZipFile(BytesIO(raw)) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, body if name == part else before.read(name))
    return held.getvalue()


def traces() -> set[str]:
    """What a conversion would leave behind if it were not cleaned up."""
    return {path.name for path in Path("/tmp").glob("OSL_PIPE_*")}  # noqa: S108 -- LibreOffice's own choice


def outlive(mark: str) -> list[int]:
    """Processes with a word in their command that do not end of themselves within seconds."""
    alive = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if mark.encode() in path.read_bytes():
                process = os.pidfd_open(int(path.parent.name))
                ended, _, _ = select.select([process], [], [], 5)
                os.close(process)
                alive += [] if ended else [int(path.parent.name)]
    return alive


@every_paper
def test_every_word_a_person_reads_is_read(cage: Cage, gold: Gold) -> None:
    assert missed(gold, everything(read(cage, gold.raw))) == []


@every_paper
def test_tables_keep_their_cells_in_place(cage: Cage, gold: Gold) -> None:
    found = [
        {(one.row, one.column): squeezed(one.text) for one in grid.cells}
        for grid in read(cage, gold.raw).tables()
    ]

    for known in gold.tables:
        alike = [
            sum(grid.get(place, "").startswith(squeezed(text)) for place, text in known.items())
            for grid in found
        ]
        assert max(alike) == len(known)


@every_paper
def test_a_legacy_paper_says_what_it_was_typed_in(cage: Cage, gold: Gold) -> None:
    assert read(cage, gold.raw).legacy == ((gold.encoding,) if gold.is_legacy else ())


@every_paper
def test_check_boxes_are_read_as_they_are_ticked(cage: Cage, gold: Gold) -> None:
    words = squeezed(everything(read(cage, gold.raw)))

    ticks = {
        label: bool(re.search(f"[☒☑]{re.escape(squeezed(label))}", words))
        for label, _ in gold.checks
    }
    assert ticks == dict(gold.checks)


def test_without_libreoffice_a_paper_waits_as_our_own_limit() -> None:
    with Cage(programs=Programs()) as bare:
        assert refused(bare, LETTER) == (
            UnreadCause.UNSUPPORTED,
            "định dạng .doc chưa đọc tự động được, cán bộ sẽ mở xem",
        )


def test_without_bubblewrap_a_paper_is_read_all_the_same(cage: Cage) -> None:
    before = traces()

    with Cage(programs=only("soffice")) as bare:
        content = bare.read(Kind.DOC, LETTER)

    assert content == read(cage, LETTER)
    assert traces() <= before


def test_papers_converted_at_once_do_not_disturb_each_other(cage: Cage) -> None:
    raws = (LETTER, SHEET, source("55_congvan_my_thang.odt"), source("54_phieu_tcvn3.rtf"))

    with Cage(Limits(at_once=4), cage.programs) as wide, ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda raw: wide.read(sniff(raw), raw), raws))

    assert found == [read(cage, raw) for raw in raws]


@pytest.mark.parametrize("bwrap", ["", found().bwrap], ids=["bare", "as confined as may be"])
def test_a_program_that_takes_too_long_is_killed_with_all_it_started(
    tmp_path: Path, bwrap: str
) -> None:
    here = Programs(bwrap=bwrap)
    mark = f"300.{os.getpid()}{len(bwrap)}"

    with Cage(Limits(program_seconds=1), here) as hasty:
        with pytest.raises(UnreadableError) as caught:
            hasty.run(("/bin/sh", "-c", f"sleep {mark} & touch started; wait"), tmp_path)
        alive = outlive(mark)

    assert (tmp_path / "started").exists()
    assert (caught.value.cause, alive) == (UnreadCause.OURS, [])


def test_a_mail_whose_time_is_up_converts_no_more(cage: Cage) -> None:
    with pytest.raises(UnreadableError) as caught:
        cage.read(Kind.DOC, LETTER, budget=Budget(0))

    assert caught.value.cause is UnreadCause.OURS


def test_a_folder_is_gone_when_the_paper_is_read(
    cage: Cage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    cage.read(Kind.DOC, LETTER)

    assert list(tmp_path.iterdir()) == []


def test_a_hostile_package_never_reaches_libreoffice(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    watching = replace(Programs(), soffice="/usr/bin/touch")

    for name in ("docx_deep_nesting", "docx_xml_bomb_1g", "docx_billion_laughs", "docx_xxe"):
        with Cage(programs=watching) as guarded, pytest.raises(UnreadableError) as caught:
            convert(guarded, Kind.DOCX, archive(f"{name}.docx"), "pdf")
        assert caught.value.cause in {UnreadCause.TOO_LARGE, UnreadCause.UNSAFE}
    assert not seen.exists()


def test_an_opendocument_nested_too_deep_never_reaches_libreoffice() -> None:
    deep = b"<a>" * 20_000 + b"</a>" * 20_000
    raw = repacked(source("55_congvan_my_thang.odt"), "content.xml", deep)

    with Cage(programs=replace(Programs(), soffice="/bin/false")) as guarded:
        assert refused(guarded, raw) == (
            UnreadCause.TOO_LARGE,
            "tệp lồng nhau quá sâu, vượt giới hạn an toàn",
        )


def test_an_rtf_nested_too_deep_never_reaches_libreoffice() -> None:
    with Cage(programs=replace(Programs(), soffice="/bin/false")) as guarded:
        cause, _ = refused(guarded, b"{\\rtf1" + b"{" * 5_000 + b"}" * 5_001)

    assert cause is UnreadCause.TOO_LARGE


def test_an_opendocument_with_entities_is_not_opened() -> None:
    laughing = b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    raw = repacked(source("55_congvan_my_thang.odt"), "content.xml", laughing)

    with Cage(programs=replace(Programs(), soffice="/bin/false")) as guarded:
        cause, _ = refused(guarded, raw)

    assert cause is UnreadCause.UNSAFE


def test_an_encrypted_opendocument_says_so() -> None:
    manifest = (
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    raw = repacked(source("55_congvan_my_thang.odt"), "META-INF/manifest.xml", manifest)

    with Cage(programs=replace(Programs(), soffice="/bin/false")) as guarded:
        assert refused(guarded, raw) == (UnreadCause.ENCRYPTED, "tệp đặt mật khẩu")


def test_an_encrypted_sheet_says_so(cage: Cage) -> None:
    raw = bytearray(SHEET)
    # The stream begins with BOF; the record after it becomes FilePass with RC4.
    start = raw.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = start + 4 + 0x10
    length = int.from_bytes(raw[after + 2 : after + 4], "little")
    raw[after : after + 2] = b"\x2f\x00"
    raw[after + 4 : after + 4 + min(length, 6)] = b"\x01\x00\x01\x00\x01\x00"[: min(length, 6)]

    assert refused(cage, bytes(raw)) == (UnreadCause.ENCRYPTED, "tệp đặt mật khẩu")


def test_a_word_file_with_a_password_is_known_before_any_program_runs() -> None:
    raw = bytearray(LETTER)
    header = raw.index(b"\xec\xa5")
    raw[header + 11] |= 0x01

    with Cage(programs=replace(Programs(), soffice="/bin/false")) as guarded:
        assert refused(guarded, bytes(raw)) == (UnreadCause.ENCRYPTED, "tệp đặt mật khẩu")


def test_a_file_libreoffice_makes_nothing_of_waits_for_a_person() -> None:
    silent = replace(Programs(), soffice="/bin/true")

    with Cage(programs=silent) as one:
        assert refused(one, LETTER) == (
            UnreadCause.UNSUPPORTED,
            "LibreOffice không mở được tệp này, cán bộ sẽ mở xem",
        )


def test_a_file_cut_off_that_gives_nothing_is_broken() -> None:
    silent = replace(Programs(), soffice="/bin/true")

    with Cage(programs=silent) as one:
        cause, _ = refused(one, LETTER[: len(LETTER) - 2_048])

    assert cause is UnreadCause.BROKEN


def test_an_rtf_cut_off_that_gives_nothing_is_broken() -> None:
    silent = replace(Programs(), soffice="/bin/true")

    with Cage(programs=silent) as one:
        cause, _ = refused(one, b"{\\rtf1 Kinh gui {phong")

    assert cause is UnreadCause.BROKEN


def test_a_paper_without_a_word_is_unread_and_not_empty(cage: Cage) -> None:
    assert refused(cage, b"{\\rtf1\\ansi \\par}") == (
        UnreadCause.UNSUPPORTED,
        "máy không đọc được chữ nào trong tệp này, cán bộ sẽ mở xem",
    )


def test_a_paper_cut_off_is_read_as_far_as_it_goes_and_said_to_be(cage: Cage) -> None:
    raw = source("50_congvan_my_ha_nfd.rtf")

    content = cage.read(Kind.RTF, raw[: len(raw) * 9 // 10])

    assert content.plain()
    assert [(one.spot, one.cause, one.reason) for one in content.unseen] == [
        ("cả tệp", UnreadCause.BROKEN, "tệp bị cắt ngang, có thể thiếu phần cuối")
    ]


def test_a_program_sees_neither_other_files_nor_the_services_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = tmp_path / "here", tmp_path / "other"
    here.mkdir()
    other.mkdir()
    (other / "secret").write_text("hunter2")
    monkeypatch.setenv("VANTHU_MAILBOX_PASSWORD", "hunter2")
    looking = f"cat {other}/secret > found 2>/dev/null; env >> found; echo x > {other}/x"

    with Cage(programs=programs()) as one:
        one.run(("/bin/sh", "-c", looking), here)

    confined = bool(one.guards.bubblewrap or one.guards.landlock)
    assert ("hunter2" in (here / "found").read_text()) is not confined
    assert (other / "x").exists() is not confined
    assert os.environ["VANTHU_MAILBOX_PASSWORD"] == "hunter2"  # noqa: S105 -- as set above
