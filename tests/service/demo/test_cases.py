"""Every recipe makes a case that foreign programs open and whose right answers are consistent."""

import re
import runpy
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

import pytest
from pypdfium2 import PdfiumError

from service.demo import gold
from service.demo.cases import DEMO, RECIPES, demo_cases, main, make
from service.demo.scene import Case, Recipe
from tests.service.demo.opening import files, words_of

_SCORER = Path(__file__).parents[2] / "office" / "score.py"
_TRIAGES = {
    "submission",
    "supplement",
    "nil_return",
    "query",
    "automatic",
    "other",
    "quarantined",
}
_REPLIES = {"none", "complete", "gaps", "held", "resend", "partial", "nil_return"}
_STATES = {"complete", "gaps", "resend", "officer", "nil_return"}
_KINDS = {
    "pilot_model",
    "apply",
    "curriculum",
    "training",
    "tcvn",
    "capacity",
    "policy",
    "unknown",
}

_TORN = {
    "empty_file",
    "torn_file",
    "torn_but_sent_twice",
    "rubbish_under_a_form_name",
    "encrypted_form",
    "password_in_a_note",
    "program_attached",
    "program_under_a_form_name",
    "encrypted_zip",
    "lock_file_too",
}
"""Recipes some of whose files nobody opens, on purpose."""

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.__name__)


def test_there_are_more_than_eighty_recipes_and_no_two_of_one_name() -> None:
    names = [recipe.__name__ for recipe in RECIPES]

    assert len(names) == len(set(names))
    assert len(names) > 80


@every_recipe
def test_every_recipe_makes_a_case_that_opens_and_agrees_with_itself(recipe: Recipe) -> None:
    """One test a recipe: making a case costs more than looking at it."""
    case = make(recipe, "0")
    found = tuple((name, raw) for mail in case.mails for name, raw in files(mail.raw))

    faults = [
        *_that_do_not_open(recipe, found),
        *_that_are_not_there(recipe, case, found),
        *_outside_the_contract(case),
        *_both_wanted_and_forbidden(case),
        *_states_that_do_not_follow(case),
        *_replies_that_do_not_follow(recipe, case),
    ]
    assert faults == []


def _that_do_not_open(recipe: Recipe, found: tuple[tuple[str, bytes], ...]) -> Iterator[str]:
    for name, raw in found:
        is_office = raw[:4] in (b"PK\x03\x04", b"%PDF") and not name.endswith((".zip", ".rar"))
        if is_office and recipe.__name__ not in _TORN:
            try:
                words_of(raw)
            except (BadZipFile, KeyError, PdfiumError, ValueError) as error:
                yield f"{name}: {error}"


def _that_are_not_there(
    recipe: Recipe, case: Case, found: tuple[tuple[str, bytes], ...]
) -> Iterator[str]:
    if [one["file"] for one in case.expected["messages"]] != [
        f"{n:02d}.eml" for n in range(1, len(case.mails) + 1)
    ]:
        yield "the answers do not name the mails"
    if recipe.__name__ == "uuencoded_files":  # the standard library does not look into those
        return
    for told in case.expected["dossiers"]:
        for paper in told["documents"]:
            key = unicodedata.normalize("NFC", paper["file_contains"])
            if not any(key in name for name, _raw in found):
                yield f"{key} is not in the mails"


def _outside_the_contract(case: Case) -> Iterator[str]:
    for said in case.expected["messages"]:
        yield from {said["triage"], *said["triage_also"]} - _TRIAGES
        yield from {said["reply"], *said["reply_also"]} - _REPLIES
    for told in case.expected["dossiers"]:
        yield from {told["state"], *told["state_also"]} - _STATES
        for task in told["tasks"]:
            yield from {task["kind"], *task["kind_also"]} - _KINDS


def _both_wanted_and_forbidden(case: Case) -> Iterator[str]:
    for told in case.expected["dossiers"]:
        wanted = {rule for one in told["must_fail"] for rule in one.split("|")}
        officer = {rule for one in told["must_be_officer"] for rule in one.split("|")}
        forbidden = set(told["must_not_fail"])
        yield from (wanted | set(told["may_fail"])) & forbidden
        for rule in wanted | officer | forbidden | set(told["may_fail"]):
            if not re.fullmatch(r"[SCNEFD]\d\d", rule):
                yield f"{rule} is no rule"


def _states_that_do_not_follow(case: Case) -> Iterator[str]:
    for told in case.expected["dossiers"]:
        asks = [rule for rule in told["must_fail"] if rule in gold.GAPS]
        if asks and "complete" in (told["state"], *told["state_also"]):
            yield f"complete in spite of {asks}"
        if told["state"] == "gaps" and not told["must_fail"]:
            yield "gaps without a gap"


def _replies_that_do_not_follow(recipe: Recipe, case: Case) -> Iterator[str]:
    if len(case.expected["dossiers"]) != 1 or recipe.__name__ == "two_units":
        return
    told, last = case.expected["dossiers"][0], case.expected["messages"][-1]
    states = {told["state"], *told["state_also"]}
    for reply in {last["reply"], *last["reply_also"]} & {"complete", "gaps"}:
        if reply not in states:
            yield f"{reply} is said of a dossier that is not"


@pytest.mark.parametrize("recipe", [recipe for recipe, _seed in DEMO], ids=lambda one: one.__name__)
def test_the_same_seed_gives_the_same_octets(recipe: Recipe) -> None:
    again = make(recipe, "0")

    assert again == make(recipe, "0")


def test_another_seed_gives_another_dossier() -> None:
    titles = {make(recipe, seed).title for recipe in RECIPES[:2] for seed in "abcdef"}

    assert len(titles) > 6


def test_the_gap_rules_are_the_scorers() -> None:
    scorer = runpy.run_path(str(_SCORER), run_name="scorer")

    assert set(gold.GAPS) == scorer["GAP"]


def test_the_demo_shows_a_day_of_an_office_with_no_unit_twice() -> None:
    cases = demo_cases()
    senders = [re.search(rb"Return-Path: <(.*?)>", case.mails[0].raw) for case in cases]
    boxes = [found.group(1) for found in senders if found and found.group(1)]
    units = [told["unit"] for case in cases for told in case.expected["dossiers"]]
    states = {told["state"] for case in cases for told in case.expected["dossiers"]}

    assert 10 <= len(cases) <= 16
    assert len(set(boxes)) == len(boxes)
    assert len(set(units)) == len(units)
    assert states == _STATES


def test_the_command_writes_folders_the_scorer_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(tmp_path), "--only", "nil-in-the-body", "--count", "2", "--seed", "7"])

    folders = sorted(tmp_path.iterdir())
    assert [sorted(one.name for one in folder.iterdir()) for folder in folders] == [
        ["01.eml", "01.received", "gold.json"]
    ] * 2
    assert capsys.readouterr().out == f"2 cases in {tmp_path}\n"
