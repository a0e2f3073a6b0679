"""The catalogue of cases, and the command that writes them as folders the scorer reads.

python -m service.demo.cases OUT [--seed N] [--only NAME,NAME] [--count N]
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.demo.draw import Draw
from service.demo.mails import OFFICE
from service.demo.recipes import carriage, complete, edges, gaps, posts, threads, unread
from service.demo.scene import Case, Recipe

RECIPES: tuple[Recipe, ...] = (
    *complete.RECIPES,
    *gaps.RECIPES,
    *edges.RECIPES,
    *unread.RECIPES,
    *carriage.RECIPES,
    *posts.RECIPES,
    *threads.RECIPES,
)
"""Every recipe, in the order the cases are numbered."""


DEMO: tuple[tuple[Recipe, str], ...] = (
    (complete.pilot_with_letters, "a"),
    (threads.supplement_in_the_thread, "a"),
    (gaps.blank_three_fields, "a"),
    (posts.nil_by_letter, "a"),
    (complete.one_docx, "a"),
    (gaps.pilot_without_letters, "a"),
    (posts.question, "b"),
    (gaps.letter_without_funding, "a"),
    (gaps.through_a_group, "a"),
    (unread.link_for_the_rest, "a"),
    (unread.encrypted_form, "a"),
    (gaps.forty_eight_months, "a"),
    (unread.scanned_letter, "d"),
    (edges.contradicting_numbers, "a"),
    (posts.absent_exchange, "a"),
    (threads.saturday_morning, "a"),
)
"""(recipe, seed): one day of an office; the seeds give sixteen different units."""


def demo_cases() -> tuple[Case, ...]:
    """The cases `make demo` delivers, in the order they arrive."""
    return tuple(make(recipe, seed) for recipe, seed in DEMO)


def recipe_named(name: str) -> Recipe:
    """The recipe of a case's name; raises `LookupError` when there is none."""
    for recipe in RECIPES:
        if name in (recipe.__name__, recipe.__name__.replace("_", "-")):
            return recipe
    message = f"no recipe is called {name!r}"
    raise LookupError(message)


def make(recipe: Recipe, seed: str) -> Case:
    """The case this recipe makes of this seed."""
    return recipe(Draw(f"{seed}/{recipe.__name__}"))


def cases(
    seed: str = "0", *, only: Sequence[str] = (), count: int = 1
) -> Iterator[tuple[str, Case]]:
    """(folder name, case) for each recipe, `count` different cases of each."""
    for place, recipe in enumerate(RECIPES, start=1):
        name = recipe.__name__.replace("_", "-")
        if only and not any(name.startswith(one.replace("_", "-")) for one in only):
            continue
        for n in range(count):
            case = make(recipe, f"{seed}.{n}" if count > 1 else seed)
            yield f"{place:03d}{'' if count == 1 else f'.{n + 1}'}-{name}", case


def write(case: Case, folder: Path) -> None:
    """Write the mails, their receipt times and the right answers into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, mail in enumerate(case.mails, start=1):
        (folder / f"{n:02d}.eml").write_bytes(mail.raw)
        (folder / f"{n:02d}.received").write_text(f"{mail.received_at.isoformat()}\n")
    gold = {
        "title": case.title,
        "why": case.why,
        "expected": case.expected,
        "tolerant": case.tolerant,
        "mailbox": OFFICE,
    }
    text = json.dumps(gold, ensure_ascii=False, indent=1)
    (folder / "gold.json").write_text(f"{text}\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Write the cases asked for."""
    parser = argparse.ArgumentParser(prog="python -m service.demo.cases", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--only", default="", help="beginnings of case names, separated by commas")
    parser.add_argument("--count", type=int, default=1, help="different cases of each recipe")
    asked = parser.parse_args(argv)
    only = [name for name in asked.only.split(",") if name]
    written = 0
    for name, case in cases(asked.seed, only=only, count=asked.count):
        write(case, asked.out / name)
        written += 1
    sys.stdout.write(f"{written} cases in {asked.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
