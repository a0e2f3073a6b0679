"""What no rule judges is done by a part that is really there."""

import ast
from pathlib import Path

import pytest

from rules.elsewhere import DECIDED_ELSEWHERE, Elsewhere

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("one", DECIDED_ELSEWHERE, ids=lambda one: one.id)
def test_the_part_that_decides_it_exists(one: Elsewhere) -> None:
    """Looked up in the tree: half of them need a configured Django to be imported."""
    whole = ROOT.joinpath(*one.done_by.split("."))
    module = whole if whole.with_suffix(".py").exists() else whole.parent
    tree = ast.parse(module.with_suffix(".py").read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    assert module == whole or whole.name in defined


def test_only_what_lies_outside_one_dossiers_words_is_decided_elsewhere() -> None:
    ids = [one.id for one in DECIDED_ELSEWHERE]

    assert ids == ["S01", "S02", "S14", "D04", "D05", "N12"]
