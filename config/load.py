"""Load a call from its YAML: strict, and with errors a person can mend the file by."""

import dataclasses
import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from config.library import SHIPPED, Library, library
from config.lines import Lines, NotYamlError, Way, written_in
from config.soundness import problems
from dossier import Call, OwnLetter

_VERSION = 12
"""Letters of a digest that tell two files of a call apart."""
_WRONG = {
    "missing": "thiếu khóa này / this key is missing",
    "int_type": "phải là số nguyên, không có ngoặc kép / must be a whole number, without quotes",
    "int_parsing": "phải là số nguyên / must be a whole number",
    "bool_type": "phải là true hoặc false / must be true or false",
    "string_type": "phải là chữ; số thì đặt trong ngoặc kép / must be text; put a number in quotes",
    "tuple_type": "phải là danh sách, mỗi mục một dòng “- …” / must be a list",
    "dict_type": "phải là các khóa và giá trị / must be keys and values",
    "dataclass_type": "phải là các khóa và giá trị / must be keys and values",
    "decimal_type": "phải là số / must be a number",
    "decimal_parsing": "phải là số / must be a number",
}
"""The remedy for what goes wrong most, in place of pydantic's own words."""


class CallError(ValueError):
    """A call's file cannot be used; says file, line, key and what to do, in two languages."""


def load_call(call_id: str, shelves: Library = SHIPPED) -> Call:
    """Read one call by its id, with the texts of our own letters filled in.

    Raises `CallError` when there is no such call, when the YAML does not parse, when a key is not
    known or a value is of the wrong kind, when the call contradicts itself, or when a source it
    names is missing.
    """
    path = shelves.call(call_id)
    if path is None:
        listed = ", ".join(shelves.calls()) or "(không có / none)"
        message = f"Không có đợt đề xuất “{call_id}”. No such call; known: {listed}."
        raise CallError(message)
    call = read_call(path, shelves)
    if call.id != call_id:
        message = f"{path.name}: id là “{call.id}”, phải trùng tên tệp. The id must be {call_id}."
        raise CallError(message)
    return call


def read_call(path: Path, shelves: Library | None = None) -> Call:
    """Read a call from any file, its texts from beside it; raises `CallError` as `load_call` does.

    Without `shelves` the texts are looked for in `sources/` beside the file, then among ours.
    """
    shelves = shelves or library(path.parent)
    try:
        written, lines = written_in(path)
    except NotYamlError as error:
        message = f"{path.name}: không đọc được YAML / not valid YAML: {error}"
        raise CallError(message) from error
    call = _validated(written, lines, path)
    if found := list(problems(call, shelves)):
        raise CallError("\n".join(_told(path, lines, way, problem) for way, problem in found))
    letters = tuple(_with_text(letter, shelves) for letter in call.letters)
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:_VERSION]
    return dataclasses.replace(call, letters=letters, version=version)


def _validated(written: object, lines: Lines, path: Path) -> Call:
    written = _with_deadline(written)
    found = list(_unknown_keys(written, Call, ()))
    if found:
        raise CallError("\n".join(_told(path, lines, way, problem) for way, problem in found))
    try:
        return TypeAdapter(Call).validate_json(json.dumps(written), strict=True)
    except ValidationError as error:
        message = "\n".join(
            _told(path, lines, tuple(one["loc"]), _remedy(one["type"], one["msg"]))
            for one in error.errors()
        )
        raise CallError(message) from error
    except TypeError as error:
        message = f"{path.name}: giá trị không dùng được / value cannot be used: {error}"
        raise CallError(message) from error


def _with_deadline(written: object) -> object:
    """The deadline in force is the last of those listed."""
    if not isinstance(written, Mapping) or "closes_at" in written:
        return written
    listed = written.get("deadlines")
    last = listed[-1] if isinstance(listed, list) and listed else None
    if not isinstance(last, Mapping):
        return written
    inner = {"closes_at": last.get("closes_at"), "closes_in_words": last.get("in_words")}
    return {**written, **inner}


def _told(path: Path, lines: Lines, way: Way, problem: str) -> str:
    key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).lstrip(".")
    where = f"{path.name}, dòng {lines.line(way)} / line {lines.line(way)}"
    return f"{where}: {key}: {problem}" if key else f"{where}: {problem}"


def _remedy(kind: str, words: str) -> str:
    said = _WRONG.get(kind, words)
    return f"giá trị không dùng được / value cannot be used: {said}" if said is words else said


def _unknown_keys(written: object, expected: Any, way: Way) -> Iterator[tuple[Way, str]]:  # noqa: ANN401 -- types are the subject here
    """Name every key the dataclasses do not have, and the one that was probably meant."""
    origin, inner = get_origin(expected), get_args(expected)
    if origin in {Union, UnionType}:
        for one in inner:
            if one is not NoneType:
                yield from _unknown_keys(written, one, way)
    elif isinstance(written, list) and origin is tuple:
        for place, value in enumerate(written):
            yield from _unknown_keys(value, inner[0], (*way, place))
    elif isinstance(written, Mapping) and origin is Mapping:
        for key, value in written.items():
            yield from _unknown_keys(value, inner[1], (*way, str(key)))
    elif isinstance(written, Mapping) and dataclasses.is_dataclass(expected):
        yield from _unknown_here(written, get_type_hints(expected), way)


def _unknown_here(
    written: Mapping[str, object], hints: Mapping[str, object], way: Way
) -> Iterator[tuple[Way, str]]:
    for key, value in written.items():
        here = (*way, str(key))
        if key in hints:
            yield from _unknown_keys(value, hints[key], here)
        else:
            yield here, _unknown(str(key), hints)


def _unknown(key: str, known: Iterable[str]) -> str:
    if key == "draft":
        return (
            "đợt còn là dự thảo: xem hết các chỗ ĐOÁN, ĐIỀN rồi xóa dòng này / still a draft: read"
            " every guess, fill every blank, then take this line out"
        )
    names = list(known)
    near = difflib.get_close_matches(key, names, n=1)
    meant = (
        f"Có phải “{near[0]}”? Did you mean {near[0]}?"
        if near
        else f"Có / known: {', '.join(names)}."
    )
    return f"khóa “{key}” không có / unknown key. {meant}"


def _with_text(letter: OwnLetter, shelves: Library) -> OwnLetter:
    path = shelves.source(letter.source) if letter.source else None
    if path is None:
        return letter
    return dataclasses.replace(letter, text=path.read_text(encoding="utf-8"))
