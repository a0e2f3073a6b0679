"""What a judgement costs: `python -m tests.benchmarks.judging [--dossiers 30]`.

Every dossier is judged once and no two hold the same words, so nothing is remembered from the one
before. Beside it stands the floor: the same loop over as many rules that look at nothing.
Figures, not assertions.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from config.load import load_call
from dossier import Call, CommitmentLetter, Dossier, SummaryTable, Task, TaskKind
from rules import Finding, Rule, judge, rules_of
from tests.builders import (
    COLUMNS,
    FIELDS,
    a_commitment_letter,
    a_complete_dossier,
    a_form,
    a_row,
)

SIZES = (("nhỏ", 1, 1), ("vừa", 5, 2), ("lớn", 20, 3))
"""(name, tasks, letters a task)."""
_SENTENCES = (
    "Doanh nghiệp số {n} trên địa bàn xã có {n} lao động, tỷ lệ hàng sửa lại từ 6 đến 8%.",
    "Khách hàng yêu cầu truy xuất nguồn gốc và chứng minh điều kiện sản xuất từ năm 2025.",
    "Kết quả của nhiệm vụ được nhân rộng cho các doanh nghiệp cùng ngành ở các tỉnh lân cận.",
)
"""A form of the demonstration holds about 1.200 characters; these make it as long."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time a dossier, at the median and at worst."""

    typical: float
    worst: float


def a_full_dossier(tasks: int, letters: int = 3, number: int = 0) -> Dossier:
    """So many pilot-model tasks, each with its row, its form and its letters, in its own words."""
    names = [f"Xây dựng mô hình điểm số {number}.{place}" for place in range(1, tasks + 1)]
    rows = tuple(a_row(name, place) for place, name in enumerate(names, start=1))
    table = SummaryTable(at=rows[0].at, rows=rows, columns=COLUMNS)
    made = (
        Task(
            title=row.title,
            kind=TaskKind.PILOT_MODEL,
            row=row,
            forms=(a_form(row.title, f"Phieu {row.order}.docx", **_fields(number, row.order)),),
            letters=tuple(_letter(number, row.order, one) for one in range(letters)),
        )
        for row in rows
    )
    return replace(a_complete_dossier(), tasks=tuple(made), summary_tables=(table,))


def _fields(number: int, place: int) -> dict[str, str]:
    words = " ".join(_SENTENCES).format(n=10 * number + place)
    long = ("cap_thiet", "muc_tieu", "ket_qua", "noi_dung")
    return {name: f"{FIELDS[name]}. {words}" for name in long}


def _letter(number: int, place: int, one: int) -> CommitmentLetter:
    firm = f"Công ty TNHH Minh An {number}.{place}.{one}"
    return replace(a_commitment_letter(file=f"ck {place}.{one}.pdf"), enterprise=firm)


def empty_rules(call: Call) -> tuple[Rule, ...]:
    """As many rules as judge the call, none of which looks at anything."""

    def nothing(_dossier: Dossier, _call: Call) -> Iterator[Finding]:
        yield from ()

    return tuple(replace(rule, check=nothing, after=()) for rule in rules_of(call))


def cost(dossiers: Sequence[Dossier], call: Call, rules: tuple[Rule, ...]) -> Cost:
    """Judge each once."""
    spent = []
    for dossier in dossiers:
        before = time.process_time_ns()
        judge(dossier, call, rules)
        spent.append((time.process_time_ns() - before) / 1e6)
    return Cost(typical=median(spent), worst=max(spent))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what small, middling and large dossiers cost, and how far that is from the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=30, help="how many of each size")
    asked = parser.parse_args(arguments)
    call = load_call("1322-2025")
    rules, empty = rules_of(call), empty_rules(call)
    sys.stdout.write(f"{len(rules)} rules; milliseconds of processor time a dossier\n")
    for at, (name, tasks, letters) in enumerate(SIZES):
        made = [
            a_full_dossier(tasks, letters, 1000 * at + number) for number in range(asked.dossiers)
        ]
        full, floor = cost(made, call, rules), cost(made, call, empty)
        sys.stdout.write(
            f"{name}: {tasks:2} tasks, {tasks * letters:2} letters: {full.typical:5.2f} ms"
            f" (worst {full.worst:5.2f}); floor {floor.typical:.2f} ms;"
            f" {full.typical / floor.typical:.0f} times the floor\n"
        )


if __name__ == "__main__":
    main()
