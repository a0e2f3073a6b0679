"""The examples that lie beside each rule: the office reads them, the tests run them."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from dossier import Call, Dossier, Requirement
from rules.rule import Rule

_DOSSIER = TypeAdapter(Dossier)
_ANY: dict[str, Any] = {
    "code": "1322-2025-0001",
    "unit": {"name": "UBND xã Mỹ Hà", "kind": "commune"},
    "received_at": datetime.fromisoformat("2024-03-20T08:00:00+07:00"),
}
_PLACES = frozenset({"at", "nil_words", "kind_words", "schools_at", "signature_block"})
_LISTS_OF_PLACES = frozenset({"duplicates", "legacy", "macros"})


@dataclass(frozen=True, slots=True)
class Example:
    """A dossier and what the rule must say of it: nothing, or exactly these sentences."""

    name: str
    dossier: Dossier
    expect: tuple[str, ...]
    """“Không đạt: …”: what was found, named as the office does, and the sentence."""


def examples(rule: Rule) -> tuple[Example, ...]:
    """The examples of one rule, in the YAML file beside its module.

    In a file that serves several rules each example names its own: `rule: C08`.
    """
    module = importlib.import_module(rule.check.__module__)
    beside = Path(str(module.__file__)).with_suffix(".yaml")
    return tuple(
        Example(
            name=item["name"],
            dossier=_DOSSIER.validate_python(_ANY | _spelt_out(item["dossier"])),
            expect=tuple(item["expect"]),
        )
        for item in _items(beside)
        if item.get("rule", rule.id) == rule.id
    )


def shown(requirement: Requirement, call: Call) -> tuple[Example, ...]:
    """The examples of a call's own requirement, written with it, on the call's first form."""
    any_dossier = {
        "code": f"{call.id}-0001",
        "unit": {"name": "UBND xã Mỹ Hà", "kind": "commune"},
        "received_at": call.closes_at - timedelta(days=3),
    }
    family = call.forms[0].family if call.forms else ""
    return tuple(
        Example(
            name=one.name,
            dossier=_DOSSIER.validate_python(
                any_dossier | _on_form(_spelt_out(dict(one.dossier)), family)
            ),
            expect=one.expect,
        )
        for one in requirement.examples
    )


def _on_form(full: dict[str, Any], family: str) -> dict[str, Any]:
    """Forms an example does not say more of are of the call's first family."""
    for task in full.get("tasks", ()):
        for form in task.get("forms", ()):
            form.setdefault("family", family)
    return full


@cache
def _items(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")))


def _spelt_out(value: object) -> Any:  # noqa: ANN401 -- YAML has no other type
    """Write in full what an example says in short: a file is a place, a word is a field."""
    if isinstance(value, list):
        return [_spelt_out(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    full = {name: _spelt_out(inner) for name, inner in value.items()}
    full |= {name: _place(full[name]) for name in _PLACES & full.keys()}
    full |= {name: [_place(one) for one in full[name]] for name in _LISTS_OF_PLACES & full.keys()}
    if isinstance(fields := full.get("fields"), Mapping):
        full["fields"] = {name: _field(name, one, full["at"]) for name, one in fields.items()}
    return full


def _place(value: object) -> object:
    return {"file": value} if isinstance(value, str) else value


def _field(name: str, value: object, at: object) -> object:
    if isinstance(value, str):
        return {"key": name, "at": at, "value": value}
    return value
