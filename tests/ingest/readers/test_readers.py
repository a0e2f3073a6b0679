"""Which reader reads what, and what is refused."""

from importlib import import_module

import pytest

from dossier import UnreadCause
from ingest.content import UnreadableError
from ingest.readers import READERS, Kind, read, refusal, sniff
from ingest.readers.kinds import PICTURES
from tests.papers import papers, source


@pytest.mark.parametrize("module", sorted(set(READERS.values())))
def test_every_reader_named_is_there(module: str) -> None:
    assert callable(import_module(module).read)


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (Kind.EMPTY, UnreadCause.EMPTY),
        (Kind.DOC, UnreadCause.UNSUPPORTED),
        (Kind.RAR, UnreadCause.UNSUPPORTED),
        (Kind.UNKNOWN, UnreadCause.UNSUPPORTED),
        (Kind.OFFICE_ENCRYPTED, UnreadCause.ENCRYPTED),
        (Kind.EXECUTABLE, UnreadCause.UNSAFE),
        (Kind.SCRIPT, UnreadCause.UNSAFE),
        (Kind.PNG, UnreadCause.SCAN),
        (Kind.HEIC, UnreadCause.SCAN),
    ],
)
def test_a_kind_nobody_reads_says_why(kind: Kind, cause: UnreadCause) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(kind, b"x")

    assert caught.value.cause is cause


def test_our_limit_is_told_as_ours() -> None:
    refused = refusal(Kind.DOC)

    assert refused is not None
    assert refused.reason == "định dạng .doc chưa đọc tự động được, cán bộ sẽ mở xem"


def test_every_kind_is_read_or_refused() -> None:
    assert [kind for kind in Kind if kind in READERS and refusal(kind, by_eye=True)] == []
    assert {kind for kind in READERS if refusal(kind)} == PICTURES & READERS.keys()
    assert [kind for kind in Kind if kind not in READERS and refusal(kind) is None] == []


@pytest.mark.parametrize(
    "name", [gold.name for format_ in ("docx", "xlsx", "pdf") for gold in papers(format_)]
)
def test_a_paper_is_read_by_what_it_is(name: str) -> None:
    raw = source(name)

    assert read(sniff(raw), raw).items
