"""No rule reads a clock, a file or the network: by what it imports, and by what it does."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from rules import catalogue

ROOT = Path(__file__).parents[2]
MODULES = sorted({rule.check.__module__ for rule in catalogue()})
PLAIN = frozenset(
    {
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
        "dossier",
        "enum",
        "functools",
        "hashlib",
        "inspect",
        "itertools",
        "pathlib",
        "re",
        "rules",
        "string",
        "threading",
        "types",
        "typing",
        "unicodedata",
    }
)
"""Nothing here reaches out by itself; of `datetime` and `pathlib` only the values may be used."""
REACHES_OUT = frozenset(
    {"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "exists", "is_file"}
    | {"iterdir", "glob", "rglob", "stat", "cwd", "home", "resolve", "expanduser"}
)
WATCHED = """
import sys
from config.load import load_call
from rules import judge, rules_of
from rules.examples import examples
from rules.version import version

call = load_call("1322-2025")
rules = rules_of(call)
cases = [(rule, one.dossier) for rule in rules for one in examples(rule)]
version()  # the rule set's digest is taken once, not by a rule
[tuple(rule.check(dossier, call)) for rule, dossier in cases[:1]]
touched = []


def watch(event, arguments):
    if event.split(".")[0] in BANNED or event in BANNED:
        touched.append(event)


BANNED = {"open", "os", "socket", "subprocess", "time", "shutil", "tempfile", "sqlite3", "ctypes"}
import time
for name in ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"):
    setattr(time, name, lambda *_: touched.append("time"))
sys.addaudithook(watch)
for rule, dossier in cases:
    tuple(rule.check(dossier, call))
    judge(dossier, call)
found = sorted(set(touched))
BANNED = set()
print(len(cases), found)
"""
"""Judges every example of every rule while Python itself reports what is opened or asked."""


def modules_of_judgement() -> list[Path]:
    shared = ("evidence", "papers", "wording", "rule", "judge", "verdict", "in_force", "answers")
    files = [ROOT / "rules" / f"{one}.py" for one in shared]
    files += [ROOT.joinpath(*one.split(".")).with_suffix(".py") for one in MODULES]
    return [one for one in files if one.exists()]


@pytest.mark.parametrize("path", modules_of_judgement(), ids=lambda path: path.stem)
def test_a_rule_imports_nothing_that_reaches_out(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert imported - PLAIN == set()
    assert asked & REACHES_OUT == set()


def test_judging_every_example_opens_nothing_and_asks_no_clock() -> None:
    run = subprocess.run(  # noqa: S603 -- Python itself, over the text above
        (sys.executable, "-c", WATCHED), cwd=ROOT, capture_output=True, text=True, check=False
    )

    judged, _, touched = run.stdout.strip().partition(" ")
    assert (touched, run.stderr) == ("[]", "")
    assert int(judged) > len(MODULES)
