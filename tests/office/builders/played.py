"""Play mails through the whole judgement (`service.check`), and look at what came of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.load import load_call
from dossier import Call
from service.check import examine
from service.demo.cases import make
from service.demo.mails import Delivered
from service.demo.scene import Recipe
from tests.office.score import compare

CALL = load_call("1322-2025")


@dataclass(frozen=True, slots=True)
class Played:
    """The contract's document, asked in the words of a test."""

    report: dict[str, Any]
    differences: tuple[str, ...] = ()
    """Where it differs from the right answers of the recipe that made the mails."""

    @property
    def answers(self) -> list[tuple[str, str]]:
        """(what the mail is, which letter answers it), in order of receipt."""
        return [(mail["triage"], mail["reply"]) for mail in self.report["messages"]]

    @property
    def states(self) -> list[str]:
        """The state of every dossier."""
        return [one["state"] for one in self.report["dossiers"]]

    @property
    def late(self) -> list[bool]:
        """Whether each dossier came after the deadline."""
        return [one["late"] for one in self.report["dossiers"]]

    @property
    def units(self) -> list[str]:
        """Whose dossiers they are."""
        return [one["unit"] for one in self.report["dossiers"]]

    @property
    def gaps(self) -> list[str]:
        """The rules that ask a unit for something."""
        return [one["rule"] for one in self.findings if _is(one, "fail", "gap")]

    @property
    def warnings(self) -> list[str]:
        """The rules that mention something in a letter."""
        return [one["rule"] for one in self.findings if _is(one, "fail", "warning")]

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Every finding of every dossier."""
        return [one for dossier in self.report["dossiers"] for one in dossier["findings"]]

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """Every task of every dossier."""
        return [one for dossier in self.report["dossiers"] for one in dossier["tasks"]]

    def outcomes(self, rule: str) -> list[tuple[str, str]]:
        """(outcome, severity) of every finding of a rule."""
        return [(one["outcome"], one["severity"]) for one in self.findings if one["rule"] == rule]

    def messages(self, rule: str) -> list[str]:
        """What a rule says."""
        return [one["message"] for one in self.findings if one["rule"] == rule]

    def roles(self, part_of_name: str) -> set[str]:
        """What the files of that name were taken for."""
        papers = (paper for one in self.report["dossiers"] for paper in one["documents"])
        return {role for one in papers if part_of_name in one["file"] for role in one["roles"]}


def play(folder: Path, mails: Iterable[Delivered], call: Call = CALL) -> Played:
    """Judge mails as they lie in a mailbox, `NAME.received` beside each."""
    lay(folder, mails)
    return Played(examine([folder], call))


def play_recipe(folder: Path, recipe: Recipe, seed: str = "golden") -> Played:
    """Judge the case a recipe of the demonstration makes, and compare with its right answers."""
    case = make(recipe, seed)
    played = play(folder, case.mails)
    right = {"expected": case.expected}
    _, differences = compare(right, played.report)  # type: ignore[no-untyped-call]  # -- shared as it is
    return Played(played.report, tuple(differences))


def handed_in(folder: Path, call: Call = CALL) -> Played:
    """Judge a folder of papers as handed in at the counter."""
    return Played(examine([folder], call))


def lay(folder: Path, mails: Iterable[Delivered]) -> None:
    """Write mails into a folder as the mailbox would hold them."""
    for number, mail in enumerate(mails, start=1):
        (folder / f"{number:02d}.eml").write_bytes(mail.raw)
        (folder / f"{number:02d}.received").write_text(mail.received_at.isoformat())


def _is(finding: dict[str, Any], *what: str) -> bool:
    return _what(finding) == what


def _what(finding: dict[str, Any]) -> Sequence[str]:
    return finding["outcome"], finding["severity"]
