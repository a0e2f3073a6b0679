"""The house rules no linter knows."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from rules.handbook import PAGE, handbook

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = sorted(init.parent.name for init in ROOT.glob("*/__init__.py"))
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)")
SPEAKS_SQL = re.compile(r"^\s*(from|import) (django\.db|sqlite3)", re.MULTILINE)
REASON = re.compile(r"-- \w+")


def sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def test_every_package_is_linted_for_its_imports_and_shipped() -> None:
    shipped = [package for package in PACKAGES if package != "tests"]

    assert PROJECT["tool"]["importlinter"]["root_packages"] == shipped
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == shipped


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_suppression_says_why(path: Path) -> None:
    silenced = [
        line for line in path.read_text(encoding="utf-8").splitlines() if SUPPRESSION.search(line)
    ]

    assert [line for line in silenced if not REASON.search(line)] == []


def test_the_published_handbook_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook()


def test_the_hashed_lists_hold_every_dependency_the_project_names() -> None:
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8").lower()
    wanted = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["demo"],
    ]
    names = [re.split(r"[<>=\[ ]", one)[0].lower() for one in wanted]

    assert [name for name in names if f"\n{name}==" not in f"\n{listed}"] == []


def test_nothing_about_one_office_stands_in_the_code() -> None:
    """The office, its places and its mailbox are data of a call; docstrings may show them."""
    product = [path for path in sources() if path.relative_to(ROOT).parts[0] != "tests"]
    named = [
        f"{path.relative_to(ROOT)}: {words}"
        for path in product
        if "demo" not in path.parts
        for words in spoken(path)
        if re.search(r"namdinh|My Loc|Mỹ Lộc", words)
    ]

    assert named == []


def test_only_the_ledger_speaks_to_the_database() -> None:
    """import-linter cannot name a part of an outside package, so this is said here."""
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.relative_to(ROOT).parts[0] not in {"ledger", "tests"}
        and re.search(
            r"^\s*(from|import) (django\.db|sqlite3)", path.read_text("utf-8"), re.MULTILINE
        )
    ]

    assert elsewhere == []


def spoken(path: Path) -> list[str]:
    """Every string of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]
