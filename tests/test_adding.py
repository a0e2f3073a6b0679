"""The worked examples of `docs/adding.md` do what the page says."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "adding.md"
SAMPLE = ROOT / "tests" / "office" / "calls" / "tuyen-quang-2026" / "01-xa-du-thanh-phan"
PACKAGES = ("config", "dossier", "ingest", "outbox", "rules", "service")
BLOCK = re.compile(
    r"^`(?P<file>[^`\n]+)`(?:, dưới khóa / under `(?P<under>[^`\n]+)`)?\n\n"
    r"```\w+\n(?P<text>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
EXAMPLES = """
import sys
from config.load import load_call
from rules import rules_of
from rules.examples import examples, shown
call = load_call(sys.argv[1])
[rule] = [one for one in rules_of(call) if one.id == sys.argv[2]]
own = [one for one in call.requirements if one.id == rule.id]
for one in (shown(own[0], call) if own else examples(rule)):
    said = tuple(f"{f.label(rule.weigh(call, f))}: {f.says}" for f in rule.check(one.dossier, call))
    print(one.name, said == one.expect)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One block of the page: a new file, or lines under a key of one that is there."""

    file: str
    under: str
    text: str


def changes() -> list[Change]:
    found = BLOCK.finditer(PAGE.read_text(encoding="utf-8"))
    return [Change(one["file"], one["under"] or "", one["text"]) for one in found]


def a_copy(tmp_path: Path, *applied: Change) -> Path:
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    for change in applied:
        file = tmp_path / change.file
        if change.under:
            before = file.read_text(encoding="utf-8")
            under = f"\n{change.under}\n"
            assert before.count(under) == 1
            file.write_text(before.replace(under, f"{under}{change.text}"), encoding="utf-8")
        else:
            assert not file.exists()
            file.write_text(change.text, encoding="utf-8")
    return tmp_path


def python(folder: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def judged(folder: Path) -> list[dict[str, Any]]:
    told = python(
        folder, "-m", "service.cli", "check", str(SAMPLE), "--call", "tuyen-quang-2026", "--json",
        "--all",
    )  # fmt: skip
    [dossier] = json.loads(told)["dossiers"]
    findings: list[dict[str, Any]] = dossier["findings"]
    return findings


def test_adding_a_rule_touches_two_files_and_it_judges(tmp_path: Path) -> None:
    rule = [change for change in changes() if change.file.startswith("rules/")]

    copy = a_copy(tmp_path, *rule)

    assert len({change.file for change in rule}) == 2
    said = python(copy, "-c", EXAMPLES, "1322-2025", "N90").splitlines()
    assert said == ["Hai nhiệm vụ, hai tên True", "Một nhiệm vụ ghi hai lần True"]
    assert [one["outcome"] for one in judged(copy) if one["rule"] == "N90"] == ["pass"]


def test_adding_a_paper_to_a_call_touches_one_file_and_it_is_asked_for(tmp_path: Path) -> None:
    paper = [change for change in changes() if change.file.startswith("config/")]

    copy = a_copy(tmp_path, *paper)

    assert len({change.file for change in paper}) == 1
    said = python(copy, "-c", EXAMPLES, "tuyen-quang-2026", "X08").splitlines()
    assert said == ["Có dự toán True", "Chưa có True"]
    [found] = [one for one in judged(copy) if one["rule"] == "X08"]
    assert (found["outcome"], found["severity"]) == ("fail", "warning")
    assert found["message"].startswith("Hồ sơ chưa có bản dự toán kinh phí.")


def test_the_page_has_no_block_that_is_not_tried() -> None:
    fences = PAGE.read_text(encoding="utf-8").count("\n```") // 2

    assert len(changes()) == fences
