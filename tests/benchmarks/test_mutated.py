"""A slice of the damaged files, on every run; `python -m tests.benchmarks.mutated` reads them all.

The slice leaves out what only LibreOffice reads, a second each.
"""

from config.load import load_call
from ingest.programs import Programs
from tests.benchmarks import mutated
from tests.benchmarks.mutation import mutant
from tests.benchmarks.watching import TellingCage, empty_folders

SEED, COUNT = 7, 150


def test_damaged_files_crash_nothing_leave_nothing_and_never_pass_for_empty() -> None:
    call = load_call("1322-2025")
    damaged = [one for one in (mutant(SEED, at) for at in range(COUNT)) if one.family != "old"]

    with empty_folders() as folders, TellingCage(Programs()) as cage:
        rows = [mutated.row(one, call, cage, cage.programs, folders) for one in damaged]

    assert [(row.name, row.complaint) for row in rows if row.complaint] == []
    assert [(row.name, row.faults) for row in rows if row.faults] == []
    assert {row.outcome for row in rows} > {"read", "broken"}


def test_a_number_gives_the_same_damage_every_time() -> None:
    assert mutant(SEED, 3) == mutant(SEED, 3)
    assert mutant(SEED, 3) != mutant(SEED, 4)
