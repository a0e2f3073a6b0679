"""Every hostile file is told for what it is, or read without harm; the dear ones by the benchmark.

`python -m tests.benchmarks.hostile` reads them all and measures what each costs.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.load import load_call
from dossier import Call, UnreadCause
from ingest.cage import Cage
from ingest.programs import found
from rules import Severity
from tests.ingest.hostile import DEAR, Trap, sprung, traps
from tests.ingest.hostile.archives import CANARY
from tests.programs import programs

CHEAP = [trap for trap in traps() if trap.name not in DEAR]
THEIRS = ("S03", "S04", "S05", "S07")
"""Rules that ask for a file once more."""
OURS = (UnreadCause.OURS, UnreadCause.UNSUPPORTED, UnreadCause.SCAN)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    """Reads by eye cost seconds each; the benchmark has them."""
    with Cage(programs=replace(found(), tesseract="")) as one:
        yield one


@pytest.fixture(scope="module")
def call() -> Call:
    return load_call("1322-2025")


@pytest.mark.parametrize("trap", CHEAP, ids=str)
def test_a_hostile_file_is_told_for_what_it_is(trap: Trap, call: Call, cage: Cage) -> None:
    programs(*trap.needs)

    gone = sprung(trap, trap.make(), call, cage)

    told = {gap.cause for gap in gone.reading.unread}
    assert told <= set(trap.causes)
    assert bool(told) is bool(trap.causes)
    assert all(gap.reason for gap in gone.reading.unread)
    asked = [
        one
        for one in gone.verdict.judged
        if one.rule in THEIRS and one.severity is not Severity.INFO
    ]
    looked = [one for one in gone.verdict.judged if one.severity is Severity.OFFICER]
    assert bool(asked) is bool(told - set(OURS))
    assert all(one.finding.remedy for one in asked)
    assert bool(looked) or not told & set(OURS)


def test_no_name_in_an_archive_ever_becomes_a_path(
    call: Call, cage: Cage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    climbing = [trap for trap in CHEAP if "climb" in trap.name or "links" in trap.name]

    for trap in climbing:
        sprung(trap, trap.make(), call, cage)

    places = (tmp_path, tmp_path.parent, Path("/tmp"), Path("/"), Path.home())  # noqa: S108 -- where an attack aims
    assert len(climbing) >= 5
    assert [path for place in places for path in place.iterdir() if CANARY in path.name] == []


def test_names_that_attack_are_shown_tamed_and_told_to_the_officer(call: Call, cage: Cage) -> None:
    trap = next(trap for trap in CHEAP if trap.name == "zip whose names inject")

    gone = sprung(trap, trap.make(), call, cage)

    names = [file.name for file in gone.reading.files]
    assert len(names) == 9
    assert [name for name in names if not name.isprintable()] == []
    assert [name for name in names if name.partition("/")[2].startswith(("=", "+"))] == []
    assert gone.reading.hostile


def test_the_corpus_has_every_kind_of_harm_under_a_name_of_its_own() -> None:
    names = [trap.name for trap in traps()]

    assert len(names) == len(set(names))
    assert len(names) >= 50
    assert set(names) >= DEAR
