"""Archives of Unix."""

import gzip
import tarfile
from io import BytesIO

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers import Kind, sniff
from ingest.readers.archive import Allowance
from ingest.readers.tar import entries


def tarred(files: dict[str, bytes], link: str = "") -> bytes:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        for name, raw in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            made.addfile(member, BytesIO(raw))
        if link:
            member = tarfile.TarInfo(link)
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            made.addfile(member)
    return held.getvalue()


def refused(raw: bytes, allowed: Allowance | None = None) -> UnreadCause:
    with pytest.raises(UnreadableError) as caught:
        entries(raw, allowed or Allowance())
    return caught.value.cause


@pytest.mark.parametrize("gzipped", [False, True])
def test_every_file_is_there_and_a_link_is_none(*, gzipped: bool) -> None:
    raw = tarred({"Phiếu/CV 25.txt": b"mot", "b.txt": b"hai"}, link="c.txt")
    raw = gzip.compress(raw) if gzipped else raw

    assert sniff(raw) == (Kind.GZIP if gzipped else Kind.TAR)
    assert [(one.name, one.raw) for one in entries(raw, Allowance())] == [
        ("Phiếu/CV 25.txt", b"mot"),
        ("b.txt", b"hai"),
    ]


def test_a_file_gzipped_alone_keeps_the_name_it_carries() -> None:
    held = BytesIO()
    with gzip.GzipFile("CV 25.txt.gz", "wb", fileobj=held) as made:
        made.write(b"Kinh gui")

    (entry,) = entries(held.getvalue(), Allowance())

    assert (entry.name, entry.raw) == ("CV 25.txt", b"Kinh gui")


def test_a_file_gzipped_without_a_name_has_none() -> None:
    assert [one.name for one in entries(gzip.compress(b"x"), Allowance())] == [""]


def test_a_bomb_is_stopped_while_it_grows() -> None:
    raw = gzip.compress(bytes(64 << 20))

    assert refused(raw, Allowance(size=40 << 20)) is UnreadCause.TOO_LARGE


def test_an_archive_cut_between_two_files_says_that_some_may_be_missing() -> None:
    found = entries(tarred({"a.txt": b"x", "b.txt": b"y"})[:1_024], Allowance())

    assert [(one.name, one.cause) for one in found] == [
        ("a.txt", None),
        ("", UnreadCause.BROKEN),
    ]


def test_too_many_files_are_too_large() -> None:
    raw = tarred({str(number): b"x" for number in range(5)})

    assert refused(raw, Allowance(entries=4)) is UnreadCause.TOO_LARGE


@pytest.mark.parametrize(
    "raw", [b"\x1f\x8brubbish", gzip.compress(b"x" * 999)[:-9]], ids=["rubbish", "cut"]
)
def test_a_damaged_file_is_broken(raw: bytes) -> None:
    assert refused(raw) is UnreadCause.BROKEN
