"""How long a judgement takes: `python -m tests.rules.benchmark`. Figures, not assertions."""

import sys
from dataclasses import replace
from functools import partial
from timeit import repeat

from config.load import load_call
from dossier import Dossier, SummaryTable, Task, TaskKind
from rules import judge
from tests.builders import COLUMNS, a_commitment_letter, a_complete_dossier, a_form, a_row

ROUNDS = 50


def a_full_dossier(tasks: int) -> Dossier:
    """So many pilot-model tasks, each with its row, its form and three letters."""
    names = [f"Xây dựng mô hình điểm số {number}" for number in range(1, tasks + 1)]
    rows = tuple(a_row(name, number) for number, name in enumerate(names, start=1))
    complete = a_complete_dossier()
    table = SummaryTable(at=rows[0].at, rows=rows, columns=COLUMNS)
    return replace(
        complete,
        tasks=tuple(
            Task(
                title=row.title,
                kind=TaskKind.PILOT_MODEL,
                row=row,
                forms=(a_form(row.title, f"Phieu {row.order}.docx"),),
                letters=tuple(a_commitment_letter(file=f"ck {row.order}.{n}") for n in range(3)),
            )
            for row in rows
        ),
        summary_tables=(table,),
    )


def main() -> None:
    """Print the best time a judgement of 1, 5 and 20 tasks took."""
    call = load_call("1322-2025")
    for tasks in (1, 5, 20):
        dossier = a_full_dossier(tasks)
        timer = partial(judge, dossier, call)
        best = min(repeat(timer, number=ROUNDS, repeat=3)) / ROUNDS
        sys.stdout.write(f"{tasks:3} nhiệm vụ: {best * 1000:.2f} ms\n")


if __name__ == "__main__":
    main()
