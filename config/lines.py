"""YAML with the line every key stands on: the only place that parses a call's file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Way: TypeAlias = "tuple[str | int, ...]"
"""Keys and places in lists, from the top: `("forms", 0, "fields", 1, "labels")`."""


class NotYamlError(ValueError):
    """The file does not parse; says line, column and why."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where every key and every entry of a file stands."""

    top: yaml.Node | None

    def line(self, way: Way) -> int:
        """The line of the last step of the way that is in the file, from 1."""
        node, line = self.top, 1
        for step in way:
            found = _step(node, step)
            if found is None:
                break
            node, line = found
        return line


def written_in(path: Path) -> tuple[object, Lines]:
    """What a file says, and its lines; raises `NotYamlError`."""
    text = path.read_text(encoding="utf-8")
    try:
        top = yaml.compose(text, Loader=_Loader)
        return yaml.load(text, Loader=_Loader), Lines(top)  # noqa: S506 -- a SafeLoader that also refuses doubled keys
    except yaml.YAMLError as error:
        raise NotYamlError(str(error)) from error


class _Loader(yaml.CSafeLoader):
    """YAML in which a key written twice is an error, not a silent second thought."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- the signature is PyYAML's
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            if key_node.value in seen:
                problem = f"khóa “{key_node.value}” viết hai lần / key written twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    """The node one step down, and the line it begins on."""
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, value) for key, value in node.value if key.value == str(step))
        return next(((value, key.start_mark.line + 1) for key, value in pairs), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        entry: yaml.Node = node.value[step]
        return entry, entry.start_mark.line + 1
    return None
