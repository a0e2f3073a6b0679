"""Load a call from its YAML: strict, and with errors a person can mend the file by."""

import dataclasses
import difflib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import TypeAdapter, ValidationError

from dossier import Call, OwnLetter

CALLS = Path(__file__).parent / "calls"
SOURCES = Path(__file__).parent / "sources"


class CallError(ValueError):
    """A call's file cannot be used; says the file, the key and what to do, in two languages."""


class _Loader(yaml.SafeLoader):
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


def load_call(call_id: str, folder: Path = CALLS, sources: Path = SOURCES) -> Call:
    """Read one call by its id, with the texts of our own letters filled in.

    Raises `CallError` when there is no such call, when the YAML does not parse, when a key is not
    known or a value is of the wrong kind, or when a source it names is missing.
    """
    path = folder / f"{call_id}.yaml"
    known = calls(folder)
    if call_id not in known:
        listed = ", ".join(known) or "(không có / none)"
        message = f"Không có đợt đề xuất “{call_id}”. No such call; known: {listed}."
        raise CallError(message)
    call = _validated(_parsed(path), path)
    if call.id != call_id:
        message = f"{path.name}: id là “{call.id}”, phải trùng tên tệp. The id must be {call_id}."
        raise CallError(message)
    letters = tuple(_with_text(letter, sources, path) for letter in call.letters)
    return dataclasses.replace(call, letters=letters)


def calls(folder: Path = CALLS) -> tuple[str, ...]:
    """The ids of every call there is a file for."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def _parsed(path: Path) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 -- a SafeLoader that also refuses doubled keys
    except yaml.YAMLError as error:
        message = f"{path.name}: không đọc được YAML / not valid YAML: {error}"
        raise CallError(message) from error


def _validated(written: object, path: Path) -> Call:
    problems = list(_unknown_keys(written, Call, ""))
    if problems:
        raise CallError("\n".join(f"{path.name}: {problem}" for problem in problems))
    try:
        return TypeAdapter(Call).validate_json(json.dumps(written), strict=True)
    except ValidationError as error:
        message = "\n".join(
            f"{path.name}: {'.'.join(str(step) for step in one['loc'])}: "
            f"giá trị không dùng được / value cannot be used: {one['msg']}"
            for one in error.errors()
        )
        raise CallError(message) from error
    except TypeError as error:
        message = f"{path.name}: giá trị không dùng được / value cannot be used: {error}"
        raise CallError(message) from error


def _unknown_keys(written: object, expected: Any, path: str) -> Iterator[str]:  # noqa: ANN401 -- types are the subject here
    """Name every key the dataclasses do not have, and the one that was probably meant."""
    if dataclasses.is_dataclass(expected) and isinstance(written, Mapping):
        hints = get_type_hints(expected)
        for key, value in written.items():
            here = f"{path}.{key}" if path else str(key)
            if key in hints:
                yield from _unknown_keys(value, hints[key], here)
                continue
            near = difflib.get_close_matches(str(key), hints, n=1)
            meant = f" Có phải “{near[0]}”? Did you mean {near[0]}?" if near else ""
            yield f"khóa “{here}” không có / unknown key.{meant}"
        return
    if get_origin(expected) in (Union, UnionType):
        for one in get_args(expected):
            if one is not NoneType:
                yield from _unknown_keys(written, one, path)
    elif isinstance(written, list) and get_origin(expected) is tuple:
        for place, value in enumerate(written):
            yield from _unknown_keys(value, get_args(expected)[0], f"{path}[{place}]")


def _with_text(letter: OwnLetter, sources: Path, path: Path) -> OwnLetter:
    if not letter.source:
        return letter
    source = sources / f"{letter.source}.txt"
    if not source.is_file():
        message = (
            f"{path.name}: thiếu văn bản nguồn “{source.name}” trong config/sources. "
            f"The source text {source.name} is missing."
        )
        raise CallError(message)
    return dataclasses.replace(letter, text=source.read_text(encoding="utf-8"))
