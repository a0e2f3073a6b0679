"""The published page is made of the rules, whole and fresh."""

from pathlib import Path

import pytest

from rules import catalogue, handbook
from rules.elsewhere import DECIDED_ELSEWHERE


def test_the_page_in_the_tree_is_fresh() -> None:
    assert handbook.main(["--check"]) == 0


def test_a_stale_page_is_noticed_and_made_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "docs" / "rules.md"
    monkeypatch.setattr(handbook, "PAGE", page)

    before = handbook.main(["--check"])
    handbook.main([])
    after = handbook.main(["--check"])

    assert (before, after) == (1, 0)


def test_every_rule_and_every_requirement_decided_elsewhere_has_its_place() -> None:
    page = handbook.handbook()
    absent = [one.id for one in catalogue() if f"### {one.id} {one.title}" not in page]
    absent += [one.id for one in DECIDED_ELSEWHERE if f"**{one.id} {one.title}.**" not in page]

    assert absent == []
