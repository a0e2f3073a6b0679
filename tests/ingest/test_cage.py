"""The cage: limits, crashes, threads, and what it leaves behind."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from dossier import UnreadCause
from ingest import landlock
from ingest.cage import Budget, Cage, Limits
from ingest.content import UnreadableError
from ingest.readers import Kind, read, sniff
from tests.papers import HERE, archive, papers, source

ROOT = Path(__file__).parents[2]
LETTER = source("01_congvan_my_thang.docx")


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as one:
        yield one


def children() -> set[int]:
    """Processes this one started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def zygote_of(cage: Cage) -> int:
    """The warm parent, started by this call."""
    before = children()
    cage.read(Kind.DOCX, LETTER)
    (started,) = children() - before
    return started


def slow_sheet() -> bytes:
    """A file of a few KB that costs seconds: every cell that a reader will look at holds a word."""
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "STT"
    held = BytesIO()
    workbook.save(held)
    from tests.ingest.readers.test_xlsx import changed  # noqa: PLC0415 -- only here

    cells = '<c t="str"><v>nhiệm vụ</v></c>' * 100
    rows = f"<row>{cells}</row>" * 4_900
    return changed(
        held.getvalue(), "xl/worksheets/sheet1.xml", "</sheetData>", f"{rows}</sheetData>"
    )


@pytest.mark.parametrize(
    "name", [gold.name for kind in ("docx", "xlsx", "pdf") for gold in papers(kind)]
)
def test_a_paper_read_in_the_cage_is_the_paper(cage: Cage, name: str) -> None:
    raw = source(name)

    assert cage.read(sniff(raw), raw) == read(sniff(raw), raw)


@pytest.mark.parametrize("path", sorted((HERE / "archives").iterdir()), ids=lambda path: path.name)
def test_whatever_comes_is_read_or_says_why(cage: Cage, path: Path) -> None:
    raw = path.read_bytes()
    try:
        seen = len(cage.read(sniff(raw), raw).items)
    except UnreadableError as error:
        seen = len(error.reason)

    assert seen


def test_what_needs_too_much_memory_costs_one_file() -> None:
    with Cage(Limits(memory=120 << 20)) as small:
        with pytest.raises(UnreadableError) as caught:
            small.read(Kind.TEXT, b"a b c\n" * (8 << 20))

        assert (caught.value.cause, caught.value.reason) == (
            UnreadCause.TOO_LARGE,
            "tệp cần quá nhiều bộ nhớ khi đọc (giới hạn 120 MB)",
        )
        assert small.read(Kind.DOCX, LETTER).items


def test_what_takes_too_long_is_stopped_and_told_as_ours() -> None:
    with Cage(Limits(wall_seconds=0.5)) as hasty:
        hasty.read(Kind.XLSX, source("31_bangtonghop_nfd.xlsx"))

        with pytest.raises(UnreadableError) as caught:
            hasty.read(Kind.XLSX, slow_sheet())

        assert caught.value.cause is UnreadCause.OURS
        assert hasty.read(Kind.DOCX, LETTER).items


def test_a_loop_ends_with_its_processor_time() -> None:
    with Cage(Limits(cpu_seconds=1)) as strict, pytest.raises(UnreadableError) as caught:
        strict.read(Kind.XLSX, slow_sheet())

    assert caught.value.reason == "đọc quá 1 giây nên đã dừng, cán bộ sẽ mở xem"


def test_a_result_too_large_is_not_taken() -> None:
    with Cage(Limits(result=1000)) as narrow, pytest.raises(UnreadableError) as caught:
        narrow.read(Kind.DOCX, LETTER)

    assert caught.value.cause is UnreadCause.TOO_LARGE


def test_a_mail_whose_time_is_up_reads_no_more(cage: Cage) -> None:
    with pytest.raises(UnreadableError) as caught:
        cage.read(Kind.DOCX, LETTER, budget=Budget(0))

    assert caught.value.cause is UnreadCause.OURS


def test_several_threads_read_at_once(cage: Cage) -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: cage.read(Kind.DOCX, LETTER), range(12)))

    assert found == [read(Kind.DOCX, LETTER)] * 12


def test_a_cage_whose_warm_parent_died_starts_another() -> None:
    with Cage() as one:
        os.kill(zygote_of(one), signal.SIGKILL)

        assert one.read(Kind.DOCX, LETTER) == read(Kind.DOCX, LETTER)


def test_nothing_starts_before_the_first_file() -> None:
    before = children()

    with Cage() as one:
        with pytest.raises(UnreadableError):
            one.read(Kind.PPT, b"x")

        assert children() == before


def test_a_closed_cage_leaves_no_process() -> None:
    before = children()
    one = Cage()
    one.read(Kind.DOCX, LETTER)

    one.close()

    assert children() == before


def test_readers_inherit_neither_secrets_nor_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_MAILBOX_PASSWORD", "hunter2")
    with socket.socket() as open_socket, Cage() as one:
        open_socket.set_inheritable(True)
        inode = os.fstat(open_socket.fileno()).st_ino
        held = Path(f"/proc/{zygote_of(one)}")
        links = [str(link.readlink()) for link in (held / "fd").iterdir()]

        assert b"hunter2" not in (held / "environ").read_bytes()
        assert f"socket:[{inode}]" not in links


SERVICE = """
import os, sys, signal
sys.path.insert(0, sys.argv[1])
from ingest.cage import Cage
from ingest.readers import Kind
cage = Cage()
cage.read(Kind.TEXT, b"xin")
for task in os.listdir("/proc/self/task"):
    print(open(f"/proc/self/task/{task}/children").read(), flush=True)
sys.stdin.read()
"""


def test_the_warm_parent_ends_with_a_service_that_was_killed() -> None:
    command = [sys.executable, "-I", "-c", SERVICE, str(ROOT)]
    with subprocess.Popen(  # noqa: S603 -- our own interpreter
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout is not None
        zygote = os.pidfd_open(int(service.stdout.readline().split()[0]))
        service.kill()
        ended, _, _ = select.select([zygote], [], [], 10)
        os.close(zygote)

    assert ended == [zygote]


def test_an_archive_is_opened_in_the_cage(cage: Cage) -> None:
    (entry,) = cage.open(Kind.ZIP, archive("liar_size.zip"))

    assert entry.cause is UnreadCause.BROKEN


def test_the_guards_of_the_machine_are_told(cage: Cage) -> None:
    assert cage.guards.landlock == landlock.version()
